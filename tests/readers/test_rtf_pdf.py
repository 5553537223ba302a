from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from codering.errors import TranscriptError
from codering.readers import read_data
from codering.readers.drafts import Reading
from codering.transcripts import Role, Speaker, Transcript, Turn
from tests.readers.helpers import turns
from tools.writers import documents


def rtf(body: str) -> Reading:
    return read_data(b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + body.encode("ascii") + b"}", "groep.rtf")


def test_f4_as_rtf():
    reading = rtf(
        "{\\fonttbl{\\f0 Arial;}}{\\info{\\author Iemand}}{\\*\\generator f4;}"
        "I: Goedemiddag, co\\'f6rdinatie? #00:00:04-1#\\par\\par B1: Ja, \\u235?\\u8230? (lacht) #00:00:12-7#\\par"
    )
    assert turns(reading) == [("I", "Goedemiddag, coördinatie?"), ("B1", "Ja, ë… (lacht)")]
    assert [turn.start for turn in reading.transcript.turns] == [0.0, 4.1]
    assert reading.problems == ()


def test_a_table_in_rtf():
    rows = (("Spreker", "Tekst"), ("Moderator", "Welkom."), ("Karim", "Hoi."), ("Moderator", "Mooi."))
    body = "".join("\\trowd " + "".join(f"{cell}\\cell " for cell in row) + "\\row" for row in rows)
    assert turns(rtf(body)) == [("Moderator", "Welkom."), ("Karim", "Hoi."), ("Moderator", "Mooi.")]


def test_rtf_that_stops_halfway_is_reported():
    reading = read_data(b"{\\rtf1\\ansi Moderator: Welkom.\\par R1: Hoi {\\b en", "groep.rtf")
    assert [name for name, _ in turns(reading)] == ["Moderator", "R1"]
    assert any("stops in the middle" in str(p) for p in reading.problems)


def test_tracked_changes_in_rtf_are_reported():
    assert any("tracked" in str(p) for p in rtf("Moderator: Ja. {\\deleted nee}\\par R1: Ja.\\par").problems)


WORDS = "op maandag kwam iedereen langs en dan keken we samen wie re-integratie nodig had of rust zonder haast".split()  # noqa: SIM905


def long_text(n: int) -> str:
    return " ".join(WORDS[(n * k + k * k) % len(WORDS)] for k in range(1, 60 + n % 7)) + "."


TOLD = Transcript(
    "groep",
    tuple(Turn(n, ("Moderator", "Karim", "Sanne")[n % 3], long_text(n), n * 30.0) for n in range(1, 60)),
    (Speaker("Karim"), Speaker("Sanne"), Speaker("Moderator", Role.MODERATOR)),
)


def test_lines_that_the_page_broke_are_whole_again():
    reading = read_data(documents.pdf(TOLD), "groep.pdf")
    assert turns(reading) == [(turn.speaker, turn.text) for turn in TOLD.turns]
    assert reading.problems == ()


def test_page_numbers_go_and_running_heads_are_reported():
    lines = [f"Karim: Zin {n}, en dat is alles.\nSanne: Antwoord {n}." for n in range(60)]
    pages = [
        "\n".join(["Vertrouwelijk verslag", *lines[at : at + 15], f"Pagina {at // 15 + 1} van 4"])
        for at in range(0, 60, 15)
    ]
    reading = read_data(pdf_of(pages), "groep.pdf")
    spoken = " ".join(turn.text for turn in reading.transcript.turns)
    assert "Vertrouwelijk" not in spoken
    assert "Pagina" not in spoken
    assert len(reading.transcript.turns) == 120
    heads = [p for p in reading.problems if "running head" in str(p)]
    assert [str(p.place) for p in heads] == [f"page {n}, line 1" for n in range(1, 5)]
    assert reading.words_in - reading.words_out == 8


def pdf_of(pages: list[str]) -> bytes:
    """A PDF with these lines on these pages."""
    writer = PdfWriter()
    for page in pages:
        one = Transcript("x", (Turn(1, "x", "x"),), (Speaker("x"),))
        data = documents.pdf(one)
        drawn = b"\n".join(b"(" + line.encode("cp1252") + b") Tj T*" for line in page.split("\n"))
        start, end = data.index(b"50 790 Td\n") + 10, data.index(b"\nET")
        data = data[:start] + drawn + data[end:]
        # The length of the stream and the table are wrong now; reading leniently and writing repairs them.
        for added in PdfReader(io.BytesIO(data)).pages:
            writer.add_page(added)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_scan_has_no_text():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(TranscriptError, match=r"scan\.pdf: .*scan"):
        read_data(out.getvalue(), "scan.pdf")


def test_a_password_on_a_pdf():
    writer = PdfWriter(clone_from=io.BytesIO(documents.pdf(TOLD)))
    writer.encrypt("geheim", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(TranscriptError, match=r"slot\.pdf: .*password"):
        read_data(out.getvalue(), "slot.pdf")


def test_a_pdf_that_only_forbids_printing_is_read():
    writer = PdfWriter(clone_from=io.BytesIO(documents.pdf(TOLD)))
    writer.encrypt("", "eigenaar", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert len(read_data(out.getvalue(), "groep.pdf").transcript.turns) == len(TOLD.turns)


def test_a_pdf_named_docx_is_read_as_pdf():
    reading = read_data(documents.pdf(TOLD), "groep.docx")
    assert len(reading.transcript.turns) == len(TOLD.turns)
    assert (
        str(reading.problems[0]) == "groep.docx: The name ends in .docx, but the content is PDF; it was read as that."
    )


def test_hidden_words_in_rtf_are_pointed_out():
    said = r"{\rtf1\ansi Moderator: Hoe?\par Anja: Druk {\v Piet} hoor.\par Moderator: \v0 En?\par Anja: Ja.\par}"
    problems = [str(one) for one in read_data(said.encode(), "groep.rtf").problems]
    assert [one[:41] for one in problems] == ["groep.rtf: In 1 place words are hidden; t"]
    assert "Piet" not in problems[0]
