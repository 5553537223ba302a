"""What a project puts together for a report: charts with what explains them, and notes about what is shown only."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from codering.analysis.intervals import TOO_FEW
from codering.codings import Verdict
from codering.exporters.document import Grid, Note, Paragraph, Picture, Points
from codering.exporters.report import report
from codering.imports import read_coding_rows
from codering.project import Project
from codering.resources import samples_path
from codering.texts import Texts
from codering.transcripts import Segment

NL, EN = Texts("nl"), Texts("en")
WAVES = ("2024", "2025", "2026")
SAID = "Ik ren de hele dag van de een naar de ander."


def three_waves(folder: Path) -> Project:
    """Two groups in each of three waves; Noor answered one suggestion-free turn in each, so that not all was read."""
    names = []
    for wave in WAVES:
        for place in ("Noord", "Zuid"):
            name = f"{place}_{wave}".lower()
            lines = ["M: Hoe gaat het?", *(f"Ank: {SAID} {number}" for number in range(3)), f"Bo: {SAID} Ook."]
            (folder / f"{name}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
            sidecar = f"wave: '{wave}'\ndate: {wave}-05-01\ngroup: {place}\n"
            (folder / f"{name}.yaml").write_text(sidecar, encoding="utf-8")
            names.append(folder / f"{name}.txt")
    project = Project.create(folder / "drie.codering")
    project.add(names)
    for path in names[2:]:
        project.decide(Verdict.ADD, coder="Noor", segment=Segment(path.stem, 2, 0, 6), code="cl_werkdruk")
    for path in names:
        transcript = project.transcript(path.stem)
        project.decide(Verdict.READ, coder="Noor", segment=transcript.whole(transcript.turn(3)))
    return project


def test_trends_of_what_was_read_in_part_have_no_p_values(tmp_path):
    with three_waves(tmp_path) as project:
        found = project.wave_results().trends
        assert found is not None
        assert found.in_part
        assert not found.can_conclude
        assert all(math.isnan(one.p) and math.isnan(one.p_together) for one in found.trends)
        pressed = next(one for one in found.trends if one.topic.id == "cl_werkdruk")
        assert pressed.slope > 0, "what was found so far is still said"
        (table,) = [one for one in project.waves(language="en") if one.key == "trends"]
        assert all(row["p"] is None and row["p_together"] is None for row in table.records())
        assert any(str(note).startswith("No p-values: not everything was read") for note in table.notes)
        assert not [note for note in table.notes if "dealt out" in str(note)]
        (section,) = [one for one in project.results(language="en").sections if one.key == "waves"]
        (grid,) = [one for one in section.grids if one.table.key == "trends"]
        assert not {"p", "p_together"} & set(grid.columns)


def test_a_legend_stands_below_a_chart_and_nowhere_else(tmp_path):
    with three_waves(tmp_path) as project:
        blocks = report(project.results(language="nl", pictures=True), NL).blocks
        pictures = [block for block in blocks if isinstance(block, Picture) and block.caption]
        assert [block.caption for block in pictures] == [
            "Nieuw of groeiend. Open cirkel: 2024. Gevuld: 2025. Ernaast: hoeveel van alle deelnemers.",
            "Blijvend. Open cirkel: 2025. Gevuld: 2026. Ernaast: hoeveel van alle deelnemers.",
        ]
        others = [block.text for block in blocks if isinstance(block, Paragraph | Note)]
        assert not [text for text in others if "Open cirkel" in text]


def test_without_a_pattern_that_is_drawn_there_is_no_chart_of_waves(tmp_path):
    with Project.create(tmp_path / "weinig.codering") as project:
        project.add([samples_path()])
        for transcript in project.transcripts():
            first, other, *_ = transcript.participant_turns()
            project.decide(Verdict.READ, coder="Noor", segment=transcript.whole(first))
        project.decide(Verdict.ADD, coder="Noor", segment=transcript.whole(other), code="cl_werkdruk")
        made = project.results(language="nl", pictures=True)
    assert [key for key, _ in made.pictures] == ["themes"], "one group of four is incidental"
    assert [one.table.rows for section in made.sections for one in section.grids if one.table.key == "waves_1"] == [()]


@pytest.mark.parametrize(("form", "compared"), [("csv", 0), ("refi", 0), ("excel", 1), ("html", 1)])
def test_waves_are_compared_once_and_not_at_all_for_what_only_lists_passages(tmp_path, monkeypatch, form, compared):
    times = 0

    def counting(project: Project, *args: object, **more: object) -> object:
        nonlocal times
        times += 1
        return compare(project, *args, **more)

    compare = Project.wave_results
    monkeypatch.setattr(Project, "wave_results", counting)
    with three_waves(tmp_path) as project:
        project.export(form, tmp_path / "uit")
    assert times == compared


@pytest.fixture(scope="module")
def one_group(tmp_path_factory) -> tuple[object, ...]:
    """The report of one group that two coders read, in English."""
    with Project.create(tmp_path_factory.mktemp("een") / "een.codering") as project:
        project.add([samples_path() / "waterhove_voorjaar.docx"])
        for coder, name in (("A", "coder_a.jsonl"), ("B", "coder_b.jsonl")):
            rows, _ = read_coding_rows(samples_path() / "reference" / name)
            mine = [row for row in rows if row.values["transcript"] == "waterhove_voorjaar"]
            project.add_codings(mine, coder=coder)
        return report(project.results(language="en"), EN).blocks


def test_of_one_group_is_said_once_what_one_group_cannot_say(one_group):
    grids = [block for block in one_group if isinstance(block, Grid)]
    notes = [str(note) for grid in grids for note in grid.table.notes]
    assert notes.count("An interval needs at least three focus groups.") == 1
    assert notes.count(str(TOO_FEW)) == 1
    assert not [note for note in notes if note.startswith(("Intervals (95%)", "PABAK", "Interval (95%)"))]
    assert not [cell for grid in grids for row in grid.table.rows for cell in row if "An interval needs" in str(cell)]
    heads = [column.label for grid in grids for column in grid.table.columns if grid.table.key in ("themes", "codes")]
    assert not [head for head in heads if "interval" in head or head.startswith("Focus groups")]


def test_of_one_group_nothing_is_said_to_be_in_one_of_one(one_group):
    points = next(block for block in one_group if isinstance(block, Points)).texts
    assert points[0].endswith(": 6 of the 6 participants.")


def test_no_note_is_said_twice_in_a_chapter(one_group):
    notes = [str(note) for grid in one_group if isinstance(grid, Grid) for note in grid.table.notes]
    basis = [note for note in notes if note.startswith("Turns of participants that at least two coders read")]
    assert len(basis) == 1, "below the first of the tables on agreement"


def test_below_a_comparison_in_few_groups_nothing_is_said_of_columns_that_are_not_there(tmp_path):
    with Project.create(tmp_path / "voorbeeld.codering") as project:
        project.add([samples_path()])
        rows, _ = read_coding_rows(samples_path() / "reference" / "adjudicated.jsonl")
        project.add_codings(rows, coder="Referentie")
        (section,) = [one for one in project.results(language="en").sections if one.key == "waves"]
    (grid,) = [one for one in section.grids if one.table.key == "waves_1"]
    assert not {"p", "p_together", "low", "high"} & set(grid.columns)
    notes = [str(note) for note in grid.table.notes]
    assert not [note for note in notes if note.startswith(("p: waves dealt", "No interval", "Interval (95%)"))]
    assert any(note.startswith("Rose, fell: in how many of the places") for note in notes), "those columns are there"
    (sheet,) = [one for one in section.tables if one.key == "chance"]
    assert any(str(note).startswith("p: waves dealt") for note in sheet.notes), "the workbook has them"
