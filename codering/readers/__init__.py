"""Reading transcripts: one function, whatever the format.

:func:`read` looks at the content first and at the suffix second, finds the parser, and turns what that finds into a
:class:`Reading`. Every outcome is a reading or a :class:`codering.errors.TranscriptError` that names the file.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from pathlib import Path
from typing import Final

from codering.errors import Problem, TranscriptError
from codering.readers.decoding import LIMIT, head_of
from codering.readers.drafts import Draft, Parser, Piece, Reading, reading_from
from codering.readers.guards import proven_suffix
from codering.readers.sidecar import Sidecar, sidecar_for

__all__ = ["Draft", "Parser", "Piece", "Reading", "Sidecar", "parsers", "read", "reading_from", "transcript_files"]

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


@cache
def parsers() -> tuple[Parser, ...]:
    """Every parser, the most particular first."""
    found: list[Parser] = []
    for module in _MODULES:
        if importlib.util.find_spec(f"{__name__}.{module}") is not None:
            found += importlib.import_module(f"{__name__}.{module}").PARSERS
    return tuple(found)
