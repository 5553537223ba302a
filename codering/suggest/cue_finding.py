"""Finding the cues of stance in a batch: in which sentences one may stand, all at once, and which a turn holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.language.cues import MOVING, STATING, Cue, CueKind, Cues, FoundCue, cues, weighed
from codering.language.stance import BACK, CURT
from codering.suggest.combining import Either
from codering.suggest.compiling import Compiler, written
from codering.suggest.expansion import Family
from codering.suggest.matching import Match, Node, One, Succession
from codering.suggest.places import between
from codering.suggest.speech import Speech

_ONE_CLAUSE: Final = STATING | {CueKind.ENDED, CueKind.PSEUDO}
_NEGATIVE: Final = (
    "=niet", "=nie", "=geen", "=geeneen", "=nooit", "=nimmer", "=niks", "=niets", "=nergens", "=niemand", "=nauwelijks",
    "=amper", "=zelden", "=weinig", "=zonder", "=nul",
)  # fmt: skip

Bits = npt.NDArray[np.uint8]
"""What each of some words or phrases can do, as bits."""

_CUE: Final = 1  # is a cue at all
_MOVES: Final = 2  # moves the stance of its own sentence
_EARLIER: Final = 4  # the same, if the turn speaks of the present too
_PRESENT: Final = 8
_ENDED: Final = 16  # moves what was said many sentences before
_DENIES: Final = 32  # moves the sentence before it, and what follows the opening of a turn
_NEGATES: Final = 64  # moves the sentence before it, if it is nearly all that is said
_DOUBTS: Final = 128  # makes its own sentence doubtful
_DOES: Final = {
    **dict.fromkeys(MOVING - STATING, _MOVES | _DOUBTS),
    CueKind.CLAUSAL: _MOVES,
    CueKind.EARLIER: _EARLIER,
    CueKind.PRESENT: _PRESENT,
    CueKind.ENDED: _MOVES | _ENDED,
    CueKind.DENIAL: _MOVES | _DENIES,
    CueKind.NEGATION: _MOVES | _NEGATES,
}


@dataclass(frozen=True, slots=True)
class CuePlaces:
    """Where cues may stand in a batch.

    Attributes
    ----------
    moving, doubting
        For each sentence 1 if it may hold a cue that moves the stance of what is in it, otherwise 0; the same for one
        that makes it doubtful: of another time or place, imagined, somebody else's.
    answering, opening, ended
        The same for cues that move what is in the sentence before, in the sentences after if it opens a turn, and many
        sentences before.
    words
        Places of the words that are cues, ascending.
    phrased
        The sentences that may hold a phrase that is a cue, ascending.
    """

    moving: bytes
    doubting: bytes
    answering: bytes
    opening: bytes
    ended: bytes
    words: list[int]
    phrased: list[int]

    def near(self, first: int, last: int, turn: range) -> bool:
        """Whether a cue may reach the sentences from `first` to `last` of a turn, which has the sentences `turn`.

        Most of what rules find has none near, as :func:`codering.language.stance.read_stance` would find out.
        """
        return (
            self.moving.find(1, first, last + 1) >= 0
            or self.ended.find(1, last + 1, turn.stop) >= 0
            or (last + 1 < turn.stop and self.answering[last + 1] == 1)
            or (0 < first - turn.start <= BACK and self.opening[turn.start] == 1)
        )


class CueFinder:
    """Finds cues.

    Parameters
    ----------
    compiler
        Compiles the cues, with the rules of the codebook.
    """

    def __init__(self, compiler: Compiler) -> None:
        self._words: list[tuple[Cue, Family]] = []
        self._phrases: dict[int, list[tuple[Cue, Succession]]] = {}
        for cue in cues():
            for says in cue.says:
                self._file(cue, compiler.node(written(says)))
        self._negative = compiler.family(_NEGATIVE)
        self._by_code: dict[int, list[Cue]] = {}
        self._known = -1
        self._bits: tuple[Bits, Bits] = (np.empty(0, dtype=np.uint8), np.empty(0, dtype=np.uint8))

    def places(self, speech: Speech) -> CuePlaces:
        """Look for all sentences at once where cues may stand."""
        of_words, of_numbers = self._does(speech)
        words, numbers = of_words[speech.codes], of_numbers[speech.phrases.numbers]
        said = np.zeros(len(speech.sentences) - 1, dtype=np.uint8)
        np.bitwise_or.at(said, speech.in_sentence[speech.phrases.places], numbers)
        phrased = np.flatnonzero(said)
        if len(said):
            said |= np.bitwise_or.reduceat(words, speech.sentences[:-1])
        in_turn = np.zeros(len(speech.turns) - 1, dtype=np.uint8)
        np.bitwise_or.at(in_turn, speech.turn_of, said)
        present = in_turn[speech.turn_of] & _PRESENT != 0
        earlier = (said & _EARLIER != 0) & present
        moves = (said & _MOVES != 0) | earlier
        denies, curt = said & _DENIES != 0, np.diff(speech.sentences) <= CURT
        return CuePlaces(
            moving=moves.tobytes(),
            doubting=((said & _DOUBTS != 0) | earlier).tobytes(),
            answering=(denies | (said & _NEGATES != 0) & curt).tobytes(),
            opening=denies.tobytes(),
            ended=(said & _ENDED != 0).tobytes(),
            words=np.flatnonzero(words).tolist(),
            phrased=phrased.tolist(),
        )

    def cues(self, speech: Speech, where: CuePlaces, low: int, high: int) -> Cues:
        """The cues of a turn, from its first word to that of the next."""
        single, negative = self._single(speech.known), self._negative.codes
        found = [
            FoundCue(cue, (place,), frozenset((place,)))
            for place in between(where.words, low, high)
            for cue in single[speech.words[place]]
        ]
        phrased = between(where.phrased, speech.sentence[low], speech.sentence[high - 1] + 1)
        said = {(cue.id, match): cue for cue, match in self._said(speech, phrased)}
        for (_, match), cue in said.items():
            if cue.kind in _ONE_CLAUSE and speech.clause[match[0]] != speech.clause[match[-1]]:
                continue
            core = frozenset(place for place in match if speech.words[place] in negative) or frozenset(match)
            found.append(FoundCue(cue, match, core))
        return weighed(found)

    def _does(self, speech: Speech) -> tuple[Bits, Bits]:
        """What the words and the phrases can do, by number; worked out anew when the lexicon knows more words."""
        if len(self._bits[0]) != speech.known:
            words = np.zeros(speech.known, dtype=np.uint8)
            for code, some in self._single(speech.known).items():
                words[code] = _bits(some)
            numbers = np.zeros(speech.phrases.count, dtype=np.uint8)
            for number, pairs in self._phrases.items():
                numbers[number] = _bits(cue for cue, _ in pairs)
            self._bits = words, numbers
        return self._bits

    def _said(self, speech: Speech, sentences: Iterable[int]) -> Iterator[tuple[Cue, Match]]:
        """Phrases that are cues, with where they stand."""
        for sentence in sentences:
            for number, starts in speech.phrases.said(sentence).items():
                for cue, phrase in self._phrases.get(number, ()):
                    for match in phrase.find_in(speech, sentence, starts):
                        yield cue, match

    def _file(self, cue: Cue, node: Node) -> None:
        if isinstance(node, One):
            self._words.append((cue, node.family))
        elif isinstance(node, Succession):
            self._phrases.setdefault(node.number, []).append((cue, node))
        elif isinstance(node, Either):
            for way in node.ways():
                self._file(cue, way)

    def _single(self, known: int) -> dict[int, list[Cue]]:
        """The cues of one word, by the number of the word."""
        if known != self._known:
            self._known = known
            self._by_code = {}
            for cue, family in self._words:
                for code in family.codes:
                    some = self._by_code.setdefault(code, [])
                    if cue not in some:
                        some.append(cue)
        return self._by_code


def _bits(some: Iterable[Cue]) -> int:
    """What some cues can do together."""
    return reduce(or_, (_DOES.get(cue.kind, 0) for cue in some), _CUE)
