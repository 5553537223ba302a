"""The groups written for the rules: their codings point at what they quote, and their READMEs count them."""

from __future__ import annotations

import pytest

from codering.readers import read
from tools.count_speech import CODES, FOLDERS, codes_table, codings, groups_table, split

GROUPS = [(folder, path.stem) for folder in FOLDERS for path in sorted(folder.glob("*.txt"))]
every_group = pytest.mark.parametrize(("folder", "group"), GROUPS, ids=[group for _, group in GROUPS])
every_folder = pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])


@every_group
def test_every_coding_quotes_a_participant_under_a_known_code(folder, group):
    transcript = read(folder / f"{group}.txt").transcript
    for row in codings(folder, group):
        turn = transcript.turn(row["turn"])
        assert row["transcript"] == group, row
        assert row["quote"].strip(), row
        assert row["quote"] in turn.text, row
        assert transcript.is_participant(turn), row
        assert row["code"] in CODES, row
        assert row["stance"] in ("bevestigt", "ontkent"), row


@every_group
def test_a_turn_carries_a_code_once(folder, group):
    places = [(row["turn"], row["code"]) for row in codings(folder, group)]
    assert len(places) == len(set(places))


@every_group
def test_every_paragraph_is_read_as_one_turn(folder, group):
    paragraphs = (folder / f"{group}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    turns = read(folder / f"{group}.txt").transcript.turns
    assert [f"{turn.speaker}: {turn.text}" for turn in turns] == paragraphs


@every_folder
def test_each_group_has_its_codings_and_is_in_one_part_of_the_split(folder):
    groups = sorted(group for where, group in GROUPS if where == folder)
    assert sorted(group for part in split(folder).values() for group in part) == groups
    assert sorted(path.stem for path in folder.glob("*.jsonl")) == groups


@every_folder
def test_the_readme_gives_the_counts_of_the_files(folder):
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert groups_table(folder) in readme
    assert codes_table(folder) in readme


def test_what_is_only_measured_on_may_not_be_developed_on():
    assert list(split(FOLDERS[1])) == ["check", "last", "fresh"]
