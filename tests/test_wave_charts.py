from __future__ import annotations

from dataclasses import replace

import pytest

from codering.analysis.exploring_tables import cooccurrence_table, saturation_tables
from codering.analysis.wave_courses import recurrences
from codering.analysis.wave_tables import WaveResults, wave_tables
from codering.analysis.waves import Rule, compare_waves
from codering.errors import Message
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


def test_a_comparison_is_drawn_in_parts_that_share_a_page_and_an_axis(tables):
    whole = tables["waves_1"]
    keys = [column.key for column in whole.columns]
    (row,) = [row for row in whole.rows if row[keys.index("id")] == "tijd"]
    many = replace(whole, rows=(*(replaced(row, keys, label=f"Code {n}") for n in range(30)), *whole.rows))
    parts = list(wave_charts.parts(many))
    assert [part.key for part in parts] == ["rising_1", "rising_2", "rising_3", "rising_4", "steady", "falling"]
    assert max(len(part.table.rows) for part in parts) <= 9
    drawn = [one["label"] for part in parts for one in values(wave_charts.changes(part.table, T))]
    assert sorted(drawn) == sorted(one["label"] for one in values(wave_charts.changes(many, T)))
    axes = [wave_charts.changes(part.table, T, names=part.names).to_dict() for part in parts]
    assert len({one["layer"][0]["encoding"]["y"]["axis"]["minExtent"] for one in axes}) == 1


def test_what_is_incidental_is_in_no_part(tables):
    whole = tables["waves_1"]
    place = [column.key for column in whole.columns].index("pattern")
    rows = tuple((*row[:place], Message("incidental"), *row[place + 1 :]) for row in whole.rows)
    assert not list(wave_charts.parts(replace(whole, rows=rows)))


def replaced(row, keys, **cells):
    return tuple(cells.get(key, cell) for key, cell in zip(keys, row, strict=True))


def test_a_map_of_waves_says_how_many_groups_of_how_many(tables):
    cells = {(row["id"], row["wave"]): row["cell"] for row in values(wave_charts.course_of_waves(tables["by_wave"], T))}
    assert cells["druk", "1"] == "4/4"
    assert cells["druk", "2"] == "0/4"
    assert ("last", "1") not in cells


def curve_of():
    return saturation_tables(assessed("abc", "abd", "a"), LETTERS_BOOK, level="code", language="nl", what=())[0]


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
