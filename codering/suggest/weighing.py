"""What of all that was found stands: by what other rules say of the turn, and by what is talked of around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np

from codering.codebooks import Codebook
from codering.codings import Stance
from codering.suggest.hearing import Batch
from codering.suggest.matching import Match
from codering.suggest.places import Turns
from codering.suggest.verify import Hit

INHERITED: Final = 0.5
"""Only a suggestion with at least this score says what is talked of, and is taken over by short agreement."""

LEANING: Final = 0.5
"""What one rule says with at most this score gives way to what two rules say."""

FIRM: Final = 0.65
"""What one rule says with at most this score is heard only if something around speaks for its theme too."""

_NEAR: Final = 6  # turns; what is talked of before or after that is another conversation


class Proposal(NamedTuple):
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


def weighed(proposed: Mapping[int, list[Proposal]], batch: Batch, codebook: Codebook) -> Iterator[Proposal]:
    """What stands of all that is proposed.

    Parameters
    ----------
    proposed
        By turn.
    batch
        The turns.
    codebook
        Says which codes belong to which theme, and which themes are core themes.
    """
    theme_of = {code.id: code.theme for code in codebook}
    core = {theme.id for theme in codebook.themes if theme.core}
    talk = _Talk(proposed, theme_of, batch)
    for turn in sorted(proposed):
        agreeing = _agreeing(proposed[turn], theme_of, core)
        by_theme: dict[str, list[Proposal]] = {}
        for proposal in agreeing:
            by_theme.setdefault(theme_of[proposal.code], []).append(proposal)
        unheard = {theme for theme, found in by_theme.items() if not _in_company(theme, found, talk)}
        yield from settled([p for p in agreeing if theme_of[p.code] not in unheard] if unheard else agreeing, theme_of)


class _Talk:
    """Which themes that moderators ask about are spoken of in a turn and around it; looked at where it is asked."""

    def __init__(self, proposed: Mapping[int, list[Proposal]], theme_of: Mapping[str, str], batch: Batch) -> None:
        self._proposed = proposed
        self._theme_of = theme_of
        self._themes: dict[int, set[str]] = {}
        self.batch = batch

    def around(self, theme: str, turn: int) -> bool:
        """Whether a turn shortly before or after speaks of a theme."""
        batch = self.batch
        return any(theme in self._themes_in(other) for other in (*recently(turn, batch), *soon(turn, batch)))

    def _themes_in(self, turn: int) -> set[str]:
        themes = self._themes.get(turn)
        if themes is None:
            found = self._proposed.get(turn, ())
            themes = self._themes[turn] = {self._theme_of[p.code] for p in found if p.score >= INHERITED}
        return themes


def settled(proposals: list[Proposal], theme_of: Mapping[str, str]) -> list[Proposal]:
    """Drop a theme's own code next to one of its codes, and the weaker of two stances on one code."""
    if len(proposals) < 2:
        return proposals
    specific = {theme_of[p.code] for p in proposals if p.code != theme_of[p.code]}
    kept = [p for p in proposals if p.code != theme_of[p.code] or p.code not in specific]
    by_code: dict[str, list[Proposal]] = {}
    for p in kept:
        by_code.setdefault(p.code, []).append(p)
    stances = {code: _stance(some) for code, some in by_code.items()}
    return [p for p in kept if p.stance is stances[p.code]]


def recently(turn: int, batch: Batch) -> Iterator[int]:
    """The turns before one, the last first, as far as the group may still be talking of the same."""
    for earlier in range(turn - 1, max(turn - _NEAR, batch.opens[turn]) - 1, -1):
        if batch.leaving[earlier]:
            return
        yield earlier


def soon(turn: int, batch: Batch) -> Iterator[int]:
    """The turns after one, as far as the group is still talking of the same."""
    for later in range(turn + 1, min(turn + _NEAR + 1, len(batch.turns))):
        if batch.opens[later] != batch.opens[turn] or batch.topics[later] != batch.topics[turn]:
            return
        yield later


def among(
    unclaimed: bool,
    wanted: Collection[str],
    proposed: Mapping[int, list[Proposal]],
    batch: Batch,
    theme_of: Mapping[str, str],
) -> Turns:
    """The turns in which a rule that looks on may see what it wants.

    Parameters
    ----------
    unclaimed
        Whether nothing else may be suggested there.
    wanted
        Codes and themes of which one must be suggested soon after; none for no such wish.
    proposed, batch, theme_of
        What is suggested by turn, the turns, and the theme of each code.
    """
    turns = np.ones(len(batch.turns), dtype=bool)
    if unclaimed:
        turns[[*proposed]] = False
    if wanted:
        talk = np.zeros(len(batch.turns), dtype=bool)
        codes = {code for code, theme in theme_of.items() if code in wanted or theme in wanted}
        for turn, some in proposed.items():
            talk[turn] = any(p.score >= INHERITED and p.code in codes for p in some)
        turns &= _followed(talk, batch)
    return turns


def _followed(talk: Turns, batch: Batch) -> Turns:
    """The turns that have one of some others among those of :func:`soon`; all at once, as a topic never returns."""
    found, opens = np.zeros(len(talk), dtype=bool), np.array(batch.opens)
    for step in range(1, _NEAR + 1):
        same = (batch.topics[step:] == batch.topics[:-step]) & (opens[step:] == opens[:-step])
        found[:-step] |= talk[step:] & same
    return found


def _agreeing(proposals: list[Proposal], theme_of: Mapping[str, str], core: set[str]) -> list[Proposal]:
    """Drop what one rule alone says with little trust, where two rules agree on another code of a core theme."""
    if len(proposals) < 3:
        return proposals  # two of them would have to agree
    rules: dict[str, set[str]] = {}
    for p in proposals:
        if theme_of[p.code] in core:
            rules.setdefault(p.code, set()).add(p.hit.rule.rule.id)
    agreed = {code for code, some in rules.items() if len(some) > 1}
    return [p for p in proposals if not agreed or p.code in agreed or p.score > LEANING or p.code not in rules]


def _in_company(theme: str, found: Iterable[Proposal], talk: _Talk) -> bool:
    """Whether more speaks for a theme that moderators ask about than one rule that looks at nothing around.

    That is another rule in the same turn, the moderator's topic, or a turn before or after. A rule that looks beside
    another (`neighbour`) says nothing by itself; one that counts words has company in them. If only rules that look
    beside another speak for the theme, they have company in what they look at.
    """
    within = talk.batch.within.get(theme)
    if within is None or any(p.score > FIRM for p in found):
        return True
    alone = [p.hit for p in found if not p.hit.rule.context.neighbour]
    if len({hit.rule.rule.id for hit in alone}) != 1:
        return True
    rule, turn = alone[0].rule, alone[0].turn
    if rule.looks_around or rule.counts_alone or within[turn]:
        return True
    return talk.around(theme, turn)


def _stance(proposals: list[Proposal]) -> Stance:
    """The stance that a turn takes on one code: of the best hit; of equals, what was said last."""
    best = max(proposals, key=lambda p: (p.score, p.hit.match[-1]))
    return best.stance
