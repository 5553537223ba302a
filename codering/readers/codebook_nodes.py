"""A YAML text as a small tree that remembers its lines.

The tree is built from parse events, not by a YAML constructor: no value becomes anything but text, a list or a
mapping, so that nothing in the file can run code, ``no`` stays the text "no", and every problem can name its line.
Aliases and tags are refused, because a codebook needs neither and both are how a YAML file does harm.

With ``ruamel.yaml.clib`` installed the events come from libyaml, eight times as fast; the tree is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from codering.errors import Problem, line

LARGEST: Final = 5_000_000
"""Bytes that a codebook may have."""

DEEPEST: Final = 30
"""Lists and mappings that may stand within each other."""

UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters and lone surrogates: YAML does not allow them, and Word and Excel cannot hold them."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as written.

    Attributes
    ----------
    text
        The characters, without the quotes.
    plain
        Whether it was written without quotes.
    line
        Counted from 1; 0 if it does not come from a file.
    """

    text: str
    plain: bool = False
    line: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was written, or YAML's word for nothing."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Listing:
    """A YAML sequence."""

    items: tuple[Node, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping, in the order of the file; a key can occur twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int = 0


Node = Scalar | Listing | Mapping
"""Anything in a YAML file."""


@dataclass(slots=True)
class _Open:
    """A list or mapping of which the end was not met yet."""

    keyed: bool
    line: int
    items: list[Node]

    def closed(self, source: str, problems: list[Problem]) -> Node:
        if not self.keyed:
            return Listing(tuple(self.items), self.line)
        pairs: list[tuple[Scalar, Node]] = []
        for key, value in zip(self.items[::2], self.items[1::2], strict=True):
            if isinstance(key, Scalar):
                pairs.append((key, value))
            else:
                problems.append(Problem(source, line(key.line), "A key must be a word; found a list or a mapping."))
        return Mapping(tuple(pairs), self.line)


def compose(text: str, source: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read a YAML text.

    Parameters
    ----------
    text
        The file's text.
    source
        What problems are said to be in: the file's name.

    Returns
    -------
    node : Node or None
        The document; None if it is empty, not YAML, too large or too deep.
    problems : tuple of Problem
        What makes the file unfit. After a mistake against YAML itself nothing further can be read.
    """
    if len(text) > LARGEST:
        return None, (Problem(source, "", "The file is larger than {most} MB.", most=LARGEST // 1_000_000),)
    problems: list[Problem] = []
    unfit = UNFIT.search(text)
    if unfit is not None:
        return None, (_unfit(unfit[0], source, text.count("\n", 0, unfit.start()) + 1),)
    try:
        node = _tree(text, source, problems)
    except _TooDeepError as error:
        return None, (
            *problems,
            Problem(
                source,
                line(error.line),
                "Lists and mappings stand more than {most} deep in each other; is the indentation right?",
                most=DEEPEST,
            ),
        )
    except MarkedYAMLError as error:
        return None, (*problems, _unreadable(error, text, source))
    except (YAMLError, ValueError):
        return None, (*problems, Problem(source, "", "This is not YAML."))
    if node is None and not problems:
        problems.append(Problem(source, "", "The file is empty."))
    return node, tuple(problems)


def node_of(data: object) -> Node:
    """Turn plain data (mappings, lists, strings, numbers) into the tree that reading it would give."""
    if isinstance(data, Scalar | Listing | Mapping):
        return data
    if isinstance(data, dict):
        return Mapping(tuple((Scalar(str(key)), node_of(value)) for key, value in data.items()))
    if isinstance(data, list | tuple):
        return Listing(tuple(map(node_of, data)))
    if data is None:
        return Scalar("", plain=True)
    if isinstance(data, bool):
        return Scalar(str(data).lower(), plain=True)
    return Scalar(str(data), plain=not isinstance(data, str))


class _TooDeepError(Exception):
    def __init__(self, number: int) -> None:
        self.line = number


def _tree(text: str, source: str, problems: list[Problem]) -> Node | None:
    """Build the tree of the first document without recursion, so that no file can exhaust the stack."""
    root = _Open(keyed=False, line=1, items=[])
    stack, documents = [root], 0
    for event in _events(text):
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                problems.append(
                    Problem(
                        source, line(_line(event)), "A second document begins here (---); a codebook is one document."
                    )
                )
                return None
        elif isinstance(event, ScalarEvent):
            _refuse_extras(event, source, problems)
            if unfit := UNFIT.search(event.value):  # Between double quotes it can be written as an escape.
                problems.append(_unfit(unfit[0], source, _line(event)))
            stack[-1].items.append(Scalar(event.value, bool(event.implicit[0]), _line(event)))
        elif isinstance(event, AliasEvent):
            problems.append(
                Problem(
                    source,
                    line(_line(event)),
                    'A text that begins with * needs quotes: "*{found}".',
                    found=event.anchor,
                )
            )
            stack[-1].items.append(Scalar(f"*{event.anchor}", plain=False, line=_line(event)))
        elif isinstance(event, SequenceStartEvent | MappingStartEvent):
            _refuse_extras(event, source, problems)
            stack.append(_Open(isinstance(event, MappingStartEvent), _line(event), []))
            if len(stack) > DEEPEST + 1:
                raise _TooDeepError(_line(event))
        elif isinstance(event, SequenceEndEvent | MappingEndEvent):
            closed = stack.pop().closed(source, problems)
            stack[-1].items.append(closed)
    found = root.items[0] if root.items else None
    return None if isinstance(found, Scalar) and found.empty else found


def _events(text: str) -> Iterator[Event]:
    yield from YAML(typ="safe").parse(text)


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _refuse_extras(
    event: ScalarEvent | SequenceStartEvent | MappingStartEvent, source: str, problems: list[Problem]
) -> None:
    if event.anchor is not None:
        problems.append(
            Problem(
                source,
                line(_line(event)),
                "A text that begins with & needs quotes; anchors (&{found}) are not used in a codebook.",
                found=event.anchor,
            )
        )
    if event.tag is not None:
        problems.append(
            Problem(
                source,
                line(_line(event)),
                "A text that begins with ! needs quotes; tags ({found}) are not used in a codebook.",
                found=event.tag,
            )
        )


def _unfit(character: str, source: str, number: int) -> Problem:
    shown = f"U+{ord(character):04X}"
    return Problem(
        source, line(number), "The character {character} cannot stand in a codebook; remove it.", character=shown
    )


def _unreadable(error: MarkedYAMLError, text: str, source: str) -> Problem:
    """Say what a mistake against YAML probably is, in words that do not take a YAML expert."""
    mark = error.problem_mark or error.context_mark
    number = int(mark.line) + 1 if mark else 1
    lines = text.splitlines()
    written = lines[number - 1] if number <= len(lines) else ""
    rest = written[int(mark.column) :] if mark else ""
    problem, context = str(error.problem), str(error.context)
    start = rest[:1] or " "
    place = line(number)
    if written[: len(written) - len(written.lstrip())].count("\t"):
        return Problem(source, place, "The line is indented with a tab; use spaces.")
    if "escape" in problem:
        return Problem(
            source, place, "Between double quotes a \\ begins a code; put the text between ' and ', or write \\\\."
        )
    if "unexpected ':'" in problem:
        return Problem(source, place, "A text between [ and ] or {{ and }} with a colon in it needs quotes.")
    if "quoted scalar" in context:
        begun = line(int(error.context_mark.line) + 1) if error.context_mark else place
        return Problem(
            source, begun, "The quote that opens here is never closed. A text with ' in it needs double quotes."
        )
    if "mapping values" in problem:
        return Problem(
            source, place, "A text with a colon and a space in it needs quotes; or the indentation is not right."
        )
    if "block scalar" in context:
        return Problem(source, place, "A text that begins with > or | needs quotes.")
    if start in "%@`*&!" or "alphabetic" in problem or "while scanning an al" in context:
        return Problem(source, place, "A text that begins with one of % @ ` * & ! needs quotes.")
    if "flow" in context:
        begun = line(int(error.context_mark.line) + 1) if error.context_mark else place
        return Problem(
            source,
            begun,
            "The [ or {{ that opens here is not closed properly; is a comma or a quote missing? A text in it with a "
            "comma, a colon or a question mark needs quotes.",
        )
    return Problem(source, place, "The line does not fit the lines above it; is the indentation right?")
