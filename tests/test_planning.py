"""Planning: the formula against its derivation, and the planned width against simulated projects."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from benchmarks.agreement_coverage import SimulatedCoders, from_group_counts
from codering.analysis.group_intervals import with_interval
from codering.analysis.measures import cohen_kappa
from codering.analysis.planning import expected_width, kappa_variance, planned, turns_needed
from codering.cli import run
from codering.errors import AgreementError
from codering.project import Project


@pytest.mark.parametrize("kappa", [0.3, 0.6, 0.85])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5])
def test_the_variance_is_that_of_the_delta_method(kappa, share):
    """The gradient of Scott's form of κ by cell, numerically, on the multinomial of the common-share model."""
    rest = share * (1 - share)
    cells = np.array([share**2 + kappa * rest, rest * (1 - kappa), rest * (1 - kappa), (1 - share) ** 2 + kappa * rest])

    def coefficient(p: np.ndarray) -> float:
        p = p / p.sum()
        mean = p[0] + (p[1] + p[2]) / 2
        return 1 - (p[1] + p[2]) / (2 * mean * (1 - mean))

    step = 1e-6
    gradient = np.array(
        [(coefficient(cells + step * e) - coefficient(cells - step * e)) / (2 * step) for e in np.eye(4)]
    )
    variance = float((cells * gradient**2).sum() - (cells * gradient).sum() ** 2)
    assert kappa_variance(kappa, share) == pytest.approx(variance, rel=1e-4)


def test_a_value_by_hand():
    """κ .8 and half of the turns: (.2)(.2 * -.6 + .96 / .5) = .36; 24 groups, t = 2.069, no variation."""
    assert kappa_variance(0.8, 0.5) == pytest.approx(0.36)
    wanted = turns_needed(0.2, kappa=0.8, share=0.5, groups=24, variation=0.0)
    assert wanted == math.ceil((2 * 2.0686576 / 0.2) ** 2 * 0.36)


@pytest.mark.parametrize(
    ("kappa", "share", "groups", "width"), [(0.7, 0.1, 8, 0.4), (0.8, 0.3, 6, 0.3), (0.8, 0.1, 12, 0.3)]
)
def test_simulated_projects_get_the_planned_width(kappa, share, groups, width):
    turns = turns_needed(width, kappa=kappa, share=share, groups=groups)
    coders = SimulatedCoders(share=share, kappa=kappa, correlation=0.02)
    widths = []
    for counts in coders.projects(200, groups=groups, turns=round(turns / groups), seed=5):
        measure = with_interval(cohen_kappa, from_group_counts(counts))
        widths.append(measure.high - measure.low)
    assert np.median(widths) == pytest.approx(width, rel=0.15)


def test_the_width_of_the_planned_turns_is_the_width_asked_for():
    given = {"kappa": 0.7, "share": 0.12, "groups": 9}
    turns = turns_needed(0.25, **given)
    assert expected_width(turns, **given) <= 0.25 < expected_width(turns - 1, **given)


def test_few_groups_can_make_it_impossible_and_say_so():
    assert turns_needed(0.1, kappa=0.6, share=0.3, groups=4) is None
    assert turns_needed(0.3, kappa=0.6, share=0.3, groups=2) is None
    plan = planned("c", width=0.1, kappa=0.6, share=0.3, groups=4, available=400)
    assert plan.turns is None
    assert math.isnan(plan.with_code)
    assert plan.reached > 0.1
    never = planned("c", width=0.4, kappa=0.7, share=0.0, groups=8, available=800)
    assert never.share == 0.5 / 800


@pytest.mark.parametrize("wrong", [{"kappa": 1.0}, {"share": 0.0}, {"width": 0.0}])
def test_values_out_of_range_are_refused(wrong):
    given = {"width": 0.3, "kappa": 0.7, "share": 0.1, "groups": 8} | wrong
    with pytest.raises(AgreementError, match="must lie"):
        turns_needed(given.pop("width"), **given)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for wave, group in (("1", "een"), ("1", "twee"), ("2", "drie")):
        lines = "\n".join(f"{'Ank' if i % 2 else 'Bas'}: Zin nummer {i} over het werk." for i in range(30))
        (tmp_path / f"{group}.txt").write_text(f"Moderator: Vraag?\n{lines}\n", encoding="utf-8")
        (tmp_path / f"{group}.yaml").write_text(f'wave: "{wave}"\n', encoding="utf-8")
    with Project.create("p.codering") as made:
        made.add([tmp_path])
    return "p.codering"


def test_the_draw_is_reproducible_spread_and_kept(project, capsys):
    assert run(["double", "draw", project, "--turns", "12", "--seed", "7", "--json"]) == 0
    drawn = json.loads(capsys.readouterr().out)["double_sample"]
    assert {one["transcript"]: sum(d["transcript"] == one["transcript"] for d in drawn) for one in drawn} == {
        "een": 4,
        "twee": 4,
        "drie": 4,
    }
    assert run(["double", "draw", project, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["double_sample"] == drawn
    assert run(["double", "draw", project, "--turns", "12", "--seed", "7", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["double_sample"] == drawn
    assert run(["double", "draw", project, "--turns", "5", "--seed", "8", "--wave", "2", "--json"]) == 0
    assert {one["transcript"] for one in json.loads(capsys.readouterr().out)["double_sample"]} == {"drie"}
    assert run(["double", "draw", project, "--turns", "500"]) == 2


def test_the_plan_says_how_many_for_each_theme(project, capsys):
    assert run(["double", "plan", project, "--width", "0.4", "--kappa", "0.8", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["agreement_plan"]
    assert all(row["available"] == 90 for row in rows)
    assert run(["double", "plan", project, "--codes"]) == 0
    assert "Hoeveel beurten" in capsys.readouterr().out
