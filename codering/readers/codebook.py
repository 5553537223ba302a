"""Reading a codebook from YAML.

The format is described in ``docs/codebook.md``, for editors in ``codebook/codebook.schema.json``, and the language of
its rules in ``docs/rules.md``. Nothing in the file can run code; its size and depth are bounded. All problems are
reported at once, each with its line, its key, what was found and what was expected.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from codering.codebooks import Codebook
from codering.errors import CodebookError, Message, Problem, cause, line
from codering.patterns import Pattern
from codering.readers.codebook_blocks import LARGEST as MOST_PARTS
from codering.readers.codebook_blocks import block_names, circle, sizes
from codering.readers.codebook_codes import label_of, theme_of
from codering.readers.codebook_crosswalk import crosswalk_of
from codering.readers.codebook_fields import Fields, Findings, identifier_of
from codering.readers.codebook_nodes import LARGEST, Node, Scalar, compose
from codering.readers.codebook_nodes import Mapping as KeyedNode
from codering.readers.codebook_patterns import parse_pattern, pattern_of
from codering.readers.codebook_rules import Mentions, check_mentions

__all__ = ["check_codebook", "parse_codebook", "parse_pattern", "read_codebook"]

TOP_KEYS: Final = ("codebook", "label", "blocks", "themes", "crosswalk")

_ENCODINGS: Final = {
    b"": "utf-8",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""What a file is written in, by the byte-order mark with which it begins."""


def read_codebook(path: Path) -> Codebook:
    """Read a codebook file.

    Raises
    ------
    CodebookError
        If the file cannot be read or is not a valid codebook; its ``problems`` say all that is wrong.
    """
    return parse_codebook(read_text(path), path.name)


def parse_codebook(text: str, source: str) -> Codebook:
    """Read a codebook from the text of a file.

    Parameters
    ----------
    text
        YAML.
    source
        What problems are said to be in: the file's name.

    Raises
    ------
    CodebookError
        If it is not a valid codebook; its ``problems`` say all that is wrong.
    """
    codebook = _valid(text)
    if codebook is None:
        _, errors, _ = check_codebook(text, source)
        raise CodebookError("The codebook {source} cannot be used.", errors, source=source)
    return codebook


@lru_cache(maxsize=8)
def _valid(text: str) -> Codebook | None:
    """The codebook in a text, if it is valid. Reading a large one takes half a second, and a project reads it often."""
    codebook, _, _ = check_codebook(text, "")
    return codebook


def check_codebook(text: str, source: str) -> tuple[Codebook | None, tuple[Problem, ...], tuple[Problem, ...]]:
    """Read a codebook and say what is wrong, and what could be better.

    Returns
    -------
    codebook : Codebook or None
        None if there are errors.
    errors, warnings : tuple of Problem
        In the order of the file.
    """
    node, problems = compose(text, source)
    found = Findings(source)
    codebook = None if node is None else _codebook(node, found)
    errors = sorted((*problems, *found.errors), key=_line_of)
    return (None if errors else codebook), tuple(errors), tuple(sorted(found.warnings, key=_line_of))


def _line_of(problem: Problem) -> int:
    number = problem.place.values.get("number") if isinstance(problem.place, Message) else None
    return number if isinstance(number, int) else 0


def read_text(path: Path) -> str:
    """Read a file's text: UTF-8, or UTF-16 with a byte-order mark.

    Raises
    ------
    CodebookError
        If the file is not there, too large or in another encoding.
    """
    return read_marked(path)[1]


def read_marked(path: Path) -> tuple[bytes, str]:
    """Read a file's byte-order mark (empty if it has none) and its text; :func:`encoded` makes the file of them again.

    Raises
    ------
    CodebookError
        As of :func:`read_text`.
    """
    try:
        if path.stat().st_size > LARGEST:
            problem = Problem(path.name, "", "The file is larger than {most} MB.", most=LARGEST // 1_000_000)
            raise CodebookError("The codebook {source} cannot be used.", (problem,), source=path.name)
        data = path.read_bytes()
    except OSError as error:
        reason = cause(error)
        raise CodebookError(
            "The codebook {source} cannot be opened: {reason}.", source=path.name, reason=reason
        ) from error
    mark = next((known for known in _ENCODINGS if known and data.startswith(known)), b"")
    try:
        return mark, data[len(mark) :].decode(_ENCODINGS[mark])
    except UnicodeDecodeError as error:
        problem = Problem(
            path.name,
            line(data.count(b"\n", 0, error.start) + 1),
            "The file is not in UTF-8; save it again as UTF-8 (in Notepad: Save as, Encoding).",
        )
        raise CodebookError("The codebook {source} cannot be used.", (problem,), source=path.name) from error


def encoded(mark: bytes, text: str) -> bytes:
    """The bytes of a file with this byte-order mark and text."""
    return mark + text.encode(_ENCODINGS[mark])


def _codebook(node: Node, found: Findings) -> Codebook | None:
    mentions = Mentions()
    fields = Fields(node, "", TOP_KEYS, found)
    if not isinstance(node, KeyedNode):
        return None
    name = fields.identifier("codebook", required=True)
    label = label_of(fields, found)
    blocks = _blocks(fields, found, mentions)
    themes = tuple(
        theme_of(item, path, position, found, mentions)
        for position, (item, path) in enumerate(fields.items("themes", required=True))
    )
    codes = {code.id: code for theme in themes for code in (theme.own, *theme.codes)}
    check_mentions(mentions, codes, blocks, found)
    crosswalk = crosswalk_of(fields, codes, found)
    if found.errors:
        return None
    return Codebook(name, label, themes, tuple(blocks.items()), crosswalk)


def _blocks(fields: Fields, found: Findings, mentions: Mentions) -> dict[str, Pattern]:
    node = fields.get("blocks")
    if node is None:
        return {}
    if not isinstance(node, KeyedNode):
        found.error("Expected names with patterns, such as tijdgebrek: [geen tijd, te weinig tijd].", node, "blocks")
        return {}
    blocks: dict[str, Pattern] = {}
    lines: dict[str, Scalar] = {}
    for key, value in node.pairs:
        path = f"blocks.{key.text}"
        if key.text in lines:
            found.error(
                "The key {key} stands here twice (first in line {first}); keep one.",
                key,
                path,
                key=key.text,
                first=lines[key.text].line,
            )
            continue
        lines[key.text] = key
        identifier_of(key, path, found)
        pattern = pattern_of(value, path, found)
        if pattern is not None:
            blocks[key.text] = pattern
            mentions.blocks.extend((name, key, path) for name in block_names(pattern))
    _check_blocks(blocks, lines, found)
    return blocks


def _check_blocks(blocks: Mapping[str, Pattern], lines: Mapping[str, Scalar], found: Findings) -> None:
    """Refuse blocks that go round in a circle, and blocks that blow up when they are filled in."""
    reported: set[str] = set()
    for name in blocks:
        way = () if name in reported else circle(blocks, name)
        if way:
            reported.update(way)
            found.error(
                "The building blocks go round in a circle: {way}.",
                lines[name],
                f"blocks.{name}",
                way=" → ".join(f"${step}" for step in way),
            )
    for name, count in sizes(blocks).items():
        if count > MOST_PARTS:
            found.error(
                "With its building blocks filled in the pattern has more than {most} parts.",
                lines[name],
                f"blocks.{name}",
                most=MOST_PARTS,
            )
