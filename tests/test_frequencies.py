from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.analysis.frequencies import Measure, base, frequencies
from codering.analysis.frequency_tables import frequency_table, long_table, speaker_table, unit_table
from codering.analysis.intervals import Interval
from codering.codebooks import Change, Code, Codebook, Crossing, Label, Theme
from codering.codings import Coding, Stance
from codering.errors import Message
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn


def code(identity: str, theme: str) -> Code:
    return Code(identity, Label(identity.title(), identity.upper()), "", theme)


BOOK = Codebook(
    "boek",
    Label("Boek", "Book"),
    (
        Theme(code("last", "last"), (code("druk", "last"), code("tijd", "last"))),
        Theme(code("regels", "regels"), (code("streng", "regels"),)),
    ),
)


def group(name: str, *turns: tuple[str, str], wave: str | None = None) -> Transcript:
    speakers = dict.fromkeys(speaker for speaker, _ in turns)
    return Transcript(
        name,
        tuple(Turn(i, speaker, text) for i, (speaker, text) in enumerate(turns, start=1)),
        tuple(Speaker(s, Role.MODERATOR if s == "M" else Role.PARTICIPANT) for s in speakers),
        wave=wave,
        group=name[0],
    )


GROUPS = (
    group("a1", ("M", "hoe is de druk"), ("Ank", "een twee drie vier"), ("Bas", "vijf zes"), wave="lente"),
    group("b1", ("Ank", "zeven acht negen"), ("Bas", "tien"), wave="herfst"),
)


def coding(name: str, turn: int, start: int, end: int, what: str = "druk", stance: Stance = Stance.CONFIRMS) -> Coding:
    return Coding(Segment(name, turn, start, end), what, stance, "c", "i", "d", "added")


def test_the_base_is_what_participants_say():
    assert (base(GROUPS).turns, base(GROUPS).participants, base(GROUPS).groups, base(GROUPS).words) == (4, 4, 2, 10)


def test_a_turn_counts_once_for_its_theme_and_words_count_once():
    coded = (coding("a1", 2, 0, 7), coding("a1", 2, 4, 12, "tijd"), coding("a1", 2, 13, 17))
    (theme, *_) = frequencies(GROUPS, BOOK, coded)
    assert (theme.code, theme.mentions, theme.turns, theme.participants, theme.groups, theme.words) == (
        "last",
        3,
        1,
        1,
        1,
        4,
    )
    assert theme.share(Measure.TURNS) == 1 / 4


def test_denial_is_never_counted_as_experience():
    counted = frequencies(GROUPS, BOOK, [coding("a1", 3, 0, 4, stance=Stance.DENIES)])
    assert {f.stance: f.turns for f in counted if f.code == "last"} == {Stance.CONFIRMS: 0, Stance.DENIES: 1}


def test_the_same_name_in_two_groups_is_two_participants():
    coded = (coding("a1", 2, 0, 3), coding("b1", 1, 0, 5))
    (theme, *_) = frequencies(GROUPS, BOOK, coded)
    assert (theme.participants, theme.groups) == (2, 2)


def test_the_moderator_an_unknown_code_and_another_transcript_do_not_count():
    odd = (coding("a1", 1, 0, 3), coding("a1", 2, 0, 3, "weg"), coding("c9", 1, 0, 3))
    assert not any(f.turns for f in frequencies(GROUPS, BOOK, odd))


@pytest.mark.parametrize(
    ("change", "now", "code_level", "theme_level"),
    [
        (Change.RENAMED, ("druk",), "druk", "last"),
        (Change.SPLIT, ("druk", "tijd"), None, "last"),  # nobody can say which of the two, but the theme is sure
        (Change.SPLIT, ("druk", "streng"), None, None),
        (Change.REMOVED, (), None, None),
    ],
)
def test_a_code_of_an_earlier_version_counts_as_what_became_of_it(change, now, code_level, theme_level):
    today = replace(BOOK, crosswalk=(Crossing(change, ("oud",), now),))
    coded = (coding("a1", 2, 0, 3, "oud"),)
    for level, place in (("code", code_level), ("theme", theme_level)):
        found = {f.code for f in frequencies(GROUPS, today, coded, level=level) if f.participants}
        assert found == ({place} if place else set())


