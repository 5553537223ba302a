"""From a project to results: which tables there are, counted from what, in which order.

Codings and suggestions never meet in one count: each has tables of its own, and each table says what it counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from codering.analysis.coders import CodingSet, counted_codings
from codering.analysis.frequencies import Coded, Level, Measure, frequencies
from codering.analysis.frequency_tables import frequency_table, speaker_table, unit_table
from codering.analysis.intervals import IN_PART, Interval, share_intervals, speakers
from codering.analysis.returning import returning
from codering.analysis.withholding import without_few
from codering.codebooks import Codebook
from codering.codings import Coding, Suggestion
from codering.errors import Message
from codering.exporters.results import Results, Source
from codering.tables import Table
from codering.transcripts import Transcript

SUGGESTED = Message("Suggestions: what rules or models propose and nobody has reviewed. This is not a result.")


def frequency_tables(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    counted: CodingSet,
    suggestions: Sequence[Suggestion],
    *,
    language: str,
    fewest: int = 0,
) -> tuple[Table, ...]:
    """Count themes, codes, and codes by group, wave, transcript and speaker: codings first, suggestions apart.

    With `fewest`, numbers of fewer participants are left out, and so are the tables that would give them away: by
    transcript and by speaker, and those of suggestions.
    """
    tables: list[Table] = []
    if counted.codings:
        read = counted.among(transcripts)
        tables += _tables(read, codebook, counted, counted.notes, language, fewest)
    if suggestions and not fewest:
        tables += _tables(transcripts, codebook, suggestions, (SUGGESTED,), language)
    return tuple(tables)


def participant_intervals(
    transcripts: Sequence[Transcript], codebook: Codebook, counted: CodingSet, *, level: Level
) -> dict[str, Interval]:
    """By code or theme, the interval of the share of participants who confirm it; none of a share that is a minimum."""
    codes = [theme.id for theme in codebook.themes] if level == "theme" else [code.id for code in codebook]
    if counted.in_part:
        return dict.fromkeys(codes, Interval(reason=IN_PART))
    said = speakers(transcripts, codebook, counted.codings, codes, level=level)
    return dict(zip(codes, share_intervals(said), strict=True))


def gathered(
    name: str,
    transcripts: Sequence[Transcript],
    sources: dict[str, Source],
    codebook: Codebook,
    codings: Sequence[Coding],
    suggestions: Sequence[Suggestion],
    *,
    language: str,
    counted: CodingSet | None = None,
    chosen: frozenset[str] = frozenset(),
    more: Sequence[Table] = (),
    fewest: int = 0,
) -> Results:
    """Put together what an export may show: all codings as passages, tables of those that are `counted`, and `more`.

    With `fewest`, numbers of fewer participants are left out of the tables (not of `more`: see
    :func:`codering.analysis.withholding.withheld`).
    """
    counted = counted or counted_codings(codings)
    return Results(
        project=name,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        codebook=codebook,
        transcripts=tuple(transcripts),
        sources=sources,
        codings=tuple(codings),
        suggestions=tuple(suggestions),
        tables=(
            *frequency_tables(transcripts, codebook, counted, suggestions, language=language, fewest=fewest),
            *more,
        ),
        version=version("codering"),
        counted=frozenset(coding.id for coding in counted.codings),
        chosen=chosen,
        fewest=fewest,
        base=frozenset(transcript.name for transcript in counted.among(transcripts)),
    )


def _tables(
    transcripts: Sequence[Transcript],
    codebook: Codebook,
    held: CodingSet | Sequence[Suggestion],
    what: tuple[Message, ...],
    language: str,
    fewest: int = 0,
) -> list[Table]:
    # An interval around a machine's guesses would lend them a certainty that they do not have.
    counted_set = held if isinstance(held, CodingSet) else None
    coded: Sequence[Coded] = held.codings if isinstance(held, CodingSet) else held
    mark = "" if counted_set else "_suggested"

    def whole(level: Level, title: str) -> Table:
        counted = frequencies(transcripts, codebook, coded, level=level)
        intervals = participant_intervals(transcripts, codebook, counted_set, level=level) if counted_set else None
        key, told = f"{level}s{mark}", (*what, *returning(transcripts))
        made = frequency_table(
            counted, codebook, level=level, language=language, what=told, key=key, title=title, intervals=intervals
        )
        return without_few(made, counted, fewest) if fewest else made

    def by(unit: str, level: Level, title: str) -> Table:
        counted = frequencies(transcripts, codebook, coded, level=level, by=unit)
        key = f"{level}s_by_{unit}{mark}"
        measure = Measure.PARTICIPANTS if counted_set else Measure.TURNS
        return unit_table(
            counted,
            codebook,
            level=level,
            language=language,
            what=what,
            key=key,
            title=title,
            measure=measure,
            suppress_below=fewest,
        )

    def by_speaker(title: str) -> Table:
        counted = frequencies(transcripts, codebook, coded, by="speaker")
        key = f"themes_by_speaker{mark}"
        return speaker_table(counted, codebook, language=language, what=what, key=key, title=title)

    if counted_set is None:
        return [
            whole("theme", "Themes (suggestions)"),
            whole("code", "Codes (suggestions)"),
            by("group", "code", "Codes by group (sugg.)"),
            by("wave", "theme", "Themes by wave (sugg.)"),
            by("transcript", "theme", "By transcript (sugg.)"),
            by_speaker("By speaker (sugg.)"),
        ]
    made = [
        whole("theme", "Themes"),
        whole("code", "Codes"),
        by("group", "code", "Codes by group"),
        by("wave", "theme", "Themes by wave"),
    ]
    finer = [] if fewest else [by("transcript", "theme", "Themes by transcript"), by_speaker("Themes by speaker")]
    return made + finer
