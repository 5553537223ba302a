"""The verbs that both faces share."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from codering import readers
from codering.codings import Stance, Suggestion, Verdict
from codering.errors import CodebookError, CoderingError, Problem, StoreError, TranscriptError, line
from codering.project import Act, Project
from codering.project.finding import transcript_files
from codering.project.versions import read_version
from codering.readers import Reading
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
        rules:
          - id: cl_omvang.clienten
            reason: Veel cliënten
            match: veel cliënten
            yes: [Ik heb veel cliënten.]
            no: [Ik heb tijd.]
"""
GROUP = "M: Hoe gaat het?\nAnja: Ik heb veel cliënten.\nBo: Geen tijd, geen tijd.\n"


def read(path: Path) -> Reading:
    """A reader of ``NAME: text``, a line each, that finds fault with what it is told to."""
    content = path.read_text(encoding="utf-8")
    if "KAPOT" in content:
        raise TranscriptError(
            "{source}: this file is broken.", (Problem(path.name, line(1), "Broken."),), source=path.name
        )
    pairs = [text.split(": ", 1) for text in content.splitlines()]
    turns = tuple(Turn(number, who, said) for number, (who, said) in enumerate(pairs, 1))
    people = tuple(
        Speaker(name, Role.MODERATOR if name == "M" else Role.PARTICIPANT)
        for name in dict.fromkeys(t.speaker for t in turns)
    )
    transcript = Transcript(path.stem, turns, people, source=path.name, format=path.suffix[1:])
    problems = (Problem(path.name, line(2), "Doubtful."),) if "TWIJFEL" in content else ()
    return Reading(transcript, problems, transcript.words, transcript.words)


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "read", read, raising=False)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "klein.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path, book: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "ronde.codering", codebook=book) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "transcripten"
    path.mkdir()
    return path


Write = Callable[..., Path]


@pytest.fixture
def write(folder: Path) -> Write:
    def file(name: str, content: str = GROUP) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    return file


@pytest.fixture
def filled(project: Project, write: Write) -> Project:
    project.add([write("groep.txt")])
    return project


def names(project: Project) -> list[str]:
    return [transcript.name for transcript in project.transcripts()]


def said(project: Project) -> list[str]:
    return [str(problem) for transcript in project.describe_transcripts() for problem in transcript.origin.problems]


class Proposes:
    """A suggester that proposes what it is told to."""

    def __init__(self, *suggestions: Suggestion, kind: str = "rule") -> None:
        self.kind, self.version, self._suggestions = kind, "v1", suggestions

    def suggest(self, transcripts, *, progress=None):
        return self._suggestions


def proposal(
    source: str = "rule:a", score: float = 0.5, *, start: int = 0, end: int = 3, turn: int = 2, code: str = "cl_omvang"
) -> Suggestion:
    return Suggestion(Segment("groep", turn, start, end), code, Stance.CONFIRMS, source, score)


# Opening and closing


def test_a_project_keeps_its_name_codebook_and_settings(tmp_path, book):
    path = tmp_path / "ronde 1.codering"
    with Project.create(path, codebook=book) as made:
        assert (made.name, made.path, made.language) == ("ronde 1", path, "nl")
        made.set_setting("language", "en")
    with Project.open(path) as again:
        assert (again.name, again.language, again.codebook.id) == ("ronde 1", "en", "klein")
        assert again.codebook_text == CODEBOOK
        assert again.codebook is again.codebook
    again.close()


def test_a_bad_codebook_makes_no_project(tmp_path, book):
    book.write_text("codebook: [")
    with pytest.raises(CodebookError):
        Project.create(tmp_path / "x.codering", codebook=book)
    with pytest.raises(CodebookError):
        Project.create(tmp_path / "x.codering", codebook=tmp_path / "weg.yaml")
    assert not (tmp_path / "x.codering").exists()


