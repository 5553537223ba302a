from __future__ import annotations

import pytest

from codering.analysis.exploring_tables import cooccurrence_table, saturation_tables
from codering.analysis.wave_courses import recurrences
from codering.analysis.wave_tables import WaveResults, wave_tables
from codering.analysis.waves import Rule, compare_waves
from codering.exporters import wave_charts
from codering.exporters.charts import as_svg
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


def test_a_map_of_waves_says_how_many_groups_of_how_many(tables):
    cells = {(row["id"], row["wave"]): row["cell"] for row in values(wave_charts.course_of_waves(tables["by_wave"], T))}
    assert cells["druk", "1"] == "4/4"
    assert cells["druk", "2"] == "0/4"
    assert ("last", "1") not in cells


def test_the_curve_has_a_point_for_each_group_and_becomes_a_file():
    curve, _ = saturation_tables(assessed("abc", "abd", "a"), LETTERS_BOOK, language="nl", what=())
    chart = wave_charts.curve(curve, T)
    assert [row["held"] for row in values(chart)] == [3, 4, 4]
    assert as_svg(chart, T, title="Verzadiging").startswith(b"<svg")


def test_pairs_stand_beside_what_chance_would_give():
    from codering.analysis.associations import Association

    found = [
        Association("druk", "tijd", 4, 1.25, 6, 7, 3, 3, 2.5),
        Association("druk", "regels", 0, 1.5, 6, 7, 0, 0, -1),
    ]
    table = cooccurrence_table(found, BOOK, language="nl", what=())
    (row,) = values(wave_charts.pairs(table, T))
    assert row["pair"] == "Druk + Tijd"
    assert row["told"] == "Druk + Tijd: 4 beurten in 3 groepen; bij toeval 1,2"
