"""The groups written for developing rules: their codings point at what they quote, and their README counts them."""

from __future__ import annotations

import pytest

from codering.readers import read
from tools.count_development_speech import CODES, SPEECH, SPLIT, codes_table, codings, groups_table

GROUPS = sorted(path.stem for path in SPEECH.glob("*.txt"))


@pytest.mark.parametrize("group", GROUPS)
def test_every_coding_quotes_a_participant_under_a_known_code(group):
    transcript = read(SPEECH / f"{group}.txt").transcript
    for row in codings(group):
        turn = transcript.turn(row["turn"])
        assert row["transcript"] == group, row
        assert row["quote"].strip(), row
        assert row["quote"] in turn.text, row
        assert transcript.is_participant(turn), row
        assert row["code"] in CODES, row
        assert row["stance"] in ("bevestigt", "ontkent"), row


@pytest.mark.parametrize("group", GROUPS)
def test_a_turn_carries_a_code_once(group):
    places = [(row["turn"], row["code"]) for row in codings(group)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("group", GROUPS)
def test_every_paragraph_is_read_as_one_turn(group):
    paragraphs = (SPEECH / f"{group}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    turns = read(SPEECH / f"{group}.txt").transcript.turns
    assert [f"{turn.speaker}: {turn.text}" for turn in turns] == paragraphs


def test_each_group_has_its_codings_and_is_on_one_side_of_the_split():
    assert set(SPLIT) == {"develop", "check"}
    assert sorted([*SPLIT["develop"], *SPLIT["check"]]) == GROUPS
    assert sorted(path.stem for path in SPEECH.glob("*.jsonl")) == GROUPS


def test_the_readme_gives_the_counts_of_the_files():
    readme = (SPEECH / "README.md").read_text(encoding="utf-8")
    assert groups_table() in readme
    assert codes_table() in readme
