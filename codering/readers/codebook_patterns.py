"""Reading what a rule looks for: the pattern language of ``docs/rules.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from codering.errors import Problem
from codering.patterns import (
    AllOf,
    Answer,
    AnyOf,
    Near,
    Number,
    Pattern,
    Separable,
    Several,
    Within,
    Without,
    Word,
)
from codering.readers.codebook_fields import Fields, Findings, closest, text_of
from codering.readers.codebook_nodes import Listing, Node, Scalar, node_of
from codering.readers.codebook_nodes import Mapping as KeyedNode
from codering.readers.codebook_phrases import UNIFORM, phrase_of

OPERATORS: Final[dict[str, tuple[str, ...]]] = {
    "any": ("not",),
    "all": ("within", "not"),
    "near": ("within", "order", "not"),
    "several": ("double", "least"),
    "family": (),
    "verb": ("within",),
    "number": (),
    "answer": (),
}
"""What a pattern with a key can be, and which keys may stand next to it."""

_SEPARABLE: Final = re.compile(r"([^\W\d_]+)\+([^\W\d_]+)\Z")


def parse_pattern(data: object, place: str = "", source: str = "") -> tuple[Pattern | None, tuple[Problem, ...]]:
    """Read a pattern from plain data.

    Parameters
    ----------
    data
        A text, list or mapping as ``docs/rules.md`` describes.
    place
        Named in problems, for example ``match``.
    source
        The file or object that problems are said to be in.

    Returns
    -------
    pattern : Pattern or None
        None if the data is no pattern.
    problems : tuple of Problem
        All that is wrong.
    """
    found = Findings(source)
    pattern = pattern_of(node_of(data), place, found)
    return (None if found.errors else pattern), tuple(found.errors)


def pattern_of(node: Node, path: str, found: Findings) -> Pattern | None:
    """Read a pattern from a codebook's tree; None, and at least one error noted, if it is none."""
    if isinstance(node, Scalar):
        return phrase_of(node, path, found)
    if isinstance(node, Listing):
        if not node.items:
            found.error("The list is empty; at least one is needed.", node, path)
            return None
        return _any_of(((item, f"{path}[{index}]") for index, item in enumerate(node.items)), found)
    return _operation(node, path, found)


def _operation(node: KeyedNode, path: str, found: Findings) -> Pattern | None:
    keys = [key.text for key, _ in node.pairs]
    operators = [key for key in keys if key in OPERATORS]
    if not operators:
        meant = next(filter(None, (closest(key, OPERATORS) for key in keys)), None)
        if meant:
            found.error("Unknown key {key}; did you mean {meant}?", node, path, key=", ".join(keys), meant=meant)
        else:
            found.error(
                "Expected a text, a list or one of {keys}. (A text with a colon or a comma needs quotes.)",
                node,
                path,
                keys=", ".join(OPERATORS),
            )
        return None
    if len(set(operators)) > 1:
        found.error(
            "{keys} stand next to each other; put one within the other, or both in all.",
            node,
            path,
            keys=", ".join(operators),
        )
        return None
    operator = operators[0]
    fields = Fields(node, path, (operator, *OPERATORS[operator]), found)
    before = len(found.errors)
    pattern = _READERS[operator](fields, found)
    if pattern is not None and "not" in OPERATORS[operator]:
        pattern = _without(pattern, fields, found)
    if pattern is None and len(found.errors) == before:
        found.error("This is not a pattern.", node, path)
    return pattern


def _any_of(items: Iterable[tuple[Node, str]], found: Findings) -> Pattern | None:
    read = [pattern_of(item, path, found) for item, path in items]
    patterns = tuple(pattern for pattern in read if pattern is not None)
    if len(patterns) < len(read) or not patterns:
        return None
    return patterns[0] if len(patterns) == 1 else AnyOf(patterns)


def _without(pattern: Pattern, fields: Fields, found: Findings) -> Pattern | None:
    """Take out what the key ``not`` excludes."""
    read = [pattern_of(item, path, found) for item, path in fields.one_or_more("not")]
    exclude = tuple(part for part in read if part is not None)
    if len(exclude) < len(read):
        return None
    return Without(pattern, exclude) if exclude else pattern


def _any(fields: Fields, found: Findings) -> Pattern | None:
    return _any_of(fields.items("any", required=True), found)


