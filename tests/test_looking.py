from __future__ import annotations

import math

import pytest

from codering.codings import Stance, Verdict
from codering.project import Project
from codering.readers import read_data

TEXT = """Interviewer: Hoe gaat het?
Maria: Er is te weinig tijd voor iedereen hier.
Piet: Bij mij is er juist genoeg tijd, zeg ik.
Maria: En de regels knellen ook nog elke dag.
"""


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.codering") as project:
        for name in ("a", "b"):
            project.add_readings([read_data(TEXT.encode(), f"{name}.txt")])
            project.set_transcript(name, wave="1" if name == "a" else "2")
            transcript = project.transcript(name)
            code = project.codebook.themes[0].codes[0].id
            for number, stance in ((2, Stance.CONFIRMS), (3, Stance.DENIES)):
                segment = transcript.whole(transcript.turn(number))
                project.decide(Verdict.ADD, coder="Noor", segment=segment, code=code, stance=stance)
        yield project


@pytest.mark.parametrize("by", ["all", "wave", "transcript", "speaker"])
@pytest.mark.parametrize("level", ["theme", "code"])
def test_the_passages_of_a_number_are_as_many_as_the_number(project, by, level):
    rows = [row for row in project.figures(by=by, level=level, measure="mentions").records() if row["count"]]
    assert rows
    for row in rows:
        found = project.passages(row["id"], level=level, by=by, unit=row["unit"], stance=Stance(row["stance"]))
        assert len(found) == row["count"]


def test_figures_say_their_base_and_have_no_interval_of_two_groups(project):
    table = project.figures(by="all")
    confirmed = next(row for row in table.records() if row["count"] and row["stance"] == "bevestigt")
    assert (confirmed["count"], confirmed["of"], confirmed["share"]) == (2, 4, 0.5)
    assert confirmed["low"] is None
    assert any("interval" in str(note) for note in table.notes)
    assert any("4 participants" in str(note) for note in table.notes)


@pytest.mark.parametrize("by", ["wave", "transcript", "speaker"])
@pytest.mark.parametrize("measure", ["participants", "groups", "turns", "mentions", "words"])
def test_figures_are_those_of_the_table(project, by, measure):
    drawn = {
        (row["unit"], row["id"], row["stance"]): (row["count"], row["of"])
        for row in project.figures(by=by, measure=measure).records()
    }
    flat = project.frequencies(by=by, measure=measure)[1]
    told = {(row["unit"], row["id"], row["stance"]): (row[measure], row.get(f"of_{measure}")) for row in flat.records()}
    assert drawn == told


def test_passages_have_no_share(project):
    rows = list(project.figures(measure="mentions").rows)
    assert all(row[6] is None and math.isnan(row[7]) for row in rows)


def test_the_course_is_in_order_with_both_stances(project):
    table = project.course("a")
    assert [(row[0], row[5]) for row in table.rows] == [(2, "bevestigt"), (3, "ontkent")]
