from __future__ import annotations

import csv
import json
import math
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from codering.codebooks import Code, Codebook, Figure, Label, Theme
from codering.codings import Coding, Stance, Suggestion
from codering.errors import ExportError, Message
from codering.exporters import formats, write
from codering.exporters.excel import codebook_table
from codering.exporters.passages import matrix_table
from codering.exporters.results import Quotation, Results, Source
from codering.exporters.sheets import Book, safe, sheet_title
from codering.results import gathered
from codering.tables import HIDDEN, Column, Kind, Table
from codering.texts import Texts
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn
from codering.writing import written

NL = Texts("nl")
HOSTILE = '=HYPERLINK("http://x","klik") \x0b +1 @SUM(A1) 👩🏽‍🚒 é'


def book() -> Codebook:
    own = Code("last", Label("Last", "Burden"), "Zwaar werk.", "last", ("wel dit",), ("niet dat",), "§4.1", "#112233")
    sub = Code("druk", Label("=Druk", "Pressure"), "Druk.", "last")
    return Codebook(
        "boek",
        Label("Boek", "Book"),
        (Theme(own, (sub,), figures=(Figure(Label("mee eens", "agree"), 30, "§4", 225),)),),
    )


def group() -> Transcript:
    turns = (
        Turn(1, "M", "Hoe is de druk?", 0.0),
        Turn(2, "Ank", HOSTILE, 75.5),
        Turn(3, "Bas", "-nee, valt mee", None),
    )
    speakers = (Speaker("M", Role.MODERATOR), Speaker("Ank", pseudonym="P1"), Speaker("Bas"))
    return Transcript("groep", turns, speakers, wave="lente", group="=Dorp")


def results(**changes: object) -> Results:
    codings = (
        Coding(Segment("groep", 2, 0, len(HOSTILE)), "druk", Stance.CONFIRMS, "Codeur", "1", "1", "added"),
        Coding(Segment("groep", 3, 0, 4), "last", Stance.DENIES, "Codeur", "2", "2", "added"),
    )
    suggestions = (Suggestion(Segment("groep", 3, 5, 14), "druk", Stance.DENIES, "rule:druk.mee", 0.61),)
    sources = {"groep": Source("groep.docx", "word", 10, 10)}
    made = gathered("Proef", (group(),), sources, book(), codings, suggestions, language="nl")
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("uit") / "uit.xlsx"
    write(results(), path, format="excel", texts=NL)
    return load_workbook(path)


def rows(workbook: Workbook, sheet: str) -> list[dict[str, object]]:
    values = list(workbook[sheet].iter_rows(values_only=True))
    head = next(i for i, row in enumerate(values) if sum(cell is not None for cell in row) > 2)
    return [dict(zip(values[head], row, strict=True)) for row in values[head + 1 :] if row[0] is not None]


def test_the_sheets_are_dutch_and_start_with_a_cover(workbook):
    assert workbook.sheetnames[:4] == ["Voorblad", "Thema's", "Grafiek – Thema's", "Codes"]
    assert {"Citaten", "Codeboek", "Transcripten", "Thema's (suggesties)"} <= set(workbook.sheetnames)
    cover = {row[0]: row[1] for row in workbook["Voorblad"].iter_rows(values_only=True) if row[0]}
    assert (cover["Transcripten"], cover["Coderingen door mensen"], cover["Codeurs"]) == (1, 2, "Codeur")


def test_codings_and_suggestions_are_counted_apart(workbook):
    (coded,) = rows(workbook, "Thema's")
    (suggested,) = rows(workbook, "Thema's (suggesties)")
    assert (coded["Beurten"], coded["Beurten die het ontkennen"]) == (1, 1)
    assert (suggested["Beurten"], suggested["Beurten die het ontkennen"]) == (0, 1)


def test_no_text_becomes_a_formula(workbook):
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row), sheet.title


def test_a_quotation_is_verbatim_but_for_what_a_workbook_cannot_hold(workbook):
    quotations = rows(workbook, "Citaten")
    assert quotations[1]["Citaat"] == HOSTILE.replace("\x0b", "\ufffd")
    assert [q["Status"] for q in quotations] == ["gecodeerd", "gecodeerd"]
    assert {q["Spreker"] for q in quotations} == {"P1", "Bas"}


