"""Learning in a project, from the command line and from a script."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from codering.cli import run
from codering.codings import Stance, Verdict
from codering.errors import CoderingError
from codering.project import Project
from codering.project.learning import Choices

CODEBOOK = """\
codebook: proef
label: {nl: Proef, en: Trial}
themes:
  - id: last
    label: {nl: Werklast, en: Load}
    definition: Hoeveel werk er is.
    rules:
      - id: dossiers
        reason: Noemt dossiers.
        match: dossiers
        "yes": [Ik heb veel dossiers.]
        "no": [Ik heb veel koffie.]
"""
BELOW = """\
    codes:
      - id: last_fiets
        label: {nl: Fiets, en: Bicycle}
        definition: Over fietsen.
        rules:
          - id: fiets
            reason: Noemt fietsen.
            match: fiets
            "yes": [Ik fiets graag.]
            "no": [Ik heb veel koffie.]
    rules:
"""
LOAD = ("Ik heb te veel dossiers op mijn stapel", "Mijn stapel is veel te hoog", "De stapel groeit elke week")
OTHER = ("De koffie is hier prima", "Ik fiets graag naar mijn werk", "We hebben leuke collega's in dit team")
PLAIN = Choices(encoder="none")
GROUPS = ("een", "twee", "drie", "vier")


def talk(name: str) -> str:
    said = [(LOAD if n % 3 == 0 else OTHER)[n // 3 % 3] + f", zeg ik {name} {n} keer." for n in range(1, 25)]
    return "Moderator: Hoe gaat het?\n" + "".join(f"{('Ank', 'Bas')[n % 2]}: {text}\n" for n, text in enumerate(said))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODERING_LANG", raising=False)
    (tmp_path / "boek.yaml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "talk").mkdir()
    for name in GROUPS:
        (tmp_path / "talk" / f"{name}.txt").write_text(talk(name), encoding="utf-8")
    with Project.create("p.codering", codebook=tmp_path / "boek.yaml") as opened:
        opened.add(["talk"])
        opened.suggest()
        opened.add_codings(coded(opened, GROUPS[:3]), coder="Ank")
    return tmp_path / "p.codering"


def coded(opened: Project, groups: tuple[str, ...]) -> list[dict[str, object]]:
    return [
        {"transcript": transcript.name, "turn": turn.number, "code": "last", "stance": "bevestigt"}
        for transcript in opened.transcripts()
        if transcript.name in groups
        for turn in transcript.participant_turns()
        if "stapel" in turn.text
    ]


def test_what_was_decided_in_three_groups_is_suggested_in_the_fourth(project):
    with Project.open(project) as opened:
        report = opened.learn(coder="Ank", choices=PLAIN)
        learned = opened.suggestions(source="learned")
        (run_,) = [one for one in opened.runs() if one.kind == "learned"]
    assert report.learned.code("last").learned
    assert {one.segment.transcript for one in learned} == {"vier"}
    assert len(learned) == report.run.made > 0
    assert all(one.source == f"learned:{report.run.version}" for one in learned)
    assert dict(run_.settings)["turns"] == str(report.learned.reviewed)


def test_learning_again_changes_nothing(project):
    with Project.open(project) as opened:
        first, again = opened.learn(choices=PLAIN), opened.learn(choices=PLAIN)
    assert first.learned == again.learned
    assert (again.run.new, again.run.gone) == (0, 0)


def test_a_turn_that_nobody_marked_as_read_says_nothing(project):
    with Project.open(project) as opened:
        place = opened.transcript("vier").turn(2)
        whole = opened.transcript("vier").whole(place)
        assert {name for name, _ in opened.turns_decided(["Ank"])} == set(GROUPS[:3])
        suggestion = next(one for one in opened.suggestions(source="rule") if one.segment.transcript == "vier")
        opened.decide(Verdict.ACCEPT, coder="Bas", suggestion=suggestion)
        assert opened.turns_decided(["Bas"]) == frozenset()
        opened.decide(Verdict.READ, coder="Bas", segment=whole)
        assert opened.turns_decided(["Bas"]) == {("vier", 2)}


def test_who_coded_by_hand_and_then_improved_a_coding_still_read_the_whole_transcript(project):
    """As counts and agreement take it: correcting one's own coding is no sign of having read in part."""
    with Project.open(project) as opened:
        before = opened.turns_decided(["Ank"])
        one = opened.codings(coder="Ank")[0]
        opened.decide(Verdict.CHANGE, coder="Ank", target=one.id, stance=Stance.DENIES)
        assert opened.turns_decided(["Ank"]) == before


def test_an_unknown_coder_is_named_with_those_who_are_there(project):
    with Project.open(project) as opened, pytest.raises(CoderingError, match=r"Cas.*Ank"):
        opened.learn(coder="Cas", choices=PLAIN)


