"""How much was missed in a project: what may be said, and turns that are read elsewhere."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from codering.cli import run
from codering.codings import Verdict
from codering.errors import CoderingError, Message
from codering.project import Project
from codering.readers import Reading
from codering.texts import texts
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn
from tests.test_reviewing import CODEBOOK

KEYS = ("wave", "found", "drawn", "hits", "missed", "recall", "established", "more")
TURNS = 60
"""Of each of two groups; the first is the moderator's, the second holds no words."""


def group(name: str, turns: int = TURNS) -> Transcript:
    said = [
        Turn(n, "Mod" if n == 1 else "Anja", " " if n == 2 else f"Beurt {n} van {name}.") for n in range(1, turns + 1)
    ]
    return Transcript(name, tuple(said), (Speaker("Mod", Role.MODERATOR), Speaker("Anja", pseudonym="P1")))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODERING_LANG", raising=False)
    book = tmp_path / "klein.yaml"
    book.write_text(CODEBOOK, encoding="utf-8")
    path = tmp_path / "p.codering"
    with Project.create(path, codebook=book) as made:
        made.add_readings([Reading(group(name), (), 80, 80) for name in ("g1", "g2")])
        made.set_setting("seed", 3)
    return path


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as opened:
        yield opened


def code(project: Project, name: str, turn: int, drawn: str = "", coder: str = "Noor") -> None:
    place = Segment(name, turn, 0, 5)
    project.decide(Verdict.ADD, coder=coder, segment=place, code="cl_omvang", drawn=drawn)


def read(project: Project, name: str, turn: int, drawn: str = "random", coder: str = "Noor") -> None:
    project.decide(Verdict.READ, coder=coder, segment=Segment(name, turn, 0, 5), drawn=drawn)


def read_at_random(project: Project, count: int, coder: str = "Noor") -> None:
    for name, turn in project.to_read(count, coder=coder):
        read(project, name, turn, coder=coder)


# What may be said


def test_where_every_turn_was_read_it_is_not_said_that_nothing_can_be_said(project):
    for name in ("g1", "g2"):
        for turn in range(3, TURNS + 1):
            read(project, name, turn, drawn="")
    code(project, "g1", 5)
    said = project.missed()
    assert (said.overall.drawn, said.overall.left) == (0, 0)
    (only,) = said.conclusions
    assert only.template.startswith("Every turn was read: no turn is left that nobody looked at. Whether readers")


def test_without_random_turns_nothing_is_established(project):
    code(project, "g1", 5)
    said = project.missed()
    assert not said.overall.established
    assert math.isnan(said.overall.recall_at_least)
    assert said.conclusions[0].template.startswith("Not established: no turns were read at random")
    assert said.assumptions == ()
    assert [row[0] for row in said.table.rows] == ["caseload", "cl_omvang", "cl_tijd"]


def test_reading_on_establishes_it(project):
    for turn in range(3, 43):
        code(project, "g1", turn)
    read_at_random(project, 20)
    before = project.missed()
    assert not before.overall.established
    assert before.overall.more
    read_at_random(project, 200)
    after = project.missed()
    assert after.overall.established
    assert after.overall.left == 0
    assert after.conclusions[0].template.startswith("With {confidence}% confidence")
    assert {one.code for one in after.statements if one.established} == {"cl_omvang"}
    assert after.conclusions[-1].values == {"count": 1, "all": 3}


def test_statements_on_themes_are_fewer(project):
    code(project, "g1", 5)
    read_at_random(project, 30)
    (theme,) = project.missed(by="theme").statements
    assert (theme.code, theme.found) == ("caseload", 1)
    assert project.missed(by="theme", language="en").table.rows[0][1] == "Caseload"
    (estimate,) = project.estimates(by="theme")
    assert (estimate.code, estimate.reviewed, estimate.drawn) == ("caseload", 1, theme.drawn)
    assert estimate.low <= estimate.total <= estimate.high