def test_what_machines_propose_is_never_among_the_passages_that_people_coded(workbook, tmp_path):
    """It stands on a sheet of its own at the end; a project without codings has no sheet of passages."""
    (proposed,) = rows(workbook, "Citaten (suggesties)")
    assert (proposed["Status"], proposed["Score"]) == ("voorgesteld", 0.61)
    write(results(codings=(), counted=frozenset()), tmp_path / "leeg.xlsx", format="excel", texts=NL)
    names = load_workbook(tmp_path / "leeg.xlsx").sheetnames
    assert "Citaten" not in names
    assert "Citaten (suggesties)" in names


def test_headers_are_frozen_and_can_be_filtered(workbook):
    sheet = workbook["Citaten"]
    assert sheet.freeze_panes
    assert sheet.auto_filter.ref
    assert sheet[sheet.freeze_panes].row == sheet[sheet.auto_filter.ref.split(":")[0]].row + 1


def test_theme_frequencies_have_a_native_chart(workbook):
    """On a page of its own: under the table it would break over two."""
    chart = workbook["Grafiek – Thema's"]
    assert len(chart._charts) == 1
    assert (chart.page_setup.fitToHeight, workbook["Thema's"].page_setup.fitToHeight) == (None, 0)  # one, any number
    assert not any(sheet._charts for sheet in workbook.worksheets if "suggesties" in sheet.title)


def test_every_sheet_is_printed_on_a4_or_a3_one_page_wide_with_its_headings_repeated(workbook):
    for sheet in workbook.worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert int(sheet.page_setup.paperSize) in (8, 9), sheet.title
        if sheet.auto_filter.ref:
            assert sheet.print_title_rows, sheet.title


def headings(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[sheet[sheet.freeze_panes].row - 1] if cell.value]


def printed(sheet: Worksheet) -> tuple[int, int]:
    """The last row and column of the print area, from 1."""
    *_, right, last = range_boundaries(sheet.print_area.split("!")[1].replace("$", ""))
    return last, right


def test_a_long_narrow_table_is_printed_upright(tmp_path):
    with Book(tmp_path / "uit.xlsx", NL) as made:
        for title, rows, columns in (("long", 40, 2), ("short", 5, 2), ("wide", 40, 15)):
            heads = tuple(Column(str(i), "Naam") for i in range(columns))
            made.add(Table(title, title, heads, (("x",) * columns,) * rows))
    found = [sheet.page_setup.orientation for sheet in load_workbook(tmp_path / "uit.xlsx").worksheets]
    assert found == ["portrait", "landscape", "landscape"]


def test_ids_and_columns_to_count_by_come_last_and_are_not_printed(workbook):
    for title in ("Citaten", "Codes"):
        sheet = workbook[title]
        heads = headings(sheet)
        _, right = printed(sheet)
        assert "Id" in heads[right:], title
        assert printed(sheet)[0] == sheet.max_row, title
    heads = headings(workbook["Citaten"])
    assert heads[heads.index("Status") :] == ["Status", "Codeur", "Woorden", "Id"]
    assert printed(workbook["Citaten"])[1] == heads.index("Status")


def test_a_list_to_search_in_is_not_printed_and_says_so(workbook):
    sheet = workbook["Citaten (suggesties)"]
    last, _ = printed(sheet)
    assert last < sheet[sheet.freeze_panes].row - 1
    notes = [row[0] for row in sheet.iter_rows(max_row=last, values_only=True)]
    assert "1 rij, om op een scherm te filteren en in te zoeken; die worden niet afgedrukt." in notes
    cover = [cell.value for row in workbook["Voorblad"].iter_rows() for cell in row if cell.hyperlink]
    assert [name for name in cover if "(wordt niet afgedrukt)" in name] == [f"{sheet.title} (wordt niet afgedrukt)"]


def test_what_coders_coded_and_no_figure_counts_has_a_list_of_its_own(tmp_path):
    """Beside what counts, a pivot table would count it too."""
    write(results(counted=frozenset({"1"})), tmp_path / "uit.xlsx", format="excel", texts=NL)
    made = load_workbook(tmp_path / "uit.xlsx")
    (counted,) = rows(made, "Citaten")
    (other,) = rows(made, "Citaten die niet meetellen")
    assert (counted["Citaat"], other["Citaat"]) == (HOSTILE.replace("\x0b", "\ufffd"), "-nee")


