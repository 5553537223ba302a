"""The direction of imports, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOUNS = {
    "errors",
    "transcripts",
    "codebooks",
    "crosswalk",
    "codings",
    "patterns",
    "rounding",
    "tables",
    "texts",
    "resources",
    "naming",
    "formats",
}
SHELF = {"writing"}
"""What any room may reach for: it knows the nouns only, but needs more than the standard library."""
ROOMS = {"readers", "language", "suggest", "review", "recall", "analysis", "pseudonyms", "exporters", "practice"}
PROJECT = {"project", "results", "imports", "coding_files", "previews"}
FACES = {"cli", "screen", "screen_tables", "workflow", "demo", "web", "__main__", "exit_codes"}
PARTS = NOUNS | SHELF | ROOMS | PROJECT | FACES | {"store", "migrations"}
LIBRARIES = {
    "spacy": {"language", "suggest"},
    "simplemma": {"language"},
    "sklearn": {"suggest"},
    "sqlalchemy": {"store", "migrations"},
    "alembic": {"store", "migrations"},
    "streamlit": {"web"},
    "openpyxl": {"readers"},
    "xlsxwriter": {"exporters"},
    "docx": {"exporters", "readers"},
    "typer": {"cli", "workflow"},
    "babel": {"writing"},
}
"""Which parts may import a heavy or replaceable library."""


def part_of(path: Path) -> str:
    inside = path.relative_to(ROOT / "codering")
    return inside.parts[0].removesuffix(".py")


def allowed(part: str) -> set[str]:
    """Which parts of the package a part may import, itself aside."""
    if part in NOUNS | SHELF:
        return NOUNS
    if part in ROOMS:
        return NOUNS | SHELF | ({"language"} if part == "suggest" else set())
    if part in {"store", "migrations"}:
        return NOUNS | {"store", "migrations"}
    if part in PROJECT:
        return NOUNS | SHELF | ROOMS | PROJECT | {"store"}
    return NOUNS | SHELF | ROOMS | PROJECT | FACES


def imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def violations(path: Path, part: str) -> list[str]:
    found = []
    for name, line in imports(path):
        pieces = name.split(".")
        if pieces[0] == "codering" and len(pieces) > 1:
            other = pieces[1]
            if other != part and other in PARTS - allowed(part):
                found.append(f"{path.relative_to(ROOT)}:{line}: {part} imports {other}")
        elif pieces[0] in LIBRARIES and part not in LIBRARIES[pieces[0]]:
            found.append(f"{path.relative_to(ROOT)}:{line}: {part} imports {pieces[0]}")
    return found


def everything() -> set[str]:
    return {part_of(path) for path in (ROOT / "codering").rglob("*.py")} - {"__init__"}


@pytest.mark.parametrize("path", sorted((ROOT / "codering").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path):
    assert violations(path, part_of(path)) == []


def test_every_part_has_a_place_in_the_house():
    assert everything() <= PARTS


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("transcripts", "import codering.store"),
        ("analysis", "from codering.readers import read"),
        ("readers", "from codering.project import Project"),
        ("store", "from codering.suggest import Suggester"),
        ("cli", "import sqlalchemy"),
        ("analysis", "import spacy"),
        ("exporters", "from babel.numbers import format_percent"),
        ("writing", "from codering.analysis import frequencies"),
        ("codings", "import codering.writing"),
    ],
)
def test_a_planted_violation_is_found(tmp_path, monkeypatch, part, line):
    planted = ROOT / "codering" / f"{part}_planted.py"
    monkeypatch.setattr(Path, "read_text", lambda *_args, **_kwargs: line)
    assert violations(planted, part)


def test_the_nouns_need_the_standard_library_only():
    import sys

    for part in NOUNS:
        path = ROOT / "codering" / f"{part}.py"
        for name, line in imports(path) if path.exists() else ():
            root = name.split(".")[0]
            assert root in sys.stdlib_module_names | {"codering"}, f"{part}:{line}: {name}"
