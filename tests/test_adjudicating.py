"""Deciding what coders differ on: the order, the choices, the trace, and the sample's own third set."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from codering.analysis.comparison import Scope
from codering.analysis.disagreements import Difference, Disagreement, agreed, disagreements
from codering.cli import run
from codering.codings import Stance, Verdict
from codering.errors import AgreementError, CoderingError
from codering.project import Project
from codering.project.thirds import Choice, Other, third_set
from codering.resources import samples_path
from codering.transcripts import Segment

TALK = """\
Moderator: Hoe gaat het?
Ank: Ik heb er te veel en ik moet alles invullen.
Bas: Nee hoor, bij ons valt het allemaal mee.
Ank: Een beetje van dit en een beetje van dat.
Bas: Daar zeg je wat.
"""
CODERS = ("An", "Bo")


def row(turn: int, code: str, quote: str, stance: str = "bevestigt") -> dict[str, object]:
    return {"transcript": "g", "turn": turn, "code": code, "stance": stance, "quote": quote}


@pytest.fixture
def project(tmp_path):
    (tmp_path / "g.txt").write_text(TALK, encoding="utf-8")
    with Project.create(tmp_path / "p.codering") as made:
        made.add([tmp_path / "g.txt"])
        made.add_codings(
            [
                row(2, "cl_omvang", "Ik heb er te veel"),
                row(2, "pi_registratiedruk", "alles invullen"),
                row(3, "cl_werkdruk", "valt het allemaal mee"),
                row(4, "cl_omvang", "Een beetje van dit"),
            ],
            coder="An",
        )
        made.add_codings(
            [
                row(2, "cl_omvang", "Ik heb er te veel en ik moet"),
                row(2, "pi_output", "ik moet alles invullen"),
                row(3, "cl_werkdruk", "valt het allemaal mee", "ontkent"),
                row(4, "cl_omvang", "van dat"),
                row(5, "kv_team", "Daar zeg je wat"),
            ],
            coder="Bo",
        )
        yield made


def test_disagreements_come_with_what_matters_most_first(project):
    found = disagreements(project.comparison(CODERS))
    assert [(one.place[1], one.code, one.difference) for one in found] == [
        (3, "cl_werkdruk", Difference.STANCE),
        (5, "kv_team", Difference.CODE),
        (2, "pi_output", Difference.CODE),
        (2, "pi_registratiedruk", Difference.CODE),
        (4, "cl_omvang", Difference.BOUNDARIES),
    ]
    swapped = found[2]
    assert (swapped.instead_one, swapped.instead_two, swapped.theme_at_stake) == (("pi_registratiedruk",), (), False)
    assert found[1].theme_at_stake


def test_what_both_gave_stands_with_the_longer_passage(project):
    (both,) = agreed(project.comparison(CODERS))
    assert (both.code, both.coder) == ("cl_omvang", "Bo")


def open_cases(project: Project) -> list[str]:
    return [case.disagreement.key for case in project.adjudication(CODERS, by="Cas").open]


def team_case(project: Project) -> Disagreement:
    cases = project.adjudication(CODERS, by="Cas").cases
    return next(case.disagreement for case in cases if case.disagreement.code == "kv_team")


def given(project: Project) -> set[tuple[int, str, str]]:
    return {(c.segment.turn, c.code, c.stance.value) for c in project.codings(coder="An + Bo (Cas)")}


def test_every_choice_has_its_codings_its_reason_and_its_trace(project):
    assert project.take_over_agreed(CODERS, by="Cas") == 1
    assert project.take_over_agreed(CODERS, by="Cas") == 0
    cases = {case.disagreement.key: case.disagreement for case in project.adjudication(CODERS, by="Cas").cases}
    choose = {"g#3#cl_werkdruk": Choice.TWO, "g#2#pi_output": Choice.NEITHER, "g#2#pi_registratiedruk": Choice.ONE}
    for key, choice in choose.items():
        project.adjudicate(cases[key], choice, coders=CODERS, by="Cas", reason=f"want {choice}")
    project.adjudicate(cases["g#4#cl_omvang"], "both", coders=CODERS, by="Cas")
    other = Other("kv_partners", Stance.CONFIRMS, Segment("g", 5, 0, 8))
    project.adjudicate(
        cases["g#5#kv_team"], "other", coders=CODERS, by="Cas", reason="gaat over partners", others=[other]
    )
    assert given(project) == {
        (2, "cl_omvang", "bevestigt"),
        (2, "pi_registratiedruk", "bevestigt"),
        (3, "cl_werkdruk", "ontkent"),
        (4, "cl_omvang", "bevestigt"),
        (5, "kv_partners", "bevestigt"),
    }
    found = project.adjudication(CODERS, by="Cas")
    assert (found.open, found.begun, found.agreed) == ((), True, 1)
    by_key = {case.disagreement.key: case for case in found.cases}
    # Only Bo gave it and it does not hold: then An, who left it out, was right.
    assert {key: by_key[key].choice for key in choose} == choose | {"g#2#pi_output": Choice.ONE}
    assert by_key["g#2#pi_output"].reason == "want neither"
    assert (by_key["g#5#kv_team"].choice, by_key["g#5#kv_team"].others[0].code) == (Choice.OTHER, "kv_partners")
    assert by_key["g#4#cl_omvang"].choice is Choice.BOTH
    trace = [d for d in project.decisions(coder="An + Bo (Cas)") if d.reason == "want neither"]
    assert [d.verdict for d in trace] == [Verdict.REJECT]


def test_undo_opens_a_case_again_and_a_new_decision_replaces_the_old(project):
    project.take_over_agreed(CODERS, by="Cas")
    everything = open_cases(project)
    case = next(
        c.disagreement for c in project.adjudication(CODERS, by="Cas").cases if c.disagreement.code == "kv_team"
    )
    other = Other("kv_partners", Stance.CONFIRMS, Segment("g", 5, 0, 8))
    project.adjudicate(case, "other", coders=CODERS, by="Cas", others=[other])
    assert (5, "kv_partners", "bevestigt") in given(project)
    project.adjudicate(case, "b", coders=CODERS, by="Cas")
    assert {one for one in given(project) if one[0] == 5} == {(5, "kv_team", "bevestigt")}
    project.undo(third_set(CODERS, "Cas"))
    assert {one for one in given(project) if one[0] == 5} == {(5, "kv_partners", "bevestigt")}
    project.undo(third_set(CODERS, "Cas"))
    assert open_cases(project) == everything


def test_something_else_can_be_given_again_with_another_reason(project):
    other = Other("kv_partners", Stance.CONFIRMS, Segment("g", 5, 0, 8))
    for reason in ("partners", "het gaat om partners"):
        project.adjudicate(team_case(project), "other", coders=CODERS, by="Cas", reason=reason, others=[other])
    (case,) = (one for one in project.adjudication(CODERS, by="Cas").cases if one.choice)
    assert (case.choice, case.reason, len(case.others)) == (Choice.OTHER, "het gaat om partners", 1)
    assert given(project) == {(5, "kv_partners", "bevestigt")}
    project.undo("An + Bo (Cas)")
    assert [one.reason for one in project.adjudication(CODERS, by="Cas").cases if one.choice] == ["partners"]
    with pytest.raises(CoderingError, match="already"):
        project.adjudicate(team_case(project), "other", coders=CODERS, by="Cas", others=[other, other])


def test_a_coding_that_a_coder_changes_opens_its_case_again(project):
    project.take_over_agreed(CODERS, by="Cas")
    case = next(
        c.disagreement for c in project.adjudication(CODERS, by="Cas").cases if c.disagreement.code == "kv_team"
    )
    project.adjudicate(case, "b", coders=CODERS, by="Cas")
    assert case.key not in open_cases(project)
    project.decide(Verdict.CHANGE, coder="Bo", target=case.two[0].id, segment=Segment("g", 5, 0, 4))
    assert case.key in open_cases(project)


def test_the_third_set_is_not_read_where_not_both_read(project):
    project.take_over_agreed(CODERS, by="Cas")
    name = third_set(CODERS, "Cas")
    assert project.read_turns([name])[name] == {("g", turn) for turn in (2, 3, 4, 5)}


def test_what_is_still_coded_blind_is_not_shown(project):
    project.set_blind(CODERS)
    with pytest.raises(AgreementError, match="blind"):
        project.adjudication(CODERS, by="Cas")
    for coder in CODERS:
        project.mark_done("g", coder=coder)
    assert project.adjudication(CODERS, by="Cas").cases


def test_what_does_not_fit_is_refused(project):
    case = project.adjudication(CODERS, by="Cas").cases[0].disagreement
    for choice, others in (("other", []), ("a", [Other("kv_team", Stance.CONFIRMS, case.two[0].segment)])):
        with pytest.raises(AgreementError, match="Other"):
            project.adjudicate(case, choice, coders=CODERS, by="Cas", others=others)
    with pytest.raises(AgreementError, match="same turn"):
        project.adjudicate(
            case, "other", coders=CODERS, by="Cas", others=[Other("kv_team", Stance.CONFIRMS, Segment("g", 5, 0, 4))]
        )
    with pytest.raises(AgreementError, match="name"):
        project.adjudication(CODERS, by=" ")
    with pytest.raises(AgreementError, match="two coders"):
        project.adjudication(["An"], by="Cas")


def test_the_samples_third_set_follows_from_both_coders_and_the_decisions(tmp_path, monkeypatch, capsys):
    """The 130 decisions of the sample, through the command line, give its adjudicated set exactly, stance and all."""
    monkeypatch.chdir(tmp_path)
    reference = samples_path() / "reference"
    with Project.create("s.codering") as project:
        project.add([samples_path()])
    for coder, file in (("A", "coder_a"), ("B", "coder_b")):
        assert run(["codings", "add", "s.codering", str(reference / f"{file}.jsonl"), "--coder", coder]) == 0
    decisions = str(reference / "adjudication.jsonl")
    assert run(["adjudicate", "s.codering", decisions, "--coders", "A", "B", "--by", "Cas"]) == 0
    wanted = [json.loads(line) for line in (reference / "adjudicated.jsonl").read_text(encoding="utf-8").splitlines()]
    with Project.open("s.codering") as project:
        codings = project.codings(coder="A + B (Cas)")
        found = project.adjudication(["A", "B"], by="Cas")
        boundaries = [case for case in found.open if case.disagreement.difference is Difference.BOUNDARIES]
    assert list(found.open) == boundaries
    open_places = {(*case.disagreement.place, case.disagreement.code) for case in boundaries}
    made = {(c.segment.transcript, c.segment.turn, c.code, c.stance.value) for c in codings}
    expected = {(w["transcript"], w["turn"], w["code"], w["stance"]) for w in wanted}
    assert {one for one in expected if one[:3] not in open_places} == {
        one for one in made if one[:3] not in open_places
    }
    capsys.readouterr()
    line = ["disagreements", "s.codering", "--coders", "A", "B", "--by", "Cas"]
    assert run([*line, "--out", "v.xlsx"]) == 0
    sheet = load_workbook("v.xlsx").worksheets[0]
    assert sheet.max_row > len(found.cases)
    assert run([*line, "--out", "v.csv"]) == 0
    with Path("v.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == len(found.cases)
    assert sum(bool(one["reason"]) for one in rows) == 130
    assert run([*line, "--json", "--wave", "2026-najaar"]) == 0
    assert run(["disagreements", "--coders", "A", "B", "s.codering", "--theme", "caseload"]) == 0


def test_a_file_with_rows_that_do_not_fit_is_reported_by_line(project, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    project.close()
    rows = [
        {"transcript": "g", "turn": 5, "code": "kv_team", "choice": "b", "reason": "klopt"},
        {"transcript": "g", "turn": 5, "code": "kv_team", "choice": "misschien"},
        {"transcript": "g", "turn": 2, "code": "cl_omvang", "choice": "a"},
        {"transcript": "g", "turn": 3, "code": "cl_werkdruk"},
    ]
    Path("d.jsonl").write_text("\n".join(json.dumps(one) for one in rows), encoding="utf-8")
    assert run(["adjudicate", "p.codering", "d.jsonl", "--coders", "An", "Bo", "--by", "Cas"]) == 1
    told = capsys.readouterr()
    assert "1" in told.out
    assert [line.split(":")[1].strip() for line in told.err.strip().splitlines()] == ["regel 2", "regel 3", "regel 4"]


def test_a_file_in_which_no_row_decides_changes_nothing(project, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODERING_LANG", raising=False)
    before = project.decisions()
    project.close()
    row = {"transcript": "g", "turn": 5, "code": "kv_team", "stance": "bevestigt"}  # a coding, of another file
    Path("d.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert run(["adjudicate", "p.codering", "d.jsonl", "--coders", "An", "Bo", "--by", "Cas"]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "d.jsonl: regel 1" in told.err
    assert "Geen enkele rij beslist over een verschil; er is niets veranderd." in told.err
    with Project.open(Path("p.codering")) as again:
        assert again.decisions() == before


def test_scope_limits_what_is_decided(project):
    assert {
        case.disagreement.code
        for case in project.adjudication(CODERS, by="Cas", scope=Scope(themes=("caseload",))).cases
    } == {"cl_werkdruk", "cl_omvang"}


def test_a_third_set_counts_only_if_it_is_chosen(project):
    project.take_over_agreed(CODERS, by="Cas")
    name = third_set(CODERS, "Cas")
    assert name not in dict(project.counted_codings().coder_of).values()
    assert set(dict(project.counted_codings(name).coder_of).values()) == {name}
    project.set_setting("counted_coder", name)
    assert set(dict(project.counted_codings().coder_of).values()) == {name}
    assert project.independent_coders() == CODERS


def test_it_begins_also_where_both_gave_nothing_alike(project):
    scope = Scope(themes=("krachtenveld",))
    assert not project.adjudication(CODERS, by="Cas", scope=scope).begun
    assert project.take_over_agreed(CODERS, by="Cas", scope=scope) == 0
    assert project.adjudication(CODERS, by="Cas", scope=scope).begun
