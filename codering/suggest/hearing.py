"""Turns in a batch, and how what is said in them is meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from codering.codings import Stance
from codering.language.cues import MOVING, NO_CUES, STATING, Cue, CueKind, Cues, FoundCue, cues, weighed
from codering.language.stance import PLAIN, POINTING, Reading, Surroundings, read_stance
from codering.suggest.combining import Either
from codering.suggest.compiling import Compiler, written
from codering.suggest.expansion import Expansion, Family
from codering.suggest.matching import Match, Node, One, Succession
from codering.suggest.phrases import PhraseIndex
from codering.suggest.speech import Speech, Turns, listen
from codering.transcripts import Role, Segment, Transcript, Turn

LONGEST: Final = 40
"""A suggestion takes in the whole sentence if it has at most so many words."""
WINDOW: Final = 12
"""Of a longer sentence, at most so many words on either side, cut at punctuation."""

BACK: Final = 3
"""At most so many turns back the moderator's question is looked for."""

MENTIONED: Final = 0.4
"""Trust in words that a speaker only asks about ("hoe zit dat met de caseload?")."""

_MOVING_ALONE: Final = MOVING - {CueKind.EARLIER}
_MOVING_TOGETHER: Final = frozenset({CueKind.EARLIER, CueKind.PRESENT})
_ONE_CLAUSE: Final = STATING | {CueKind.ENDED, CueKind.PSEUDO}
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
    lengths
        How many words each turn has, ``(t,)``.
    asking
        Whether a turn holds a question mark, ``(t,)``.
    moderated
        For each turn the moderator's last turn before it; -1 if that is not near, ``(t,)``.
    topics
        For each turn the moderator's turn that opened the topic being talked of; -1 if none did, ``(t,)``.
    elsewhere
        By theme, for each turn whether another theme's topic is being talked of, ``(t,)``.
    expansion
        Knows which words the rules' forms stand for.
    cues, around, questions
        What was worked out for the batch: by turn, and moderators' turns by pattern.
    """

    turns: list[tuple[Transcript, Turn]]
    coded: npt.NDArray[np.bool_]
    opens: list[int]
    speech: Speech
    lengths: npt.NDArray[np.int64]
    asking: npt.NDArray[np.bool_]
    moderated: npt.NDArray[np.int64]
    topics: npt.NDArray[np.int64]
    expansion: Expansion
    phrases: tuple[list[int], list[int]] | None = None
    cues: dict[int, Cues] = field(default_factory=dict)
    around: dict[int, Surroundings] = field(default_factory=dict)
    questions: dict[Node, dict[int, Match]] = field(default_factory=dict)
    elsewhere: dict[str, Turns] = field(default_factory=dict)

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
        topics = np.full(len(coded), -1)
        return cls(turns, np.array(coded, dtype=bool), opens, speech, lengths, asking, near, topics, expansion)

    def said(self, phrases: Collection[int], low: int, high: int) -> Iterator[tuple[int, int]]:
        """Phrases of one set that may stand among some words: place of the rarest word, and number."""
        if self.phrases is None:
            self.phrases = self.speech.phrases.listed(phrases)
        places, numbers = self.phrases
        first = bisect_left(places, low)
        last = bisect_left(places, high, first)
        return zip(places[first:last], numbers[first:last], strict=True)

    def bounds(self, turn: int) -> tuple[int, int]:
        """First word of a turn, and of the next."""
        return self.speech.turns[turn], self.speech.turns[turn + 1]

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
        low, high = self.bounds(turn)
        first, last = match[0], match[-1]
        start, end = speech.sentences[speech.sentence[first]], speech.sentences[speech.sentence[last] + 1]
        start, end = max(start, low), min(end, high)
        if first - start + WINDOW > LONGEST or last - start >= LONGEST or end - start > LONGEST:
            start = self._edge(range(first, max(start, first - WINDOW) - 1, -1))
            end = self._edge(range(last, min(end, last + WINDOW + 1))) + 1
        found = self.segment(turn, start, end - 1)
        text = self.turns[turn][1].text
        stop = found.end
        while stop < len(text) and text[stop] in ".!?…":
            stop += 1
        return found if stop == found.end else Segment(found.transcript, found.turn, found.start, stop)

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
        self._words: list[tuple[Cue, Family]] = []
        self._phrases: dict[int, list[tuple[Cue, Node]]] = {}
        for cue in cues():
            for says in cue.says:
                self._file(cue, compiler.node(written(says)))
        self._pointing = family([f"={word}" for word in sorted(POINTING)])
        self._negative = family(_NEGATIVE)
        self._first_person = family(_FIRST_PERSON)
        self._asking = family(_ASKING)
        self._tags = family(_TAGS)
        self._any = Family((), ())
        self._by_code: dict[int, list[Cue]] = {}
        self._known = -1

    def read(self, batch: Batch, turn: int, match: Match) -> Reading:
        """The stance of a match, and how far to trust it."""
        found = self.cues(batch, turn)
        if not found.moving:
            return PLAIN
        return read_stance(match, found, self._around(batch, turn))

    def cues(self, batch: Batch, turn: int) -> Cues:
        """All cues of a turn; looked for once."""
        found = batch.cues.get(turn)
        if found is None:
            found = batch.cues[turn] = self._look(batch, turn)
        return found

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

    def _around(self, batch: Batch, turn: int) -> Surroundings:
        around = batch.around.get(turn)
        if around is None:
            speech, (low, high) = batch.speech, batch.bounds(turn)
            pointing = frozenset(speech.within(self._pointing, low, high))
            around = Surroundings(speech.sentence, speech.clause, speech.sentences, (low, high), pointing)
            batch.around[turn] = around
        return around

    def _file(self, cue: Cue, node: Node) -> None:
        if isinstance(node, One):
            self._words.append((cue, node.family))
        elif isinstance(node, Succession):
            self._phrases.setdefault(node.number, []).append((cue, node))
        elif isinstance(node, Either):
            for way in node.ways():
                self._file(cue, way)

    def _look(self, batch: Batch, turn: int) -> Cues:
        """Look for the cues of a turn."""
        speech, (low, high) = batch.speech, batch.bounds(turn)
        single = self._single(speech.known)
        places = speech.within(self._any, low, high)
        likely = [(place, cue) for place in places for cue in single[speech.words[place]]]
        phrases = [
            (place, pair) for place, number in batch.said(self._phrases, low, high) for pair in self._phrases[number]
        ]
        kinds = {cue.kind for _, cue in likely} | {cue.kind for _, (cue, _) in phrases}
        if kinds.isdisjoint(_MOVING_ALONE) and not kinds >= _MOVING_TOGETHER:
            return NO_CUES
        found: dict[tuple[str, Match], FoundCue] = {}
        found |= {(cue.id, (place,)): FoundCue(cue, (place,), frozenset((place,))) for place, cue in likely}
        negative = self._negative.codes
        for place, (cue, node) in phrases:
            sentence = speech.sentence[place]
            for match in node.find(speech, speech.sentences[sentence], speech.sentences[sentence + 1]):
                if cue.kind in _ONE_CLAUSE and speech.clause[match[0]] != speech.clause[match[-1]]:
                    continue
                core = frozenset(p for p in match if speech.words[p] in negative) or frozenset(match)
                found[cue.id, match] = FoundCue(cue, match, core)
        return weighed([*found.values()])

    def _single(self, known: int) -> dict[int, list[Cue]]:
        """The cues of one word, by the number of the word."""
        if known != self._known:
            self._known = known
            self._by_code = {}
            for cue, family in self._words:
                for code in family.codes:
                    self._by_code.setdefault(code, []).append(cue)
            self._any.codes = set(self._by_code)
        return self._by_code


def _moderated(coded: list[bool], opens: list[int]) -> npt.NDArray[np.int64]:
    """For each turn the moderator's last turn before it, at most :data:`BACK` turns back; -1 if there is none."""
    found = np.full(len(coded), -1, dtype=np.int64)
    last = -1
    for turn, (is_coded, first) in enumerate(zip(coded, opens, strict=True)):
        if last >= first and turn - last <= BACK:
            found[turn] = last
        if not is_coded:
            last = turn
    return found
