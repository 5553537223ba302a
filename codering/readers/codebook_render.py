"""Plain data as YAML, in the style of our codebooks."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from codering.errors import CodebookError
from codering.readers.codebook_nodes import UNFIT

_WIDE: Final = 80
_AMBIGUOUS: Final = re.compile(r"(yes|no|on|off|true|false|null|~|[-+]?[\d.]+|\d{4}-\d\d?-\d\d?)\Z", re.IGNORECASE)
# What the writer leaves without quotes, or folds, and a reader takes for a key or for a break of the line. Between
# brackets that is every question mark too: "Heb jij tijd?" there needs quotes.
_UNSAFE: Final = re.compile("[\x85\u2028\u2029]|\\A[:?]")
_UNSAFE_BETWEEN_BRACKETS: Final = re.compile("[\x85\u2028\u2029?:]")
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
    """A text that stood without quotes and can stand so again: a number stays a number, to the last zero."""

    __slots__ = ()


class _Representer(RoundTripRepresenter):
    """The usual one, that also knows what is to be written as it was."""


def _as_written(representer: RoundTripRepresenter, written: _Written) -> ScalarNode:
    node: ScalarNode = representer.represent_scalar(_tag(written), str(written))
    return node


_Representer.add_representer(_Written, _as_written)


def render(value: object, offset: int = 2) -> str:
    """Write plain data as YAML, in the style of our codebooks."""
    if isinstance(value, str):
        return render_inline(value, between_brackets=False)
    if isinstance(value, Mapping):
        return _dumped(CommentedMap((_name(key), _styled(held, key)) for key, held in value.items()), offset)
    assert isinstance(value, Sequence)
    # ruamel.yaml indents a list at the top as it would within a mapping.
    lines = _dumped(CommentedSeq(map(_styled, value)), offset).splitlines(keepends=True)
    return "".join(line[offset:] for line in lines)


def render_inline(value: object, *, between_brackets: bool = True) -> str:
    """Write plain data as YAML on one line; `between_brackets` if it comes to stand between brackets or braces."""
    if between_brackets and isinstance(value, str):  # The writer must know, because more texts need quotes there.
        return render_inline([value], between_brackets=False)[1:-1]
    return _dumped(CommentedMap(x=_flow(value, between_brackets=False)), 2).removeprefix("x:").strip(" \n")


def _dumped(data: CommentedMap | CommentedSeq, offset: int) -> str:
    writer = YAML()
    writer.Representer = _Representer
    writer.width = sys.maxsize
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=offset + 2, offset=offset)
    stream = io.StringIO()
    writer.dump(data, stream)
    return stream.getvalue()


def _styled(value: object, key: str = "") -> Any:  # noqa: ANN401
    """Mark what fits on a line to be written on one line, and texts that need quotes."""
    if isinstance(value, Mapping):
        if is_small(value.values()) and not _UPRIGHT & value.keys():
            return _flow(value)
        return CommentedMap((_name(name), _styled(held, name)) for name, held in value.items())
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Sequence):
        if key and key not in _UPRIGHT and is_small(value):
            return _flow(value)
        return CommentedSeq(_styled(held, "-") for held in value)
    return value


def _flow(value: object, *, between_brackets: bool = True) -> Any:  # noqa: ANN401
    """Mark data to be written on one line."""
    if isinstance(value, str):
        return _text(value, between_brackets=between_brackets)
    flowing: CommentedMap | CommentedSeq
    if isinstance(value, Mapping):
        flowing = CommentedMap((_name(name), _flow(held)) for name, held in value.items())
    elif isinstance(value, Sequence):
        flowing = CommentedSeq(map(_flow, value))
    else:
        return value
    flowing.fa.set_flow_style()
    return flowing


def _text(value: str, *, between_brackets: bool = False) -> str:
    """Mark a text that needs quotes; what stood without quotes and is no text stays as it was written."""
    if isinstance(value, _Written) and not _tag(value).endswith(":str"):
        return value
    if unfit := UNFIT.search(value):
        raise CodebookError(
            "The character {character} cannot stand in a codebook; remove it.", character=f"U+{ord(unfit[0]):04X}"
        )
    unsafe = _UNSAFE_BETWEEN_BRACKETS if between_brackets else _UNSAFE
    if _AMBIGUOUS.match(value) or unsafe.search(value):
        quoted: str = DoubleQuotedScalarString(value)
        return quoted
    return str(value)


def _name(key: str) -> str:
    """Mark a key that needs quotes; "yes" and "no" need none here."""
    return _text(key, between_brackets=True) if _UNSAFE_BETWEEN_BRACKETS.search(key) else str(key)


def _tag(written: str) -> str:
    """What YAML takes a text without quotes for."""
    return str(VersionedResolver(version=(1, 2)).resolve(ScalarNode, str(written), (True, False)))


def is_small(values: Iterable[object]) -> bool:
    """Whether values, and short lists of them, fit on a line."""
    inner = [held for value in values for held in (value if isinstance(value, list | tuple) else (value,))]
    return len(str(inner)) < _WIDE and all(isinstance(held, str | int | float) for held in inner)
