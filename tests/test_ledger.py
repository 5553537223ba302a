"""The ledger says after every decision what the pure fold says of all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from codering.codings import Decision, Stance, Suggestion, Verdict, codings_from, standing
from codering.project.history import History, deeds
from codering.project.ledger import Ledger
from codering.transcripts import Segment

CODERS = ("Noor", "Sam")


def suggestion(turn: int) -> Suggestion:
    return Suggestion(Segment("groep", turn, 0, 3), "a", Stance.CONFIRMS, "rule:x", 0.5)


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Decision, ...]:
    """Anything that coders can do, withdrawals of withdrawals and of each other's decisions included."""
    made: list[Decision] = []
    for number in range(draw(st.integers(1, 25))):
        verdict = draw(st.sampled_from([*Verdict, Verdict.WITHDRAW, Verdict.ADD]))
        turn, coder = draw(st.integers(1, 3)), draw(st.sampled_from(CODERS))
        batch = draw(st.sampled_from(["", "", "undo:", "redo:", "b"]))
        target = None
        if verdict in (Verdict.WITHDRAW, Verdict.CHANGE):
            earlier = [one for one in made if verdict is Verdict.WITHDRAW or one.segment is not None]
            if not earlier:
                continue
            chosen = draw(st.sampled_from(earlier))
            target, turn = chosen.id, chosen.segment.turn if chosen.segment else turn
        answers = verdict in (Verdict.ACCEPT, Verdict.REJECT)
        about = verdict is not Verdict.WITHDRAW
        coded = about and verdict is not Verdict.READ
        made.append(
            Decision(
                str(number),
                coder,
                "t",
                verdict,
                Segment("groep", turn, draw(st.integers(0, 1)), 3) if about else None,
                draw(st.sampled_from("ab")) if coded else None,
                Stance.CONFIRMS if coded else None,
                suggestion(turn).id if answers else None,
                target,
                batch=batch + str(number) if batch.endswith(":") else batch,
            )
        )
    return tuple(made)


def fresh_history(made: tuple[Decision, ...], coder: str) -> History:
    history = History()
    for act in deeds(one for one in made if one.coder == coder):
        history.add(act)
    return history


@given(decisions(), st.lists(st.integers(0, 25)))
def test_after_every_decision_the_ledger_says_what_the_fold_says(made, stops):
    ledger = Ledger()
    for count in sorted({*stops, len(made)}):
        ledger.upto(made[:count])
        so_far = made[:count]
        assert ledger.codings() == codings_from(so_far)
        assert ledger.all_standing() == standing(so_far)
        for turn in (1, 2, 3):
            here = [one for one in codings_from(so_far) if one.segment.turn == turn]
            assert list(ledger.codings_at(("groep", turn))) == here
        for coder in CODERS:
            assert ledger.to_undo(coder) == fresh_history(so_far, coder).to_undo
            assert ledger.to_redo(coder) == fresh_history(so_far, coder).to_redo


def test_a_withdrawal_that_came_before_what_it_withdraws_counts_for_nothing():
    added = Decision("d", "Noor", "t", Verdict.ADD, Segment("groep", 1, 0, 3), "a", Stance.CONFIRMS)
    early = Decision("w", "Noor", "t", Verdict.WITHDRAW, target="d")
    again = Decision("x", "Noor", "t", Verdict.WITHDRAW, target="w")
    assert Ledger().upto((early, added, again)).codings() == codings_from((early, added, again)) != ()


def test_a_ledger_starts_again_when_other_decisions_take_the_place_of_those_that_it_has():
    one = Decision("1", "Noor", "t", Verdict.ADD, Segment("groep", 1, 0, 3), "a", Stance.CONFIRMS)
    two = Decision("2", "Noor", "t", Verdict.ADD, Segment("ander", 1, 0, 3), "a", Stance.CONFIRMS)
    ledger = Ledger().upto((one, two))
    assert len(ledger.upto((one,)).codings()) == 2  # read before the second was made: nothing is forgotten
    copy = Decision("1", "Noor", "t", Verdict.ADD, Segment("groep", 1, 0, 3), "a", Stance.CONFIRMS)
    assert ledger.upto((copy,)).codings() == codings_from((copy,))
    assert ledger.upto(()).codings() == ()
