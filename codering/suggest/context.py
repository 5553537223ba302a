"""From hits to suggestions: what the turns around and the other rules say.

First the hits that stand on their own; then, turn by turn, the rules that look at what was suggested before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from codering.codebooks import Codebook
from codering.codings import Evidence, Suggestion
from codering.patterns import Context
from codering.suggest.hearing import Batch, Hearing
from codering.suggest.matching import Match, Region
from codering.suggest.places import Turns
from codering.suggest.verify import FLOOR, CompiledRule, Hit, examine, regions
from codering.suggest.weighing import INHERITED, Proposal, among, recently, settled, soon, weighed

_Way = Callable[[int, Batch], Iterator[int]]
_BACKCHANNEL: Final = 3  # words; "mm, ja" does not stand between a turn and the agreement with it
_LONG_QUESTION: Final = 15  # words; a moderator who asks at such length has moved on


def in_context(
    plain: Iterable[Hit], later: Iterable[CompiledRule], batch: Batch, hearing: Hearing, codebook: Codebook
) -> list[Suggestion]:
    """Weigh hits in their context, and make suggestions of what stands.

    Parameters
    ----------
    plain
        Hits of the rules that stand on their own.
    later
        The rules that look at other suggestions; they are looked for only where what they want to see is there.
    batch, hearing
        The turns, and how they are meant.
    codebook
        Says which codes belong to which theme.
    """
    theme_of = {code.id: code.theme for code in codebook}
    proposed: dict[int, list[Proposal]] = {}
    for hit in plain:
        proposed.setdefault(hit.turn, []).append(Proposal(hit, hit.rule.code.id, hit.stance, hit.score))
    rules = [*later]
    _add(((rule, None) for rule in rules if not rule.context.looks_on), proposed, batch, hearing, theme_of)
    looking_on = [rule for rule in rules if rule.context.looks_on]  # it waits until all else is known
    wanted = {(rule.context.unclaimed, rule.context.soon) for rule in looking_on}
    turns = {some: among(*some, proposed, batch, theme_of) for some in wanted}
    found = ((rule, turns[rule.context.unclaimed, rule.context.soon]) for rule in looking_on)
    _add(found, proposed, batch, hearing, theme_of)
    return [_suggestion(proposal, batch) for proposal in weighed(proposed, batch, codebook)]


def _add(
    rules: Iterable[tuple[CompiledRule, Turns | None]],
    proposed: dict[int, list[Proposal]],
    batch: Batch,
    hearing: Hearing,
    theme_of: dict[str, str],
) -> None:
    """Add what some rules propose that look at other suggestions; each with the turns among which it looks."""
    waiting: dict[int, list[tuple[CompiledRule, list[Region]]]] = {}
    for rule, turns in rules:
        for turn, where in regions(rule, batch, turns):
            waiting.setdefault(turn, []).append((rule, where))
    for turn in sorted(waiting):
        for beside in (False, True):  # what looks beside itself looks at all that is there
            seen = _Seen(turn, proposed, batch, theme_of)
            fresh: list[Proposal] = []
            for rule, where in waiting[turn]:
                if bool(rule.context.neighbour) is beside and seen.shows(rule.context):
                    found = examine(rule, where, batch, hearing, seen.neighbours(rule.context))
                    fresh += [] if found is None else seen.proposals(found)
            if fresh:
                proposed[turn] = proposed.get(turn, []) + fresh


def as_they_are(found: Iterable[Hit], batch: Batch) -> list[Suggestion]:
    """Make a suggestion of every hit, as if its context held and no other rule fired."""
    return [_suggestion(Proposal(hit, hit.rule.code.id, hit.stance, hit.score), batch) for hit in found]


class _Seen:
    """What a rule sees around one turn: what is suggested there, and in the turn before."""

    def __init__(self, turn: int, proposed: dict[int, list[Proposal]], batch: Batch, theme_of: dict[str, str]) -> None:
        self._turn = turn
        self._talk: dict[_Way, dict[str, tuple[int, Match]]] = {}
        self._here = proposed.get(turn, [])
        self._batch = batch
        self._theme_of = theme_of
        self._proposed = proposed

    def shows(self, context: Context) -> bool:
        """Whether what the rule wants to see is there."""
        if context.neighbour and not any(self._is_one(p.code, context.neighbour) for p in self._here):
            return False
        if context.unclaimed and self._here:
            return False
        if context.recent and self._near(context.recent, recently) is None:
            return False
        if context.soon and self._near(context.soon, soon) is None:
            return False
        return not (context.previous or context.inherit) or bool(self._wanted(context))

    def neighbours(self, context: Context) -> Callable[[Match], bool] | None:
        """Tells whether a match has what the rule wants to see beside it; None if it does not look there."""
        if not context.neighbour:
            return None
        seen = [self._sentences(p.hit.match) for p in self._here if self._is_one(p.code, context.neighbour)]

        def has(match: Match) -> bool:
            first, last = self._sentences(match)
            return any(begins - 1 <= last and first <= ends + 1 for begins, ends in seen)

        return has

    def _sentences(self, match: Match) -> tuple[int, int]:
        sentence = self._batch.speech.sentence
        return sentence[match[0]], sentence[match[-1]]

    def proposals(self, hit: Hit) -> Iterator[Proposal]:
        """What a rule proposes that sees what it wants."""
        context = hit.rule.context
        if not (context.previous or context.inherit):
            near = ((context.recent, recently), (context.soon, soon))
            because = next((self._near(wanted, way) for wanted, way in near if wanted), None)
            yield Proposal(hit, hit.rule.code.id, hit.stance, hit.score, because)
            return
        before = self._before(context)
        wanted = self._wanted(context)
        assert before is not None
        if not context.inherit:
            yield Proposal(hit, hit.rule.code.id, hit.stance, hit.score, (before, wanted[0].hit.match))
            return
        taken: dict[str, Proposal] = {}
        for p in settled(wanted, self._theme_of):
            score = round(hit.score * p.score, 4)
            if p.score >= INHERITED and score >= FLOOR and (p.code not in taken or score > taken[p.code].score):
                taken[p.code] = Proposal(hit, p.code, p.stance, score, (before, p.hit.match))
        yield from taken.values()

    def _wanted(self, context: Context) -> list[Proposal]:
        """The suggestions of the turn before that the rule wants to see."""
        before = self._before(context)
        if before is None:
            return []
        earlier = self._proposed.get(before, [])
        return [p for p in earlier if not context.previous or self._is_one(p.code, context.previous)]

    def _before(self, context: Context) -> int | None:
        return _before(self._turn, self._proposed, self._batch, other=context.inherit)

    def _near(self, wanted: tuple[str, ...], way: _Way) -> tuple[int, Match] | None:
        """The nearest of the turns shortly before or after that is suggested one of some codes, with its words."""
        talk = self._talk.get(way)
        if talk is None:
            talk = self._talk[way] = {}
            for other in way(self._turn, self._batch):
                for p in self._proposed.get(other, []):
                    if p.score >= INHERITED:
                        for named in (p.code, self._theme_of[p.code]):
                            talk.setdefault(named, (other, p.hit.match))
        there = (talk[name] for name in wanted if name in talk)
        return max(there, key=lambda found: (-abs(found[0] - self._turn), found[1]), default=None)

    def _is_one(self, code: str, wanted: tuple[str, ...]) -> bool:
        return code in wanted or self._theme_of.get(code) in wanted


def _before(turn: int, proposed: dict[int, list[Proposal]], batch: Batch, *, other: bool) -> int | None:
    """The previous participant's turn, past a mere "mm, ja".

    With `other`, of somebody else, and not past a long question of the moderator: whoever says "precies" then
    answers the question.
    """
    speaker = batch.turns[turn][1].speaker
    for earlier in range(turn - 1, batch.opens[turn] - 1, -1):
        spoken = batch.turns[earlier][1]
        if not batch.coded[earlier]:
            if other and "?" in spoken.text and spoken.words > _LONG_QUESTION:
                return None
            continue
        if earlier not in proposed and spoken.words <= _BACKCHANNEL:
            continue
        return None if other and spoken.speaker == speaker else earlier
    return None


def _suggestion(proposal: Proposal, batch: Batch) -> Suggestion:
    hit = proposal.hit
    rule = hit.rule.rule
    return Suggestion(
        segment=batch.utterance(hit.turn, hit.match),
        code=proposal.code,
        stance=proposal.stance,
        source=f"rule:{rule.id}",
        score=proposal.score,
        evidence=_evidence(proposal, batch),
    )


def _evidence(proposal: Proposal, batch: Batch) -> tuple[Evidence, ...]:
    """The words that matched, the cues, and the turn before that counted."""
    hit = proposal.hit
    found = [_words("match", batch, hit.turn, run, hit.rule.rule.id) for run in _runs(hit.match)]
    for cue in hit.reading.cues:
        found += [_words("cue", batch, hit.turn, run, cue.kind.value) for run in _runs(cue.words)]
    if hit.asked:
        found.append(_words("cue", batch, hit.turn, (hit.match[-1], hit.match[-1]), "question"))
    for because in (hit.question, proposal.because):
        if because is not None:
            found += _said_before(because, batch)
    return tuple(found)


def _said_before(because: tuple[int, Match], batch: Batch) -> tuple[Evidence, ...]:
    """The words of a turn before; many rules look at the same."""
    known = batch.before.get(because)
    if known is None:
        turn, match = because
        speaker = batch.turns[turn][1].speaker
        known = tuple(_words("context", batch, turn, span, speaker) for span in _runs(match))
        batch.before[because] = known
    return known


def _words(kind: str, batch: Batch, turn: int, span: tuple[int, int], detail: str) -> Evidence:
    segment = batch.segment(turn, *span)
    text = batch.turns[turn][1].text[segment.start : segment.end]
    return Evidence(kind=kind, words=text, segment=segment, detail=detail)  # type: ignore[arg-type]


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Group neighbouring places, which ascend, into runs: first and last of each."""
    first, last = places[0], places[-1]
    if last - first == len(places) - 1:
        return [(first, last)]
    runs = []
    for place, following in pairwise((*places, places[-1] + 2)):
        if following != place + 1:
            runs.append((first, place))
            first = following
    return runs
