"""Charts of what changes between waves, what goes together and what more groups bring; see :mod:`.charts`.

=================== ==================================================================================
:func:`changes`     share of participants in two waves, for every theme or code that is there
:func:`parts`       the same in parts that leave room on a page
:func:`course_of_waves` in how many groups each is confirmed, wave by wave
:func:`pairs`       which codes share a turn, beside what chance would give
:func:`curve`       how many codes are heard in how many groups
=================== ==================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from codering.errors import Message
from codering.exporters.charts import CHOSEN, LABELS, Chart, cells_of, inline, named, numbered, records
from codering.exporters.palette import LIGHT, Palette
from codering.tables import Table
from codering.writing import count, percent

if TYPE_CHECKING:
    from codering.texts import Texts

_ROW: Final = 26
_ON_A_PAGE: Final = 9
"""Rows of a chart in a report: more would push it to the next page, and leave the rest of this one white."""
_LETTER: Final = 5.6
"""Pixels of a letter of a name, about."""
_DRAWN: Final = {
    "rising": (("new", "growing"), Message("New or growing.")),
    "steady": (("persistent",), Message("Persistent.")),
    "falling": (("fading", "gone"), Message("Fading or gone.")),
}
"""Parts of a comparison: the patterns in it, and what it is called."""
_NEAR: Final = 0.05
"""Part of the longest bar: a line of chance so near behind a bar would lie on the bar's number, which makes way."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a comparison, to be drawn together.

    Attributes
    ----------
    key
        ``rising``, ``steady`` or ``falling``; with a number where one of them takes several charts.
    title, legend
        Which patterns are in it; what the circles mean.
    table
        With these rows only.
    names
        Letters of the longest name in all parts together: their axes then begin at the same place.
    """

    key: str
    title: Message
    legend: Message
    table: Table
    names: int


def parts(compared: Table) -> Iterator[Part]:
    """Divide a comparison: what came up, what stays and what went, each short enough to share a page with text.

    Parameters
    ----------
    compared
        As of :func:`changes`. What is incidental or cannot be compared is in no part.
    """
    keys = [column.key for column in compared.columns]
    label, pattern, before, after = (keys.index(key) for key in ("label", "pattern", "before", "after"))
    of = {key: [row for row in compared.rows if str(row[pattern]) in drawn] for key, (drawn, _) in _DRAWN.items()}
    names = max((len(f"{row[label]} ({row[pattern]})") for rows in of.values() for row in rows), default=0)
    for key, rows in of.items():
        charts = -(-len(rows) // _ON_A_PAGE)
        for place in range(charts):
            some = rows[place * len(rows) // charts : (place + 1) * len(rows) // charts]
            legend = Message(
                "Open circle: {before}. Filled: {after}. Beside it: how many of all participants.",
                before=some[0][before],
                after=some[0][after],
            )
            numbered = key if charts == 1 else f"{key}_{place + 1}"
            yield Part(numbered, _DRAWN[key][1], legend, replace(compared, rows=tuple(some)), names)


def changes(
    compared: Table,
    t: Texts,
    *,
    left_out: Sequence[str] = ("incidental",),
    palette: Palette = LIGHT,
    names: int = 0,
) -> Chart:
    """Draw the share of participants before (open circle) and after (filled), with the pattern in words.

    Parameters
    ----------
    compared
        A table ``waves_1``, ``waves_2``, … of :meth:`codering.project.Project.waves`.
    left_out
        Patterns that are not drawn; what cannot be compared never is.
    palette
        The colours of the page.
    names
        Letters of a name that get room at least, so that charts below each other begin at the same place.
    """
    import altair as alt

    ink = palette.ink
    rows = [row for row in records(compared) if str(row["pattern"]) not in (*left_out, "cannot be compared")]
    for row in rows:
        name = row["pattern"].translated(t.translate)
        row["pattern"], row["name"] = name, f"{row['label']} ({name})"
        row["from"], row["to"] = (row[f"participants_{i}"] / row[f"of_participants_{i}"] for i in (0, 1))
        row["written"] = " → ".join(f"{row[f'participants_{i}']}/{row[f'of_participants_{i}']}" for i in (0, 1))
        was, now = (percent(row[end], t.language) for end in ("from", "to"))
        row["told"] = f"{row['label']}: {row['before']} {was} → {row['after']} {now}"
        row["verdict"], row["end"] = str(row["verdict"]), max(row["from"], row["to"])
    order = [row["name"] for row in rows]
    axis = numbered(palette, shares=True)
    title = t("Share of participants")
    room = {"minExtent": min(round(_LETTER * names), LABELS)} if names else {}
    chart = alt.Chart(inline(rows)).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=named(palette, grid=True, **room)),
        tooltip=[alt.Tooltip("told:N", title=" ")],
    )
    line = chart.mark_rule(color=ink, strokeWidth=1.5).encode(
        x=alt.X("from:Q", title=title, axis=axis, scale=alt.Scale(domain=[0, 1])), x2="to:Q"
    )
    before = chart.mark_point(size=80, color=palette.before, strokeWidth=2, fill=palette.page, opacity=1).encode(
        x="from:Q"
    )
    after = chart.mark_point(size=80, color=palette.main, filled=True, opacity=1).encode(x="to:Q")
    text = chart.mark_text(align="left", dx=9, color=ink, fontSize=12).encode(x="end:Q", text="written:N")
    return alt.layer(line, before, after, text).properties(width="container", height=alt.Step(_ROW))


def course_of_waves(counts: Table, t: Texts, *, palette: Palette = LIGHT) -> Chart:
    """Draw in how many groups each theme or code is confirmed, wave by wave; a cell says its number.

    Parameters
    ----------
    counts
        The table ``by_wave`` of :meth:`codering.project.Project.waves`.
    """
    import altair as alt

    rows = records(counts)
    heard = {row["id"]: sum(other["groups"] or 0 for other in rows if other["id"] == row["id"]) for row in rows}
    rows = [row for row in rows if heard[row["id"]]]
    for row in rows:
        known = row["groups"] is not None
        row["cell"] = f"{row['groups']}/{row['of_groups']}" if known else "?"
        row["shade"] = row["groups"] / row["of_groups"] if known else 0
        row["told"] = t("{label}, {wave}: {cell} groups", label=row["label"], wave=row["wave"], cell=row["cell"])
    waves = list(dict.fromkeys(row["wave"] for row in rows))
    order = sorted(dict.fromkeys(row["label"] for row in rows), key=lambda label: -_total(rows, label))
    chart = alt.Chart(inline(rows)).encode(
        x=alt.X("wave:N", sort=waves, title=None, axis=named(palette, orient="top", labelAngle=0)),
        y=alt.Y("label:N", sort=order, title=None, axis=named(palette)),
        tooltip=[alt.Tooltip("told:N", title=" ")],
    )
    return cells_of(chart, 1).properties(width=alt.Step(110), height=alt.Step(24))


def pairs(together: Table, t: Texts, *, most: int = 15, palette: Palette = LIGHT, select: bool = False) -> Chart:
    """Draw how often two codes share a turn (bar) beside what chance would give (line), the strongest first.

    Parameters
    ----------
    together
        The table ``cooccurrence`` of :meth:`codering.project.Project.cooccurrence`.
    most
        How many pairs.
    select
        Whether a bar can be chosen; the selection is named :data:`~codering.exporters.charts.CHOSEN` and holds
        `first` and `second`.
    """
    import altair as alt

    ink = palette.ink
    rows = [row for row in records(together) if row["together"]][:most]
    near = _NEAR * max((row["together"] for row in rows), default=0)
    for row in rows:
        beside = row["together"] <= row["expected"] <= row["together"] + near
        row["end"] = row["expected"] if beside else row["together"]
        row["pair"] = f"{row['first_label']} + {row['second_label']}"
        row["told"] = t(
            "{pair}: {count} {count:turn|turns} in {groups} {groups:group|groups}; by chance {expected}",
            pair=row["pair"],
            count=row["together"],
            groups=row["groups"],
            expected=count(row["expected"], t.language, 1),
        )
    axis = numbered(palette)
    chart = alt.Chart(inline(rows)).encode(
        y=alt.Y("pair:N", sort=[row["pair"] for row in rows], title=None, axis=named(palette, limit=460)),
        tooltip=[alt.Tooltip("told:N", title=" ")],
    )
    bar = chart.mark_bar(color=palette.crossed).encode(x=alt.X("together:Q", title=t("Turns with both"), axis=axis))
    if select:
        bar = bar.add_params(alt.selection_point(name=CHOSEN, fields=["first", "second"]))
    chance = chart.encode(x="expected:Q")
    halo = chance.mark_tick(color=palette.page, thickness=8, size=18, opacity=1)
    line = chance.mark_tick(color=ink, thickness=3, size=18, opacity=1)
    text = chart.mark_text(align="left", dx=6, color=ink, fontSize=12).encode(x="end:Q", text="together:Q")
    return alt.layer(bar, halo, line, text).properties(width="container", height=alt.Step(_ROW))


def curve(reached: Table, t: Texts, *, palette: Palette = LIGHT) -> Chart:
    """Draw how many codes are heard in how many groups: on average (line, with the range of orders) and as held (dots).

    Parameters
    ----------
    reached
        The table ``saturation_curve`` of :meth:`codering.project.Project.saturation`.
    """
    import altair as alt

    ink, main = palette.ink, palette.main
    rows = records(reached)
    for row in rows:
        row["told"] = t(
            "{groups} {groups:group|groups}: {codes} {codes:code|codes} on average, {held} as held (up to {group})",
            groups=row["groups"],
            codes=count(row["codes"], t.language, 1),
            held=row["held"],
            group=row["group"],
        )
    axis = numbered(palette)
    chart = alt.Chart(inline(rows)).encode(
        x=alt.X("groups:Q", title=t("Focus groups"), axis=axis), tooltip=[alt.Tooltip("told:N", title=" ")]
    )
    height = alt.Y("low:Q", title=t("Codes heard"), axis=axis, scale=alt.Scale(domainMin=0))
    band = chart.mark_area(color=main, opacity=0.18).encode(y=height, y2="high:Q")
    line = chart.mark_line(color=main, strokeWidth=2.5).encode(y="codes:Q")
    dots = chart.mark_point(color=ink, size=60, strokeWidth=1.8, fill=palette.page, opacity=1).encode(y="held:Q")
    return alt.layer(band, line, dots).properties(width="container", height=320)


def _total(rows: Sequence[dict[str, Any]], label: str) -> int:
    return sum(row["groups"] or 0 for row in rows if row["label"] == label)