def test_a_number_that_is_left_out_is_no_zero_in_the_chart(tmp_path):
    columns = (Column("theme", "Theme"), Column("n", "Participants", Kind.COUNT))
    with Book(tmp_path / "uit.xlsx", NL) as made:
        made.add(Table("t", "T", columns, (("a", 4), ("b", HIDDEN)), bars="n"))
    with ZipFile(tmp_path / "uit.xlsx") as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
    (label,) = re.findall(r"<c:dLbl>(.*?)</c:dLbl>", chart)
    assert '<c:idx val="1"/>' in label
    assert f"<a:t>{HIDDEN}</a:t>" in label


def test_of_one_wave_or_group_there_is_no_sheet_beside_the_totals(workbook, tmp_path):
    assert not [name for name in workbook.sheetnames if "per golf" in name or name == "Codes per groep"]
    two = (group(), replace(group(), name="later", wave="herfst", group="Stad"))
    codings = (
        *results().codings,
        Coding(Segment("later", 3, 0, 4), "last", Stance.CONFIRMS, "Codeur", "3", "3", "added"),
    )
    made = gathered("Proef", two, {}, book(), codings, (), language="nl")
    write(made, tmp_path / "uit.xlsx", format="excel", texts=NL)
    assert {"Thema's per golf", "Codes per groep"} <= set(load_workbook(tmp_path / "uit.xlsx").sheetnames)


def test_a_column_in_which_nothing_stands_is_left_out(workbook):
    assert "Titel" not in headings(workbook["Transcripten"])
    assert "Gemeld bij het lezen" not in headings(workbook["Transcripten"])
    assert workbook["Transcripten"]["A2"].value == "Bij het lezen is niets gemeld."
    assert "Golf" in headings(workbook["Transcripten"])


def test_the_codebook_names_codes_where_it_refers_to_them(tmp_path):
    own = Code("last_zwaar", Label("Last", "Burden"), "Zwaar werk.", "last_zwaar", exclude=("Druk → last_druk",))
    sub = Code("last_druk", Label("Druk", "Pressure"), "Druk.", "last_zwaar")
    table = codebook_table(Codebook("boek", Label("Boek", "Book"), (Theme(own, (sub,)),)), "nl")
    assert next(table.records())["exclude"] == "Druk → ‘Druk’"


def test_long_passages_leave_room_for_fewer_and_those_left_out_are_counted():
    own = [Quotation(coding, group(), words) for coding, words in zip(results().codings, ("a" * 400, "b"), strict=True)]
    many = tuple(own[:1] * 3 + own[1:])
    table = matrix_table(many, results(), NL)
    cell = str(table.rows[-1][2])
    assert (cell.count("aaa\u201d"), cell.splitlines()[-1]) == (1, "… en nog 2")


def test_of_a_very_long_passage_the_beginning_stands_beside_those_of_other_groups():
    (long,) = (Quotation(results().codings[0], group(), "woord " * 300) for _ in "x")
    ((*_, cell),) = matrix_table((long,), results(), NL).rows
    assert str(cell).startswith("“woord woord")
    assert "woord …” (" in str(cell)
    assert len(str(cell)) < 640


def test_the_cover_leads_to_every_sheet(workbook):
    cover = workbook["Voorblad"]
    led = [cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink]
    assert led == ["'" + name.replace("'", "''") + "'!A1" for name in workbook.sheetnames[1:]]


def test_text_that_takes_more_lines_is_seen_whole(tmp_path):
    """Rows are as high as their longest text, and notes are wrapped over the width of the table."""
    columns = (Column("a", "Code"), Column("b", "Definition", Kind.LONG))
    long = "woord " * 100
    with Book(tmp_path / "uit.xlsx", NL) as made:
        made.add(Table("t", "T", columns, (("x", long), ("y", "kort")), (Message(long),)))
    sheet = load_workbook(tmp_path / "uit.xlsx").active
    assert sheet is not None
    *_, noted, _, _, first, second = [sheet.row_dimensions[row].height for row in range(1, 7)]
    assert first >= 15 * len(long) / 80, "a line of 70 digits wide holds fewer than 80 letters"
    assert noted >= 15 * len(long) / 120
    assert second in (None, 15)
    assert sheet["B5"].alignment.wrap_text


