"""What must not pass: files too large, bombs, locked or broken containers, and content that belies the suffix.

A suffix is a promise that mail programs and people break. So the first bytes decide what a file is; a container is
looked through completely (in small blocks, with a ceiling) before a library gets to see it.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Final

from codering.errors import Message, TranscriptError
from codering.readers.decoding import LIMIT

UNPACKED_LIMIT: Final = 300 * 1024 * 1024
"""Bytes that a container may hold; more than any Word file of text and photographs."""

RATIO_LIMIT: Final = 250
"""Times smaller than its contents that a container may be; the XML of Word reaches about 40."""

_RATIO_FROM: Final = 20 * 1024 * 1024
_MOST_ENTRIES: Final = 10_000
_BLOCK: Final = 1024 * 1024
_ENTITIES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

CONTAINER: Final = (b"PK\x03\x04", b"PK\x05\x06")
"""How a Word, Excel or OpenDocument file begins; only what begins so was looked through. "PK" can be a speaker."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER: Final = (
    (b"SQLite format 3\x00", Message("a project file or another database")),
    (b"\x89PNG", Message("a picture")),
    (b"\xff\xd8\xff", Message("a picture")),
    (b"GIF8", Message("a picture")),
    (b"ID3\x02", Message("a sound recording")),  # without its version "ID3" can be the third respondent
    (b"ID3\x03", Message("a sound recording")),
    (b"ID3\x04", Message("a sound recording")),
    (b"\xff\xfb", Message("a sound recording")),
    (b"\xff\xf3", Message("a sound recording")),
    (b"OggS", Message("a sound recording")),
    (b"fLaC", Message("a sound recording")),
    (b"RIFF", Message("a recording")),
    (b"\x1aE\xdf\xa3", Message("a recording")),
    (b"Rar!", Message("an archive")),
    (b"7z\xbc\xaf", Message("an archive")),
    (b"\x1f\x8b", Message("an archive")),
    (b"MZ\x90\x00", Message("a program")),
    (b"\x7fELF", Message("a program")),
)
_PARTS: Final = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("xl/workbook.bin", ".xlsb"),
    ("ppt/presentation.xml", ".pptx"),
    ("Index/Document.iwa", ".pages"),
)
_MIMES: Final = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.text-template": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/epub+zip": ".epub",
}
_ADVICE: Final = {
    ".ods": Message("an OpenDocument spreadsheet; save it as Excel (.xlsx) or CSV"),
    ".xlsb": Message("a binary Excel workbook; save it as .xlsx or CSV"),
    ".pptx": Message("a presentation; export the transcript as Word or text"),
    ".odp": Message("a presentation; export the transcript as Word or text"),
    ".pages": Message("an Apple Pages document; export it as Word (.docx)"),
    ".epub": Message("an e-book; export the transcript as Word or text"),
    ".zip": Message("an archive; unpack it and read the files in it"),
}

FAMILIES: Final = {
    ".docm": ".docx",
    ".dotx": ".docx",
    ".dotm": ".docx",
    ".xlsm": ".xlsx",
    ".xltx": ".xlsx",
    ".ott": ".odt",
    ".fodt": ".odt",
}
"""Suffixes that stand for the same content as another."""


def check_size(size: int, source: str) -> None:
    """Refuse what is empty or too large.

    Parameters
    ----------
    size
        In bytes.
    source
        The file's name, for messages.

    Raises
    ------
    TranscriptError
        If there is nothing, or more than :data:`codering.readers.decoding.LIMIT`.
    """
    if size == 0:
        raise TranscriptError("{source}: the file is empty.", source=source)
    if size > LIMIT:
        raise TranscriptError(
            "{source}: the file is {size} MB; at most {limit} MB can be read. Take out pictures or recordings, or "
            "split it.",
            source=source,
            size=round(size / 1024 / 1024),
            limit=LIMIT // 1024 // 1024,
        )


