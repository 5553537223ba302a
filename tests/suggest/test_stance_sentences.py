"""Spoken sentences with their stance, through the whole engine: lists that the cues saw and one that they did not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.language.words import yaml
from codering.patterns import Word
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Role, Speaker, Transcript, Turn

LISTS = yaml(Path(__file__).parent / "data" / "stance.yaml")


@cache
def suggester(about: str) -> RuleSuggester:
    rule = Rule("t.r", "", Word((about,)), weight=1.0)
    return RuleSuggester(Codebook("b", Label("b", "b"), (Theme(Code("t", Label("t", "t"), "", "t", rules=(rule,))),)))


def heard(sentence: dict[str, str]) -> str:
    """The stance that is read, or why there is none."""
    texts = [("M", sentence["question"])] if "question" in sentence else []
    turns = tuple(Turn(n, who, text) for n, (who, text) in enumerate([*texts, ("P", sentence["text"])], start=1))
    speakers = (Speaker("P"), *(Speaker(who, Role.MODERATOR) for who, _ in texts))
    found = suggester(sentence["about"]).suggest([Transcript("a", turns, speakers)])
    return found[0].stance.value if found else "nothing"


def cases(name: str) -> list[object]:
    failing = pytest.mark.xfail(reason="the cues do not hear this")
    return [pytest.param(one, id=one["text"], marks=[failing] if one.get("fails") else []) for one in LISTS[name]]


@pytest.mark.parametrize("sentence", [*cases("first"), *cases("second"), *cases("held_out")])
def test_stance(sentence):
    assert heard(sentence) == sentence["stance"]


def test_the_lists_are_long_and_varied():
    for name, sentences in LISTS.items():
        assert len(sentences) >= 60, name
        assert len({one["text"] for one in sentences}) == len(sentences)
        for stance in ("bevestigt", "ontkent"):
            assert sum(one["stance"] == stance for one in sentences) >= 20, (name, stance)
