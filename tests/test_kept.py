"""What is kept between questions, and when it is worked out again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from codering.codings import Verdict
from codering.errors import CoderingError
from codering.project import Act, Project
from codering.project.kept import Kept
from codering.resources import codebook_path
from codering.transcripts import Role, Segment

SAMPLES = Path(__file__).parent.parent / "transcripts_sample"


def test_an_answer_is_worked_out_again_only_when_what_it_follows_from_changed():
    asked: list[str] = []
    kept = Kept[str]()

    def answer(state: str) -> str:
        asked.append(state)
        return state.upper()

    for state in ("a", "a", "b", "a"):
        assert kept.get(state, lambda now=state: answer(now)) == state.upper()
    assert asked == ["a", "b", "a"]


def test_what_is_raised_is_not_kept():
    def fail() -> str:
        raise CoderingError("No.")

    kept = Kept[str]()
    with pytest.raises(CoderingError):
        kept.get("a", fail)
    assert kept.get("a", lambda: "yes") == "yes"


def codings(project: Project, coder: str, turns: range, code: str) -> None:
    one = project.transcripts()[0]
    wanted = [turn for turn in one.spoken_turns() if turn.number in turns]
    project.decide_all(
        [Act(Verdict.ADD, segment=Segment(one.name, turn.number, 0, 3), code=code) for turn in wanted], coder=coder
    )


def lead(project: Project) -> None:
    one = project.transcripts()[0]
    for speaker in one.speakers:
        project.set_speaker(one.name, speaker.name, role=Role.PARTICIPANT)


CHANGES: dict[str, Callable[[Project], object]] = {
    "a decision": lambda project: codings(project, "Noor", range(14, 18), next(iter(project.codebook)).id),
    "an undo": lambda project: project.undo("Noor"),
    "a role": lead,
    "the coder who counts": lambda project: project.set_setting("counted_coder", "Sam"),
    "a transcript": lambda project: project.add([SAMPLES / "kloosterveen_voorjaar.srt"]),
    "a codebook": lambda project: project.set_codebook(codebook_path("vraagtafels").read_text("utf-8"), by="Noor"),
}


def asked(project: Project) -> tuple[object, ...]:
    """What is kept, each question asked twice."""
    both = ["Noor", "Sam"]
    return tuple((project.counted_codings(), project.comparison(both), project.counted_codings("Sam")) for _ in "12")


@pytest.mark.parametrize("itself", [False, True], ids=["another program writes", "it writes itself, in one moment"])
def test_counts_and_comparisons_are_those_of_a_project_that_keeps_nothing(tmp_path, itself):
    path = tmp_path / "p.codering"
    Project.create(path).close()
    with Project.open(path) as here, Project.open(path) as other, here.moment() if itself else nullcontext():
        writes = here if itself else other
        writes.add([SAMPLES / "waterhove_najaar.vtt"])
        first, second, *_ = (code.id for code in here.codebook)
        codings(writes, "Noor", range(1, 12), first)
        codings(writes, "Sam", range(6, 20), second)
        before = asked(here)
        for what, change in CHANGES.items():
            change(writes)
            with Project.open(path) as fresh:
                assert asked(here) == asked(fresh), what
            assert asked(here) != before, what
            before = asked(here)
