"""The report: every number can be traced, every passage is verbatim, no name of a speaker is in it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest
from docx.shared import Cm

from codering.analysis.completeness import totals_table
from codering.codebooks import Code, Codebook, Figure, Label, Theme
from codering.codings import Coding, Stance, Suggestion
from codering.errors import ExportError, Message
from codering.exporters import word, word_columns, write
from codering.exporters.document import Document, Grid, Note, Paragraph, Passage, Points
from codering.exporters.report import report
from codering.exporters.results import Results, Section, Source
from codering.exporters.word import write_word
from codering.results import gathered
from codering.tables import Column, Table
from codering.texts import Texts
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

NL, EN = Texts("nl"), Texts("en")
HOSTILE = '<img src="http://x/y.png"> <script>alert(1)</script> & “zo” \x0b 👵🏽 ' + "en dan wordt het een lange zin."


def book() -> Codebook:
    load = Theme(
        Code("load", Label("Last", "Burden"), "Zwaar <b>werk</b>.", "load"),
        (Code("busy", Label("Druk", "Pressure"), "Druk.", "load"),),
        figures=(Figure(Label("Ziet <i>druk</i>", "Sees pressure"), 62, "§4.3.2", 225),),
    )
    return Codebook("boek", Label("Boek", "Book"), (load, Theme(Code("calm", Label("Rust", "Calm"), "Rust.", "calm"))))


def group(name: str, wave: str) -> Transcript:
    turns = (
        Turn(1, "M", "Hoe is de druk?"),
        Turn(2, "Annelies", HOSTILE),
        Turn(3, "Bartholomeus", "Bij ons valt het erg mee, daar hebben we nooit last van gehad."),
        Turn(4, "Annelies", "Ik ren de hele dag van de een naar de ander en dan ben ik om zes uur nog niet klaar."),
    )
    speakers = (Speaker("M", Role.MODERATOR), Speaker("Annelies", pseudonym="P1"), Speaker("Bartholomeus"))
    return Transcript(name, turns, speakers, wave=wave, group=name.title())


def coding(name: str, turn: int, stance: Stance = Stance.CONFIRMS, coder: str = "Noor") -> Coding:
    length = len(group(name, "").turn(turn).text)
    key = f"{name}{turn}{coder}"
    return Coding(Segment(name, turn, 0, length), "busy", stance, coder, key, key, "added")


def results(**changes: object) -> Results:
    codings = (
        coding("noord", 2),
        coding("noord", 3, Stance.DENIES),
        coding("noord", 4),
        coding("zuid", 4),
    )
    suggestions = (Suggestion(Segment("zuid", 3, 0, 6), "calm", Stance.CONFIRMS, "rule:calm.x", 0.6),)
    talks = (group("noord", "lente"), group("zuid", "herfst"))
    sources = {talk.name: Source(f"{talk.name}.docx", "word", 10, 10) for talk in talks}
    made = gathered("Proef", talks, sources, book(), codings, suggestions, language="nl")
    return replace(made, **changes)  # type: ignore[arg-type]


def said(made: Results, t: Texts = NL) -> str:
    parts = []
    for block in report(made, t).blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        elif isinstance(block, Points):
            parts += block.texts
        elif isinstance(block, Passage):
            parts += [block.words, block.where]
    return "\n".join(parts)


def test_the_figures_in_the_text_are_those_of_the_tables_and_of_the_codings():
    made = results()
    people = {("noord", "Annelies"), ("zuid", "Annelies")}
    assert f"Last: {len(people)} van de 4 deelnemers, in 2 van de 2 focusgroepen." in said(made)
    themes = next(table for table in made.tables if table.key == "themes")
    assert next(themes.records())["participants"] == len(people)
    words = sum(talk.words for talk in made.transcripts)
    assert f"{words} woorden, met 6 beurten van deelnemers" in said(made)


def test_the_method_names_only_the_machines_that_ran():
    assert "Er zijn geen suggesties van een machine gebruikt." in said(results())
    rules = said(results(machines=frozenset({"rule"})))
    assert "Regels deden suggesties;" in rules
    assert "model dat van beslissingen leert" not in rules
    both = results(machines=frozenset({"rule", "learned"}))
    assert "Regels, en een model dat van beslissingen leert, deden suggesties;" in said(both)


def test_the_method_counts_themes_apart_from_codes():
    made = results()
    codes = [code for code in made.codebook if code.id != code.theme]
    assert (len(made.codebook.themes), len(codes)) == (2, 1)
    assert "met 2 thema's en 1 code." in said(made)


def test_a_machines_count_is_not_in_the_report():
    assert "Rust:" not in said(results())
    grids = [block.table.key for block in report(results(), NL).blocks if isinstance(block, Grid)]
    assert not [key for key in grids if "suggested" in key]


def test_without_codings_there_is_no_result():
    made = gathered("Leeg", results().transcripts, {}, book(), (), results().suggestions, language="nl")
    assert "nog niets gecodeerd" in said(made)


def test_passages_are_verbatim_of_different_groups_and_say_that_nobody_chose_them():
    passages = [block for block in report(results(), NL).blocks if isinstance(block, Passage)]
    assert {one.where.split(", ")[1] for one in passages} == {"Noord", "Zuid"}
    for one in passages:
        assert any(one.words in turn.text for talk in results().transcripts for turn in talk.turns)
    notes = [getattr(block, "text", "") for block in report(results(), NL).blocks]
    assert sum("niemand citaten heeft uitgekozen" in note for note in notes) == 1


def test_chosen_passages_go_first_and_a_denial_says_so():
    made = results(chosen=frozenset({"noord3Noor"}))
    (passage,) = [block for block in report(made, NL).blocks if isinstance(block, Passage)]
    assert passage.where == "deelnemer 2, Noord, lente, beurt 3, ontkent het"


def test_codings_that_do_not_count_are_not_quoted():
    made = results(counted=frozenset({"zuid4Noor"}))
    assert [b.where for b in report(made, NL).blocks if isinstance(b, Passage)] == ["P1, Zuid, herfst, beurt 4"]


def test_no_speakers_name_is_in_the_files(tmp_path):
    for kind, name in (("word", "r.docx"), ("html", "r.html")):
        write(results(), tmp_path / name, format=kind, texts=NL)
    with zipfile.ZipFile(tmp_path / "r.docx") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    content += (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Annelies" not in content
    assert "Bartholomeus" not in content


class Page(HTMLParser):
    """The tags of a page, and the words between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for key, value in attrs if key in ("src", "href")]

    def handle_data(self, data):
        self.words += data


