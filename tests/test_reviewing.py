"""Reviewing a project: queues that stay, acts that are kept once, many at once, progress."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from codering.codings import Decision, Stance, Suggestion, Verdict
from codering.errors import CoderingError
from codering.project import Act, Project
from codering.readers import Reading
from codering.review import AHEAD, Filters, Item, Order
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
TURNS = 20
"""Of which the first and the eleventh are the moderator's, and the fifth holds no words."""


def group(name: str) -> Transcript:
    said = [
        Turn(n, "Mod" if n % 10 == 1 else "Anja", " " if n == 5 else "Ik heb veel cliënten.")
        for n in range(1, TURNS + 1)
    ]
    return Transcript(name, tuple(said), (Speaker("Mod", Role.MODERATOR), Speaker("Anja")))


class Proposes:
    """A suggester that proposes what it is told to."""

    kind, version = "rule", "v1"

    def __init__(self, *suggestions: Suggestion) -> None:
        self._suggestions = suggestions

    def suggest(self, transcripts, *, progress=None):
        return self._suggestions


def proposal(turn: int, score: float = 0.5, code: str = "cl_omvang", transcript: str = "g1") -> Suggestion:
    return Suggestion(Segment(transcript, turn, 0, 3), code, Stance.CONFIRMS, "rule:a", score)


SCORES = {2: 0.9, 3: 0.8, 4: 0.7, 6: 0.6, 7: 0.5, 8: 0.4, 9: 0.3, 10: 0.2, 12: 0.1, 13: 0.05}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = tmp_path / "klein.yaml"
    book.write_text(CODEBOOK, encoding="utf-8")
    path = tmp_path / "p.codering"
    with Project.create(path, codebook=book) as made:
        made.add_readings([Reading(group(name), (), 80, 80) for name in ("g1", "g2")])
        made.run(Proposes(*(proposal(turn, score) for turn, score in SCORES.items())))
    return path


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as opened:
        yield opened


def numbers(project: Project, order: Order = Order.CERTAIN, at: Item | None = None) -> list[int]:
    return [item.turn for item in project.queue(coder="Noor", order=order, at=at).items]


def answer(project: Project, item: Item, verdict: Verdict = Verdict.ACCEPT, action: str = "") -> Decision:
    return project.decide(verdict, coder="Noor", suggestion=item.suggestion, drawn=item.drawn, action=action)


def read(project: Project, item: Item, coder: str = "Noor") -> Decision:
    place = Segment(item.transcript, item.turn, 0, 1)
    return project.decide(Verdict.READ, coder=coder, segment=place, drawn=item.drawn)


# The queue


def test_a_queue_moves_on_as_the_coder_decides_and_back_with_undo(project):
    queue = project.queue(coder="Noor", order="certain")
    assert [item.turn for item in queue.items] == list(SCORES)
    assert queue.head == queue.items[0]
    answer(project, queue.items[0])
    answer(project, queue.items[2], Verdict.REJECT)
    queue = project.queue(coder="Noor", order="certain")
    assert (queue.head, queue.done, queue.total) == (queue.items[1], 2, 10)
    project.undo("Noor")
    assert project.queue(coder="Noor", order="certain").done == 1
    assert project.queue(coder="Sam", order="certain").done == 0  # everyone has a queue of their own


def test_new_scores_and_suggestions_change_only_what_is_out_of_view(project, path):
    begun = numbers(project)
    at = project.queue(coder="Noor", order="certain").items[1]
    turned = [proposal(turn, 1 - score) for turn, score in SCORES.items()]
    project.run(Proposes(*turned, proposal(14, 0.99)))
    kept = 2 + AHEAD
    expected = [*begun[:kept], 14, 13, 12, 10]
    assert numbers(project, at=at) == expected
    assert numbers(project) == expected
    with Project.open(path) as again:  # a reload, another tab, another day
        assert numbers(again) == expected


def test_what_is_no_longer_suggested_leaves_the_queue_unless_it_was_answered(project):
    queue = project.queue(coder="Noor", order="certain")
    answer(project, queue.items[0])
    project.run(Proposes(proposal(13, 0.9)))
    queue = project.queue(coder="Noor", order="certain")
    assert ([item.turn for item in queue.items], queue.done) == ([2, 13], 1)


def test_what_was_settled_when_the_queue_began_comes_back_when_it_is_undone(project):
    answer(project, project.queue(coder="Noor", order="place").items[3])
    assert 6 not in numbers(project)
    project.undo("Noor")
    assert numbers(project)[-1] == 6
    assert numbers(project).count(6) == 1


