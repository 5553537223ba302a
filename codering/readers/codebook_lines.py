"""Changing values in a YAML text and nothing else.

A YAML library that writes a whole file back moves comments and breaks lines anew, and a colleague who looks at the
difference no longer sees what changed. Here only the characters of the value concerned are replaced; every other
character of the file stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import StreamMark, YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from codering.errors import CodebookError, line
from codering.readers.codebook_brackets import Brackets
from codering.readers.codebook_render import is_small, plain_data, render, render_inline

Step = str | int
Path = tuple[Step, ...]
"""The way from the top to a value: keys and positions."""

_BLOCK_STYLES: Final = frozenset({"|", ">"})
_REMARK: Final = re.compile(r"\s+#.*")


class YamlLines:
    """A YAML text in which single values can be replaced.

    Parameters
    ----------
    text
        Valid YAML without aliases; a mapping at the top.
    """

    def __init__(self, text: str) -> None:
        self._lines: list[str] = text.splitlines(keepends=True)
        self._newline: Final = "\r\n" if "\r\n" in text else "\n"
        self._root: Node | None = None

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "".join(self._lines)

    def has(self, path: Path) -> bool:
        """Whether a value stands at a path."""
        try:
            self._node(path)
        except LookupError:
            return False
        return True

    def data(self, path: Path) -> Any:  # noqa: ANN401
        """The value at a path as plain data; every scalar is text."""
        return plain_data(self._node(path))

    def put(self, path: Path, key: str, value: object, order: Sequence[str]) -> None:
        """Set a key of the mapping at `path`; a new key goes where `order` has it.

        Parameters
        ----------
        path
            Of the mapping.
        key
            To set.
        value
            Plain data.
        order
            All keys in their usual order.
        """
        mapping = self._collection(path)
        names = [name.value for name, _ in mapping.value]
        if key in names:
            self.change((*path, key), value)
            return
        before = [names.index(name) for name in order[: order.index(key)] if name in names] if key in order else []
        position = before[-1] if before else len(names) - 1
        if mapping.flow_style:
            entry = render_inline({key: value})[1:-1]
            self._retext(self._brackets(mapping).with_entry(position + 1, entry))
            return
        after = self._last_line(mapping.value[position][1]) + 1
        self._replace_lines(after, after, self._fragment({key: value}, mapping.start_mark.column))

    def change(self, path: Path, value: object) -> None:
        """Give the value at a path another content; of a list or a mapping, only the parts that differ are touched."""
        node = self._node(path)
        if plain_data(node) == value:
            return
        if not isinstance(node, CollectionNode) or not isinstance(value, Mapping | list | tuple):
            self._replace(path, node, value)
            return
        parts = node.value and value and not self._outgrown(path, node, value)
        if parts and isinstance(node, MappingNode) and isinstance(value, Mapping):
            for key, held in value.items():
                self.put(path, key, held, tuple(value))
            for key in [key for key in self.data(path) if key not in value]:
                self.remove((*path, key))
        elif parts and isinstance(node, SequenceNode) and isinstance(value, list | tuple):
            self._align(path, value)
        else:
            self._replace(path, node, value)

    def append(self, path: Path, value: object, order: Sequence[str]) -> None:
        """Add an item at the end of the list at `path`; the list is made if it is not there."""
        if not self.has(path):
            self.put(path[:-1], str(path[-1]), [value], order)
            return
        self.insert(path, len(self._collection(path).value), value)

    def insert(self, path: Path, position: int, value: object) -> None:
        """Add an item to the list at `path`, before the item that now has the position."""
        listing = self._collection(path)
        if not listing.value:
            self._replace(path, listing, [value])
            return
        if listing.flow_style:
            self._retext(self._brackets(listing).with_entry(position, render_inline(value)))
            return
        column = listing.start_mark.column
        fragment = self._fragment([value], column)
        gap = self._gap(listing)
        if position:  # Straight after the item before it: a comment above the next item stays with that.
            at = self._last_line(listing.value[position - 1]) + 1
            self._replace_lines(at, at, gap + fragment)
        else:
            at = self._first_line(listing, 0)
            fragment[0] = self._lines[at][:column] + fragment[0][column:]
            moved = " " * column + self._lines[at][column:]
            self._replace_lines(at, at + 1, [*fragment, *gap, moved])

    def remove(self, path: Path) -> None:
        """Take out a key or an item, and a list that becomes empty by it."""
        parent, step = self._collection(path[:-1]), path[-1]
        if len(parent.value) == 1 and len(path) > 1:
            self.remove(path[:-1])
            return
        names = [name.value for name, _ in parent.value] if isinstance(parent, MappingNode) else []
        position = names.index(step) if names else step
        assert isinstance(position, int)
        if parent.flow_style:
            self._retext(self._brackets(parent).without_entry(position))
            return
        first = self._first_line(parent, position)
        after = self._last_line(_held(parent, position)) + 1
        column = parent.start_mark.column
        if self._lines[first][:column].strip() and position == 0:
            # The line begins with the dash of a list in which this stands; what follows moves up behind that dash.
            following = self._first_line(parent, 1)
            moved = self._lines[first][:column] + self._lines[following][column:]
            self._replace_lines(first, following + 1, [*self._lines[after:following], moved])
            return
        blank = first > 0 and not self._lines[first - 1].strip()
        while blank and after < len(self._lines) and not self._lines[after].strip():
            after += 1
        self._replace_lines(first, after, [])

    def scalars(self, wanted: Callable[[Path, str], bool]) -> list[Path]:
        """The paths of all single values for which `wanted` says yes."""
        found: list[Path] = []
        stack: list[tuple[Path, Node]] = [((), self._node(()))]
        while stack:
            path, node = stack.pop()
            if isinstance(node, MappingNode):
                stack.extend(((*path, name.value), held) for name, held in reversed(node.value))
            elif isinstance(node, SequenceNode):
                stack.extend(((*path, at), held) for at, held in reversed(list(enumerate(node.value))))
            elif wanted(path, node.value):
                found.append(path)
        return found

    def _align(self, path: Path, items: Sequence[object]) -> None:
        """Make a list another one by adding, taking out and changing single items, from the last to the first."""
        before = [repr(item) for item in self.data(path)]
        steps = SequenceMatcher(None, before, [repr(item) for item in items], autojunk=False).get_opcodes()
        for _, start, end, new_start, new_end in reversed(steps):
            paired = min(end - start, new_end - new_start)
            for position in reversed(range(start + paired, end)):
                self.remove((*path, position))
            for item in reversed(items[new_start + paired : new_end]):
                self.insert(path, start + paired, item)
            for position in range(paired):
                self.change((*path, start + position), items[new_start + position])

    def _outgrown(self, path: Path, node: CollectionNode, value: Mapping[str, object] | Sequence[object]) -> bool:
        """Whether a value that stood on one line between brackets is better written anew, on several."""
        one_line = node.flow_style and node.start_mark.line == node.end_mark.line
        held = value.values() if isinstance(value, Mapping) else value
        return one_line and bool(path) and not self._collection(path[:-1]).flow_style and not is_small(held)

    def _replace(self, path: Path, node: Node, value: object) -> None:
        """Write another value in the place of a whole one."""
        parent, step = (self._collection(path[:-1]), path[-1]) if path else (None, "")
        between_brackets = parent is None or bool(parent.flow_style)
        scalar = not isinstance(value, Mapping | list | tuple)
        if scalar or between_brackets:
            written = [render_inline(value, between_brackets=between_brackets)]
        elif isinstance(step, str):
            written = render({step: value}, self._offset()).splitlines()
        else:
            written = render([value], self._offset()).splitlines()
        inline = not isinstance(node, CollectionNode) or bool(node.flow_style)
        if inline and len(written) == 1:
            name = "" if scalar or between_brackets else "-" if isinstance(step, int) else f"{step}:"
            self._retext(self._with_value(node, written[0].removeprefix(name).strip()))
            return
        assert parent is not None
        position = step if isinstance(step, int) else [name.value for name, _ in parent.value].index(step)
        column = parent.start_mark.column
        if scalar:
            written = [f"- {written[0]}" if isinstance(step, int) else f"{step}: {written[0]}"]
        first, after = self._first_line(parent, position), self._last_line(node) + 1
        written = [self._line(one, column) for one in written]
        head = self._lines[first][:column] + written[0][column:].rstrip("\r\n")
        written[0] = head + self._remark(node) + self._newline
        self._replace_lines(first, after, written)

    def _with_value(self, node: Node, written: str) -> str:
        """The text with a value in the place of one that has a beginning and an end on its lines."""
        start, end = self._at(node.start_mark), self._at(node.end_mark)
        if isinstance(node, ScalarNode) and node.style in _BLOCK_STYLES:
            end = sum(map(len, self._lines[: self._last_line(node) + 1]))
            written += self._remark(node) + (self._newline if self.text[:end].endswith("\n") else "")
        return self.text[:start] + written + self.text[end:]

    def _remark(self, node: Node) -> str:
        """The comment behind a value, or behind the sign with which a text of several lines begins."""
        if isinstance(node, CollectionNode) and not node.flow_style:
            return ""
        folded = isinstance(node, ScalarNode) and node.style in _BLOCK_STYLES
        mark = node.start_mark if folded else node.end_mark
        rest = self._lines[mark.line][mark.column :].rstrip("\r\n") if mark.line < len(self._lines) else ""
        found = _REMARK.search(rest) if folded else _REMARK.match(rest)
        return found[0] if found else ""

    def _brackets(self, node: CollectionNode) -> Brackets:
        pairs = node.value if isinstance(node, MappingNode) else [(held, held) for held in node.value]
        entries = tuple((self._at(name.start_mark), self._at(held.end_mark)) for name, held in pairs)
        return Brackets(self.text, (self._at(node.start_mark), self._at(node.end_mark)), entries)

    def _at(self, mark: StreamMark) -> int:
        return sum(map(len, self._lines[: mark.line])) + int(mark.column)

    def _retext(self, text: str) -> None:
        self._lines, self._root = text.splitlines(keepends=True), None

    def _replace_lines(self, first: int, after: int, fragment: list[str]) -> None:
        if first > 0 and fragment and not self._lines[first - 1].endswith("\n"):
            self._lines[first - 1] += self._newline
        self._lines[first:after] = fragment
        self._root = None

    def _node(self, path: Path) -> Node:
        if self._root is None:
            try:
                self._root = YAML(typ="base").compose(self.text)
            except YAMLError as error:
                mark = getattr(error, "problem_mark", None)
                place = line(mark.line + 1) if mark else ""
                raise CodebookError(
                    "This change cannot be made here, because of how the lines are laid out ({place}); change the text "
                    "itself.",
                    place=place,
                ) from error
        node = self._root
        for step in path:
            if isinstance(step, str) and isinstance(node, MappingNode):
                node = {name.value: held for name, held in node.value}[step]
            elif isinstance(step, int) and isinstance(node, SequenceNode):
                node = node.value[step]
            else:
                raise KeyError(step)
        return node

    def _collection(self, path: Path) -> CollectionNode:
        node = self._node(path)
        if not isinstance(node, CollectionNode):
            raise KeyError(path[-1])
        return node

    def _first_line(self, parent: CollectionNode, position: int) -> int:
        """The number of the line on which a key or an item begins: that of the dash, which can stand by itself."""
        if isinstance(parent, MappingNode):
            return int(parent.value[position][0].start_mark.line)
        number, column = int(parent.value[position].start_mark.line), parent.start_mark.column
        earliest = self._last_line(parent.value[position - 1]) + 1 if position else int(parent.start_mark.line)
        while number > earliest and not re.match(r"-\s", self._lines[number][column:]):
            number -= 1
        return number

    def _last_line(self, node: Node) -> int:
        """The number of the last line with something of the node; comments and blank lines after it are not its own."""
        while isinstance(node, CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            if isinstance(last, tuple):
                # Where nothing stands behind a key, the "nothing" is said to stand further on.
                node = last[0] if isinstance(last[1], ScalarNode) and _nothing(last[1]) else last[1]
            else:
                node = last
        last_line = int(node.end_mark.line)
        if isinstance(node, ScalarNode) and node.style in _BLOCK_STYLES:
            last_line -= node.end_mark.column == 0
            while last_line > node.start_mark.line and not self._lines[last_line].strip():
                last_line -= 1
        return min(last_line, len(self._lines) - 1)

    def _gap(self, listing: CollectionNode) -> list[str]:
        """The blank line that separates the items of this list, if its writer uses one."""
        pairs = pairwise(listing.value)
        between = [self._lines[self._last_line(one) + 1 : other.start_mark.line] for one, other in pairs]
        apart = bool(between) and all(any(not one.strip() for one in lines) for lines in between)
        return [self._newline] if apart else []

    def _fragment(self, value: object, column: int) -> list[str]:
        return [self._line(one, column) for one in render(value, offset=self._offset()).splitlines()]

    def _line(self, written: str, column: int) -> str:
        return (" " * column + written if written.strip() else "") + self._newline

    def _offset(self) -> int:
        """How far the dashes of this file's lists stand in."""
        node = self._root
        pairs = node.value if isinstance(node, MappingNode) else []
        blocks = (held for _, held in pairs if isinstance(held, SequenceNode) and not held.flow_style)
        return min(next((int(held.start_mark.column) for held in blocks), 2), 4)


def _held(parent: CollectionNode, position: int) -> Node:
    entry: Node | tuple[Node, Node] = parent.value[position]
    return entry[1] if isinstance(entry, tuple) else entry


def _nothing(node: ScalarNode) -> bool:
    return not node.value and not node.style