@pytest.mark.parametrize(
    ("by", "units"),
    [
        ("transcript", ["a1", "b1"]),
        ("group", ["a", "b"]),
        ("speaker", ["a1: Ank", "a1: Bas", "b1: Ank", "b1: Bas"]),
    ],
)
def test_units_stand_in_the_order_of_the_transcripts(by, units):
    counted = frequencies(GROUPS, BOOK, [coding("a1", 2, 0, 3)], level="code", by=by)
    assert list(dict.fromkeys(f.unit for f in counted)) == units
    hit = [f for f in counted if f.turns]
    assert [(f.unit, f.code) for f in hit] == [(units[0], "druk")]


def test_speakers_with_one_pseudonym_are_counted_apart():
    people = tuple(Speaker(name, pseudonym="P") for name in ("Ank", "Bas"))
    alike = Transcript("a1", (Turn(1, "Ank", "een"), Turn(2, "Bas", "twee")), people)
    counted = frequencies((alike,), BOOK, [coding("a1", 2, 0, 3)], level="code", by="speaker")
    assert {f.unit: f.base.participants for f in counted} == {"a1: P": 1, "a1: P (2)": 1}
    assert [f.unit for f in counted if f.turns] == ["a1: P (2)"]


def test_a_share_of_nothing_is_undefined():
    silent = (group("a1", ("M", "hallo")),)
    (first, *_) = frequencies(silent, BOOK, [])
    assert all(math.isnan(first.share(measure)) for measure in Measure)


def test_a_theme_of_its_own_counts_for_the_theme():
    (theme, *_) = frequencies(GROUPS, BOOK, [coding("a1", 2, 0, 3, "last")])
    assert theme.turns == 1


places = st.builds(
    lambda turn, start, length, what, stance: coding("a1", turn, start, start + length, what, stance),
    st.integers(2, 3),
    st.integers(0, 5),
    st.integers(1, 3),
    st.sampled_from(["druk", "tijd", "last", "streng"]),
    st.sampled_from(list(Stance)),
)


@given(st.lists(places, max_size=12))
def test_a_theme_lies_between_its_largest_code_and_the_sum_of_its_codes(coded):
    themes = {(f.code, f.stance): f for f in frequencies(GROUPS, BOOK, coded)}
    codes = frequencies(GROUPS, BOOK, coded, level="code")
    for (theme, stance), whole in themes.items():
        own = [f for f in codes if BOOK.theme_of(f.code).id == theme and f.stance is stance]
        assert max(f.turns for f in own) <= whole.turns <= min(sum(f.turns for f in own), whole.base.turns)
        assert whole.words <= whole.base.words
        assert whole.participants <= whole.turns


@given(st.lists(places, max_size=12))
def test_units_add_up_to_the_whole(coded):
    whole = frequencies(GROUPS, BOOK, coded)
    apart = frequencies(GROUPS, BOOK, coded, by="speaker")
    for f in whole:
        assert f.turns == sum(g.turns for g in apart if (g.code, g.stance) == (f.code, f.stance))


def test_tables_show_what_was_counted_and_in_which_language():
    counted = frequencies(GROUPS, BOOK, [coding("a1", 2, 0, 3)])
    table = frequency_table(
        counted, BOOK, level="theme", language="en", what=(Message("Codings."),), key="themes", title="Themes"
    )
    records = list(table.records())
    assert [record["theme"] for record in records] == ["LAST", "REGELS"]
    assert records[0]["turns"] == 1
    assert table.notes[0] == Message("Codings.")
    by_wave = frequencies(GROUPS, BOOK, [coding("a1", 2, 0, 3)], by="wave")
    units = unit_table(by_wave, BOOK, level="theme", language="nl", what=(Message("x"),), key="k", title="Themes")
    assert [column.label for column in units.columns] == ["Theme", "herfst (n = 2)", "lente (n = 2)"]
    assert units.rows == (("Last", 0, 1), ("Regels", 0, 0))


def test_waves_stand_in_the_order_of_their_dates():
    later, earlier = replace(GROUPS[0], date="2026-04-01"), replace(GROUPS[1], date="2025-10-01")
    units = dict.fromkeys(f.unit for f in frequencies((later, earlier), BOOK, [], by="wave"))
    assert list(units) == ["herfst", "lente"]
    undated = (replace(GROUPS[0], name="a2", date=None), replace(GROUPS[0], name="a3", wave=None))
    units = dict.fromkeys(f.unit for f in frequencies((*undated, later, earlier), BOOK, [], by="wave"))
    assert list(units) == ["herfst", "lente", ""]


