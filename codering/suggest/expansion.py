"""Which words a form of a rule stands for.

Each distinct word of the corpus is looked at once, and told which forms it is a case of: by its lemma, by itself, by
how it begins, ends or what it holds. What that costs depends on the number of distinct words and hardly on the number
of rules. The result is kept on disk by a hash of all forms, so that a second run looks at new words only.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.language import lemmas
from codering.language.numerals import numeral
from codering.language.words import FIRST, Lexicon, spoken

VERSION: Final = "3"
"""Changes whenever the same forms could stand for other words."""

NUMERAL: Final = "\0number"
"""The form that stands for every number word."""

_MORE: Final = 2  # a compound has at least two letters more than its part: "drukt" is not a compound of "druk"
_SHORTEST: Final = 3
_ACUTE: Final = "\u0301"


@dataclass(slots=True, eq=False)
class Family:
    """The words that one list of forms stands for.

    Attributes
    ----------
    forms, exclude
        As in :class:`codering.patterns.Word`.
    codes
        The numbers of the words, in the lexicon; grows as words are learned.
    """

    forms: tuple[str, ...]
    exclude: tuple[str, ...]
    codes: set[int] = field(default_factory=set)
    _numbers: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        """The codes as an array, in no order."""
        if len(self._numbers) != len(self.codes):
            self._numbers = np.fromiter(self.codes, dtype=np.int64, count=len(self.codes))
        return self._numbers


class Expansion:
    """Finds, for every word of a lexicon, the families that it belongs to.

    Parameters
    ----------
    lexicon
        Gives words their numbers.
    folder
        Where results are kept between runs; None to keep nothing.
    """

    def __init__(self, lexicon: Lexicon, folder: Path | None = None) -> None:
        self.lexicon: Final = lexicon
        self._folder = folder
        self._families: dict[tuple[tuple[str, ...], tuple[str, ...]], Family] = {}
        self._literal: dict[str, list[Family]] = {}
        self._exact: dict[str, list[Family]] = {}
        self._begins: dict[str, list[Family]] = {}
        self._holds: dict[str, list[Family]] = {}
        self._heads: dict[str, list[tuple[str, Family]]] = {}
        self._verbs: dict[tuple[str, str], Family] = {}
        self._particles: set[str] = set()
        self._sizes: frozenset[int] = frozenset()
        self._learned = FIRST
        self._kept: dict[str, list[int]] | None = None

    def family(self, forms: Iterable[str], exclude: Iterable[str] = ()) -> Family:
        """The family of these forms, the same object for the same forms.

        All families must be asked for before the first word is learned.
        """
        key = (tuple(sorted(set(map(_plain, forms)))), tuple(sorted(set(map(_plain, exclude)))))
        family = self._families.get(key)
        if family is None:
            family = self._families[key] = Family(*key)
            for form in key[0]:
                self._file(form, family)
        return family

    def verb(self, particle: str, verb: str) -> Family:
        """The family of a separable verb's joined forms: ``afrekenen``, ``afgerekend``, ``afrekent``."""
        key = (_plain(particle), _plain(verb))
        if key not in self._verbs:
            family = Family((f"{key[0]}+{key[1]}",), ())
            self._families[family.forms, ()] = self._verbs[key] = family
            self._particles.add(key[0])
        return self._verbs[key]

    def learn(self) -> None:
        """Look at the words that the lexicon got since the last time."""
        if self._learned == len(self.lexicon.keys):
            return
        if self._kept is None:
            self._kept = self._read()
            self._sizes = frozenset(map(len, self._holds))
        families = list(self._families.values())
        places = {id(family): place for place, family in enumerate(families)}
        keys, fresh = self.lexicon.keys, False
        for code in range(self._learned, len(keys)):
            found = self._kept.get(keys[code])
            if found is None:
                fresh = True
                found = sorted(places[id(family)] for family in self._belongs(keys[code]))
                self._kept[keys[code]] = found
            for place in found:
                families[place].codes.add(code)
        self._learned = len(keys)
        if fresh:
            self._write()

    def _file(self, form: str, family: Family) -> None:
        stripped = form.strip("*")
        if form == NUMERAL:
            self._literal.setdefault(NUMERAL, []).append(family)
        elif form.startswith("="):
            self._exact.setdefault(form[1:], []).append(family)
        elif form.startswith("*") and form.endswith("*"):
            self._holds.setdefault(stripped, []).append(family)
        elif form.endswith("*"):
            self._begins.setdefault(stripped, []).append(family)
        elif form.startswith("*"):
            # Filed under two letters, because a plural can change the third: "taak", "taken".
            self._heads.setdefault(stripped[:2], []).append((stripped, family))
        else:
            self._literal.setdefault(form, []).append(family)

    def _belongs(self, word: str) -> list[Family]:
        """All families of a word, exceptions taken out."""
        spellings, meanings = _readings(word)
        found: dict[int, Family] = {}
        for family in self._found(spellings, meanings):
            found[id(family)] = family
        if numeral(word) is not None:
            found |= {id(family): family for family in self._literal.get(NUMERAL, ())}
        found |= {id(family): family for family in self._joined(spellings, meanings)}
        return [family for family in found.values() if not excluded(word, family.exclude)]

    def _found(self, spellings: tuple[str, ...], meanings: tuple[str, ...]) -> Iterable[Family]:
        for spelling in spellings:
            yield from self._exact.get(spelling, ())
        for meaning in meanings:
            yield from self._literal.get(meaning, ())
            for end in range(_SHORTEST - 1, len(meaning) - _MORE + 1):
                yield from self._begins.get(meaning[:end], ())
            for size in self._sizes:
                for start in range(len(meaning) - size + 1):
                    yield from self._holds.get(meaning[start : start + size], ())
            for start in range(_MORE, len(meaning) - 1):
                for head, family in self._heads.get(meaning[start : start + 2], ()):
                    if _ends(meaning, start, head):
                        yield family

    def _joined(self, spellings: tuple[str, ...], meanings: tuple[str, ...]) -> Iterable[Family]:
        if not self._verbs:
            return
        for spelling in {*spellings, *meanings}:
            for end in range(2, min(len(spelling) - 2, 8)):
                if spelling[:end] not in self._particles:
                    continue
                rest = spelling[end:]
                for stem in (rest, rest.removeprefix("te")):
                    family = self._verbs.get((spelling[:end], lemmas.lemma(stem)))
                    family = family or self._verbs.get((spelling[:end], stem))
                    if family is not None:
                        yield family

    def _cache(self) -> Path | None:
        if self._folder is None:
            return None
        content = json.dumps([VERSION, lemmas.engine(), list(self._families)], ensure_ascii=False)
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._folder / f"expansion-{digest}.json"

    def _read(self) -> dict[str, list[int]]:
        path = self._cache()
        if path is None:
            return {}
        assert self._folder is not None
        lemmas.remember(self._folder)
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}  # A cache that is absent or damaged costs time, nothing else.
        count = len(self._families)
        sound = isinstance(kept, dict) and all(
            isinstance(places, list) and all(isinstance(p, int) and 0 <= p < count for p in places)
            for places in kept.values()
        )
        return kept if sound else {}

    def _write(self) -> None:
        path = self._cache()
        if path is None or self._folder is None or self._kept is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".new")
            draft.write_text(json.dumps(self._kept), encoding="utf-8")
            draft.replace(path)
        except OSError:
            return  # A folder that cannot be written to costs time at the next run.
        lemmas.keep(self._folder)


