from __future__ import annotations

import io
import zipfile
from itertools import product

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from codering.errors import TranscriptError
from codering.readers import read_data
from codering.readers.drafts import Reading
from codering.transcripts import Role
from tests.readers.helpers import turns

SAID = (
    ("Moderator", "Goedemiddag allemaal."),
    ("Saskia de Wit", "Dank u wel: het ging goed."),
    ("Jansen, Piet", "Bij ons niet."),
    ("Saskia de Wit", "Hoezo?"),
    ("Jansen, Piet", "Nou ja."),
)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(document, name: str = "groep.docx") -> Reading:
    return read_data(saved(document), name)


def of(*paragraphs: str):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def with_xml(*inner: str):
    """A conversation whose last paragraphs are given as XML inside ``w:p``."""
    document = of("Moderator: Begin maar.")
    for xml in inner:
        element = parse_xml(f"<w:p {nsdecls('w', 'wp', 'a', 'r')} {EXTRA}>{xml}</w:p>")
        document.element.body.insert(len(document.element.body) - 1, element)
    return document


EXTRA = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def bold_names(*, colon: bool):
    document = docx.Document()
    for name, words in SAID:
        paragraph = document.add_paragraph()
        paragraph.add_run(name + (":" if colon else "")).bold = True
        paragraph.add_run(" " + words)
    return document


def bold_lines():
    document = docx.Document()
    for name, words in SAID:
        document.add_paragraph().add_run(name).bold = True
        document.add_paragraph(words)
    return document


def headed(template: str):
    document = docx.Document()
    for minute, (name, words) in enumerate(SAID):
        document.add_paragraph(template.format(n=name, m=minute))
        document.add_paragraph(words)
    return document


def teams(*, resaved: bool = False, nbsp: bool = False):
    gap = "\u00a0\u00a0" if nbsp else "   "
    document = of("Focusgroep-Opname van vergadering", "12 maart 2026, 13:02", "58m 14s")
    for minute, (name, words) in enumerate(SAID):
        first, _, rest = words.partition(" ")
        lines = [f"{name}{gap}{minute}:07", first, rest] if rest else [f"{name}{gap}{minute}:07", first]
        if resaved:
            for line in (lines[0], " ".join(lines[1:])):
                document.add_paragraph(line)
        else:
            document.add_paragraph("\n" + "\n".join(lines))
    return document


def soft_breaks():
    return of("\n".join(f"{name}: {words}" for name, words in SAID))


def old_teams():
    document = docx.Document()
    for second, (name, words) in enumerate(SAID):
        for line in (f"0:0:{second}.0 --> 0:0:{second}.410", name, words):
            document.add_paragraph(line)
    return document


def grid(*rows: tuple[str, ...]):
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return document


LAYOUTS = {
    "colon": lambda: of(*(f"{name}: {words}" for name, words in SAID)),
    "bold, colon": lambda: bold_names(colon=True),
    "bold, no colon": lambda: bold_names(colon=False),
    "bold on its own line": bold_lines,
    "word transcribe": lambda: headed("00:0{m}:04 {n}"),
    "amberscript": lambda: headed("[00:0{m}:04] {n}"),
    "happyscribe": lambda: headed("[00:0{m}:04.00] - {n}"),
    "trint": lambda: of(*(f"[00:0{m}:04] {n}: {w}" for m, (n, w) in enumerate(SAID))),
    "trint, name first": lambda: of(*(f"{n} [00:0{m}:04] {w}" for m, (n, w) in enumerate(SAID))),
    "teams": teams,
    "teams, no-break spaces": lambda: teams(nbsp=True),
    "teams, saved again": lambda: teams(resaved=True),
    "teams of 2021": old_teams,
    "soft breaks": soft_breaks,
    "table": lambda: grid(*SAID),
    "table with heading": lambda: grid(("Spreker", "Tekst"), *SAID),
    "table, text first": lambda: grid(("Inhoud", "Naam"), *((w, n) for n, w in SAID)),
    "table, text first, no heading": lambda: grid(*((w, n) for n, w in SAID)),
    "nvivo": lambda: grid(
        ("Timespan", "Content", "Speaker"), *((f"0:0{m}:04.0 - 0:0{m}:09.0", w, n) for m, (n, w) in enumerate(SAID))
    ),
    "table, numbered": lambda: grid(
        ("Nr", "Tijd", "Wie", "Tekst"), *((str(m), f"0{m}:04", n, w) for m, (n, w) in enumerate(SAID))
    ),
    "table of labelled lines": lambda: grid(*((f"00:0{m}:04", f"{n}: {w}") for m, (n, w) in enumerate(SAID))),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout):
    reading = read(LAYOUTS[layout]())
    assert turns(reading) == list(SAID)
    assert reading.problems == ()
    assert reading.words_in == reading.words_out
    assert reading.transcript.speakers[0].role is Role.MODERATOR


