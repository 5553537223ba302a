"""From hits to suggestions: what the turns around and the other rules say.

First the hits that stand on their own; then, turn by turn, the rules that look at what was suggested before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from codering.codebooks import Codebook
from codering.codings import Evidence, Stance, Suggestion
from codering.suggest.hearing import Batch
from codering.suggest.matching import Match
from codering.suggest.verify import FLOOR, Hit

INHERITED: Final = 0.5
"""Short agreement takes over only suggestions with at least this score."""

_BACKCHANNEL: Final = 3  # words; "mm, ja" does not stand between a turn and the agreement with it
_LONG_QUESTION: Final = 15  # words; a moderator who asks at such length has moved on


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion in the making.

    Attributes
    ----------
    hit
        What was found.
    code, stance, score
        What it proposes; an inheriting rule proposes another's code and stance.
    because
        The turn before that counted, with the words in it; None if none did.
    """

    hit: Hit
    code: str
    stance: Stance
    score: float
    because: tuple[int, Match] | None = None


def in_context(plain: Iterable[Hit], later: Iterable[Hit], batch: Batch, codebook: Codebook) -> list[Suggestion]:
    """Weigh hits in their context, and make suggestions of what stands.

    Parameters
    ----------
    plain, later
        Hits of rules without and with a context of other suggestions.
    batch
        The turns.
    codebook
        Says which codes belong to which theme.
    """
    theme_of = {code.id: code.theme for code in codebook}
    proposed: dict[int, list[Proposal]] = {}
    for hit in plain:
        proposed.setdefault(hit.turn, []).append(Proposal(hit, hit.rule.code.id, hit.stance, hit.score))
    ordered = sorted(later, key=lambda hit: hit.turn)
    for turn, group in groupby(ordered, key=lambda hit: hit.turn):
        here = proposed.get(turn, [])
        fresh = [proposal for hit in group for proposal in _contextual(hit, here, proposed, batch, theme_of)]
        if fresh:
            proposed[turn] = here + fresh
    found: list[Suggestion] = []
    for turn in sorted(proposed):
        found += [_suggestion(proposal, batch) for proposal in _settled(proposed[turn], theme_of)]
    return found


def as_they_are(found: Iterable[Hit], batch: Batch) -> list[Suggestion]:
    """Make a suggestion of every hit, as if its context held and no other rule fired."""
    return [_suggestion(Proposal(hit, hit.rule.code.id, hit.stance, hit.score), batch) for hit in found]


def _contextual(
    hit: Hit, here: list[Proposal], proposed: dict[int, list[Proposal]], batch: Batch, theme_of: dict[str, str]
) -> Iterator[Proposal]:
    """What a rule proposes that looks at other suggestions; nothing if what it wants is not there."""
    context = hit.rule.rule.context
    assert context is not None
    if context.neighbour and not any(_is_one(p.code, context.neighbour, theme_of) for p in here):
        return
    if not (context.previous or context.inherit):
        yield Proposal(hit, hit.rule.code.id, hit.stance, hit.score)
        return
    before = _before(hit.turn, proposed, batch, other=context.inherit)
    if before is None:
        return
    earlier = proposed.get(before, [])
    wanted = [p for p in earlier if not context.previous or _is_one(p.code, context.previous, theme_of)]
    if not wanted:
        return
    if not context.inherit:
        yield Proposal(hit, hit.rule.code.id, hit.stance, hit.score, (before, wanted[0].hit.match))
        return
    taken: dict[str, Proposal] = {}
    for p in _settled(wanted, theme_of):
        score = round(hit.score * p.score, 4)
        if p.score >= INHERITED and score >= FLOOR and (p.code not in taken or score > taken[p.code].score):
            taken[p.code] = Proposal(hit, p.code, p.stance, score, (before, p.hit.match))
    yield from taken.values()


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


def _is_one(code: str, wanted: tuple[str, ...], theme_of: dict[str, str]) -> bool:
    return code in wanted or theme_of.get(code) in wanted


def _settled(proposals: list[Proposal], theme_of: dict[str, str]) -> list[Proposal]:
    """Drop a theme's own code next to one of its codes, and the weaker of two stances on one code."""
    specific = {theme_of[p.code] for p in proposals if p.code != theme_of[p.code]}
    kept = [p for p in proposals if p.code != theme_of[p.code] or p.code not in specific]
    stances: dict[str, Stance] = {}
    for code in {p.code for p in kept}:
        stances[code] = _stance([p for p in kept if p.code == code])
    return [p for p in kept if p.stance is stances[p.code]]


def _stance(proposals: list[Proposal]) -> Stance:
    """The stance that a turn takes on one code: of the best hit; of equals, what was said last."""
    best = max(proposals, key=lambda p: (p.score, p.hit.match[-1]))
    return best.stance


def _suggestion(proposal: Proposal, batch: Batch) -> Suggestion:
    hit = proposal.hit
    rule = hit.rule.rule
    return Suggestion(
        segment=batch.utterance(hit.turn, hit.match),
        code=proposal.code,
        stance=proposal.stance,
        source=f"rule:{rule.id}",
        score=proposal.score,
        evidence=tuple(_evidence(proposal, batch)),
    )


def _evidence(proposal: Proposal, batch: Batch) -> Iterator[Evidence]:
    """The words that matched, the cues, and the turn before that counted."""
    hit = proposal.hit
    for first, last in _runs(hit.match):
        yield _words("match", batch, hit.turn, (first, last), hit.rule.rule.id)
    for cue in hit.reading.cues:
        for first, last in _runs(cue.words):
            yield _words("cue", batch, hit.turn, (first, last), cue.kind.value)
    if hit.asked:
        last = hit.match[-1]
        yield _words("cue", batch, hit.turn, (last, last), "question")
    for because in (hit.question, proposal.because):
        if because is not None:
            turn, match = because
            for first, last in _runs(match):
                yield _words("context", batch, turn, (first, last), batch.turns[turn][1].speaker)


def _words(kind: str, batch: Batch, turn: int, span: tuple[int, int], detail: str) -> Evidence:
    segment = batch.segment(turn, *span)
    text = batch.turns[turn][1].text[segment.start : segment.end]
    return Evidence(kind=kind, words=text, segment=segment, detail=detail)  # type: ignore[arg-type]


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Group neighbouring places into runs: first and last of each."""
    first = last = -2
    for place in places:
        if place != last + 1:
            if first >= 0:
                yield first, last
            first = place
        last = place
    if first >= 0:
        yield first, last
