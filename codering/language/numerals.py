"""Numbers as people say and write them: ``140``, ``1.200``, ``honderdveertig``, ``anderhalf``."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_UNITS: Final = {
    "nul": 0, "één": 1, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8,
    "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
    "zeventien": 17, "achttien": 18, "negentien": 19,
}  # fmt: skip
_TENS: Final = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
    "negentig": 90,
}  # fmt: skip
_SPECIAL: Final = {"anderhalf": 1.5, "anderhalve": 1.5, "dozijn": 12.0, "tweeënhalf": 2.5, "tweeëneenhalf": 2.5}
_SCALES: Final = (("miljoen", 1_000_000), ("duizend", 1000), ("honderd", 100))
_DIGITS: Final = re.compile(r"(?:\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,\d+)?")
_ENDINGS: Final = re.compile(r"(?:'er|plus)$")
_LONGEST: Final = 60

SCALES: Final = frozenset({100.0, 1000.0, 1_000_000.0})
"""Numbers that multiply the one before them when written apart: ``twee honderd``."""


@cache
def numeral(word: str) -> float | None:
    """The number that one lower-case word stands for, or None.

    ``een`` is None, because it is nearly always the article; ``één`` is 1. Of a range (``80-100``) it is the lower
    end; an ordinal (``derde``) and a word that only begins with a number (``tweedehands``) are None.

    >>> numeral("honderdveertig"), numeral("1.200"), numeral("anderhalf"), numeral("een")
    (140.0, 1200.0, 1.5, None)
    """
    if len(word) > _LONGEST or word == "een":
        return None
    figures = _figures(word)
    if figures is not None:
        return figures
    if word in _SPECIAL:
        return _SPECIAL[word]
    value = _spoken(word)
    if value is None and (shorter := _ENDINGS.sub("", word)) != word:
        value = _spoken(shorter)
    return None if value is None else float(value)


def combined(values: list[float]) -> float:
    """The number that successive words make together: ``[2, 100, 40]`` is 240.

    >>> combined([2, 100, 40]), combined([3, 1000, 500]), combined([80])
    (240.0, 3500.0, 80.0)
    """
    total, current = 0.0, 0.0
    for value in values:
        if value in SCALES and current:
            current *= value
        else:
            current += value
        if value >= 1000:
            total, current = total + current, 0.0
    return total + current


def continues(before: float, after: float) -> bool:
    """Whether a number word goes on with the number of the word before it, as in ``honderd veertig``.

    >>> continues(100, 40), continues(2, 100), continues(80, 90), continues(20, 7)
    (True, True, False, False)
    """
    if after in SCALES:
        return 1 <= before < after and before == int(before)
    return before >= 100 and before % 100 == 0 and 0 < after < min(before, 100 if before % 1000 else 1000)


def _figures(word: str) -> float | None:
    found = _DIGITS.match(word)
    if found is None:
        return None
    rest = word[found.end() :]
    if rest and not re.fullmatch(r"[-–+%]|[-–]\d+|ste?|'er|plus|k|[-–]?tal", rest):
        return None
    if rest in {"ste", "st"}:
        return None
    value = float(found.group().replace(".", "").replace(" ", "").replace(",", "."))
    return value * 1000 if rest == "k" else value


def _spoken(word: str) -> float | None:
    """Read a number word from its largest part down."""
    for name, scale in _SCALES:
        before, middle, after = word.partition(name)
        if middle:
            left = _spoken(before) if before else 1.0
            right = _spoken(after.removeprefix("en")) if after else 0.0
            return None if left is None or right is None else left * scale + right
    if word in _UNITS:
        return float(_UNITS[word])
    if word in _TENS:
        return float(_TENS[word])
    for ten, value in _TENS.items():
        if word.endswith(ten):
            unit = re.sub(r"[eë]n$", "", word.removesuffix(ten))
            if unit in _UNITS and 0 < _UNITS[unit] < 10:
                return float(value + _UNITS[unit])
    return None
