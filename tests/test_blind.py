"""Coding blind: nothing of another's work and no suggestion is seen before all are done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from codering.analysis.comparison import Scope
from codering.cli import run
from codering.codings import Verdict
from codering.errors import CoderingError
from codering.project import Project
from codering.readers import Reading
from codering.review import Order
from codering.transcripts import Segment
from tests.test_reviewing import CODEBOOK, Proposes, group, proposal


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two groups, suggestions in both, and codings, memos and a quotation of two coders in both."""
    book = tmp_path / "klein.yaml"
    book.write_text(CODEBOOK, encoding="utf-8")
    with Project.create(tmp_path / "p.codering", codebook=book) as made:
        made.add_readings([Reading(group(name), (), 80, 80) for name in ("g1", "g2")])
        made.run(Proposes(*(proposal(turn, transcript=name) for name in ("g1", "g2") for turn in (2, 3))))
        for name in ("g1", "g2"):
            for coder in ("Noor", "Sam"):
                place = Segment(name, 4, 0, 6)
                coded = made.decide(Verdict.ADD, coder=coder, segment=place, code="cl_tijd")
                made.add_memo(f"{coder} over {name}", coder=coder, about=f"transcript:{name}")
                made.add_memo(f"{coder} over een codering", coder=coder, about=f"coding:{coded.id}")
                made.choose_quotation(coded.id, coder=coder)
        made.add_memo("Over de code", coder="Sam", about="code:cl_tijd")
        yield made


def seen(project: Project, coder: str) -> dict[str, int]:
    view = project.visible(coder)
    return {
        "suggestions": len(view.suggestions()),
        "codings": len(view.codings()),
        "decisions": len(view.decisions()),
        "memos": len(view.memos()),
        "quotations": len(view.chosen_quotations()),
        "asked": sum(item.suggestion is not None for item in project.queue(coder=coder, order="place").items),
    }


EVERYTHING = {"suggestions": 4, "codings": 4, "decisions": 4, "memos": 9, "quotations": 4, "asked": 4}
OWN = {"suggestions": 0, "codings": 2, "decisions": 2, "memos": 5, "quotations": 2, "asked": 0}
HALF = {"suggestions": 2, "codings": 3, "decisions": 3, "memos": 7, "quotations": 3, "asked": 2}


def test_without_blind_mode_everyone_sees_everything(project):
    assert seen(project, "Noor") == seen(project, "Bo") == EVERYTHING


def test_a_blind_coder_sees_their_own_work_until_both_are_done(project):
    project.set_blind(["Noor", "Sam"])
    assert seen(project, "Noor") == OWN
    project.mark_done("g1", coder="Noor")
    project.mark_done("g1", coder="Noor")
    assert seen(project, "Noor") == seen(project, "Noor") == OWN
    project.mark_done("g1", coder="Sam")
    assert project.done_with("g1") == ("Noor", "Sam")
    assert seen(project, "Noor") == HALF
    project.mark_done("g2", coder="Sam")
    assert seen(project, "Noor") == HALF
    project.mark_done("g2", coder="Noor")
    assert seen(project, "Noor") == EVERYTHING
    project.set_blind([])
    assert seen(project, "Noor") == EVERYTHING


def test_another_name_is_no_way_around(project):
    project.set_blind(["Noor", "Sam"])
    for name in ("noor", "Bo", "Sam "):
        assert seen(project, name) | {"memos": 1} == dict.fromkeys(OWN, 0) | {"memos": 1}
        assert [memo.about for memo in project.visible(name).memos()] == ["code:cl_tijd"]
    project.mark_done("g1", coder="Bo")
    assert seen(project, "Noor") == OWN


def test_another_s_withdrawal_is_hidden_with_what_it_takes_back(project):
    project.set_blind(["Noor", "Sam"])
    project.undo("Sam")
    project.redo("Sam")
    assert {one.coder for one in project.visible("Noor").decisions()} == {"Noor"}
    assert len(project.visible("Sam").decisions()) == 4