def test_a_restart_begins_with_what_is_open(project):
    answer(project, project.queue(coder="Noor", order="certain").items[0])
    queue = project.queue(coder="Noor", order="certain", restart=True)
    assert (queue.done, queue.total) == (0, 9)


def test_the_random_third_is_drawn_among_all_turns_of_participants_and_reproducible(project, path):
    queue = project.queue(coder="Noor", order="mix")
    drawn = [item.place for item in queue.items if item.drawn == "random"]
    assert Counter(item.drawn for item in queue.items)["random"] == len(drawn) >= 3
    everything = [item.place for item in project.queue(coder="Noor", order="random").items]
    assert drawn == everything[: len(drawn)]
    assert Counter(name for name, _ in everything) == {"g1": 17, "g2": 17}
    assert not {1, 11, 5} & {turn for _, turn in everything}
    assert {name for name, _ in everything[:4]} == {"g1", "g2"}
    with Project.open(path) as again:
        assert again.seed == project.seed
        assert [item.place for item in again.queue(coder="Sam", order="random").items] == everything
        again.set_setting("seed", 7)
        assert [item.place for item in again.queue(coder="Bo", order="random").items] != everything


def test_a_random_turn_is_done_when_it_is_read(project):
    queue = project.queue(coder="Noor", order="random")
    head = queue.head
    read(project, head)
    queue = project.queue(coder="Noor", order="random")
    assert queue.head == queue.items[1]
    assert queue.items[0] == head


def test_turns_are_not_drawn_from_one_transcript(project):
    of_one = Filters(transcript="g1")
    assert "random" not in {item.drawn for item in project.queue(coder="Noor", order="mix", filters=of_one).items}
    with pytest.raises(CoderingError, match="from all transcripts"):
        project.queue(coder="Noor", order="random", filters=of_one)


def test_a_queue_is_somebody_s(project):
    with pytest.raises(CoderingError, match="name of the coder"):
        project.queue(coder=" ")


def test_a_speaker_who_turns_out_to_be_a_moderator_leaves_the_queue(project):
    assert project.queue(coder="Noor", order="random").total == 34
    project.set_speaker("g2", "Anja", role=Role.MODERATOR)
    assert {item.transcript for item in project.queue(coder="Noor", order="random").items} == {"g1"}


def test_progress_by_transcript_and_code(project):
    queue = project.queue(coder="Noor", order="certain")
    answer(project, queue.items[0])
    read(project, queue.items[1])
    first, second = project.progress(coder="Noor")
    assert (first.key, first.done, first.total, first.read, first.turns) == ("g1", 2, 10, 1, 17)
    assert (second.key, second.done, second.total, second.turns) == ("g2", 0, 0, 17)
    (code,) = project.progress(coder="Noor", by="code")
    assert (code.key, code.done, code.total) == ("cl_omvang", 2, 10)
    (code,) = project.progress(coder="Noor", by="code", filters=Filters(minimum=0.85))
    assert (code.done, code.total) == (1, 1)


# Acts that arrive twice


def test_an_act_that_arrives_twice_is_kept_once(project):
    item = project.queue(coder="Noor", order="certain").items[0]
    first = answer(project, item, action="a1")
    assert answer(project, item, action="a1") == first
    assert len(project.decisions()) == 1
    other = project.decide(Verdict.ACCEPT, coder="Sam", suggestion=item.suggestion, action="a1")
    assert other.id != first.id  # the same name of another coder is another act
    many = [Act(Verdict.ACCEPT, one) for one in project.suggestions()[1:4]]
    assert project.decide_all(many, coder="Noor", action="a2") == project.decide_all(many, coder="Noor", action="a2")
    assert len(project.codings(coder="Noor")) == 4


def test_an_undo_that_arrives_twice_takes_back_one_thing(project):
    items = project.queue(coder="Noor", order="certain").items
    answer(project, items[0], action="a1")
    answer(project, items[1], action="a2")
    assert project.undo("Noor", action="a3") == project.undo("Noor", action="a3")
    assert len(project.codings()) == 1
    assert project.redo("Noor", action="a4") == project.redo("Noor", action="a4")
    assert len(project.codings()) == 2


