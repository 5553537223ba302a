from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from codering.analysis.bridging import bridge
from codering.analysis.differences import TOO_FEW_FOR_INTERVAL, difference_intervals
from codering.analysis.panels import panel
from codering.analysis.wave_chance import conclusion, verdict
from codering.analysis.wave_courses import recurrences, trends, usual_recurring
from codering.analysis.wave_sheets import on_screen, on_sheets
from codering.analysis.wave_tables import WaveResults, wave_tables
from codering.analysis.waves import Pattern, Rule, compare_waves, pattern_of
from codering.codebooks import Code, Codebook, Label, Theme
from codering.codings import Coding, Stance
from codering.errors import CoderingError
from codering.transcripts import Segment, Speaker, Transcript, Turn

CODES = ("druk", "tijd", "regels")
BOOK = Codebook(
    "boek",
    Label("Boek", "Book"),
    (
        Theme(
            Code("last", Label("Last", "Load"), "", "last"),
            tuple(Code(c, Label(c.title(), c.upper()), "", "last") for c in CODES),
        ),
    ),
)
PEOPLE = 5


def world(said: dict[str, dict[str, list[int]]], *, people: int = PEOPLE, deny: bool = False):
    """A project: by wave, by code, how many of the participants of each place confirm it."""
    transcripts, codings = [], []
    for number, (wave, codes) in enumerate(said.items()):
        for place in range(len(next(iter(codes.values())))):
            name = f"{wave}-{place}"
            turns = tuple(Turn(i, f"S{i}", "Dat is bij ons een zorg.") for i in range(1, people + 1))
            speakers = tuple(Speaker(turn.speaker) for turn in turns)
            held = Transcript(name, turns, speakers, wave=wave, group=f"plaats {place}", date=f"20{20 + number}-01-01")
            transcripts.append(held)
            for code, counts in codes.items():
                stance = Stance.DENIES if deny else Stance.CONFIRMS
                for turn in turns[: counts[place]]:
                    codings.append(Coding(held.whole(turn), code, stance, "c", "i", "d", "added"))
    return tuple(transcripts), tuple(codings)


def laid(said, *, alone=False, **how):
    transcripts, codings = world(said, **how)
    if alone:
        transcripts = tuple(
            Transcript(t.name, t.turns, t.speakers, wave=t.wave, group=t.name, date=t.date) for t in transcripts
        )
    return panel(transcripts, bridge(transcripts, BOOK, codings, {}))


def changes(said, **how):
    (one,) = compare_waves(laid(said, **how), resamples=400)
    return {change.topic.id: change for change in one.changes}, one


SAID = {
    "1": {"druk": [3, 4, 5, 4], "tijd": [0, 0, 0, 0], "regels": [1, 1, 1, 2]},
    "2": {"druk": [0, 0, 0, 0], "tijd": [4, 5, 3, 4], "regels": [1, 2, 1, 1]},
}


def test_patterns_follow_from_the_counts():
    found, one = changes(SAID)
    assert {c: found[c].pattern for c in CODES} == {
        "druk": Pattern.GONE,
        "tijd": Pattern.NEW,
        "regels": Pattern.PERSISTENT,
    }
    assert found["last"].pattern is Pattern.ABSENT
    tijd = found["tijd"]
    assert (tijd.before.participants, tijd.after.participants, tijd.after.of_participants) == (0, 16, 20)
    assert (tijd.after.groups, tijd.after.of_groups, tijd.rose, tijd.fell) == (4, 4, 4, 0)
    assert tijd.difference == pytest.approx(0.8)
    assert one.paired == ("plaats 0", "plaats 1", "plaats 2", "plaats 3")


def test_with_four_places_nothing_is_concluded_however_clear_it_looks():
    found, one = changes(SAID)
    assert not one.can_conclude
    assert one.smallest_p == found["tijd"].p_together == 2 / 16
    assert "nothing can be concluded" in str(conclusion(one))
    assert "Too few groups" in str(verdict(found["tijd"], one))
    assert found["tijd"].interval.reason == TOO_FEW_FOR_INTERVAL


