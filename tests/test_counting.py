"""Figures of the sample project, through the project's verbs and the command line."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from codering.analysis.assent import is_short_agreement
from codering.cli import run
from codering.codings import Stance, Verdict
from codering.errors import CoderingError
from codering.imports import read_coding_rows
from codering.project import Project

SAMPLES = Path(__file__).parent.parent / "transcripts_sample"
REFERENCE = SAMPLES / "reference" / "adjudicated.jsonl"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counting") / "voorbeeld.codering"
    with Project.create(path) as project:
        project.add([SAMPLES])
        rows, _ = read_coding_rows(REFERENCE)
        project.add_codings(rows, coder="Referentie")
    return path


@pytest.fixture
def project(file: Path) -> Iterator[Project]:
    with Project.open(file) as opened:
        yield opened


def test_participants_by_wave_are_those_that_a_plain_loop_finds(project):
    shown, flat = project.frequencies(by="wave", level="code")
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for line in REFERENCE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        transcript = project.transcript(row["transcript"])
        turn = transcript.turn(row["turn"])
        if row["stance"] == "bevestigt" and not is_short_agreement(turn.text):
            found[transcript.wave, row["code"]].add((transcript.name, turn.speaker))
    counts = {
        (r["unit"], r["id"]): r["participants"]
        for r in flat.records()
        if r["stance"] == "bevestigt" and r["participants"]
    }
    assert counts == {key: len(people) for key, people in found.items()}
    by_code = {row[1]: row[2:] for row in shown.rows}
    assert by_code["Registratiedruk"] == (13, 0)


def test_a_second_coder_changes_nothing_until_chosen(tmp_path):
    with Project.create(tmp_path / "twee.codering") as project:
        project.add([SAMPLES / "waterhove_voorjaar.docx"])
        transcript = project.transcript("waterhove_voorjaar")
        first, second = [turn for turn in transcript.participant_turns() if turn.words > 12][:2]
        for coder, turns in (("Noor", (first, second)), ("Bas", (first,))):
            for turn in turns:
                segment = transcript.whole(turn)
                project.decide(Verdict.ADD, coder=coder, segment=segment, code="cl_omvang", stance=Stance.CONFIRMS)
        (by_noor, _), (by_bas, _) = project.frequencies(level="code"), project.frequencies(level="code", coder="Bas")
        turns = [{r["id"]: r["turns"] for r in table.records()}["cl_omvang"] for table in (by_noor, by_bas)]
        assert turns == [2, 1]
        project.set_setting("counted_coder", "Bas")
        themes = {table.key: table for table in project.results().tables}["themes"]
        assert {r["id"]: r["mentions"] for r in themes.records()}["caseload"] == 1
        assert "Bas" in str(themes.notes[0])


def test_what_cannot_be_counted_is_refused(project):
    with pytest.raises(CoderingError, match="participants"):
        project.frequencies(measure="seconds")
    with pytest.raises(CoderingError, match="functie"):
        project.frequencies(by="schoenmaat")


def test_frequencies_on_the_screen_and_as_json(file, capsys):
    assert run(["frequencies", str(file)]) == 0
    assert "Granieten bestand" in capsys.readouterr().out
    assert run(["frequencies", str(file), "--by", "ervaring", "--cuts", "5,10", "--shares"]) == 0
    out = capsys.readouterr().out
    assert "<5 (n =" in " ".join(out.split())
    assert run(["frequencies", str(file), "--by", "functie"]) == 0
    assert "Eenheid" in capsys.readouterr().out
    assert run(["frequencies", str(file), "--by", "wave", "--codes", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["frequencies"]
    (row,) = [
        r for r in rows if (r["unit"], r["id"], r["stance"]) == ("2026-voorjaar", "pi_registratiedruk", "bevestigt")
    ]
    assert (row["participants"], row["groups"], row["of_participants"], row["of_groups"]) == (13, 4, 23, 4)


def test_json_for_publication_holds_no_small_cell(file, capsys):
    assert run(["frequencies", str(file), "--by", "functie", "--codes", "--hide-below", "3", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    assert list(tables) == ["frequencies"]
    shown = [row["participants"] for row in tables["frequencies"] if row["participants"] is not None]
    assert not any(0 < count < 3 for count in shown)


@pytest.mark.parametrize(
    "options", [["--by", "schoenmaat"], ["--cuts", "tien"], ["--cuts", "10,5"], ["--coder", "Ans"]]
)
def test_what_cannot_be_done_ends_with_2(file, capfd, options):
    assert run(["frequencies", str(file), *options]) == 2
    assert capfd.readouterr().err.strip()
