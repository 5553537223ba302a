"""Contrasts by the formula of the Web Content Accessibility Guidelines 2.2 (W3C, 2023): relative luminance of sRGB."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from codering.exporters import charts, wave_charts
from codering.exporters.palette import CELL, DARK, DEEP, IN_CELL, LIGHT, Palette
from codering.texts import texts
from tests.test_charts import COURSE, TWO_WAVES

GRAPHICS, WORDS = 3.0, 4.5
THEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
T = texts("nl")


def parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def luminance(colour: str) -> float:
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in (c / 255 for c in parts(colour))]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#abcdef", "#abcdef", 1),
    ],
)
def test_the_formula_gives_known_contrasts(one, other, known):
    assert contrast(one, other) == pytest.approx(known, abs=0.005)


@THEMES
def test_marks_are_seen_on_their_page(palette: Palette):
    seen = {
        colour: contrast(colour, palette.page)
        for colour in (*palette.units, palette.denied, palette.crossed, palette.before)
    }
    assert min(seen.values()) >= GRAPHICS, seen


@THEMES
def test_words_are_read_on_their_page(palette: Palette):
    assert contrast(palette.ink, palette.page) >= WORDS


@THEMES
def test_a_line_over_a_bar_is_seen_by_its_edge(palette: Palette):
    """The line differs from its edge, and the edge from every bar: so the line is seen, whatever the bar."""
    assert contrast(palette.ink, palette.page) >= GRAPHICS
    assert all(contrast(palette.page, bar) >= GRAPHICS for bar in (*palette.units, palette.denied))
    assert contrast(palette.ink, palette.crossed) >= GRAPHICS


def test_a_number_is_read_in_every_cell_of_a_map():
    first, last = (parts(colour) for colour in CELL)
    for step in range(1001):
        part = step / 1000
        mixed = [round(a + (b - a) * part) for a, b in zip(first, last, strict=True)]
        cell = "#" + "".join(f"{value:02x}" for value in mixed)
        assert contrast(cell, IN_CELL[part > DEEP]) >= WORDS, (part, cell)


def drawn(palette: Palette) -> dict[str, dict]:
    from tests.test_wave_charts import curve_of, pairs_of

    made = {
        "bars": charts.bars(TWO_WAVES, T, palette=palette),
        "heat": charts.heat(TWO_WAVES, T, palette=palette, select=True),
        "course": charts.course(COURSE, T, turns=20, palette=palette),
        "pairs": wave_charts.pairs(pairs_of(), T, palette=palette),
        "curve": wave_charts.curve(curve_of(), T, palette=palette),
    }
    return {name: json.loads(chart.to_json()) for name, chart in made.items()}


def test_a_dark_chart_has_no_colour_of_the_light_one():
    """Cells of a map are the same in both: what they hold is read on the cell, not on the page."""
    light = {LIGHT.page, LIGHT.ink, LIGHT.denied, LIGHT.crossed, LIGHT.before, *LIGHT.units, "white", "black"}
    for name, spec in drawn(DARK).items():
        used = set(re.findall(r'"(#[0-9a-f]{6}|white|black)"', json.dumps(spec))) - {*CELL, *IN_CELL}
        assert used, name
        assert not used & light, (name, used & light)


@THEMES
def test_lines_over_bars_have_their_edge_below_them(palette: Palette):
    for name, mark, width in (("bars", "rule", "strokeWidth"), ("pairs", "tick", "thickness")):
        layers = [one["mark"] for one in drawn(palette)[name]["layer"]]
        halo, line = [one for one in layers if one["type"] == mark]
        assert (halo["color"], line["color"]) == (palette.page, palette.ink)
        assert halo[width] > line[width]
        assert (halo["opacity"], line["opacity"]) == (1, 1)  # Vega draws ticks seen through


@THEMES
def test_open_circles_are_open_and_no_mark_is_seen_through(palette: Palette):
    made = drawn(palette)
    assert made["course"]["mark"]["opacity"] == 1
    assert made["course"]["encoding"]["fill"]["scale"]["range"] == [palette.main, "transparent"]
    dots = made["curve"]["layer"][-1]["mark"]
    assert (dots["fill"], dots["opacity"]) == (palette.page, 1)


def test_names_stand_at_the_middle_of_their_row():
    """Streamlit's theme moves the first and the last label of an axis to its ends."""
    made = drawn(LIGHT)
    assert all(made[name]["layer"][0]["encoding"]["y"]["axis"]["labelFlush"] is False for name in ("bars", "heat"))
    assert made["course"]["encoding"]["y"]["axis"]["labelFlush"] is False


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_charts_lie_on_the_background_of_the_app(theme, palette):
    config = Path(__file__).parents[1] / ".streamlit" / "config.toml"
    assert tomllib.loads(config.read_text(encoding="utf-8"))["theme"][theme]["backgroundColor"] == palette.page
