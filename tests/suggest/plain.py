"""Patterns, looked for in the plainest way: every word with every other, nothing prepared, nothing left out.

What the rules find fast must be what this finds slowly. Separable verbs and numbers have tests of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations, product

from codering.language.words import SENTENCE, Lexicon, spoken
from codering.patterns import AllOf, AnyOf, Near, Pattern, Phrase, Within, Without, Word
from codering.suggest.expansion import excluded, stands_for

Match = tuple[int, ...]


class Turn:
    """The words of one turn, with the number of the sentence that each stands in."""

    def __init__(self, text: str) -> None:
        lexicon = Lexicon()
        self.words: list[str] = []
        self.sentence: list[int] = []
        ended = 0
        for code in lexicon.spelt(text):
            if code == SENTENCE:
                ended += 1
            elif code > 2:
                self.words.append(lexicon.keys[code])
                self.sentence.append(ended)

    def whole_sentence(self, match: Match) -> set[int]:
        """Places of all words in the sentences from the first to the last word of a match."""
        first, last = self.sentence[match[0]], self.sentence[match[-1]]
        return {place for place, number in enumerate(self.sentence) if first <= number <= last}


def find(pattern: Pattern, turn: Turn) -> set[Match]:
    """Every way in which a pattern stands in a turn."""
    match pattern:
        case Word():
            return {(place,) for place in range(len(turn.words)) if _fits(pattern, turn, place)}
        case Phrase(words):
            return {match for start in range(len(turn.words)) for match in _phrase(words, turn, start)}
        case AnyOf(parts):
            return {match for part in parts for match in find(part, turn)}
        case AllOf(parts, within):
            return _together(parts, turn, within, ordered=False)
        case Near(parts, within, ordered):
            return _together(parts, turn, within, ordered=ordered)
        case Without(wanted, exclude):
            bars = {bar for part in exclude for bar in find(part, turn)}
            found = find(wanted, turn)
            return {match for match in found if not any(turn.whole_sentence(match).issuperset(bar) for bar in bars)}
    raise AssertionError(pattern)


def _fits(word: Word, turn: Turn, place: int) -> bool:
    said = turn.words[place]
    return word.forms == ("_",) or (stands_for(said, word.forms) and not excluded(said, word.exclude))


def _phrase(words: Sequence[Word], turn: Turn, start: int) -> Iterator[Match]:
    """The matches of words one after the other that begin at a place."""
    if not _fits(words[0], turn, start):
        return
    if len(words) == 1:
        yield (start,)
        return
    gap = words[1].forms == ("...",)
    rest = words[2:] if gap else words[1:]
    for place in _next(turn, start + 1, start, 5 if gap else 0, skips=rest[0].forms != ("_",)):
        yield from ((start, *match) for match in _phrase(rest, turn, place))


def _next(turn: Turn, place: int, start: int, gap: int, *, skips: bool) -> set[int]:
    """Where the next word of a phrase may stand: after any words of a gap, then past at most two particles."""
    reached = set()
    for begin in range(place, place + gap + 1):
        for end in range(begin, begin + (3 if skips else 1)):
            inside = end < len(turn.words) and turn.sentence[end] == turn.sentence[start]
            if inside and all(_skippable(turn, passed) for passed in range(begin, end)):
                reached.add(end)
    return reached


def _skippable(turn: Turn, place: int) -> bool:
    return turn.words[place] in spoken().particles or turn.words[place] == turn.words[place - 1]


def _together(parts: Sequence[Pattern], turn: Turn, within: int | Within, *, ordered: bool) -> set[Match]:
    found = set()
    for order in [parts] if ordered else permutations(parts):
        for ways in product(*(find(part, turn) for part in order)):
            places = [place for way in ways for place in way]
            follows = all(left[0] < right[0] and _close(left, right, within, turn) for left, right in pairwise(ways))
            if follows and len(set(places)) == len(places):
                found.add(tuple(sorted(places)))
    return found


def _close(left: Match, right: Match, within: int | Within, turn: Turn) -> bool:
    if within is Within.TURN:
        return True
    if within is Within.SENTENCE:
        return turn.sentence[min(left[0], right[0])] == turn.sentence[max(left[-1], right[-1])]
    return max(left[0], right[0]) - min(left[-1], right[-1]) - 1 <= within
