"""How far coders are with each transcript, and which one comes next."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from codering.codings import Stance, Suggestion, Verdict
from codering.project import Act, Project, Reviewed, Standing
from codering.readers import Reading
from codering.review import Filters, Item, settled
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

CODEBOOK = """
codebook: klein
label: {nl: Klein, en: Small}
themes:
  - id: caseload
    label: {nl: Caseload, en: Caseload}
    definition: Hoeveel cliënten.
    codes:
      - id: cl_omvang
        label: {nl: Omvang, en: Size}
        definition: Het aantal cliënten.
      - id: cl_tijd
        label: {nl: Tijd, en: Time}
        definition: Te weinig tijd.
"""
NAMES = ("g1", "g2", "g3", "g4")
SPOKEN = (2, 3, 5, 6)
"""Of six turns the first is the moderator's, and the fourth holds no words."""
ASKED = {"g1": ((2, "cl_omvang"), (3, "cl_tijd")), "g2": ((5, "cl_tijd"),), "g4": ((2, "cl_omvang"), (2, "cl_tijd"))}
"""What is suggested: nothing in the third."""


class Proposes:
    kind, version = "rule", "v1"

    def suggest(self, transcripts, *, progress=None):
        return tuple(
            Suggestion(Segment(name, turn, 0, 3), code, Stance.CONFIRMS, "rule:a", 0.5)
            for name, asked in ASKED.items()
            for turn, code in asked
        )


def group(name: str) -> Transcript:
    said = [Turn(n, "Mod" if n == 1 else "Anja", " " if n == 4 else "Ik heb veel cliënten.") for n in range(1, 7)]
    return Transcript(name, tuple(said), (Speaker("Mod", Role.MODERATOR), Speaker("Anja")))


@pytest.fixture
def project(tmp_path) -> Iterator[Project]:
    book = tmp_path / "klein.yaml"
    book.write_text(CODEBOOK, encoding="utf-8")
    with Project.create(tmp_path / "p.codering", codebook=book) as made:
        made.add_readings([Reading(group(name), (), 80, 80) for name in NAMES])
        made.run(Proposes())
        yield made


def standings(project: Project, coder: str = "Noor") -> str:
    """The first letter of how far a coder is with each transcript."""
    return "".join(one.standing.value[0] for one in project.progress(coder=coder))


def upcoming(project: Project, transcript: str, /, **filters: object) -> list[str]:
    chosen = Filters(**filters) if filters else None
    found = project.upcoming(transcript, coder="Noor", filters=chosen)
    assert project.upcoming(transcript, coder="Noor", filters=chosen, rows=project.progress(coder="Noor")) == found
    return [one.key for one in found]


def answer(project: Project, name: str, verdict: Verdict = Verdict.ACCEPT) -> None:
    found = [one for one in project.acceptable(0, coder="Noor") if one.segment.transcript == name]
    project.decide_all([Act(verdict, one) for one in found], coder="Noor")


def test_a_transcript_is_untouched_begun_answered_and_finished(project):
    assert standings(project) == "uuuu"
    first = project.acceptable(0, coder="Noor", filters=Filters(transcript="g1"))[0]
    project.decide(Verdict.REJECT, coder="Noor", suggestion=first)
    assert standings(project) == "buuu"
    answer(project, "g1")
    assert standings(project) == "auuu"
    project.mark_read("g1", coder="Noor")
    assert standings(project) == "fuuu"
    assert standings(project, "Daan") == "uuuu"
    for expected in ("auuu", "buuu", "uuuu"):
        project.undo("Noor")
        assert standings(project) == expected


def test_where_nothing_is_suggested_a_transcript_is_finished_once_it_was_read(project):
    project.decide(Verdict.ADD, coder="Noor", segment=Segment("g3", 2, 0, 6), code="cl_tijd")
    assert standings(project)[2] == "b"
    for turn in SPOKEN:
        project.decide(Verdict.READ, coder="Noor", segment=Segment("g3", turn, 0, 1))
    assert standings(project)[2] == "f"