def test_with_eight_places_a_clear_change_is_more_than_chance_and_a_small_one_is_not():
    said = {wave: {code: counts * 2 for code, counts in codes.items()} for wave, codes in SAID.items()}
    found, one = changes(said)
    assert one.can_conclude
    assert found["tijd"].p_together == pytest.approx(2 / 2**8)
    assert "More than" in str(verdict(found["tijd"], one))
    assert "Could be" in str(verdict(found["regels"], one))
    assert found["tijd"].interval.low > 0.5
    assert found["regels"].interval.low < 0 < found["regels"].interval.high


def test_places_that_differ_are_dealt_freely():
    found, one = changes(SAID, alone=True)
    assert one.paired == ()
    assert one.dealt == math.comb(8, 4)
    assert (found["tijd"].rose, found["tijd"].fell) == (None, None)
    assert one.smallest_p == found["tijd"].p == 2 / 70


def test_three_waves_make_two_comparisons_and_both_pay_for_it():
    said = {**SAID, "3": SAID["2"]}
    first, second = compare_waves(laid(said), resamples=200)
    assert (first.before, first.after, second.before, second.after) == ("1", "2", "2", "3")
    assert first.smallest_p == 2 * 2 / 16
    (alone,) = compare_waves(laid(SAID), resamples=200)
    for both, once in zip(first.changes, alone.changes, strict=True):
        assert both.p_together == pytest.approx(min(2 * once.p_together, 1.0), nan_ok=True)


def test_a_group_without_a_date_does_not_turn_the_waves_round():
    transcripts, codings = world(SAID)
    *others, last = transcripts
    held = (*others, replace(last, date=None))
    whole = panel(held, bridge(held, BOOK, codings, {}))
    assert whole.waves == ("1", "2")
    (one,) = compare_waves(whole, resamples=50)
    assert {change.topic.id: change.pattern for change in one.changes}["tijd"] is Pattern.NEW


def test_a_group_of_no_place_is_left_out_by_itself_and_by_its_own_name():
    transcripts, codings = world({"1": {"druk": [0, 0, 0, 0]}, "2": {"druk": [3, 3, 0, 0]}})
    held = tuple(replace(t, group=None) if t.name in ("2-1", "2-2") else t for t in transcripts)
    (one,) = compare_waves(panel(held, bridge(held, BOOK, codings, {})), resamples=50)
    found = {change.topic.id: change for change in one.changes}["druk"]
    assert found.pattern is Pattern.NEW
    assert found.leans_on == ("plaats 0", "2-1")


def test_a_difference_in_which_nothing_varies_has_no_interval():
    found, _ = changes({"1": {"druk": [0] * 5}, "2": {"druk": [PEOPLE] * 5}})
    assert found["druk"].difference == 1
    assert math.isnan(found["druk"].interval.low)
    assert "nobody or everybody" in str(found["druk"].interval.reason)
    found, _ = changes({"1": {"druk": [0] * 5}, "2": {"druk": [PEOPLE] * 4 + [1]}})
    assert 0.3 < found["druk"].interval.low < found["druk"].interval.high


def test_a_pattern_that_leans_on_one_place_says_which():
    found, _ = changes({"1": {"druk": [0, 0, 0, 0]}, "2": {"druk": [3, 3, 0, 0]}})
    assert found["druk"].pattern is Pattern.NEW
    assert found["druk"].leans_on == ("plaats 0", "plaats 1")
    found, _ = changes(SAID)
    assert found["tijd"].leans_on == ()


def test_denial_is_not_confirmation():
    found, _ = changes(SAID, deny=True)
    assert found["tijd"].pattern is Pattern.ABSENT
    assert found["tijd"].after.denied == 16


