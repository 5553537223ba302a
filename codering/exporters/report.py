"""What a report says, as blocks: method, themes, passages, waves, coders, what was missed, limits, where it comes from.

Every number comes from a table of the results or is counted from the same codings; nothing is a machine's bare count.
Passages are verbatim and their speakers are pseudonyms; a speaker without one is "participant 3". Where numbers of few
people are left out, speakers are nobody in particular.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from codering.codebooks import Theme
from codering.codings import Coding, Stance
from codering.errors import Message
from codering.exporters.document import (
    Block,
    Document,
    Grid,
    Heading,
    Note,
    Paragraph,
    Picture,
    Points,
    shown_columns,
)
from codering.exporters.report_passages import picked_passages
from codering.exporters.report_tables import counts, definitions, number, origin, spoken_in
from codering.exporters.report_themes import about_theme
from codering.exporters.results import Quotation, Results
from codering.tables import HIDDEN, Cell, Column, Kind, Table
from codering.texts import Texts
from codering.writing import UNDEFINED, day, written

_TOTAL_COLUMNS: Final = ("label", "found", "total", "low", "high", "drawn", "unread")


def report(results: Results, texts: Texts) -> Document:
    """Put the report together.

    Raises
    ------
    ExportError
        If a quotation is not verbatim.
    """
    writer = _Report(results, texts)
    subtitle = texts(
        "Analysis of {count} focus {count:group|groups}, {date}",
        count=len(results.transcripts),
        date=day(results.made, texts.language),
    )
    return Document(results.project, subtitle, texts.language, tuple(writer.blocks()))


_NO_CODES: Final = Table("codes", "Codes", (), ())


class _Report:
    """The parts of a report, in order."""

    def __init__(self, results: Results, texts: Texts) -> None:
        self._results, self._t = results, texts
        self._quotations = tuple(
            one for one in results.quotations() if isinstance(one.item, Coding) and one.item.id in results.counted
        )
        self._tables = {table.key: table for table in results.tables}
        self._base = spoken_in(results.counted_in)
        self._said: set[Message] = set()
        self._few = {
            (str(row["id"]), stance)
            for row in self._tables.get("codes", _NO_CODES).records()
            for stance, key in ((Stance.CONFIRMS, "participants"), (Stance.DENIES, "denied_participants"))
            if row[key] == HIDDEN
        }

    def blocks(self) -> Iterator[Block]:
        """Everything."""
        yield from self._short()
        yield from self._method()
        yield from self._themes()
        yield from self._theme_by_theme()
        for section in (one for one in self._results.sections if one.grids or one.paragraphs):
            yield self._chapter(section.title)
            for said in section.paragraphs:
                yield Paragraph(" ".join(one.translated(self._t.translate) for one in said))
                self._said.update(said)
            for grid in (one for one in section.grids if one.table.rows):
                yield from self._pictures(grid.table.key)
                yield self._grid(grid)
        yield from self._limits()
        yield from self._origin()

    def _short(self) -> Iterator[Block]:
        t = self._t
        yield self._chapter("In short")
        themes = self._tables.get("themes")
        if themes is None or not any(row["participants"] for row in themes.records()):
            yield Paragraph(t("Nobody coded anything yet, so there is no result. Suggestions are not a result."))
            return
        rows = [row for row in themes.records() if number(row["participants"])]
        if not rows:
            yield Paragraph(t("Behind no theme are there {fewest} participants.", fewest=self._results.fewest))
            return
        rows.sort(key=lambda row: -number(row["participants"]))
        yield Points(tuple(self._point(row) for row in rows[:5]))
        yield Note(t("Counted are participants who say that they experience it; whoever denies it is counted apart."))
        if "totals" in self._tables:
            yield Note(t("Not every turn was read: these counts are a minimum. The estimated totals stand further on."))

    def _point(self, row: Mapping[str, Cell]) -> str:
        theme, count, people = row["theme"], row["participants"], self._base.people
        if self._base.groups == 1 or row["groups"] == HIDDEN:
            return self._t(
                "{theme}: {count} of the {people} {people:participant|participants}.",
                theme=theme,
                count=count,
                people=people,
            )
        return self._t(
            "{theme}: {count} of the {people} {people:participant|participants}, in {groups} of the "
            "{all} focus {all:group|groups}.",
            theme=theme,
            count=count,
            people=people,
            groups=row["groups"],
            all=self._base.groups,
        )

    def _method(self) -> Iterator[Block]:
        t, results = self._t, self._results
        everything = spoken_in(results.transcripts)
        coders = sorted({coding.coder for coding in results.own})
        yield self._chapter("How this was done")
        yield Paragraph(
            t(
                "{groups} focus {groups:group|groups} with {people} {people:participant was|participants were} "
                "transcribed: {words} {words:word|words}, with {turns} {turns:turn|turns} of participants that "
                "could be coded; what the moderator says is never coded. The codebook is “{codebook}” (version "
                "{version}), with {themes} {themes:theme|themes} and {codes} {codes:code|codes}.",
                groups=len(results.transcripts),
                people=everything.people,
                words=written(sum(one.words for one in results.transcripts), Column("", "", Kind.COUNT), t),
                turns=everything.turns,
                codebook=results.codebook.label.in_language(t.language),
                version=results.codebook.version,
                themes=len(results.codebook.themes),
                codes=sum(len(theme.codes) for theme in results.codebook.themes),
            )
        )
        yield Paragraph(_suggested(results.machines, ", ".join(coders) or UNDEFINED).translated(t.translate))
        if results.fewest:
            yield Paragraph(
                t(
                    "Every number behind which there are fewer than {fewest} participants is left out (×), with what "
                    "would give such a number away. Passages that are quoted are each the words of one participant; "
                    "who says them, in which group, wave and turn, is left out for the same reason.",
                    fewest=results.fewest,
                )
            )

    def _themes(self) -> Iterator[Block]:
        t = self._t
        yield self._chapter("Themes")
        yield self._grid(Grid(definitions(self._results, t)))
        if (themes := self._tables.get("themes")) is not None:
            yield Heading(t("How often each theme occurs"), 2)
            yield from self._pictures("themes")
            yield self._grid(Grid(counts(themes, "theme", self._base, t)))
        if (totals := self._tables.get("totals")) is not None:
            yield Heading(t("Estimated totals"), 2)
            yield self._grid(Grid(totals, _TOTAL_COLUMNS))
        if (waves := self._tables.get("themes_by_wave")) is not None and len(waves.columns) > 3:
            yield Heading(t("Themes by wave"), 2)
            yield from self._pictures("themes_by_wave")
            yield self._grid(Grid(waves))

    def _chapter(self, title: str) -> Heading:
        self._said.clear()
        return Heading(self._t(title))

    def _grid(self, grid: Grid) -> Grid:
        """The table without notes that were said in this chapter already."""
        unsaid = set(self._said)
        shown = shown_columns(grid)
        if not any(row[i] == HIDDEN for row in grid.table.rows for i in shown):
            unsaid |= {note for note in grid.table.notes if note.values.get("mark") == HIDDEN}
        notes = tuple(note for note in grid.table.notes if note not in unsaid)
        self._said.update(notes)
        return replace(grid, table=replace(grid.table, notes=notes))

    def _pictures(self, key: str) -> Iterator[Picture]:
        return (picture for name, picture in self._results.pictures if name.split(".")[0] == key)

    def _theme_by_theme(self) -> Iterator[Block]:
        """A section for each theme that occurs; what holds for all of them is said once, before the first."""
        t = self._t
        by_theme = {theme.id: self._own(theme) for theme in self._results.codebook.themes}
        found = [theme for theme in self._results.codebook.themes if by_theme[theme.id]]
        if not found:
            return
        yield self._chapter("Theme by theme")
        yield Note(
            t(
                "Codes that nobody used are left out. n is the number that they are counted in; shares are of "
                "participants."
            )
        )
        if any(theme.figures for theme in found):
            yield Note(
                t(
                    "Figures of a survey come from the paper behind the codebook (2020). They say how many people "
                    "agree with a statement; the groups say what came up in conversation. The one is no measure of the "
                    "other."
                )
            )
        few = [theme for theme in self._results.codebook.themes if theme not in found and self._is_said(theme)]
        if few:
            yield Note(
                t(
                    "Left out here: {themes}. Of every code of theirs the number is left out.",
                    themes=", ".join(theme.label.in_language(t.language) for theme in few),
                )
            )
        picked = {theme.id: picked_passages(by_theme[theme.id], self._results.chosen) for theme in found}
        if not all(chosen for chosen, _ in picked.values()):
            yield Note(
                t("Where nobody chose passages, these are examples from different groups, not the most telling.")
                if self._base.groups > 1
                else t(
                    "Where nobody chose passages, these are examples of different participants, not the most telling."
                )
            )
        for theme in found:
            passages, codes = picked[theme.id][1], self._tables.get("codes")
            yield from about_theme(theme, passages, codes, self._base, t, named=not self._results.fewest)

    def _own(self, theme: Theme) -> list[Quotation]:
        codes = {code.id for code in (theme.own, *theme.codes)}
        return [one for one in self._quotations if one.item.code in codes and not self._points_at_few(one)]

    def _is_said(self, theme: Theme) -> bool:
        codes = {code.id for code in (theme.own, *theme.codes)}
        return any(one.item.code in codes for one in self._quotations)

    def _points_at_few(self, one: Quotation) -> bool:
        """Whether the number of people who say it is left out, unless somebody chose this passage."""
        chosen = isinstance(one.item, Coding) and one.item.id in self._results.chosen
        return (one.item.code, one.item.stance) in self._few and not chosen

    def _limits(self) -> Iterator[Block]:
        t = self._t
        yield self._chapter("What this cannot say")
        yield Points(
            (
                t("A focus group is not a sample: the shares describe these conversations, not a profession."),
                t(
                    "Whoever did not mention something may experience it all the same; whoever spoke little had less "
                    "chance to."
                ),
                t("Rules and models see what they were made for; what nobody read or suggested is not in the figures."),
                t(
                    "Passages are verbatim. Names that speakers themselves use are still in them: read them before you "
                    "publish."
                ),
            )
        )

    def _origin(self) -> Iterator[Block]:
        t, results = self._t, self._results
        yield self._chapter("Where this comes from")
        yield Paragraph(
            t("Made with codering {version} on {date}.", version=results.version, date=_moment(results.made, t))
        )
        yield Grid(origin(results.transcripts))


def _moment(made: str, texts: Texts) -> str:
    """The day and the hour, in the time in which the results were made (UTC)."""
    from datetime import datetime

    return f"{day(made, texts.language)}, {datetime.fromisoformat(made):%H:%M} UTC"


def _suggested(machines: Collection[str], coders: str) -> Message:
    """What made suggestions, and who decided."""
    if "learned" in machines:
        return Message(
            "Rules, and a model that learns from decisions, made suggestions; nothing counts as coded until a person "
            "decided. These people coded: {coders}.",
            coders=coders,
        )
    if machines:
        return Message(
            "Rules made suggestions; nothing counts as coded until a person decided. These people coded: {coders}.",
            coders=coders,
        )
    return Message("No machine made suggestions. These people coded: {coders}.", coders=coders)
