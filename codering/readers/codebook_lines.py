"""Changing values in a YAML text and nothing else.

A YAML library that writes a whole file back moves comments and breaks lines anew, and a colleague who looks at the
difference no longer sees what changed. Here only the lines of the value concerned are replaced; every other
character of the file stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from codering.readers.codebook_render import plain_data, render

Step = str | int
Path = tuple[Step, ...]
"""The way from the top to a value: keys and positions."""


class YamlLines:
    """A YAML text in which single values can be replaced.

    Parameters
    ----------
    text
        Valid YAML without aliases; a mapping at the top.
    """

    def __init__(self, text: str) -> None:
        self._lines: list[str] = text.splitlines(keepends=True)
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

    def replace_scalar(self, path: Path, value: str) -> None:
        """Put another text in the place of a single value, with the quotes that it needs."""
        node = self._node(path)
        start, end = node.start_mark, node.end_mark
        if start.line != end.line:
            self.put(path[:-1], str(path[-1]), value, ())
            return
        line = self._lines[start.line]
        inline = render(value)
        self._change(start.line, start.line + 1, [line[: start.column] + inline + line[end.column :]])

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
        if mapping.flow_style:
            data = self.data(path)
            self._rewrite(path, {**data, key: value})
            return
        column = mapping.start_mark.column
        keys = {name.value: (name, held) for name, held in mapping.value}
        fragment = self._fragment({key: value}, column)
        if key in keys:
            name, held = keys[key]
            first, last = name.start_mark.line, self._last_line(held)
            fragment[-1] = self._with_remark(fragment[-1], held)
            prefix = self._lines[first][:column]  # of the first key in a list item: "  - "
            fragment[0] = prefix + fragment[0][column:]
            self._change(first, last + 1, fragment)
            return
        before = [name for name in order[: order.index(key)] if name in keys] if key in order else []
        anchor = keys[before[-1]] if before else mapping.value[-1]
        after = self._last_line(anchor[1]) + 1
        self._change(after, after, fragment)

    def append(self, path: Path, value: object, order: Sequence[str]) -> None:
        """Add an item at the end of the list at `path`; the list is made if it is not there."""
        if not self.has(path):
            self.put(path[:-1], str(path[-1]), [value], order)
            return
        self.insert(path, len(self._collection(path).value), value)

    def insert(self, path: Path, position: int, value: object) -> None:
        """Add an item to the list at `path`, before the item that now has the position."""
        listing = self._collection(path)
        if listing.flow_style or not listing.value:
            items = self.data(path)
            items.insert(position, value)
            self._rewrite(path, items)
            return
        fragment = self._fragment([value], listing.start_mark.column)
        gap = self._gap(listing)
        if position:  # Straight after the item before it: a comment above the next item stays with that.
            at = self._last_line(listing.value[position - 1]) + 1
            self._change(at, at, gap + fragment)
        else:
            at = listing.value[0].start_mark.line
            self._change(at, at, fragment + gap)

    def remove(self, path: Path) -> None:
        """Take out a key or an item, and a list that becomes empty by it."""
        parent, step = self._collection(path[:-1]), path[-1]
        if len(parent.value) == 1 and len(path) > 1:
            self.remove(path[:-1])
            return
        if parent.flow_style:
            data = self.data(path[:-1])
            del data[step]
            self._rewrite(path[:-1], data)
            return
        if isinstance(parent, MappingNode):
            position = next(at for at, (name, _) in enumerate(parent.value) if name.value == step)
            name, held = parent.value[position]
            if position == 0:  # The line may hold the dash of a list; write the mapping anew.
                data = self.data(path[:-1])
                del data[step]
                self._rewrite(path[:-1], data)
                return
            first = name.start_mark.line
        else:
            assert isinstance(step, int)
            held = parent.value[step]
            first = held.start_mark.line
        after = self._last_line(held) + 1
        blank = first > 0 and not self._lines[first - 1].strip()
        while blank and after < len(self._lines) and not self._lines[after].strip():
            after += 1
        self._change(first, after, [])

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

    def _rewrite(self, path: Path, value: object) -> None:
        """Write the value at a path anew, as a whole."""
        if isinstance(path[-1], str):
            self.put(path[:-1], path[-1], value, ())
            return
        parent = self._collection(path[:-1])
        if parent.flow_style:
            items = self.data(path[:-1])
            items[path[-1]] = value
            self._rewrite(path[:-1], items)
            return
        held = parent.value[path[-1]]
        fragment = self._fragment([value], parent.start_mark.column)
        self._change(held.start_mark.line, self._last_line(held) + 1, fragment)

    def _change(self, first: int, after: int, fragment: list[str]) -> None:
        if first > 0 and fragment and not self._lines[first - 1].endswith("\n"):
            self._lines[first - 1] += "\n"
        self._lines[first:after] = fragment
        self._root = None

    def _node(self, path: Path) -> Node:
        if self._root is None:
            self._root = YAML(typ="base").compose(self.text)
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
        if isinstance(node, ScalarNode) and node.style in {"|", ">"}:
            last_line -= node.end_mark.column == 0
            while last_line > node.start_mark.line and not self._lines[last_line].strip():
                last_line -= 1
        return min(last_line, len(self._lines) - 1)

    def _with_remark(self, line: str, held: Node) -> str:
        """Keep a comment that stands behind a replaced value."""
        if isinstance(held, ScalarNode) and held.style in {"|", ">"}:
            return line
        if isinstance(held, CollectionNode) and not held.flow_style:
            return line
        rest = self._lines[held.end_mark.line][held.end_mark.column :]
        return line.rstrip("\n") + rest if rest.lstrip().startswith("#") else line

    def _gap(self, listing: CollectionNode) -> list[str]:
        """The blank line that separates the items of this list, if its writer uses one."""
        pairs = pairwise(listing.value)
        between = [self._lines[self._last_line(one) + 1 : other.start_mark.line] for one, other in pairs]
        apart = bool(between) and all(any(not line.strip() for line in lines) for lines in between)
        return ["\n"] if apart else []

    def _fragment(self, value: object, column: int) -> list[str]:
        lines = render(value, offset=self._offset()).splitlines(keepends=True)
        return [" " * column + line if line.strip() else line for line in lines]

    def _offset(self) -> int:
        """How far the dashes of this file's lists stand in."""
        node = self._root
        pairs = node.value if isinstance(node, MappingNode) else []
        blocks = (held for _, held in pairs if isinstance(held, SequenceNode) and not held.flow_style)
        return min(next((int(held.start_mark.column) for held in blocks), 2), 4)


def _nothing(node: ScalarNode) -> bool:
    return not node.value and not node.style