@pytest.mark.parametrize(
    ("there", "heard", "difference", "pattern"),
    [
        ((False, True), (False, True), 0.05, Pattern.NEW),
        ((False, True), (True, True), 0.15, Pattern.GROWING),
        ((False, True), (True, True), 0.05, Pattern.INCIDENTAL),
        ((True, True), (True, True), 0.3, Pattern.GROWING),
        ((True, True), (True, True), 0.14, Pattern.PERSISTENT),
        ((True, True), (True, True), -0.15, Pattern.FADING),
        ((True, False), (True, True), -0.3, Pattern.FADING),
        ((True, False), (True, False), -0.05, Pattern.GONE),
        ((False, False), (True, True), 0.3, Pattern.INCIDENTAL),
        ((False, False), (False, False), 0.0, Pattern.ABSENT),
    ],
)
def test_pattern(there, heard, difference, pattern):
    assert pattern_of(there, heard, difference, Rule()) is pattern


def test_the_rule_is_the_analysts():
    assert Rule(groups=0.5).needed(5) == 3
    assert Rule(groups=0).needed(5) == 1
    found, _ = changes({"1": {"druk": [1, 1, 1, 1]}, "2": {"druk": [2, 1, 1, 1]}})
    assert found["druk"].pattern is Pattern.PERSISTENT
    (one,) = compare_waves(laid({"1": {"druk": [1, 1, 1, 1]}, "2": {"druk": [2, 1, 1, 1]}}), rule=Rule(step=0.05))
    assert {c.topic.id: c.pattern for c in one.changes}["druk"] is Pattern.GROWING


def test_recurring_is_k_groups_in_m_waves_in_a_row():
    said = {
        "1": {"druk": [1, 1, 0], "tijd": [1, 1, 1]},
        "2": {"druk": [1, 1, 1], "tijd": [0, 0, 1]},
        "3": {"druk": [0, 0, 0], "tijd": [1, 1, 0]},
    }
    found = {one.topic.id: one for one in recurrences(laid(said), groups=2, waves=2)}
    assert (found["druk"].groups, found["druk"].longest, found["druk"].recurring) == ((2, 3, 0), 2, True)
    assert (found["tijd"].groups, found["tijd"].longest, found["tijd"].recurring) == ((3, 1, 2), 1, False)
    assert usual_recurring(laid(said), Rule()) == (2, 2)


@pytest.mark.parametrize(("groups", "waves"), [(0, 2), (1, 0), (1, 3)])
def test_a_rule_that_cannot_be_met_is_refused(groups, waves):
    with pytest.raises(CoderingError, match="Recurring"):
        recurrences(laid(SAID), groups=groups, waves=waves)


def test_one_wave_is_nothing_to_compare():
    transcripts, codings = world({"1": SAID["1"]})
    with pytest.raises(CoderingError, match="this project has 1"):
        panel(transcripts, bridge(transcripts, BOOK, codings, {}))


def test_a_code_of_later_is_not_new_but_unknown():
    before = Codebook("boek", BOOK.label, (Theme(BOOK.themes[0].own, BOOK.themes[0].codes[:1]),))
    transcripts, codings = world(SAID)
    coded_with = {t.name: before for t in transcripts if t.wave == "1"}
    whole = panel(transcripts, bridge(transcripts, BOOK, codings, coded_with))
    (one,) = compare_waves(whole, resamples=200)
    found = {change.topic.id: change for change in one.changes}
    assert found["tijd"].pattern is Pattern.UNKNOWN
    assert math.isnan(found["tijd"].p)
    assert found["druk"].pattern is Pattern.GONE
    recurring = {r.topic.id: r for r in recurrences(whole, groups=1, waves=2)}
    assert recurring["tijd"].groups == (None, 4)
    assert not recurring["tijd"].recurring