def test_what_is_coded_blind_is_finished_when_the_coder_says_so_and_asks_again_when_it_opens(project):
    project.set_blind(["Noor", "Daan"], transcripts=["g1"])
    project.mark_read("g1", coder="Noor")
    assert standings(project)[0] == "b"
    project.mark_done("g1", coder="Noor")
    assert (standings(project)[0], standings(project, "Daan")[0]) == ("f", "u")
    project.mark_done("g1", coder="Daan")
    assert (standings(project)[0], standings(project, "Daan")[0]) == ("f", "u"), "Noor read what is suggested now"


def test_a_transcript_without_words_of_participants_asks_for_nothing():
    assert Reviewed("g", 0, 0).standing is Standing.FINISHED
    assert Reviewed("g", 0, 0, declared=False).standing is Standing.UNTOUCHED


def test_the_next_transcript_is_the_next_with_work_and_after_the_last_comes_the_first(project):
    assert upcoming(project, "g1") == ["g2", "g3", "g4"]
    assert upcoming(project, "g3") == ["g4", "g1", "g2"]
    answer(project, "g4")
    assert upcoming(project, "g3") == ["g1", "g2"]
    for name in ("g1", "g2"):
        answer(project, name)
    assert upcoming(project, "g1") == ["g3"]
    project.mark_read("g3", coder="Noor")
    assert upcoming(project, "g1") == []
    project.undo("Noor")
    assert upcoming(project, "g1") == ["g3"]


def test_who_goes_through_one_code_gets_the_next_transcript_with_that_code(project):
    assert upcoming(project, "g1", code="cl_tijd") == ["g2", "g4"]
    assert upcoming(project, "g1", code="cl_omvang", transcript="g1") == ["g4"]
    assert upcoming(project, "g1", minimum=0.6) == []
    project.set_blind(["Noor", "Daan"], transcripts=["g3"])
    assert upcoming(project, "g1", code="cl_omvang") == ["g3", "g4"], (
        "what is coded blind waits whatever one goes through"
    )


def test_what_is_kept_between_questions_is_what_is_worked_out_anew(project):
    """After each of many decisions by two coders: with what says of every suggestion and turn whether it is settled."""
    chance = random.Random(8)
    book = {one.id: one for one in project.suggestions()}
    for _ in range(120):
        coder, name = chance.choice(("Noor", "Daan")), chance.choice(NAMES)
        turn = chance.choice(SPOKEN)
        way = chance.choice(("answer", "read", "add", "undo", "redo", "mark"))
        if way == "answer":
            verdict = chance.choice((Verdict.ACCEPT, Verdict.REJECT))
            for one in project.acceptable(0, coder=coder, filters=Filters(transcript=name))[:1]:
                project.decide(verdict, coder=coder, suggestion=one)
        elif way == "read":
            project.decide(Verdict.READ, coder=coder, segment=Segment(name, turn, 0, 1))
        elif way == "add" and not project.codings(coder=coder, transcript=name):
            project.decide(Verdict.ADD, coder=coder, segment=Segment(name, turn, 3, 6), code="cl_tijd")
        elif way == "mark" and chance.random() < 0.2:
            project.mark_read(name, coder=coder)
        elif way in ("undo", "redo"):
            getattr(project, way)(coder)
        for who in ("Noor", "Daan"):
            assert project.progress(coder=who) == tuple(anew(project, name, who, book) for name in NAMES)


def anew(project: Project, name: str, coder: str, book: dict[str, Suggestion]) -> Reviewed:
    withdrawn = {one.target for one in standing_withdrawals(project)}
    own = [
        one
        for one in project.decisions()
        if one.coder == coder and one.id not in withdrawn and one.segment and one.segment.transcript == name
    ]
    asked = [one for one in book.values() if one.segment.transcript == name]
    done = [
        one
        for one in asked
        if settled(Item(name, one.segment.turn, one, ""), (d for d in own if d.segment.turn == one.segment.turn), book)
    ]
    read = {one.segment.turn for one in own if one.verdict is Verdict.READ}
    return Reviewed(name, len(done), len(asked), len(read & set(SPOKEN)), len(SPOKEN), bool(own))


def standing_withdrawals(project: Project) -> list:
    """The withdrawals that hold: from the last to the first, one that was taken back takes nothing back."""
    found, taken = [], set()
    for one in reversed(project.decisions()):
        if one.verdict is Verdict.WITHDRAW and one.id not in taken:
            found.append(one)
            taken.add(one.target)
    return found
