"""Reading the themes of a codebook, their codes, examples and figures."""

from __future__ import annotations

from typing import Final

from codering.codebooks import Code, Example, Figure, Label, Theme
from codering.codings import Stance
from codering.readers.codebook_colours import COLOUR, lighter, palette
from codering.readers.codebook_fields import Fields, Findings, text_of
from codering.readers.codebook_nodes import Node, Scalar
from codering.readers.codebook_rules import STANCES, Mentions, rules_of

POSITIVES: Final = 3
"""Utterances that carry a code, below which a codebook is said to be thin."""
NEAR_MISSES: Final = 2
"""Utterances that only look like a code, below which a codebook is said to be thin."""


CODE_KEYS: Final = (
    "id", "label", "definition", "include", "exclude", "section", "colour", "examples", "near_misses", "rules",
)  # fmt: skip
THEME_KEYS: Final = (*CODE_KEYS, "core", "figures", "codes")
LABEL_KEYS: Final = ("nl", "en")
FIGURE_KEYS: Final = ("nl", "en", "percentage", "n", "section")
EXAMPLE_KEYS: Final = ("text", "stance", "why")
NEAR_MISS_KEYS: Final = ("text", "why", "instead")


def label_of(fields: Fields, found: Findings) -> Label:
    """Read a name in two languages."""
    node = fields.get("label", required=True)
    if node is None:
        return Label("", "")
    inner = Fields(node, fields.at("label"), LABEL_KEYS, found)
    return Label(inner.text("nl", required=True), inner.text("en", required=True))


def theme_of(node: Node, path: str, position: int, found: Findings, mentions: Mentions) -> Theme:
    """Read a theme, which is a code too, and its codes."""
    fields = Fields(node, path, THEME_KEYS, found)
    colour = _colour(fields, palette(position), found)
    own = _code(fields, "", colour, found, mentions)
    codes = []
    for index, (item, place) in enumerate(fields.items("codes")):
        inner = Fields(item, place, CODE_KEYS, found)
        codes.append(_code(inner, own.id, _colour(inner, lighter(colour, index), found), found, mentions))
    figures = tuple(_figure(item, place, found) for item, place in fields.items("figures"))
    return Theme(own, tuple(codes), fields.boolean("core"), figures)


def _code(fields: Fields, theme: str, colour: str, found: Findings, mentions: Mentions) -> Code:
    name = fields.identifier("id", required=True)
    if name:
        mentions.declared.append((name, fields.key("id"), fields.at("id")))
    examples = tuple(_example(node, path, found) for node, path in fields.items("examples"))
    near_misses = tuple(_near_miss(node, path, name, found, mentions) for node, path in fields.items("near_misses"))
    if len(examples) < POSITIVES:
        found.warn(
            "{code} has {count} examples; at least {least} make clear what it means.",
            fields.node,
            fields.path,
            code=name,
            count=len(examples),
            least=POSITIVES,
        )
    if len(near_misses) < NEAR_MISSES:
        found.warn(
            "{code} has {count} near misses; at least {least} make clear where it ends.",
            fields.node,
            fields.path,
            code=name,
            count=len(near_misses),
            least=NEAR_MISSES,
        )
    return Code(
        id=name,
        label=label_of(fields, found),
        definition=fields.text("definition", required=True),
        theme=theme or name,
        include=fields.text_list("include"),
        exclude=fields.text_list("exclude"),
        section=fields.text("section"),
        colour=colour,
        examples=examples,
        near_misses=near_misses,
        rules=rules_of(fields, name, found, mentions),
    )


def _colour(fields: Fields, default: str, found: Findings) -> str:
    node = fields.get("colour")
    if node is None:
        return default
    if isinstance(node, Scalar) and COLOUR.match(node.text):
        return node.text.lower()
    found.error('Expected a colour such as "#b35900" (with the quotes).', node, fields.at("colour"))
    return default


def _example(node: Node, path: str, found: Findings) -> Example:
    if isinstance(node, Scalar):
        return Example(text_of(node, path, found))
    fields = Fields(node, path, EXAMPLE_KEYS, found)
    stance = fields.choice("stance", STANCES)
    text, why = fields.text("text", required=True), fields.text("why")
    return Example(text, Stance(stance) if stance else Stance.CONFIRMS, why)


def _near_miss(node: Node, path: str, code: str, found: Findings, mentions: Mentions) -> Example:
    if isinstance(node, Scalar):
        return Example(text_of(node, path, found))
    fields = Fields(node, path, NEAR_MISS_KEYS, found)
    instead = fields.text("instead")
    if instead:
        if instead == code:
            found.warn("A near miss that carries {code} itself is an example; move it.", node, path, code=code)
        mentions.near_misses.append((instead, fields.key("instead"), fields.at("instead")))
    return Example(fields.text("text", required=True), why=fields.text("why"), instead=instead)


def _figure(node: Node, path: str, found: Findings) -> Figure:
    fields = Fields(node, path, FIGURE_KEYS, found)
    text = Label(fields.text("nl", required=True), fields.text("en", required=True))
    fields.get("percentage", required=True)
    percentage, count = fields.number("percentage", high=100), fields.number("n", low=1, whole=True)
    section = fields.text("section", required=True)
    return Figure(text, percentage or 0.0, section, None if count is None else int(count))
