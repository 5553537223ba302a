"""Whether a speaker experiences what was found, or says that it is not so.

After ConText (Harkema, Dowling, Thornblade and Chapman, J. Biomed. Inform. 42, 2009, 839-851): cues with a direction
and a reach, false cues that silence them, and words that end their reach. Added for focus groups are denials that
point back (``dat valt wel mee``), somebody else's words, and what was against what is. The cues are data:
``data/stance.yaml``. Irony is out of reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codering.codings import Stance
from codering.language.cues import STATING, CueKind, Cues, FoundCue


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where words stand; numbers are places, sentences and clauses of a batch.

    Attributes
    ----------
    sentence, clause
        Of each word.
    sentences
        First word of each sentence, and one more.
    turn
        First word of the turn, and of the next.
    pointing
        Places of words that point back: ``dat``, ``daar``, ``het``.
    """

    sentence: Sequence[int]
    clause: Sequence[int]
    sentences: Sequence[int]
    turn: tuple[int, int]
    pointing: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reading:
    """How an utterance is meant.

    Attributes
    ----------
    stance
        Whether it is experienced or denied.
    cues
        What decided it, or made it doubtful.
    trust
        What the score is multiplied with, in (0, 1].
    """

    stance: Stance = Stance.CONFIRMS
    cues: tuple[FoundCue, ...] = ()
    trust: float = 1.0


PLAIN: Final = Reading()
"""What is meant as it is said."""


REPORTED: Final = 0.8
"""Trust in what somebody else is said to say."""
IMAGINED: Final = 0.6
"""Trust in what is imagined (``stel dat``)."""
BACK: Final = 3
"""Sentences that a short denial at the start of a turn reaches; no other cue reaches on as far."""
PAST: Final = 0.7
"""Trust in what was, or is elsewhere, where nothing is said of the own present practice."""
CURT: Final = 2
"""Words of a sentence that denies the topic before it (``Nooit.``, ``Echt niet.``)."""
_POINTING: Final = 5  # a word that points back is one of the first five of its sentence
_BARE: Final = 5  # "Prima te doen.": a sentence so short is about what was just said
_TOPIC: Final = 3  # "Die sancties, ...": words of a topic that a clause takes up
_AHEAD: Final = 2  # sentences in which the own present may be set against the past
_OVER: Final = 8  # sentences back to which "dat is weg" reaches
_PHRASE: Final = 3  # words between a preposition and its noun: "door al die"

_AGAINST: Final = (
    (CueKind.PAST, CueKind.PRESENT), (CueKind.ELSEWHERE, CueKind.HERE), (CueKind.EARLIER, CueKind.PRESENT),
)  # fmt: skip
"""Kinds that place a match in another time or place, each with what says that it is this time or place."""

POINTING: Final = frozenset(
    {"dat", "daar", "dit", "die", "het", "'t", "er", "da's", "daarvan", "daarop", "daaraan", "nee", "integendeel"}
)
"""Words that can point back to the sentence before."""


def read_stance(match: Sequence[int], found: Cues, around: Surroundings) -> Reading:
    """Work out the stance of some words from the cues of their turn.

    Parameters
    ----------
    match
        Places of the words that a rule matched, ascending. Cues among them are part of what the rule looks for
        (``geen tijd``) and deny nothing.
    found
        The cues of the turn.
    around
        Where sentences and clauses begin.
    """
    if not found.moving:
        return PLAIN
    reader = _Reader(match, found, around)
    deciding = reader.deciding()
    stance = Stance.DENIES if len(deciding) % 2 else Stance.CONFIRMS
    then = reader.then()
    if then is not None:
        return reader.against_now(then, deciding)
    ended = reader.ended()
    if ended is not None and not deciding:
        return Reading(Stance.DENIES, (ended,))
    trust, doubts = 1.0, []
    reported = reader.reaching(CueKind.REPORTED)
    if reported:
        # A denial by somebody else is quoted to be disputed more often than to be shared.
        deciding = reader.own(deciding)
        trust, doubts = REPORTED, [reported[0]]
        stance = Stance.DENIES if deciding else Stance.CONFIRMS
    imagined = reader.reaching(CueKind.HYPOTHETICAL)
    if imagined:
        # "Stel dat je je target niet haalt": who imagines that it fails, has one.
        stance, deciding = Stance.CONFIRMS, ()
        trust, doubts = trust * IMAGINED, [*doubts, imagined[0]]
    return Reading(stance, (*deciding, *doubts), trust)