def test_teams_header_gives_title_and_date():
    found = read(teams()).transcript
    assert (found.title, found.date) == ("Focusgroep-Opname van vergadering", "2026-03-12")
    assert [turn.start for turn in found.turns] == [7, 67, 127, 187, 247]


def test_a_table_of_facts_above_the_conversation():
    document = grid(("Datum", "14 april 2026"), ("Groep", "Waterhove"), ("Golf", "2026-voorjaar"))
    for name, words in SAID:
        document.add_paragraph(f"{name}: {words}")
    reading = read(document)
    found = reading.transcript
    assert (found.date, found.group, found.wave) == ("2026-04-14", "Waterhove", "2026-voorjaar")
    assert turns(reading) == list(SAID)
    assert reading.problems == ()


def test_a_column_of_codes_is_not_who_speaks():
    talk = [("Moderator", "Hoi."), ("Karim", "Ja."), ("Moderator", "Mooi."), ("Karim", "Het is veel werk.")]
    heads = ("Tijd", "Wie?", "Wat is gezegd", "Code"), ("Moment", "Wie is dit?", "Woorden", "Label")
    for head, code in product(heads, ("Werkdruk", "")):
        rows = [(f"0:0{at}", name, words, code if at % 2 else "") for at, (name, words) in enumerate(talk)]
        reading = read(grid(head, *rows))
        assert turns(reading) == talk
        coded = 2 if code else 0
        left = coded if head[0] == "Tijd" else coded + sum(len(cell.split()) for cell in head)
        assert reading.words_in - reading.words_out == left


def test_a_table_of_who_was_there_is_no_speech_and_is_reported():
    people = [("Anouk", "gespreksleider"), ("Karim", "klantmanager werk"), ("Bea", "jobcoach")]
    talk = [("Anouk", "Welkom."), ("Karim", "Hoi."), ("Bea", "Ja."), ("Anouk", "Goed.")]
    for rows in (people, [("Naam", "Functie"), *people], [("Nr.", "Naam", "Rol"), *(("1", *one) for one in people)]):
        document = grid(*rows)
        for name, words in talk:
            document.add_paragraph(f"{name}: {words}")
        reading = read(document)
        assert turns(reading) == talk
        assert reading.transcript.speaker("Anouk").role is Role.MODERATOR
        (problem,) = reading.problems
        assert str(problem.place) == "table 1"
        left = sum(len(cell.split()) for row in rows for cell in row)
        assert reading.words_in - reading.words_out == left == problem.message.values["words"]


def test_a_table_that_may_say_who_was_there_is_pointed_out():
    document = grid(("Karim", "klantmanager werk"), ("Bea", "jobcoach"))
    for words in ("Moderator: Welkom.", "Karim: Hoi.", "Bea: Ja."):
        document.add_paragraph(words)
    reading = read(document)
    assert turns(reading)[0] == ("Karim", "klantmanager werk")
    (problem,) = reading.problems
    assert str(problem).startswith("groep.docx: table 1: every name stands once in this table")


def test_empty_speaker_cells_carry_over_and_roles_are_read():
    reading = read(
        grid(
            ("Spreker", "Rol", "Tekst"),
            ("Anouk", "gespreksleider", "Welkom."),
            ("Karim", "deelnemer", "Hoi."),
            ("", "", "Ik ben er."),
            ("Anouk", "gespreksleider", "Mooi."),
        )
    )
    assert turns(reading) == [("Anouk", "Welkom."), ("Karim", "Hoi. Ik ben er."), ("Anouk", "Mooi.")]
    assert [s.role.value for s in reading.transcript.speakers] == ["moderator", "participant"]


def test_words_in_other_columns_are_reported():
    reading = read(
        grid(
            ("Spreker", "Tekst", "Opmerkingen"),
            ("Moderator", "Welkom.", ""),
            ("Karim", "Hoi.", "kijkt naar buiten"),
        )
    )
    assert [str(p) for p in reading.problems] == [
        "groep.docx: table 1, row 3: skipped: 3 words in columns that are neither speaker, time nor text."
    ]
    assert reading.words_in - reading.words_out == 3


