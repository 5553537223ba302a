"""What an export may replace: an earlier export that nobody touched, and nothing else."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from codering.cli import run
from codering.codings import Verdict
from codering.errors import ExportError
from codering.exporters import FORMATS, named
from codering.exporters.replacing import replaced
from codering.project import Project
from codering.texts import Texts
from codering.transcripts import Segment

TALK = "Moderator: Hoe gaat het?\nAnk: Ik heb te veel mensen.\nBas: Ik niet.\n"


@pytest.fixture
def project(tmp_path, monkeypatch, small_book):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODERING_LANG", raising=False)
    (tmp_path / "groep.txt").write_text(TALK, encoding="utf-8")
    with Project.create("p.codering", codebook=small_book) as made:
        made.add(["groep.txt"])
        made.decide(Verdict.ADD, coder="Noor", segment=Segment("groep", 2, 0, 5), code="druk")
        yield made


@pytest.mark.parametrize("form", FORMATS)
def test_an_earlier_export_is_replaced(project, form):
    first = project.export(form, "uit", texts=Texts())
    assert first.suffix == FORMATS[form][0]
    assert project.export(form, first, texts=Texts()) == first
    assert not list(Path().glob("*.unfinished"))


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_ones_own_stays_unless_its_owner_says_otherwise(project, form):
    draft = Path(f"concept{FORMATS[form][0]}")
    draft.write_text("Mijn concept, met codering als onderwerp.\n", encoding="utf-8")
    with pytest.raises(ExportError, match="--overwrite"):
        project.export(form, draft, texts=Texts())
    assert draft.read_text(encoding="utf-8").startswith("Mijn concept")
    assert not list(Path().glob("*.unfinished"))
    project.export(form, draft, texts=Texts(), overwrite=True)
    assert b"Mijn concept" not in draft.read_bytes()


def test_an_empty_file_holds_nothing_to_lose(project):
    Path("leeg.csv").touch()
    project.export("csv", "leeg.csv", texts=Texts())
    assert Path("leeg.csv").stat().st_size


def saved_by(path: Path, name: str) -> None:
    """Save an Office file as another program does: its user's name goes where the last one to save stands."""
    if path.suffix == ".docx":
        document = Document(path)
        document.core_properties.last_modified_by = name
        document.add_paragraph("Mijn eigen zin.")
        document.save(path)
    else:
        workbook = load_workbook(path)
        workbook.properties.lastModifiedBy = name
        workbook.save(path)


@pytest.mark.parametrize("form", ["word", "excel"])
def test_a_report_that_somebody_went_on_writing_in_stays(project, form):
    report = project.export(form, "verslag", texts=Texts())
    saved_by(report, "Noor")
    before = report.read_bytes()
    with pytest.raises(ExportError, match="changed since"):
        project.export(form, report, texts=Texts())
    assert report.read_bytes() == before


def test_a_codings_file_of_ones_own_is_not_taken_for_an_export(project):
    own = Path("noor.jsonl")
    own.write_text(json.dumps({"transcript": "groep", "turn": 2, "code": "x"}) + "\n", encoding="utf-8")
    with pytest.raises(ExportError):
        project.export("jsonl", own, texts=Texts())


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"PK", b"\xff\xfe\x00binary"])
def test_what_is_damaged_or_binary_is_somebodys_own(project, content):
    Path("w.xlsx").write_bytes(content)
    with pytest.raises(ExportError):
        project.export("excel", "w.xlsx", texts=Texts())
    assert Path("w.xlsx").read_bytes() == content


def test_an_archive_of_another_kind_is_somebodys_own(project):
    with zipfile.ZipFile("w.xlsx", "w") as archive:
        archive.writestr("foto.txt", "codering")
    with pytest.raises(ExportError):
        project.export("excel", "w.xlsx", texts=Texts())


@pytest.mark.parametrize("form", ["excel", "csv"])
def test_a_project_is_never_replaced(project, form):
    project.close()
    other = Path(f"q{FORMATS[form][0]}")
    Project.create(other, codebook=Path("boek.yaml")).close()
    with Project.open("p.codering") as opened, pytest.raises(ExportError, match="is a project"):
        opened.export(form, other, texts=Texts(), overwrite=True)
    with Project.open(other) as opened:
        assert opened.name == "q"


@pytest.mark.parametrize(
    ("name", "form", "better"),
    [
        ("o.txt", "excel", "o.xlsx"),
        ("o.xlsx", "word", "o.docx"),
        ("o.CSV", "jsonl", "o.jsonl"),
        ("o.xls", "excel", "o.xlsx"),
    ],
)
def test_a_suffix_of_another_format_is_refused_with_the_right_name(name, form, better):
    with pytest.raises(ExportError, match=f"Call it {better}"):
        named(Path(name), form)


@pytest.mark.parametrize(
    ("name", "form", "written"),
    [
        ("uit", "excel", "uit.xlsx"),
        ("ronde 1.2", "word", "ronde 1.2.docx"),
        ("UIT.XLSX", "excel", "UIT.XLSX"),
        ("uit.htm", "html", "uit.htm"),
        ("map.d/uit", "csv", "map.d/uit.csv"),
    ],
)
def test_a_name_without_a_suffix_gets_that_of_the_format(name, form, written):
    assert named(Path(name), form) == Path(written)


