from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codings import Coding, Decision, Stance, Suggestion, Verdict, codings_from, standing
from codering.errors import CoderingError
from codering.transcripts import Segment

PLACE = Segment("groep", 2, 0, 10)


def decide(identity: str, verdict: Verdict = Verdict.ADD, **changes: object) -> Decision:
    values: dict[str, object] = {"coder": "Ank", "time": "2026-01-01T00:00:00.000000+00:00"}
    if verdict not in (Verdict.WITHDRAW, Verdict.READ):
        values |= {"segment": PLACE, "code": "cl_omvang", "stance": Stance.CONFIRMS}
    if verdict is Verdict.READ:
        values |= {"segment": PLACE}
    return Decision(id=identity, verdict=verdict, **(values | changes))  # type: ignore[arg-type]


def shape(codings: tuple[Coding, ...]) -> list[tuple[str, str, str]]:
    return [(c.code, c.stance.value, c.coder) for c in codings]


def test_without_a_decision_there_is_no_coding():
    assert codings_from(()) == ()


def test_adding_and_accepting_make_codings_and_rejecting_does_not():
    decisions = (
        decide("1"),
        decide("2", Verdict.ACCEPT, suggestion="s1", code="cl_werkdruk"),
        decide("3", Verdict.REJECT, suggestion="s2", code="pi_output"),
    )
    assert [(c.code, c.origin) for c in codings_from(decisions)] == [
        ("cl_omvang", "added"),
        ("cl_werkdruk", "accepted"),
    ]


def test_a_withdrawal_takes_back_and_can_itself_be_taken_back():
    decisions = (decide("1"), decide("2", Verdict.WITHDRAW, target="1"))
    assert codings_from(decisions) == ()
    assert shape(codings_from((*decisions, decide("3", Verdict.WITHDRAW, target="2")))) == [
        ("cl_omvang", "bevestigt", "Ank")
    ]


def test_nobody_can_withdraw_what_another_decided():
    assert codings_from((decide("1"), decide("2", Verdict.WITHDRAW, target="1", coder="Bas")))


def test_a_withdrawal_does_not_reach_into_the_future():
    assert codings_from((decide("2", Verdict.WITHDRAW, target="1"), decide("1")))


def test_a_change_keeps_the_identity_and_falls_with_what_it_changes():
    change = decide("2", Verdict.CHANGE, target="1", stance=Stance.DENIES)
    (coding,) = codings_from((decide("1"), change))
    assert (coding.id, coding.decision, coding.stance, coding.origin) == ("1", "2", Stance.DENIES, "changed")
    assert codings_from((decide("1"), change, decide("3", Verdict.WITHDRAW, target="1"))) == ()
    (back,) = codings_from((decide("1"), change, decide("3", Verdict.WITHDRAW, target="2")))
    assert back.stance is Stance.CONFIRMS


def test_a_change_of_a_change_finds_the_same_coding():
    decisions = (
        decide("1"),
        decide("2", Verdict.CHANGE, target="1", code="cl_werkdruk"),
        decide("3", Verdict.CHANGE, target="2", code="cl_prioriteren"),
    )
    assert [(c.id, c.code) for c in codings_from(decisions)] == [("1", "cl_prioriteren")]


def test_nobody_can_change_what_another_decided():
    decisions = (decide("1"), decide("2", Verdict.CHANGE, target="1", code="cl_werkdruk", coder="Bas"))
    assert shape(codings_from(decisions)) == [("cl_omvang", "bevestigt", "Ank")]


def test_the_last_answer_to_a_suggestion_counts():
    accept = decide("1", Verdict.ACCEPT, suggestion="s")
    reject = decide("2", Verdict.REJECT, suggestion="s")
    assert codings_from((accept, reject)) == ()
    assert [c.id for c in codings_from((reject, replace(accept, id="3")))] == ["3"]


