"""Practice on the sample project, by simulated students and on the command line."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from codering import Project
from codering.cli import run
from codering.codings import Stance
from codering.errors import CoderingError
from codering.imports import read_coding_rows
from codering.practice import Answer, Kind, Likeness, Mark, Settings, Sheet, outcomes
from codering.project.practising import feedback_on, whole_turn
from codering.resources import samples_path

CORE = ("prestatie_indicatoren", "granieten_bestand", "caseload", "handhavingsstijl")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    file = tmp_path_factory.mktemp("practice") / "samples.codering"
    with Project.create(file) as project:
        project.add([samples_path()])
        project.suggest()
        for coder in ("coder_a", "coder_b", "adjudicated"):
            rows, _ = read_coding_rows(samples_path() / "reference" / f"{coder}.jsonl")
            project.add_codings(rows, coder=coder)
        project.set_setting("counted_coder", "adjudicated")
    return file


@pytest.fixture(scope="module")
def material(path):
    with Project.open(path) as project:
        return project.practice_material()


@pytest.fixture(scope="module")
def exercise(path):
    with Project.open(path) as project:
        return project.practice(Settings(CORE, 60, seed=3))[1]


def sheet(student, exercise, answer):
    return Sheet(student, exercise.code, tuple(Answer(place, tuple(answer(place))) for place in exercise.places))


def rule_following(material):
    """Codes whatever a rule points at, and never denies."""
    return lambda place: [
        Mark(code, Stance.CONFIRMS, whole_turn(material, place))
        for code in sorted(material.obvious_at.get(place, ()))
        if material.theme(code) in CORE
    ]


def noisy_expert(material, random, *, swaps=()):
    """Codes as the reference does, forgets one in ten, and takes some codes for others."""

    def answer(place):
        for mark in material.right[place]:
            if material.theme(mark.code) in CORE and random.random() > 0.1:
                yield Mark(dict(swaps).get(mark.code, mark.code), mark.stance, mark.segment)

    return answer


def guessing(material, random):
    codes = [code.id for code in material.codebook if code.theme in CORE]
    return lambda place: [Mark(random.choice(codes), Stance.CONFIRMS, whole_turn(material, place))]


def share_right(material, *sheets):
    found = outcomes(material, sheets)
    return sum(outcome.right for outcome in found) / len(found)


def test_simulated_students_are_ranked_rightly(material, exercise):
    expert = sheet("expert", exercise, noisy_expert(material, Random(1)))
    rules = sheet("rules", exercise, rule_following(material))
    guesser = sheet("guesser", exercise, guessing(material, Random(1)))
    shares = [share_right(material, one) for one in (expert, rules, guesser)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[1] + 0.1 > shares[2] + 0.2


def test_a_perfect_student_is_always_right(material, exercise):
    perfect = sheet("perfect", exercise, lambda place: exercise.scope(material).right[place])
    assert share_right(material, perfect) == 1.0


def test_a_student_who_swaps_two_codes_hears_which(path, material, exercise):
    swaps = {"cl_werkdruk": "cl_omvang", "cl_omvang": "cl_werkdruk"}
    swapping = sheet("sam", exercise, noisy_expert(material, Random(2), swaps=swaps))
    with Project.open(path) as project:
        codes, confused, _ = project.practice_results([swapping], language="en")
    assert {"Too many clients", "Work pressure"} <= set(str(codes.notes[0]).partition(": ")[2].rstrip(".").split(", "))
    swapped = {(row["given"], row["expected"]) for row in confused.records() if isinstance(row["given"], str)}
    # Where a turn carries both codes, swapping them changes nothing; elsewhere one is given for the other.
    assert swapped & {("Too many clients", "Work pressure"), ("Work pressure", "Too many clients")}


def test_kappa_is_that_of_the_students_own_table(path, material, exercise):
    from codering.project.practice_tables import own_table

    expert = sheet("expert", exercise, noisy_expert(material, Random(1)))
    found = outcomes(material, [expert])
    with Project.open(path) as project:
        codes = project.practice_results([expert], language="en")[0]
    row = next(record for record in codes.records() if record["code"] == "cl_omvang")
    both, mine, theirs, neither = own_table(found, "cl_omvang")
    n = both + mine + theirs + neither
    chance = ((both + mine) * (both + theirs) + (theirs + neither) * (mine + neither)) / n**2
    assert row["kappa"] == pytest.approx(((both + neither) / n - chance) / (1 - chance))
    assert row["asked"] == both + theirs


def test_a_class_is_shown_by_student_and_by_what_it_confuses(path, material, exercise, tmp_path):
    from codering.exporters.sheets_of_tables import write_tables
    from codering.texts import Texts

    sheets = [
        sheet("Merel", exercise, noisy_expert(material, Random(1))),
        sheet("Uil", exercise, guessing(material, Random(1))),
    ]
    with Project.open(path) as project:
        tables = project.practice_results(sheets, language="nl")
    assert [table.key for table in tables] == [
        "practice_codes",
        "practice_confusions",
        "practice_students",
        "practice_exercises",
    ]
    students = list(tables[2].records())
    assert [row["student"] for row in students] == ["Merel", "Uil"]
    assert students[0]["low"] < students[0]["share"] < students[0]["high"]
    assert students[0]["share"] > students[1]["share"]
    write_tables(tables, tmp_path / "klas.xlsx", Texts("nl"))
    assert load_workbook(tmp_path / "klas.xlsx").sheetnames == [
        "Per code",
        "Verwisseld, gemist of te veel",
        "Per student",
        "Per oefening",
    ]


def test_every_kind_of_difference_is_met_and_explained_on_the_samples(material, exercise):
    likeness = Likeness(material)
    met = set()
    for answer in (rule_following(material), guessing(material, Random(4)), lambda place: ()):
        for place in exercise.places:
            for one in feedback_on(exercise.scope(material), likeness, place, answer(place), "nl").explained:
                met.add(one.difference.kind)
                if one.difference.kind is not Kind.RIGHT:
                    assert one.because, (place, one.verdict)
                assert all(similar.place[0] != place[0] for similar in one.similar)
                for similar in one.similar:
                    for words in similar.words.split(" … "):
                        assert words in material.turn(similar.place).text
    assert met >= {Kind.RIGHT, Kind.MISSED, Kind.EXTRA, Kind.STANCE, Kind.SIBLING}


def test_the_reasons_of_the_adjudication_are_told(material):
    likeness = Likeness(material)
    (place, code), reason = next(iter(sorted(material.reasons.items())))
    heard = feedback_on(material, likeness, place, (), "nl")
    told = [one for one in heard.explained if one.difference.code == code]
    assert reason in [because.text for because in told[0].because]


def test_without_a_reference_practice_is_refused(path):
    with Project.open(path) as project, pytest.raises(CoderingError, match="coder_a, coder_b, adjudicated"):
        project.practice_material("nobody")


def test_while_coders_work_blind_neither_exercise_nor_results_can_be_had(path, exercise, tmp_path, capsys):
    file = shutil.copy(path, tmp_path / "blind.codering")
    with Project.open(file) as project:
        project.set_blind(["coder_a", "coder_b"])
        names = sorted(one.name for one in project.transcripts())
        for ask in (
            lambda: project.practice(Settings(CORE, 5)),
            lambda: project.shared_practice(exercise.code),
            lambda: project.practice_results([]),
        ):
            with pytest.raises(CoderingError, match=f"still coded blind: {', '.join(names)}"):
                ask()
        for name in names[1:]:
            for coder in ("coder_a", "coder_b"):
                project.mark_done(name, coder=coder)
    assert run(["practice", str(file)]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"deze transcripten worden nog blind gecodeerd: {names[0]}. Oefenen kan zodra" in said
    with Project.open(file) as project:
        for coder in ("coder_a", "coder_b"):
            project.mark_done(names[0], coder=coder)
        assert project.practice(Settings(CORE, 5))[1].places


def answered(monkeypatch, capsys, *arguments, lines):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    code = run(["practice", *map(str, arguments)])
    return code, capsys.readouterr()


def test_an_exercise_on_the_terminal_goes_on_where_it_stopped(path, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    asked = (path, "--theme", "caseload", "--size", "4", "--student", "Sam", "--answers", "sam.jsonl", "--lang", "en")
    code, shown = answered(monkeypatch, capsys, *asked, lines=["", "2", "huh", "q"])
    assert code == 0
    assert "Turn 3 of 4" in shown.out
    assert "Not understood: huh" in shown.out
    code, shown = answered(monkeypatch, capsys, *asked, lines=["?", "3-, 2", ""])
    assert "Turn 1 of 4" not in shown.out
    assert "of 4 turns right." in shown.out
    assert run(["practice-results", str(path), "sam.jsonl", "--out", "sam.xlsx", "--lang", "en"]) == 0
    assert "By exercise" in capsys.readouterr().out
    assert Path("sam.xlsx").exists()


def test_a_shared_code_gives_the_same_turns(path, tmp_path, monkeypatch, capsys, exercise):
    monkeypatch.chdir(tmp_path)
    _, one = answered(monkeypatch, capsys, path, "--exercise", exercise.code, "--answers", "a.jsonl", lines=["q"])
    _, two = answered(monkeypatch, capsys, path, "--exercise", exercise.code, "--answers", "b.jsonl", lines=["q"])
    assert one.out.replace("a.jsonl", "b.jsonl") == two.out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--level", "zwaar"], "zwaar"),
        (["--theme", "weg"], "weg"),
        (["--size", "500"], "500"),
        (["--exercise", "XXXX"], "XXXX"),
    ],
)
def test_what_cannot_be_practised_is_said(path, tmp_path, monkeypatch, capsys, more, said):
    monkeypatch.chdir(tmp_path)
    code, shown = answered(monkeypatch, capsys, path, *more, lines=[])
    assert code == 2
    assert said in shown.err
