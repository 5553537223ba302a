"""Every example of every cue, through the whole engine."""

from __future__ import annotations

import pytest

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.language.cues import cues
from codering.patterns import Word
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Speaker, Transcript, Turn

EXAMPLES = [(cue.id, example) for cue in cues() for example in cue.examples]


def suggest_about(word: str, text: str):
    rule = Rule("t.r", "", Word((word,)), weight=1.0)
    code = Code("t", Label("t", "t"), "", "t", rules=(rule,))
    book = Codebook("b", Label("b", "b"), (Theme(code),))
    transcript = Transcript("a", (Turn(1, "P", text),), (Speaker("P"),))
    return RuleSuggester(book).suggest([transcript])


@pytest.mark.parametrize(("cue", "example"), EXAMPLES, ids=[f"{cue}-{e.text}" for cue, e in EXAMPLES])
def test_example_has_its_stance(cue, example):
    (suggestion,) = suggest_about(example.about, example.text)
    assert suggestion.stance is example.stance
