"""From bytes to text: the encodings that a Dutch Windows machine produces, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from codering.errors import Problem, TranscriptError, line

LIMIT: Final = 50 * 1024 * 1024
"""Bytes; a transcript of a whole day is below 1 MB, Word files with pictures rarely exceed 50 MB."""

HEAD: Final = 64 * 1024
"""Bytes that parsers may sniff at."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STRANGE: Final = re.compile(r"[^\W\d_](?:[ƒ„†‡ˆ‹˜›•](?=[^\W\d_])|[‚‰](?!\d))|[a-zß-ÿ][ŽŠŒŸ]")
"""What DOS and old Macs wrote for accented letters, read as Windows-1252: no text has these after a letter."""
_TWICE: Final = re.compile("[ÃÂ][\u0080-\u00bf\u0192\u2018-\u2022\u20ac\u2122]|â€[\u0080-\uffff]")
"""What UTF-8 becomes that was read as Windows-1252 and saved so: ``Ã©`` for ``é``. No Dutch has it."""
_TEXT_CONTROLS: Final = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b\x15\x85")


def head_of(data: bytes) -> bytes:
    """The part of a file that parsers sniff at."""
    return data[:HEAD]


def encoding_of(data: bytes) -> str | None:
    """The encoding of a text file.

    Returns
    -------
    str or None
        ``utf-8``, ``utf-16-le``, ``utf-16-be``, ``utf-32-le``, ``utf-32-be`` or ``cp1252``; None if it is binary.

    Notes
    -----
    A byte-order mark decides. Without one, text in UTF-16 betrays itself by zero bytes that stand nearly all at odd
    (little-endian) or even (big-endian) places; UTF-8 is strict enough that text which decodes *is* UTF-8, and so is
    text in which most of what is not ASCII does (a line pasted from elsewhere must not spoil every accent); anything
    else that has hardly any control characters is Windows-1252, in which every Dutch letter differs from UTF-8.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    head = data[:HEAD]
    zeros = head.count(0)
    if zeros:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        half = max(1, len(head) // 2)
        if odd > 0.4 * half and even < 0.05 * half:
            return "utf-16-le"
        if even > 0.4 * half and odd < 0.05 * half:
            return "utf-16-be"
        if zeros > 0.01 * len(head):
            return None
    controls = sum(1 for byte in head if byte < 32 and byte not in _TEXT_CONTROLS and byte)
    if controls > 0.05 * len(head):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A multi-byte character that the end of the data cuts off is no sign of another encoding.
        if (
            error.reason == "unexpected end of data"
            and error.start > len(data) - 4
            and not data[: error.start].isascii()
        ):
            return "utf-8"
        whole = data.decode("utf-8", "replace")
        if len(whole) - len(whole.encode("ascii", "ignore")) > 2 * whole.count("\ufffd"):
            return "utf-8"
        # Dutch has an accent in one letter of fifty; what consists of them is no text.
        return "cp1252" if sum(byte > 127 for byte in head) <= 0.3 * len(head) else None
    return "utf-8"


def peek(head: bytes) -> str:
    """The start of a file as text, for sniffing; empty if it is binary."""
    encoding = encoding_of(head)
    if encoding is None:
        return ""
    return head.decode(encoding, "replace").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes, source: str) -> tuple[str, list[Problem]]:
    r"""Turn a text file's bytes into text.

    Parameters
    ----------
    data
        The whole file.
    source
        The file's name, for messages.

    Returns
    -------
    text : str
        Without byte-order marks, ``\n`` as the only line break.
    problems : list of Problem
        Lines in another encoding than the others; bytes that are no character in the encoding, which became ``�``;
        accents that became other signs, because an encoding of DOS or old Macs cannot be told from Windows-1252.

    Raises
    ------
    TranscriptError
        If the file is binary.
    """
    encoding = encoding_of(data)
    if encoding is None:
        raise TranscriptError(
            "{source}: this is not a text file, and none of the formats that can be read. Export the transcript as "
            "Word, text, subtitles or Excel.",
            source=source,
        )
    problems: list[Problem] = []
    if encoding in ("utf-8", "cp1252"):
        text, problems = _in_lines(data, source)
    else:
        text = data.decode(encoding, "replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode(encoding, "ignore"))
    problems += _lost_accents(text, lost, encoding, source)
    return text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n"), problems


def _lost_accents(text: str, lost: int, encoding: str, source: str) -> Iterator[Problem]:
    """What shows that letters became other signs: here, in the program that saved the file, or before that."""
    if lost > 0:
        yield Problem(
            source,
            "",
            "{count} {count:character|characters} could not be read (as {encoding}) and became �; save the "
            "file as UTF-8.",
            count=lost,
            encoding=encoding.upper(),
        )
    strange = len(_STRANGE.findall(text)) if encoding == "cp1252" else 0
    if strange:
        yield Problem(
            source,
            "",
            "In {count} {count:place|places} a sign stands where a letter with an accent belongs: an old program "
            "saved this file. Open it there, or in Word with another encoding, and save it as UTF-8.",
            count=strange,
        )
    if twice := len(_TWICE.findall(text)):
        yield Problem(
            source,
            "",
            "In {count} {count:place|places} two or three signs (such as Ã©) stand where a letter with an accent "
            "belongs: a program read this file in the wrong encoding and saved it. Rules do not find such words; "
            "export the file again.",
            count=twice,
        )


def _in_lines(data: bytes, source: str) -> tuple[str, list[Problem]]:
    """Decode text that is UTF-8, Windows-1252, or line by line the one or the other, as after pasting."""
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8"), []
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    encodings = ["" if one.isascii() else _of_line(one) for one in lines]
    if "utf-8" in encodings[:-1] and _is_cut_off(lines[-1]):
        encodings[-1] = "utf-8"
    found = [one.decode(name or "ascii", "replace") for one, name in zip(lines, encodings, strict=True)]
    problems = []
    if "utf-8" in encodings and "cp1252" in encodings:
        problems.append(
            Problem(
                source,
                line(encodings.index("cp1252") + 1),
                "this line is in Windows-1252 and others are in UTF-8, as after pasting; in all {count} "
                "{count:line|lines}. Each was read as what it is; check the accents.",
                count=encodings.count("cp1252"),
            )
        )
    return "\n".join(found), problems


def _of_line(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        # What is mostly UTF-8 lost a byte.
        return "utf-8" if len(text) - len(text.encode("ascii", "ignore")) > 2 * text.count("\ufffd") else "cp1252"
    # An accented capital before a quotation mark (É’) is a letter of phonetics by accident.
    return "cp1252" if any("\u0180" <= sign < "\u2000" for sign in text) else "utf-8"


def _is_cut_off(content: bytes) -> bool:
    """Whether the last character lacks bytes: no sign of another encoding."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return False
