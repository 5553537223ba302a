"""Verdicts are checked before they are kept; undo and redo follow from what is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codebooks import Change, Code, Codebook, Crossing, Label, Theme
from codering.codings import Decision, Stance, Suggestion, Verdict, codings_from
from codering.errors import CoderingError
from codering.project.deciding import Act, decisions_for, redo, undo
from codering.project.ledger import Ledger
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

WORDS = "Wij zijn met te weinig mensen voor dit werk."
TRANSCRIPT = Transcript(
    "groep",
    (Turn(1, "Mod", "Hoe druk is het?"), Turn(2, "Anja", WORDS), Turn(3, "Anja", " \n "), Turn(4, "Bo", "Ja.")),
    (Speaker("Mod", Role.MODERATOR), Speaker("Anja"), Speaker("Bo")),
)
CODES = ("cl", "cl_omvang", "cl_werkdruk")


def codebook(*codes: str) -> Codebook:
    made = [Code(code, Label(code, code), "", "cl") for code in codes or CODES]
    return Codebook("sam", Label("", ""), (Theme(made[0], tuple(made[1:])),))


def place(start: int = 0, end: int = 3, turn: int = 2) -> Segment:
    return Segment("groep", turn, start, end)


def suggestion(code: str = "cl_omvang", where: Segment | None = None) -> Suggestion:
    return Suggestion(where or place(), code, Stance.DENIES, "rule:x", 0.7)


def add(start: int = 0, code: str = "cl_omvang", **more: object) -> Act:
    return Act(Verdict.ADD, segment=place(start, start + 3), code=code, **more)  # type: ignore[arg-type]


class Coder:
    """Keeps decisions as a store would."""

    def __init__(self) -> None:
        self.decisions: tuple[Decision, ...] = ()

    def do(self, *acts: Act, coder: str = "Noor", book: Codebook | None = None) -> tuple[Decision, ...]:
        made = decisions_for(
            acts,
            Ledger().upto(self.decisions),
            coder=coder,
            transcripts={"groep": TRANSCRIPT},
            codebook=book or codebook(),
        )
        self.decisions += made
        return made

    def undo(self, coder: str = "Noor") -> bool:
        made = undo(Ledger().upto(self.decisions), coder=coder)
        self.decisions += made
        return bool(made)

    def redo(self, coder: str = "Noor") -> bool:
        made = redo(Ledger().upto(self.decisions), coder=coder)
        self.decisions += made
        return bool(made)

    def holds(self, coder: str = "Noor") -> list[tuple[int, int, str, str]]:
        found = [one for one in codings_from(self.decisions) if one.coder == coder]
        return [(one.segment.start, one.segment.end, one.code, one.stance.value) for one in found]


@pytest.fixture
def coder() -> Coder:
    return Coder()


def test_accepting_takes_over_what_was_suggested(coder):
    (made,) = coder.do(Act(Verdict.ACCEPT, suggestion(), reason="ja", shown=True, drawn="random"))
    assert coder.holds() == [(0, 3, "cl_omvang", "ontkent")]
    assert (made.suggestion, made.reason, made.shown, made.drawn, made.batch) == (
        suggestion().id,
        "ja",
        True,
        "random",
        "",
    )
    assert len(made.id) == 32
    assert made.time.endswith("+00:00")


def test_a_later_answer_to_a_suggestion_replaces_the_earlier_one(coder):
    coder.do(Act(Verdict.ACCEPT, suggestion()))
    coder.do(Act(Verdict.CHANGE, suggestion(), code="cl", stance=Stance.CONFIRMS, segment=place(4, 8)))
    assert coder.holds() == [(4, 8, "cl", "bevestigt")]
    coder.do(Act(Verdict.REJECT, suggestion()))
    assert coder.holds() == []


def test_a_coding_is_changed_by_its_id_again_and_again(coder):
    (first,) = coder.do(add())
    for change in ({"stance": Stance.DENIES}, {"segment": place(4, 8)}, {"code": "cl_werkdruk"}):
        coder.do(Act(Verdict.CHANGE, target=first.id, **change))
    assert coder.holds() == [(4, 8, "cl_werkdruk", "ontkent")]
    coder.do(Act(Verdict.WITHDRAW, target=first.id))
    assert coder.holds() == []


def test_reading_covers_the_words_of_the_turn(coder):
    (made,) = coder.do(Act(Verdict.READ, segment=place(4, 8)))
    assert (made.segment, made.code, made.stance) == (place(0, len(WORDS)), None, None)


def test_a_code_that_is_gone_can_be_rejected_but_not_accepted(coder):
    with pytest.raises(CoderingError, match="no code"):
        coder.do(Act(Verdict.ACCEPT, suggestion()), book=codebook("cl"))
    coder.do(Act(Verdict.REJECT, suggestion()), book=codebook("cl"))


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (Act(Verdict.ACCEPT), "choose a suggestion"),
        (Act(Verdict.REJECT), "choose a suggestion"),
        (Act(Verdict.CHANGE), "choose a suggestion or a coding"),
        (Act(Verdict.CHANGE, target="weg"), "not one of yours"),
        (Act(Verdict.CHANGE, suggestion(), segment=place(0, 3, turn=4)), "within its turn"),
        (Act(Verdict.WITHDRAW, target="weg"), "not one of yours"),
        (Act(Verdict.WITHDRAW), "not one of yours"),
        (Act(Verdict.READ), "choose the turn"),
        (Act(Verdict.READ, segment=place(turn=1)), "a moderator speaks"),
        (Act(Verdict.ADD, segment=place()), "choose the words and a code"),
        (Act(Verdict.ADD, code="cl"), "choose the words and a code"),
        (Act(Verdict.ADD, segment=place(), code="nergens"), "no code nergens"),
        (Act(Verdict.ADD, segment=place(turn=1), code="cl"), "a moderator speaks"),
        (Act(Verdict.ADD, segment=place(turn=9), code="cl"), "no turn 9"),
        (Act(Verdict.ADD, segment=place(0, 99), code="cl"), "outside the turn"),
        (Act(Verdict.ADD, segment=place(3, 4), code="cl"), "no words"),
        (Act(Verdict.ADD, segment=Segment("elders", 1, 0, 1), code="cl"), "no transcript named elders"),
        (Act(Verdict.ACCEPT, suggestion(where=place(turn=1))), "a moderator speaks"),
    ],
)
def test_what_is_not_possible_is_refused_and_nothing_is_kept(coder, act, says):
    with pytest.raises(CoderingError, match=says) as caught:
        coder.do(add(8), act)
    assert coder.decisions == ()
    assert "weinig" not in str(caught.value)


def test_the_same_coding_is_not_added_twice(coder):
    coder.do(add())
    for acts in ((add(),), (add(8), add(8))):
        with pytest.raises(CoderingError, match="already"):
            coder.do(*acts)
    coder.do(add(), coder="Sam")
    coder.do(add(stance=Stance.DENIES))


def test_nobody_touches_what_another_decided(coder):
    (made,) = coder.do(add())
    for act in (Act(Verdict.WITHDRAW, target=made.id), Act(Verdict.CHANGE, target=made.id, code="cl")):
        with pytest.raises(CoderingError, match="not one of yours"):
            coder.do(act, coder="Sam")
    assert not coder.undo("Sam")
    assert coder.holds()


def test_what_was_withdrawn_is_not_withdrawn_again(coder):
    (made,) = coder.do(add())
    coder.do(Act(Verdict.WITHDRAW, target=made.id))
    with pytest.raises(CoderingError, match="taken back already"):
        coder.do(Act(Verdict.WITHDRAW, target=made.id))


def test_undo_and_redo_have_no_end(coder):
    states = [coder.holds()]
    (first,) = coder.do(add())
    states.append(coder.holds())
    coder.do(Act(Verdict.CHANGE, target=first.id, code="cl"))
    states.append(coder.holds())
    coder.do(Act(Verdict.WITHDRAW, target=first.id))  # removing is an act like any other
    states.append(coder.holds())
    for _ in range(2):
        for state in reversed(states[:-1]):
            assert coder.undo()
            assert coder.holds() == state
        assert not coder.undo()
        for state in states[1:]:
            assert coder.redo()
            assert coder.holds() == state
        assert not coder.redo()


def test_what_was_done_together_is_undone_together(coder):
    coder.do(add())
    made = coder.do(*(add(start) for start in (4, 8, 12)))
    assert len({one.batch for one in made}) == 1
    coder.undo()
    assert len(coder.holds()) == 1
    coder.redo()
    assert len(coder.holds()) == 4


def test_after_something_new_there_is_nothing_to_redo(coder):
    coder.do(add())
    coder.undo()
    coder.do(add(4))
    assert not coder.redo()
    assert [start for start, *_ in coder.holds()] == [4]


def test_coders_undo_their_own(coder):
    coder.do(add(), coder="Noor")
    coder.do(add(4), coder="Sam")
    coder.undo("Noor")
    assert (coder.holds("Noor"), len(coder.holds("Sam"))) == ([], 1)
    assert coder.redo("Noor")
    assert coder.holds("Noor")


@given(st.lists(st.sampled_from(["add", "batch", "remove", "change", "undo", "redo"]), max_size=25))
def test_undo_and_redo_behave_as_in_an_editor(steps):
    """Against a plain stack of states, which is what an editor remembers."""
    coder, past, future = Coder(), [], []
    fresh = iter(range(len(WORDS) - 4))
    for step in steps:
        before, now = coder.holds(), codings_from(coder.decisions)
        if step == "undo":
            assert coder.undo() == bool(past)
            if past:
                future.append(before)
                assert coder.holds() == past.pop()
            continue
        if step == "redo":
            assert coder.redo() == bool(future)
            if future:
                past.append(before)
                assert coder.holds() == future.pop()
            continue
        if step == "add":
            coder.do(Act(Verdict.ADD, segment=place(next(fresh), len(WORDS)), code="cl"))
        elif step == "batch" and len(past) < 15:
            coder.do(*(Act(Verdict.ADD, segment=place(next(fresh), len(WORDS)), code="cl_omvang") for _ in range(1)))
            past.append(before)
            before = coder.holds()
            coder.do(*(Act(Verdict.READ, segment=place(turn=number)) for number in (2, 4)))
        elif step == "remove" and now:
            coder.do(Act(Verdict.WITHDRAW, target=now[0].id))
        elif step == "change" and now:
            flipped = Stance.DENIES if now[0].stance is Stance.CONFIRMS else Stance.CONFIRMS
            coder.do(Act(Verdict.CHANGE, target=now[0].id, stance=flipped))
        else:
            continue
        past.append(before)
        future.clear()


def test_a_coding_whose_code_was_renamed_is_changed_under_the_name_of_today():
    coder, renamed = Coder(), Crossing(Change.RENAMED, ("cl_werkdruk",), ("cl_druk",))
    (first,) = coder.do(add(code="cl_werkdruk"))
    today = replace(codebook("cl", "cl_omvang", "cl_druk"), crosswalk=(renamed,))
    (changed,) = coder.do(Act(Verdict.CHANGE, target=first.id, stance=Stance.DENIES), book=today)
    assert (changed.code, changed.stance) == ("cl_druk", Stance.DENIES)
