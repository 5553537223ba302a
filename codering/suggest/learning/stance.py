"""The stance of words that no rule matched: the same cues that the rules go by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codering.codings import Stance
from codering.language.words import Lexicon
from codering.suggest.compiling import Compiler
from codering.suggest.expansion import Expansion
from codering.suggest.hearing import Batch, Hearing
from codering.transcripts import Speaker, Transcript, Turn

_SPEAKER: Final = Speaker("S")


@dataclass(frozen=True, slots=True)
class Question:
    """Whether what some words say is experienced or denied.

    Attributes
    ----------
    text
        Of the turn.
    words
        Where the telling words begin, in code points; at least one.
    """

    text: str
    words: tuple[int, ...]


class StanceReader:
    """Reads how telling words are meant: denied, imagined, somebody else's."""

    def __init__(self) -> None:
        self._expansion = Expansion(Lexicon(), None)
        compiler = Compiler(self._expansion, {})
        self._hearing = Hearing(compiler)
        self._phrases = compiler.index()

    def read(self, questions: Sequence[Question]) -> tuple[Stance, ...]:
        """The stance of each: what most of its words have; denied if as many are denied as not."""
        turns = tuple(Turn(number, _SPEAKER.name, one.text) for number, one in enumerate(questions, start=1))
        batch = Batch.of([Transcript("stance", turns, (_SPEAKER,))], self._expansion, self._phrases)
        return tuple(self._one(batch, number, question) for number, question in enumerate(questions))

    def _one(self, batch: Batch, turn: int, question: Question) -> Stance:
        low, high = batch.bounds(turn)
        begins = [batch.segment(turn, place, place).end for place in range(low, high)]
        places = {next((low + i for i, end in enumerate(begins) if end > word), high - 1) for word in question.words}
        if high <= low:
            return Stance.CONFIRMS
        stances = [self._hearing.read(batch, turn, (place,)).stance for place in sorted(places)]
        return Stance.DENIES if 2 * stances.count(Stance.DENIES) >= len(stances) else Stance.CONFIRMS
