from __future__ import annotations

from codering.practice import (
    Answer,
    Confusion,
    Settings,
    Sheet,
    Tally,
    confusions,
    next_codes,
    outcomes,
    shared_code,
    tallies,
)
from tests.practice.helpers import NO, mark, material


def sheet(made, student, *answers, themes=()):
    return Sheet(student, shared_code(made, Settings(themes)), tuple(Answer(place, marks) for place, marks in answers))


def test_codes_are_counted_with_what_went_wrong():
    made = material()
    found = outcomes(
        made,
        [
            sheet(
                made,
                "Sam",
                (("noord", 2), (mark("noord", 2, "many"),)),
                (("noord", 3), ()),
                (("noord", 4), (mark("noord", 4, "many"),)),
                (("zuid", 3), (mark("zuid", 3, "busy", NO),)),
                (("zuid", 6), (mark("zuid", 6, "many"),)),
            )
        ],
    )
    assert [outcome.right for outcome in found] == [True, False, False, False, False]
    assert tallies(made, found) == (
        Tally("many", asked=2, right=1, missed=1, stance=0, extra=2, disputed=0),
        Tally("busy", asked=2, right=0, missed=1, stance=1, extra=0, disputed=0),
    )
    assert next_codes(tallies(made, found)) == ("many", "busy")


def test_what_is_confused_with_what():
    made = material()
    found = outcomes(
        made,
        [
            sheet(made, name, (("noord", 4), (mark("noord", 4, "many"),)), (("noord", 2), ()))
            for name in ("Sam", "Noor")
        ],
    )
    assert confusions(found) == (
        Confusion("", "many", (("noord", 2), ("noord", 2)), 2),
        Confusion("many", "busy", (("noord", 4), ("noord", 4)), 2),
    )


def test_codes_of_other_themes_are_not_asked_for():
    made = material()
    found = outcomes(made, [sheet(made, "Sam", (("zuid", 4), ()), themes=("load",))])
    assert found[0].right
    assert tallies(made, found) == ()


def test_what_is_disputed_counts_for_nobody():
    place = ("noord", 2)
    made = material(others={"A": {place: (mark(*place, "many"),)}, "B": {place: ()}})
    found = outcomes(made, [sheet(made, "Sam", (place, ()))])
    assert tallies(made, found) == (Tally("many", 1, 0, 0, 0, 0, disputed=1),)
    assert next_codes(tallies(made, found)) == ()
    assert confusions(found) == ()