def test_skipped_turns_are_noticed_and_said(project):
    first, *rest = project.to_read(10)
    for name, turn in rest:
        read(project, name, turn)
    said = project.missed()
    assert said.overall.drawn == 0
    assert any("skipped" in message.template and message.values["unused"] == 9 for message in said.conclusions)
    read(project, *first)
    assert project.missed().overall.drawn == 10


def test_a_transcript_that_is_added_makes_a_new_sample_necessary(project):
    read_at_random(project, 10)
    assert project.missed().overall.drawn == 10
    project.add_readings([Reading(group("g3"), (), 80, 80)])
    said = project.missed().overall
    assert (said.drawn, said.left) == (0, 3 * 58 - 10)
    read_at_random(project, 12)
    said = project.missed().overall
    assert (said.drawn, said.left) == (12, 3 * 58 - 22)
    assert {name for name, _ in project.to_read(6)} == {"g1", "g2", "g3"}


def test_the_queue_draws_what_the_sample_draws(project):
    places = project.to_read(7, coder="Noor")
    assert [item.place for item in project.queue(coder="Noor", order="random").items[:7]] == list(places)
    read_at_random(project, 3)
    assert project.to_read(4, coder="Noor") == places[3:]
    assert project.to_read(7, coder="Sam") == places  # both coders read the same turns


def test_what_a_team_read_counts_together_or_each_alone(project):
    read_at_random(project, 10, coder="Noor")
    read_at_random(project, 14, coder="Sam")
    assert project.missed().overall.drawn == 14
    assert project.missed(coder="Noor").overall.drawn == 10
    with pytest.raises(CoderingError, match="no coder named Bo"):
        project.missed(coder="Bo")


def test_a_whole_transcript_is_marked_as_read_in_one_act(project):
    read(project, "g1", 4)
    made = project.mark_read("g1", coder="Noor", action="a")
    assert len(made) == 57
    assert project.mark_read("g1", coder="Noor", action="a") == made
    assert project.mark_read("g1", coder="Noor") == ()
    assert project.missed().overall.left == 58
    project.undo("Noor")
    assert project.progress(coder="Noor")[0].read == 1


def test_at_least_one_turn_is_asked_for(project):
    with pytest.raises(CoderingError, match="one turn or more"):
        project.to_read(0)


def test_each_wave_is_spoken_of_by_itself(project):
    assert project.missed_by_wave().rows == ()
    for name, wave in (("g1", "2026-voorjaar"), ("g2", "2026-najaar")):
        project.set_transcript(name, wave=wave)
    for turn in range(3, 43):
        code(project, "g1", turn)
    project.mark_read("g1", coder="Noor")
    autumn, spring = project.missed_by_wave().rows
    assert (autumn[0], spring[0]) == ("2026-najaar", "2026-voorjaar")
    assert (spring[1], autumn[1]) == (40, 0)
    read_at_random(project, 200)
    drawn = {row[0]: row[KEYS.index("drawn")] for row in project.missed_by_wave().rows}
    assert drawn == {"2026-voorjaar": 0, "2026-najaar": TURNS - 2}


def test_a_wave_that_comes_later_leaves_the_sample_of_the_first_a_sample(project):
    for name in ("g1", "g2"):
        project.set_transcript(name, wave="2026-voorjaar")
    for turn in range(3, 43):
        code(project, "g1", turn)
    read_at_random(project, 200)
    [before, *_] = project.tallies()
    project.add_readings([Reading(replace(group("g3"), wave="2026-najaar"), (), 80, 80)])
    assert sum(project.tallies()[0].drawn) == 0, "of all transcripts nothing was drawn"
    autumn, spring = (dict(zip(KEYS, row, strict=True)) for row in project.missed_by_wave().rows)
    assert (spring["drawn"], spring["hits"], spring["found"]) == (sum(before.drawn), sum(before.hits), before.found)
    assert spring["established"] == Message("yes")
    assert (autumn["drawn"], autumn["established"]) == (0, Message("no"))


def test_everything_that_is_said_is_said_in_dutch(project):
    read_at_random(project, 9)
    code(project, "g1", 5)
    read(project, *project.to_read(2)[1])
    dutch = texts("nl").translate
    said = project.missed()
    for message in (*said.conclusions, *said.assumptions):
        assert message.translated(dutch) != str(message)


