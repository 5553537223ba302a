"""Whether a suggestion that is seen is taken over more often."""

from __future__ import annotations

import math

import pytest

from codering.analysis.anchoring import TOO_FEW, Anchoring, Judged, anchoring, anchoring_table, newcombe
from codering.codings import Decision, Stance, Suggestion, Verdict, codings_from
from codering.errors import Message
from codering.transcripts import Segment
from tests.test_bridging import book


def suggestion(turn: int, code: str = "a", name: str = "g1", source: str = "rule:x") -> Suggestion:
    return Suggestion(Segment(name, turn, 0, 3), code, Stance.CONFIRMS, source, 0.5)


class Acts:
    def __init__(self, coder: str = "Noor") -> None:
        self.coder, self.made = coder, []

    def _add(self, verdict: Verdict, turn: int, name: str, code: str | None, **more: object) -> None:
        stance = Stance.CONFIRMS if code else None
        number = f"{self.coder}{len(self.made)}"
        self.made.append(
            Decision(number, self.coder, "t", verdict, Segment(name, turn, 0, 3), code, stance, **more)  # type: ignore[arg-type]
        )

    def answer(self, verdict: Verdict, one: Suggestion, code: str = "", **more: object) -> None:
        place = one.segment
        values = {"suggestion": one.id, "shown": True} | more
        self._add(verdict, place.turn, place.transcript, code or one.code, **values)

    def read(self, turn: int, *, shown: bool, name: str = "g1") -> None:
        self._add(Verdict.READ, turn, name, None, shown=shown)

    def add(self, turn: int, *, shown: bool, code: str = "a", name: str = "g1") -> None:
        self._add(Verdict.ADD, turn, name, code, shown=shown)


def compared(acts: list[Decision], suggestions: list[Suggestion], coder: str | None = None):
    known = {one.id: one for one in suggestions}
    return anchoring(acts, codings_from(acts), suggestions, known, coder=coder)


def test_what_is_taken_over_when_seen_and_when_not():
    made = [suggestion(turn) for turn in range(1, 9)]
    acts = Acts()
    acts.answer(Verdict.ACCEPT, made[0])
    acts.answer(Verdict.REJECT, made[1])
    acts.answer(Verdict.CHANGE, made[2], code="b")  # another code: not taken over
    acts.read(4, shown=True)  # seen and not taken over
    acts.add(5, shown=False)
    acts.read(5, shown=False)
    acts.read(6, shown=False)
    acts.answer(Verdict.ACCEPT, made[6], drawn="bulk")
    overall, a = compared(acts.made, made)
    assert (overall.shown, overall.blind) == (Judged(1, 4), Judged(1, 2))
    assert (a.code, a.shown, a.blind) == ("a", Judged(1, 4), Judged(1, 2))
    assert overall.difference == 0.25 - 0.5
    assert (math.isnan(overall.low), overall.reason) == (True, TOO_FEW)


def test_the_first_decision_says_whether_it_was_seen():
    (made,) = [suggestion(1)]
    acts = Acts()
    acts.read(1, shown=False)
    acts.answer(Verdict.ACCEPT, made)
    (overall, _) = compared(acts.made, [made])
    assert (overall.shown.count, overall.blind) == (0, Judged(1, 1))
    assert math.isnan(overall.difference)


def test_a_turn_that_was_coded_and_not_read_says_nothing_since_a_no_would_not_be_seen():
    made = [suggestion(1), suggestion(2, "b")]
    acts = Acts()
    acts.add(1, shown=False)
    acts.answer(Verdict.REJECT, made[1])  # an answer says yes or no, read or not
    overall = compared(acts.made, made)[0]
    assert (overall.blind.count, overall.shown) == (0, Judged(0, 1))


def test_coders_count_each_or_one_alone_and_without_decisions_there_is_nothing():
    made = [suggestion(1)]
    noor, sam = Acts(), Acts("Sam")
    noor.answer(Verdict.ACCEPT, made[0])
    sam.add(1, shown=False)
    sam.read(1, shown=False)
    both = [*noor.made, *sam.made]
    assert [one.count for one in (compared(both, made)[0].shown, compared(both, made)[0].blind)] == [1, 1]
    assert compared(both, made, "Sam")[0].shown.count == 0
    (nothing,) = compared([], made)
    assert math.isnan(nothing.shown.share)


def many(spread: bool) -> tuple[list[Decision], list[Suggestion]]:
    """Six groups of 20 suggestions, half of them seen. Seen: 80% taken over; not seen: 60%, everywhere or by group."""
    acts, made = Acts(), []
    for number in range(6):
        name = f"g{number}"
        for turn in range(1, 21):
            one = suggestion(turn, name=name)
            made.append(one)
            if turn <= 10:
                acts.answer(Verdict.ACCEPT if turn <= 8 else Verdict.REJECT, one)
            elif (turn <= 16) if spread else (number < 3 or turn <= 12):
                acts.add(turn, shown=False, name=name)
            if turn > 10:
                acts.read(turn, shown=False, name=name)
    return acts.made, made


def test_groups_that_differ_make_the_interval_wider_and_groups_that_agree_not_narrower_than_independence():
    alike, unlike = (compared(*many(spread))[0] for spread in (True, False))
    assert (alike.shown, alike.blind) == (Judged(48, 60), Judged(36, 60))
    assert alike.difference == pytest.approx(0.2)
    assert (alike.low, alike.high) == pytest.approx(newcombe(alike.shown, alike.blind))
    assert unlike.blind == Judged(36, 60)
    assert unlike.low < alike.low
    assert unlike.high > alike.high


def test_newcombe_s_published_values():
    """Newcombe (1998), Statistics in Medicine 17, table II, examples (a) and (d)."""
    assert newcombe(Judged(56, 70), Judged(48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert newcombe(Judged(5, 56), Judged(0, 29)) == pytest.approx((-0.0381, 0.1926), abs=5e-5)
    assert all(map(math.isnan, newcombe(Judged(1, 2), Judged(0, 0))))


def test_the_table_names_codes_and_says_why_there_is_no_interval():
    acts = Acts()
    made = [suggestion(1), suggestion(2, "weg")]
    acts.answer(Verdict.ACCEPT, made[0])
    acts.answer(Verdict.REJECT, made[1])
    table = anchoring_table(compared(acts.made, made), book("a"), language="en")
    assert [row[:3] for row in table.rows] == [("", Message("All codes"), 2), ("a", "A", 1), ("weg", "weg", 1)]
    assert all(math.isnan(row[-1]) for row in table.rows)
    assert table.notes[0] == TOO_FEW


def test_the_table_says_the_interval_in_percentage_points():
    found = Anchoring("", Judged(30, 40), Judged(20, 40), 0.045, 0.455)
    assert "between 5 and 46 percentage points" in str(anchoring_table([found], book("a"), language="en").notes[0])