def test_insertions_stay_and_deletions_go():
    author = 'w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z"'
    reading = read(
        with_xml(
            f"<w:r><w:t>Saskia: Wij </w:t></w:r><w:ins {author}><w:r><w:t>deden</w:t></w:r></w:ins>"
            f'<w:del {author}><w:r><w:delText xml:space="preserve">willen echt</w:delText></w:r></w:del>'
            '<w:r><w:t xml:space="preserve"> niets.</w:t></w:r>',
            "<w:r><w:t>Saskia: Ja.</w:t></w:r>",
        )
    )
    assert turns(reading)[1] == ("Saskia", "Wij deden niets. Ja.")
    assert [str(p) for p in reading.problems] == [
        "groep.docx: 2 words deleted with tracked changes were left out; insertions were kept."
    ]


def test_a_deleted_paragraph_mark_joins_paragraphs():
    author = 'w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z"'
    reading = read(
        with_xml(
            f"<w:pPr><w:rPr><w:del {author}/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>R1: Wij </w:t></w:r>",
            "<w:r><w:t>ook.</w:t></w:r>",
        )
    )
    assert turns(reading)[1] == ("R1", "Wij ook.")


def test_links_fields_and_special_characters_are_text():
    reading = read(
        with_xml(
            '<w:r><w:t xml:space="preserve">R1: Zie </w:t></w:r><w:hyperlink r:id="x">'
            "<w:r><w:t>de site</w:t></w:r></w:hyperlink>"
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://x"</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve"> en daar</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="PAGE">'
            "<w:r><w:t>, vijf</w:t></w:r></w:fldSimple>"
            "<w:r><w:t>: re</w:t><w:noBreakHyphen/><w:t>integratie af</w:t><w:softHyphen/>"
            "<w:t>deling</w:t><w:tab/><w:t>x</w:t></w:r>"
        )
    )
    assert turns(reading)[1] == ("R1", "Zie de site en daar, vijf: re-integratie afdeling\tx")
    assert reading.problems == ()


def test_notes_and_comments_are_reported():
    reading = read(
        with_xml(
            '<w:r><w:t>R1: Ja.</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
            '<w:r><w:endnoteReference w:id="2"/></w:r>'
        )
    )
    assert turns(reading)[1] == ("R1", "Ja.")
    assert [str(p) for p in reading.problems] == [
        "groep.docx: 2 footnotes or endnotes were left out.",
        "groep.docx: 1 comments were left out.",
    ]


def test_hidden_words_stay_hidden_and_that_is_said():
    """Somebody may have hidden a name there, instead of taking it out."""
    hidden = '<w:r><w:rPr><w:vanish{}/></w:rPr><w:t xml:space="preserve">{} </w:t></w:r>'
    said = "<w:r><w:t>R1: Ja, </w:t></w:r>" + hidden.format("", "Piet Jansen") + hidden.format(' w:val="0"', "hoor")
    reading = read(with_xml(said))
    assert turns(reading)[1] == ("R1", "Ja, hoor")
    assert [str(p) for p in reading.problems] == [
        "groep.docx: 2 hidden words were left out: Word does not show them either."
    ]