def test_what_no_transcript_states_has_no_sheet_and_the_cover_says_so(tmp_path):
    alone = replace(group(), wave=None, group=None)
    write(results(transcripts=(alone,)), tmp_path / "uit.xlsx", format="excel", texts=NL)
    made = load_workbook(tmp_path / "uit.xlsx")
    assert not [name for name in made.sheetnames if "per golf" in name or name == "Codes per groep"]
    cover = {row[0]: row[1] for row in made["Voorblad"].iter_rows(values_only=True) if row[0]}
    assert cover["Golven"] == "niet vermeld, dus niets is per golf uitgesplitst"


def test_times_and_shares_are_numbers_with_a_format(workbook):
    sheet = workbook["Thema's"]
    shares = [cell for row in sheet.iter_rows() for cell in row if cell.number_format.startswith("0.0%")]
    assert [cell.value for cell in shares] == [0.5, 1, 0.5]


def test_a_difference_of_shares_is_in_percentage_points_with_its_sign(tmp_path):
    """From 25% to 77% is no rise of "52%"."""
    column = Column("difference", "Difference in percentage points", Kind.POINTS)
    said = [written(value, column, NL) for value in (0.52, -0.0815, 0.0, -0.0001, math.nan)]
    assert said == ["+52,0", "−8,2", "0,0", "0,0", "–"]
    with Book(tmp_path / "uit.xlsx", NL) as made:
        made.add(Table("t", "T", (column,), ((0.52,), (-0.08,))))
    cells = [row[0] for row in load_workbook(tmp_path / "uit.xlsx").active.iter_rows() if row[0].data_type == "n"]
    cells = [cell for cell in cells if cell.value is not None]
    assert [cell.value for cell in cells] == [pytest.approx(52), pytest.approx(-8)]
    assert {cell.number_format.replace("_0_0_0", "") for cell in cells} == {"+0.0;-0.0;0.0"}


def test_cells_beside_each_other_do_not_touch_and_a_base_is_not_broken(tmp_path):
    """Numbers stand under their heading, left of the button of its filter; text keeps clear of long text before it."""
    columns = (Column("n", "Dorp (n = 11)", Kind.COUNT), Column("l", "Lezing", Kind.LONG), Column("t", "Groep"))
    with Book(tmp_path / "uit.xlsx", NL) as made:
        made.add(Table("t", "T", columns, ((22, "goed", "dorp"),)))
    *_, head, row = load_workbook(tmp_path / "uit.xlsx").active.iter_rows(max_col=3)
    assert head[0].value == "Dorp (n\u00a0=\u00a011)"
    assert [cell.alignment.indent for cell in head] == [2, 0, 1]
    assert row[0].number_format.endswith("_0_0_0"), "white of three digits is as wide as two steps of indentation"
    assert [cell.alignment.indent for cell in row] == [0, 0, 1]
    assert [cell.alignment.horizontal for cell in row] == [cell.alignment.horizontal for cell in head]


def test_english_on_request(tmp_path):
    write(results(), tmp_path / "out.xlsx", format="excel", texts=Texts("en"))
    assert load_workbook(tmp_path / "out.xlsx").sheetnames[0] == "Cover"


@pytest.mark.parametrize("segment", [Segment("groep", 3, 0, 99), Segment("groep", 9, 0, 1), Segment("weg", 1, 0, 1)])
@pytest.mark.parametrize("format", [one for one in formats() if one != "qdc"])  # which holds no passages
def test_the_gate_stops_what_is_not_verbatim_and_says_which(tmp_path, segment, format):  # noqa: A002
    wrong = Coding(segment, "druk", Stance.CONFIRMS, "c", "1", "1", "added")
    target = tmp_path / "uit"
    target.write_text("blijft")
    with pytest.raises(ExportError, match=f"turn {segment.turn} has no characters {segment.start} to {segment.end}"):
        write(replace(results(), codings=(wrong,)), target, format=format, texts=NL)
    assert target.read_text() == "blijft"
    assert list(tmp_path.iterdir()) == [target]


def test_an_unknown_format_names_those_that_exist(tmp_path):
    with pytest.raises(ExportError, match="excel, word, html, refi, qdc, csv, jsonl"):
        write(results(), tmp_path / "x", format="wordperfect", texts=NL)