def test_who_only_agrees_and_who_has_no_wave_do_not_count():
    transcripts, codings = world(SAID)
    extra = Transcript("los", (Turn(1, "A", "Ja, precies."),), (Speaker("A"),))
    nodding = Transcript("knik", (Turn(1, "A", "Ja, precies."),), (Speaker("A"),), wave="2", date="2021-02-01")
    nod = Coding(Segment("knik", 1, 0, 2), "druk", Stance.CONFIRMS, "c", "i", "d", "added")
    everything = (*transcripts, extra, nodding)
    whole = panel(everything, bridge(everything, BOOK, (*codings, nod), {}))
    assert whole.left_out == ("los",)
    column = [topic.id for topic in whole.topics].index("druk")
    assert whole.in_wave(column, 1).participants == 0
    assert whole.in_wave(column, 1).of_participants == 21


def by_hand(before: list[int], after: list[int], people: int, paired: bool) -> tuple[float, float]:
    """The interval of one difference, one draw at a time."""
    generator = np.random.default_rng(11)
    values = []
    for _ in range(3000):
        first = generator.integers(0, len(before), len(before))
        second = first if paired else generator.integers(0, len(after), len(after))
        shares = []
        for counts, drawn in ((before, first), (after, second)):
            hits = sum(int(generator.binomial(people, counts[i] / people)) for i in drawn)
            shares.append(hits / (people * len(drawn)))
        values.append(shares[1] - shares[0])
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


@pytest.mark.parametrize("paired", [True, False])
def test_intervals_of_differences_are_those_of_an_independent_implementation(paired):
    before, after = [1, 2, 0, 3, 1, 2, 4, 1], [3, 2, 4, 3, 1, 5, 5, 2]
    whole = laid({"1": {"druk": before}, "2": {"druk": after}}, alone=not paired)
    places = tuple(dict.fromkeys(whole.places)) if paired else ()
    rows = np.arange(len(whole.transcripts))
    found = difference_intervals(whole, rows, whole.wave_of.tolist(), places, resamples=3000)
    column = [topic.id for topic in whole.topics].index("druk")
    low, high = by_hand(before, after, PEOPLE, paired)
    assert found[column].low == pytest.approx(low, abs=0.04)
    assert found[column].high == pytest.approx(high, abs=0.04)


RISING = {
    "1": {"druk": [0, 0, 1, 0], "tijd": [2, 1, 3, 2], "regels": [4, 4, 3, 4]},
    "2": {"druk": [2, 2, 3, 1], "tijd": [2, 2, 1, 3], "regels": [2, 3, 2, 2]},
    "3": {"druk": [4, 5, 5, 4], "tijd": [1, 3, 2, 2], "regels": [0, 1, 0, 1]},
}


def test_over_three_waves_even_four_places_can_show_a_trend():
    whole = laid(RISING)
    found = trends(whole)
    assert found is not None
    assert (found.dealt, found.exact, found.smallest_p) == (6**4, True, 2 / 6**4)
    by_topic = {one.topic.id: one for one in found.trends}
    shares = [wave.share for wave in by_topic["druk"].waves]
    assert shares == [0.05, 0.4, 0.9]
    assert by_topic["druk"].slope == pytest.approx(np.polyfit([0, 1, 2], shares, 1)[0])
    assert by_topic["druk"].p_together <= 0.05
    assert by_topic["regels"].slope < 0
    assert by_topic["regels"].p_together <= 0.05
    assert by_topic["tijd"].p_together > 0.5
    assert math.isnan(by_topic["last"].p)


def test_two_waves_have_no_trend_and_a_topic_of_later_has_none():
    assert trends(laid(SAID)) is None
    before = Codebook("boek", BOOK.label, (Theme(BOOK.themes[0].own, BOOK.themes[0].codes[:1]),))
    transcripts, codings = world(RISING)
    coded_with = {t.name: before for t in transcripts if t.wave == "1"}
    found = trends(panel(transcripts, bridge(transcripts, BOOK, codings, coded_with)))
    assert found is not None
    by_topic = {one.topic.id: one for one in found.trends}
    assert math.isnan(by_topic["tijd"].slope)
    assert by_topic["druk"].p_together <= 0.05