def test_random_turns_can_still_be_read_in_blind_mode(project):
    project.set_blind(["Noor", "Sam"])
    assert {item.suggestion for item in project.queue(coder="Noor", order=Order.RANDOM).items} == {None}
    assert project.acceptable(0, coder="Noor") == ()
    assert all(one.total == 0 and one.turns == 17 for one in project.progress(coder="Noor"))


def test_done_can_be_taken_back_until_the_other_is_done_too(project):
    project.set_blind(["Noor", "Sam"])
    project.mark_done("g1", coder="Noor")
    project.mark_done("g1", coder="Noor", done=False)
    assert project.done_with("g1") == ()
    project.mark_done("g1", coder="Sam")
    project.mark_done("g1", coder="Noor")
    with pytest.raises(CoderingError, match="cannot be taken back"):
        project.mark_done("g1", coder="Noor", done=False)
    assert seen(project, "Noor") == HALF


def test_what_blind_mode_needs(project):
    for names in (["Noor"], ["Noor", "Noor"], ["Noor", " "]):
        with pytest.raises(CoderingError, match=r"two coders|Give the name"):
            project.set_blind(names)
    with pytest.raises(CoderingError, match="no transcript"):
        project.mark_done("g9", coder="Noor")
    with pytest.raises(CoderingError, match="name"):
        project.mark_done("g1", coder="")
    assert project.blind_coders == ()


def test_one_transcript_can_be_coded_blind_and_the_others_stay_open(project):
    project.set_blind(["Noor", "Sam"], transcripts=["g2"])
    assert project.still_blind == project.blind_transcripts == {"g2"}
    assert seen(project, "Noor") == HALF
    for coder in ("Noor", "Sam"):
        project.mark_done("g2", coder=coder)
    assert seen(project, "Noor") == EVERYTHING
    assert project.blind_transcripts == {"g2"}
    project.set_blind(["Noor", "Sam"])
    assert project.still_blind == {"g1"}
    with pytest.raises(CoderingError, match="no transcript"):
        project.set_blind(["Noor", "Sam"], transcripts=["g9"])


def test_the_methods_section_says_blind_of_what_was_coded_blind_only(project):
    project.set_blind(["Noor", "Sam"], transcripts=["g2"])

    def says_so(*names: str) -> bool:
        said = project.agreement_paragraph(["Noor", "Sam"], scope=Scope(transcripts=names), language="en")
        return any("Neither suggestions nor" in str(one) for one in said)

    assert says_so("g2")
    assert not says_so("g1")
    assert not says_so()


def test_a_suggestion_in_sight_elsewhere_says_nothing_of_what_was_coded_twice(project):
    whole = Segment("g1", 3, 0, 6)
    project.decide(Verdict.ADD, coder="Noor", segment=whole, code="cl_tijd", shown=True)
    assert project.comparison(["Noor", "Sam"], scope=Scope(transcripts=("g2",))).seen == 0
    assert project.comparison(["Noor", "Sam"], scope=Scope(transcripts=("g1",))).seen == pytest.approx(1 / 3)


def test_the_command_line_sets_shows_and_ends_it(project, capfd):
    file = str(project.path)
    project.close()
    assert run(["double", "blind", file, "--coders", "Noor", "Sam", "--transcript", "g2"]) == 0
    assert "Noor, Sam coderen 1 transcript blind (g2)." in capfd.readouterr().out
    assert run(["double", "blind", file]) == 0
    assert "g2 is te zien zodra zij ermee klaar zijn: Noor, Sam." in capfd.readouterr().out
    assert run(["double", "blind", file, "--off"]) == 0
    assert "Niemand codeert blind" in capfd.readouterr().out
    for wrong in (["--off", "--coders", "Noor"], ["--transcript", "g1"], ["--coders", "Noor"]):
        assert run(["double", "blind", file, *wrong]) == 2