def test_a_file_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "uit.csv").mkdir()
    with pytest.raises(ExportError, match=r"uit\.csv is a folder"):
        write(results(), tmp_path / "uit.csv", format="csv", texts=NL)
    (tmp_path / "map").write_text("Geen map.", encoding="utf-8")
    with pytest.raises(ExportError, match=r"uit\.csv cannot be written"):
        write(results(), tmp_path / "map" / "uit.csv", format="csv", texts=NL)


def test_json_lines_quote_the_code_points_they_point_at(tmp_path):
    plain = replace(
        results(),
        transcripts=(replace(group(), turns=(group().turns[0], Turn(2, "Ank", "👩🏽‍🚒 =druk"), group().turns[2])),),
    )
    plain = replace(plain, codings=(replace(plain.codings[0], segment=Segment("groep", 2, 5, 10)), plain.codings[1]))
    write(plain, tmp_path / "uit.jsonl", format="jsonl", texts=NL)
    records = [json.loads(line) for line in (tmp_path / "uit.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(r["quote"], r["status"], r["stance"]) for r in records] == [
        ("-nee", "coded", "ontkent"),
        ("=druk", "coded", "bevestigt"),
        (" valt mee", "suggested", "ontkent"),
    ]
    write(plain, tmp_path / "uit.csv", format="csv", texts=NL)
    with (tmp_path / "uit.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file, delimiter=";"))
    assert [row["quote"] for row in table[:2]] == ["'-nee", "'=druk"]


def test_cells_of_every_kind_can_be_written(tmp_path):
    columns = (
        Column("a", "Theme"),
        Column("b", "Share of turns", Kind.SHARE),
        Column("c", "Time", Kind.SECONDS),
        Column("d", "Status"),
    )
    table = Table("t", "Themes", columns, (("x", math.nan, 3725.0, Message("coded")), (None, 0.5, None, "y")))
    with Book(tmp_path / "t.xlsx", NL) as book_:
        book_.add(table)
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[0]
    values = list(sheet.iter_rows(min_row=4, values_only=True))
    assert values[0][:2] == ("x", "–")
    assert values[0][2] == timedelta(seconds=3725)
    assert values[0][3] == "gecodeerd"
    assert values[1][:3] == (None, 0.5, None)


def test_sheet_titles_are_what_excel_allows():
    taken: set[str] = set()
    for _ in range(120):
        title = sheet_title("a/b:[c]*?" + "x" * 40, taken)
        assert len(title) <= 31
        assert not set(title) & set("\\/*?:[]")
        assert title.casefold() not in taken
        taken.add(title.casefold())


def test_a_cell_is_cut_where_excel_would_refuse_it():
    assert len(safe("x" * 40_000)) == 32_767
    assert safe("a\x00b\ud800") == "a\ufffdb\ufffd"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_and_sees_the_same(tmp_path: Path):
    write(results(), tmp_path / "uit.xlsx", format="excel", texts=NL)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profiel",
            "--convert-to",
            "ods",
            "uit.xlsx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )
    import pandas as pd

    sheets = pd.read_excel(tmp_path / "uit.ods", sheet_name=None, engine="odf", header=None)
    assert list(sheets)[:4] == ["Voorblad", "Thema's", "Grafiek – Thema's", "Codes"]
    assert sheets["Citaten"].isin(["gecodeerd"]).sum().sum() == 2


@pytest.mark.parametrize("kind", ["excel", "word", "html", "csv", "jsonl", "refi"])
def test_words_that_were_changed_behind_the_back_of_codering_are_not_exported(tmp_path, kind):
    """Of the same length, so that every offset still fits."""
    read = {"groep": Source("groep.docx", "word", 10, 10, text_hash=group().hash)}
    write(results(sources=read), tmp_path / "goed", format=kind, texts=NL)
    (first, second, *rest) = group().turns
    changed = replace(second, text=second.text[::-1])
    altered = replace(group(), turns=(first, changed, *rest))
    with pytest.raises(ExportError) as told:
        write(results(sources=read, transcripts=(altered,)), tmp_path / "fout", format=kind, texts=NL)
    assert [problem.source for problem in told.value.problems] == ["groep"]
    assert not (tmp_path / "fout").exists()
