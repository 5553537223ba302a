"""The component's JavaScript, as one text with its style sheet.

Streamlit loads a component's script from one text. The modules in ``js/`` are joined as they stand: without their
``import`` lines and the word ``export``. Nothing is translated, shortened or fetched, and the files are what runs.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
MODULES: Final = (
    "dom", "offsets", "model", "codes", "search", "holding", "memory", "news", "queue", "paper", "margin", "rail",
    "picker", "drag", "find", "finish", "end", "keys", "commands", "showing", "sight", "desk", "receiving",
    "connection", "blank", "main",
)  # fmt: skip
"""In an order in which what runs at once (constants, classes) stands before what uses it."""

_IMPORT: Final = re.compile(r'^import .*? from "\./\w+\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?!default )", re.MULTILINE)


@cache
def script() -> str:
    """All modules as one, with the style sheet."""
    modules = "\n".join(_joinable((FOLDER / "js" / f"{name}.js").read_text(encoding="utf-8")) for name in MODULES)
    return f"const STYLE = {json.dumps(style())};\n{modules}"


@cache
def loader() -> str:
    """The script of the component itself: it calls the other when that is there."""
    return (FOLDER / "js" / "loader.js").read_text(encoding="utf-8")


@cache
def style() -> str:
    """The style sheet."""
    return (FOLDER / "transcript.css").read_text(encoding="utf-8")


def _joinable(module: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", module))
