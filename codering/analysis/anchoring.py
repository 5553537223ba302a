"""Anchoring: whether coders agree with a suggestion more often when they see it.

A suggestion that is seen pulls: people tend to take over what is proposed. How much can be told from decisions that
were made without seeing a suggestion for that turn. Of each suggestion for a turn and code it is asked whether the
coder gave the turn that code, once where it was shown and once where it was not.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codering.codebooks import Codebook
from codering.codings import Coding, Decision, Suggestion, Verdict, standing
from codering.errors import Message
from codering.rounding import half_up
from codering.tables import Column, Kind, Table

FEWEST_GROUPS: Final = 5
FEWEST: Final = 10
TOO_FEW: Final = Message(
    "No interval: that needs at least {least} suggestions that were shown and {least} that were not, in at least "
    "{groups} focus groups each.",
    least=FEWEST,
    groups=FEWEST_GROUPS,
)
BULK: Final = "bulk"
"""What :attr:`codering.codings.Decision.drawn` holds for what was accepted unseen: that is no judgement."""


_COLUMNS: Final = (
    Column("id", "Id"),
    Column("name", "Code"),
    Column("shown", "Suggestions seen", Kind.COUNT),
    Column("shown_share", "Taken over when seen", Kind.SHARE),
    Column("blind", "Suggestions not seen", Kind.COUNT),
    Column("blind_share", "Coded so when not seen", Kind.SHARE),
    Column("difference", "Difference in percentage points", Kind.POINTS),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """How often suggestions were taken over.

    Attributes
    ----------
    accepted, count
        Of so many suggestions for a turn and code, in how many the coder gave the turn that code.
    """

    accepted: int
    count: int

    @property
    def share(self) -> float:
        """NaN if there was nothing to judge."""
        return self.accepted / self.count if self.count else math.nan


@dataclass(frozen=True, slots=True)
class Anchoring:
    """Suggestions of one code, or of all, with and without being seen.

    Attributes
    ----------
    code
        Its id; empty for all codes together.
    shown, blind
        Where the coder saw a suggestion for the turn, and where not.
    low, high
        95% interval of the difference between both shares; NaN if it has none.
    reason
        Why it has none.
    """

    code: str
    shown: Judged
    blind: Judged
    low: float = math.nan
    high: float = math.nan
    reason: Message | None = None

    @property
    def difference(self) -> float:
        """The share that was taken over when shown minus that when not; NaN if either is undefined."""
        return self.shown.share - self.blind.share


def anchoring(
    decisions: Sequence[Decision],
    codings: Iterable[Coding],
    suggestions: Iterable[Suggestion],
    answered: Mapping[str, Suggestion],
    *,
    coder: str | None = None,
) -> tuple[Anchoring, ...]:
    """Compare how often suggestions are taken over when they are seen and when they are not.

    Parameters
    ----------
    decisions
        Of everyone, in order.
    codings
        What follows from them.
    suggestions
        Those that hold now. Of earlier ones only those are left that somebody answered, which would flatter them.
    answered
        Suggestions by id, earlier ones that were answered included.
    coder
        Whose; None for everyone's, each judgement by itself.

    Returns
    -------
    tuple of Anchoring
        All codes together first, then each code that was judged, by id.

    Notes
    -----
    What counts is the first decision of the coder that settles the code in the turn: an answer to it, the code given by
    hand, or the turn marked as read. A code given by hand counts only in a turn that was marked as read: otherwise a
    yes would be seen and a no would not. Acceptances in bulk do not count. The interval for all codes is a jackknife
    over focus groups (Efron and Stein 1981) with t quantiles, and at least as wide as Newcombe's for independent
    judgements (1998, method 10).
    """
    codes: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in suggestions:
        codes[one.segment.transcript, one.segment.turn].add(one.code)
    carried = {(one.coder, one.segment.transcript, one.segment.turn, one.code) for one in codings}
    seen: dict[tuple[str, str, int, str], bool | None] = {}
    acts = [(one, one.segment) for one in standing(decisions) if one.segment and coder in (None, one.coder)]
    read = {(one.coder, at.transcript, at.turn) for one, at in acts if one.verdict is Verdict.READ}
    for decision, at in acts:
        place = (at.transcript, at.turn)
        if decision.suggestion is None and (decision.coder, *place) not in read:
            continue
        for code in _settles(decision, answered, codes[place]):
            seen.setdefault((decision.coder, *place, code), None if decision.drawn == BULK else decision.shown)
    judged = [(key, shown, key in carried) for key, shown in seen.items() if shown is not None]
    by_code: dict[str, list[tuple[str, bool, bool]]] = defaultdict(list)
    for (_, transcript, _, code), shown, accepted in judged:
        by_code[code].append((transcript, shown, accepted))
    everything = [one for rows in by_code.values() for one in rows]
    return (_with_interval(everything), *(_counted(code, by_code[code]) for code in sorted(by_code)))


def anchoring_table(found: Sequence[Anchoring], codebook: Codebook, *, language: str) -> Table:
    """Lay out what :func:`anchoring` found; below it stands the interval of the difference over all codes.

    Parameters
    ----------
    found
        All codes together first.
    codebook
        Gives labels; a code that it no longer has goes by its id.
    language
        Of the labels.
    """
    labels = {code.id: code.label.in_language(language) for code in codebook}
    rows = tuple(
        (
            one.code,
            labels.get(one.code, one.code) if one.code else Message("All codes"),
            one.shown.count,
            one.shown.share,
            one.blind.count,
            one.blind.share,
            one.difference,
        )
        for one in found
    )
    return Table("anchoring", "What seeing a suggestion does", _COLUMNS, rows, notes=_notes(found[0]))


def _notes(overall: Anchoring) -> tuple[Message, ...]:
    interval = overall.reason or Message(
        "Difference over all codes: between {low} and {high} percentage points (95%).",
        low=int(half_up(100 * overall.low)),
        high=int(half_up(100 * overall.high)),
    )
    return (
        interval,
        Message(
            "Taken over: the coder gave the turn the code that was suggested. Seen: a suggestion was visible for that "
            "turn. What was accepted in bulk does not count."
        ),
        Message(
            "If other turns were read without suggestions than with them, the difference is also one between turns. "
            "Read turns drawn at random without suggestions to know what seeing does."
        ),
    )


def newcombe(first: Judged, second: Judged, confidence: float = 0.95) -> tuple[float, float]:
    """Interval for a difference of two independent shares (Newcombe 1998, method 10, from Wilson's intervals).

    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in
    Medicine 17, 873-890.

    Parameters
    ----------
    first, second
        The shares; the difference is the first minus the second.
    confidence
        Two-sided.

    Returns
    -------
    tuple of float
        Lower and upper end, from -1 to 1; NaN and NaN if either share is undefined.

    Examples
    --------
    >>> [round(end, 4) for end in newcombe(Judged(56, 70), Judged(48, 80))]
    [0.0524, 0.3339]
    """
    from scipy.stats import binomtest

    if not (first.count and second.count):
        return math.nan, math.nan
    one, two = (
        binomtest(side.accepted, side.count).proportion_ci(confidence, method="wilson") for side in (first, second)
    )
    difference = first.share - second.share
    return (
        difference - math.hypot(first.share - one.low, two.high - second.share),
        difference + math.hypot(one.high - first.share, second.share - two.low),
    )


def _settles(decision: Decision, answered: Mapping[str, Suggestion], suggested: set[str]) -> set[str]:
    """The codes that were suggested in this turn and about which a decision says yes or no."""
    if decision.verdict is Verdict.READ:
        return suggested
    about = answered.get(decision.suggestion or "")
    return suggested & {decision.code or "", about.code if about else ""}


def _counted(code: str, rows: Iterable[tuple[str, bool, bool]]) -> Anchoring:
    count: Counter[tuple[bool, bool]] = Counter((shown, accepted) for _, shown, accepted in rows)
    shown, blind = (Judged(count[side, True], count[side, True] + count[side, False]) for side in (True, False))
    return Anchoring(code, shown, blind)


def _with_interval(rows: Sequence[tuple[str, bool, bool]]) -> Anchoring:
    from scipy.stats import t

    whole = _counted("", rows)
    groups = {side: {name for name, shown, _ in rows if shown is side} for side in (True, False)}
    least = min(len(groups[True]), len(groups[False]))
    if least < FEWEST_GROUPS or min(whole.shown.count, whole.blind.count) < FEWEST:
        return Anchoring("", whole.shown, whole.blind, reason=TOO_FEW)
    names = sorted(groups[True] | groups[False])
    without = [_counted("", [row for row in rows if row[0] != name]).difference for name in names]
    mean = sum(without) / len(names)
    error = math.sqrt((len(names) - 1) / len(names) * sum((value - mean) ** 2 for value in without))
    reach = float(t.ppf(0.975, least - 1)) * error
    low, high = newcombe(whole.shown, whole.blind)
    low, high = min(low, whole.difference - reach), max(high, whole.difference + reach)
    return Anchoring("", whole.shown, whole.blind, max(low, -1.0), min(high, 1.0))