def test_what_others_wrote_is_never_html(tmp_path):
    made = results(chosen=frozenset({"noord2Noor"}))
    write(made, tmp_path / "r.html", format="html", texts=NL)
    page = Page((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert not {"script", "img", "b", "i", "link", "iframe"} & set(page.tags)
    assert page.links == []
    assert HOSTILE in page.words


def test_the_document_opens_and_holds_what_the_page_holds(tmp_path):
    made = results(chosen=frozenset({"noord2Noor"}))
    write(made, tmp_path / "r.docx", format="word", texts=EN)
    word = docx.Document(str(tmp_path / "r.docx"))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "2 of the 4 participants, in 2 of the 2 focus groups." in text
    assert HOSTILE.replace("\x0b", "\ufffd") in text, "what a Word file cannot hold is marked, never dropped silently"
    heads = [[cell.text for cell in table.rows[0].cells] for table in word.tables]
    bases = ["Participants (n\u00a0=\u00a04)", "Share", "Focus groups (n\u00a0=\u00a02)"]
    assert heads[1][:4] == ["Theme", *bases], "two groups have no interval, and no column for it"
    assert word.core_properties.title == "Proef"


def test_a_template_gives_its_styles_and_keeps_none_of_its_text(tmp_path):
    template = docx.Document()
    template.add_heading("Oude tekst", 1)
    template.sections[0].header.paragraphs[0].text = "Huisstijl"
    template.styles["Heading 1"].font.name = "Courier New"
    template.save(str(tmp_path / "huis.docx"))
    write_word(results(), tmp_path / "r.docx", NL, template=tmp_path / "huis.docx")
    word = docx.Document(str(tmp_path / "r.docx"))
    assert "Oude tekst" not in "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert word.sections[0].header.paragraphs[0].text == "Huisstijl"
    assert word.styles["Heading 1"].font.name == "Courier New"


def test_tables_keep_within_the_margins_of_a_template(tmp_path):
    template = docx.Document()
    section = template.sections[0]
    section.page_width, section.left_margin, section.right_margin = (Cm(n) for n in (18, 3, 3))
    template.save(str(tmp_path / "smal.docx"))
    write_word(results(), tmp_path / "r.docx", NL, template=tmp_path / "smal.docx")
    tables = docx.Document(str(tmp_path / "r.docx")).tables
    assert tables
    assert all(sum(column.width for column in table.columns) <= Cm(12.01) for table in tables)


def test_what_leads_a_list_stays_with_it(tmp_path):
    blocks = (Paragraph("In de enquête:"), Points(("49% vindt dat",)), Paragraph("Los."))
    made = docx.Document()
    word._Writer(made, NL).document(Document("T", "S", "nl", blocks))
    kept = {one.text: one.paragraph_format.keep_with_next for one in made.paragraphs}
    assert kept["In de enquête:"]
    assert not kept["Los."]


def test_what_is_no_template_is_said(tmp_path):
    with pytest.raises(ExportError, match=r"weg\.docx cannot be used as a template: it does not exist"):
        write_word(results(), tmp_path / "r.docx", NL, template=tmp_path / "weg.docx")
    (tmp_path / "x.docx").write_bytes(b"PK nonsense")
    with pytest.raises(ExportError, match="cannot be used as a template"):
        write_word(results(), tmp_path / "r.docx", NL, template=tmp_path / "x.docx")


@pytest.mark.parametrize("kind", ["word", "html"])
def test_the_gate_stops_what_is_not_verbatim(tmp_path, kind):
    wrong = replace(coding("noord", 2), segment=Segment("noord", 2, 0, 9999))
    with pytest.raises(ExportError, match="turn 2 has no characters"):
        write(results(codings=(wrong,)), tmp_path / "r", format=kind, texts=NL)
    assert not list(tmp_path.iterdir())


def test_the_report_is_the_same_twice(tmp_path):
    made = results()
    for name in ("a.html", "b.html"):
        write(made, tmp_path / name, format="html", texts=NL)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert re.search(r"versie [0-9a-f]{12}", (tmp_path / "a.html").read_text(encoding="utf-8"))


def test_the_workbook_traces_every_decision_and_what_a_run_needs(tmp_path):
    from openpyxl import load_workbook

    from codering.codings import Verdict
    from codering.project import Project

    (tmp_path / "groep.txt").write_text("M: Hoe gaat het?\n\nAnk: Ik ren de hele dag.\n", encoding="utf-8")
    with Project.create(tmp_path / "p.codering") as project:
        project.add([tmp_path / "groep.txt"])
        project.suggest()
        kept = project.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 2, 0, 6), code="cl_werkdruk")
        project.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 2, 0, 6), code="cl_omvang", reason="zeker")
        project.undo("Noor")
        project.choose_quotation(kept.id, coder="Noor")
        project.export("excel", tmp_path / "p.xlsx", texts=NL)
        (in_english, *_) = project.origin(language="en")
        assert next(in_english.records())["label"] == project.codebook.code("cl_werkdruk").label.en
        decided, version, words = project.decisions(), project.codebook.version, project.transcripts()[0].hash
    book = load_workbook(tmp_path / "p.xlsx")
    sheet = book["Beslissingen"]
    heads, *held = sheet.iter_rows(min_row=sheet[sheet.freeze_panes].row - 1, values_only=True)
    log = [dict(zip(heads, row, strict=True)) for row in held]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row["Tijd (UTC)"]) for row in log)
    assert [(row["Codeur"], row["Beslissing"], row["Id van de code"], row["Geldt"]) for row in log] == [
        ("Noor", "zelf toegevoegd", "cl_werkdruk", "ja"),
        ("Noor", "zelf toegevoegd", "cl_omvang", "nee"),
        ("Noor", "ingetrokken", None, None),
    ]
    assert len(log) == len(decided)
    assert [(row["Houding"], row["Suggestie in beeld"]) for row in log[:2]] == [("bevestigt", "nee")] * 2
    assert "Hoe de beurt aan bod kwam" not in heads, "nobody said how a turn came up"
    origin = str(list(book["Herkomst"].iter_rows(values_only=True)))
    assert version in origin
    assert words in origin
    matrix = str(list(book["Citaten per groep"].iter_rows(values_only=True)))
    assert "“Ik ren” (Ank, 2)" in matrix


