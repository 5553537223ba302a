"""What a report says, as blocks: method, themes, passages, waves, coders, what was missed, limits, where it comes from.

Every number comes from a table of the results or is counted from the same codings; nothing is a machine's bare count.
Passages are verbatim and their speakers are pseudonyms; a speaker without one is "participant 3".
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from codering.codebooks import Figure, Theme
from codering.codings import Coding, Stance
from codering.errors import Message
from codering.exporters import Quotation, Results
from codering.exporters.document import Block, Document, Grid, Heading, Note, Paragraph, Passage, Picture, Points
from codering.exporters.writing import written
from codering.tables import Cell, Column, Kind, Table
from codering.texts import Texts
from codering.transcripts import Role, Transcript

PASSAGES: Final = 3
"""Passages of a theme that are shown where nobody chose any."""

_FITTING: Final = range(40, 420)
"""Characters of a passage that reads well in a report."""
_TOTAL_COLUMNS: Final = ("label", "found", "total", "low", "high", "drawn", "unread")
_THEME_COLUMNS: Final = (
    "theme",
    "participants",
    "participants_share",
    "low",
    "high",
    "groups",
    "turns",
    "denied_participants",
)
_CODE_COLUMNS: Final = ("code_label", "participants", "participants_share", "groups", "turns", "denied_participants")


def report(results: Results, texts: Texts) -> Document:
    """Put the report together.

    Raises
    ------
    ExportError
        If a quotation is not verbatim.
    """
    writer = _Report(results, texts)
    subtitle = texts(
        "Analysis of {count} focus groups, {date}", count=len(results.transcripts), date=_date(results.made, texts)
    )
    return Document(results.project, subtitle, texts.language, tuple(writer.blocks()))


class _Report:
    """The parts of a report, in order."""

    def __init__(self, results: Results, texts: Texts) -> None:
        self._results, self._t = results, texts
        self._quotations = tuple(
            one for one in results.quotations() if isinstance(one.item, Coding) and one.item.id in results.counted
        )
        self._tables = {table.key: table for table in results.tables}

    def blocks(self) -> Iterator[Block]:
        """Everything."""
        yield from self._short()
        yield from self._method()
        yield from self._themes()
        for theme in self._results.codebook.themes:
            yield from self._theme(theme)
        for section in (one for one in self._results.sections if one.grids):
            yield Heading(self._t(section.title))
            for said in section.paragraphs:
                yield Paragraph(said.translated(self._t.translate))
            for grid in (one for one in section.grids if one.table.rows):
                yield from self._pictures(grid.table.key)
                yield grid
        yield from self._limits()
        yield from self._origin()

    def _short(self) -> Iterator[Block]:
        t = self._t
        yield Heading(t("In short"))
        themes = self._tables.get("themes")
        if themes is None or not any(row["participants"] for row in themes.records()):
            yield Paragraph(t("Nobody coded anything yet, so there is no result. Suggestions are not a result."))
            return
        rows = [row for row in themes.records() if row["participants"]]
        rows.sort(key=lambda row: -_number(row["participants"]))
        people = sum(len(_participants(transcript)) for transcript in self._results.counted_in)
        groups = len(self._results.counted_in)
        yield Points(
            tuple(
                t(
                    "{theme}: {count} of the {people} participants, in {groups} of the {all} focus groups.",
                    theme=row["theme"],
                    count=row["participants"],
                    people=people,
                    groups=row["groups"],
                    all=groups,
                )
                for row in rows[:5]
            )
        )
        yield Note(t("Counted are participants who say that they experience it; who denies it is counted apart."))
        if "totals" in self._tables:
            yield Note(t("Not every turn was read: these counts are a minimum. The estimated totals stand further on."))

    def _method(self) -> Iterator[Block]:
        t, results = self._t, self._results
        turns = sum(len(list(one.participant_turns())) for one in results.transcripts)
        people = sum(len(_participants(one)) for one in results.transcripts)
        coders = sorted({coding.coder for coding in results.codings})
        yield Heading(t("How this was done"))
        yield Paragraph(
            t(
                "{groups} focus groups with {people} participants were transcribed: {words} words, of which {turns} "
                "turns of participants could be coded; what the moderator says is never coded. The codebook is "
                "“{codebook}” (version {version}), with {themes} themes and {codes} codes.",
                groups=len(results.transcripts),
                people=people,
                words=written(sum(one.words for one in results.transcripts), Column("", "", Kind.COUNT), t),
                turns=turns,
                codebook=results.codebook.label.in_language(t.language),
                version=results.codebook.version,
                themes=len(results.codebook.themes),
                codes=sum(1 for _ in results.codebook),
            )
        )
        yield Paragraph(
            t(
                "Rules, and a model that learns from decisions, made suggestions; nothing counts as coded until a "
                "person decided. These people coded: {coders}.",
                coders=", ".join(coders) or "–",
            )
        )

    def _themes(self) -> Iterator[Block]:
        t = self._t
        yield Heading(t("Themes"))
        yield Grid(_definitions(self._results, t))
        if (themes := self._tables.get("themes")) is not None:
            yield Heading(t("How often each theme occurs"), 2)
            yield from self._pictures("themes")
            yield Grid(themes, _THEME_COLUMNS)
        if (totals := self._tables.get("totals")) is not None:
            yield Heading(t("Estimated totals"), 2)
            yield Grid(totals, _TOTAL_COLUMNS)
        if (waves := self._tables.get("themes_by_wave")) is not None and len(waves.columns) > 3:
            yield Heading(t("Themes by wave"), 2)
            yield from self._pictures("themes_by_wave")
            yield Grid(waves)

    def _pictures(self, key: str) -> Iterator[Picture]:
        return (picture for name, picture in self._results.pictures if name == key)

    def _theme(self, theme: Theme) -> Iterator[Block]:
        t = self._t
        codes = {code.id for code in (theme.own, *theme.codes)}
        own = [one for one in self._quotations if one.item.code in codes]
        if not own:
            return
        yield Heading(theme.label.in_language(t.language), 2)
        yield Paragraph(theme.own.definition)
        if (table := self._tables.get("codes")) is not None:
            yield Grid(_only(table, codes), _CODE_COLUMNS)
        yield from self._paper(theme.figures)
        chosen, picked = _passages(own, self._results.chosen)
        for one in picked:
            yield Passage(one.words, self._where(one))
        if picked and not chosen:
            yield Note(t("Nobody chose these passages: they are examples from different groups, not the most telling."))

    def _paper(self, figures: Sequence[Figure]) -> Iterator[Block]:
        if not figures:
            return
        t = self._t
        yield Points(
            tuple(
                t(
                    "{percentage}% ({base}{section}): {text}",
                    percentage=written(figure.percentage, Column("", "", Kind.COUNT), t),
                    base=f"n = {figure.n}, " if figure.n else "",
                    section=figure.section,
                    text=figure.text.in_language(t.language),
                )
                for figure in figures
            )
        )
        yield Note(
            t(
                "These figures come from the survey of 2020 in the paper behind the codebook. They say how many "
                "professionals agree with a statement; the groups say what came up in conversation. The one is no "
                "measure of the other."
            )
        )

    def _where(self, one: Quotation) -> str:
        transcript = one.transcript
        turn = transcript.turn(one.item.segment.turn)
        place = transcript.group or transcript.title or transcript.name
        stance = self._t("denies it") if one.item.stance is Stance.DENIES else ""
        parts = [person(transcript, turn.speaker, self._t), place, transcript.wave or ""]
        parts += [self._t("turn {number}", number=turn.number), stance]
        return ", ".join(part for part in parts if part)

    def _limits(self) -> Iterator[Block]:
        t = self._t
        yield Heading(t("What this cannot say"))
        yield Points(
            (
                t("A focus group is no sample: the shares describe these conversations, not a profession."),
                t("Who did not mention something may experience it all the same; who spoke little had less chance to."),
                t("Rules and models see what they were made for; what nobody read or suggested is not in the figures."),
                t(
                    "Passages are verbatim. Names that speakers themselves use are still in them: read them before you "
                    "publish."
                ),
            )
        )

    def _origin(self) -> Iterator[Block]:
        t, results = self._t, self._results
        yield Heading(t("Where this comes from"))
        yield Paragraph(t("Made with codering {version} on {date}.", version=results.version, date=results.made))
        rows = tuple(
            (one.name, one.wave or "", one.group or "", one.words, len(one.turns), one.hash[:16])
            for one in results.transcripts
        )
        columns = (
            Column("transcript", "Transcript"),
            Column("wave", "Wave"),
            Column("group", "Group"),
            Column("words", "Words", Kind.COUNT),
            Column("turns", "Turns", Kind.COUNT),
            Column("hash", "SHA-256 of the words"),
        )
        yield Grid(Table("origin", "Transcripts", columns, rows))


def person(transcript: Transcript, speaker: str, texts: Texts) -> str:
    """A speaker as the report names them: the pseudonym, or "participant 3" in order of first turn."""
    found = transcript.speaker(speaker)
    if found.pseudonym:
        return found.pseudonym
    return texts("participant {number}", number=_participants(transcript).index(speaker) + 1)


def _participants(transcript: Transcript) -> list[str]:
    return [one.name for one in transcript.speakers if one.role is Role.PARTICIPANT]


def _passages(own: Sequence[Quotation], chosen: frozenset[str]) -> tuple[bool, list[Quotation]]:
    """Whether somebody chose passages, and the chosen ones; or else some of a readable length, of different groups."""
    picked = [one for one in own if isinstance(one.item, Coding) and one.item.id in chosen]
    if picked:
        return True, picked
    fitting = [one for one in own if one.item.stance is Stance.CONFIRMS and len(one.words) in _FITTING]
    by_group: dict[str, Quotation] = {}
    for one in sorted(fitting, key=lambda one: (abs(len(one.words) - 180), one.item.segment)):
        by_group.setdefault(one.transcript.group or one.transcript.name, one)
    return False, list(by_group.values())[:PASSAGES]


def _definitions(results: Results, texts: Texts) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (theme.label.in_language(texts.language), theme.own.definition, theme.own.section)
        for theme in results.codebook.themes
    ]
    columns = (Column("theme", "Theme"), Column("definition", "Definition", Kind.LONG), Column("section", "Section"))
    note = Message("Sections are those of Van Nunen & Van der Meulen, Stichting Beroepseer; the wording is ours.")
    return Table("definitions", "Themes", columns, tuple(rows), (note,) if results.codebook.id == "sam" else ())


def _only(table: Table, codes: set[str]) -> Table:
    """The rows of some codes that occur, without the notes, which stand with the themes."""
    keys = [column.key for column in table.columns]
    where = keys.index("id")
    counts = [keys.index(key) for key in ("participants", "denied_participants")]
    rows = tuple(row for row in table.rows if row[where] in codes and any(_number(row[i]) for i in counts))
    return Table(table.key, table.title, table.columns, rows)


def _number(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) and not math.isnan(cell) else 0.0


def _date(made: str, texts: Texts) -> str:
    from datetime import datetime

    from babel.dates import format_date

    return str(format_date(datetime.fromisoformat(made), "long", locale=texts.language))
