"""Turns that resemble a turn, from other transcripts, to compare with."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from codering.practice.material import Material
from codering.transcripts import Place

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 6


def stems(text: str) -> Counter[str]:
    """The words of a text, cut to six letters so that most inflections of a word fall together."""
    return Counter(word[:_STEM] for word in _WORD.findall(text.lower()))


class Likeness:
    """How much turns of one material resemble each other.

    The cosine of word counts weighted by rarity, ``count * ln(N / n)`` with ``n`` of the ``N`` turns holding the word
    (Spärck Jones, K. (1972). A statistical interpretation of term specificity. Journal of Documentation 28, 11-21). It
    orders examples; it is never shown as a number, because it is no certainty.

    Parameters
    ----------
    material
        What exercises are made of.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        counts = {place: stems(material.turn(place).text) for place in material.right}
        held = Counter(stem for count in counts.values() for stem in count)
        self._rarity = {stem: math.log(len(counts) / n) for stem, n in held.items()}
        self._vectors = {place: self._weighted(count) for place, count in counts.items()}

    def nearest(self, place: Place, candidates: Iterable[Place], count: int) -> tuple[Place, ...]:
        """The turns among candidates, from other transcripts, that resemble a turn most; the nearest first."""
        mine = self._vectors[place]
        others = [other for other in candidates if other[0] != place[0]]
        ranked = sorted(others, key=lambda other: (-self._cosine(mine, self._vectors[other]), other))
        return tuple(ranked[:count])

    def _weighted(self, count: Counter[str]) -> dict[str, float]:
        weights = {stem: n * self._rarity[stem] for stem, n in count.items()}
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        return {stem: weight / length for stem, weight in weights.items()}

    @staticmethod
    def _cosine(one: dict[str, float], two: dict[str, float]) -> float:
        return sum(weight * two[stem] for stem, weight in one.items() if stem in two)


@cache
def shared_stems(text: str, line: str) -> frozenset[str]:
    """Words of at least five letters that a text and a line of the codebook have in common, as stems."""
    return frozenset(stem for stem in stems(text).keys() & stems(line).keys() if len(stem) >= 5)
