"""Charts of results: pure functions from a table to an Altair chart, for the app and for reports.

No meaning is carried by colour alone: every bar says its unit, its number and its base, what is denied has a shape of
its own, cells of a map hold their number. Numbers are written beforehand in the reader's language, so that a chart is
the same in the browser and in a file.

=================== ==================================================================================
:func:`bars`        how often each theme or code occurs, by wave or together, with intervals
:func:`heat`        themes or codes by group (or any unit): a map with numbers
:func:`course`      which codes occur when along one discussion
:func:`as_png`,     a chart as a file, without a browser
:func:`as_svg`
=================== ==================================================================================

What changes between waves, what goes together and what more groups bring: :mod:`codering.exporters.wave_charts`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from codering.codings import Stance
from codering.tables import Table

if TYPE_CHECKING:
    from codering.texts import Texts

Chart = Any
"""An Altair chart of one view: Altair is imported only where a chart is made, and its layers have no common type."""

Row = Mapping[str, Any]

CHOSEN: Final = "chosen"
"""The name of the selection in an interactive chart."""
INK: Final = "#31333f"
"""Of words, on a light page."""
_UNITS: Final = ("#0b5fa5", "#6f9a3e", "#7a4d9e", "#a88010", "#3b7f7a", "#4b6f8f", "#a3426c", "#5c5c5c")
_DENIED: Final = "#b4531a"
_ROW: Final = 24
_LABELS: Final = 320
"""Pixels for the names of codes, beyond which they are cut."""


def bars(
    figures: Table, t: Texts, *, stance: Stance = Stance.CONFIRMS, fewest: int = 1, ink: str = INK, select: bool = False
) -> Chart:
    """Draw how often each theme or code occurs, most first; a bar for each unit, an interval where there is one.

    Parameters
    ----------
    figures
        From :meth:`codering.project.Project.figures`: columns unit, label, id, stance, count, of, share, low, high.
    stance
        What is confirmed or what is denied; never both in one chart.
    fewest
        Leave out what counts less than this in every unit.
    ink
        The colour of words, for a dark page.
    select
        Whether a bar can be chosen; the selection is named :data:`CHOSEN` and holds `id` and `unit`.
    """
    import altair as alt

    rows = _bar_rows(figures, t, stance, fewest)
    units = list(dict.fromkeys(row["unit"] for row in rows))
    order = _by_size(rows)
    shares = all(row["share"] is not None for row in rows)
    value = alt.X(
        "share:Q" if shares else "count:Q",
        title=None,
        axis=alt.Axis(format="%" if shares else "d", tickMinStep=0.05 if shares else 1, labelColor=ink, grid=True),
        scale=alt.Scale(domainMin=0),
    )
    names = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=_LABELS, labelColor=ink))
    place: dict[str, Any] = {"y": names}
    if len(units) > 1:
        place["yOffset"] = alt.YOffset("unit:N", sort=units)
    chart = alt.Chart(inline(rows)).encode(**place)
    fill = _DENIED if stance is Stance.DENIES else _UNITS[0]
    colour = (
        alt.Color("unit:N", sort=units, scale=alt.Scale(domain=units, range=_range(len(units))), legend=None)
        if len(units) > 1
        else alt.value(fill)
    )
    bar = chart.mark_bar(cursor="pointer" if select else "default").encode(
        x=value, color=colour, tooltip=[alt.Tooltip("told:N", title=" ")]
    )
    if select:
        point = alt.selection_point(name=CHOSEN, fields=["id", "unit"])
        bar = bar.encode(opacity=alt.condition(point, alt.value(1), alt.value(0.45))).add_params(point)
    spans = chart.transform_filter("isValid(datum.low)").mark_rule(color=ink, strokeWidth=1.5, aria=False)
    text = chart.mark_text(align="left", dx=6, color=ink, fontSize=12, aria=False).encode(
        x=alt.X("end:Q"), text="written:N"
    )
    height = alt.Step(_ROW if len(units) == 1 else 18)
    layers = alt.layer(bar, spans.encode(x="low:Q", x2="high:Q"), text)
    return layers.properties(width="container", height=height)


def heat(figures: Table, t: Texts, *, fewest: int = 1, ink: str = INK, select: bool = False) -> Chart:
    """Draw themes or codes by unit as a map; a cell holds its number, its shade is the share of the unit's base.

    Parameters
    ----------
    figures, fewest, ink, select
        As of :func:`bars`; what is confirmed only.
    """
    import altair as alt

    rows = _bar_rows(figures, t, Stance.CONFIRMS, fewest)
    units = list(dict.fromkeys(row["unit"] for row in rows))
    heads = {row["unit"]: f"{row['unit']} (n={_number(row['of'], t)})" if row["of"] else row["unit"] for row in rows}
    for row in rows:
        row["head"] = heads[row["unit"]]
        row["shade"] = row["share"] if row["share"] is not None else row["count"]
    most = max((row["shade"] for row in rows), default=0) or 1
    chart = alt.Chart(inline(rows)).encode(
        x=alt.X(
            "head:N",
            sort=[heads[unit] for unit in units],
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-35, labelColor=ink, labelLimit=220, labelOverlap=False),
        ),
        y=alt.Y("label:N", sort=_by_size(rows), title=None, axis=alt.Axis(labelLimit=_LABELS, labelColor=ink)),
    )
    return _map(chart, "shade", most, point=("id", "unit") if select else ())


def course(moments: Table, t: Texts, *, turns: int, ink: str = INK, select: bool = False) -> Chart:
    """Draw which codes occur when along one discussion: a filled circle confirms, an open triangle denies.

    Parameters
    ----------
    moments
        From :meth:`codering.project.Project.course`: columns turn, start, speaker, label, id, stance.
    turns
        How many turns the conversation has: the whole width.
    """
    import altair as alt

    names = {Stance.CONFIRMS.value: t("confirms"), Stance.DENIES.value: t("denies")}
    rows = [row | {"how": names[row["stance"]]} for row in records(moments)]
    for row in rows:
        row["told"] = t("Turn {turn}, {speaker}: {code} ({stance})", turn=row["turn"], speaker=row["speaker"],
                        code=row["label"], stance=row["how"])  # fmt: skip
    order = list(dict.fromkeys(row["label"] for row in sorted(rows, key=lambda row: row["turn"])))
    how = list(names.values())
    confirms = f"datum.stance == '{Stance.CONFIRMS.value}'"
    chart = (
        alt.Chart(inline(rows))
        .mark_point(size=70, strokeWidth=1.8, cursor="pointer" if select else "default")
        .encode(
            x=alt.X("turn:Q", title=t("Turn"), scale=alt.Scale(domain=[1, max(turns, 2)]),
                    axis=alt.Axis(format="d", tickMinStep=1, labelColor=ink, titleColor=ink)),
            y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=_LABELS, labelColor=ink, grid=True)),
            shape=alt.Shape("how:N", title=None, scale=alt.Scale(domain=how, range=["circle", "triangle-down"]),
                            legend=alt.Legend(orient="top", labelColor=ink)),
            color=alt.Color("how:N", title=None, scale=alt.Scale(domain=how, range=[_UNITS[0], _DENIED])),
            fill=alt.condition(confirms, alt.value(_UNITS[0]), alt.value("transparent")),
            tooltip=[alt.Tooltip("told:N", title=" ")],
        )
    )  # fmt: skip
    if select:
        chart = chart.add_params(alt.selection_point(name=CHOSEN, fields=["id", "turn"]))
    return chart.properties(width="container", height=alt.Step(_ROW))


WIDE: Final = 620
"""Pixels between the axes of a chart in a file."""
ON_PAGE: Final = 340
"""The same on a page of a report, so that its letters are as large as those of the text."""


def as_png(chart: Chart, t: Texts, *, title: str = "", notes: Sequence[str] = (), wide: int = WIDE) -> bytes:
    """Write a chart as a picture of twice the usual sharpness, with its title and what a reader must know below it."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_whole(chart, title, notes, wide), scale=2, format_locale=_locale(t)))


