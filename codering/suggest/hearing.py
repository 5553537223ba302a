"""Turns in a batch, and how what is said in them is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.language.stance import POINTING, Cue, FoundCue, Reading, Surroundings, cues, read_stance
from codering.patterns import Phrase, Word
from codering.suggest.compiling import Compiler
from codering.suggest.expansion import Expansion
from codering.suggest.matching import Either, Match, Node, One, Succession
from codering.suggest.speech import Speech, listen
from codering.transcripts import Segment, Transcript, Turn

LONGEST: Final = 40
"""A suggestion takes in the whole sentence if it has at most so many words."""
WINDOW: Final = 12
"""Of a longer sentence, at most so many words on either side, cut at punctuation."""

MENTIONED: Final = 0.4
"""Trust in words that a speaker only asks about ("hoe zit dat met de caseload?")."""

_ECHO: Final = 3  # "Werkdruk?", "De caseload?": a question so short repeats the subject
_FIRST_PERSON: Final = ("=ik", "=wij", "=we", "=mij", "=me", "=mijn", "=ons", "=onze", "=m'n", "='k")
_ASKING: Final = (
    "=hoe", "=hoeveel", "=welke", "=waar", "=wanneer", "=jullie", "=jij", "=jou", "=u", "=uw", "=bedoel", "=bedoelt",
)  # fmt: skip
_TAGS: Final = ("=hè", "=toch", "=nietwaar", "=snap", "=snapt", "=weet", "=niet", "=of")
_NEGATIVE: Final = (
    "=niet", "=nie", "=geen", "=geeneen", "=nooit", "=nimmer", "=niks", "=niets", "=nergens", "=niemand", "=nauwelijks",
    "=amper", "=zelden", "=weinig", "=zonder", "=nul",
)  # fmt: skip


@dataclass(slots=True)
class Batch:
    """Turns of some transcripts, with their words.

    Attributes
    ----------
    turns
        Transcript and turn, in order.
    coded
        Whether a participant speaks, ``(n,)``.
    opens
        For each turn the number in the batch of its transcript's first turn.
    speech
        Their words.
    """

    turns: list[tuple[Transcript, Turn]]
    coded: npt.NDArray[np.bool_]
    opens: list[int]
    speech: Speech
    expansion: Expansion
    cues: dict[int, tuple[FoundCue, ...]] = field(default_factory=dict)
    _places: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, transcripts: Sequence[Transcript], expansion: Expansion) -> Batch:
        """Read transcripts, and look at the words that are new."""
        turns: list[tuple[Transcript, Turn]] = []
        coded: list[bool] = []
        opens: list[int] = []
        for transcript in transcripts:
            opens += [len(turns)] * len(transcript.turns)
            turns += [(transcript, turn) for turn in transcript.turns]
            coded += [transcript.is_participant(turn) for turn in transcript.turns]
        speech = listen([turn.text for _, turn in turns], expansion.lexicon)
        expansion.learn()
        return cls(turns, np.array(coded, dtype=bool), opens, speech, expansion)

    def bounds(self, turn: int) -> tuple[int, int]:
        """First word of a turn, and of the next."""
        return self.speech.turns[turn], self.speech.turns[turn + 1]

    def places(self, turn: int) -> list[tuple[int, int]]:
        """Where the words of a turn stand in its text."""
        found = self._places.get(turn)
        if found is None:
            found = self._places[turn] = self.expansion.lexicon.places(self.turns[turn][1].text)
        return found

    def segment(self, turn: int, first: int, last: int) -> Segment:
        """The segment from one word of a turn up to and with another."""
        places, base = self.places(turn), self.speech.turns[turn]
        transcript, spoken = self.turns[turn]
        return Segment(transcript.name, spoken.number, places[first - base][0], places[last - base][1])

    def utterance(self, turn: int, match: Match) -> Segment:
        """What a person would mark: the sentences around a match, or as much of a long one as belongs to it."""
        speech = self.speech
        low, high = self.bounds(turn)
        first, last = match[0], match[-1]
        start, end = speech.sentences[speech.sentence[first]], speech.sentences[speech.sentence[last] + 1]
        start, end = max(start, low), min(end, high)
        if first - start + WINDOW > LONGEST or last - start >= LONGEST or end - start > LONGEST:
            start = self._cut(range(max(start, first - WINDOW), first + 1), first)
            end = self._cut(range(min(end, last + WINDOW + 1) - 1, last - 1, -1), last) + 1
        found = self.segment(turn, start, end - 1)
        text = self.turns[turn][1].text
        stop = found.end
        while stop < len(text) and text[stop] in ".!?…":
            stop += 1
        return Segment(found.transcript, found.turn, found.start, stop)

    def _cut(self, places: range, match: int) -> int:
        """The word furthest from the match after which (or before which) a clause ends; else the furthest."""
        clause = self.speech.clause
        for place in places:
            beyond = place - places.step
            if place == match or (0 <= beyond < len(clause) and clause[beyond] != clause[place]):
                return place
        return match


class Hearing:
    """Reads how a match is meant: denied, asked, imagined, somebody else's.

    Parameters
    ----------
    compiler
        Compiles the cues, with the rules of the codebook.
    """

    def __init__(self, compiler: Compiler) -> None:
        family = compiler.family
        self._cues: list[tuple[Cue, Node]] = []
        for cue in cues():
            for says in cue.says:
                self._cues.append((cue, compiler.node(_phrase(says))))
        self._pointing = family([f"={word}" for word in sorted(POINTING)])
        self._negative = family(_NEGATIVE)
        self._first_person = family(_FIRST_PERSON)
        self._asking = family(_ASKING)
        self._tags = family(_TAGS)
        self._starts: dict[int, list[tuple[Cue, Node]]] = {}
        self._seen = 0

    def read(self, batch: Batch, turn: int, match: Match) -> Reading:
        """The stance of a match, and how far to trust it."""
        return read_stance(match, self.cues(batch, turn), self._around(batch, turn))

    def cues(self, batch: Batch, turn: int) -> tuple[FoundCue, ...]:
        """All cues of a turn; looked for once."""
        found = batch.cues.get(turn)
        if found is None:
            found = batch.cues[turn] = self._look(batch.speech, *batch.bounds(turn))
        return found

    def asked(self, batch: Batch, match: Match) -> bool:
        """Whether a match is only asked about.

        A question counts as one if it asks the others (``jullie``, ``hoe``, ``welke``) and does not speak of the
        speaker (``ik``, ``we``), or if it is a mere repetition of the subject. A tag (``hè?``, ``toch?``) makes no
        question. Rhetorical questions that look like real ones are out of reach.
        """
        speech = batch.speech
        sentence = speech.sentence[match[-1]]
        if sentence not in speech.questions or speech.sentence[match[0]] != sentence:
            return False
        words = speech.words[speech.sentences[sentence] : speech.sentences[sentence + 1]]
        if words[-1] in self._tags.codes or any(word in self._first_person.codes for word in words):
            return False
        return len(words) <= _ECHO or any(word in self._asking.codes for word in words)

    def _around(self, batch: Batch, turn: int) -> Surroundings:
        speech, (low, high) = batch.speech, batch.bounds(turn)
        pointing = frozenset(speech.within(self._pointing, low, high))
        return Surroundings(speech.sentence, speech.clause, speech.sentences, (low, high), pointing)

    def _look(self, speech: Speech, low: int, high: int) -> tuple[FoundCue, ...]:
        found: dict[tuple[str, Match], FoundCue] = {}
        negative = self._negative.codes
        starts, words = self._openings(speech), speech.words
        for place in range(low, high):
            for cue, node in starts.get(words[place], ()):
                match = (place,) if isinstance(node, One) else _at(node, speech, place, high)
                if match is not None:
                    core = frozenset(p for p in match if words[p] in negative) or frozenset(match)
                    found[cue.id, match] = FoundCue(cue, match, core)
        return tuple(found.values())

    def _openings(self, speech: Speech) -> dict[int, list[tuple[Cue, Node]]]:
        """The cues that may begin with a word; worked out again when words were learned."""
        known = speech.known
        if known != self._seen:
            self._starts = {}
            for cue, node in self._cues:
                for way in node.parts if isinstance(node, Either) else (node,):
                    first = (
                        way.family if isinstance(way, One) else way.steps[0] if isinstance(way, Succession) else None
                    )
                    for code in getattr(first, "codes", ()):
                        self._starts.setdefault(code, []).append((cue, way))
            self._seen = known
        return self._starts


def _at(node: Node, speech: Speech, place: int, high: int) -> Match | None:
    """A phrase that begins at a place."""
    assert isinstance(node, Succession)
    return node.at(speech, place, high)


def _phrase(says: str) -> Phrase:
    """Read a cue: words with alternatives, ``=`` and ``...``; the ``=`` of the first alternative holds for all."""
    words = []
    for written in says.split():
        forms = written.split("|")
        exact = written.startswith("=")
        words.append(Word(tuple(f"={form.lstrip('=')}" if exact else form for form in forms)))
    return Phrase(tuple(words))