def test_two_coders_answer_one_suggestion_apart():
    accept = decide("1", Verdict.ACCEPT, suggestion="s")
    other = decide("2", Verdict.REJECT, suggestion="s", coder="Bas")
    assert shape(codings_from((accept, other))) == [("cl_omvang", "bevestigt", "Ank")]


def test_the_same_words_with_the_same_code_are_one_coding():
    assert [c.id for c in codings_from((decide("1"), decide("2", Verdict.ACCEPT, suggestion="s")))] == ["1"]


def test_reading_a_turn_codes_nothing():
    assert codings_from((decide("1", Verdict.READ),)) == ()


@pytest.mark.parametrize(
    ("verdict", "missing"),
    [
        (Verdict.ADD, {"code": None}),
        (Verdict.ACCEPT, {}),
        (Verdict.REJECT, {}),
        (Verdict.CHANGE, {}),
        (Verdict.WITHDRAW, {}),
        (Verdict.READ, {"segment": None}),
        (Verdict.ADD, {"coder": "  "}),
    ],
)
def test_an_incomplete_decision_is_refused(verdict, missing):
    with pytest.raises(CoderingError):
        decide("1", verdict, **missing)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Decision, ...]:
    """Anything two coders could do, in any order, including nonsense such as withdrawing twice."""
    made: list[Decision] = []
    for index in range(draw(st.integers(0, 14))):
        verdict = draw(st.sampled_from(list(Verdict)))
        changes: dict[str, object] = {"coder": draw(st.sampled_from(["Ank", "Bas"]))}
        if verdict in (Verdict.ACCEPT, Verdict.REJECT):
            changes["suggestion"] = draw(st.sampled_from(["s1", "s2"]))
        if verdict in (Verdict.WITHDRAW, Verdict.CHANGE):
            changes["target"] = draw(st.sampled_from([d.id for d in made] or ["none"]))
        if verdict in (Verdict.ADD, Verdict.CHANGE):
            changes["code"] = draw(st.sampled_from(["cl_omvang", "cl_werkdruk"]))
        made.append(decide(str(index), verdict, **changes))
    return tuple(made)


@given(histories())
def test_the_fold_is_idempotent(decisions):
    assert codings_from(decisions + decisions) == codings_from(decisions)


@given(histories())
def test_a_coding_always_rests_on_a_standing_decision_of_its_coder(decisions):
    holds = {d.id: d for d in standing(decisions)}
    for coding in codings_from(decisions):
        assert holds[coding.decision].coder == coding.coder == holds[coding.id].coder


@given(histories())
def test_withdrawing_everything_leaves_nothing_and_redoing_restores_it(decisions):
    holds = standing(decisions)
    undo = tuple(decide(f"u{d.id}", Verdict.WITHDRAW, target=d.id, coder=d.coder) for d in reversed(holds))
    redo = tuple(decide(f"r{d.id}", Verdict.WITHDRAW, target=d.id, coder=d.coder) for d in reversed(undo))
    assert codings_from(decisions + undo) == ()
    assert codings_from(decisions + undo + redo) == codings_from(decisions)


@given(histories(), histories())
def test_what_one_coder_does_leaves_the_other_alone(left, right):
    mine = tuple(replace(d, id=f"l{d.id}", coder="Ank", target=d.target and f"l{d.target}") for d in left)
    theirs = tuple(replace(d, id=f"r{d.id}", coder="Bas", target=d.target and f"r{d.target}") for d in right)
    together = codings_from(mine + theirs)
    assert sorted(together) == sorted(codings_from(mine) + codings_from(theirs))


def test_a_rerun_gives_the_same_suggestion_whatever_its_score():
    one = Suggestion(PLACE, "cl_omvang", Stance.CONFIRMS, "rule:cl_omvang.aantal", 0.7)
    assert one.id == replace(one, score=0.9).id
    assert one.id != replace(one, source="rule:cl_omvang.ander").id
    assert one.kind == "rule"