def test_words_are_hidden_by_a_style_too():
    document = of("Moderator: Begin maar.", "R1: Ja, ", "R1: helemaal weg")
    hidden = document.styles.add_style("Geheim", WD_STYLE_TYPE.CHARACTER)
    hidden.font.hidden = True
    document.styles.add_style("Ook geheim", WD_STYLE_TYPE.CHARACTER).base_style = hidden
    document.styles.add_style("Alinea", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
    said = document.paragraphs[1]
    said.add_run("Piet ", style="Geheim")
    said.add_run("Jansen ", style="Ook geheim")
    shown = said.add_run("hoor", style="Geheim")
    shown.font.hidden = False
    document.paragraphs[2].style = "Alinea"
    reading = read(document)
    assert turns(reading) == [("Moderator", "Begin maar."), ("R1", "Ja, hoor")]
    (problem,) = reading.problems
    assert str(problem) == "groep.docx: 5 hidden words were left out: Word does not show them either."


def test_text_boxes_are_read_once_and_reported():
    box = "<w:txbxContent><w:p><w:r><w:t>R2: Uit het vak.</w:t></w:r></w:p></w:txbxContent>"
    reading = read(
        with_xml(
            "<w:r><w:t>R1: Voor het vak.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
            "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert turns(reading)[1:] == [("R1", "Voor het vak."), ("R2", "Uit het vak.")]
    assert [p.message.values for p in reading.problems] == [{"count": 1}]


def test_content_controls_are_text():
    reading = read(with_xml("<w:sdt><w:sdtContent><w:r><w:t>R1: In een veld.</w:t></w:r></w:sdtContent></w:sdt>"))
    assert turns(reading)[1] == ("R1", "In een veld.")


def test_paragraphs_of_one_speaker_stay_paragraphs():
    reading = read(of("Moderator: Een.", "Twee.", "", "Drie.", "R1: Vier."))
    assert turns(reading) == [("Moderator", "Een.\nTwee.\nDrie."), ("R1", "Vier.")]


def changed(data, before, after):
    """The same package with other bytes in every part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry).replace(before, after))
    return out.getvalue()


def test_a_word_file_under_another_name_is_read_and_reported():
    reading = read(of("Moderator: Hoi.", "R1: Ja."), "groep.pdf")
    assert turns(reading) == [("Moderator", "Hoi."), ("R1", "Ja.")]
    assert "ends in .pdf" in str(reading.problems[0])


def test_templates_and_macro_documents_are_word():
    data = saved(of("Moderator: Hoi.", "R1: Ja."))
    assert read_data(data, "groep.docm").problems == ()
    document = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for suffix, kind in (
        (".docm", "ms-word.document.macroEnabled"),
        (".dotx", "openxmlformats-officedocument.wordprocessingml.template"),
    ):
        other = changed(data, document, f"application/vnd.{kind}.main+xml".encode())
        reading = read_data(other, "groep" + suffix)
        assert (turns(reading), reading.problems) == ([("Moderator", "Hoi."), ("R1", "Ja.")], ())


def test_a_strict_document_says_how_to_save_it():
    data = saved(of("Moderator: Hoi.", "R1: Ja."))
    for part in (b"wordprocessingml/2006/main", b"officeDocument/2006/relationships"):
        before, after = part.split(b"/2006")
        data = changed(
            data, b"http://schemas.openxmlformats.org/" + part, b"http://purl.oclc.org/ooxml/" + before + after
        )
    with pytest.raises(TranscriptError, match="Strict Open XML"):
        read_data(data, "groep.docx")


def test_words_in_merged_cells_of_a_table_are_read():
    document = docx.Document()
    table = document.add_table(0, 3)
    for words in (("Spreker", "Tijd", "Tekst"), ("M", "0:01", "Hoi."), ("R1", "0:04", "Ja."), ("", "", "")):
        for cell, text in zip(table.add_row().cells, words, strict=True):
            cell.text = text
    last = table.rows[-1].cells
    last[0].merge(last[2]).text = "en dan nog iets"
    for cell, text in zip(table.add_row().cells, ("M", "0:09", "Mooi."), strict=True):
        cell.text = text
    reading = read(document)
    assert turns(reading) == [("M", "Hoi."), ("R1", "Ja.\nen dan nog iets"), ("M", "Mooi.")]
    assert reading.words_in == reading.words_out


def test_a_package_that_misses_parts_is_damaged():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(of("Moderator: Hoi.", "R1: Ja.")))) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if not entry.filename.startswith(("docProps", "customXml", "word/styles", "word/theme")):
                new.writestr(entry, old.read(entry))
    with pytest.raises(TranscriptError, match=r"groep\.docx: this Word document is damaged"):
        read_data(out.getvalue(), "groep.docx")


def test_headings_among_the_turns_are_no_speech():
    document = docx.Document()
    document.add_heading("Focusgroep Zuid", level=1)
    document.add_paragraph("Moderator: Hoi.")
    document.add_heading("Thema 2: de werkdruk", level=2)
    document.add_paragraph("R1: Druk, ja.")
    reading = read(document)
    assert turns(reading) == [("Moderator", "Hoi."), ("R1", "Druk, ja.")]
    assert reading.transcript.title == "Focusgroep Zuid"
    assert [str(p) for p in reading.problems] == ["groep.docx: paragraph 3: skipped: a heading among the turns."]
    assert reading.words_in - reading.words_out == 4


def test_names_as_headings():
    document = docx.Document()
    for name, words in SAID:
        document.add_heading(name, level=2)
        document.add_paragraph(words)
    assert turns(read(document)) == list(SAID)