def proven_suffix(data: bytes, suffix: str, source: str) -> str:
    """Say what the content is.

    Parameters
    ----------
    data
        The whole file.
    suffix
        Of the file's name, lower case, with dot.
    source
        The file's name, for messages.

    Returns
    -------
    str
        ``.docx``, ``.xlsx``, ``.odt``, ``.pdf`` or ``.rtf`` where the content proves that, else `suffix`.

    Raises
    ------
    TranscriptError
        If it is locked, broken, a bomb, or something that is no transcript.
    """
    if data.startswith(CONTAINER):
        return _container(data, source)
    if data.startswith(_OLE):
        raise _legacy(data, source)
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.lstrip()[:5] == b"{\\rtf":
        return ".rtf"
    _refuse_other(data, source)
    return suffix


def _refuse_other(data: bytes, source: str) -> None:
    for magic, kind in _OTHER:
        if data.startswith(magic):
            raise _not_a_transcript(source, kind)
    if data[4:8] == b"ftyp":
        raise _not_a_transcript(source, Message("a recording"))
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise _not_a_transcript(source, Message("a web page; copy the text into a Word or text file"))
    if start.startswith(b"<?xml"):
        raise _not_a_transcript(
            source, Message("XML of another program; export the transcript there as Word, text or subtitles")
        )


def _container(data: bytes, source: str) -> str:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise _broken(source) from error
    with archive:
        entries = archive.infolist()
        names = {entry.filename.replace("\\", "/").lstrip("/") for entry in entries}
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise locked(source)
        unpacked = sum(entry.file_size for entry in entries)
        if (
            unpacked > UNPACKED_LIMIT
            or len(entries) > _MOST_ENTRIES
            or (unpacked > _RATIO_FROM and unpacked > RATIO_LIMIT * len(data))
        ):
            raise TranscriptError(
                "{source}: unpacked, the file would be {size} MB, which no transcript is. It was not opened.",
                source=source,
                size=round(unpacked / 1024 / 1024),
            )
        kind = _kind(archive, names, source)
        if kind in _ADVICE:
            raise _not_a_transcript(source, _ADVICE[kind])
        for entry in entries:
            _look_through(archive, entry, source)
        manifest = "META-INF/manifest.xml"
        if kind == ".odt" and manifest in names and b"encryption-data" in archive.read(manifest):
            raise locked(source)
    return kind


def _kind(archive: zipfile.ZipFile, names: set[str], source: str) -> str:
    if "mimetype" in names:
        try:
            found = _MIMES.get(archive.read("mimetype").strip())
        except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError, OSError) as error:
            raise _broken(source) from error
        if found:
            return found
    for part, suffix in _PARTS:
        if part in names:
            return suffix
    return ".odt" if "content.xml" in names else ".zip"


def _look_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, source: str) -> None:
    """Read one entry to its end: that checks its length and checksum, and finds entity tricks in its XML."""
    try:
        with archive.open(entry) as file:
            head = file.read(_BLOCK)
            if entry.filename.endswith((".xml", ".rels")) and _ENTITIES.search(head.replace(b"\x00", b"")):
                raise TranscriptError(
                    "{source}: the file holds definitions (DOCTYPE) that no word processor writes. It was not opened.",
                    source=source,
                )
            while file.read(_BLOCK):
                pass
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, struct.error) as error:
        raise _broken(source) from error
    except RuntimeError as error:  # what zipfile raises for an encrypted entry
        raise locked(source) from error


def _legacy(data: bytes, source: str) -> TranscriptError:
    """OLE: Word and Excel before 2007, and everything that newer versions lock with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return locked(source)
    if "WordDocument".encode("utf-16-le") in data:
        kind = Message("a Word document of before 2007 (.doc); save it as .docx")
    elif "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        kind = Message("an Excel workbook of before 2007 (.xls); save it as .xlsx")
    else:
        kind = Message("an old Office file; save it as .docx or .xlsx")
    return _not_a_transcript(source, kind)


def locked(source: str) -> TranscriptError:
    """What is said of a file with a password."""
    return TranscriptError(
        "{source}: the file is protected with a password. Open it, take the password off, save it and try again.",
        source=source,
    )


def _broken(source: str) -> TranscriptError:
    return TranscriptError(
        "{source}: the file is damaged or incomplete, for example by a broken download or copy. Fetch it again.",
        source=source,
    )


def _not_a_transcript(source: str, kind: Message) -> TranscriptError:
    return TranscriptError("{source}: this is {kind}.", source=source, kind=kind)
