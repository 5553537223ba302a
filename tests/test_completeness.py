"""One notion of "read", for what is counted and for what is compared."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.analysis.completeness import taken_as_read, turns_read, unread
from codering.codings import Decision, Stance, Verdict
from codering.project import Project
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn


def talk(name: str, turns: int = 5) -> Transcript:
    """A moderator, then participants, then a turn without words."""
    people = (Speaker("M", Role.MODERATOR), Speaker("P", Role.PARTICIPANT))
    spoken = [Turn(1, "M", "En?"), *(Turn(number, "P", "Te druk.") for number in range(2, turns + 1))]
    return Transcript(name, (*spoken, Turn(turns + 1, "P", "")), people)


def decided(verdict: Verdict, turn: int, *, coder: str = "An", name: str = "g", id_: str = "") -> Decision:
    coded = verdict is not Verdict.READ
    return Decision(
        id_ or f"{coder}{verdict}{name}{turn}",
        coder,
        "2026-01-01",
        verdict,
        Segment(name, turn, 0, 2),
        "druk" if coded else None,
        Stance.CONFIRMS if coded else None,
        suggestion=f"s{turn}" if verdict in {Verdict.ACCEPT, Verdict.REJECT} else None,
    )


CASES = [
    ([(Verdict.ADD, 2)], {2, 3, 4, 5}),
    ([(Verdict.ADD, 2), (Verdict.ADD, 1)], {2, 3, 4, 5}),
    ([(Verdict.ADD, 2), (Verdict.READ, 3)], {2, 3}),
    ([(Verdict.ACCEPT, 2)], {2}),
    ([(Verdict.REJECT, 2), (Verdict.ADD, 4)], {2, 4}),
    ([(Verdict.READ, 1)], set()),
    ([(Verdict.READ, 6)], set()),
    ([], set()),
]


@pytest.mark.parametrize(("acts", "turns"), CASES)
def test_a_turn_was_read_if_it_was_marked_or_decided_about_or_all_was_coded_by_hand(acts, turns):
    decisions = [decided(*act) for act in acts]
    assert turns_read(decisions, [talk("g")], ["An"]) == {"An": {("g", turn) for turn in turns}}
    by_hand = bool(acts) and all(verdict is Verdict.ADD for verdict, _ in acts)
    assert taken_as_read(decisions) == ({("An", "g")} if by_hand else set())


def test_what_was_taken_back_was_not_read():
    answer = decided(Verdict.ACCEPT, 2, id_="answer")
    back = Decision("back", "An", "2026-01-02", Verdict.WITHDRAW, target="answer")
    by_hand = decided(Verdict.ADD, 3)
    assert turns_read([answer, back], [talk("g")], ["An"]) == {"An": frozenset()}
    assert turns_read([answer, back, by_hand], [talk("g")], ["An"])["An"] == {("g", turn) for turn in (2, 3, 4, 5)}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Verdict.ADD, Verdict.ACCEPT, Verdict.READ]), st.integers(1, 6), st.sampled_from("AB")
        )
    )
)
def test_counts_and_agreement_have_one_notion_of_read(acts):
    transcripts = [talk("g"), talk("h")]
    decisions = [
        decided(verdict, turn, coder=coder, name=name) for (verdict, turn, coder), name in product(acts, ("g", "h"))
    ]
    read = turns_read(decisions, transcripts, "AB")
    for coder in "AB":
        found = unread(transcripts, decisions, {"g": coder, "h": coder})
        assert found.of == 8
        assert found.turns == 8 - len(read[coder])


def test_agreement_leaves_out_what_a_coder_never_saw_and_says_of_whom_it_assumes_all(tmp_path):
    with Project.create(tmp_path / "p.codering") as project:
        lines = [f"P{number}: Er is echt te weinig tijd per cliënt." for number in range(1, 9)]
        (tmp_path / "groep.txt").write_text("\n".join(lines), encoding="utf-8")
        project.add([tmp_path / "groep.txt"])
        project.suggest()
        first, second, *_ = project.suggestions(best=True)
        transcript = project.transcript("groep")
        for coder in ("An", "Bo"):
            project.decide(Verdict.ACCEPT, coder=coder, suggestion=first)
        project.decide(Verdict.REJECT, coder="Bo", suggestion=second)
        project.decide(
            Verdict.ADD,
            coder="Cas",
            segment=transcript.whole(transcript.turn(2)),
            code=first.code,
            stance=Stance.CONFIRMS,
        )
        assert project.comparison(["An", "Bo"]).units == (("groep", first.segment.turn),)
        assert len(project.comparison(["Bo", "Cas"]).units) == 2
        notes = {who: [str(note) for note in project.agreement(["Bo", who])[0].notes] for who in ("An", "Cas")}
        assert any("every turn in which they decided something" in note for note in notes["An"])
        assert not any("is taken to have read" in note for note in notes["An"])
        assert any(
            "is taken to have read all of that group. Here that is assumed of Cas." in note for note in notes["Cas"]
        )
        # The same turns are missing where codes are counted.
        assert any("read: 6 of 8 turns have not" in str(note) for note in project.counted_codings("Bo").notes)
