from __future__ import annotations

import pytest

from codering.errors import CoderingError
from codering.practice import Level, Settings, draw, exercise_from, shared_code
from codering.practice.exercises import hardness
from tests.practice.helpers import mark, material


def test_the_same_code_draws_the_same_turns_and_another_seed_others():
    made = material()
    first = draw(made, Settings(("load",), 5, Level.MIXED, 7))
    assert exercise_from(made, first.code) == first
    assert exercise_from(made, first.code.lower().replace("-", " ")) == first
    assert len({draw(made, Settings(("load",), 5, seed=seed)).places for seed in range(20)}) > 10


def test_all_themes_are_meant_where_none_is_named():
    made = material()
    assert set(exercise_from(made, draw(made, Settings()).code).settings.themes) == {"load", "style"}


@pytest.mark.parametrize("typed", ["", "nonsense", "ABCD-EFGH", "CEFA-AAIA-BRO6-RHY1", "\u00e9\u00e9n"])
def test_a_mistyped_code_is_said(typed):
    with pytest.raises(CoderingError, match="is not the code of an exercise"):
        exercise_from(material(), typed)


def test_every_single_typing_error_is_found_or_names_another_exercise():
    made = material()
    code = shared_code(made, Settings(("load",), 5))
    found = 0
    for index, character in enumerate(code):
        if character != "-":
            typed = code[:index] + ("A" if character != "A" else "B") + code[index + 1 :]
            try:
                assert exercise_from(made, typed).code != code
            except CoderingError:
                found += 1
    assert found >= 8


def test_a_code_of_another_project_is_said():
    code = shared_code(material(), Settings())
    made = material()
    made.right["noord", 6] = (mark("noord", 6, "many"),)
    with pytest.raises(CoderingError, match="another project"):
        exercise_from(made, code)


def test_a_draw_is_balanced():
    made = material(obvious=[(("zuid", 6), "many")])
    chosen = draw(made, Settings(("load",), 5)).places
    carried = [made.carried(place) for place in chosen]
    assert sum(bool(codes.keys() & {"many", "busy"}) for codes in carried) == 3
    assert len(set(chosen)) == 5
    # A near miss: another theme's turn, or one that a rule takes for the theme.
    assert {("zuid", 4), ("zuid", 6)} & set(chosen)


def test_codes_get_their_turn_evenly():
    made = material()
    codes = [code for place in draw(made, Settings(("load",), 6)).places for code in made.carried(place)]
    assert abs(codes.count("many") - codes.count("busy")) <= 1


def test_hard_turns_come_first_if_asked():
    disputed = {"A": {("zuid", 2): (mark("zuid", 2, "many"),)}, "B": {("zuid", 2): ()}}
    made = material(others=disputed, obvious=[(("noord", 2), "many"), (("zuid", 3), "busy")])
    themes = frozenset({"load"})
    assert [hardness(made, ("zuid", 2), themes), hardness(made, ("noord", 2), themes)] == [2, 0]
    assert hardness(made, ("noord", 4), themes) == 1, "said in words that no rule knows"
    hard = draw(made, Settings(("load",), 2, Level.HARD))
    assert ("zuid", 2) in hard.places
    assert ("zuid", 2) not in draw(made, Settings(("load",), 2, Level.EASY)).places


@pytest.mark.parametrize(("settings", "said"), [(Settings(("weg",)), "no theme weg"), (Settings(size=0), "1 to 100")])
def test_what_cannot_be_drawn_is_said(settings, said):
    with pytest.raises(CoderingError, match=said):
        draw(material(), settings)


def test_more_turns_than_there_are_gives_all():
    made = material()
    assert sorted(draw(made, Settings(size=100)).places) == sorted(made.right)
