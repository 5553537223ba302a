"""Swapped codes, proposals for the codebook, time, and the machine beside the coders."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from codering.analysis import confusion, machine, proposals, stability
from codering.analysis.agreement import numbered
from codering.analysis.agreement_tables import agreement_tables
from codering.analysis.comparison import Comparison
from codering.analysis.group_intervals import difference_with_interval, units_of
from codering.analysis.measures import f1
from codering.cli import run
from codering.codebooks import Change, Code, Codebook, Crossing, Label, Theme
from codering.codings import Coding, Decision, Stance, Suggestion, Verdict
from codering.errors import AgreementError
from codering.project import Project
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

TURNS = 12


def code(id_: str, theme: str = "t", exclude: tuple[str, ...] = ()) -> Code:
    return Code(id_, Label(id_.upper(), id_.upper()), f"Wat {id_} is.", theme, exclude=exclude)


def book(*codes: Code) -> Codebook:
    return Codebook("b", Label("b", "b"), (Theme(code("t"), codes),))


def talk(name: str) -> Transcript:
    turns = tuple(Turn(number, "An", "woorden genoeg") for number in range(1, TURNS + 1))
    return Transcript(name, turns, (Speaker("An", Role.PARTICIPANT),))


def coding(coder: str, turn: int, id_: str, name: str = "g") -> Coding:
    return Coding(Segment(name, turn, 0, 7), id_, Stance.CONFIRMS, coder, f"{coder}{turn}{id_}{name}", "", "added")


def comparison(codebook: Codebook, given: dict[str, dict[int, str]], names: tuple[str, ...] = ("g",)) -> Comparison:
    """By coder: by turn, the codes given there, in every transcript."""
    codings = tuple(
        coding(coder, turn, id_, name)
        for coder, turns in given.items()
        for turn, ids in turns.items()
        for id_ in ids.split()
        for name in names
    )
    places = frozenset((name, turn) for name in names for turn in range(1, TURNS + 1))
    return Comparison(tuple(map(talk, names)), codebook, codings, tuple(given), dict.fromkeys(given, places))


SWAPS = {"A": {1: "x", 2: "x", 3: "x", 4: "y", 5: "z", 6: "z"}, "B": {1: "y", 2: "y", 3: "x", 4: "x"}}


def test_swaps_are_counted_once_by_direction_and_omissions_apart():
    found = confusion.confusions(comparison(book(code("x"), code("y"), code("z")), SWAPS))
    assert [(one.code, one.other) for one in found] == [("x", "y"), ("z", "")]
    swapped, left_out = found
    assert (swapped.first, swapped.second, swapped.together) == ((("g", 1), ("g", 2)), (("g", 4),), 1)
    assert (left_out.first, left_out.second) == ((("g", 5), ("g", 6)), ())


def proposal(codebook: Codebook, given: dict[str, dict[int, str]], holds: dict | None = None) -> list[str]:
    compared = comparison(codebook, given)
    table = proposals.proposal_table(confusion.confusions(compared, holds), compared, language="nl")
    return [str(row["proposal"]) for row in table.records()]


def test_a_proposal_says_which_line_is_lacking_or_did_not_help():
    lacking, one_sided = proposal(book(code("x"), code("y"), code("z")), SWAPS)
    assert "No line tells these codes apart" in lacking
    assert "same coder" in one_sided
    (there, _) = proposal(book(code("x", exclude=("Als het om y gaat (y)",)), code("y"), code("z")), SWAPS)
    assert "has a line between these codes" in there


def test_a_proposal_follows_what_was_decided():
    holds = {(("g", n), "y"): True for n in (1, 2, 4)} | {(("g", n), "x"): False for n in (1, 2, 4)}
    holds |= {(("g", n), "z"): True for n in (5, 6)}
    swapped, overlooked = proposal(book(code("x"), code("y"), code("z")), SWAPS, holds)
    assert "Add to “X” under exclude: when it is “Y” instead (→ y)." in swapped
    assert "add to include" in overlooked


def test_mostly_is_of_what_was_decided_not_of_all_turns():
    given = {"A": dict.fromkeys(range(1, 7), "z"), "B": {}}
    (open_,) = proposal(book(code("z")), given)
    for decided, said in (({1: True, 2: True}, "add to include"), ({1: False}, "add to exclude")):
        (found,) = proposal(book(code("z")), given, {(("g", n), "z"): holds for n, holds in decided.items()})
        assert said in found
    (even,) = proposal(book(code("z")), given, {(("g", 1), "z"): True, (("g", 2), "z"): False})
    assert even == open_


def test_a_theme_and_its_code_are_a_matter_of_the_most_specific():
    (said,) = proposal(book(code("x")), {"A": {1: "x", 2: "x"}, "B": {1: "t", 2: "t"}})
    assert "most specific" in said


def test_what_happened_once_is_no_proposal():
    assert proposal(book(code("x"), code("y")), {"A": {1: "x"}, "B": {1: "y"}}) == []


def suggestion(turn: int, id_: str, name: str, score: float = 0.9) -> Suggestion:
    return Suggestion(Segment(name, turn, 0, 7), id_, Stance.CONFIRMS, "rule:r", score)


def test_the_machine_is_the_mean_against_each_coder_minus_the_coders_against_each_other():
    names = ("g", "h", "i", "j")
    people = comparison(book(code("x")), {"A": {1: "x", 2: "x", 3: "x"}, "B": {1: "x", 2: "x"}}, names)
    found = [suggestion(turn, "x", name) for name in names for turn in (1, 5)]
    found += [suggestion(9, "x", name, 0.1) for name in names]
    beside = machine.with_machine(people, found, least=0.5)
    one = machine.machine_agreement(beside, [frozenset("x")], "x")
    assert one.carried == (12, 8, 8)
    assert one.people == pytest.approx(2 * 2 / 5)
    assert one.machine == pytest.approx((2 * 1 / 5 + 2 * 1 / 4) / 2)
    assert one.difference.value == pytest.approx(one.machine - one.people)
    assert one.difference.low < one.difference.value < one.difference.high
    table = machine.machine_table(replace(beside, seen=0.25), language="nl", what="learned")
    assert "not intercoder reliability" in str(table.notes[0])
    assert any("25%" in str(note) for note in table.notes)
    assert any("learned model" in str(note) for note in table.notes)


def test_a_machine_that_is_like_a_third_coder_cannot_be_told_apart_as_often_as_claimed():
    """Three coders with the same errors: the difference is 0, and the interval holds it in about 95% of projects."""
    generator = np.random.default_rng(3)
    covered, projects = 0, 200
    for _project in range(projects):
        truth = generator.random(8 * 100) < np.repeat(generator.beta(3, 17, size=8), 100)
        table = np.array([truth ^ (generator.random(800) < np.where(truth, 0.2, 0.02)) for _ in range(3)], dtype=float)
        units = units_of(table, numbered([f"g{i // 100}" for i in range(800)]))
        measure = difference_with_interval(
            lambda t, w: (f1(t[[0, 2]], w) + f1(t[[1, 2]], w)) / 2, lambda t, w: f1(t[:2], w), units
        )
        covered += measure.low <= 0 <= measure.high
    assert 0.91 * projects <= covered < projects


def decided(coder: str, turn: int, id_: str | None, day: int, number: int, name: str = "g") -> Decision:
    verdict = Verdict.ADD if id_ else Verdict.READ
    stance = Stance.CONFIRMS if id_ else None
    time = f"2026-01-{day:02d}T10:{number:02d}:00.000000+00:00"
    return Decision(f"{coder}{turn}{id_}{day}{name}", coder, time, verdict, Segment(name, turn, 0, 7), id_, stance)


def test_agreement_by_version_is_what_held_at_its_end_in_turns_worked_on_then():
    old, new = book(code("x"), code("y")), book(code("x", exclude=("Niet als het y is (y)",)), code("y"))
    versions = [stability.Version(old, "2026-01-01T00:00:00"), stability.Version(new, "2026-01-05T00:00:00")]
    first = [decided(c, n, None, 2, n) for c in "AB" for n in (1, 2, 3)]
    first += [decided("A", 1, "x", 2, 10), decided("B", 1, "y", 2, 11), decided("A", 2, "x", 2, 12)]
    again = [
        Decision("w", "B", "2026-01-06T10:00:00", Verdict.WITHDRAW, target="B1y2g"),
        decided("B", 1, "x", 6, 13),
        decided("A", 1, None, 6, 14),
    ]
    decisions = sorted([*first, *again], key=lambda one: one.time)
    compared = comparison(new, {"A": {}, "B": {}})
    rows = list(stability.version_table(compared, decisions, versions, language="nl").records())
    assert [row["units"] for row in rows] == [3, 1]
    assert [row["f1"] for row in rows] == [0, 1]
    assert [row["changed"] for row in rows] == ["", "X"]


def test_drift_is_told_by_parts_beside_the_others():
    given = {"A": dict.fromkeys(range(1, 7), "x"), "B": dict.fromkeys(range(1, 13), "x")}
    decisions = [decided("A", n, None, n, 0) for n in range(1, 13)]
    compared = comparison(book(code("x")), given)
    rows = list(stability.drift_table(compared, decisions, "A").records())
    assert [row["units"] for row in rows] == [3, 3, 3, 3]
    assert [row["given"] for row in rows] == [100, 100, 0, 0]
    assert [row["others"] for row in rows] == [100] * 4
    assert [row["f1"] for row in rows] == [1, 1, 0, 0]
    at_once = [replace(one, time="2026-01-01T00:00:00") for one in decisions]
    table = stability.drift_table(compared, at_once, "A")
    assert table.rows == ()
    assert "at once" in str(table.notes[0])


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = "\n".join(f"{'Ank' if n % 2 else 'Cor'}: Ik heb er veel te veel, nummer {n}." for n in range(8))
    for name in ("een", "twee", "drie"):
        (tmp_path / f"{name}.txt").write_text(f"Moderator: Vraag?\n{lines}\nBas: Dag.\n", encoding="utf-8")
    with Project.create("p.codering") as made:
        made.add([tmp_path])
        for coder, id_ in (("A", "cl_omvang"), ("B", "cl_werkdruk")):
            rows = [
                {"transcript": name, "turn": turn, "code": "cl_omvang" if turn < 5 else id_}
                for name in ("een", "twee", "drie")
                for turn in range(2, 8)
            ]
            made.add_codings(rows, coder=coder)
    return "p.codering"


def test_the_commands_show_what_the_project_says(project, capsys):
    assert run(["compare", "confusions", project, "--coders", "A", "B", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["id"], row["other"], row["count"]) for row in told["confusions"]] == [("cl_omvang", "cl_werkdruk", 9)]
    assert len(told["confusion_passages"]) == 9
    assert run(["compare", "confusions", "--coders", "A", "B", project]) == 0
    assert "Waar het codeboek scherper kan" in capsys.readouterr().out
    assert run(["compare", "time", project, "--coders", "A", "B", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["agreement_versions"]) == 1
    assert run(["compare", "machine", project, "--coders", "A", "B"]) == 2
    assert "suggesties" in capsys.readouterr().err
    with Project.open(project) as opened:
        opened.suggest()
        if opened.suggestions():
            row = next(opened.with_machine(["A", "B"]).records())
            assert row["people_f1"] == pytest.approx(opened.comparison(["A", "B"]).pooled("f1").value)
        with pytest.raises(AgreementError, match="two coders"):
            opened.with_machine(["A"])


def test_an_undefined_difference_has_its_reason():
    people = comparison(book(code("x")), {"A": {}, "B": {}})
    one = machine.machine_agreement(machine.with_machine(people, []), [frozenset("x")], "x")
    assert math.isnan(one.difference.value)
    assert one.difference.reason is not None


def test_decisions_with_a_suggestion_in_sight_are_told(project):
    with Project.open(project) as opened:
        assert not any("in sight" in str(note) for note in opened.agreement(["A", "B"])[0].notes)
        place = Segment("een", 8, 0, 3)
        opened.decide(Verdict.ADD, coder="A", segment=place, code="kv_team", shown=True)
        assert any("in sight" in str(note) for note in opened.agreement(["A", "B"])[0].notes)
        assert any("in sight" in str(sentence) for sentence in opened.agreement_paragraph(["A", "B"]))


def test_codings_of_a_code_that_was_split_are_left_out_and_counted():
    today = replace(book(code("x"), code("y")), crosswalk=(Crossing(Change.SPLIT, ("oud",), ("x", "y")),))
    beside = comparison(today, {"A": {1: "x", 2: "oud"}, "B": {1: "x oud"}})
    assert beside.left_out == ("oud", "oud")
    overall, _, by_code, *_ = agreement_tables(beside, language="en")
    assert any("stands here for its own code" in str(note) for note in by_code.notes)
    assert "2 codings of oud are left out: the code was split or removed since." in map(str, overall.notes)