def test_a_changed_codebook_can_be_tried_before_it_is_saved(project, write):
    project.add([write("groep.txt")])
    changed = CODEBOOK.replace("match: veel cliënten", "match: tijd")
    difference = project.preview_codebook(changed)
    assert [(one.segment.turn, one.stance) for one in difference.gained] == [(3, Stance.CONFIRMS)]
    assert [one.segment.turn for one in difference.lost] == [2]
    assert project.codebook_text == CODEBOOK
    assert project.suggestions() == ()
    project.add([write("tweede.txt")])
    assert len(project.preview_codebook(changed).lost) == 2
    with pytest.raises(CodebookError):
        project.preview_codebook("codebook: [")


def test_what_a_changed_codebook_finds_in_a_blind_transcript_is_not_told(project, write):
    """What is gained and lost are suggestions, with their words."""
    project.add([write("groep.txt"), write("tweede.txt")])
    changed = CODEBOOK.replace("match: veel cliënten", "match: tijd")
    assert len(project.preview_codebook(changed).gained) == 2
    project.set_blind(["Noor", "Sam"])
    nothing = project.preview_codebook(changed)
    assert (nothing.gained, nothing.lost, nothing.changed, nothing.kept) == ((), (), (), 0)
    for coder in ("Noor", "Sam"):
        project.mark_done("tweede", coder=coder)
    assert [one.segment.transcript for one in project.preview_codebook(changed).gained] == ["tweede"]


def test_a_draft_of_the_codebook_outlives_the_program_and_is_not_in_force(project):
    changed = CODEBOOK.replace("Het aantal", "Hoeveel")
    kept = project.keep_codebook_draft(changed, "Noor", base=CODEBOOK)
    with Project.open(project.path) as again:
        assert again.codebook_draft("Noor") == kept
        assert (kept.base, kept.text) == (CODEBOOK, changed)
        assert again.codebook_drafts() == {"Noor": kept.time}
        assert again.codebook_draft("Els") is None
        assert again.codebook_text == CODEBOOK
        again.drop_codebook_draft("Noor")
    assert project.codebook_draft("Noor") is None


def test_every_text_of_the_codebook_is_kept(project):
    first = project.codebook.version
    changed = project.set_codebook(CODEBOOK.replace("Het aantal", "Hoeveel"), by="Noor")
    assert project.codebook == changed
    assert [(v.version, v.coder) for v in project.codebook_versions()] == [
        (first, "codering"),
        (changed.version, "Noor"),
    ]
    with pytest.raises(CodebookError):
        project.set_codebook("codebook: [", by="Noor")
    assert project.codebook == changed


def damage(project: Project, version: str) -> None:
    """Change a text of the codebook behind the project's back."""
    with closing(sqlite3.connect(project.path)) as connection, connection:
        connection.execute("DROP TRIGGER IF EXISTS codebooks_no_update")
        connection.execute(
            "UPDATE codebooks SET text = replace(text, 'veel cliënten', 'weinig') WHERE version = ?", (version,)
        )


def test_a_codebook_that_was_damaged_is_not_used_but_can_be_put_back(project, write, folder):
    project.add([write("groep.txt", GROUP)])
    version = project.codebook.version
    damage(project, version)
    with Project.open(project.path) as again:
        for use in (lambda: again.codebook, again.suggest, lambda: again.codebook_text):
            with pytest.raises(CodebookError, match="not what was put in force") as caught:
                use()
            assert "weinig" not in str(caught.value)
        assert not again.has_codebook(version)
        again.set_codebook(CODEBOOK, by="Noor")
        assert again.has_codebook(version)
        assert again.codebook.version == version
        assert [one.whole for one in again.codebook_versions()] == [True, True]
        again.suggest()
        assert len(again.unreviewed()) == 1


def test_an_earlier_codebook_that_was_damaged_is_not_read(project):
    first = project.codebook.version
    today = project.set_codebook(CODEBOOK.replace("Het aantal", "Hoeveel"), by="Noor")
    damage(project, first)
    with Project.open(project.path) as again:
        assert again.codebook == today
        with pytest.raises(CodebookError, match=f"The codebook {first}"):
            read_version(again.codebook_versions()[0], today)
        assert read_version(again.codebook_versions()[1], today) is today


# Adding