# The command line, and turns that are read elsewhere


def test_the_command_says_what_the_project_says(project, path, capsys):
    read_at_random(project, 30)
    code(project, *project.to_read(1)[0])
    assert run(["missed", str(path), "--target", "0.8", "--by", "theme"]) == 0
    shown = capsys.readouterr().out
    assert "Niet aangetoond" in shown
    assert "Caseload" in shown
    assert run(["missed", str(path), "--json", "--lang", "en"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["overall"]["drawn"] == 30
    assert {one["code"] for one in said["codes"]} == {"caseload", "cl_omvang", "cl_tijd"}
    nothing = next(one for one in said["codes"] if one["code"] == "cl_tijd")
    assert nothing["recall_at_least"] is None
    assert nothing["statement"][0].startswith("No turn carries this code")
    assert run(["missed", str(path), "--confidence", "95"]) == 2


@pytest.mark.parametrize("name", ["steekproef.csv", "steekproef.jsonl"])
def test_a_sample_is_read_elsewhere_and_comes_back(project, path, tmp_path, capsys, name):
    file = tmp_path / name
    assert run(["sample", str(path), "--size", "6", "--out", str(file)]) == 0
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter=";"))
    else:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(row["transcript"], int(row["turn"])) for row in rows] == list(project.to_read(6))
    assert {row["speaker"] for row in rows} == {"P1"}
    assert all(row["text"].startswith("Beurt") for row in rows)

    def put_back(done: int) -> None:
        for number, row in enumerate(rows):
            row["read"] = ("ja" if file.suffix == ".csv" else True) if number < done else row["read"]
        rows[1]["code"], rows[1]["quote"] = "cl_tijd", "Beurt"
        with file.open("w", encoding="utf-8", newline="") as stream:
            if file.suffix == ".csv":
                writer = csv.DictWriter(stream, list(rows[0]), delimiter=",")  # another program, another delimiter
                writer.writeheader()
                writer.writerows(rows)
            else:
                stream.writelines(json.dumps(row) + "\n" for row in rows)
        assert run(["codings", "add", str(path), str(file), "--coder", "Sam"]) == 0, capsys.readouterr()

    put_back(4)  # two turns were not read: nothing is said about them
    said = project.missed()
    assert (said.overall.drawn, said.overall.hits, said.overall.found) == (4, 1, 1)
    assert {one.drawn for one in project.decisions()} == {"random"}
    (coding,) = project.codings()
    assert (coding.code, coding.segment.start, coding.segment.end) == ("cl_tijd", 0, 5)
    put_back(6)
    assert project.missed().overall.drawn == 6
    assert len(project.codings()) == 1


def test_rows_that_do_not_say_how_they_were_drawn_can_be_told(project, path, tmp_path):
    name, turn = project.to_read(1)[0]
    file = tmp_path / "f.jsonl"
    file.write_text(json.dumps({"transcript": name, "turn": turn}), encoding="utf-8")
    assert run(["codings", "add", str(path), str(file), "--coder", "Sam", "--drawn", "random"]) == 0
    assert project.missed().overall.drawn == 1


def test_a_sample_that_cannot_be_written_is_said(path, tmp_path, capsys):
    (tmp_path / "s.csv").mkdir()
    assert run(["sample", str(path), "--size", "2", "--out", str(tmp_path / "s.csv")]) == 2
    assert "s.csv" in capsys.readouterr().err


def test_readings_from_a_file_are_not_called_codings(path, capsys):
    rows = [
        {"transcript": "g1", "turn": 3, "read": True},
        {"transcript": "g1", "turn": 4, "read": True, "code": "cl_omvang", "stance": "bevestigt"},
    ]
    Path("c.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run(["codings", "add", "p.codering", "c.jsonl", "--coder", "Noor", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "1 coding of Noor added, 0 were there already" in said
    assert "2 turns were marked as read by Noor." in said
