"""What results hold beyond frequencies: waves, saturation, coders, what was missed, and charts of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codering.analysis.agreement_tables import OVER_GROUPS, WITH_PABAK
from codering.analysis.group_intervals import ONE_GROUP
from codering.analysis.wave_chance import conclusion
from codering.analysis.wave_sheets import on_screen, on_sheets
from codering.analysis.wave_tables import wave_tables
from codering.codings import Stance
from codering.errors import AgreementError, CoderingError, Message
from codering.exporters.document import Grid, Picture
from codering.exporters.results import Section
from codering.project.contrasting import WithContrasts
from codering.project.exploring import WithExploration
from codering.project.looking import WithLooks
from codering.project.thirds import NOBODY
from codering.project.waves import WithWaves
from codering.tables import Table
from codering.texts import Texts

if TYPE_CHECKING:
    from codering.analysis.wave_tables import WaveResults
    from codering.analysis.withholding import Few

    _Waves = tuple[WaveResults, tuple[Table, ...]]

COUNTED_APART = Message(
    "Compared are the coders whose own codings do not count in the results, because what was decided between them does."
)
_NO_MORE: Final = Message(
    "To read: – where it cannot be computed, because nothing was found yet or whole groups were read."
)

NOT_ALL_HEARD: Final = Message(
    "That cannot be said yet: not everything was read. A code that is new in a later group may stand in an earlier one "
    "too, in a turn that nobody read."
)
WAVES: Final = "What changed between waves"
AGREEMENT: Final = ("label", "together", "percentage", "kappa", "kappa_low", "kappa_high", "reading")
MISSED: Final = ("name", "found", "drawn", "hits", "missed", "recall", "established")
"""What a report shows of tables that are too wide for a page."""
ABOUT: Final = {OVER_GROUPS: ("low", "kappa_low", "alpha_low"), WITH_PABAK: ("pabak",)}
"""By a note: columns of which one must be shown, or the note says something of what is not there."""


class WithSections(WithContrasts, WithExploration, WithLooks, WithWaves):
    """A project that puts together what it can say."""

    def _sections(self, language: str, waves: _Waves | None, few: Few | None) -> tuple[Section, ...]:
        """Everything beyond frequencies that this project can say; what it cannot, or may not, is left out."""
        if not self.codings():
            return ()
        made = (
            None if waves is None else _of_waves(*waves, few),
            self._saturation(language),
            self._coders(language),
            self._missed(language),
            Section("paper", "The paper beside practice", tables=(self.paper_and_practice(language=language),)),
            Section("together", "What belongs together", tables=self.cooccurrence(language=language)),
            Section("speaking", "Who speaks how much", tables=self.speaking()),
            Section("origin", "Where this comes from", tables=self.origin(language=language)),
        )
        found = tuple(one for one in made if one is not None)
        return found if few is None else _withheld(found, few)

    def few(self, fewest: int) -> Few:
        """Find the themes and codes of which a number over all groups is one of fewer participants."""
        from codering.analysis.frequencies import frequencies
        from codering.analysis.withholding import Few, with_few

        chosen = self.counted_codings()
        read, codebook = chosen.among(self.transcripts()), self.codebook
        themes = with_few(frequencies(read, codebook, chosen.codings, level="theme"), fewest)
        return Few(fewest, themes, with_few(frequencies(read, codebook, chosen.codings, level="code"), fewest))

    def origin(self, *, language: str = "nl") -> tuple[Table, ...]:
        """Everything by which results can be traced and the run repeated; see :mod:`codering.project.tracing`."""
        from importlib.metadata import version
        from platform import python_version

        from codering.project.tracing import crosswalk_table, decision_table, provenance_table

        codebook = self.codebook
        facts = {name: version(name) for name in ("codering", "spacy", "simplemma", "scikit-learn", "numpy")}
        facts["python"] = python_version()
        made = provenance_table(facts, self.codebook_versions(), self.runs(), self.transcripts(), self.settings())
        crosswalk = crosswalk_table(codebook)
        return (
            decision_table(self.decisions(), codebook, language=language),
            *((crosswalk,) if crosswalk.rows else ()),
            made,
        )

    def _pictures(self, texts: Texts, waves: _Waves | None, hide_below: int) -> tuple[tuple[str, Picture], ...]:
        """Charts for a report, by the table that they draw: themes, themes by wave, and what changed between waves.

        A chart of part of a table has the table's key, a point and a name of its own. With `hide_below`, what the table
        leaves out is not drawn.
        """
        from codering.exporters.charts import bars

        found = []
        for key, by in (("themes", "all"), ("themes_by_wave", "wave")):
            figures = self.figures(by=by, language=texts.language)
            if hide_below:
                figures = self._without_few(figures, by, hide_below)
            confirmed = [row for row in figures.records() if row["stance"] == Stance.CONFIRMS.value and row["count"]]
            if not confirmed or (by == "wave" and len({row["unit"] for row in confirmed}) < 2):
                continue
            chart = bars(figures, texts)
            alt = texts("Bar chart of the table below: the share of participants who mention each theme.")
            found.append((key, Picture(chart, texts, alt)))
        return (*found, *(() if waves is None else _pictures_of_waves(waves[1], texts)))

    def _without_few(self, figures: Table, by: str, fewest: int) -> Table:
        """The same without themes of which the table beside it leaves a number out."""
        from codering.analysis.frequencies import frequencies
        from codering.analysis.frequency_tables import with_hidden
        from codering.analysis.withholding import is_few

        chosen = self.counted_codings()
        counted = frequencies(chosen.among(self.transcripts()), self.codebook, chosen.codings, by=by)
        of_all = frozenset(one.code for one in counted if one.stance is Stance.CONFIRMS and is_few(one, fewest))
        gone = of_all if by == "all" else with_hidden(counted, fewest)
        place = [column.key for column in figures.columns].index("id")
        return replace(figures, rows=tuple(row for row in figures.rows if row[place] not in gone))

    def _waves(self, language: str, hide_below: int) -> _Waves | None:
        """What changed between waves, and the tables of it that can be published; None if nothing can be compared."""
        from codering.analysis.withholding import few_in_waves, without_few_in_waves

        try:
            results = self.wave_results()
        except CoderingError:  # one wave, or groups without one
            return None
        tables = wave_tables(results, self.codebook, language=language)
        if hide_below:
            few = few_in_waves(results.panel, hide_below)
            tables = tuple(one if one.key == "gaps" else without_few_in_waves(one, few) for one in tables)
        return results, tables

    def _saturation(self, language: str) -> Section | None:
        if len(self.transcripts()) < 2:  # what more groups bring cannot be seen in one
            return None
        tables = self.saturation(language=language)
        if self.counted_codings().in_part:
            return Section("saturation", "Do more groups bring new codes?", ((NOT_ALL_HEARD,),), tables)
        return Section("saturation", "Do more groups bring new codes?", (), tables, tuple(map(_grid, tables)))

    def _coders(self, language: str) -> Section | None:
        from codering.analysis.methods import TO_FILL_IN, methods_table

        counted = {coder for _, coder in self.counted_codings().coder_of}
        coders = self.independent_coders()
        if len(coders) < 2:
            return None
        try:
            tables = self.agreement(coders, language=language)
            paragraph = self.agreement_paragraph(coders, language=language)
        except AgreementError:  # no turn was read by two of them, or they are still coding blind
            return None
        said = (COUNTED_APART,) if counted.isdisjoint(coders) else ()
        grids = (_of(tables, "agreement_overall"), _of(tables, "agreement_themes", AGREEMENT))
        compared = tuple(_told(one, _held(one)) for one in tables)
        every = (*compared, *self._differences(coders, language), methods_table(paragraph))
        told = tuple(one for one in paragraph if one != TO_FILL_IN)  # which is for whoever writes, not for who reads
        return Section("agreement", "How far coders agree", tuple(filter(None, (said, told))), every, grids)

    def _differences(self, coders: Sequence[str], language: str) -> tuple[Table, ...]:
        """What two coders differ on, with what was decided about it by whoever decided most."""
        if len(coders) != 2 or self.hidden_from(""):
            return ()
        by = self.decided_by(coders)
        swapped, proposals, _ = self.confusions(coders, by=by or NOBODY, language=language)
        return self.adjudication_table(coders, by=by or NOBODY, language=language), swapped, proposals

    def _missed(self, language: str) -> Section:
        missed = self.missed(by="theme", language=language)
        said = (*missed.conclusions, *missed.assumptions)
        # Without turns that were read at random every row says the same: nothing was drawn, nothing is established.
        grids = (_grid(missed.table, MISSED),) if missed.overall.drawn else ()
        # On a sheet nothing else says why a figure is undefined; on a page the paragraphs do.
        notes = (*said, *((_NO_MORE,) if any(one.more is None for one in missed.statements) else ()))
        paragraphs = tuple((one,) for one in said)
        return Section("missed", "How much was missed", paragraphs, (replace(missed.table, notes=notes),), grids)


def _of_waves(results: WaveResults, tables: Sequence[Table], few: Few | None) -> Section:
    if few is not None and not any(one.rows for one in tables if one.key.startswith("waves_")):
        # "Read the counts" would point at nothing.
        withheld = Message(
            "No number about the waves can be published: for every code some number would be of fewer than {fewest} "
            "participants, or tell how many those are.",
            fewest=few.fewest,
        )
        return Section("waves", WAVES, ((withheld,),), on_sheets(tables, results))
    grids = tuple(_grid(one) for one in on_screen(tables, results))
    # Of several comparisons that differ in this, each says it below its own table.
    said = dict.fromkeys(conclusion(one) for one in results.comparisons)
    sheets = on_sheets(tables, results)
    return Section("waves", WAVES, (tuple(said),) if len(said) == 1 else (), sheets, grids)


def _pictures_of_waves(tables: Sequence[Table], texts: Texts) -> Iterator[tuple[str, Picture]]:
    from codering.exporters.wave_charts import changes, parts

    alt = texts("Share of participants in both waves: the same numbers stand in the table.")
    for table in (one for one in tables if one.key.startswith("waves_")):
        for part in parts(table):
            title, legend = (said.translated(texts.translate) for said in (part.title, part.legend))
            chart = changes(part.table, texts, names=part.names)
            yield f"{table.key}.{part.key}", Picture(chart, texts, f"{title} {alt}", f"{title} {legend}")


def _withheld(sections: Sequence[Section], few: Few) -> tuple[Section, ...]:
    """The sections as they can be published, without those of which nothing is left."""
    from codering.analysis.withholding import withheld

    kept = []
    for section in sections:
        tables = tuple(one for table in section.tables if (one := withheld(table, few)) is not None)
        grids = tuple(
            replace(grid, table=one) for grid in section.grids if (one := withheld(grid.table, few)) is not None
        )
        if tables or grids:
            kept.append(replace(section, tables=tables, grids=grids))
    return tuple(kept)


def _grid(table: Table, columns: tuple[str, ...] = ()) -> Grid:
    """A table on a page: without ids, without columns that say nothing in any row, and without notes about those."""
    table, held = _once(table), _held(table)
    wanted = columns or tuple(one.key for one in table.columns if one.key != "id")
    shown = tuple(key for key in wanted if key in held)
    return Grid(_told(table, shown), shown, table.title)


def _held(table: Table) -> tuple[str, ...]:
    """The keys of the columns in which something stands."""
    return tuple(
        dict.fromkeys(key for record in table.records() for key, cell in record.items() if cell not in (None, ""))
    )


def _told(table: Table, shown: Sequence[str]) -> Table:
    """A table without notes about columns that are not shown, or in which nothing is defined."""
    notes = tuple(note for note in table.notes if note not in ABOUT or not {*shown}.isdisjoint(ABOUT[note]))
    return replace(table, notes=notes)


def _once(table: Table) -> Table:
    """Say below the table, once, that there are too few groups for intervals, instead of in every row."""
    if not any(ONE_GROUP in row for row in table.rows):
        return table
    rows = tuple(tuple(None if cell == ONE_GROUP else cell for cell in row) for row in table.rows)
    return replace(table, rows=rows, notes=(*table.notes, ONE_GROUP))


def _of(tables: Sequence[Table], key: str, columns: tuple[str, ...] = ()) -> Grid:
    return next(_grid(table, columns) for table in tables if table.key == key)