def test_folders_are_searched_and_a_bad_file_does_not_stop_the_others(project, folder, write):
    write("b.txt", "Anja: Twee. TWIJFEL\n")
    write("dieper/a.txt", "Anja: Een.\n")
    write("kapot.txt", "KAPOT")
    for name in ("a.yaml", "~$b.docx", ".verborgen/x.txt", "p.codering", "p.codering.v001.bak", "__MACOSX/b.txt"):
        write(name, "KAPOT")
    told: list[tuple[int, int]] = []
    report = project.add([folder, folder / "b.txt"], progress=lambda *done: told.append(done))
    assert names(project) == ["b", "a"]
    assert [reading.transcript.name for reading in report.added] == ["b", "a"]
    assert [str(problem) for problem in report.problems] == [
        "b.txt: line 2: Doubtful.",
        "kapot.txt: this file is broken.",
        "kapot.txt: line 1: Broken.",
    ]
    assert told == [(1, 3), (2, 3), (3, 3)]
    held = project.describe_transcripts()[0]
    assert (held.source, held.format, held.turns, held.origin.words_in) == ("b.txt", "txt", 1, 2)


def test_what_is_not_there_is_said(project, folder):
    report = project.add([folder / "weg.txt"])
    assert "weg.txt: The file cannot be read" in str(report.problems[0])
    assert "No files" in str(project.add([folder]).problems[0])


