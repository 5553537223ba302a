"""Figures of the sample project, through the project's verbs and the command line."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from codering.analysis.assent import is_short_agreement
from codering.analysis.waves import Pattern
from codering.cli import run
from codering.codings import Stance, Verdict
from codering.errors import CoderingError
from codering.imports import read_coding_rows
from codering.project import Project
from codering.transcripts import Role

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


def test_every_table_says_where_nobody_is_a_moderator(tmp_path):
    (tmp_path / "zuid.txt").write_text("Anna: Hoe druk is het?\nBert: Heel druk, elke dag weer.\n", encoding="utf-8")
    with Project.create(tmp_path / "p.codering") as project:
        project.add([tmp_path / "zuid.txt"])
        whole = project.transcript("zuid").whole(project.transcript("zuid").turn(2))
        project.decide(Verdict.ADD, coder="Noor", segment=whole, code="cl_werkdruk", stance=Stance.CONFIRMS)
        said = "Nobody is a moderator in zuid"
        assert any(said in str(note) for note in project.frequencies()[0].notes)
        project.set_speaker("zuid", "Anna", role=Role.MODERATOR)
        assert not any(said in str(note) for note in project.frequencies()[0].notes)


def test_a_crosstab_that_is_written_as_a_list_tells_what_is_confirmed_from_what_is_denied(file, capsys):
    assert run(["frequencies", str(file), "--by", "speaker"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if "Prestatie-indicatoren" in line]
    assert {line[-3] for line in lines} == {"bevestigt", "ontkent"}


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
    "options",
    [
        ["--by", "schoenmaat"],
        ["--cuts", "tien"],
        ["--cuts", "10,5"],
        ["--coder", "Ans"],
        ["--by", "wave", "--hide-below", "2"],
    ],
)
def test_what_cannot_be_done_ends_with_2(file, capfd, options):
    assert run(["frequencies", str(file), *options]) == 2
    assert capfd.readouterr().err.strip()


INTENDED = {
    "pi_registratiedruk": {Pattern.GONE, Pattern.FADING},
    "gb_politieke_druk": {Pattern.NEW, Pattern.GROWING},
    "cl_prioriteren": {Pattern.GROWING},
    "pi_bredere_meting": {Pattern.GROWING},
    "cl_omvang": {Pattern.PERSISTENT},
    "hs_wie_je_treft": {Pattern.PERSISTENT, Pattern.GROWING},
}
"""What the hands that wrote the samples were told to let change; transcripts_sample/README.md."""


def test_the_changes_between_the_sample_waves_are_those_that_were_written_into_them(project):
    results = project.wave_results()
    (one,) = results.comparisons
    found = {change.topic.id: change for change in one.changes}
    assert {code for code, patterns in INTENDED.items() if found[code].pattern not in patterns} == set()
    assert one.paired == ("Elzendam", "Kloosterveen", "Waterhove", "Zuiderkempen")
    assert not one.can_conclude
    recurring = {r.topic.id for r in results.recurrences if r.recurring}
    assert "hs_wie_je_treft" in recurring
    assert not recurring & {"pi_registratiedruk", "gb_politieke_druk"}
    assert results.gaps == ()


CODE = """
      - id: {id}
        label: {{nl: {id}, en: {id}}}
        definition: Iets.
        examples: [Ik heb er te veel., Het zijn er gewoon te veel., Er komen er steeds meer bij.]
        near_misses: [Te veel koffie., Te veel regen.]"""
BOOK = """\
codebook: proef
label: {nl: Proef, en: Trial}
themes:
  - id: caseload
    label: {nl: Caseload, en: Caseload}
    definition: Hoeveel mensen iemand begeleidt.
    codes:"""


def test_what_a_later_codebook_added_or_renamed_is_known_when_waves_are_compared(tmp_path):
    (tmp_path / "boek.yaml").write_text(BOOK + CODE.format(id="druk"), encoding="utf-8")
    later = BOOK + CODE.format(id="werkdruk") + CODE.format(id="reistijd")
    later += "\ncrosswalk:\n  - {change: renamed, before: [druk], after: [werkdruk], date: 2026-09-01}\n"
    with Project.create(tmp_path / "twee.codering", codebook=tmp_path / "boek.yaml") as project:
        project.add([SAMPLES / "waterhove_voorjaar.docx", SAMPLES / "waterhove_najaar.vtt"])

        def code(name: str, what: str) -> None:
            transcript = project.transcript(name)
            turn = next(turn for turn in transcript.participant_turns() if turn.words > 12)
            segment = transcript.whole(turn)
            project.decide(Verdict.ADD, coder="Noor", segment=segment, code=what, stance=Stance.CONFIRMS)

        code("waterhove_voorjaar", "druk")
        project.set_codebook(later, by="Noor")
        code("waterhove_najaar", "werkdruk")
        code("waterhove_najaar", "reistijd")
        results = project.wave_results()
        (one,) = results.comparisons
        found = {change.topic.id: change for change in one.changes}
        assert (found["werkdruk"].before.participants, found["werkdruk"].after.participants) == (1, 1)
        assert found["reistijd"].pattern is Pattern.UNKNOWN
        assert [(gap.code, gap.transcripts) for gap in results.gaps] == [("reistijd", ("waterhove_voorjaar",))]
        tables = {table.key: table for table in project.waves(language="en")}
        assert "did not have it yet" in str(tables["gaps"].rows[0][-1])


def test_after_a_code_was_renamed_and_another_split_nothing_is_lost_without_a_word(tmp_path):
    before = BOOK + "".join(CODE.format(id=one) for one in ("druk", "reistijd"))
    after = BOOK + "".join(CODE.format(id=one) for one in ("werkdruk", "heen", "terug"))
    after += "\ncrosswalk:\n  - {change: renamed, before: [druk], after: [werkdruk], date: 2026-09-01}\n"
    after += "  - {change: split, before: [reistijd], after: [heen, terug], date: 2026-09-01}\n"
    (tmp_path / "boek.yaml").write_text(before, encoding="utf-8")
    with Project.create(tmp_path / "later.codering", codebook=tmp_path / "boek.yaml") as project:
        project.add([SAMPLES / "waterhove_voorjaar.docx"])
        transcript = project.transcript("waterhove_voorjaar")
        first, second, *_ = (turn for turn in transcript.participant_turns() if turn.words > 12)
        for turn, code in ((first, "druk"), (second, "reistijd")):
            whole = transcript.whole(turn)
            project.decide(Verdict.ADD, coder="Noor", segment=whole, code=code, stance=Stance.CONFIRMS)
        was = {row["id"]: row["turns"] for row in project.frequencies()[0].records()}
        found = [(one.found, one.code) for one in project.tallies(by="theme")]
        project.set_codebook(after, by="Noor")
        themes = project.frequencies()[0]
        assert {row["id"]: row["turns"] for row in themes.records()} == was == {"caseload": 2}
        codes = {row["id"]: row["turns"] for row in project.frequencies(level="code")[0].records()}
        assert codes == {"caseload": 0, "werkdruk": 1, "heen": 0, "terug": 0}
        told = [str(note) for note in themes.notes if "split since" in str(note)]
        assert told
        assert all("1 coding of reistijd counts with the theme" in note for note in told)
        assert [coding.code for coding in project.passages("caseload")] == ["werkdruk", "reistijd"]
        assert [coding.code for coding in project.passages("heen+terug", level="code")] == ["reistijd"]
        assert project.passages("heen", level="code") == ()
        assert [(one.found, one.code) for one in project.tallies(by="theme")] == found


def test_codings_of_a_code_that_was_wider_are_told_until_somebody_looks_at_them_again(tmp_path):
    before = BOOK + CODE.format(id="reistijd")
    after = before + CODE.format(id="terug")
    after += "\ncrosswalk:\n  - {change: split, before: [reistijd], after: [reistijd, terug], date: 2026-09-01}\n"
    (tmp_path / "boek.yaml").write_text(before, encoding="utf-8")
    with Project.create(tmp_path / "later.codering", codebook=tmp_path / "boek.yaml") as project:
        project.add([SAMPLES / "waterhove_voorjaar.docx"])
        transcript = project.transcript("waterhove_voorjaar")
        first, second, *_ = (turn for turn in transcript.participant_turns() if turn.words > 12)
        for turn in (first, second):
            project.decide(Verdict.ADD, coder="Noor", segment=transcript.whole(turn), code="reistijd")

        def told() -> list[str]:
            return [str(note) for note in project.counted_codings().notes if "before the code was split" in str(note)]

        assert told() == []
        project.set_codebook(after, by="Noor")
        assert [note.split(" before")[0] for note in told()] == ["2 codings of reistijd were given"]
        one = project.codings()[0]
        project.decide(Verdict.CHANGE, coder="Noor", target=one.id, code="terug")
        assert [note.split(" before")[0] for note in told()] == ["1 coding of reistijd was given"]


def test_waves_on_the_screen_and_as_json(file, capsys):
    assert run(["waves", str(file)]) == 0
    out = capsys.readouterr().out
    assert "valt niets te zeggen over toeval" in out
    assert "Wat terugkomt" in out
    assert run(["waves", str(file), "--recurring", "4,2", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    changes = {row["id"]: row for row in tables["waves_1"]}
    assert (changes["pi_registratiedruk"]["pattern"], changes["pi_registratiedruk"]["fell"]) == ("gone", 4)
    assert changes["gb_politieke_druk"]["difference"] == pytest.approx(13 / 25)
    assert {row["id"] for row in tables["recurring"] if row["recurring"] == "yes"} >= {"cl_omvang", "hs_wie_je_treft"}
    assert len(tables["by_wave"]) == 2 * 59
    assert run(["waves", str(file), "--themes"]) == 0


@pytest.mark.parametrize("options", [["--recurring", "drie"], ["--recurring", "3,9"], ["--coder", "Ans"]])
def test_waves_that_cannot_be_compared_end_with_2(file, capfd, options):
    assert run(["waves", str(file), *options]) == 2
    assert capfd.readouterr().err.strip()


def test_the_survey_stands_beside_the_groups_with_why_they_differ(project):
    table = project.paper_and_practice(language="en")
    assert "not the same thing" in str(table.notes[0])
    figures = {(row[1], row[3], row[5]) for row in table.rows}
    assert ("granieten_bestand", 0.30, "§4.3.2") in figures
    assert ("handhavingsstijl", 0.91, "§4.2") in figures
    (row, *_) = [row for row in table.records() if row["id"] == "caseload"]
    assert (row["percentage"], row["n"], row["participants"], row["of_participants"]) == (0.62, 225, 27, 48)


def test_the_samples_can_be_explored(file, capsys):
    for what, word in (("together", "Wat een beurt deelt"), ("saturation", "Niet verzadigd"), ("paper", "§4.2")):
        assert run(["explore", str(file), what]) == 0
        assert word in capsys.readouterr().out
    assert run(["explore", str(file), "speaking", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    assert len(tables["balance"]) == 8
    assert sum(row["share"] for row in tables["speaking"]) == pytest.approx(8)
    assert run(["explore", str(file), "maan"]) == 2
    assert "together" in capsys.readouterr().err


def test_what_was_read_in_part_gives_a_minimum_and_an_estimate(tmp_path):
    with Project.create(tmp_path / "deel.codering") as project:
        project.add([SAMPLES / "waterhove_voorjaar.docx", SAMPLES / "waterhove_najaar.vtt"])
        rows, _ = read_coding_rows(REFERENCE)
        mine = [row for row in rows if row.values["transcript"] == "waterhove_voorjaar"]
        project.add_codings(mine, coder="Noor")
        assert project.totals() is None
        (themes, _) = project.frequencies()
        assert any("has read them: 1 group (waterhove_najaar)" in str(note) for note in themes.notes)
        assert next(iter(themes.records()))["participants"] is not None
        (_, flat) = project.frequencies(by="wave")
        assert {row["unit"] for row in flat.records()} == {"2026-voorjaar"}

        def read(name: str, number: int, drawn: str = "") -> None:
            transcript = project.transcript(name)
            segment = transcript.whole(transcript.turn(number))
            project.decide(Verdict.READ, coder="Noor", segment=segment, drawn=drawn)

        for name, number in project.to_read(10, coder="Noor"):
            read(name, number, "random")
        totals = project.totals(language="en")
        assert totals is not None
        for row in totals.records():
            assert row["found"] == row["low"] <= row["high"]
            assert row["drawn"] > 0
            assert row["unread"] > 0
            assert row["found"] <= row["total"] <= row["high"]
        (themes, _) = project.frequencies()
        assert any("Not everything has been read" in str(note) for note in themes.notes)
        assert "totals" in {table.key for table in project.results().tables}
        for shown in (themes, project.figures(), next(one for one in project.results().tables if one.key == "themes")):
            assert all(row["low"] is None and row["high"] is None for row in shown.records())
            assert any("the share is a minimum" in str(note) for note in shown.notes)
        waves = project.wave_results()
        assert any("more having been read" in str(note) for note in waves.notes)
        reasons = {str(change.interval.reason) for one in waves.comparisons for change in one.changes}
        assert len(reasons) == 1
        assert "the share is a minimum" in reasons.pop()
        (one,) = waves.comparisons
        assert one.in_part
        assert not one.can_conclude
        assert all(math.isnan(change.p) and math.isnan(change.p_together) for change in one.changes)
        chance = next(t for section in project.results().sections for t in section.tables if t.key == "chance")
        assert any("No p-values: not everything was read" in str(note) for note in chance.notes)
        assert "Not everything was read." in {str(row["verdict"]) for row in chance.records()}


def test_answering_suggestions_is_not_reading_everything(tmp_path, capsys):
    path = tmp_path / "vlug.codering"
    with Project.create(path) as project:
        project.add([SAMPLES / "waterhove_voorjaar.docx"])
        project.suggest()
        project.decide(Verdict.ACCEPT, coder="Noor", suggestion=project.suggestions(best=True)[0])
        totals = project.totals(language="en")
        assert totals is not None
        assert "No turn was read at random" in str(totals.notes[-1])
        assert all(row["total"] is None for row in totals.records())
    assert run(["frequencies", str(path)]) == 0
    out = capsys.readouterr().out
    assert "Niet alles is gelezen" in out
    assert "Geschatte totalen" in out


def test_a_crosstab_that_is_too_wide_lists_what_was_said_and_counts_the_rest(capsys):
    from codering.cli.counting import _list
    from codering.screen import Screen
    from codering.tables import HIDDEN, Column, Kind, Table
    from codering.texts import Texts

    heads = ("unit", "label", "stance", "participants", "of_participants")
    columns = tuple(Column(head, head, Kind.COUNT if "part" in head else Kind.TEXT) for head in heads)
    rows = (
        ("coach", "Ruimte", "bevestigt", 2, 6),
        ("coach", "Gezag", "bevestigt", 0, 6),
        ("klantmanager", "Ruimte", "ontkent", HIDDEN, 6),
        ("klantmanager", "Gezag", "ontkent", 0, 6),
    )
    _list(Table("flat", "T", columns, rows), "participants", ("label",), Screen(Texts("nl"), 100))
    told = capsys.readouterr().out
    assert told.count("Ruimte") == 2
    assert HIDDEN in told  # what is withheld is no 0
    assert "Gezag" not in told
    assert "2 rijen met 0 staan er niet bij." in told