class _Reader:
    """The steps of :func:`read_stance`, for one match."""

    def __init__(self, match: Sequence[int], found: Cues, around: Surroundings) -> None:
        self.match = frozenset(match)
        self.first, self.last = match[0], match[-1]
        self.around = around
        self.home = range(around.sentence[self.first], around.sentence[self.last] + 1)
        self.by_kind = found.by_kind

    def deciding(self) -> tuple[FoundCue, ...]:
        """The cues that turn the match round; an even number leaves it as it was."""
        clausal = [cue for cue in self.of(CueKind.CLAUSAL) if self._reaches(cue)]
        negations = [cue for cue in self.of(CueKind.NEGATION) if self._negates(cue)]
        denials = [cue for cue in self.of(CueKind.DENIAL) if self._denies(cue)]
        # "nooit niet" and "geen last, echt niet" deny once: only a clausal cue denies a denial.
        return (*clausal[:1], *(denials or negations)[:1])

    def own(self, deciding: tuple[FoundCue, ...]) -> tuple[FoundCue, ...]:
        """Of the cues that turn round what somebody else says, the speaker's own: "ze zeggen dat, maar ...".

        None if both deny: whoever disputes a denial confirms.
        """
        turns = [cue.words[0] for cue in self.of(CueKind.CONTRAST) if cue.words[0] > self.last]
        after = self.around.sentences[self.home[-1] + 1]
        own = tuple(cue for cue in deciding if cue.words[0] >= after or (turns and cue.words[0] > turns[0]))
        theirs = [cue for cue in self.of(CueKind.NEGATION) if self._negates(cue) and cue not in own]
        return () if theirs else own

    def of(self, kind: CueKind) -> list[FoundCue]:
        """The cues of one kind that count: what the rule itself matched says nothing about it."""
        found = self.by_kind.get(kind)
        if not found:
            return []
        return [cue for cue in found if self.match.isdisjoint(cue.core)] if kind in STATING else found

    def reaching(self, kind: CueKind) -> list[FoundCue]:
        """The cues of one kind that reach the match, whatever stands between."""
        return [cue for cue in self.of(kind) if self._reaches(cue)] if kind in self.by_kind else []

    def _reaches(self, cue: FoundCue) -> bool:
        """Whether the match is in the same sentence, within reach."""
        if self.around.sentence[cue.words[0]] not in self.home:
            return False
        if cue.words[-1] < self.first:
            return self.first - cue.words[-1] - 1 < cue.cue.after
        if cue.words[0] > self.last:
            return cue.words[0] - self.last - 1 < cue.cue.before
        return True

    def _negates(self, cue: FoundCue) -> bool:
        if not self._reaches(cue):
            return self._answers(cue)
        if cue.words[-1] < self.first:
            asks = any(cue.words[-1] <= one.words[0] < self.first for one in self.of(CueKind.EMBEDDING))
            return not asks and not self._parted(cue.words[-1], self.first)
        if cue.words[0] > self.last:
            if self._caused() or self._terminated(self.last, cue.words[0]):
                return False
            if self._resumed(cue):
                return True
            inner = any(self.last < one.words[0] < cue.words[0] for one in self.of(CueKind.SUBORDINATE))
            return not inner and self.around.clause[self.last] == self.around.clause[cue.words[0]]
        return True

    def _answers(self, cue: FoundCue) -> bool:
        """Whether a mere topic is followed by nothing but a denial: "Een sanctie? Nooit."."""
        sentence = self.around.sentence[cue.words[0]]
        if sentence != self.home[-1] + 1:
            return False
        start, end = self.around.sentences[sentence], self.around.sentences[sentence + 1]
        topic = start - self.around.sentences[self.home[0]] <= _TOPIC
        return topic and end <= self.around.turn[1] and end - start <= CURT and cue.words[-1] == end - 1

    def _resumed(self, cue: FoundCue) -> bool:
        """Whether the match is a topic that the clause with the negation takes up: "Sancties, die geef ik niet"."""
        clause = self.around.clause
        begins = self.around.sentences[self.home[0]]
        if clause[cue.words[0]] != clause[self.last] + 1 or self.last - begins >= _TOPIC:
            return False
        start = next(place for place in range(self.last + 1, cue.words[0] + 1) if clause[place] != clause[self.last])
        return start in self.around.pointing

    def _parted(self, left: int, right: int) -> bool:
        """Whether punctuation or a terminator stands between two places."""
        return self.around.clause[left] != self.around.clause[right] or self._terminated(left, right)

    def _terminated(self, left: int, right: int) -> bool:
        return any(left < cue.words[0] < right for cue in self.of(CueKind.TERMINATOR))

    def _caused(self) -> bool:
        """Whether the match is introduced as a cause or a circumstance."""
        near = range(self.first - _PHRASE, self.first)
        clause = self.around.clause[self.first]
        return any(
            cue.words[-1] in near and self.around.clause[cue.words[-1]] == clause for cue in self.of(CueKind.CAUSE)
        )

    def _denies(self, cue: FoundCue) -> bool:
        return self._applies(cue) and not self._negated(cue)

    def _applies(self, cue: FoundCue) -> bool:
        """Whether a denial is about the match, if it denies at all."""
        if self._reaches(cue):
            # "dat is niet erg, maar de targets wel" leaves the targets; "druk, maar prima te doen" denies.
            return cue.words[-1] > self.first or not self._terminated(cue.words[-1], self.first)
        sentence = self.around.sentence[cue.words[0]]
        if sentence == self.home[-1] + 1:
            return self._points_back(sentence) and cue.words[-1] < self.around.turn[1]
        if sentence == self.around.sentence[self.around.turn[0]]:
            return self._opening(sentence)
        return False

    def _opening(self, opening: int) -> bool:
        """Whether what the turn opens with, an answer, still holds for the match: "Nee hoor. Ik heb er zestig."."""
        after = self.home[0] - opening
        if not 1 <= after <= BACK or (after > 1 and not self._bare(opening)):
            return False
        starts = self.around.sentences[opening + 1 : self.home[0] + 1]
        turned = any(start <= cue.words[0] < start + 2 for cue in self.of(CueKind.CONTRAST) for start in starts)
        return self._points_back(opening) and not turned

    def _negated(self, denial: FoundCue) -> bool:
        """Whether a denial is taken back: "niet echt prima te doen", "gaat helaas niet zo goed"."""
        first, last = denial.words[0], denial.words[-1]
        if any(
            cue.words[-1] < first <= cue.words[-1] + 2
            and self.around.sentence[cue.words[-1]] == self.around.sentence[first]
            for cue in self.of(CueKind.NEGATION)
        ):
            return True
        inside = (cue for kind in (CueKind.NEGATION, CueKind.PSEUDO) for cue in self.of(kind))
        return any(first < place < last and place not in denial.words for cue in inside for place in cue.core)

    def _points_back(self, sentence: int) -> bool:
        start, end = self.around.sentences[sentence], self.around.sentences[sentence + 1]
        pointing = any(place in self.around.pointing for place in range(start, min(start + _POINTING, end)))
        return pointing or self._bare(sentence)

    def _bare(self, sentence: int) -> bool:
        return self.around.sentences[sentence + 1] - self.around.sentences[sentence] <= _BARE

    def then(self) -> FoundCue | None:
        """The cue that places the match in the past or elsewhere.

        What was earlier ("was", "vorig jaar") counts only where the present is set against it: people tell what they
        experience in the past tense.
        """
        for kind, against in _AGAINST:
            for cue in self.reaching(kind):
                left, right = sorted((cue.words[0], self.first))
                if any(left < now.words[0] < right for now in self.of(against)):
                    continue
                if kind is not CueKind.EARLIER or self._now(cue) is not None:
                    return cue
        return None

    def ended(self) -> FoundCue | None:
        """The cue that says, in another clause or a few sentences on, that it is over."""
        for cue in self.of(CueKind.ENDED):
            sentences = self.around.sentence[cue.words[0]] - self.home[-1]
            apart = self.around.clause[cue.words[0]] != self.around.clause[self.last]
            if cue.words[0] > self.last and apart and sentences <= _OVER and cue.words[0] < self.around.turn[1]:
                return cue
        return None

    def against_now(self, then: FoundCue, deciding: tuple[FoundCue, ...]) -> Reading:
        """The stance of what was, by what is said of the own present practice."""
        now = self._now(then)
        # A negation after the turn to the present denies the present, not the past: "nu niet meer".
        of_then = [cue for cue in deciding if now is None or cue.words[-1] < now.words[0]]
        continued = self._continued(then)
        if now is None and continued is not None:
            return Reading(Stance.DENIES if of_then else Stance.CONFIRMS, (then, continued, *of_then))
        if now is None:
            # Who tells how it was, seldom tells how it is: the difference is the point.
            return Reading(Stance.CONFIRMS if of_then else Stance.DENIES, (then, *of_then), PAST)
        if self._same(now):
            stance = Stance.DENIES if of_then else Stance.CONFIRMS
        else:
            stance = Stance.CONFIRMS if of_then else Stance.DENIES
        return Reading(stance, (then, now, *of_then), 1.0)

    def _now(self, then: FoundCue) -> FoundCue | None:
        """Where the speaker turns to the own present, after both the match and the past."""
        after = max(self.last, then.words[-1])
        until = self.home[-1] + _AHEAD
        # "Het was druk, bij ons" speaks of one time only.
        kinds = (CueKind.PRESENT,) if then.kind is CueKind.EARLIER else (CueKind.PRESENT, CueKind.HERE)
        return self._first_of(kinds, after, until)

    def _continued(self, then: FoundCue) -> FoundCue | None:
        """Where the speaker says, after both the match and the past, that it went on."""
        return self._first_of((CueKind.CONTINUED,), max(self.last, then.words[-1]), self.home[-1] + _AHEAD)

    def _first_of(self, kinds: Sequence[CueKind], after: int, until: int) -> FoundCue | None:
        """The first cue of some kinds after a place, up to and with a sentence of the turn."""
        found = [
            cue
            for kind in kinds
            for cue in self.of(kind)
            if after < cue.words[0] < self.around.turn[1] and self.around.sentence[cue.words[0]] <= until
        ]
        return min(found, key=lambda cue: cue.words, default=None)

    def _same(self, now: FoundCue) -> bool:
        """Whether the present is said to be as the past was."""
        sentence = self.around.sentence[now.words[0]]
        return any(
            cue.words[0] > now.words[0] - 2 and self.around.sentence[cue.words[0]] == sentence
            for kind in (CueKind.SAME, CueKind.CONTINUED)
            for cue in self.of(kind)
        )