def office(path: Path, creator: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("docProps/core.xml", f"<cp><dc:creator>{creator}</dc:creator></cp>")


def test_what_codering_wrote_itself_is_not_taken_for_a_transcript(folder, write):
    office(folder / "resultaat.xlsx", "codering 0.1.0")
    office(folder / "verslag.docx", "codering")
    office(folder / "interview.docx", "Noor")
    write("leeg.xlsx", "geen zip")
    write("noor.jsonl", json.dumps({"transcript": "x", "turn": 1, "code": "c", "stance": "bevestigt"}))
    write("passages.csv", "\ufefftranscript;turn;stance;quote\n")
    write("spraak.jsonl", json.dumps({"speaker": "x", "text": "y"}))
    found = [(path.name, named) for path, named in transcript_files([folder])]
    assert found == [("interview.docx", False), ("leeg.xlsx", False), ("spraak.jsonl", False)]
    assert [named for _, named in transcript_files([folder / "noor.jsonl"])] == [True]


def test_the_folder_in_which_one_stands_can_be_added(project, folder, write, monkeypatch):
    write("a.txt")
    monkeypatch.chdir(folder)
    assert project.add(["."]).problems == ()
    assert names(project) == ["a"]
    assert project.add([Path(), "..", folder]).unchanged == ("a",)


def test_what_is_said_about_a_transcript_that_is_not_there_is_named(project, folder, write):
    write("groep1.txt")
    write("groep1.yaml", "golf: 1\n")
    write("groep1.yml", "golf: 2\n")  # is not used, but does not want for a transcript
    write("grope2.yaml", "golf: 1\n")
    write("x/groep1.yaml", "sprekers:\n  Anja: deelnemer\n")
    write("codeboek.yaml", CODEBOOK)
    write("split.yaml", "test: [a, b]\n")
    write("kapot.yaml", "golf: [\n")
    write(".groep3.yaml", "golf: 1\n")
    said = (
        "{0}.yaml: This file says more about a transcript named {0}, which is not read here. Put the two in one "
        "folder, under one name; nothing of it is used now."
    )
    told = [said.format("grope2"), said.format("groep1")]
    assert [str(problem) for problem in project.add([folder]).problems] == told
    assert names(project) == ["groep1"]
    report = project.add([folder / "groep1.yaml", folder / "grope2.yaml", folder / "groep1.txt"])
    assert [str(problem) for problem in report.problems] == told[:1]
    assert names(project) == ["groep1"]


@pytest.mark.skipif(os.name == "nt", reason="there a name has no case")
def test_a_sidecar_whose_name_differs_in_capitals_is_named(project, folder, write):
    write("groep1.txt")
    if (folder / "GROEP1.TXT").exists():
        pytest.skip("this disk does not tell capitals apart")
    write("Groep1.yaml", "golf: 1\n")
    (problem,) = project.add([folder]).problems
    assert problem.source == "Groep1.yaml"


def test_words_that_were_damaged_are_put_back_by_adding_the_file_again(project, folder, write):
    write("a.txt")
    write("b.txt", "Anja: Iets anders.\n")
    project.add([folder])
    project.set_speaker("a", "Anja", pseudonym="K1")
    project.decide_all([Act(Verdict.ADD, segment=Segment("a", 2, 0, 3), code="cl_omvang")], coder="Noor")
    words = project.transcript("a").turns
    with closing(sqlite3.connect(project.path)) as connection, connection:
        connection.execute("DROP TRIGGER turns_no_update")
        connection.execute("UPDATE turns SET text = 'Ik heb weinig cliënten.' WHERE transcript = 'a' AND number = 2")
    with Project.open(project.path) as opened:
        with pytest.raises(StoreError, match="not what was added"):
            opened.frequencies()
        write("a.txt", GROUP.replace("veel", "weinig"))
        other = opened.add([folder])
        assert "not what was added" in str(other.problems[0])
        with pytest.raises(StoreError, match="not what was added"):
            opened.transcripts()
        write("a.txt")
        report = opened.add([folder])
        assert report.unchanged == ("b",)
        assert "were damaged; they were put back" in str(report.problems[0])
        assert opened.transcript("a").turns == words
        assert opened.transcript("a").speaker("Anja").pseudonym == "K1"
        assert len(opened.codings()) == 1
        assert opened.add([folder]).problems == ()


def test_adding_again_changes_nothing(project, folder, write):
    write("a.txt")
    write("twee/a.txt", "Anja: Heel iets anders.\n")
    project.add([folder])
    project.set_speaker("a", "Anja", pseudonym="K1")
    before = project.revisions()
    report = project.add([folder])
    assert (report.added, report.unchanged, report.problems) == ((), ("a", "a (twee)"), ())
    assert project.revisions() == before


def test_names_are_made_unique_and_that_is_said(project, folder, write):
    for name, content in (
        ("a.docx", "Anja: Een.\n"),
        ("a.txt", "Anja: Twee.\n"),
        ("x/a.txt", "Anja: Drie.\n"),
        ("y/x/a.txt", "Anja: Vier.\n"),
    ):
        write(name, content)
    report = project.add([folder])
    assert names(project) == ["a", "a (txt)", "a (x)", "a (x 2)"]
    assert len(report.problems) == 3
    assert (
        str(report.problems[0])
        == "a.txt: There is a transcript named a already, from a.docx; this one is called a (txt)."
    )
    assert said(project) == [str(problem) for problem in report.problems]


def test_the_same_words_in_two_formats_are_both_added_and_that_is_said(project, folder, write):
    write("a.docx")
    write("b.txt")
    report = project.add([folder])
    assert names(project) == ["a", "b"]
    assert "same words as a" in str(report.problems[0])


def test_a_changed_file_replaces_words_that_nobody_decided_about(project, write):
    project.add([write("groep.txt"), write("later.txt", "Anja: Later.\n")])
    report = project.add([write("groep.txt", "Anja: Heel iets anders.\n")])
    assert "replaced" in str(report.problems[0])
    assert names(project) == ["groep", "later"]
    assert project.transcript("groep").turns[0].text == "Heel iets anders."


def test_a_changed_file_with_decisions_is_refused(filled, write):
    filled.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 2, 0, 3), code="cl_omvang")
    report = filled.add([write("groep.txt", "Anja: Heel iets anders.\n")])
    assert (report.added, len(report.problems)) == ((), 1)
    assert "decisions refer to the old words (1)" in str(report.problems[0])
    assert filled.transcript("groep").turns[1].text == "Ik heb veel cliënten."
    with pytest.raises(StoreError, match="refer"):
        filled.remove("groep")


def test_a_changed_copy_from_another_folder_is_the_same_transcript_and_another_group_is_not(filled, write):
    filled.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 2, 0, 3), code="cl_omvang")
    changed = filled.add([write("elders/groep.txt", GROUP.replace("Geen tijd, geen tijd", "Ja"))])
    assert "refer to the old words (1)" in str(changed.problems[0])
    other = filled.add([write("zuid/groep.txt", "M: Hoe gaat het?\nCo: Hier is het juist rustig, en dat blijft zo.\n")])
    assert [reading.transcript.name for reading in other.added] == ["groep (zuid)"]


