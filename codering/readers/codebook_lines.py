"""Changing values in a YAML text and nothing else.

A YAML library that writes a whole file back moves comments and breaks lines anew, and a colleague who looks at the
difference no longer sees what changed. Here only the characters of the value concerned are replaced; every other
character of the file stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from codering.readers.codebook_places import Path, Places, is_lines
from codering.readers.codebook_render import is_small, plain_data, render, render_inline


class YamlLines:
    """A YAML text in which single values can be replaced.

    Parameters
    ----------
    text
        Valid YAML without aliases; a mapping at the top.
    """

    def __init__(self, text: str) -> None:
        self._now = Places(text)
        self._newline: Final = "\r\n" if "\r\n" in text else "\n"

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._now.text

    def has(self, path: Path) -> bool:
        """Whether a value stands at a path."""
        try:
            self._now.node(path)
        except LookupError:
            return False
        return True

    def data(self, path: Path) -> Any:  # noqa: ANN401
        """The value at a path as plain data; every scalar is text."""
        return plain_data(self._now.node(path))

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
        mapping = self._now.collection(path)
        names = [name.value for name, _ in mapping.value]
        if key in names:
            self.change((*path, key), value)
            return
        before = [names.index(name) for name in order[: order.index(key)] if name in names] if key in order else []
        position = before[-1] if before else len(names) - 1
        if mapping.flow_style:
            entry = render_inline({key: value})[1:-1]
            self._retext(self._now.brackets(mapping).with_entry(position + 1, entry))
            return
        after = self._now.last_line(mapping.value[position][1]) + 1
        self._replace_lines(after, after, self._fragment({key: value}, mapping.start_mark.column))

    def change(self, path: Path, value: object) -> None:
        """Give the value at a path another content; of a list or a mapping, only the parts that differ are touched."""
        node = self._now.node(path)
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
        self.insert(path, len(self._now.collection(path).value), value)

    def insert(self, path: Path, position: int, value: object) -> None:
        """Add an item to the list at `path`, before the item that now has the position."""
        listing = self._now.collection(path)
        if not listing.value:
            self._replace(path, listing, [value])
            return
        if listing.flow_style:
            self._retext(self._now.brackets(listing).with_entry(position, render_inline(value)))
            return
        column = listing.start_mark.column
        fragment = self._fragment([value], column)
        gap = [self._newline] if self._now.apart(listing) else []
        if position:  # Straight after the item before it: a comment above the next item stays with that.
            at = self._now.last_line(listing.value[position - 1]) + 1
            self._replace_lines(at, at, gap + fragment)
        else:
            at = self._now.first_line(listing, 0)
            fragment[0] = self._now.lines[at][:column] + fragment[0][column:]
            moved = " " * column + self._now.lines[at][column:]
            self._replace_lines(at, at + 1, [*fragment, *gap, moved])

    def remove(self, path: Path) -> None:
        """Take out a key or an item, and a list that becomes empty by it."""
        parent, step = self._now.collection(path[:-1]), path[-1]
        if len(parent.value) == 1 and len(path) > 1:
            self.remove(path[:-1])
            return
        names = [name.value for name, _ in parent.value] if isinstance(parent, MappingNode) else []
        position = names.index(step) if names else step
        assert isinstance(position, int)
        if parent.flow_style:
            self._retext(self._now.brackets(parent).without_entry(position))
            return
        first = self._now.first_line(parent, position)
        after = self._now.last_line(_held(parent, position)) + 1
        column = parent.start_mark.column
        if self._now.lines[first][:column].strip() and position == 0:
            # The line begins with the dash of a list in which this stands; what follows moves up behind that dash.
            following = self._now.first_line(parent, 1)
            moved = self._now.lines[first][:column] + self._now.lines[following][column:]
            self._replace_lines(first, following + 1, [*self._now.lines[after:following], moved])
            return
        blank = first > 0 and not self._now.lines[first - 1].strip()
        while blank and after < len(self._now.lines) and not self._now.lines[after].strip():
            after += 1
        self._replace_lines(first, after, [])

    def scalars(self, wanted: Callable[[Path, str], bool]) -> list[Path]:
        """The paths of all single values for which `wanted` says yes."""
        found: list[Path] = []
        stack: list[tuple[Path, Node]] = [((), self._now.node(()))]
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
        return one_line and bool(path) and not self._now.collection(path[:-1]).flow_style and not is_small(held)

    def _replace(self, path: Path, node: Node, value: object) -> None:
        """Write another value in the place of a whole one."""
        parent, step = (self._now.collection(path[:-1]), path[-1]) if path else (None, "")
        between_brackets = parent is None or bool(parent.flow_style)
        scalar = not isinstance(value, Mapping | list | tuple)
        if scalar or between_brackets:
            written = [render_inline(value, between_brackets=between_brackets)]
        elif isinstance(step, str):
            written = render({step: value}, self._now.offset).splitlines()
        else:
            written = render([value], self._now.offset).splitlines()
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
        first, after = self._now.first_line(parent, position), self._now.last_line(node) + 1
        written = [self._line(one, column) for one in written]
        head = self._now.lines[first][:column] + written[0][column:].rstrip("\r\n")
        written[0] = head + self._now.remark(node) + self._newline
        self._replace_lines(first, after, written)

    def _with_value(self, node: Node, written: str) -> str:
        """The text with a value in the place of one that has a beginning and an end on its lines."""
        start, end = self._now.at(node.start_mark), self._now.at(node.end_mark)
        if is_lines(node):
            end = sum(map(len, self._now.lines[: self._now.last_line(node) + 1]))
            written += self._now.remark(node) + (self._newline if self.text[:end].endswith("\n") else "")
        return self.text[:start] + written + self.text[end:]

    def _replace_lines(self, first: int, after: int, fragment: Sequence[str]) -> None:
        before = "".join(self._now.lines[:first])
        if before and fragment and not before.endswith("\n"):
            before += self._newline
        self._retext(before + "".join((*fragment, *self._now.lines[after:])))

    def _retext(self, text: str) -> None:
        self._now = Places(text)

    def _fragment(self, value: object, column: int) -> list[str]:
        return [self._line(one, column) for one in render(value, offset=self._now.offset).splitlines()]

    def _line(self, written: str, column: int) -> str:
        return (" " * column + written if written.strip() else "") + self._newline


def _held(parent: CollectionNode, position: int) -> Node:
    entry: Node | tuple[Node, Node] = parent.value[position]
    return entry[1] if isinstance(entry, tuple) else entry
