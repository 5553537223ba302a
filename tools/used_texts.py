"""Find every text that users can see: ``python -m tools.used_texts`` lists those without a Dutch translation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from codering import errors
from tools.compile_texts import merged

ROOT = Path(__file__).parent.parent
PLACES = {"Message": 0, "Problem": 2, "Column": 1, "Table": 1, "Section": 1, "Part": 0}
PLACES |= {"say": 0, "heading": 0, "progress": 0, "error": 0, "warn": 0, "whole": 1, "by": 2, "by_speaker": 0}
PLACES |= {"problem": 1, "skip": 2, "_wrong": 1, "AppPage": 1}
"""By the name of what is called: which argument is a text."""
TRANSLATORS = {"t", "_t", "texts", "_texts", "_chapter"}


def texts_in(path: Path) -> Iterator[tuple[str, int]]:
    """Every literal text in a module, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = 0 if name in TRANSLATORS or (name.endswith("Error") and hasattr(errors, name)) else PLACES.get(name)
        if place is None and name != "plural":
            continue
        given = list(node.args[:2] if place is None else node.args[place : place + 1])
        given += [word.value for word in node.keywords if word.arg in ("title", "label") and name in PLACES]
        for argument in given:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value.strip():
                yield argument.value, node.lineno


def untranslated() -> list[str]:
    """``file:line: text`` for every text without a translation."""
    catalogue = merged(ROOT / "codering" / "locale" / "nl")
    known = {message.id for message in catalogue if isinstance(message.id, str)}
    known |= {part for message in catalogue if not isinstance(message.id, str) for part in message.id}
    return [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted((ROOT / "codering").rglob("*.py"))
        for text, line in texts_in(path)
        if text not in known
    ]


if __name__ == "__main__":
    print("\n".join(untranslated()))
