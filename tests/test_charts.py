from __future__ import annotations

import json

import pytest

from codering.codings import Stance
from codering.exporters import charts
from codering.tables import Column, Kind, Table
from codering.texts import texts

NAN = float("nan")
COLUMNS = ("unit", "theme", "label", "id", "stance", "count", "of", "share", "low", "high")


def figures(*rows) -> Table:
    return Table("figures", "Frequencies", tuple(Column(key, key, Kind.TEXT) for key in COLUMNS), rows)


TWO_WAVES = figures(
    ("voorjaar", "T", "Werkdruk", "druk", "bevestigt", 1, 4, 0.25, NAN, NAN),
    ("voorjaar", "T", "Werkdruk", "druk", "ontkent", 2, 4, 0.5, NAN, NAN),
    ("voorjaar", "T", "Regels", "regels", "bevestigt", 3, 4, 0.75, 0.4, 0.9),
    ("voorjaar", "T", "Regels", "regels", "ontkent", 0, 4, 0.0, NAN, NAN),
    ("najaar", "T", "Werkdruk", "druk", "bevestigt", 2, 1200, 2 / 1200, NAN, NAN),
    ("najaar", "T", "Werkdruk", "druk", "ontkent", 0, 1200, 0.0, NAN, NAN),
    ("najaar", "T", "Regels", "regels", "bevestigt", 1100, 1200, 1100 / 1200, NAN, NAN),
    ("najaar", "T", "Regels", "regels", "ontkent", 0, 1200, 0.0, NAN, NAN),
)


def drawn(chart) -> list[dict[str, object]]:
    return json.loads(chart.to_json())["data"]["values"]


def test_bars_hold_one_stance_with_numbers_bases_and_intervals_in_words():
    rows = drawn(charts.bars(TWO_WAVES, texts("nl")))
    told = {(row["unit"], row["id"]): row["told"] for row in rows}
    assert told["voorjaar", "regels"] == "Regels · voorjaar · 3 van 4 [40% – 90%]"
    assert told["najaar", "regels"] == "Regels · najaar · 1.100 van 1.200"
    assert {row["stance"] for row in rows} == {"bevestigt"}
    denied = drawn(charts.bars(TWO_WAVES, texts("nl"), stance=Stance.DENIES))
    assert {row["id"] for row in denied} == {"druk"}  # what nobody denies is left out


def test_bars_name_their_wave_beside_them_and_not_by_colour_only():
    rows = drawn(charts.bars(TWO_WAVES, texts("en")))
    assert all(str(row["written"]).startswith(f"{row['unit']}: ") for row in rows)
    assert "1,100 (92%)" in rows[-1]["written"]


def test_an_axis_leaves_room_for_the_words_behind_its_longest_bar():
    spec = json.loads(charts.bars(TWO_WAVES, texts("nl")).to_json())
    axis = spec["layer"][0]["encoding"]["x"]
    rows = drawn(charts.bars(TWO_WAVES, texts("nl")))
    for row in rows:
        behind = (axis["scale"]["domainMax"] - row["end"]) / axis["scale"]["domainMax"]
        assert behind * 640 > 6.5 * len(row["written"])
    assert max(axis["axis"]["values"]) == 1, "no line stands beyond 100%"


def test_the_order_is_by_size():
    spec = json.loads(charts.bars(TWO_WAVES, texts("nl")).to_json())
    assert spec["layer"][0]["encoding"]["y"]["sort"] == ["Regels", "Werkdruk"]


def test_passages_have_no_base_and_are_drawn_as_numbers():
    table = figures(("", "T", "Regels", "regels", "bevestigt", 3, None, NAN, NAN, NAN))
    chart = charts.bars(table, texts("nl"))
    assert json.loads(chart.to_json())["layer"][0]["encoding"]["x"]["field"] == "count"
    assert drawn(chart)[0]["written"] == "3"


def test_a_map_has_the_base_of_every_column_and_a_number_in_every_cell():
    rows = drawn(charts.heat(TWO_WAVES, texts("nl")))
    assert {row["head"] for row in rows} == {"voorjaar\n(n=4)", "najaar\n(n=1.200)"}
    assert sorted(row["cell"] for row in rows) == ["1", "1.100", "2", "3"]


def test_heads_of_a_map_are_turned_only_where_they_would_not_fit_on_a_page():
    def axis(table: Table) -> dict:
        return json.loads(charts.heat(table, texts("nl")).to_json())["layer"][0]["encoding"]["x"]["axis"]

    many = figures(
        *[(f"groep nummer {number}", "T", "Regels", "regels", "bevestigt", 1, 4, 0.25, NAN, NAN) for number in range(9)]
    )
    assert (axis(TWO_WAVES)["labelAngle"], axis(many)["labelAngle"]) == (0, -35)


def test_a_cell_that_is_chosen_has_two_edges_over_all_cells():
    layers = json.loads(charts.heat(TWO_WAVES, texts("nl"), select=True).to_json())["layer"]
    assert [one["mark"]["type"] for one in layers] == ["rect", "rect", "rect", "text"]
    assert {one["mark"]["stroke"] for one in layers[1:3]} == {"#000000", "#ffffff"}
    assert all(one["transform"] == [{"filter": {"param": "chosen", "empty": False}}] for one in layers[1:3])
    assert len(json.loads(charts.heat(TWO_WAVES, texts("nl")).to_json())["layer"]) == 2


def test_what_is_confirmed_and_denied_in_one_turn_has_both_marks_in_sight():
    encoding = json.loads(charts.course(COURSE, texts("nl"), turns=20).to_json())["encoding"]
    assert encoding["yOffset"]["field"] == "how"
    confirmed = Table(COURSE.key, COURSE.title, COURSE.columns, COURSE.rows[:1])
    assert "yOffset" not in json.loads(charts.course(confirmed, texts("nl"), turns=20).to_json())["encoding"]


def test_what_is_not_stated_has_a_name():
    table = figures(
        ("", "T", "Regels", "regels", "bevestigt", 3, 4, 0.75, NAN, NAN),
        ("najaar", "T", "Regels", "regels", "bevestigt", 1, 4, 0.25, NAN, NAN),
    )
    assert {row["unit"] for row in drawn(charts.heat(table, texts("nl")))} == {"Niet vermeld", "najaar"}


COURSE = Table(
    "course",
    "Along the discussion",
    tuple(Column(key, key) for key in ("turn", "start", "speaker", "label", "id", "stance")),
    ((3, NAN, "P1", "Regels", "regels", "bevestigt"), (9, 12.0, "P2", "Regels", "regels", "ontkent")),
)


def test_along_the_discussion_stances_differ_in_shape():
    spec = json.loads(charts.course(COURSE, texts("nl"), turns=20).to_json())
    assert spec["encoding"]["shape"]["scale"]["range"] == ["circle", "triangle-down"]
    assert spec["encoding"]["x"]["scale"]["domain"] == [1, 20]
    assert drawn(charts.course(COURSE, texts("nl"), turns=20))[1]["told"] == "Beurt 9, P2: Regels (ontkent)"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_charts_are_files_without_a_browser(language):
    t = texts(language)
    hostile = '<script>alert(1)</script> & "x"'
    png = charts.as_png(charts.bars(TWO_WAVES, t), t, title=hostile)
    svg = charts.as_svg(charts.course(COURSE, t, turns=20), t, title=hostile, notes=["n = 4"])
    assert png.startswith(b"\x89PNG")
    assert b"<script" not in svg
    assert b"n = 4" in svg