def test_numbers_are_shares_of_the_groups_that_were_read_and_a_part_is_called_a_minimum():
    made = results()
    unread = group("later", "2")
    totals = totals_table([("load", 3, 8.5, 3, 12, 10, 1, 40)], book(), language="en", what=())
    made = replace(
        made,
        transcripts=(*made.transcripts, unread),
        base=frozenset(one.name for one in made.transcripts),
        tables=(*made.tables, totals),
    )
    whole = report(made, EN)
    points = next(block for block in whole.blocks if isinstance(block, Points))
    people = 2 * len(made.counted_in)
    assert f"of the {people} participants" in points.texts[0]
    notes = [block.text for block in whole.blocks if isinstance(block, Note)]
    assert any("are a minimum" in note for note in notes)
    assert any(isinstance(block, Grid) and block.table.key == "totals" for block in whole.blocks)


def test_no_figure_is_torn_from_its_name_in_a_page(tmp_path):
    said = Message("With p = 0.125 and F1 0.29; κ from 0.1.")
    table = Table("t", "T", (Column("a", "κ from"),), (("1",),), (said,))
    section = Section("s", "Waves", ((said,),), (), (Grid(table),))
    write(results(sections=(section,)), tmp_path / "r.html", format="html", texts=EN)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    kept = "With p\u00a0=\u00a00.125 and F1\u00a00.29; κ\u00a0from 0.1."
    assert page.count(kept) == 1, "once in a chapter: it is said before the table already"
    assert ">κ\u00a0from<" in page
    assert "p = 0.125" not in page
    assert 'class="scroll short"' in page