def test_speakers_stand_in_rows_with_how_much_they_say():
    counted = frequencies(GROUPS, BOOK, [coding("a1", 2, 0, 3)], by="speaker")
    table = speaker_table(counted, BOOK, language="nl", what=(Message("x"),), key="k", title="Themes by speaker")
    assert table.rows[0] == ("a1", "Ank", 1, 4, 1, 0)
    assert [column.key for column in table.columns[-2:]] == ["last", "regels"]


TALK = (
    group(
        "a1",
        ("M", "Hoe is de druk?"),
        ("Ank", "Ik heb er honderdveertig."),
        ("Bas", "Ja, precies."),
        ("Ank", "En dan nog de bezwaren."),
        ("Ank", "En de telefoon."),
        ("Cor", "Veertig."),
    ),
    group("b1", ("Dina", "Bij ons valt het mee."), ("Ed", "Herkenbaar.")),
)


def test_who_talks_most_and_who_only_agrees_do_not_make_a_theme_larger():
    coded = [coding("a1", turn, 0, 4) for turn in (2, 3, 4, 5)] + [coding("b1", 2, 0, 4)]
    (theme, *_) = frequencies(TALK, BOOK, coded)
    assert (theme.participants, theme.assenting, theme.groups) == (1, 2, 1)
    assert (theme.turns, theme.mentions) == (5, 5)
    assert theme.share(Measure.PARTICIPANTS) == 1 / 5
    assert theme.share(Measure.GROUPS) == 1 / 2


def test_a_short_answer_of_ones_own_counts():
    (theme, *_) = frequencies(TALK, BOOK, [coding("a1", 6, 0, 7)])
    assert (theme.participants, theme.assenting) == (1, 0)


def test_passages_have_no_whole():
    (theme, *_) = frequencies(TALK, BOOK, [])
    assert theme.of(Measure.MENTIONS) is None
    assert {measure: theme.of(measure) for measure in Measure if measure is not Measure.MENTIONS} == {
        Measure.PARTICIPANTS: 5,
        Measure.GROUPS: 2,
        Measure.TURNS: 7,
        Measure.WORDS: 21,
    }


def test_intervals_stand_beside_the_share_and_their_absence_is_explained():
    counted = frequencies(GROUPS, BOOK, [coding("a1", 2, 0, 3)])
    why = Message("Because.")
    intervals = {"last": Interval(0.1, 0.6), "regels": Interval(reason=why)}
    table = frequency_table(
        counted, BOOK, level="theme", language="nl", what=(), key="k", title="Themes", intervals=intervals
    )
    first, second = table.records()
    assert (first["participants"], first["participants_share"], first["low"], first["high"]) == (1, 0.25, 0.1, 0.6)
    assert (second["low"], second["high"]) == (None, None)
    assert why in table.notes


def test_percentages_stand_beside_their_counts_and_below_their_base():
    counted = frequencies(GROUPS, BOOK, [coding("a1", 2, 0, 3)], by="wave")
    table = unit_table(counted, BOOK, level="theme", language="nl", what=(), key="k", title="Themes", shares=True)
    assert [column.label for column in table.columns[1:]] == [
        "herfst (n = 2)",
        "herfst (n = 2) %",
        "lente (n = 2)",
        "lente (n = 2) %",
    ]
    assert table.rows[0] == ("Last", 0, 0.0, 1, 0.5)


def test_a_table_for_publication_hides_cells_of_few_people_everywhere():
    counted = frequencies(TALK, BOOK, [coding("a1", 2, 0, 4)], by="transcript")
    wide = unit_table(
        counted, BOOK, level="theme", language="nl", what=(), key="k", title="Themes", suppress_below=2, shares=True
    )
    assert wide.rows == (("Last", "×", "×", "×", "×"), ("Regels", 0, 0.0, 0, 0.0))
    records = list(long_table(counted, BOOK, language="nl", what=(), suppress_below=2).records())
    hidden = [record for record in records if record["participants"] is None]
    assert {(record["id"], record["stance"]) for record in hidden} == {("last", "bevestigt")}
    assert [record["unit"] for record in hidden] == ["a1", "b1"], "with the zero shown, the total would tell the other"
    assert all(hidden[0][measure.value] is None for measure in Measure)
    assert sum(1 for record in records if record["participants"] == 0) == len(records) - 2