def test_the_command_says_what_was_learned(project, capsys):
    assert run(["learn", "p.codering", "--encoder", "none", "--coder", "Ank"]) == 0
    assert "geleerde suggesties" in capsys.readouterr().out
    assert run(["learn", "p.codering", "--encoder", "none", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["learning"]
    assert (row["code"], row["status"]) == ("last", "learned")
    assert run(["suggestions", "p.codering", "--source", "learned", "--format", "jsonl"]) == 0
    assert all(json.loads(line)["source"].startswith("learned:") for line in capsys.readouterr().out.splitlines())


def test_too_little_is_no_success(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "boek.yaml").write_text(CODEBOOK, encoding="utf-8")
    Project.create("leeg.codering", codebook=tmp_path / "boek.yaml").close()
    assert run(["learn", "leeg.codering", "--encoder", "none"]) == 2
    assert "5 beurten met" in capsys.readouterr().out


def test_a_reference_project_teaches_one_without_decisions(project, tmp_path, capsys):
    (tmp_path / "nieuw").mkdir()
    (tmp_path / "nieuw" / "vijf.txt").write_text(talk("vijf"), encoding="utf-8")
    with Project.create("nieuw.codering", codebook=tmp_path / "boek.yaml") as opened:
        opened.add(["nieuw"])
        opened.suggest()
        report = opened.learn(choices=Choices(encoder="none", reference=project))
        found = opened.suggestions(source="learned")
        (run_,) = [one for one in opened.runs() if one.kind == "learned"]
    assert report.learned.groups == 3
    assert {one.segment.transcript for one in found} == {"vijf"}
    assert dict(run_.settings)["reference"] == "p.codering"
    near = [reason for one in found for reason in one.evidence if reason.kind == "neighbour"]
    assert near
    assert all(reason.segment is None and reason.detail.split(" · ")[0] in GROUPS for reason in near)
    assert run(["learn", "nieuw.codering", "--reference", "p.codering", "--encoder", "none"]) == 0
    assert "72 beurten" in capsys.readouterr().out


def test_learning_in_the_background_keeps_nobody_waiting(project):
    with Project.open(project) as opened:
        assert opened.learned_state().run is None
        future = opened.learn_in_background(choices=PLAIN)
        whole = opened.transcript("vier").whole(opened.transcript("vier").turn(2))
        opened.decide(Verdict.READ, coder="Bas", segment=whole)
        report = future.result(timeout=120)
        state = opened.learned_state()
        assert report.learned.code("last").learned
        assert state.run is not None
        opened.decide(Verdict.ADD, coder="Bas", segment=whole, code="last")
        assert opened.learned_state().since == state.since + 1
        with pytest.raises(CoderingError, match="Cas"):
            opened.learn_in_background(coder="Cas", choices=PLAIN).result(timeout=120)


def test_a_suggestion_is_explained_in_sentences_that_hold_no_words_of_the_transcript(project):
    with Project.open(project) as opened:
        opened.learn(choices=PLAIN)
        suggestion = next(iter(opened.suggestions(source="learned")))
        reasons = opened.explain(suggestion)
    said = [str(reason.message) for reason in reasons]
    assert said[0] == "These words weighed most."
    assert "stapel" in reasons[0].words
    assert sum(text.startswith("Resembles") for text in said) == 3
    assert not any("stapel" in text for text in said)


def test_evaluate_says_how_well_it_does_on_groups_that_were_left_out(project, capsys):
    assert run(["evaluate", "p.codering", "--against", "Ank", "--encoder", "none", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["learning_evaluation"]
    theme = next(row for row in rows if row["code"] == "last" and row["level"] == "theme")
    assert theme["f1"] > 0.7
    assert theme["human_f1"] is None
    assert run(["evaluate", "p.codering", "--against", "Ank", "--encoder", "none"]) == 0
    assert "Er zijn steeds hele groepen weggelaten (3 groepen, 3 rondes)" in capsys.readouterr().out


def test_evaluate_refuses_two_groups_and_says_why(project, capsys):
    with Project.open(project) as opened:
        opened.add_codings(coded(opened, GROUPS[:2]), coder="Bas")
    assert run(["evaluate", "p.codering", "--against", "Bas", "--encoder", "none"]) == 2
    assert "minstens 3 groepen nodig; het zijn er 2" in capsys.readouterr().err


def test_another_process_learns_the_same(project):
    """Python shuffles sets of strings anew in each process; no version may hang on that."""
    below = CODEBOOK.replace("    rules:\n", BELOW, 1)
    with Project.open(project) as opened:
        opened.set_codebook(below, by="Ank")
        opened.suggest()
    code = (
        "from codering.project import Project; from codering.project.learning import Choices; "
        "print(Project.open('p.codering').learn(choices=Choices(encoder='none')).run.version)"
    )
    versions = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=project.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(versions) == 1