def test_a_reading_can_be_corrected_before_it_is_added(project, write):
    reading = read(write("groep.txt"))
    people = tuple(replace(person, role=Role.PARTICIPANT) for person in reading.transcript.speakers)
    corrected = replace(reading, transcript=replace(reading.transcript, speakers=people))
    assert project.add_readings([corrected]).added == (corrected,)
    assert project.transcripts() == (corrected.transcript,)
    assert project.add_readings([corrected]).unchanged == ("groep",)
    project.remove("groep")
    assert project.transcripts() == ()


def test_what_is_known_can_be_corrected(filled):
    filled.set_transcript("groep", date="2026-04-14", wave="2", group="zuid", attributes=(("fte", "12"),))
    filled.set_transcript("groep", wave=None, date="14 april 2026")
    transcript = filled.transcript("groep")
    assert (transcript.date, transcript.wave, transcript.group) == ("2026-04-14", None, "zuid")
    filled.set_speaker("groep", "Anja", pseudonym="K1", attributes=(("uren", "32"),))
    filled.set_speaker("groep", "Anja", role=Role.MODERATOR)
    assert filled.transcript("groep").speaker("Anja") == Speaker("Anja", Role.MODERATOR, "K1", (("uren", "32"),))
    with pytest.raises(CoderingError, match="14 april is not a date"):
        filled.set_transcript("groep", date="14 april")
    with pytest.raises(CoderingError, match="no transcript named"):
        filled.transcript("weg")


def test_another_program_s_changes_are_seen(filled, tmp_path):
    assert filled.transcript("groep").wave is None
    with Project.open(tmp_path / "ronde.codering") as other:
        other.set_transcript("groep", wave="2")
        other.decide(Verdict.ADD, coder="Sam", segment=Segment("groep", 2, 0, 3), code="cl_omvang")
        other.set_codebook(CODEBOOK.replace("klein", "groot"), by="Sam")
    assert filled.transcript("groep").wave == "2"
    assert filled.coders() == ("Sam",)
    assert len(filled.codings()) == 1
    assert filled.codebook.id == "groot"


# Suggesting


def test_the_rules_suggest_and_running_again_adds_nothing(filled):
    told: list[tuple[int, int]] = []
    report = filled.suggest(progress=lambda *done: told.append(done))
    (made,) = filled.suggestions()
    assert "veel cliënten" in filled.transcript("groep").quote(made.segment)
    assert (report.runs[0].made, report.runs[0].new, report.runs[0].gone) == (1, 1, 0)
    assert told[-1] == (1, 1)
    assert filled.suggest().runs[0].new == 0
    assert filled.suggestions() == (made,)
    assert [run.codebook for run in filled.runs()] == [filled.codebook.version] * 2
    with pytest.raises(CoderingError, match="no kind of suggestion named tover"):
        filled.suggest(kinds=["tover"])


def test_the_best_suggestion_of_each_turn_code_and_stance(filled):
    low, high = proposal("rule:a", 0.5), proposal("rule:b", 0.7)
    tie_later, tie = proposal("learned:v1", 0.7, start=7, end=9), proposal("learned:v1", 0.7, start=3, end=6)
    other = proposal("rule:a", 0.1, code="caseload")
    filled.run(Proposes(low, high, other), settings={"drempel": 0.5})
    filled.run(Proposes(tie_later, tie, kind="learned"))
    assert filled.runs()[0].settings == (("drempel", "0.5"),)
    assert filled.suggestions(best=True) == (other, tie)
    assert filled.suggestions(best=True, source="rule") == (other, high)
    assert filled.suggestions(source="rule:a", code="cl_omvang") == (low,)
    assert filled.suggestions(transcript="elders") == ()


def test_a_corrected_role_counts_at_once(filled):
    filled.run(Proposes(proposal()))
    filled.set_speaker("groep", "Anja", role=Role.MODERATOR)
    assert filled.suggestions() == ()


