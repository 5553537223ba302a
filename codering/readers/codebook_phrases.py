"""Reading the texts in a pattern: words one after the other, their alternatives, wildcards and gaps."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from codering.patterns import Block, Pattern, Phrase, Word
from codering.readers.codebook_blocks import EMPTY_WORDS
from codering.readers.codebook_fields import IDENTIFIER, Findings, text_of
from codering.readers.codebook_nodes import Scalar

_ARTICLES: Final = frozenset({"de", "het", "een"})
_SMALL: Final = EMPTY_WORDS | {
    "onze",
    "elk",
    "elke",
    "ieder",
    "iedere",
    "zo'n",
    "één",
    "eentje",
    "iemand",
    "ene",
    "per",
    "m'n",
    "z'n",
}
_GAPS: Final = frozenset({"...", "_"})
_MARKS: Final = ',;:!?()[]{}"“”„«»/'
UNIFORM: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "\u2011": "-", "…": "..."})
"""Quotation marks, dashes and dots as everybody types them, made one."""


def phrase_of(node: Scalar, path: str, found: Findings) -> Pattern | None:
    """Read a text: a word, words one after the other, or a building block."""
    before = len(found.errors)
    written = text_of(node, path, found).translate(UNIFORM)
    tokens = [token if token.startswith("$") else token.lower() for token in written.split()]
    if not tokens:
        return None
    if len(tokens) == 1 and tokens[0].startswith("$"):
        return _block(node, tokens[0], path, found)
    words = tuple(Word(_alternatives(node, token, path, found)) for token in tokens)
    _check_gaps(node, tokens, path, found)
    _check_alternatives(node, tokens, path, found)
    if len(found.errors) > before:
        return None
    return words[0] if len(words) == 1 else Phrase(words)


def _block(node: Scalar, token: str, path: str, found: Findings) -> Pattern | None:
    if not IDENTIFIER.match(token[1:]):
        found.error("A building block is written $name, by itself; to choose between blocks use any.", node, path)
        return None
    return Block(token[1:])


def _check_gaps(node: Scalar, tokens: list[str], path: str, found: Findings) -> None:
    if all(token in _GAPS for token in tokens):
        found.error("A pattern needs at least one word besides ... and _.", node, path)
    elif tokens[0] == "..." or tokens[-1] == "...":
        found.error("The gap ... has a meaning only between words; leave it out at the start and the end.", node, path)
    elif any(pair == ("...", "...") for pair in pairwise(tokens)):
        found.error("Two gaps stand next to each other; use near with within for a wider gap.", node, path)


def _check_alternatives(node: Scalar, tokens: list[str], path: str, found: Findings) -> None:
    """Warn for ``bij ons|de praktijk``, which means "bij (ons or de) praktijk" and hardly ever matches."""
    for token in tokens[:-1]:
        forms = token.split("|")
        if len(forms) > 1 and forms[-1] in _ARTICLES and not _SMALL.issuperset(forms):
            found.warn(
                "{found}: the line | chooses between single words; write alternatives of several words as separate "
                "patterns.",
                node,
                path,
                found=token,
            )


def _alternatives(node: Scalar, token: str, path: str, found: Findings) -> tuple[str, ...]:
    if token in _GAPS:
        return (token,)
    if token.startswith("$"):
        found.error(
            "A building block stands by itself; to use {found} among words, write near: [...], order: fixed.",
            node,
            path,
            found=token,
        )
        return (token,)
    forms = tuple(dict.fromkeys(token.split("|")))
    for form in forms:
        _check_form(node, form, path, found)
    return forms


def _check_form(node: Scalar, form: str, path: str, found: Findings) -> None:
    letters = form.strip("*").removeprefix("=")
    stars = (form.startswith("*"), form.endswith("*"))
    if not letters:
        found.error("A word is missing: next to | and with = and * there must be letters.", node, path)
    elif form in _GAPS or "..." in form:
        found.error("The gaps ... and _ stand by themselves, with spaces around them.", node, path)
    elif "*" in letters or (form.startswith("=") and any(stars)) or "=" in letters:
        found.error(
            "{found} cannot be read: * stands at the start or the end of a word, = at the start, never both.",
            node,
            path,
            found=form,
        )
    elif any(mark in letters for mark in _MARKS) or (letters.endswith(".") and letters.count(".") == 1):
        found.error("Leave the punctuation out of {found}: patterns look at words only.", node, path, found=form)
    elif "+" in letters:
        found.error("Write a separable verb as verb: {found}.", node, path, found=form)
    elif all(stars) and len(letters) < 4:
        found.error(
            "{found} is too broad: between two stars there must be at least four letters.", node, path, found=form
        )
    elif any(stars) and len(letters) < 3:
        found.error(
            "{found} is too broad: next to a star there must be at least three letters.", node, path, found=form
        )
