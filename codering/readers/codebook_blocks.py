"""Patterns as a whole: the building blocks that they name, how large they grow, and whether they are too broad."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codering.patterns import Answer, AnyOf, Block, Number, Pattern, Without, Word, parts

LARGEST: Final = 5_000
"""Parts that a pattern may have once its building blocks are filled in."""

_COMMON: Final = """
    aan al alles als altijd ben bij daar dan dat de denk denken deze die dit doe doen door dus dé een en er gaan
    gewoon geen goed haar had hadden heb hebben heeft heel hem het hier hij hoe hun iets ik in is ja je jij jullie
    kan komen krijgen kun kunnen laten maar maken me mee meer men met mij mijn moet moeten na naar nee niet niets niks
    nog nou nu of om omdat onder ons ook op over precies staan te toch toen tot u uit van veel voor waar want waren was
    wat we weer wel werd werk werken weten wie wij wil willen worden wordt zal ze zeggen zei zeker zelf zich zien zij
    zijn zo zonder zou zullen
    """
EMPTY_WORDS: Final = frozenset(_COMMON.split())
"""Words that say nothing by themselves: a rule that looks for one of these alone fires on half of all turns."""


def too_broad(pattern: Pattern, known: Mapping[str, str | None]) -> str | None:
    """The word by which a pattern would fire on nearly every turn, if there is one.

    Only a word that can match all by itself counts: a phrase of common words can be telling.

    Parameters
    ----------
    pattern
        What to look at.
    known
        The answer for each building block.
    """
    if isinstance(pattern, Word):
        return next((form for form in pattern.forms if form.removeprefix("=") in EMPTY_WORDS), None)
    if isinstance(pattern, AnyOf):
        return next(filter(None, (too_broad(part, known) for part in pattern.parts)), None)
    if isinstance(pattern, Without):
        return too_broad(pattern.pattern, known)
    if isinstance(pattern, Number) and not pattern.units and pattern.minimum is None and pattern.maximum is None:
        return "number"
    if isinstance(pattern, Answer):
        return "answer"
    return known.get(pattern.name) if isinstance(pattern, Block) else None


def broad_blocks(blocks: Mapping[str, Pattern]) -> dict[str, str | None]:
    """The answer of :func:`too_broad` for each building block that does not go round in a circle."""
    known: dict[str, str | None] = {}
    for name in sizes(blocks):
        known[name] = too_broad(blocks[name], known)
    return known


def block_names(pattern: Pattern) -> tuple[str, ...]:
    """The building blocks that a pattern names, each once, in order."""
    return tuple(dict.fromkeys(part.name for part in parts(pattern) if isinstance(part, Block)))


def sizes(blocks: Mapping[str, Pattern]) -> dict[str, int]:
    """How many parts each block has with all blocks in it filled in.

    Blocks that name an unknown block or that go round in a circle are left out; of the others, each comes after the
    blocks that it names.
    """
    found: dict[str, int] = {}
    remaining = dict(blocks)
    while remaining:
        ready = {name: p for name, p in remaining.items() if all(used in found for used in block_names(p))}
        if not ready:
            break
        for name, pattern in ready.items():
            found[name] = size(pattern, found)
            del remaining[name]
    return found


def size(pattern: Pattern, known: Mapping[str, int]) -> int:
    """How many parts a pattern has with its blocks filled in; an unknown block counts once."""
    return sum(known.get(part.name, 1) if isinstance(part, Block) else 1 for part in parts(pattern))


def circle(blocks: Mapping[str, Pattern], start: str) -> tuple[str, ...]:
    """The names on the way from a block back to itself; empty if there is no such way."""
    trail: list[str] = [start]
    seen: set[str] = set()
    ways = [iter(block_names(blocks[start]))]
    while ways:
        name = next(ways[-1], None)
        if name is None:
            ways.pop()
            trail.pop()
        elif name == start:
            return (*trail, start)
        elif name in blocks and name not in seen:
            seen.add(name)
            trail.append(name)
            ways.append(iter(block_names(blocks[name])))
    return ()
