"""From a project to results: which tables there are, counted from what, in which order.

Codings and suggestions never meet in one count: each has tables of its own, and each table says what it counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from codering.analysis.frequencies import Coded, Level, Unit, frequencies, frequency_table, speaker_table, unit_table
from codering.codebooks import Codebook
from codering.codings import Coding, Suggestion
from codering.errors import Message
from codering.exporters import Results, Source
from codering.tables import Table
from codering.transcripts import Transcript


def frequency_tables(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    codings: Sequence[Coding],
    suggestions: Sequence[Suggestion],
    *,
    language: str,
) -> tuple[Table, ...]:
    """Count themes, codes, and codes by group, wave, transcript and speaker: codings first, suggestions apart."""
    tables: list[Table] = []
    if codings:
        coders = ", ".join(sorted({coding.coder for coding in codings}))
        what = Message("Codings: what people decided ({coders}).", coders=coders)
        tables += _tables(transcripts, codebook, codings, what, language, suggested=False)
    if suggestions:
        what = Message("Suggestions: what rules or models propose and nobody has reviewed. This is not a result.")
        tables += _tables(transcripts, codebook, suggestions, what, language, suggested=True)
    return tuple(tables)


def gathered(
    name: str,
    transcripts: Sequence[Transcript],
    sources: dict[str, Source],
    codebook: Codebook,
    codings: Sequence[Coding],
    suggestions: Sequence[Suggestion],
    *,
    language: str,
) -> Results:
    """Put together what an export may show."""
    return Results(
        project=name,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        codebook=codebook,
        transcripts=tuple(transcripts),
        sources=sources,
        codings=tuple(codings),
        suggestions=tuple(suggestions),
        tables=frequency_tables(transcripts, codebook, codings, suggestions, language=language),
        version=version("codering"),
    )


def _tables(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    coded: Iterable[Coded],
    what: Message,
    language: str,
    *,
    suggested: bool,
) -> list[Table]:
    coded = tuple(coded)
    mark = "_suggested" if suggested else ""

    def whole(level: Level, title: str) -> Table:
        counted = frequencies(transcripts, codebook, coded, level=level)
        return frequency_table(
            counted, codebook, level=level, language=language, what=what, key=f"{level}s{mark}", title=title
        )

    def by(unit: Unit, level: Level, title: str) -> Table:
        counted = frequencies(transcripts, codebook, coded, level=level, by=unit)
        key = f"{level}s_by_{unit}{mark}"
        return unit_table(counted, codebook, level=level, language=language, what=what, key=key, title=title)

    def by_speaker(title: str) -> Table:
        counted = frequencies(transcripts, codebook, coded, by="speaker")
        key = f"themes_by_speaker{mark}"
        return speaker_table(counted, codebook, language=language, what=what, key=key, title=title)

    if suggested:
        return [
            whole("theme", "Themes (suggestions)"),
            whole("code", "Codes (suggestions)"),
            by("group", "code", "Codes by group (sugg.)"),
            by("wave", "theme", "Themes by wave (sugg.)"),
            by("transcript", "theme", "By transcript (sugg.)"),
            by_speaker("By speaker (sugg.)"),
        ]
    return [
        whole("theme", "Themes"),
        whole("code", "Codes"),
        by("group", "code", "Codes by group"),
        by("wave", "theme", "Themes by wave"),
        by("transcript", "theme", "Themes by transcript"),
        by_speaker("Themes by speaker"),
    ]
