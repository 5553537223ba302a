"""OpenDocument, RTF and PDF."""

from __future__ import annotations

import io
import textwrap
import zipfile
from xml.etree import ElementTree as ET

from codering.transcripts import Transcript
from tools.writers import clock, heading, repacked


def odt(transcript: Transcript) -> bytes:
    """An OpenDocument text: heading, header lines, then ``[00:12:31] **Naam:** tekst``."""
    from odf.opendocument import OpenDocumentText
    from odf.style import Style, TextProperties
    from odf.text import H, P, Span

    document = OpenDocumentText()
    bold = Style(name="Naam", family="text")
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    if transcript.title:
        document.text.addElement(H(outlinelevel=1, text=transcript.title))
    for line in heading(transcript):
        document.text.addElement(P(text=line))
    for turn in transcript.turns:
        paragraph = P(text=f"[{clock(turn.start)}] " if turn.start is not None else "")
        paragraph.addElement(Span(stylename=bold, text=f"{turn.speaker}:"))
        paragraph.addText(f" {turn.text}")
        document.text.addElement(paragraph)
    out = io.BytesIO()
    document.save(out)
    # The library declares whatever namespaces the process has met before: write canonically.
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name.endswith("xml")}
    return repacked(
        out.getvalue(), {name: ET.canonicalize(member.decode()).encode() for name, member in members.items()}
    )


def rtf(transcript: Transcript) -> bytes:
    r"""Rich text as Word writes it: ``\'eb`` for Windows-1252, ``\uN?`` for the rest."""
    lines = [
        f"{{\\b {_rtf(turn.speaker)}:}} [{clock(turn.start or 0)}] {_rtf(turn.text)}\\par" for turn in transcript.turns
    ]
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}{\\info{\\author codering}}\n"
    return (head + "\n".join(lines) + "\n}\n").encode("ascii")


def pdf(transcript: Transcript) -> bytes:
    """A PDF with a text layer: one turn starts a line, wrapped at 90 characters, 50 lines a page."""
    lines = [
        line
        for turn in transcript.turns
        for line in textwrap.wrap(
            f"[{clock(turn.start or 0)}] {turn.speaker}: {turn.text}",
            90,
            break_on_hyphens=False,
            break_long_words=False,
        )
    ]
    pages = [lines[start : start + 50] for start in range(0, len(lines), 50)]
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    bodies.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, page in enumerate(pages):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        drawn = b"\n".join(b"(" + _pdf(line) + b") Tj T*" for line in page)
        stream = b"BT /F1 10 Tf 14 TL 50 790 Td\n" + drawn + b"\nET"
        bodies.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, xref)
    return bytes(out)


def _rtf(text: str) -> str:
    written = []
    for character in text:
        if character in "\\{}":
            written.append("\\" + character)
        elif ord(character) < 128:
            written.append(character)
        else:
            encoded = character.encode("cp1252", "ignore")
            units = character.encode("utf-16-le")
            numbers = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
            written.append(f"\\'{encoded.hex()}" if encoded else "".join(f"\\u{number}?" for number in numbers))
    return "".join(written)


def _pdf(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
