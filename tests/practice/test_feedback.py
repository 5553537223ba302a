from __future__ import annotations

from dataclasses import replace

from codering.practice import Feedback, Likeness, explain
from codering.practice.criteria import (
    AGREEMENT,
    DENIED,
    DOING_AND_MINDING,
    MOST_SPECIFIC,
    NO_AGREEMENT,
    ONLY_MENTIONED,
    SAME_WORDS,
    THEN_AND_NOW,
)
from tests.practice.helpers import NO, YES, mark, material


def feedback(place, *given, **more) -> Feedback:
    made = material(**more)
    return explain(made, Likeness(made), place, given, "en")


def rules(heard: Feedback) -> list[object]:
    return [reason.what for one in heard.explained for reason in one.because if not reason.text]


def texts(heard: Feedback) -> list[str]:
    return [f"{reason.what}: {reason.text}" for one in heard.explained for reason in one.because]


def test_what_is_right_needs_no_reasons():
    heard = feedback(("noord", 2), mark("noord", 2, "many"))
    assert heard.right
    assert str(heard.verdict) == "Right."
    assert texts(heard) == []
    assert str(feedback(("noord", 6)).verdict) == "Right: this turn carries no code."


def test_a_missed_code_gets_the_line_that_fits_its_definition_and_two_similar_turns():
    heard = feedback(("noord", 2))
    assert not heard.right
    assert texts(heard) == ["It belongs to MANY: een lange lijst met namen", "Definition of MANY: Te veel mensen."]
    (similar,) = heard.explained[0].similar
    assert (similar.place, similar.words) == (("zuid", 2), "Mijn lijst met namen wordt steeds langer.")


def test_the_reason_of_the_reference_comes_first():
    heard = feedback(("noord", 2), reasons={(("noord", 2), "many"): "Te veel namen."})
    assert texts(heard)[0] == "Reason of the reference: Te veel namen."
    heard = feedback(("noord", 2), notes={("noord", 2): ("Lang over gepraat.",)})
    assert texts(heard)[0] == "The reference noted at this turn: Lang over gepraat."


def test_a_missed_short_agreement_is_explained_by_rule_5():
    assert AGREEMENT in rules(feedback(("noord", 3)))
    assert NO_AGREEMENT not in rules(feedback(("noord", 2)))


def test_an_agreement_coded_for_nothing_is_explained_by_rule_5():
    assert NO_AGREEMENT in rules(feedback(("noord", 6), mark("noord", 6, "strict")))


def test_a_missed_denial_is_explained_by_rule_4_and_shows_the_cue():
    heard = feedback(("zuid", 5), cues={(("zuid", 5), "busy"): "valt mee"})
    assert DENIED in rules(heard)
    assert "These words deny it: valt mee" in texts(heard)


def test_a_wrong_stance_is_explained_by_the_rule_that_applies():
    assert rules(feedback(("zuid", 5), mark("zuid", 5, "busy", YES))) == [DENIED]
    assert rules(feedback(("noord", 5), mark("noord", 5, "busy", YES))) == [THEN_AND_NOW]
    heard = feedback(("zuid", 3), mark("zuid", 3, "busy", NO))
    assert rules(heard) == [DOING_AND_MINDING]
    assert "denies" not in str(heard.explained[0].verdict)


def test_of_two_stances_the_verdict_says_which_one_holds():
    heard = feedback(("zuid", 5), mark("zuid", 5, "busy", YES), mark("zuid", 5, "busy", NO))
    assert "right, but only that the speaker denies it" in str(heard.explained[0].verdict)


def test_a_term_that_is_only_mentioned_is_explained_by_rule_3():
    heard = feedback(("zuid", 6), mark("zuid", 6, "many"))
    assert ONLY_MENTIONED in rules(heard)


def test_one_word_in_common_does_not_make_a_term_that_is_only_mentioned():
    given = mark("noord", 5, "many")
    made = material()
    bare = replace(made, right={**made.right, ("noord", 5): ()})
    heard = explain(bare, Likeness(bare), ("noord", 5), (replace(given, code="busy"),), "en")
    assert ONLY_MENTIONED not in rules(heard), "only 'rennen' is shared with a line of BUSY"


def test_an_example_is_a_confirmation_before_it_is_a_denial_and_a_denial_says_so():
    made = material()
    bare = replace(made, right={**made.right, ("noord", 5): ()})
    likeness = Likeness(bare)
    assert likeness.nearest(("noord", 5), [("zuid", 3), ("zuid", 5)], 1) == (("zuid", 5),), "the denial is nearer"
    (heard,) = explain(bare, likeness, ("noord", 5), (mark("noord", 5, "busy"),), "en").explained
    assert [(one.place, str(one.why)) for one in heard.similar] == [
        (("zuid", 3), "Here it is BUSY."),
        (("zuid", 5), "Here it is BUSY, and the speaker denies it."),
    ]


def test_an_example_says_something_by_itself_before_it_is_near():
    made = material()
    some = "De lijst met namen van het feest ligt klaar."
    assert len(some.split()) > 8
    marks = (mark("zuid", 6, "many"),)
    told = replace(made, right={**made.right, ("zuid", 6): marks})
    likeness = Likeness(told)
    assert likeness.nearest(("noord", 2), [("zuid", 2), ("zuid", 6)], 1) == (("zuid", 2),), "the short one is nearer"
    (heard,) = explain(told, likeness, ("noord", 2), (), "en").explained
    assert [one.place for one in heard.similar] == [("zuid", 6), ("zuid", 2)]


def test_a_sibling_is_explained_by_the_line_that_names_it_and_shows_one_of_each():
    heard = feedback(("noord", 4), mark("noord", 4, "many"))
    assert "It does not belong to MANY: Rennen en vliegen \u2192 ‘BUSY’" in texts(heard)
    assert "Not MANY but BUSY" in str(heard.explained[0].verdict)
    assert [similar.place for similar in heard.explained[0].similar] == [("zuid", 3), ("zuid", 2)]


def test_the_theme_in_place_of_a_code_is_explained_by_rule_6():
    assert rules(feedback(("noord", 2), mark("noord", 2, "load")))[0] == MOST_SPECIFIC


def test_the_theme_beside_one_of_its_codes_is_explained_by_rule_6():
    heard = feedback(("noord", 2), mark("noord", 2, "many"), mark("noord", 2, "load"))
    assert rules(heard) == [MOST_SPECIFIC]


def test_other_words_are_explained_by_rule_1():
    assert rules(feedback(("noord", 4), mark("noord", 4, "busy", start=20, end=30))) == [SAME_WORDS]


def test_a_disputed_turn_says_so_and_what_was_decided():
    place = ("noord", 2)
    others = {"A": {place: (mark(*place, "many"),)}, "B": {place: ()}}
    heard = feedback(place, others=others)
    assert heard.right
    assert "open to discussion" in str(heard.verdict)
    assert "The decision was: MANY, confirms." in str(heard.explained[0].verdict)


def test_similar_turns_come_from_other_transcripts():
    made = material()
    likeness = Likeness(made)
    assert all(place[0] == "zuid" for place in likeness.nearest(("noord", 2), made.right, 9))
    assert likeness.nearest(("noord", 2), made.right, 1) in {(("zuid", 2),), (("zuid", 6),)}
