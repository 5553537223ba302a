"""Files that are added again: with another sidecar, with other words, from where nobody looks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from codering.codings import Verdict
from codering.project import Project
from codering.project.finding import transcript_files
from codering.readers import read
from codering.transcripts import Role, Segment

TALK = "Anna: Hoe gaat het met jullie?\nBert: Goed hoor, wel druk.\nAnna: Fijn om te horen.\nBert: Ja zeker.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "transcripten"
    path.mkdir()
    (path / "zuid.txt").write_text(TALK, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.codering") as made:
        yield made


def roles(project: Project) -> dict[str, str]:
    return {one.name: one.role.value for one in project.transcript("zuid").speakers}


def test_a_sidecar_that_is_written_afterwards_counts(project, folder):
    assert "No moderator was recognised" in str(project.add([folder]).problems[0])
    project.decide(Verdict.ADD, coder="Noor", segment=Segment("zuid", 2, 0, 4), code="cl_werkdruk")
    project.set_speaker("zuid", "Bert", pseudonym="K1")
    (folder / "zuid.yaml").write_text(
        "wave: 01\nspeakers: {anna: {role: moderator}, Bert: {attributes: {jaren: 3}}}", encoding="utf-8"
    )
    report = project.add([folder])
    assert (report.added, report.unchanged) == ((), ("zuid",))
    assert str(report.problems[0]) == (
        "zuid.yaml: What this file says now about zuid was taken over; different from before: wave, "
        "speakers.Anna.role, speakers.Bert.attributes."
    )
    assert len(report.problems) == 1
    assert roles(project) == {"Anna": "moderator", "Bert": "participant"}
    bert = project.transcript("zuid").speaker("Bert")
    assert (project.transcript("zuid").wave, bert.pseudonym, bert.attributes) == ("01", "K1", (("jaren", "3"),))
    assert len(project.codings()) == 1
    assert project.describe_transcripts()[0].origin.problems == ()


def test_a_sidecar_in_a_folder_counts_for_what_came_through_the_browser(project, folder):
    project.add_readings([read(folder / "zuid.txt")])
    assert project.add([folder]).problems == ()  # nothing new is said, and nothing is said again
    (folder / "zuid.yaml").write_text("speakers: {Anna: moderator}", encoding="utf-8")
    assert "speakers.Anna.role" in str(project.add([folder]).problems[0])
    assert roles(project) == {"Anna": "moderator", "Bert": "participant"}
    project.set_speaker("zuid", "Anna", role=Role.PARTICIPANT)
    elsewhere = folder.parent / "kopie"
    elsewhere.mkdir()
    for name in ("zuid.txt", "zuid.yaml"):
        (elsewhere / name).write_bytes((folder / name).read_bytes())
    for again in (folder, elsewhere):  # the folder is known now
        assert project.add([again]).problems == ()
        assert roles(project)["Anna"] == "participant"


def test_a_sidecar_that_stays_the_same_leaves_what_was_corrected(project, folder):
    (folder / "zuid.yaml").write_text("speakers: {Anna: moderator}", encoding="utf-8")
    project.add([folder])
    project.set_speaker("zuid", "Anna", role=Role.PARTICIPANT)
    before = project.revisions()
    assert project.add([folder]).problems == ()
    assert project.revisions() == before
    (folder / "zuid.yaml").unlink()
    assert [p for p in project.add([folder]).problems if "taken over" in str(p)] == []
    assert roles(project)["Anna"] == "participant"


def test_a_copy_elsewhere_with_a_sidecar_of_its_own_changes_nothing(project, folder, tmp_path):
    project.add([folder])
    other = tmp_path / "elders"
    other.mkdir()
    (other / "zuid.txt").write_text(TALK, encoding="utf-8")
    (other / "zuid.yaml").write_text("speakers: {Anna: moderator}", encoding="utf-8")
    assert project.add([other]).unchanged == ("zuid",)
    assert roles(project)["Anna"] == "participant"


def test_a_sidecar_that_is_given_with_the_file_by_hand_counts(project, folder):
    project.add([folder])
    held = project.describe_transcripts()[0].origin.file_hash
    assert project.add_readings([read(folder / "zuid.txt")]).problems == ()
    (folder / "zuid.yaml").write_text("speakers: {Anna: moderator}", encoding="utf-8")
    report = project.add_readings([read(folder / "zuid.txt")])
    assert (report.added, report.unchanged) == ((), ("zuid",))
    assert [str(problem) for problem in report.problems] == [
        "zuid.yaml: What this file says now about zuid was taken over; different from before: speakers.Anna.role."
    ]
    assert roles(project)["Anna"] == "moderator"
    assert project.describe_transcripts()[0].origin.file_hash == held


def test_who_spoke_is_not_changed_under_decisions_and_the_message_says_so(project, folder):
    project.add([folder])
    project.decide(Verdict.ADD, coder="Noor", segment=Segment("zuid", 2, 0, 4), code="cl_werkdruk")
    (folder / "zuid.txt").write_text(TALK.replace("Bert:", "Bart:"), encoding="utf-8")
    report = project.add([folder])
    assert report.added == ()
    (problem,) = [str(one) for one in report.problems if "decisions" in str(one)]
    assert problem.startswith("zuid.txt: The words are those that were added as zuid, but turn 2 (and perhaps more)")
    assert "Bert" in roles(project)


def test_what_was_corrected_survives_other_words(project, folder):
    project.add([folder])
    project.set_speaker("zuid", "Anna", role=Role.MODERATOR, pseudonym="M1")
    project.set_transcript("zuid", wave="1", group="Zuid", attributes=(("stad", "groot"),))
    (folder / "zuid.txt").write_text(TALK.replace("druk", "rustig") + "Cor: Ik ook.\nCor: Echt.\n", encoding="utf-8")
    report = project.add([folder])
    assert [reading.transcript.name for reading in report.added] == ["zuid"]
    held = project.transcript("zuid")
    assert (held.wave, held.group, held.attributes) == ("1", "Zuid", (("stad", "groot"),))
    assert (held.speaker("Anna").role, held.speaker("Anna").pseudonym) == (Role.MODERATOR, "M1")
    assert held.speaker("Cor").role is Role.PARTICIPANT
    (folder / "zuid.txt").write_text(TALK, encoding="utf-8")
    (folder / "zuid.yaml").write_text("speakers: {Anna: participant}", encoding="utf-8")
    project.add([folder])
    assert roles(project)["Anna"] == "participant"


def test_links_stop_nothing_and_are_said(project, folder, tmp_path):
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    (elsewhere / "noord.txt").write_text(TALK, encoding="utf-8")
    try:
        (folder / "map").symlink_to(elsewhere, target_is_directory=True)
        (folder / "kring.txt").symlink_to(folder / "kring.txt")
    except OSError:  # Windows asks for a right that most people lack
        pytest.skip("links cannot be made here")
    report = project.add([folder, "a" * 300 + ".txt"])
    assert [reading.transcript.name for reading in report.added] == ["zuid"]
    said = [str(problem) for problem in report.problems if "moderator" not in str(problem)]
    assert said[0].startswith("map: This is a link to another folder")
    assert said[1] == "kring.txt: The file cannot be read (it is a link that leads to itself)."
    assert said[2].endswith("The file cannot be read (its name is too long).")


def test_speech_that_mentions_a_field_is_speech(folder):
    rows = [{"turn": n, "speaker": "AB"[n % 2], "text": "for instance the stance"} for n in range(4)]
    (folder / "west.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "oost.csv").write_text("spreker;tekst\nAnna;a turn, for instance\n", encoding="utf-8")
    (folder / "Licentieteam.txt").write_text(TALK, encoding="utf-8")
    for name in ("LICENSE", "licentie.txt", "README.md", "leesmij"):
        (folder / name).write_text(TALK, encoding="utf-8")
    found = [path.name for path, _ in transcript_files([folder])]
    assert found == ["Licentieteam.txt", "oost.csv", "west.jsonl", "zuid.txt"]
