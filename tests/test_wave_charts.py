from __future__ import annotations

import pytest

from codering.analysis.exploring_tables import cooccurrence_table, saturation_tables
from codering.analysis.wave_courses import recurrences
from codering.analysis.wave_tables import WaveResults, wave_tables
from codering.analysis.waves import Rule, compare_waves
from codering.exporters import wave_charts
from codering.exporters.charts import as_svg
from codering.exporters.palette import DARK, LIGHT
from codering.texts import Texts
from tests.test_saturation import BOOK as LETTERS_BOOK
from tests.test_saturation import assessed
from tests.test_waves import BOOK, SAID, laid

T = Texts("nl")


def values(chart):
    return chart.to_dict()["data"]["values"]


@pytest.fixture(scope="module")
def tables():
    panel = laid(SAID)
    results = WaveResults(panel, compare_waves(panel), recurrences(panel, groups=2, waves=2), Rule(), (2, 2), (), ())
    return {table.key: table for table in wave_tables(results, BOOK, language="nl")}


def test_changes_are_drawn_with_their_counts_and_patterns_in_words(tables):
    rows = {row["id"]: row for row in values(wave_charts.changes(tables["waves_1"], T))}
    assert set(rows) == {"druk", "tijd", "regels"}
    assert rows["tijd"]["written"] == "0/20 → 16/20"
    assert rows["tijd"]["name"] == "Tijd (nieuw)"
    assert (rows["druk"]["from"], rows["druk"]["to"]) == (0.8, 0.0)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_earlier_wave_is_an_open_circle_on_its_page(tables, palette):
    _, before, after, _ = wave_charts.changes(tables["waves_1"], T, palette=palette).to_dict()["layer"]
    assert (before["mark"]["fill"], before["mark"]["color"]) == (palette.page, palette.before)
    assert (after["mark"]["filled"], after["mark"]["color"]) == (True, palette.main)


def test_a_map_of_waves_says_how_many_groups_of_how_many(tables):
    cells = {(row["id"], row["wave"]): row["cell"] for row in values(wave_charts.course_of_waves(tables["by_wave"], T))}
    assert cells["druk", "1"] == "4/4"
    assert cells["druk", "2"] == "0/4"
    assert ("last", "1") not in cells


def curve_of():
    return saturation_tables(assessed("abc", "abd", "a"), LETTERS_BOOK, language="nl", what=())[0]


def test_the_curve_has_a_point_for_each_group_and_becomes_a_file():
    chart = wave_charts.curve(curve_of(), T)
    assert [row["held"] for row in values(chart)] == [3, 4, 4]
    assert as_svg(chart, T, title="Verzadiging").startswith(b"<svg")


def pairs_of():
    from codering.analysis.associations import Association

    found = [
        Association("druk", "tijd", 4, 1.25, 6, 7, 3, 3, 2.5),
        Association("druk", "regels", 0, 1.5, 6, 7, 0, 0, -1),
    ]
    return cooccurrence_table(found, BOOK, language="nl", what=())


def test_pairs_stand_beside_what_chance_would_give():
    (row,) = values(wave_charts.pairs(pairs_of(), T))
    assert row["pair"] == "Druk + Tijd"
    assert row["told"] == "Druk + Tijd: 4 beurten in 3 groepen; bij toeval 1,3"


def test_the_number_of_a_pair_makes_way_for_the_line_of_chance_just_behind_it():
    from codering.analysis.associations import Association

    found = [
        Association("druk", "tijd", 40, 8.0, 60, 70, 3, 3, 2.5),
        Association("druk", "regels", 7, 8.0, 60, 70, 3, 0, -1),
        Association("tijd", "regels", 7, 12.0, 60, 70, 3, 0, -1),
    ]
    rows = values(wave_charts.pairs(cooccurrence_table(found, BOOK, language="nl", what=()), T))
    assert [row["end"] for row in rows] == [40, 8.0, 7]