def as_svg(chart: Chart, t: Texts, *, title: str = "", notes: Sequence[str] = (), wide: int = WIDE) -> bytes:
    """Write a chart as SVG, which stays sharp at any size and can be edited."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_whole(chart, title, notes, wide), format_locale=_locale(t))).encode()


def _map(chart: Chart, shade: str, most: float, *, point: Sequence[str]) -> Chart:
    """Draw cells with their number; `point` names the fields of a cell that can be chosen."""
    import altair as alt

    cell = chart.mark_rect(cursor="pointer" if point else "default", stroke="#88888844").encode(
        color=alt.Color(f"{shade}:Q", scale=alt.Scale(domain=[0, most], range=["#f4f7fa", "#0b5fa5"]), legend=None),
        tooltip=[alt.Tooltip("told:N", title=" ")],
    )
    if point:
        chosen = alt.selection_point(name=CHOSEN, fields=list(point))
        cell = cell.encode(opacity=alt.condition(chosen, alt.value(1), alt.value(0.5))).add_params(chosen)
    dark = alt.condition(f"datum.{shade} > {0.7 * most}", alt.value("white"), alt.value(INK))
    text = chart.mark_text(fontSize=12).encode(text="cell:N", color=dark)
    return alt.layer(cell, text).properties(width="container", height=alt.Step(_ROW))


def _whole(chart: Chart, title: str, notes: Sequence[str], wide: int) -> str:
    """Give a chart for a file: with a width of its own, on white, with title and notes."""
    content = json.loads(chart.to_json())
    if content.get("width") == "container":
        content["width"] = wide
    content["background"] = "white"
    content["padding"] = 16
    content["title"] = {"text": title, "subtitle": list(notes), "anchor": "start", "frame": "group", "offset": 14,
                        "subtitleColor": "#555555", "subtitleFontSize": 11}  # fmt: skip
    content["config"] = {"font": "sans-serif", "view": {"stroke": None}, "axis": {"gridColor": "#e6e6e6"}}
    return json.dumps(content)


def _bar_rows(figures: Table, t: Texts, stance: Stance, fewest: int) -> list[dict[str, Any]]:
    rows = [row for row in records(figures) if row["stance"] == stance.value]
    enough = {row["id"] for row in rows if int(row["count"] or 0) >= fewest}
    rows = [row for row in rows if row["id"] in enough]
    several = len({row["unit"] for row in rows}) > 1
    for row in rows:
        unit = row["unit"] = row["unit"] or (t("Not stated") if several else "")
        number = _number(row["count"], t)
        share = row["share"]
        row["cell"] = number if row["count"] else "·"
        row["written"] = number if share is None else f"{number} ({percent(share, t)})"
        if several:
            row["written"] = f"{unit}: {row['written']}"
        of = t("{count} of {base}", count=number, base=_number(row["of"], t)) if row["of"] else number
        span = "" if row["low"] is None else f" [{percent(row['low'], t)} – {percent(row['high'], t)}]"
        row["told"] = " · ".join(part for part in (row["label"], unit, of + span) if part)
        row["end"] = max(row["count"] if share is None else share, row["high"] or 0)
    return rows


def _by_size(rows: Sequence[Row]) -> list[str]:
    """Order labels by their sum over units, most first; layered charts need a list."""
    sums: dict[str, float] = {}
    for row in rows:
        sums[row["label"]] = sums.get(row["label"], 0) + (row["share"] if row["share"] is not None else row["count"])
    return sorted(sums, key=lambda label: -sums[label])


def _range(count: int) -> list[str]:
    return [_UNITS[i % len(_UNITS)] for i in range(count)]


def _number(value: int, t: Texts) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, "#,##0", locale=t.language))


def percent(value: float, t: Texts) -> str:
    """Write a share in whole percents; undefined is ``–``."""
    from babel.numbers import format_percent

    return "–" if math.isnan(value) else str(format_percent(value, "0%", locale=t.language))


def _locale(t: Texts) -> Literal["nl-NL", "en-GB"]:
    return "nl-NL" if t.language == "nl" else "en-GB"


def records(table: Table) -> list[dict[str, Any]]:
    """The rows of a table, to add to."""
    return [dict(record) for record in table.records()]


def inline(rows: Sequence[Row]) -> Any:  # noqa: ANN401
    """Give a chart its rows."""
    import altair as alt

    data: Any = alt.Data
    return data(values=list(rows))
