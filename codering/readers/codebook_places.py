"""Where the values of a YAML text stand: lines, columns, comments behind them, blank lines between them."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import StreamMark, YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from codering.errors import CodebookError, line
from codering.readers.codebook_brackets import Brackets

Step = str | int
Path = tuple[Step, ...]
"""The way from the top to a value: keys and positions."""

_BLOCK_STYLES: Final = frozenset({"|", ">"})
_REMARK: Final = re.compile(r"\s+#.*")


class Places:
    """A YAML text and where its values stand. A changed text is another one.

    Parameters
    ----------
    text
        Valid YAML without aliases; a mapping at the top.
    """

    def __init__(self, text: str) -> None:
        self.text: Final = text
        self.lines: Final = tuple(text.splitlines(keepends=True))

    @cached_property
    def _root(self) -> Node | None:
        try:
            root: Node | None = YAML(typ="base").compose(self.text)
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = line(mark.line + 1) if mark else ""
            raise CodebookError(
                "This change cannot be made here, because of how the lines are laid out ({place}); change the text "
                "itself.",
                place=place,
            ) from error
        return root

    def node(self, path: Path) -> Node:
        """What stands at a path.

        Raises
        ------
        LookupError
            If nothing does.
        CodebookError
            If the text is no YAML, because a change made something else of it.
        """
        node = self._root
        for step in path:
            if isinstance(step, str) and isinstance(node, MappingNode):
                node = {name.value: held for name, held in node.value}[step]
            elif isinstance(step, int) and isinstance(node, SequenceNode):
                node = node.value[step]
            else:
                raise KeyError(step)
        if node is None:
            raise KeyError(path)
        return node

    def collection(self, path: Path) -> CollectionNode:
        """The list or mapping at a path; errors as of :meth:`node`, also if a single value stands there."""
        node = self.node(path)
        if not isinstance(node, CollectionNode):
            raise KeyError(path[-1])
        return node

    def first_line(self, parent: CollectionNode, position: int) -> int:
        """The number of the line on which a key or an item begins: that of the dash, which can stand by itself."""
        if isinstance(parent, MappingNode):
            return int(parent.value[position][0].start_mark.line)
        number, column = int(parent.value[position].start_mark.line), parent.start_mark.column
        earliest = self.last_line(parent.value[position - 1]) + 1 if position else int(parent.start_mark.line)
        while number > earliest and not re.match(r"-\s", self.lines[number][column:]):
            number -= 1
        return number

    def last_line(self, node: Node) -> int:
        """The number of the last line with something of the node; comments and blank lines after it are not its own."""
        while isinstance(node, CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            if isinstance(last, tuple):
                # Where nothing stands behind a key, the "nothing" is said to stand further on.
                node = last[0] if isinstance(last[1], ScalarNode) and _nothing(last[1]) else last[1]
            else:
                node = last
        last_line = int(node.end_mark.line)
        if is_lines(node):
            last_line -= node.end_mark.column == 0
            while last_line > node.start_mark.line and not self.lines[last_line].strip():
                last_line -= 1
        return min(last_line, len(self.lines) - 1)

    def at(self, mark: StreamMark) -> int:
        """The position in the text, in code points from 0."""
        return sum(map(len, self.lines[: mark.line])) + int(mark.column)

    def brackets(self, node: CollectionNode) -> Brackets:
        """A list or mapping that stands between brackets, to add to or take from."""
        pairs = node.value if isinstance(node, MappingNode) else [(held, held) for held in node.value]
        entries = tuple((self.at(name.start_mark), self.at(held.end_mark)) for name, held in pairs)
        return Brackets(self.text, (self.at(node.start_mark), self.at(node.end_mark)), entries)

    def remark(self, node: Node) -> str:
        """The comment behind a value, or behind the sign with which a text of several lines begins."""
        if isinstance(node, CollectionNode) and not node.flow_style:
            return ""
        folded = is_lines(node)
        mark = node.start_mark if folded else node.end_mark
        rest = self.lines[mark.line][mark.column :].rstrip("\r\n") if mark.line < len(self.lines) else ""
        found = _REMARK.search(rest) if folded else _REMARK.match(rest)
        return found[0] if found else ""

    def apart(self, listing: CollectionNode) -> bool:
        """Whether the writer of this list puts a blank line between its items."""
        pairs = pairwise(listing.value)
        between = [self.lines[self.last_line(one) + 1 : other.start_mark.line] for one, other in pairs]
        return bool(between) and all(any(not one.strip() for one in lines) for lines in between)

    @property
    def offset(self) -> int:
        """How far the dashes of this file's lists stand in."""
        node = self._root
        pairs = node.value if isinstance(node, MappingNode) else []
        blocks = (held for _, held in pairs if isinstance(held, SequenceNode) and not held.flow_style)
        return min(next((int(held.start_mark.column) for held in blocks), 2), 4)


def is_lines(node: Node) -> bool:
    """Whether it is a text of several lines behind a ``|`` or a ``>``: it ends where a line stands less far in."""
    return isinstance(node, ScalarNode) and node.style in _BLOCK_STYLES


def _nothing(node: ScalarNode) -> bool:
    return not node.value and not node.style