HALVES = ("voorjaar", "najaar")


def test_a_short_table_stands_on_one_page_and_a_long_one_may_break(tmp_path):
    def kept(rows):
        table = Table("t", "T", (Column("a", "A"), Column("b", "B")), tuple((str(n), "x") for n in range(rows)))
        made = docx.Document()
        word._Writer(made, Texts("en"))._block(Grid(table))
        return [all(c.paragraphs[0].paragraph_format.keep_with_next for c in row.cells) for row in made.tables[0].rows]

    assert kept(5) == [True] * 5 + [False], "the last row lets the next paragraph go"
    assert kept(20) == [True] * 3 + [False] * 15 + [True] * 2 + [False], "no row of it stands alone"


def test_a_wide_table_breaks_no_word_in_word():
    """Measured in a wide font, such as replaces Calibri where it is lacking: 0.6 em a letter, of heads a point less."""
    heads = ["Naam", "Patroon", *(f"2026-{half}{end}" for end in (" (n = 23)", " (4 gr.)") for half in HALVES)]
    heads += ["Verschil in procentpunt", "Gestegen in", "Gedaald in"]
    cells = [["Weinig of geen begeleiding", "verdwenen", *["13"] * 4, "+52,0", "4", "0"]]
    for wide, least in ((16.0, 8.0), (13.0, 6.5)):
        size, widths, margin = word_columns.laid_out(heads, cells, wide)
        assert size >= least
        assert sum(widths) == pytest.approx(wide)
        for width, head, *column in zip(widths, heads, *cells, strict=True):
            for texts, points in (([head], size - 1), (column, size)):
                longest = max((part for text in texts for part in re.split(r" |(?<=\w-)", text)), key=len)
                assert width >= margin - 0.02 + len(longest) * 0.6 * points * 2.54 / 72, (wide, longest)


def test_long_text_beside_long_words_is_no_column_of_words():
    heads = ["Code", "Samen", "Overeenstemming", "Cohens κ", "κ van", "κ tot", "Lezing"]
    reading = "Genoeg overeenstemming voor voorzichtige conclusies; de ondergrens van het interval ligt boven 0,67."
    cells = [["Maatschappelijke opdracht", "137", "97,9%", "0,93", "0,85", "0,98", reading]]
    assert word_columns.laid_out(heads, cells)[1][-1] >= 4


def test_a_set_in_which_differences_were_decided_is_no_coder(tmp_path):
    from openpyxl import load_workbook

    from codering.codings import Verdict
    from codering.project import Project

    (tmp_path / "groep.txt").write_text("M: Hoe gaat het?\n\nAnk: Ik ren de hele dag.\n", encoding="utf-8")
    with Project.create(tmp_path / "p.codering") as project:
        project.add([tmp_path / "groep.txt"])
        place = Segment("groep", 2, 0, 6)
        for coder, code in (("Els", "cl_werkdruk"), ("Bo", "cl_werkdruk"), ("Bo", "cl_omvang")):
            project.decide(Verdict.ADD, coder=coder, segment=place, code=code)
        project.take_over_agreed(("Els", "Bo"), by="Bo")
        (decided,) = project.results().decided
        project.export("excel", tmp_path / "p.xlsx", texts=NL)
        said = str(report(project.results(language="nl"), NL).blocks)
    facts = dict(load_workbook(tmp_path / "p.xlsx").worksheets[0].iter_rows(max_col=2, max_row=20, values_only=True))
    assert (facts["Coderingen door mensen"], facts["Codeurs"]) == (3, "Bo, Els")
    assert facts["Besloten over verschillen, in de set"] == decided
    assert "Er is gecodeerd door: Bo, Els." in said