def test_the_tables_of_three_waves_have_a_trend_with_what_can_be_concluded():
    whole = laid(RISING)
    results = WaveResults(
        whole, compare_waves(whole), recurrences(whole, groups=2, waves=2), Rule(), (2, 2), (), (), trends(whole)
    )
    tables = {table.key: table for table in wave_tables(results, BOOK, language="en")}
    assert list(tables) == ["waves_1", "waves_2", "trends", "recurring", "by_wave"]
    assert "2 differences" in str(tables["trends"].notes[0])
    assert [row[2] for row in tables["trends"].rows] == ["druk", "regels", "tijd"]
    assert "nothing can be concluded" in str(tables["waves_1"].notes[0])
    assert [table.key for table in on_screen(tuple(tables.values()), results)] == [
        "waves_1",
        "waves_2",
        "trends",
        "recurring",
    ]


def results_of(panel_):
    return WaveResults(
        panel_, compare_waves(panel_, resamples=50), recurrences(panel_, groups=2, waves=2), Rule(), (2, 2), (), ()
    )


def test_a_sheet_of_a_comparison_fits_a_page_and_chance_has_one_of_its_own():
    three = {**SAID, "3": SAID["1"]}
    held = results_of(laid(three))
    tables = wave_tables(held, BOOK, language="nl")
    sheets = on_sheets(tables, held)
    assert [one.key for one in sheets][:3] == ["waves_1", "waves_2", "chance"]
    assert all(len(one.columns) <= 14 for one in sheets)
    (chance,) = [list(one.records()) for one in sheets if one.key == "chance"]
    whole = [row for table in tables if table.key.startswith("waves_") for row in table.records()]
    keys = ("label", "before", "after", "denied_0", "denied_1", "p", "p_together", "verdict")
    assert [[row[key] for key in keys] for row in chance] == [[row[key] for key in keys] for row in whole]
    shown = {column.key for one in sheets[:3] for column in one.columns}
    told = {"before", "after", "of_participants_0", "of_participants_1"}
    assert {column.key for column in tables[0].columns} - shown <= told, "nothing is lost but what the headings say"


def test_how_p_came_about_is_said_on_the_sheet_where_p_stands():
    held = results_of(laid(SAID))
    effects, chance = on_sheets(wave_tables(held, BOOK, language="nl"), held)[:2]
    assert not any(str(note).startswith("p:") for note in effects.notes)
    assert any(str(note).startswith("p:") for note in chance.notes)


def test_an_undefined_p_is_undefined_on_its_sheet_and_not_empty():
    """Of what was read in part there are no p-values: an empty cell would say nothing."""
    held = results_of(laid(SAID))
    undefined = replace(
        held,
        comparisons=tuple(
            replace(one, changes=tuple(replace(change, p=math.nan, p_together=math.nan) for change in one.changes))
            for one in held.comparisons
        ),
    )
    (chance,) = [t for t in on_sheets(wave_tables(undefined, BOOK, language="nl"), undefined) if t.key == "chance"]
    keys = [column.key for column in chance.columns]
    assert all(math.isnan(row[keys.index("p")]) for row in chance.rows)


def test_groups_of_one_place_in_one_wave_are_said_to_be_taken_as_independent():
    transcripts, codings = world(SAID)
    held = tuple(
        Transcript(
            t.name, t.turns, t.speakers, wave=t.wave, group="Zelfde" if t.name[-1] in "01" else t.group, date=t.date
        )
        for t in transcripts
    )
    notes = wave_tables(results_of(panel(held, bridge(held, BOOK, codings, {}))), BOOK, language="nl")[0].notes
    assert any("(Zelfde)" in str(note) and "p is too small" in str(note) for note in notes)
    apart = wave_tables(results_of(laid(SAID)), BOOK, language="nl")[0].notes
    assert not any("p is too small" in str(note) for note in apart)
