"""The cues as data, and the reading of places; whole sentences are in tests/suggest/test_stance_cues.py."""

from __future__ import annotations

import pytest

from codering.codings import Stance
from codering.language.cues import NO_CUES, Cue, CueKind, FoundCue, cues, weighed
from codering.language.stance import PLAIN, Surroundings, read_stance


def found(kind, *words, before=5, after=5, core=None):
    cue = Cue(kind.value, kind, (), before, after, "", ())
    return FoundCue(cue, words, frozenset(core or words))


def one_sentence(length=20, clauses=None):
    return Surroundings([0] * length, clauses or [0] * length, [0, length], (0, length), frozenset())


def test_every_cue_has_source_examples_and_a_known_kind():
    assert len({cue.id for cue in cues()}) == len(cues())
    for cue in cues():
        assert cue.source, cue.id
        assert cue.says, cue.id
        assert cue.examples or cue.kind in {CueKind.CAUSE, CueKind.TERMINATOR}, cue.id


@pytest.mark.parametrize("kind", list(CueKind))
def test_every_kind_is_used(kind):
    assert any(cue.kind is kind for cue in cues())


def test_a_cue_that_the_rule_matched_denies_nothing():
    negation = weighed([found(CueKind.NEGATION, 3)])
    assert read_stance((3, 4), negation, one_sentence()).stance is Stance.CONFIRMS
    assert read_stance((4,), negation, one_sentence()).stance is Stance.DENIES


def test_a_negation_does_not_reach_over_punctuation():
    negation = weighed([found(CueKind.NEGATION, 3)])
    clauses = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert read_stance((4,), negation, one_sentence(10, clauses)).stance is Stance.CONFIRMS


def test_pseudo_negation_silences():
    cue = weighed([found(CueKind.NEGATION, 3), found(CueKind.PSEUDO, 3, 4)])
    assert cue is NO_CUES
    assert read_stance((5,), cue, one_sentence()) is PLAIN


def test_a_denial_of_a_denial_confirms():
    both = weighed([found(CueKind.CLAUSAL, 1, 2), found(CueKind.NEGATION, 4)])
    assert read_stance((5,), both, one_sentence()).stance is Stance.CONFIRMS


def test_two_negations_deny_once():
    both = weighed([found(CueKind.NEGATION, 2), found(CueKind.NEGATION, 6)])
    assert read_stance((4,), both, one_sentence()).stance is Stance.DENIES


def test_out_of_reach():
    negation = weighed([found(CueKind.NEGATION, 0, after=3)])
    assert read_stance((9,), negation, one_sentence()).stance is Stance.CONFIRMS
