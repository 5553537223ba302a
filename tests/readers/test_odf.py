from __future__ import annotations

import io

import pytest
from odf import dc, draw, office, style, table, text
from odf.namespaces import TEXTNS
from odf.opendocument import OpenDocumentText

from codering.readers import read_data
from codering.readers.drafts import Reading
from tests.readers.helpers import turns

SAID = (
    ("Moderator", "Goedemiddag allemaal."),
    ("Saskia de Wit", "Dank u wel."),
    ("Jansen, Piet", "Bij ons niet."),
    ("Saskia de Wit", "Hoezo?"),
    ("Jansen, Piet", "Nou ja."),
)


def read(document) -> Reading:
    out = io.BytesIO()
    document.save(out)
    return read_data(out.getvalue(), "groep.odt")


def of(*paragraphs: str):
    document = OpenDocumentText()
    for paragraph in paragraphs:
        document.text.addElement(text.P(text=paragraph))
    return document


def bold_names():
    document = OpenDocumentText()
    bold = style.Style(name="T1", family="text")
    bold.addElement(style.TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    for name, words in SAID:
        paragraph = text.P()
        paragraph.addElement(text.Span(stylename=bold, text=name))
        paragraph.addText(f" {words}")
        document.text.addElement(paragraph)
    return document


def grid():
    document = OpenDocumentText()
    made = table.Table(name="t")
    made.addElement(table.TableColumn(numbercolumnsrepeated=2))
    for cells in (("Spreker", "Tekst"), *SAID):
        row = table.TableRow()
        for cell in cells:
            made_cell = table.TableCell()
            made_cell.addElement(text.P(text=cell))
            row.addElement(made_cell)
        made.addElement(row)
    document.text.addElement(made)
    return document


def listed():
    document = OpenDocumentText()
    items = text.List()
    for name, words in SAID:
        item = text.ListItem()
        item.addElement(text.P(text=f"{name}: {words}"))
        items.addElement(item)
    section = text.Section(name="s")
    section.addElement(items)
    document.text.addElement(section)
    return document


LAYOUTS = {
    "colon": lambda: of(*(f"{name}: {words}" for name, words in SAID)),
    "own line": lambda: of(*(part for name, words in SAID for part in (name, words, ""))),
    "bold": bold_names,
    "table": grid,
    "list in a section": listed,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout):
    reading = read(LAYOUTS[layout]())
    assert turns(reading) == list(SAID)
    assert reading.problems == ()
    assert reading.words_in == reading.words_out


def test_spaces_tabs_and_breaks():
    document = of("Moderator: Begin.")
    paragraph = text.P(text="R1: een")
    paragraph.addElement(text.S(c=3))
    paragraph.addText("twee")
    paragraph.addElement(text.Tab())
    paragraph.addText("drie")
    paragraph.addElement(text.LineBreak())
    paragraph.addText("vier")
    document.text.addElement(paragraph)
    assert turns(read(document))[1] == ("R1", "een   twee\tdrie\nvier")


def test_notes_comments_and_text_boxes_are_reported():
    document = of("Moderator: Begin.")
    paragraph = text.P(text="R1: Ja")
    note = text.Note(noteclass="footnote")
    note.addElement(text.NoteCitation(text="1"))
    body = text.NoteBody()
    body.addElement(text.P(text="voetnoot"))
    note.addElement(body)
    paragraph.addElement(note)
    comment = office.Annotation()
    comment.addElement(dc.Creator(text="x"))
    comment.addElement(text.P(text="opmerking"))
    paragraph.addElement(comment)
    frame = draw.Frame()
    box = draw.TextBox()
    box.addElement(text.P(text="R2: In het vak."))
    frame.addElement(box)
    paragraph.addElement(frame)
    paragraph.addText(" hoor.")
    document.text.addElement(paragraph)
    reading = read(document)
    assert turns(reading)[1:] == [("R1", "Ja hoor."), ("R2", "In het vak.")]
    assert [str(p).removeprefix("groep.odt: ") for p in reading.problems] == [
        "1 footnotes or endnotes were left out.",
        "1 comments were left out.",
        "1 text boxes were read at the place where they are anchored; check their turns.",
    ]


def test_deleted_text_is_left_out_and_reported():
    document = of("Moderator: Begin.", "R1: Ja.")
    changes = text.TrackedChanges()
    region = text.ChangedRegion(id="c1", check_grammar=False)
    deletion = text.Deletion()
    info = office.ChangeInfo()
    info.addElement(dc.Creator(text="x"))
    info.addElement(dc.Date(text="2026-01-01T00:00:00"))
    deletion.addElement(info)
    deletion.addElement(text.P(text="weg ermee"))
    region.addElement(deletion)
    changes.addElement(region)
    document.text.insertBefore(changes, document.text.childNodes[0])
    reading = read(document)
    assert turns(reading) == [("Moderator", "Begin."), ("R1", "Ja.")]
    assert ["deletions" in str(p) for p in reading.problems] == [True]


def hiding(document, name: str, family: str, *, display: str = "none", parent: str | None = None):
    made = style.Style(name=name, family=family, **({"parentstylename": parent} if parent else {}))
    if display:
        made.addElement(style.TextProperties(display=display))
    document.automaticstyles.addElement(made)
    return made


def test_hidden_words_stay_hidden_and_that_is_said():
    """Somebody may have hidden a name there, instead of taking it out."""
    document = of("Moderator: Begin.")
    hidden = hiding(document, "T1", "text")
    child = hiding(document, "T2", "text", display="", parent="T1")
    shown = hiding(document, "T3", "text", display="true", parent="T1")
    whole = hiding(document, "P1", "paragraph")
    said = text.P(text="R1: Ja, ")
    said.addElement(text.Span(stylename=hidden, text="Piet "))
    said.addElement(text.Span(stylename=child, text="Jansen "))
    said.addElement(text.Span(stylename=shown, text="hoor"))
    document.text.addElement(said)
    document.text.addElement(text.P(stylename=whole, text="R1: helemaal weg"))
    section = text.Section(name="s", display="none")
    section.addElement(text.P(text="R1: ook weg"))
    document.text.addElement(section)
    field = text.P(text="R1: nee")
    field.addElement(text.HiddenParagraph(condition="ooow:1", ishidden="true"))
    document.text.addElement(field)
    reading = read(document)
    assert turns(reading) == [("Moderator", "Begin."), ("R1", "Ja, hoor")]
    (problem,) = reading.problems
    assert str(problem).startswith("groep.odt: 10 hidden words were left out")


def test_a_section_that_is_shown_is_read():
    document = of("Moderator: Begin.")
    for display, is_hidden in (("true", "false"), ("condition", "false"), ("condition", "true")):
        section = text.Section(name=display, display=display, condition="ooow:1")
        section.setAttrNS(TEXTNS, "is-hidden", is_hidden)
        section.addElement(text.P(text="R1: Ja."))
        document.text.addElement(section)
    reading = read(document)
    assert turns(reading) == [("Moderator", "Begin."), ("R1", "Ja. Ja.")]
    assert [p.message.values["count"] for p in reading.problems] == [2]


def test_bold_is_taken_over_from_the_style_above():
    document = OpenDocumentText()
    bold = style.Style(name="Naam", family="text")
    bold.addElement(style.TextProperties(fontweight="bold"))
    document.styles.addElement(bold)
    document.automaticstyles.addElement(style.Style(name="T1", family="text", parentstylename="Naam"))
    for name, words in SAID:
        paragraph = text.P()
        paragraph.addElement(text.Span(stylename="T1", text=name))
        paragraph.addText(f" {words}")
        document.text.addElement(paragraph)
    assert turns(read(document)) == list(SAID)


def test_spaces_beyond_reason_or_number_are_spaces():
    document = of("Moderator: Hoi.")
    for c in ("999999999", "veel"):
        paragraph = text.P(text="R1: Ja")
        paragraph.addElement(text.S(c="2"))
        paragraph.childNodes[-1].attributes = dict.fromkeys(paragraph.childNodes[-1].attributes, c)
        paragraph.addText("zeker.")
        document.text.addElement(paragraph)
    reading = read(document)
    assert [" ".join(said.split()) for _, said in turns(reading)] == ["Hoi.", "Ja zeker. Ja zeker."]
    assert len(reading.transcript.turns[1].text) < 2000
