from __future__ import annotations

import csv
import errno
import inspect
import io
import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from codering.cli import app, run
from codering.project import Project
from codering.texts import texts

CODEBOOK = """\
codebook: proef
label: {nl: Proef, en: Trial}
themes:
  - id: caseload
    label: {nl: Omvang van de caseload, en: Caseload size}
    definition: Hoeveel mensen iemand begeleidt.
    codes:
      - id: cl_omvang
        label: {nl: Te veel cliënten, en: Too many clients}
        definition: Te veel mensen per professional.
        examples: [Ik heb er te veel., Het zijn er gewoon te veel., Er komen er steeds meer bij.]
        near_misses: [Te veel koffie., Te veel regen.]
        rules:
          - id: te_veel
            reason: Zegt dat het aantal mensen te groot is.
            match: te veel mensen
            "yes": [Ik heb te veel mensen.]
            "no": [Ik heb te veel koffie.]
"""
TALK = """\
Moderator: Hebben jullie te veel mensen?
Ank: Ja, ik heb echt te veel mensen op mijn naam.
Bas: Nou, bij ons heeft niemand te veel mensen hoor.
Ank: De koffie is wel lekker.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODERING_LANG", raising=False)
    (tmp_path / "boek.yaml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "groep.txt").write_text(TALK, encoding="utf-8")
    return tmp_path


@pytest.fixture
def project(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["code", "groep.txt", "--codebook", "boek.yaml", "--project", "p.codering"]) == 0, capsys.readouterr()
    capsys.readouterr()
    return folder / "p.codering"


def suggestions(capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    assert run(["suggestions", "p.codering", "--format", "jsonl", *more]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_read_lists_turns_as_the_contract_says(folder, capsys):
    assert run(["read", "groep.txt", "--json"]) == 0
    turns = json.loads(capsys.readouterr().out)
    assert turns[1] == {
        "transcript": "groep",
        "turn": 2,
        "speaker": "Ank",
        "role": "participant",
        "start": None,
        "text": "Ja, ik heb echt te veel mensen op mijn naam.",
    }
    assert [turn["role"] for turn in turns] == ["moderator", *["participant"] * 3]


def test_read_shows_turns_to_a_person(folder, capsys):
    assert run(["read", "groep.txt"]) == 0
    out = capsys.readouterr().out
    assert "4 beurten, 3 sprekers" in out
    assert "gespreksleider" in out


def test_code_writes_project_and_workbook_and_says_so(folder, capsys):
    assert run(["code", "groep.txt", "--codebook", "boek.yaml"]) == 0
    out = capsys.readouterr().out
    assert "Omvang van de caseload" in out
    assert "nog niemand heeft beoordeeld" in out
    assert (folder / "groep.codering").exists()
    assert "Voorblad" in load_workbook(folder / "groep.xlsx").sheetnames


def test_code_in_english(folder, capsys):
    assert run(["--lang", "en", "code", "groep.txt", "--codebook", "boek.yaml"]) == 0
    assert "Caseload size" in capsys.readouterr().out
    assert "Cover" in load_workbook(folder / "groep.xlsx").sheetnames


def test_suggestions_have_the_keys_of_the_contract(project, capsys):
    (first, second) = suggestions(capsys)
    keys = "transcript turn speaker role code theme stance start end quote source score evidence"
    assert list(first) == keys.split()
    assert (first["turn"], first["stance"], first["theme"]) == (2, "bevestigt", "caseload")
    assert (second["turn"], second["stance"]) == (3, "ontkent")
    text = TALK.splitlines()[1].removeprefix("Ank: ")
    assert text[first["start"] : first["end"]] == first["quote"]
    assert any(item["kind"] == "match" for item in first["evidence"])


def test_the_moderator_is_never_suggested(project, capsys):
    assert {item["speaker"] for item in suggestions(capsys)} == {"Ank", "Bas"}


def test_suggestions_as_csv(project, capsys):
    assert run(["suggestions", "p.codering", "--format", "csv", "--source", "rule", "--transcript", "groep"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["code"] for row in rows] == ["cl_omvang", "cl_omvang"]


def test_a_transcript_that_is_not_there_is_said(project, capsys):
    assert run(["suggestions", "p.codering", "--transcript", "weg"]) == 2
    assert "weg" in capsys.readouterr().err


def test_codings_enter_as_decisions_and_are_counted(project, folder, capsys):
    rows = [
        {"transcript": "groep", "turn": 2, "code": "cl_omvang", "stance": "bevestigt", "quote": "te veel mensen"},
        {"transcript": "groep", "turn": 2, "code": "cl_omvang", "stance": "bevestigt", "quote": "staat er niet"},
    ]
    file = folder / "c.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert run(["codings", "add", "p.codering", "c.jsonl", "--coder", "Ank"]) == 1
    told = capsys.readouterr()
    assert "1 codering van Ank toegevoegd" in told.out
    assert "c.jsonl" in told.err
    assert "staat er niet" not in told.err
    assert run(["export", "p.codering", "--to", "jsonl", "--out", "uit.jsonl"]) == 0
    records = [json.loads(line) for line in (folder / "uit.jsonl").read_text(encoding="utf-8").splitlines()]
    assert next((r["status"], r["quote"]) for r in records) == ("coded", "te veel mensen")


def test_a_second_run_adds_nothing(project, capsys):
    before = suggestions(capsys)
    assert run(["code", "groep.txt", "--project", "p.codering"]) == 0
    capsys.readouterr()
    assert suggestions(capsys) == before


def test_codebook_check_runs_the_examples(folder, capsys):
    assert run(["codebook", "check", "boek.yaml"]) == 0
    assert "1 regel;" in capsys.readouterr().out
    (folder / "boek.yaml").write_text(
        CODEBOOK.replace("[Ik heb te veel mensen.]", "[Dat past niet.]"), encoding="utf-8"
    )
    assert run(["codebook", "check", "boek.yaml"]) == 1
    assert "cl_omvang.te_veel" in capsys.readouterr().err


def test_a_codebook_to_begin_with_is_written_once(folder, capsys):
    assert run(["codebook", "new", "eigen.yaml"]) == 0
    assert "codering codebook check eigen.yaml" in capsys.readouterr().out
    (folder / "eigen.yaml").write_text("van mij", encoding="utf-8")
    assert run(["codebook", "new", "eigen.yaml"]) == 2
    assert "bestaat al" in capsys.readouterr().err
    assert (folder / "eigen.yaml").read_text(encoding="utf-8") == "van mij"
    assert run(["codebook", "new", "map/die/er/niet/is.yaml"]) == 2
    assert "kan niet worden geschreven" in capsys.readouterr().err


def test_a_codebook_that_cannot_be_written_whole_is_not_there(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    opened = Path.open

    class Full(io.BytesIO):
        def write(self, content):
            raise OSError(errno.ENOSPC, "No space left on device")

    def open_(path, mode="r", **how):
        if not mode.startswith("x"):
            return opened(path, mode, **how)
        path.touch()
        return Full()

    monkeypatch.setattr(Path, "open", open_)
    assert run(["codebook", "new", "eigen.yaml"]) == 2
    assert "de schijf is vol" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_codebook_check_against_a_coder(folder, project, capsys):
    row = {"transcript": "groep", "turn": 2, "code": "cl_omvang", "stance": "bevestigt", "quote": "te veel mensen"}
    (folder / "c.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert run(["codings", "add", "p.codering", "c.jsonl", "--coder", "Noor"]) == 0
    capsys.readouterr()
    check = ["codebook", "check", "boek.yaml", "--project", "p.codering", "--json", "--against"]
    assert run([*check, "Noor"]) == 0
    (rule,) = json.loads(capsys.readouterr().out)["rules"]
    assert (rule["suggested"], rule["judged"], rule["precision"]) == (2, 2, 0.5)
    assert run([*check, "Niemand"]) == 2
    assert "Noor" in capsys.readouterr().err


def test_codebook_diff_shows_what_a_change_brings(folder, project, capsys):
    (folder / "nieuw.yaml").write_text(CODEBOOK.replace("match: te veel mensen", "match: koffie"), encoding="utf-8")
    assert run(["codebook", "diff", "boek.yaml", "nieuw.yaml", "--project", "p.codering", "--json"]) == 0
    (table,) = json.loads(capsys.readouterr().out).values()
    assert [(row["change"], row["turn"], row["stance"]) for row in table] == [
        ("gained", 4, "confirms"),
        ("lost", 2, "confirms"),
        ("lost", 3, "denies"),
    ]
    assert run(["codebook", "diff", "boek.yaml", "nieuw.yaml", "--project", "p.codering"]) == 0
    assert "1 erbij, 2 eraf, 0 met een andere houding; 0 blijven zoals ze zijn." in capsys.readouterr().out


def test_neither_diff_nor_check_shows_what_rules_find_in_a_blind_transcript(folder, project, capsys):
    (folder / "nieuw.yaml").write_text(CODEBOOK.replace("match: te veel mensen", "match: koffie"), encoding="utf-8")
    lines = (
        ["codebook", "diff", "boek.yaml", "nieuw.yaml", "--project", "p.codering", "--json"],
        ["codebook", "check", "boek.yaml", "--project", "p.codering", "--json"],
    )
    (folder / "meer").mkdir()
    shutil.copy(folder / "groep.txt", folder / "meer" / "tweede.txt")
    with Project.open(project) as opened:
        opened.add([folder / "meer" / "tweede.txt"])
        opened.set_blind(["Noor", "Sam"])
    for line in lines:
        assert run(line) == 2
        said = capsys.readouterr()
        assert "nog blind gecodeerd: groep, tweede" in said.err
        assert said.out == ""
    with Project.open(project) as opened:
        for coder in ("Noor", "Sam"):
            opened.mark_done("tweede", coder=coder)
    assert run(lines[0]) == 0
    said = capsys.readouterr()
    assert "weggelaten omdat ze nog blind gecodeerd worden: groep." in said.err
    assert {row["transcript"] for row in json.loads(said.out)["difference"]} == {"tweede"}
    assert run(lines[1]) == 0
    said = capsys.readouterr()
    assert "nog blind gecodeerd worden: groep." in said.err
    assert [row["suggested"] for row in json.loads(said.out)["rules"]] == [2]


@pytest.mark.parametrize(
    "line",
    [
        ["code", "weg.txt"],
        ["code", "leeg.txt"],
        ["read", "leeg.txt"],
        ["read", "weg.txt"],
        ["suggestions", "weg.codering"],
        ["suggestions", "groep.txt"],
        ["codebook", "check", "groep.txt"],
        ["codebook", "check", "weg.yaml"],
        ["code", "groep.txt", "--codebook", "weg.yaml"],
        ["export", "weg.codering", "--to", "excel", "--out", "x.xlsx"],
        ["--lang", "tlh", "read", "groep.txt"],
        ["onzin"],
        ["review", "p.codering", "--port", "99999999"],
        ["learn", "p.codering", "--seed", "-1"],
        ["export", "p.codering", "--to", "wordperfect", "--out", "x"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_ends_with_a_word_and_2(folder, capfd, line):
    (folder / "leeg.txt").write_bytes(b"")
    assert run(line) == 2
    told = capfd.readouterr()
    assert told.err.strip()
    assert "Traceback" not in told.err + told.out
    assert not list(folder.glob("weg*"))


@pytest.mark.parametrize(
    "command", [["sample", "--size", "3"], ["export", "--to", "excel"], ["export", "--to", "jsonl"]]
)
def test_results_never_replace_a_project(project, folder, capsys, command):
    before = (folder / "p.codering").read_bytes()
    assert run([command[0], "p.codering", *command[1:], "--out", "p.codering"]) == 2
    assert "p.codering" in capsys.readouterr().err
    assert (folder / "p.codering").read_bytes() == before
    assert not list(folder.glob("*.unfinished"))


def test_the_workbook_never_replaces_a_transcript(folder, capfd):
    book = Workbook()
    for row in (("spreker", "tekst"), ("Ank", "Het is veel te druk."), ("Bo", "Ja, heel druk.")):
        book.active.append(row)
    book.save(folder / "gesprek.xlsx")
    before = (folder / "gesprek.xlsx").read_bytes()
    for _ in range(2):
        assert run(["code", "gesprek.xlsx", "--codebook", "boek.yaml"]) in (0, 1)
    assert run(["export", "gesprek.codering", "--to", "excel", "--out", "gesprek.xlsx"]) == 2
    assert "is de naam van een transcript" in capfd.readouterr().err
    assert (folder / "gesprek.xlsx").read_bytes() == before
    assert load_workbook(folder / "gesprek.codering.xlsx").sheetnames


@pytest.mark.parametrize("more", [[], ["--out", "p.xlsx"]])
def test_project_and_workbook_are_two_files(folder, capsys, more):
    assert run(["code", "groep.txt", "--project", "p.xlsx", *more]) == 2
    assert "p.xlsx is zowel het project als de werkmap." in capsys.readouterr().err
    assert not (folder / "p.xlsx").exists()


@pytest.mark.parametrize("row", ["{}", '{"transcript": 5, "turn": 1}'])
def test_a_row_without_a_transcript_says_so(project, folder, capsys, row):
    (folder / "c.jsonl").write_text(row, encoding="utf-8")
    assert run(["codings", "add", "p.codering", "c.jsonl", "--coder", "Ans"]) == 2
    assert "c.jsonl: regel 1: transcript: hier hoort de naam van een transcript" in capsys.readouterr().err


def test_a_demo_where_no_folder_can_be_made_is_said(folder, capfd):
    assert run(["demo", "--out", "groep.txt"]) == 2
    assert "De map groep.txt kan niet gemaakt worden (er staat al iets anders met deze naam)" in capfd.readouterr().err


def test_one_bad_file_does_not_stop_the_others(folder, capsys):
    (folder / "leeg.txt").write_bytes(b"")
    assert run(["code", "groep.txt", "leeg.txt", "--codebook", "boek.yaml", "--project", "p.codering"]) == 1
    assert "leeg.txt" in capsys.readouterr().err
    assert len(suggestions(capsys)) == 2


def test_help_is_dutch_by_default(capfd):
    assert run(["--help"]) == 0
    assert "mensen beslissen" in capfd.readouterr().out
    assert run(["--lang=en", "code", "--help"]) == 0
    assert "Read transcripts" in capfd.readouterr().out


def test_every_command_has_help_and_stands_in_the_readme(capfd):
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    for line in (["demo"], ["read"], ["code"], ["suggestions"], ["export"], ["codings", "add"], ["codebook", "check"]):
        assert run([*line, "--help"]) == 0
        assert capfd.readouterr().out.count("\n") > 5
        assert f"codering {' '.join(line)}" in readme


def test_a_transcript_is_never_replaced_by_an_export(project, folder, capsys):
    own = folder / "tabel.csv"
    own.write_text("spreker;tekst\nModerator;Hoe gaat het?\nAnk;Ik heb te veel mensen.\n", encoding="utf-8")
    assert run(["code", "tabel.csv", "--project", "p.codering"]) == 0, capsys.readouterr()
    before = own.read_bytes()
    for more in ([], ["--overwrite"]):
        assert run(["export", "p.codering", "--to", "csv", "--out", "tabel.csv", *more]) == 2
        assert "tabel.csv is de naam van een transcript" in capsys.readouterr().err
    assert own.read_bytes() == before


def test_the_address_of_a_server_reaches_the_store(folder, capsys, monkeypatch):
    asked = []
    monkeypatch.setattr("codering.store.Store.open", lambda path: asked.append(path) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(["frequencies", "postgresql://noor@server/ronde1"])
    assert asked == ["postgresql://noor@server/ronde1"]


@pytest.mark.parametrize(
    "line",
    [
        ["code", "groep.txt", "--project", "{}"],
        ["codebook", "check", "boek.yaml", "--project", "{}"],
        ["codebook", "diff", "boek.yaml", "boek.yaml", "--project", "{}"],
        ["learn", "p.codering", "--reference", "{}"],
        ["agreement", "{}", "--coders", "A", "B"],
        ["review", "{}"],
    ],
)
def test_every_command_takes_the_address_of_a_server(project, capsys, line):
    # Nothing answers there: that it was asked at all is what the message shows, and without the password. Where the
    # part for servers is not installed, the message asks for that: the address was then known for one as well.
    assert run([word.format("postgresql://noor:geheim@127.0.0.1:1/ronde1?connect_timeout=1") for word in line]) == 2
    told = capsys.readouterr().err
    assert ("noor:***@127.0.0.1:1/ronde1" if find_spec("psycopg") else "codering[team]") in told
    assert "geheim" not in told


def test_a_codebook_in_utf_16_can_be_used_and_checked(project, folder, capsys):
    (folder / "boek16.yaml").write_text(CODEBOOK.replace("Proef", "Anders"), encoding="utf-16")
    assert run(["codebook", "check", "boek16.yaml"]) == 0
    assert run(["code", "groep.txt", "--codebook", "boek16.yaml", "--project", "p.codering"]) == 0
    assert run(["codebook", "check", "weg.yaml"]) == 2
    assert "weg.yaml" in capsys.readouterr().err


def test_anchoring_knows_its_coders(project, capsys):
    assert run(["anchoring", "p.codering", "--coder", "Niemand"]) == 2
    assert "Niemand" in capsys.readouterr().err


def test_who_names_no_coders_hears_which_there_are(project, capsys):
    assert run(["agreement", "p.codering"]) == 2
    assert "Het project kent:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        ["code", "groep.txt", "--project", "x" * 300],
        ["code", "x" * 300],
        ["frequencies", "x" * 300],
        ["agreement", "p.codering", "--coders", "x" * 5000, "B"],
        ["codings", "add", "p.codering", "groep.txt", "--coder", "x" * 5000],
        ["codebook", "check", "x" * 300],
        ["sample", "p.codering", "--size", "2", "--out", "x" * 300 + ".csv"],
        ["read", "x" * 300],
    ],
)
def test_names_that_no_file_can_have_end_with_a_word_and_2(project, capsys, line):
    assert run(line) == 2
    assert capsys.readouterr().err.strip()


def test_a_command_has_its_options_only_where_the_line_names_it():
    def options(words):
        listed = {one.name: one.callback for one in app(texts("nl"), words).registered_commands}
        return {name: len(inspect.signature(callback).parameters) for name, callback in listed.items()}

    whole, named = options(None), options(["project", "frequencies", "--json"])
    assert named == {name: whole[name] if name == "frequencies" else 0 for name in whole}
    assert min(whole.values()) > 0
