"""What is left out of published results: no number of few people is in them, and none can be worked out."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest
from openpyxl import load_workbook

from codering.analysis import withholding
from codering.analysis.frequencies import Base, Frequency
from codering.analysis.frequency_tables import _hidden
from codering.analysis.panels import InWave
from codering.cli import run
from codering.codings import Stance
from codering.demo import add_reference
from codering.errors import CoderingError, ExportError
from codering.exporters import write
from codering.exporters.document import Grid, Paragraph, Passage, shown_columns
from codering.exporters.report import report
from codering.project import Project
from codering.resources import samples_path
from codering.tables import HIDDEN, Kind
from codering.texts import Texts

NL, EN = Texts("nl"), Texts("en")
FEWEST = 3


def frequency(people: int, groups: int, of: int, of_groups: int, stance: Stance = Stance.CONFIRMS) -> Frequency:
    base = Base(turns=9 * of, participants=of, groups=of_groups, words=99 * of)
    return Frequency("druk", stance, "", people, people, people, 0, groups, 9 * people, base)


SIZE = 3
"""Participants in each of four groups: two places, two waves."""
WORLDS = list(product(range(SIZE + 1), repeat=4))
PLACES, WAVES = ((0, 1), (2, 3)), ((0, 2), (1, 3))


def published(said: tuple[int, ...]) -> dict[object, int | None]:
    """Every number that an export shows of a code whose participants by group are these; None where it is left out."""
    groups = sum(count > 0 for count in said)
    yes, no = frequency(sum(said), groups, 4 * SIZE, 4), frequency(0, 0, 4 * SIZE, 4, Stance.DENIES)
    gone = withholding._gone(yes, no, FEWEST)
    shown: dict[object, int | None] = {
        "participants": None if "participants" in gone else yes.participants,
        "groups": None if "groups" in gone else groups,
    }
    by_place = [[said[i] for i in place] for place in PLACES]
    row = [frequency(sum(own), sum(n > 0 for n in own), 2 * SIZE, 2) for own in by_place]
    for place, (one, out) in enumerate(zip(row, _hidden(row, FEWEST), strict=True)):
        shown["place", place] = None if out else one.participants
    in_waves = [
        InWave(str(wave), sum(said[i] for i in own), 2 * SIZE, sum(said[i] > 0 for i in own), 2, 0)
        for wave, own in enumerate(WAVES)
    ]
    dropped = any(withholding._tells(one, FEWEST) for one in in_waves)
    for wave, one in enumerate(in_waves):
        shown["wave", wave] = None if dropped else one.participants
        shown["groups in wave", wave] = None if dropped else one.groups
    return shown


def numbers(said: tuple[int, ...]) -> dict[object, int]:
    """The same numbers without anything left out."""
    found: dict[object, int] = {"participants": sum(said), "groups": sum(count > 0 for count in said)}
    for name, parts in (("place", PLACES), ("wave", WAVES)):
        for index, own in enumerate(parts):
            found[name, index] = sum(said[i] for i in own)
    for index, own in enumerate(WAVES):
        found["groups in wave", index] = sum(said[i] > 0 for i in own)
    return found


def of_people(key: object) -> bool:
    """Whether a number counts people; that of groups is left out only for what it tells about those."""
    return key == "participants" or key[0] in ("place", "wave")


def test_no_number_that_is_left_out_can_be_worked_out_from_all_that_is_shown():
    """Try every way in which people could have said it: of what is left out at least two values must fit."""
    told = {said: numbers(said) for said in WORLDS}
    tried = 0
    for said in WORLDS:
        shown = published(said)
        fitting = [
            other
            for other in WORLDS
            if all(value is None or told[other][key] == value for key, value in shown.items())
            # That a total is left out says that it is small, and not nothing.
            and (shown["participants"] is not None or 0 < told[other]["participants"] < FEWEST)
        ]
        assert said in fitting
        for key in (key for key, value in shown.items() if value is None and of_people(key)):
            if sum(said) == 4 * SIZE:
                continue  # everyone said it: a total that cannot be hidden
            tried += 1
            assert len({told[other][key] for other in fitting}) > 1, (said, key, shown)
    assert tried > 500


def test_nothing_small_is_shown():
    for said in WORLDS:
        for key, value in published(said).items():
            if of_people(key):
                assert value is None or value == 0 or value >= FEWEST, (said, key)


def test_the_number_of_people_who_only_agreed_does_not_follow_from_turns():
    base = Base(turns=90, participants=12, groups=4, words=900)
    no = Frequency("druk", Stance.DENIES, "", 0, 0, 0, 0, 0, 0, base)

    def gone(turns: int, people: int, agreed: int) -> frozenset[str]:
        return withholding._gone(
            Frequency("druk", Stance.CONFIRMS, "", turns, turns, people, agreed, 2, 9, base), no, FEWEST
        )

    assert {"assenting", "turns", "mentions", "share", "words"} == gone(6, 5, 1)
    assert gone(9, 5, 1) == {"assenting"}
    assert gone(9, 5, 4) == frozenset()
    assert {"participants", "groups", "turns"} <= gone(1, 0, 1), "one turn of one who only agreed"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with Project.create(tmp_path_factory.mktemp("few") / "voorbeeld.codering") as made:
        made.add([samples_path()])
        add_reference(made)
        yield made


@pytest.fixture(scope="module")
def results(project):
    return project.results(language="en", pictures=True, hide_below=FEWEST)


@pytest.fixture(scope="module")
def whole(project):
    return project.results(language="en", pictures=True)


COUNTED = ("participants", "denied_participants", "assenting", "denied", "denied_0", "denied_1")


def tables_of(results):
    yield from results.tables
    for section in results.sections:
        yield from section.tables
        yield from (grid.table for grid in section.grids)


def test_no_table_of_an_export_shows_a_number_of_few_participants(results):
    looked = 0
    for table in tables_of(results):
        crosstab = table.key in ("codes_by_group", "themes_by_wave")
        for column, cells in zip(table.columns, zip(*table.rows, strict=True), strict=False):
            of_people = column.key in COUNTED or column.key.startswith("participants_") or crosstab
            if of_people and column.kind is Kind.COUNT:
                looked += len(cells)
                small = [cell for cell in cells if isinstance(cell, int) and 0 < cell < FEWEST]
                assert not small, (table.key, column.key)
    assert looked > 500


def test_of_agreement_on_few_only_coefficients_are_shown(results, whole, project):
    few = project.few(FEWEST)
    before_it = {t.key: t for s in whole.sections for t in s.tables}
    for key, ids in (("agreement_themes", few.themes), ("agreement_codes", few.codes)):
        (table,) = [table for section in results.sections for table in section.tables if table.key == key]
        assert ids
        for row, before in zip(table.records(), before_it[key].records(), strict=True):
            assert row["kappa"] == before["kappa"]
            if row["id"] in ids:
                assert {row[k] for k in ("carried_0", "carried_1", "together", "percentage", "pabak")} == {HIDDEN}
                told = re.findall(r"\d\.\d+", str(row["reading"]))
                assert set(told) <= {"0.67", "0.80"}, "the customary limits, and no figure of this one"
            else:
                assert row == before


def test_the_mark_is_explained_where_it_stands_and_nowhere_else(results):
    for block in (block for block in report(results, EN).blocks if isinstance(block, Grid)):
        shown = [row[i] for row in block.table.rows for i in shown_columns(block)]
        told = any(str(note).startswith("×: left out") for note in block.table.notes)
        assert not told or HIDDEN in shown, block.table.key


def test_what_could_be_counted_again_is_not_in_it(results):
    keys = {table.key for table in tables_of(results)}
    assert not keys & {"themes_by_speaker", "themes_by_transcript", "speaking", "balance", "decisions"}
    assert not keys & {"disagreements", "cooccurrence", "sequence"}
    assert not [key for key in keys if "suggested" in key]
    assert {"themes", "codes", "codes_by_group", "themes_by_wave", "waves_1", "chance", "paper"} <= keys


def test_every_table_of_an_export_is_decided_about(whole, project):
    """A table that nobody thought of is left out; this list says which those are, and why nobody misses them."""
    few = project.few(FEWEST)
    out = {t.key for s in whole.sections for t in s.tables if withholding.withheld(t, few) is None}
    by_person = {"speaking", "decisions", "disagreements", "passages"}
    turns_of_pairs = {"cooccurrence", "sequence", "confusions", "codebook_proposals", "agreement_stance"}
    assert out <= by_person | turns_of_pairs | {"balance"}


def test_the_total_of_a_hidden_code_is_not_in_the_charts(results, whole, project):
    (before, after) = (dict(one.pictures)["themes"].svg.decode() for one in (whole, results))
    assert "Public mission" in before
    assert "Public mission" not in after
    rows = {row["id"]: row for table in results.tables if table.key == "codes" for row in table.records()}
    hidden = {code for code, row in rows.items() if row["participants"] == HIDDEN}
    assert len(hidden) > 5
    drawn = "".join(one.svg.decode() for key, one in results.pictures if key.startswith("waves_1"))
    for code in hidden:
        assert f">{project.codebook.code(code).label.en} (" not in drawn


def test_report_and_workbook_say_what_was_left_out(results, tmp_path):
    said = [block.text for block in report(results, EN).blocks if isinstance(block, Paragraph)]
    assert any("fewer than 3 participants is left out (×)" in text for text in said)
    marked = [b for b in report(results, EN).blocks if isinstance(b, Grid) and any(HIDDEN in r for r in b.table.rows)]
    assert any("×: left out. Fewer than 3" in str(note) for note in marked[0].table.notes)
    write(results, tmp_path / "w.xlsx", format="excel", texts=EN)
    book = load_workbook(tmp_path / "w.xlsx")
    cover = [cell for row in book["Cover"].iter_rows(values_only=True) for cell in row if cell]
    assert "Left out" in cover
    assert not [cell for cell in cover if "at the end" in str(cell)], "there are no sheets of suggestions"
    assert not {"Quotations", "Passages by group", "Decisions", "Themes by speaker"} & set(book.sheetnames)
    assert not [name for name in book.sheetnames if "sugg" in name.lower()]


def test_examples_are_not_of_what_few_people_say_unless_somebody_chose_them(results, whole):
    rows = {row["id"]: row for table in results.tables if table.key == "codes" for row in table.records()}

    def few(passage: Passage) -> bool:
        codes = {q.item.code for q in results.quotations() if q.words == passage.words and q.item.id in results.counted}
        return all(rows[code]["participants"] == HIDDEN for code in codes)

    def quoted(made) -> list[Passage]:
        return [block for block in report(made, EN).blocks if isinstance(block, Passage)]

    assert any(few(passage) for passage in quoted(whole))
    assert quoted(results)
    assert not any(few(passage) for passage in quoted(results))
    counted = [q for q in results.quotations() if q.item.id in results.counted]
    one = next(q.item.id for q in counted if rows[q.item.code]["participants"] == HIDDEN)
    assert any(few(passage) for passage in quoted(replace(results, chosen=frozenset({one}))))


def test_who_says_what_is_quoted_is_left_out_with_the_numbers(results, whole):
    def quoted(made) -> list[Passage]:
        return [block for block in report(made, EN).blocks if isinstance(block, Passage)]

    chosen = frozenset(q.item.id for q in results.quotations() if q.item.id in results.counted)
    assert all("turn" in passage.where for passage in quoted(whole))
    said = {passage.where for passage in quoted(replace(results, chosen=chosen))}
    assert said == {"A participant", "A participant, denies it"}
    method = [block.text for block in report(results, EN).blocks if isinstance(block, Paragraph)]
    assert any("who says them, in which group, wave and turn, is left out" in text for text in method)


def test_a_number_that_hides_nothing_and_a_format_without_tables_are_refused(project, tmp_path, capsys):
    with pytest.raises(CoderingError, match="hides nothing"):
        project.results(hide_below=2)
    for form in ("csv", "jsonl", "refi", "qdc"):
        with pytest.raises(ExportError, match="holds no tables"):
            project.export(form, tmp_path / "uit", texts=NL, hide_below=FEWEST)
    assert not list(tmp_path.iterdir())
    file = str(project.path)
    assert run(["export", file, "--to", "csv", "--out", str(tmp_path / "x.csv"), "--hide-below", "3"]) == 2
    assert "bevat geen tabellen" in capsys.readouterr().err
    assert run(["export", file, "--to", "html", "--out", str(tmp_path / "x.html"), "--hide-below", "3"]) == 0
    assert "weggelaten (×)" in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_without_the_option_nothing_is_left_out(whole):
    assert whole.fewest == 0
    assert not [table.key for table in tables_of(whole) if any(HIDDEN in row for row in table.rows)]


def written(project, fewest):
    results = project.results(language="en", pictures=True, hide_below=fewest)
    return [str(getattr(one, "text", "")) for one in report(results, EN).blocks], results


def test_where_no_number_about_waves_is_left_nobody_is_told_to_read_them(project):
    said, results = written(project, 40)
    (waves,) = [one for one in results.sections if one.key == "waves"]
    assert not any(grid.table.rows for grid in waves.grids)
    assert any(one.startswith("No number about the waves can be published") for one in said)
    assert not any("read them, and hear more groups" in one for one in said)
    assert any("read them, and hear more groups" in one for one in written(project, 0)[0])


def test_themes_that_are_left_out_of_theme_by_theme_are_named(project):
    said, _ = written(project, 20)
    (note,) = [one for one in said if one.startswith("Left out here: ")]
    headings = said[said.index("Theme by theme") :]
    named = note.removeprefix("Left out here: ").partition(".")[0].split(", ")
    assert named
    assert not {*named} & {*headings}
    assert not any(one.startswith("Left out here: ") for one in written(project, 0)[0])
