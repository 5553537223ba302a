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
from codering.language.stance import BACK
from codering.suggest.combining import Either
from codering.suggest.compiling import Compiler, written
from codering.suggest.expansion import Family
from codering.suggest.matching import Match, Node, One, Succession
from codering.suggest.speech import Speech

_ONE_CLAUSE: Final = STATING | {CueKind.ENDED, CueKind.PSEUDO}
_NEGATIVE: Final = (
    "=niet", "=nie", "=geen", "=geeneen", "=nooit", "=nimmer", "=niks", "=niets", "=nergens", "=niemand", "=nauwelijks",
    "=amper", "=zelden", "=weinig", "=zonder", "=nul",
)  # fmt: skip

Bits = npt.NDArray[np.uint8]
"""What each of some words or phrases can do, as bits."""

_MOVES: Final = 1
_EARLIER: Final = 2  # moves if the turn speaks of the present too
_PRESENT: Final = 4
_ENDED: Final = 8  # moves what was said many sentences before
_DOES: Final = {
    **dict.fromkeys(MOVING, _MOVES),
    CueKind.EARLIER: _EARLIER,
    CueKind.PRESENT: _PRESENT,
    CueKind.ENDED: _MOVES | _ENDED,
}


@dataclass(frozen=True, slots=True)
class Moving:
    """Where cues may stand that move a stance; much of what rules find has none near it.

    Attributes
    ----------
    sentences
        For each sentence 1 if it may hold one, otherwise 0.
    ended
        The same for cues that reach many sentences back.
    """

    sentences: bytes
    ended: bytes

    def near(self, first: int, last: int, turn: range) -> bool:
        """Whether a cue may reach the sentences from `first` to `last` of a turn, which has the sentences `turn`."""
        if self.sentences.find(1, max(first - BACK, turn.start), last + 2) >= 0:
            return True
        return self.ended.find(1, last + 1, turn.stop) >= 0


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

    def moving(self, speech: Speech) -> Moving:
        """Look for all sentences at once where cues may stand."""
        words, numbers = self._does(speech)
        said = np.zeros(len(speech.sentences) - 1, dtype=np.uint8)
        if len(said):
            said |= np.bitwise_or.reduceat(words[speech.codes], speech.sentences[:-1])
        np.bitwise_or.at(said, speech.in_sentence[speech.phrases.places], numbers[speech.phrases.numbers])
        in_turn = np.zeros(len(speech.turns) - 1, dtype=np.uint8)
        np.bitwise_or.at(in_turn, speech.turn_of, said)
        present = in_turn[speech.turn_of] & _PRESENT != 0
        moves = (said & _MOVES != 0) | (said & _EARLIER != 0) & present
        return Moving(moves.tobytes(), (said & _ENDED != 0).tobytes())

    def cues(self, speech: Speech, low: int, high: int) -> Cues:
        """The cues of a turn, from its first word to that of the next."""
        single, negative = self._single(speech.known), self._negative.codes
        found = [
            FoundCue(cue, (place,), frozenset((place,)))
            for place, code in enumerate(speech.words[low:high], low)
            if code in single
            for cue in single[code]
        ]
        said = {(cue.id, match): cue for cue, match in self._said(speech, low, high)}
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

    def _said(self, speech: Speech, low: int, high: int) -> Iterator[tuple[Cue, Match]]:
        """Phrases that are cues, with where they stand."""
        for sentence in range(speech.sentence[low], speech.sentence[high - 1] + 1):
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
    return reduce(or_, (_DOES.get(cue.kind, 0) for cue in some), 0)
