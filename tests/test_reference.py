"""The reference codings of the sample groups: they point at what they quote, and every disagreement has a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from codering.readers import read
from codering.readers.codebook import read_codebook
from codering.transcripts import Transcript

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "transcripts_sample"
SETS = ("coder_a", "coder_b", "adjudicated")


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (SAMPLES / "reference" / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def groups() -> dict[str, Transcript]:
    suffixes = (".docx", ".vtt", ".srt", ".txt", ".xlsx", ".odt", ".json", ".otr")
    files = [path for path in SAMPLES.iterdir() if path.suffix in suffixes]
    return {path.stem: read(path).transcript for path in files}


@pytest.mark.parametrize("name", SETS)
def test_offsets_are_the_quotation_of_a_participant_with_a_known_code(name, groups):
    codebook = read_codebook(ROOT / "codebook" / "sam.yaml")
    for row in rows(name):
        transcript = groups[row["transcript"]]
        turn = transcript.turn(row["turn"])
        assert turn.text[row["start"] : row["end"]] == row["quote"], row
        assert transcript.is_participant(turn), row
        assert row["code"] in codebook, row
        assert row["stance"] in ("bevestigt", "ontkent"), row


@pytest.mark.parametrize("name", SETS)
def test_every_group_is_coded_and_nothing_twice(name, groups):
    found = rows(name)
    assert {row["transcript"] for row in found} == set(groups)
    keys = [(row["transcript"], row["turn"], row["code"], row["stance"]) for row in found]
    assert len(keys) == len(set(keys))


def test_the_adjudicated_set_follows_from_both_coders_and_the_decisions():
    def given(name: str) -> dict[tuple[object, object, object], set[object]]:
        stances: dict[tuple[object, object, object], set[object]] = {}
        for row in rows(name):
            stances.setdefault((row["transcript"], row["turn"], row["code"]), set()).add(row["stance"])
        return stances

    one, two, final = (given(name) for name in SETS)
    decided = {(row["transcript"], row["turn"], row["code"]): row for row in rows("adjudication")}
    for place in one.keys() | two.keys():
        if one.get(place) == two.get(place):
            assert final.get(place) == one[place], place
            continue
        decision = decided[place]
        assert len(str(decision["reason"]).split()) >= 3, place
        assert final.get(place, set()) == set((decision["decision"] or "").split("+")) - {""}, place
    assert set(decided) == {place for place in one.keys() | two.keys() if one.get(place) != two.get(place)}


def test_two_groups_of_each_wave_are_test_groups(groups):
    split = YAML(typ="safe").load(SAMPLES / "split.yaml")
    assert sorted([*split["development"], *split["test"]]) == sorted(groups)
    for side in ("development", "test"):
        waves = [groups[name].wave for name in split[side]]
        assert sorted(waves) == sorted([*dict.fromkeys(waves)] * 2)
        assert len(set(waves)) == 2
