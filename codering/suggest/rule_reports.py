"""What rules do on a corpus and what they are worth: the figures.

Pure functions on a codebook, transcripts, suggestions and codings of people. All comparison is at the level of turns:
a turn either carries a code with a stance or it does not.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from codering.codebooks import Codebook
from codering.codings import Coding, Stance, Suggestion
from codering.errors import Message
from codering.suggest.keyness import Keyword, keywords
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Place, Segment, Transcript

Claim = tuple[str, int, str, Stance]
"""Transcript, turn, code and stance."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How suggestions compare with what people found.

    Attributes
    ----------
    hits, suggested, wanted
        How many of the suggested are right, how many were suggested, how many there are to find.
    """

    hits: int
    suggested: int
    wanted: int

    @property
    def precision(self) -> float:
        """The share of what was suggested that is right; NaN if nothing was suggested."""
        return self.hits / self.suggested if self.suggested else math.nan

    @property
    def recall(self) -> float:
        """The share of what is there that was suggested; NaN if there is nothing."""
        return self.hits / self.wanted if self.wanted else math.nan

    @property
    def f1(self) -> float:
        """The harmonic mean of both; NaN if nothing was suggested and nothing is there."""
        total = self.suggested + self.wanted
        return 2 * self.hits / total if total else math.nan


def scores(suggested: AbstractSet[object], wanted: AbstractSet[object]) -> Scores:
    """Compare two sets of anything that can be equal, for example turns with a code."""
    return Scores(len(suggested & wanted), len(suggested), len(wanted))


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What one rule does on a corpus.

    Attributes
    ----------
    rule, code
        Which rule, of which code.
    fired
        In how many turns of participants its words and the length, speaker and question it wants are found.
    suggested
        In how many turns it leads to a suggestion, once the context is weighed.
    moderator
        In how many turns of moderators it would have fired.
    judged, right
        Of the turns with a suggestion: how many are in transcripts that somebody coded, and how many of those carry
        the code with the same stance.
    shared
        In how many turns with a suggestion another rule suggests the same code.
    partner
        The rule of the same code with which it shares most turns; empty if there is none.
    conflicts
        In how many turns it fires where another rule of the code reads the other stance.
    """

    rule: str
    code: str
    fired: int
    suggested: int
    moderator: int
    judged: int
    right: int
    shared: int
    partner: str
    conflicts: int

    @property
    def precision(self) -> float:
        """The share of the judged turns that are right; NaN if none was judged."""
        return self.right / self.judged if self.judged else math.nan

    @property
    def dead(self) -> bool:
        """Whether it never fires on a participant."""
        return not self.fired

    @property
    def remark(self) -> Message | None:
        """What a researcher should look at; None if nothing stands out."""
        if self.dead and self.moderator:
            return Message("fires on the moderator only")
        if self.dead:
            return Message("never fires")
        if self.judged >= 5 and self.precision < 0.5:
            return Message("wrong more often than right")
        if self.conflicts:
            return Message("other rules read the other stance")
        if self.suggested and self.shared == self.suggested:
            return Message("finds nothing that other rules do not find")
        return None


def rule_reports(
    codebook: Codebook, transcripts: Sequence[Transcript], suggestions: Iterable[Suggestion], codings: Iterable[Coding]
) -> tuple[RuleReport, ...]:
    """Report on every rule of a codebook, in its order.

    Parameters
    ----------
    codebook
        Whose rules.
    transcripts
        Where they were looked for.
    suggestions
        What they suggested there.
    codings
        What people coded; transcripts without a coding count as unread.
    """
    suggester = RuleSuggester(codebook)
    fired = _stances(suggester.firings(transcripts))
    moderator = _stances(suggester.firings(transcripts, moderators=True))
    suggested = _stances(suggestions)
    wanted = {_claim(coding.segment, coding.code, coding.stance) for coding in codings}
    read = {transcript for transcript, *_ in wanted}
    by_code: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    stances: dict[tuple[str, int, str], set[Stance]] = defaultdict(set)
    for source, claims in suggested.items():
        for transcript, turn, code, _ in claims:
            by_code[transcript, turn, code].add(source)
    for claims in fired.values():
        for transcript, turn, code, stance in claims:
            stances[transcript, turn, code].add(stance)
    reports = []
    for code_, rule in codebook.rules():
        source = f"rule:{rule.id}"
        mine = suggested.get(source, set())
        judged = {claim for claim in mine if claim[0] in read}
        reports.append(
            RuleReport(
                rule=rule.id,
                code=code_.id,
                fired=len(fired.get(source, ())),
                suggested=len({claim[:2] for claim in mine}),
                moderator=len(moderator.get(source, ())),
                judged=len(judged),
                right=len(judged & wanted),
                shared=len({claim[:2] for claim in mine if len(by_code[claim[:3]]) > 1}),
                partner=_partner(source, [by_code[claim[:3]] for claim in mine]),
                conflicts=sum(len(stances[claim[:3]]) > 1 for claim in fired.get(source, ())),
            )
        )
    return tuple(reports)


def _partner(source: str, turns: Sequence[AbstractSet[str]]) -> str:
    """The rule that suggests the same in most of a rule's turns; of equals, the first in the alphabet."""
    others = Counter(other for sources in turns for other in sorted(sources) if other != source)
    best = min(others, key=lambda other: (-others[other], other), default="")
    return best.removeprefix("rule:")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that could make a rule.

    Attributes
    ----------
    code
        The code whose turns hold it: turns that people coded and no rule found.
    missed
        How many such turns there are.
    keyword
        The word.
    """

    code: str
    missed: int
    keyword: Keyword


def candidates(
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    suggestions: Iterable[Suggestion],
    codings: Iterable[Coding],
    *,
    least: int = 3,
    most: int = 10,
) -> tuple[Candidate, ...]:
    """The words that are typical of turns which people gave a code and no rule did.

    They are compared with all other turns of participants in the transcripts that were coded.
    """
    coded: dict[str, set[Place]] = defaultdict(set)
    for coding in codings:
        coded[coding.code].add(coding.segment.place)
    found: dict[str, set[Place]] = defaultdict(set)
    for suggestion in suggestions:
        found[suggestion.code].add(suggestion.segment.place)
    read = {transcript for places in coded.values() for transcript, _ in places}
    texts = {(t.name, turn.number): turn.text for t in transcripts if t.name in read for turn in t.participant_turns()}
    result = []
    for code in codebook:
        missed = {place for place in coded[code.id] - found[code.id] if place in texts}
        others = (text for place, text in texts.items() if place not in missed)
        typical = keywords((texts[place] for place in sorted(missed)), others, least=least, most=most)
        result += [Candidate(code.id, len(missed), keyword) for keyword in typical]
    return tuple(result)


def _claim(segment: Segment, code: str, stance: Stance) -> Claim:
    return segment.transcript, segment.turn, code, stance


def _stances(suggestions: Iterable[Suggestion]) -> dict[str, set[Claim]]:
    """What each source claims."""
    found: dict[str, set[Claim]] = defaultdict(set)
    for suggestion in suggestions:
        found[suggestion.source].add(_claim(suggestion.segment, suggestion.code, suggestion.stance))
    return found
