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
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from codering.codings import STANCES, Stance
from codering.exporters.palette import CELL, DEEP, EDGE, IN_CELL, LIGHT, Palette
from codering.tables import Table
from codering.writing import count, percent

if TYPE_CHECKING:
    from codering.texts import Texts

Chart = Any
"""An Altair chart of one view: Altair is imported only where a chart is made, and its layers have no common type."""

Row = Mapping[str, Any]

CHOSEN: Final = "chosen"
"""The name of the selection in an interactive chart."""
_ROW: Final = 24
LABELS: Final = 320
"""Pixels for the names of codes, beyond which they are cut."""
_LINE: Final = 1.5
_HALO: Final = 4.5
"""Pixels of a line that crosses a bar, and of its edge in the colour of the page: seen on any bar."""
_FRAME: Final = (5.0, 1.5)
"""Pixels of the two edges of a cell that was chosen, in the colours of numbers in cells."""
_LETTER: Final = 6.5
_HEAD: Final = 13
"""Pixels of a letter of a head, about, and of its line."""
_BESIDE, _NARROW = 12, 640
"""Pixels between a bar and the words behind it, with what is spare, and of the bars in a narrow window."""


def bars(
    figures: Table,
    t: Texts,
    *,
    stance: Stance = Stance.CONFIRMS,
    fewest: int = 1,
    palette: Palette = LIGHT,
    select: bool = False,
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
    palette
        The colours of the page.
    select
        Whether a bar can be chosen; the selection is named :data:`CHOSEN` and holds `id` and `unit`.
    """
    import altair as alt

    rows = _bar_rows(figures, t, stance, fewest)
    units = list(dict.fromkeys(row["unit"] for row in rows))
    place: dict[str, Any] = {"y": alt.Y("label:N", sort=_by_size(rows), title=None, axis=named(palette))}
    if len(units) > 1:
        place["yOffset"] = alt.YOffset("unit:N", sort=units)
    chart = alt.Chart(inline(rows)).encode(**place)
    fill = palette.denied if stance is Stance.DENIES else palette.main
    shades = [palette.unit(place) for place in range(len(units))]
    colour = (
        alt.Color("unit:N", sort=units, scale=alt.Scale(domain=units, range=shades), legend=None)
        if len(units) > 1
        else alt.value(fill)
    )
    bar = chart.mark_bar(cursor="pointer" if select else "default").encode(
        x=_lengths(rows, units, palette), color=colour, tooltip=[alt.Tooltip("told:N", title=" ")]
    )
    if select:
        point = alt.selection_point(name=CHOSEN, fields=["id", "unit"])
        bar = bar.encode(opacity=alt.condition(point, alt.value(1), alt.value(0.45))).add_params(point)
    text = chart.mark_text(align="left", dx=6, color=palette.ink, fontSize=12, aria=False).encode(
        x=alt.X("end:Q"), text="written:N"
    )
    height = alt.Step(_ROW if len(units) == 1 else 18)
    return alt.layer(bar, *_intervals(chart, palette), text).properties(width="container", height=height)


def _lengths(rows: Sequence[Row], units: Sequence[str], palette: Palette) -> Any:  # noqa: ANN401
    """How long bars are: shares where every row has one, else counts; with room for the words behind them."""
    import altair as alt

    shares = all(row["share"] is not None for row in rows)
    room: dict[str, Any] = {}
    ticks: dict[str, Any] = {}
    if len(units) > 1:  # the name of the unit stands behind the bar too: that is much, and is cut off beyond the axis
        room = {"domainMax": _with_words(rows), "nice": False}
        if shares and room["domainMax"] > 1:
            ticks = {"values": [tenth / 10 for tenth in range(11)]}
    return alt.X(
        "share:Q" if shares else "count:Q",
        title=None,
        axis=numbered(palette, shares=shares, grid=True, **ticks),
        scale=alt.Scale(domainMin=0, **room),
    )


def _intervals(chart: Chart, palette: Palette) -> tuple[Chart, Chart]:
    """Draw the interval of each bar that has one: a line, with an edge below it that sets it off."""
    spans = chart.transform_filter("isValid(datum.low)").encode(x="low:Q", x2="high:Q")
    halo = spans.mark_rule(color=palette.page, strokeWidth=_HALO, opacity=1, aria=False)
    return halo, spans.mark_rule(color=palette.ink, strokeWidth=_LINE, opacity=1, aria=False)


def heat(figures: Table, t: Texts, *, fewest: int = 1, palette: Palette = LIGHT, select: bool = False) -> Chart:
    """Draw themes or codes by unit as a map; a cell holds its number, its shade is the share of the unit's base.

    Parameters
    ----------
    figures, fewest, palette, select
        As of :func:`bars`; what is confirmed only.
    """
    import altair as alt

    rows = _bar_rows(figures, t, Stance.CONFIRMS, fewest)
    units = list(dict.fromkeys(row["unit"] for row in rows))
    bases = {row["unit"]: row["of"] for row in rows}
    heads = {unit: f"{unit}\n(n={count(of, t.language)})" if of else unit for unit, of in bases.items()}
    axis = named(palette, limit=220, orient="top", labelOverlap=False, **_heads(list(heads.values())))
    for row in rows:
        row["head"] = heads[row["unit"]]
        row["shade"] = row["share"] if row["share"] is not None else row["count"]
    most = max((row["shade"] for row in rows), default=0) or 1
    chart = alt.Chart(inline(rows)).encode(
        tooltip=[alt.Tooltip("told:N", title=" ")],
        x=alt.X("head:N", sort=[heads[unit] for unit in units], title=None, axis=axis),
        y=alt.Y("label:N", sort=_by_size(rows), title=None, axis=named(palette)),
    )
    cells = cells_of(chart, most, point=("id", "unit") if select else ())
    return cells.properties(width="container", height=alt.Step(_ROW))


def _heads(heads: Sequence[str]) -> dict[str, Any]:
    """Heads of columns upright, in lines, if they stand beside each other on the page of a report too; else turned."""
    lines = [line for head in heads for line in head.split("\n")]
    if len(heads) * _LETTER * max(map(len, lines), default=0) > ON_PAGE:
        return {"labelAngle": -35, "labelExpr": "replace(datum.label, '\\n', ' ')"}
    padding = 4 + _HEAD * (max((head.count("\n") for head in heads), default=0))
    return {"labelAngle": 0, "labelExpr": "split(datum.label, '\\n')", "labelPadding": padding}


def course(moments: Table, t: Texts, *, turns: int, palette: Palette = LIGHT, select: bool = False) -> Chart:
    """Draw which codes occur when along one discussion: a filled circle confirms, an open triangle denies.

    Parameters
    ----------
    moments
        From :meth:`codering.project.Project.course`: columns turn, start, speaker, label, id, stance.
    turns
        How many turns the conversation has: the whole width.
    """
    import altair as alt

    ink = palette.ink
    names = {stance.value: said.translated(t.translate) for stance, said in STANCES.items()}
    rows = [row | {"how": names[row["stance"]]} for row in records(moments)]
    for row in rows:
        row["told"] = t("Turn {turn}, {speaker}: {code} ({stance})", turn=row["turn"], speaker=row["speaker"],
                        code=row["label"], stance=row["how"])  # fmt: skip
    order = list(dict.fromkeys(row["label"] for row in sorted(rows, key=lambda row: row["turn"])))
    how = list(names.values())
    # A code that is confirmed and denied in one turn has its two marks below each other.
    both = len({row["how"] for row in rows}) > 1
    beside = {"yOffset": alt.YOffset("how:N", sort=how)} if both else {}
    chart = (
        alt.Chart(inline(rows))
        .mark_point(size=70, strokeWidth=1.8, opacity=1, cursor="pointer" if select else "default")
        .encode(
            x=alt.X("turn:Q", title=t("Turn"), scale=alt.Scale(domain=[1, max(turns, 2)]),
                    axis=numbered(palette)),
            y=alt.Y("label:N", sort=order, title=None, axis=named(palette, grid=True)),
            shape=alt.Shape("how:N", title=None, scale=alt.Scale(domain=how, range=["circle", "triangle-down"]),
                            legend=alt.Legend(orient="top", labelColor=ink, symbolSize=90, symbolStrokeWidth=1.8)),
            color=alt.Color("how:N", title=None, scale=alt.Scale(domain=how, range=[palette.main, palette.denied])),
            fill=alt.Fill("how:N", title=None, scale=alt.Scale(domain=how, range=[palette.main, "transparent"])),
            tooltip=[alt.Tooltip("told:N", title=" ")],
            **beside,
        )
    )  # fmt: skip
    if select:
        chart = chart.add_params(alt.selection_point(name=CHOSEN, fields=["id", "turn"]))
    return chart.properties(width="container", height=alt.Step(_ROW / 2 if both else _ROW))


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


def named(palette: Palette, *, limit: int = LABELS, **more: Any) -> Any:  # noqa: ANN401
    """Give an axis of names; the first and the last stand at the middle of their row too, which Streamlit undoes."""
    import altair as alt

    return alt.Axis(labelLimit=limit, labelColor=palette.ink, labelFlush=False, **more)


def numbered(palette: Palette, *, shares: bool = False, **more: Any) -> Any:  # noqa: ANN401
    """Give an axis of whole numbers or percentages; the last stands below its own line, not against the one before."""
    import altair as alt

    step: dict[str, Any] = {"format": "%", "tickCount": 8, "tickMinStep": 0.05} if shares else {"tickMinStep": 1}
    plain: dict[str, Any] = {"format": "d", "labelColor": palette.ink, "titleColor": palette.ink, "labelFlush": False}
    return alt.Axis(**(plain | step | more))


def cells_of(chart: Chart, most: float, *, point: Sequence[str] = ()) -> Chart:
    """Draw the cells of a map: darker as `shade` comes nearer to `most`, with the words in `cell`.

    Parameters
    ----------
    point
        The fields of a cell that can be chosen; the selection is named :data:`CHOSEN`.
    """
    import altair as alt

    scale = alt.Scale(domain=[0, most], range=list(CELL), interpolate="rgb")
    cell = chart.mark_rect(cursor="pointer" if point else "default", stroke=EDGE).encode(
        color=alt.Color("shade:Q", scale=scale, legend=None)
    )
    deep = alt.condition(f"datum.shade > {DEEP * most}", alt.value(IN_CELL[1]), alt.value(IN_CELL[0]))
    words = chart.mark_text(fontSize=12).encode(text="cell:N", color=deep)
    if not point:
        return alt.layer(cell, words)
    chosen = alt.selection_point(name=CHOSEN, fields=list(point))
    # Two edges, one in the other: one of them is seen on any cell, and neighbours cannot lie over them.
    edges = [
        chart.transform_filter({"param": CHOSEN, "empty": False}).mark_rect(
            fill=None, stroke=IN_CELL[place], strokeWidth=width, aria=False
        )
        for place, width in enumerate(_FRAME)
    ]
    return alt.layer(cell.add_params(chosen), *edges, words)


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
        number = count(row["count"], t.language)
        share = row["share"]
        row["cell"] = number if row["count"] else "·"
        row["written"] = number if share is None else f"{number} ({percent(share, t.language)})"
        if several:
            row["written"] = f"{unit}: {row['written']}"
        of = t("{count} of {base}", count=number, base=count(row["of"], t.language)) if row["of"] else number
        ends = [percent(row[end], t.language) for end in ("low", "high") if row[end] is not None]
        span = f" [{' – '.join(ends)}]" if ends else ""
        row["told"] = " · ".join(part for part in (row["label"], unit, of + span) if part)
        row["end"] = max(row["count"] if share is None else share, row["high"] or 0)
    return rows


def _with_words(rows: Sequence[Row]) -> float:
    """How far an axis goes that has room for the words behind every bar, also in a narrow window."""
    room = (min(0.6, (_BESIDE + _LETTER * len(row["written"])) / _NARROW) for row in rows)
    return max((row["end"] / (1 - share) for row, share in zip(rows, room, strict=True)), default=1) or 1


def _by_size(rows: Sequence[Row]) -> list[str]:
    """Order labels by their sum over units, most first; layered charts need a list."""
    sums: dict[str, float] = {}
    for row in rows:
        sums[row["label"]] = sums.get(row["label"], 0) + (row["share"] if row["share"] is not None else row["count"])
    return sorted(sums, key=lambda label: -sums[label])


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
