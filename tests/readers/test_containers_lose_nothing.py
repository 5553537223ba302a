"""What a container holds comes out as turns, or a problem says that it did not."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from codering.errors import TranscriptError
from codering.readers import pdf as pdf_module
from codering.readers import read_data
from codering.readers.drafts import Reading
from codering.transcripts import Role, Speaker, Transcript, Turn
from tests.readers.helpers import turns
from tools.writers import documents, repacked

TALK = (("Moderator", "Welkom."), ("Karim", "Hoi."), ("Moderator", "Fijn."), ("Karim", "Dag."))


def said(reading: Reading, words: str) -> bool:
    return any(words in str(problem) for problem in reading.problems)


def word(*, end_deleted: int | None = None, inserted: str | None = None) -> Reading:
    document = docx.Document()
    for number, (name, text) in enumerate(TALK):
        paragraph = document.add_paragraph(f"{name}: {text}")
        if number == end_deleted:
            mark = f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="a"/></w:rPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(mark))
    if inserted:
        document.element.body.insert(4, parse_xml(inserted))
    out = io.BytesIO()
    document.save(out)
    return read_data(out.getvalue(), "groep.docx")


def test_a_last_paragraph_whose_end_was_deleted_is_kept():
    assert turns(word(end_deleted=3)) == list(TALK)


def test_alternatives_between_paragraphs_are_read():
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    speech = f'<mc:AlternateContent xmlns:mc="{mc}" {nsdecls("w")}><mc:Choice Requires="x"><w:p><w:r><w:t>Moderator: '
    reading = word(inserted=speech + "Slot.</w:t></w:r></w:p></mc:Choice></mc:AlternateContent>")
    assert turns(reading) == [*TALK, ("Moderator", "Slot.")]


def test_an_embedded_document_is_reported():
    assert said(word(inserted=f"<w:altChunk {nsdecls('w', 'r')} r:id='rId99'/>"), "embedded")


def rtf(body: str, head: str = "\\ansi\\ansicpg1252") -> Reading:
    return read_data(f"{{\\rtf1{head} {body}}}".encode("ascii"), "groep.rtf")


def test_characters_of_two_halves_in_rtf():
    reading = rtf("Moderator: Ja \\u-10179?\\u-8704? hoi.\\par Karim: Ok.\\par")
    assert turns(reading)[0] == ("Moderator", "Ja \N{GRINNING FACE} hoi.")


def test_rtf_of_an_old_macintosh():
    reading = rtf("Moderator: Co\\'9ardinatie.\\par Karim: Ok.\\par", "\\mac\\ansicpg10000")
    assert turns(reading)[0] == ("Moderator", "Coördinatie.")


def test_numbers_of_a_list_in_rtf_are_not_spoken():
    body = "".join(f"{{\\listtext\\pard {n}.\\tab}}{name}: {text}\\par " for n, (name, text) in enumerate(TALK))
    assert turns(rtf(body)) == list(TALK)


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("{\\footnote x}", "1 footnotes"),
        ("{\\*\\annotation x}", "1 comments"),
        ("{\\shp{\\*\\shpinst{\\shptxt x\\par}}}", "1 text boxes"),
    ],
)
def test_what_rtf_leaves_out_is_reported(group, words):
    assert said(rtf(f"Moderator: Ja.{group}\\par Karim: Ok.\\par"), words)


def test_a_clean_rtf_has_no_problems():
    assert rtf("Moderator: Ja.\\par Karim: Ok.\\par").problems == ()


def odt(between: str) -> Reading:
    told = Transcript(
        "groep",
        tuple(Turn(n, *turn) for n, turn in enumerate(TALK, start=1)),
        (Speaker("Moderator", Role.MODERATOR), Speaker("Karim")),
    )
    data = documents.odt(told)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml").decode()
    namespace = "urn:oasis:names:tc:opendocument:xmlns:"
    shape = (
        f'<d:{between} xmlns:d="{namespace}drawing:1.0"><t:p xmlns:t="{namespace}text:1.0">Moderator: Slot.</t:p>'
        f"</d:{between}>"
    )
    end = content.rindex("</", 0, content.rindex("</", 0, content.rindex("</")))
    return read_data(repacked(data, {"content.xml": (content[:end] + shape + content[end:]).encode()}), "groep.odt")


@pytest.mark.parametrize("shape", ["custom-shape", "rect", "text-box"])
def test_text_in_shapes_of_an_opendocument_is_read_and_reported(shape):
    reading = odt(shape)
    assert turns(reading) == [*TALK, ("Moderator", "Slot.")]
    assert said(reading, "1 text boxes")


def pages(*texts: str) -> PdfWriter:
    writer = PdfWriter()
    for text in texts:
        data = documents.pdf(Transcript("x", (Turn(1, "x", "x"),), (Speaker("x"),)))
        lines = b"\n".join(b"(" + line.encode("cp1252") + b") Tj T*" for line in text.split("\n"))
        page = writer.add_page(PdfReader(io.BytesIO(data)).pages[0])
        contents = page.get_contents()
        assert contents is not None
        contents.set_data(b"BT /F1 10 Tf 14 TL 50 790 Td\n" + lines + b"\nET")
        page[NameObject("/Contents")] = contents
    return writer


def read_pdf(writer: PdfWriter) -> Reading:
    out = io.BytesIO()
    writer.write(out)
    return read_data(out.getvalue(), "groep.pdf")


def test_a_number_that_does_not_count_along_is_speech():
    reading = read_pdf(pages("Moderator: Hoeveel?\nKarim: Toch wel\n12", "Moderator: Echt?\nKarim: Ja."))
    assert turns(reading)[1][1].split() == ["Toch", "wel", "12"]


@pytest.mark.parametrize("first", [1, 17])
def test_page_numbers_that_count_along_are_not(first):
    answers = ["Ja.", "Nee.", "Soms.", "Nooit."]
    texts = [f"Moderator: Vraag {chr(97 + n)}.\nKarim: {answers[n]}\n{first + n}" for n in range(4)]
    reading = read_pdf(pages(*texts))
    assert [text for name, text in turns(reading) if name == "Karim"] == answers
    assert reading.problems == ()


@pytest.mark.parametrize("scanned", [True, False])
def test_a_scanned_page_among_others_is_reported_and_an_empty_one_is_not(scanned):
    writer = pages("Moderator: Hallo.\nKarim: Ja.", "Moderator: Goed.\nKarim: Dag.")
    writer.insert_blank_page(595, 842, 1)
    if scanned:
        picture = DictionaryObject({NameObject("/Subtype"): NameObject("/Image")})
        resources = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): picture})})
        writer.pages[1][NameObject("/Resources")] = resources
    reading = read_pdf(writer)
    assert [str(problem.place) for problem in reading.problems] == (["page 2"] if scanned else [])


def test_a_pdf_of_too_many_pages_is_refused_rather_than_cut(monkeypatch):
    monkeypatch.setattr(pdf_module, "_MOST_PAGES", 1)
    with pytest.raises(TranscriptError, match=r"groep\.pdf: this PDF has 2 pages"):
        read_pdf(pages("Moderator: Hallo.", "Karim: Dag."))
