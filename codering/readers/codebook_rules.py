"""Reading the rules of a code."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from codering.codebooks import Rule
from codering.codings import Stance
from codering.errors import Message
from codering.patterns import Context, Pattern, Word
from codering.readers.codebook_blocks import LARGEST, block_names, broad_blocks, size, sizes, too_broad
from codering.readers.codebook_fields import IDENTIFIER, Fields, Findings, closest, text_of
from codering.readers.codebook_nodes import Mapping as KeyedNode
from codering.readers.codebook_nodes import Node, Scalar
from codering.readers.codebook_patterns import pattern_of

RULE_KEYS: Final = (
    "id",
    "reason",
    "match",
    "unless",
    "unless_in_turn",
    "requires",
    "context",
    "weight",
    "stance",
    "yes",
    "no",
)
CONTEXT_KEYS: Final = (
    "previous",
    "recent",
    "soon",
    "unclaimed",
    "question",
    "neighbour",
    "speaker",
    "inherit",
    "longest",
    "topic",
    "shortest",
    "states",
)
STANCES: Final = tuple(stance.value for stance in Stance)

_COMPARISON: Final = re.compile(r"(>=|<=|>|<)\s*(.*)\Z", re.DOTALL)
_NOWHERE: Final = Word(("",))  # Stands in for a pattern with a mistake; the codebook is refused then.


@dataclass(slots=True)
class Mentions:
    """Names that are given and used, to be checked when everything is known.

    Attributes
    ----------
    declared, rules
        Id of a code (a rule) where it is given, with node and path.
    blocks
        Name of a building block, node and path of the pattern that names it.
    codes
        Id of a code, and where it is named.
    near_misses
        Id of a code that a near miss is said to carry instead, and where.
    breadth
        Patterns that stand by themselves, to be refused if they match nearly everything.
    """

    declared: list[tuple[str, Node, str]] = field(default_factory=list)
    rules: list[tuple[str, Node, str]] = field(default_factory=list)
    blocks: list[tuple[str, Node, str]] = field(default_factory=list)
    codes: list[tuple[str, Node, str]] = field(default_factory=list)
    near_misses: list[tuple[str, Node, str]] = field(default_factory=list)
    breadth: list[tuple[Pattern, Node, str]] = field(default_factory=list)


def rules_of(fields: Fields, code: str, found: Findings, mentions: Mentions) -> tuple[Rule, ...]:
    """Read the rules under the key ``rules`` of a code."""
    return tuple(_rule(node, path, code, found, mentions) for node, path in fields.items("rules"))


def _rule(node: Node, path: str, code: str, found: Findings, mentions: Mentions) -> Rule:
    fields = Fields(node, path, RULE_KEYS, found)
    pattern = _pattern(fields, "match", found, mentions, required=True)
    unless = _patterns(fields, "unless", found, mentions)
    unless_in_turn = _patterns(fields, "unless_in_turn", found, mentions)
    requires = _patterns(fields, "requires", found, mentions)
    context = _context(fields, found, mentions)
    weight = fields.number("weight", high=1, open_low=True)
    stance = fields.choice("stance", STANCES)
    guarded = requires or (
        context
        and (context.previous or context.recent or context.soon or context.question or context.topic or context.inherit)
    )
    if pattern is not None and not guarded:
        mentions.breadth.append((pattern, fields.key("match"), fields.at("match")))
    return Rule(
        id=_rule_id(fields, code, found, mentions),
        reason=fields.text("reason", required=True),
        pattern=pattern or _NOWHERE,
        unless=unless,
        unless_in_turn=unless_in_turn,
        requires=requires,
        context=context,
        weight=0.7 if weight is None else weight,
        stance=Stance(stance) if stance else None,
        matches=fields.text_list("yes", required=True),
        misses=fields.text_list("no", required=True),
    )


def _rule_id(fields: Fields, code: str, found: Findings, mentions: Mentions) -> str:
    """Read an id, short (``aantal``) or full (``cl_omvang.aantal``); in full."""
    node = fields.get("id", required=True)
    if node is None:
        return ""
    written = node.text if isinstance(node, Scalar) else ""
    owner, dot, name = written.rpartition(".")
    if dot and owner != code:
        found.error(
            "The rule stands under {code}, so its id is {code}.{name} or just {name}; found {found}.",
            node,
            fields.at("id"),
            code=code,
            name=name,
            found=written,
        )
    elif not IDENTIFIER.match(name):
        found.error(
            "An id begins with a small letter and holds small letters, digits and _ only; found {found}.",
            node,
            fields.at("id"),
            found=written or Message("something else"),
        )
    else:
        mentions.rules.append((f"{code}.{name}", node, fields.at("id")))
    return f"{code}.{name}"


def _pattern(
    fields: Fields, key: str, found: Findings, mentions: Mentions, *, required: bool = False
) -> Pattern | None:
    node = fields.get(key, required=required)
    if node is None:
        return None
    return _noted(pattern_of(node, fields.at(key), found), node, fields.at(key), mentions)


def _patterns(fields: Fields, key: str, found: Findings, mentions: Mentions) -> tuple[Pattern, ...]:
    read = (_noted(pattern_of(node, path, found), node, path, mentions) for node, path in fields.one_or_more(key))
    return tuple(pattern for pattern in read if pattern is not None)


def _noted(pattern: Pattern | None, node: Node, path: str, mentions: Mentions) -> Pattern | None:
    if pattern is not None:
        mentions.blocks.extend((name, node, path) for name in block_names(pattern))
    return pattern


def _context(fields: Fields, found: Findings, mentions: Mentions) -> Context | None:
    node = fields.get("context")
    if node is None:
        return None
    inner = Fields(node, fields.at("context"), CONTEXT_KEYS, found)
    if isinstance(node, KeyedNode) and not node.pairs:
        found.error("Expected one of {keys}; found nothing.", node, inner.path, keys=", ".join(CONTEXT_KEYS))
    longest = inner.number("longest", low=1, whole=True)
    shortest = inner.number("shortest", low=1, whole=True)
    return Context(
        previous=_codes(inner, "previous", found, mentions),
        question=_pattern(inner, "question", found, mentions),
        neighbour=_codes(inner, "neighbour", found, mentions),
        speaker=_speaker(inner, found),
        inherit=inner.boolean("inherit"),
        longest=None if longest is None else int(longest),
        topic=_pattern(inner, "topic", found, mentions),
        shortest=None if shortest is None else int(shortest),
        states=inner.boolean("states"),
        recent=_codes(inner, "recent", found, mentions),
        soon=_codes(inner, "soon", found, mentions),
        unclaimed=inner.boolean("unclaimed"),
    )


def _codes(fields: Fields, key: str, found: Findings, mentions: Mentions) -> tuple[str, ...]:
    named: list[str] = []
    for node, path in fields.one_or_more(key):
        code = text_of(node, path, found)
        if code:
            mentions.codes.append((code, node, path))
            named.append(code)
    return tuple(named)


def _speaker(fields: Fields, found: Findings) -> tuple[tuple[str, str], ...]:
    node = fields.get("speaker")
    if node is None:
        return ()
    path = fields.at("speaker")
    if not isinstance(node, KeyedNode):
        found.error("Expected attributes with values, such as functie: klantmanager.", node, path)
        return ()
    attributes: dict[str, str] = {}
    for key, value in node.pairs:
        at = f"{path}.{key.text}"
        if key.text in attributes:
            found.error(
                "The key {key} stands here twice (first in line {first}); keep one.",
                key,
                at,
                key=key.text,
                first=node.line,
            )
            continue
        if not isinstance(value, Scalar) or value.empty:
            found.error("Expected a text or a number.", value, at)
            continue
        comparison = _COMPARISON.match(value.text)
        if comparison and not re.fullmatch(r"-?\d+(\.\d+)?", comparison[2]):
            found.error(
                "Expected a number after {sign}; found {found}.", value, at, sign=comparison[1], found=value.text
            )
        attributes[key.text] = value.text
    return tuple(attributes.items())


def check_mentions(
    mentions: Mentions, codes: Mapping[str, object], blocks: Mapping[str, Pattern], found: Findings
) -> None:
    """Check that no id is used twice, that what is referred to exists, and that no rule fires on everything."""
    for given in (mentions.declared, mentions.rules):
        _check_unique(given, found)
    for name, node, path in mentions.blocks:
        if name not in blocks:
            _unknown_block(name, node, path, blocks, found)
    for code, node, path in mentions.codes:
        if code not in codes:
            meant = closest(code, codes)
            if meant is None:
                found.error("The codebook has no code {found}.", node, path, found=code)
            else:
                found.error(
                    "The codebook has no code {found}; did you mean {meant}?", node, path, found=code, meant=meant
                )
    for code, node, path in mentions.near_misses:
        if code not in codes:
            found.warn("The codebook has no code {found}.", node, path, found=code)
    whole, broad = sizes(blocks), broad_blocks(blocks)
    for pattern, node, path in mentions.breadth:
        word = too_broad(pattern, broad)
        if word:
            found.error(
                "{found} alone fires on nearly every turn; add words to it, or a context or requires.",
                node,
                path,
                found=word,
            )
        if size(pattern, whole) > LARGEST:
            found.error(
                "With its building blocks filled in the pattern has more than {most} parts.", node, path, most=LARGEST
            )


def _check_unique(given: list[tuple[str, Node, str]], found: Findings) -> None:
    first: dict[str, Node] = {}
    for name, node, path in given:
        if name in first:
            found.error(
                "The id {found} is used twice (first in line {first}); an id belongs to one thing.",
                node,
                path,
                found=name,
                first=first[name].line,
            )
        first.setdefault(name, node)


def _unknown_block(name: str, node: Node, path: str, blocks: Mapping[str, Pattern], found: Findings) -> None:
    near = difflib.get_close_matches(name, list(blocks), n=1)
    if near:
        found.error(
            "There is no building block ${found}; did you mean ${meant}?", node, path, found=name, meant=near[0]
        )
    else:
        found.error("There is no building block ${found}; add it under blocks.", node, path, found=name)