# Deciding


def test_a_suggestion_is_answered_by_itself_or_by_its_id(filled):
    one, two = proposal(), proposal("rule:b", turn=3)
    filled.run(Proposes(one, two))
    filled.decide(Verdict.ACCEPT, coder="Noor", suggestion=one, shown=True)
    filled.decide(Verdict.REJECT, coder="Noor", suggestion=two.id, reason="herhaling")
    assert [decision.suggestion for decision in filled.decisions(coder="Noor")] == [one.id, two.id]
    assert [coding.segment for coding in filled.codings(coder="Noor", transcript="groep")] == [one.segment]
    assert filled.codings(coder="Sam") == filled.codings(transcript="elders") == filled.decisions(coder="Sam") == ()
    with pytest.raises(CoderingError, match="no longer there"):
        filled.decide(Verdict.ACCEPT, coder="Noor", suggestion="weg")


def test_an_answer_is_not_lost_when_a_run_removed_the_suggestion_meanwhile(filled):
    filled.run(Proposes(proposal()))
    (shown,) = filled.suggestions()
    filled.run(Proposes())
    filled.decide(Verdict.ACCEPT, coder="Noor", suggestion=shown)
    assert len(filled.codings()) == 1
    assert filled.suggestions(current=False) == (shown,)


def test_a_bulk_acceptance_is_one_act(filled):
    filled.run(Proposes(proposal(), proposal("rule:b", turn=3)))
    filled.decide_all([Act(Verdict.ACCEPT, one) for one in filled.suggestions()], coder="Noor")
    assert len(filled.codings()) == 2
    assert len(filled.undo("Noor")) == 2
    assert filled.codings() == ()
    assert len(filled.redo("Noor")) == 2
    assert len(filled.codings()) == 2
    assert filled.redo("Noor") == ()


def test_undo_works_after_the_project_was_closed(tmp_path, book, write):
    path = tmp_path / "p.codering"
    with Project.create(path, codebook=book) as project:
        project.add([write("groep.txt")])
        project.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 2, 0, 3), code="cl_omvang")
    with Project.open(path) as project:
        assert project.undo("Noor")
        assert project.codings() == ()
    with Project.open(path) as project:
        assert project.redo("Noor")
        assert len(project.codings()) == 1


def test_a_refused_decision_leaves_nothing(filled):
    with pytest.raises(CoderingError, match="moderator"):
        filled.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 1, 0, 3), code="cl_omvang")
    with pytest.raises(CoderingError, match="Give the name"):
        filled.decide(Verdict.ADD, coder=" ", segment=Segment("groep", 2, 0, 3), code="cl_omvang")
    assert filled.decisions() == ()


def test_codings_come_in_from_rows_as_one_act(filled):
    rows = [
        {"transcript": "groep", "turn": 2, "code": "cl_omvang", "quote": "veel cliënten"},
        {"transcript": "groep", "turn": 3, "read": True},
        {"transcript": "groep", "turn": 3, "code": "cl_omvang", "quote": "geen tijd"},
        {"transcript": "groep", "turn": 1, "code": "cl_omvang"},
    ]
    report = filled.add_codings(rows, coder="Noor")
    assert (report.added, report.unchanged, len(report.problems)) == (3, 0, 1)
    again = filled.add_codings(rows, coder="Noor")
    assert (again.added, again.unchanged, len(again.problems)) == (0, 3, 1)
    assert len(filled.codings(coder="Noor")) == 2
    filled.undo("Noor")
    assert filled.codings() == ()
    assert filled.add_codings(rows, coder="Noor").added == 3
    assert filled.add_codings(rows, coder="Sam").added == 3


def test_what_codering_suggests_can_be_read_back(filled):
    from codering.previews import suggestion_records

    filled.suggest()
    records = [dict(one) for one in suggestion_records(filled.transcripts(), filled.codebook, filled.suggestions())]
    report = filled.add_codings(json.loads(json.dumps(records)), coder="Noor")
    assert (report.added, report.problems) == (1, ())
    assert filled.codings()[0].segment == filled.suggestions()[0].segment


