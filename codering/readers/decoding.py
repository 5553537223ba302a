"""From bytes to text: the encodings that a Dutch Windows machine produces, and what is no text at all."""

from __future__ import annotations

import codecs
from typing import Final

from codering.errors import Problem, TranscriptError

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
        Bytes that are no character in the encoding; they became ``�``.

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
    text = data.decode(encoding, "replace")
    problems = []
    lost = text.count("\ufffd") - data.count("\ufffd".encode(encoding, "ignore"))
    if lost > 0:
        problems.append(
            Problem(
                source,
                "",
                "{count} {count:character|characters} could not be read (as {encoding}) and became �; save the "
                "file as UTF-8.",
                count=lost,
                encoding=encoding.upper(),
            )
        )
    return text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n"), problems