def test_a_whole_sequence_can_be_sent_again_from_any_point(project, path):
    """What a page does that was reloaded before it heard what had arrived."""
    items = project.queue(coder="Noor", order="certain").items

    def send(opened: Project, start: int) -> None:
        steps = [
            lambda: answer(opened, items[0], action="1"),
            lambda: answer(opened, items[1], Verdict.REJECT, action="2"),
            lambda: opened.undo("Noor", action="3"),
            lambda: opened.add_memo("Let op.", coder="Noor", action="4"),
            lambda: opened.undo("Noor", action="5"),
            lambda: opened.redo("Noor", action="6"),
            lambda: opened.accept_all(opened.acceptable(0.5, coder="Noor"), coder="Noor", action="7"),
        ]
        for step in steps[start:]:
            step()

    send(project, 0)
    decisions, codings, memos = project.decisions(), project.codings(), project.memos(history=True)
    assert codings
    with Project.open(path) as again:
        for start in range(7):
            send(again, start)
        assert (again.decisions(), again.codings(), again.memos(history=True)) == (decisions, codings, memos)


def test_what_can_be_undone_and_redone_can_be_asked(project):
    assert project.to_undo("Noor") == project.to_redo("Noor") == ()
    made = answer(project, project.queue(coder="Noor").items[0])
    assert project.to_undo("Noor") == (made,)
    project.undo("Noor")
    assert (project.to_undo("Noor"), project.to_redo("Noor")) == ((), (made,))


def test_a_memo_is_given_a_new_text_once(project):
    memo = project.add_memo("Eerst.", coder="Noor", action="m1")
    assert project.add_memo("Eerst.", coder="Noor", action="m1").id == memo.id
    for _ in range(2):
        project.add_memo("Later.", coder="Noor", memo=memo.id, action="m2")
    assert [one.text for one in project.memos(history=True)] == ["Eerst.", "Later."]


# Many at once


def test_a_bulk_acceptance_is_previewed_and_undone_in_one_step(project):
    answer(project, project.queue(coder="Noor", order="certain").items[0], Verdict.REJECT)
    preview = project.acceptable(0.5, coder="Noor")
    assert [one.score for one in preview] == [0.8, 0.7, 0.6, 0.5]
    answer(project, Item("g1", 3, preview[0], "certain"), Verdict.REJECT)  # settled while the preview was open
    made = project.accept_all(preview, coder="Noor")
    assert [one.segment.turn for one in made] == [4, 6, 7]
    assert {(one.drawn, one.shown) for one in made} == {("bulk", True)}
    assert len(project.undo("Noor")) == 3
    assert project.codings() == ()
    assert project.accept_all((), coder="Noor") == ()


# Two tabs, two coders, two programs


def test_the_revision_shows_that_a_page_is_stale(project, path):
    before, suggested = project.revision(), project.revision("suggestions")
    assert project.revision() == before
    with Project.open(path) as other:
        other.add_memo("x", coder="Sam")
    assert project.revision() != before
    assert project.revision("suggestions") == suggested


def test_threads_of_one_coder_and_of_two_lose_nothing_and_undo_each_thing_once(project):
    """Two tabs of one coder and one of another, all on the same project object."""
    errors: list[BaseException] = []

    def work(coder: str, tab: int) -> None:
        try:
            for n in range(8):
                place = Segment("g2", 2 + n % 3, tab, 4 + n)
                project.decide(Verdict.ADD, coder=coder, segment=place, code="cl_tijd", action=f"{tab}-{n}")
                project.codings()
            for n in range(3):
                project.undo(coder, action=f"{tab}-undo-{n}")
        except BaseException as error:  # noqa: BLE001 - shown below
            errors.append(error)

    threads = [threading.Thread(target=work, args=who) for who in (("Noor", 0), ("Noor", 1), ("Sam", 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Counter(one.coder for one in project.codings()) == {"Noor": 10, "Sam": 5}
    assert len({one.id for one in project.decisions()}) == len(project.decisions()) == 24 + 9


TAB = textwrap.dedent("""
    import sys
    from codering.codings import Verdict
    from codering.project import Project
    from codering.transcripts import Segment
    path, coder, first = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with Project.open(path) as project:
        for n in range(first, first + 12):
            place = Segment("g2", 2 + n % 3, n, 21)
            project.decide(Verdict.ADD, coder=coder, segment=place, code="cl_tijd", action=f"act {n}")
""")


def test_two_programs_that_send_the_same_acts_keep_each_once(project, path):
    """A tab that was closed with acts on the way, and the tab that was opened instead; a colleague works on."""
    commands = [("Noor", 0), ("Noor", 6), ("Sam", 0)]
    programs = [subprocess.Popen([sys.executable, "-c", TAB, str(path), who, str(n)]) for who, n in commands]
    assert [program.wait() for program in programs] == [0, 0, 0]
    assert Counter(one.coder for one in project.codings()) == {"Noor": 18, "Sam": 12}
    added = Counter(one.coder for one in project.decisions() if one.verdict is Verdict.ADD)
    assert added == {"Noor": 18, "Sam": 12}
