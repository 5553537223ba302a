"""Plain data as YAML, in the style of our codebooks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

_WIDE: Final = 80
_AMBIGUOUS: Final = re.compile(r"(yes|no|on|off|true|false|null|~|[-+]?[\d.]+|\d{4}-\d\d?-\d\d?)\Z", re.IGNORECASE)
_UPRIGHT: Final = frozenset({"yes", "no", "examples", "near_misses", "include", "exclude", "rules", "codes", "themes"})


def plain_data(node: Node) -> Any:  # noqa: ANN401
    """Turn a node into mappings, lists and texts."""
    if isinstance(node, MappingNode):
        return {name.value: plain_data(held) for name, held in node.value}
    if isinstance(node, SequenceNode):
        return [plain_data(held) for held in node.value]
    assert isinstance(node, ScalarNode)
    return str(node.value) if node.style else _Written(node.value)


class _Written(str):
    """A text that stood without quotes and can stand so again: a number stays a number."""

    __slots__ = ()


def render(value: object, offset: int = 2) -> str:
    """Write plain data as YAML, in the style of our codebooks."""
    writer = YAML()
    writer.width = 10_000
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=offset + 2, offset=offset)
    stream = io.StringIO()
    if isinstance(value, str):
        writer.dump(CommentedMap(x=_styled(value)), stream)
        return stream.getvalue().removeprefix("x:").strip()
    if isinstance(value, Mapping):
        writer.dump(CommentedMap((key, _styled(held, key)) for key, held in value.items()), stream)
        return stream.getvalue()
    assert isinstance(value, Sequence)
    writer.dump(CommentedSeq(map(_styled, value)), stream)
    # ruamel.yaml indents a list at the top as it would within a mapping.
    return "".join(line[offset:] for line in stream.getvalue().splitlines(keepends=True))


def _styled(value: object, key: str = "") -> Any:  # noqa: ANN401
    """Mark what fits on a line to be written on one line, and texts that need quotes."""
    if isinstance(value, Mapping):
        mapping = CommentedMap((name, _styled(held, name)) for name, held in value.items())
        if _small(value.values()) and not _UPRIGHT & value.keys():
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, _Written):
        return _number(value)
    if isinstance(value, str):
        return DoubleQuotedScalarString(value) if _AMBIGUOUS.match(value) else value
    if isinstance(value, Sequence):
        listing = CommentedSeq(_styled(held, "-") for held in value)
        if key and key not in _UPRIGHT and _small(value):
            listing.fa.set_flow_style()
        return listing
    return value


def _number(written: str) -> object:
    """The number or truth value that stood there without quotes, if it was one and is written the same way."""
    for convert in (int, float):
        try:
            if str(convert(written)) == written:
                return convert(written)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(written, str(written))


def _small(values: Iterable[object]) -> bool:
    """Whether values, and short lists of them, fit on a line."""
    inner = [held for value in values for held in (value if isinstance(value, list | tuple) else (value,))]
    return len(str(inner)) < _WIDE and all(isinstance(held, str | int | float) for held in inner)
