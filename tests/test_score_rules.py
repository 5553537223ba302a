"""The tool that scores rules on coded groups."""

from __future__ import annotations

import json

import numpy as np
import pytest

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.patterns import Word
from codering.transcripts import Role, Speaker, Transcript, Turn
from tools.score_rules import Corpus, extra, keyworded, lines, precision, recall, samples, without_stance


def talk(name, *texts):
    turns = tuple(Turn(n, "M" if text.startswith("M:") else "P", text) for n, text in enumerate(texts, 1))
    return Transcript(name, turns, (Speaker("P"), Speaker("M", Role.MODERATOR)))


def test_precision_and_recall_count_claims():
    table = np.array([[1, 1, 1, 0], [1, 0, 0, 1]], dtype=float)
    assert (float(precision(table)), float(recall(table))) == (1 / 3, 1 / 2)
    assert np.isnan(precision(np.array([[0.0], [1.0]])))


def test_keywords_begin_a_word_and_never_count_for_the_moderator():
    corpus = [talk("a", "M: Targets?", "Onze targets.", "Een subtarget.", "TARGET")]
    assert keyworded({"t": ["target"]}, corpus) == {("a", 2, "t", "bevestigt"), ("a", 4, "t", "bevestigt")}


def test_a_table_has_rules_keywords_and_scores_of_a_theme():
    code = Code("c", Label("c", "c"), "", "t", rules=(Rule("c.r", "", Word(("rood",))),))
    book = Codebook("b", Label("b", "b"), (Theme(Code("t", Label("t", "t"), "", "t"), (code,), core=True),))
    groups = tuple(talk(name, "rood", "blauw", "niet rood") for name in "abc")
    wanted = frozenset((name, turn, "c", "bevestigt") for name in "abc" for turn in (1, 2, 3))
    rows = [line.split(" | ") for line in lines(book, Corpus("x", groups, wanted), codes=True)]
    by_name = {row[0].strip("| "): row for row in rows[2:] if row[1] == "rules"}
    assert by_name["core themes"][2:] == by_name["t"][2:]
    assert by_name["c"][5:] == ["3", "6", "9 |"]
    # Three groups with one right and one wrong claim each: the interval is wide, although the groups are alike.
    assert by_name["t"][2] == "0.50 (0.00–0.83)"
    regardless = [*lines(book, Corpus("x", groups, wanted), stance=False)]
    assert "| 6 | 6 | 9 |" in regardless[2]
    assert without_stance([("a", 1, "c", "ontkent")]) == {("a", 1, "c", "bevestigt")}


def test_an_extra_folder_is_split_as_it_says(tmp_path):
    for name in ("een", "twee"):
        (tmp_path / f"{name}.txt").write_text("[00:00:01] Anna: rood\n[00:00:02] Bert: blauw\n", encoding="utf-8")
        row = json.dumps({"turn": 2, "code": "c", "stance": "ontkent"})
        (tmp_path / f"{name}.jsonl").write_text(f"{row}\n", encoding="utf-8")
    (whole,) = extra(tmp_path).values()
    assert [transcript.name for transcript in whole.transcripts] == ["een", "twee"]
    assert ("een", 2, "c", "ontkent") in whole.reference
    (tmp_path / "split.yaml").write_text("development: [een]\ntest: [twee]\n", encoding="utf-8")
    split = extra(tmp_path)
    assert {part: [t.name for t in corpus.transcripts] for part, corpus in split.items()} == {
        "development": ["een"],
        "test": ["twee"],
    }


@pytest.mark.parametrize("part", ["development", "test"])
def test_the_samples_have_two_coders_and_a_reference(part):
    corpus = samples()[part]
    assert len(corpus.transcripts) == 4
    assert len(corpus.coders) == 2
    assert {claim[0] for claim in corpus.reference} >= {transcript.name for transcript in corpus.transcripts}
