"""Reading transcripts: one function, whatever the format.

:func:`read` looks at the content first and at the suffix second, finds the parser, and turns what that finds into a
:class:`Reading`. Every outcome is a reading or a :class:`codering.errors.TranscriptError` that names the file.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from pathlib import Path, PurePath
from typing import Final

from codering.errors import Message, Problem, TranscriptError, cause
from codering.readers.decoding import head_of
from codering.readers.drafts import Draft, NamesAware, Parser, Piece, Reading, reading_from
from codering.readers.guards import FAMILIES, check_size, proven_suffix
from codering.readers.sidecar import Sidecar, sidecar_for, sidecar_from

__all__ = [
    "Draft",
    "Parser",
    "Piece",
    "Reading",
    "Sidecar",
    "parsers",
    "read",
    "read_data",
    "reading_from",
    "sidecar_from",
    "suffixes",
]

_MODULES: Final = (
    "subtitles",
    "json_files",
    "otranscribe",
    "jsonl",
    "tables",
    "word",
    "odf",
    "rtf",
    "pdf",
    "text",
)
"""In order of precedence where two parsers are equally sure: the most particular first."""

_PLAIN: Final = frozenset({"", ".txt", ".text", ".md", ".log", ".asc"})


def read(path: Path) -> Reading:
    """Read one transcript, with its sidecar if it has one.

    Parameters
    ----------
    path
        The file; its stem becomes the transcript's name.

    Returns
    -------
    Reading
        The transcript, the problems, and how many words went in and came out.

    Raises
    ------
    TranscriptError
        If the file cannot be opened, or nothing in it is usable.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise TranscriptError("{source}: this is a folder, not a transcript.", source=path.name)
        check_size(path.stat().st_size, path.name)
        data = path.read_bytes()
    except OSError as error:
        raise TranscriptError(
            "{source}: the file cannot be opened ({reason}).",
            source=path.name,
            reason=cause(error),
        ) from error
    return read_data(data, path.name, sidecar_for(path))


def read_data(data: bytes, source: str, sidecar: Sidecar | None = None) -> Reading:
    """Read a transcript that is in memory, such as one that was uploaded.

    Parameters
    ----------
    data
        The whole file.
    source
        Its name, with suffix.
    sidecar
        What the researcher says about it; see :func:`sidecar_from`.

    Returns
    -------
    Reading
        As of :func:`read`.

    Raises
    ------
    TranscriptError
        If nothing in it is usable.
    """
    name = PurePath(source)
    check_size(len(data.strip()) and len(data), source)
    suffix = name.suffix.lower()
    proven = proven_suffix(data, FAMILIES.get(suffix, suffix), source)
    head = head_of(data)
    surest = max(parsers(), key=lambda parser: parser.sniff(head, proven))
    if surest.sniff(head, proven) <= 0:
        raise TranscriptError(
            "{source}: the content is none of the formats that can be read. Export the transcript as Word, text, "
            "subtitles or Excel.",
            source=source,
        )
    names = sidecar.names if sidecar else ()
    draft = surest.parse(data, source, names) if isinstance(surest, NamesAware) else surest.parse(data, source)
    if _belies(suffix, proven, surest):
        draft.problems.insert(
            0,
            Problem(
                source,
                "",
                "The name ends in {suffix}, but the content is {format}; it was read as that.",
                suffix=suffix,
                format=Message(surest.name),
            ),
        )
    return reading_from(draft, name=name.stem, source=source, sidecar=sidecar)


@cache
def parsers() -> tuple[Parser, ...]:
    """Every parser, the most particular first."""
    found: list[Parser] = []
    for module in _MODULES:
        if importlib.util.find_spec(f"{__name__}.{module}") is not None:
            found += importlib.import_module(f"{__name__}.{module}").PARSERS
    return tuple(found)


def suffixes() -> tuple[str, ...]:
    """The suffixes, with dot, of files that are taken from a folder."""
    return tuple(dict.fromkeys(suffix for parser in parsers() for suffix in parser.suffixes))


def _belies(suffix: str, proven: str, parser: Parser) -> bool:
    """Whether a file's name promises another format than its content has."""
    family = FAMILIES.get(suffix, suffix)
    if suffix and proven != family:
        return True
    return family not in _PLAIN and suffix not in parser.suffixes and family not in parser.suffixes