@pytest.mark.parametrize("place", [".", "..", "map"])
def test_a_folder_is_refused_with_a_name_in_it(project, place, capsys):
    Path("map").mkdir()
    for line, suffix in (
        (["export", "p.codering", "--to", "excel"], ".xlsx"),
        (["export", "p.codering", "--to", "csv"], ".csv"),
        (["sample", "p.codering", "--size", "2"], ".csv"),
        (["code", "p.codering"], ".xlsx"),
    ):
        assert run([*line, "--out", place]) == 2
        told = capsys.readouterr().err
        assert f"{place} is een map." in told
        assert str(Path(place) / f"codering{suffix}") in told
    assert not list(Path("map").iterdir())


def test_a_path_through_a_file_is_refused_by_the_name_that_was_given(project, capsys):
    Path("bestand").write_text("", encoding="utf-8")
    assert run(["export", "p.codering", "--to", "excel", "--out", "bestand/o.xlsx"]) == 2
    told = capsys.readouterr().err
    assert "o.xlsx kan niet geschreven worden" in told
    assert "unfinished" not in told


def test_the_command_says_what_was_written_and_refuses_in_dutch(project, capsys):
    assert run(["export", "p.codering", "--to", "excel", "--out", "o.txt"]) == 2
    assert "Noem het o.xlsx" in capsys.readouterr().err
    assert run(["export", "p.codering", "--to", "csv", "--out", "uit"]) == 0
    assert "uit.csv" in capsys.readouterr().out
    Path("uit.csv").write_text("eigen;lijst\n", encoding="utf-8")
    assert run(["export", "p.codering", "--to", "csv", "--out", "uit.csv"]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert run(["export", "p.codering", "--to", "csv", "--out", "uit.csv", "--overwrite"]) == 0


def test_a_sample_that_was_filled_in_is_not_drawn_over(project, capsys):
    draw = ["sample", "p.codering", "--size", "2", "--out", "s.csv"]
    assert run(draw) == 0
    assert run(draw) == 0  # the same again: nothing is lost
    sample = Path("s.csv")
    sample.write_text(sample.read_text(encoding="utf-8").replace(";;", ";true;", 1), encoding="utf-8")
    capsys.readouterr()
    assert run(draw) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert "true" in sample.read_text(encoding="utf-8")
    assert run(["sample", "p.codering", "--size", "2", "--out", "s.txt"]) == 2
    assert ".csv of .jsonl" in capsys.readouterr().err


def test_code_says_before_it_reads_that_the_workbook_may_not_be_written(project, capsys):
    project.close()
    Path("nieuw.xlsx").write_text("van mij", encoding="utf-8")
    code = ["code", "groep.txt", "--codebook", "boek.yaml", "--project", "nieuw.codering"]
    assert run(code) == 2
    assert "nieuw.xlsx" in capsys.readouterr().err
    assert not Path("nieuw.codering").exists()
    assert run([*code, "--overwrite"]) == 0
    assert run(code) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_said_and_leaves_nothing(project, form, monkeypatch, capsys):
    import codering.exporters.replacing as replacing

    class Full:
        hex = "x" * 8

    monkeypatch.setattr(replacing.uuid, "uuid4", Full)
    Path(f"uit.{Full.hex}.unfinished").symlink_to("/dev/full")
    assert run(["export", "p.codering", "--to", form, "--out", "uit"]) == 2
    assert "de schijf is vol. Maak ruimte" in capsys.readouterr().err
    assert not list(Path().glob("uit*"))


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_too_long_is_said(project, form, capsys):
    assert run(["export", "p.codering", "--to", form, "--out", "x" * 300]) == 2
    assert "kan niet geschreven worden (de naam is te lang)" in capsys.readouterr().err


def test_what_goes_wrong_in_writing_leaves_what_was_there(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("oud", encoding="utf-8")

    def full(unfinished: Path) -> None:
        unfinished.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="the disk is full"):
        replaced(file, full, overwrite=True)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["oud"]


def full(path: Path) -> None:
    path.write_bytes(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_the_earlier_export_and_no_half_one(project):
    first = project.export("csv", "uit", texts=Texts())
    before = first.read_bytes()
    with pytest.raises(ExportError, match="the disk is full"):
        replaced(first, full)
    assert first.read_bytes() == before
    assert not list(Path().glob("*.unfinished"))


def test_what_a_killed_program_left_behind_is_removed_but_nothing_else(project):
    for name, age in (
        ("uit.0123abcd.unfinished", 7200),
        ("uit.4567cdef.unfinished", 60),  # somebody may be writing it
        ("anders.0123abcd.unfinished", 7200),
        ("uit.txt", 7200),
        ("uit.mijn.unfinished", 7200),
    ):
        Path(name).write_text("woorden", encoding="utf-8")
        os.utime(name, (time.time() - age,) * 2)
    project.export("csv", "uit", texts=Texts())
    assert sorted(path.name for path in Path().glob("*.unfinished")) == [
        "anders.0123abcd.unfinished",
        "uit.4567cdef.unfinished",
        "uit.mijn.unfinished",
    ]
    assert Path("uit.txt").exists()


def test_a_program_that_is_killed_while_it_exports_leaves_the_earlier_export_whole(project):
    """Killed at once by the system: nothing of Python's own clearing up runs."""
    first = project.export("excel", "uit", texts=Texts())
    before = first.read_bytes()
    killed = """
import os, sys
from pathlib import Path
from codering.exporters.replacing import replaced
def write(path):
    path.write_bytes(b"PK half a workbook")
    os._exit(9)
replaced(Path("uit.xlsx"), write)
"""
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == 9
    assert first.read_bytes() == before
    assert load_workbook(first).sheetnames
    assert len(list(Path().glob("uit.*.unfinished"))) == 1
    report = project.add(["."])
    assert not [one for one in report.problems if "unfinished" in one.source]
