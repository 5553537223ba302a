"""Turns in a batch, and how what is said in them is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.codings import Evidence, Stance
from codering.language.cues import Cues
from codering.language.stance import PLAIN, POINTING, Reading, Surroundings, read_stance
from codering.suggest.compiling import Compiler
from codering.suggest.cue_finding import CueFinder, CuePlaces
from codering.suggest.expansion import Expansion
from codering.suggest.listening import listen
from codering.suggest.matching import Match, Node
from codering.suggest.phrase_index import PhraseIndex
from codering.suggest.places import Turns
from codering.suggest.speech import Speech
from codering.transcripts import Role, Segment, Transcript, Turn

LONGEST: Final = 40
"""A suggestion takes in the whole sentence if it has at most so many words."""
WINDOW: Final = 12
"""Of a longer sentence, at most so many words on either side, cut at punctuation."""

BACK: Final = 3
"""At most so many turns back the moderator's question is looked for."""

MENTIONED: Final = 0.4
"""Trust in words that a speaker only asks about ("hoe zit dat met de caseload?")."""

_ECHO: Final = 3  # "Werkdruk?", "De caseload?": a question so short repeats the subject
_FIRST_PERSON: Final = ("=ik", "=wij", "=we", "=mij", "=me", "=mijn", "=ons", "=onze", "=m'n", "='k")
_ASKING: Final = (
    "=hoe", "=hoeveel", "=welke", "=waar", "=wanneer", "=jullie", "=jij", "=jou", "=u", "=uw", "=bedoel", "=bedoelt",
)  # fmt: skip
_TAGS: Final = ("=hè", "=toch", "=nietwaar", "=snap", "=snapt", "=weet", "=niet", "=of")


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
    lengths
        How many words each turn has, ``(t,)``.
    asking
        Whether a turn holds a question mark, ``(t,)``.
    moderated
        For each turn the moderator's last turn before it; -1 if that is not near, ``(t,)``.
    leaving
        Whether the moderator leaves what was talked of, ``(t,)``.
    topics
        For each turn the moderator's turn that opened the topic being talked of; -1 if none did, ``(t,)``.
    within, elsewhere
        By core theme that has topics, for each turn whether its own topic is being talked of, and whether another's is,
        ``(t,)``.
    expansion
        Knows which words the rules' forms stand for.
    cue_places, cues, around, asked, after, questions
        What was worked out for the batch: where cues may stand; by turn, the cues and what is around; by pattern, the
        moderators' turns that hold it, the turns after those, and its words in them.
    utterances, before
        What was made for suggestions: by words, what a person would mark; by turn and words, evidence of it.
    """

    turns: list[tuple[Transcript, Turn]]
    coded: npt.NDArray[np.bool_]
    opens: list[int]
    speech: Speech
    lengths: npt.NDArray[np.int64]
    asking: npt.NDArray[np.bool_]
    moderated: npt.NDArray[np.int64]
    leaving: npt.NDArray[np.bool_]
    topics: npt.NDArray[np.int64]
    expansion: Expansion
    cue_places: CuePlaces | None = None
    cues: dict[int, Cues] = field(default_factory=dict)
    around: dict[int, Surroundings] = field(default_factory=dict)
    asked: dict[Node, Turns] = field(default_factory=dict)
    questions: dict[tuple[Node, int], Match] = field(default_factory=dict)
    after: dict[tuple[Node, bool], Turns] = field(default_factory=dict)
    within: dict[str, Turns] = field(default_factory=dict)
    elsewhere: dict[str, Turns] = field(default_factory=dict)
    utterances: dict[tuple[int, int], Segment] = field(default_factory=dict)
    before: dict[tuple[int, Match], tuple[Evidence, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, transcripts: Sequence[Transcript], expansion: Expansion, phrases: PhraseIndex) -> Batch:
        """Read transcripts, look at the words that are new, and ask where the phrases may stand."""
        turns: list[tuple[Transcript, Turn]] = []
        coded: list[bool] = []
        opens: list[int] = []
        for transcript in transcripts:
            opens += [len(turns)] * len(transcript.turns)
            turns += [(transcript, turn) for turn in transcript.turns]
            speaks = {speaker.name: speaker.role is Role.PARTICIPANT for speaker in transcript.speakers}
            coded += [speaks[turn.speaker] for turn in transcript.turns]
        speech = listen([turn.text for _, turn in turns], expansion.lexicon)
        expansion.learn()
        speech.phrases = phrases.ask(speech)
        bounds = np.array(speech.turns, dtype=np.int64)
        lengths = bounds[1:] - bounds[:-1]
        near = _moderated(coded, opens)
        asking = np.zeros(len(coded), dtype=bool)
        asking[speech.turn_of[sorted(speech.questions)]] = True
        leaving, topics = np.zeros(len(coded), dtype=bool), np.full(len(coded), -1)
        return cls(turns, np.array(coded, dtype=bool), opens, speech, lengths, asking, near, leaving, topics, expansion)

    def bounds(self, turn: int) -> tuple[int, int]:
        """First word of a turn, and of the next."""
        return self.speech.turns[turn], self.speech.turns[turn + 1]

    def sentences(self, turn: int) -> range:
        """The sentences of a turn that holds words."""
        low, high = self.bounds(turn)
        return range(self.speech.sentence[low], self.speech.sentence[high - 1] + 1)

    def segment(self, turn: int, first: int, last: int) -> Segment:
        """The segment from one word of a turn up to and with another."""
        transcript, spoken = self.turns[turn]
        speech = self.speech
        if not speech.spaced[turn]:
            speech.stand(turn, self.expansion.lexicon.begins(spoken.text))
        return Segment(transcript.name, spoken.number, speech.starts[first], speech.ends[last])

    def utterance(self, turn: int, match: Match) -> Segment:
        """What a person would mark: the sentences around a match, or as much of a long one as belongs to it."""
        speech = self.speech
        first, last = match[0], match[-1]
        start, end = speech.sentences[speech.sentence[first]], speech.sentences[speech.sentence[last] + 1]
        if first - start + WINDOW > LONGEST or last - start >= LONGEST or end - start > LONGEST:
            start = self._edge(range(first, max(start, first - WINDOW) - 1, -1))
            end = self._edge(range(last, min(end, last + WINDOW + 1))) + 1
        known = self.utterances.get((start, end))  # many rules find something in the same sentence
        if known is None:
            found = self.segment(turn, start, end - 1)
            text = self.turns[turn][1].text
            stop = found.end
            while stop < len(text) and text[stop] in ".!?…":
                stop += 1
            known = found if stop == found.end else Segment(found.transcript, found.turn, found.start, stop)
            self.utterances[start, end] = known
        return known

    def _edge(self, places: range) -> int:
        """Walking away from a match: the last word of its clause, or of the window if that ends first."""
        clause = self.speech.clause
        inside = [place for place in places if clause[place] == clause[places[0]]]
        return inside[-1]


class Hearing:
    """Reads how a match is meant: denied, asked, imagined, somebody else's.

    Parameters
    ----------
    compiler
        Compiles the cues, with the rules of the codebook.
    """

    def __init__(self, compiler: Compiler) -> None:
        family = compiler.family
        self._cues = CueFinder(compiler)
        self._pointing = family([f"={word}" for word in sorted(POINTING)])
        self._first_person = family(_FIRST_PERSON)
        self._asking = family(_ASKING)
        self._tags = family(_TAGS)

    def doubts(self, batch: Batch, turn: int, match: Match) -> Reading:
        """How far to trust a match whose stance is known; of the reading only doubts and trust count."""
        sentence = batch.speech.sentence
        if self._where(batch).doubting.find(1, sentence[match[0]], sentence[match[-1]] + 1) < 0:
            return PLAIN
        return self.read(batch, turn, match)

    def read(self, batch: Batch, turn: int, match: Match) -> Reading:
        """The stance of a match, and how far to trust it."""
        speech, where = batch.speech, self._where(batch)
        if not where.near(speech.sentence[match[0]], speech.sentence[match[-1]], batch.sentences(turn)):
            return PLAIN
        found = batch.cues.get(turn)
        if found is None:
            found = batch.cues[turn] = self._cues.cues(speech, where, *batch.bounds(turn))
        return read_stance(match, found, self._around(batch, turn)) if found.moving else PLAIN

    def asked(self, batch: Batch, match: Match, reading: Reading) -> bool:
        """Whether a match is only asked about.

        A question counts as one if it asks the others (``jullie``, ``hoe``, ``welke``) and does not speak of the
        speaker (``ik``, ``we``), or if it is a mere repetition of the subject, unless the speaker goes on to deny it
        ("Werkdruk? Nee hoor."). A tag (``hè?``, ``toch?``) makes no question. Rhetorical questions that look like real
        ones are out of reach.
        """
        speech = batch.speech
        sentence = speech.sentence[match[-1]]
        if sentence not in speech.questions or speech.sentence[match[0]] != sentence:
            return False
        words = speech.words[speech.sentences[sentence] : speech.sentences[sentence + 1]]
        if words[-1] in self._tags.codes or any(word in self._first_person.codes for word in words):
            return False
        if len(words) <= _ECHO:
            return reading.stance is Stance.CONFIRMS
        return any(word in self._asking.codes for word in words)

    def _where(self, batch: Batch) -> CuePlaces:
        """Where cues may stand."""
        if batch.cue_places is None:
            batch.cue_places = self._cues.places(batch.speech)
        return batch.cue_places

    def _around(self, batch: Batch, turn: int) -> Surroundings:
        around = batch.around.get(turn)
        if around is None:
            speech, (low, high) = batch.speech, batch.bounds(turn)
            pointing = frozenset(speech.within(self._pointing, low, high))
            around = Surroundings(speech.sentence, speech.clause, speech.sentences, (low, high), pointing)
            batch.around[turn] = around
        return around


def _moderated(coded: list[bool], opens: list[int]) -> npt.NDArray[np.int64]:
    """For each turn the moderator's last turn before it, at most :data:`BACK` turns back; -1 if there is none."""
    found: list[int] = []
    last = -1
    for turn, (is_coded, first) in enumerate(zip(coded, opens, strict=True)):
        found.append(last if last >= first and turn - last <= BACK else -1)
        if not is_coded:
            last = turn
    return np.array(found, dtype=np.int64)