# Notes


def test_a_memo_keeps_every_text_it_had(filled):
    first = filled.add_memo("Eerste indruk", coder="Noor", about="transcript:groep")
    filled.add_memo("Los", coder="Noor")
    later = filled.add_memo("Beter", coder="Sam", about="transcript:groep", memo=first.id)
    assert filled.memos(about="transcript:groep") == (later,)
    assert [memo.text for memo in filled.memos()] == ["Beter", "Los"]
    filled.add_memo("", coder="Sam", about="transcript:groep", memo=first.id)
    assert [memo.text for memo in filled.memos()] == ["Los"]
    assert [memo.text for memo in filled.memos(history=True)] == ["Eerste indruk", "Los", "Beter", ""]
    with pytest.raises(CoderingError, match="is about"):
        filled.add_memo("x", coder="Noor", about="iets")
    with pytest.raises(CoderingError, match="Give the name"):
        filled.add_memo("x", coder="")


def test_quotations_are_chosen_among_what_holds(filled):
    made = filled.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 2, 0, 3), code="cl_omvang")
    filled.choose_quotation(made.id, coder="Noor")
    assert [coding.id for coding in filled.chosen_quotations()] == [made.id]
    filled.decide(Verdict.CHANGE, coder="Noor", target=made.id, stance=Stance.DENIES)
    assert [coding.stance for coding in filled.chosen_quotations()] == [Stance.DENIES]
    filled.choose_quotation(made.id, coder="Sam", chosen=False)
    assert filled.chosen_quotations() == ()
    with pytest.raises(CoderingError, match="no longer holds"):
        filled.choose_quotation("weg", coder="Noor")


# A server


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("postgresql://noor:geheim@server/ronde1?sslmode=require", "ronde1"),
        ("postgresql://noor:geheim@server", "codering"),
        ("map/ronde 1.codering", "ronde 1"),
        (Path("map") / "a.b.codering", "a.b"),
    ],
)
def test_a_project_without_a_name_is_called_after_its_place(location, name):
    from codering.project.holdings import _name_of

    assert _name_of(location) == name


def test_within_a_moment_revisions_are_asked_once_and_again_after_writing(tmp_path):
    file = tmp_path / "p.codering"
    with Project.create(file) as here, Project.open(file) as elsewhere:
        before = here.revisions()
        with here.moment():
            assert here.revisions() == before
            elsewhere.add_memo("een", coder="Daan")
            assert here.revisions() == before
            here.add_memo("twee", coder="Noor")
            assert here.revisions()["memos"] == before["memos"] + 2
        elsewhere.add_memo("drie", coder="Daan")
        assert here.revisions()["memos"] == before["memos"] + 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_between_transcripts_is_named_and_not_waited_for(filled, tmp_path):
    folder = tmp_path / "met pijp"
    folder.mkdir()
    os.mkfifo(folder / "pijp.txt")
    (folder / "dood.txt").symlink_to("nergens")
    problems = filled.add([folder]).problems
    assert [str(problem).split(":")[0] for problem in problems] == ["dood.txt", "pijp.txt"]


def test_a_folder_that_cannot_be_looked_into_is_named(filled, tmp_path, monkeypatch):
    folder = tmp_path / "map"
    (folder / "dicht").mkdir(parents=True)

    def walk(top, onerror):
        onerror(PermissionError(13, "no", str(folder / "dicht")))
        return iter(())

    monkeypatch.setattr("codering.project.finding.os.walk", walk)
    problems = filled.add([folder]).problems
    assert "dicht: This folder cannot be looked into (access is denied)" in str(problems[0])


@pytest.mark.parametrize("form", ["html", "refi", "qdc", "word", "excel", "csv", "jsonl"])
def test_what_was_exported_is_no_transcript(filled, tmp_path, form):
    folder = tmp_path / "uit"
    filled.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 2, 0, 3), code="cl_omvang")
    filled.export(form, folder / "uit")
    (folder / "a.0123abcd.unfinished").write_text("Ank: half", encoding="utf-8")
    assert list(transcript_files([folder])) == []