def stands_for(word: str, forms: Sequence[str]) -> bool:
    """Whether one of the forms stands for a word; the rule of :class:`codering.patterns.Word`, one word at a time."""
    spellings, meanings = _readings(_plain(word))
    return any(_is_case(spellings, meanings, form) for form in map(_plain, forms))


def excluded(word: str, exclude: Sequence[str]) -> bool:
    """Whether a word is one of a family's exceptions."""
    return bool(exclude) and stands_for(word, exclude)


def _is_case(spellings: tuple[str, ...], meanings: tuple[str, ...], form: str) -> bool:
    part = form.strip("*")
    if form.startswith("="):
        return form[1:] in spellings
    if form.startswith("*") and form.endswith("*"):
        return any(part in meaning for meaning in meanings)
    if form.endswith("*"):
        return any(meaning.startswith(part) and len(meaning) >= len(part) + _MORE for meaning in meanings)
    if form.startswith("*"):
        starts = ((meaning, start) for meaning in meanings for start in range(_MORE, len(meaning) - 1))
        return any(_ends(meaning, start, part) for meaning, start in starts)
    return form in meanings


def _ends(word: str, start: int, head: str) -> bool:
    """Whether a word ends, from `start`, in an inflection of `head`."""
    rest = word[start:]
    return rest == head or (rest[:2] == head[:2] and len(rest) <= len(head) + 4 and lemmas.lemma(rest) == head)


def _readings(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How a word may be spelt (itself, without accents of emphasis), and what it may mean (variants, lemmas too)."""
    plain = _without_stress(word)
    spellings = (word,) if plain == word else (word, plain)
    said = dict.fromkeys(spellings)
    for spelling in spellings:
        said |= dict.fromkeys(spoken().variants.get(spelling, ()))
    meanings = dict(said)
    for spelling in said:
        meanings |= dict.fromkeys(lemmas.lemmas(spelling))
    return spellings, tuple(meanings)


def _without_stress(word: str) -> str:
    """``jáár`` is ``jaar``: the acute accent marks emphasis in Dutch."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", apart.replace(_ACUTE, ""))


def _plain(form: str) -> str:
    return unicodedata.normalize("NFC", form.lower()).replace("’", "'")