def _parts(fields: Fields, key: str, found: Findings) -> tuple[Pattern, ...]:
    items = fields.items(key, required=True)
    if items and len(items) < 2:
        found.error("{key} needs at least two parts.", items[0][0], items[0][1], key=key)
        return ()
    read = [pattern_of(item, path, found) for item, path in items]
    patterns = tuple(pattern for pattern in read if pattern is not None)
    return patterns if len(patterns) == len(read) else ()


def _all(fields: Fields, found: Findings) -> Pattern | None:
    patterns = _parts(fields, "all", found)
    within = fields.choice("within", ("sentence", "turn")) or "sentence"
    return AllOf(patterns, Within(within)) if patterns else None


def _near(fields: Fields, found: Findings) -> Pattern | None:
    patterns = _parts(fields, "near", found)
    node = fields.get("within")
    within: int | Within = 6
    if isinstance(node, Scalar) and node.text in {"sentence", "turn"}:
        within = Within(node.text)
    elif isinstance(node, Scalar) and not node.text[:1].isalpha():
        within = _whole(fields, "within", 6, low=0, high=100)
    elif node is not None:
        found.error("Expected a number of words, sentence or turn.", node, fields.at("within"))
    order = fields.choice("order", ("fixed", "any"))
    return Near(patterns, within, order == "fixed") if patterns else None


def _several(fields: Fields, found: Findings) -> Pattern | None:
    least = _whole(fields, "least", 2, low=2, high=50)
    single, double = (
        [pattern_of(item, path, found) for item, path in fields.items(key, required=needed)]
        for key, needed in (("several", True), ("double", False))
    )
    if not single or None in single or None in double:
        return None
    return Several(tuple(filter(None, single)), tuple(filter(None, double)), least)


def _family(fields: Fields, found: Findings) -> Pattern | None:
    node = fields.get("family", required=True)
    if node is None:
        return None
    inner = Fields(node, fields.at("family"), ("words", "not"), found)
    forms = _forms(inner, "words", found)
    exclude = _forms(inner, "not", found)
    if not forms and isinstance(node, KeyedNode) and "words" not in inner:
        found.error("The key {key} is missing.", node, inner.path, key="words")
    return Word(forms, exclude) if forms else None


def _forms(fields: Fields, key: str, found: Findings) -> tuple[str, ...]:
    words = (_word(item, path, found) for item, path in fields.one_or_more(key))
    return tuple(dict.fromkeys(form for word in words if word for form in word.forms))


def _verb(fields: Fields, found: Findings) -> Pattern | None:
    node, within = fields.get("verb", required=True), _whole(fields, "within", 12, low=1, high=100)
    if node is None:
        return None
    written = text_of(node, fields.at("verb"), found).lower().translate(UNIFORM)
    separable = _SEPARABLE.match(written)
    if not written:
        return None
    if not separable:
        found.error(
            "Expected a separable verb with + between its parts, such as af+rekenen; found {found}.",
            node,
            fields.at("verb"),
            found=written,
        )
        return None
    return Separable(separable[1], separable[2], within)


def _number(fields: Fields, found: Findings) -> Pattern | None:
    path = fields.at("number")
    node = next((value for key, value in fields.node.pairs if key.text == "number"), None)  # type: ignore[union-attr]
    if node is None or (isinstance(node, Scalar) and node.empty):
        return Number()
    inner = Fields(node, path, ("min", "max", "unit"), found)
    low, high = inner.number("min"), inner.number("max")
    if low is not None and high is not None and low > high:
        found.error("The smallest number is larger than the largest.", inner.key("min"), inner.at("min"))
    words = [_word(item, at, found) for item, at in inner.one_or_more("unit")]
    return Number(low, high, tuple(word for word in words if word))


def _answer(fields: Fields, _found: Findings) -> Pattern | None:
    says = fields.choice("answer", ("ja", "nee"))
    return None if says is None else Answer(says == "ja")


def _whole(fields: Fields, key: str, default: int, *, low: int, high: int) -> int:
    value = fields.number(key, low=low, high=high, whole=True)
    return default if value is None else int(value)


def _word(node: Node, path: str, found: Findings) -> Word | None:
    """Read a single word, with alternatives and wildcards, but no gaps or spaces."""
    before = len(found.errors)
    pattern = pattern_of(node, path, found) if isinstance(node, Scalar) else None
    if isinstance(pattern, Word):
        return pattern
    if len(found.errors) == before:
        found.error("Expected a single word here; use near or any for more words.", node, path)
    return None


_READERS: Final = {
    "any": _any,
    "all": _all,
    "near": _near,
    "several": _several,
    "family": _family,
    "verb": _verb,
    "number": _number,
    "answer": _answer,
}
