"""What the user wants to see counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from codering.analysis.frequencies import Level, Measure
from codering.analysis.frequency_tables import LABELS
from codering.analysis.units import attributes

if TYPE_CHECKING:
    from codering.texts import Texts
    from codering.web.here import Here

VIEWS: Final = ("bars", "map", "course", "table")
COUNTED: Final = ("bars", "map", "table")
"""Views in which the measure and the unit can be chosen."""
_MEASURES: Final = (Measure.PARTICIPANTS, Measure.GROUPS, Measure.TURNS, Measure.MENTIONS)


@dataclass(frozen=True, slots=True)
class Choices:
    """What is shown.

    Attributes
    ----------
    view
        One of :data:`VIEWS`.
    level, measure, by, coder
        As of :meth:`codering.project.Project.frequencies`; `coder` is None to leave it to the project.
    """

    view: str
    level: Level
    measure: Measure
    by: str
    coder: str | None

    @property
    def key(self) -> str:
        """Differs as soon as anything is chosen differently: a selection belongs to one chart."""
        return f"{self.view}_{self.level}_{self.measure.value}_{self.by}_{self.coder or ''}"


def choose(here: Here) -> Choices:
    """Show what can be chosen, and give it."""
    t = here.t
    views = {
        "bars": t("Bars"),
        "map": t("Map"),
        "course": t("Along the discussion"),
        "table": t("Table"),
    }
    levels = {"theme": t("Themes"), "code": t("Codes")}
    measures = {measure.value: LABELS[measure].translated(t.translate) for measure in _MEASURES}
    with st.container(horizontal=True, vertical_alignment="bottom", key="frequencies_choices"):
        view = _one(t("Show as"), views, "frequencies_view")
        level = cast("Level", _one(t("What"), levels, "frequencies_level"))
        measure, by = Measure.PARTICIPANTS, "all"
        if view in COUNTED:
            measure = Measure(_one(t("Counted"), measures, "frequencies_measure"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="frequencies_more"):
        if view in COUNTED:
            by = _by(here, view)
        coder = _coder(here)
    return Choices(view, level, measure, by, coder)


def unit_names(here: Here, *, together: bool) -> dict[str, str]:
    """What figures can be split by: stable names, and what they are called."""
    t = here.t
    fixed = {"wave": t("Wave"), "group": t("Group"), "transcript": t("Transcript")}
    whole = {"all": t("All together")} if together else {}
    facts = {name: name for name in attributes(here.project.transcripts())}
    return whole | fixed | facts


def _by(here: Here, view: str) -> str:
    names = unit_names(here, together=view != "map")
    first = "group" if view == "map" else "wave" if _waves(here) > 1 else "all"
    return str(
        st.selectbox(
            here.t("Split by"),
            list(names),
            index=list(names).index(first),
            format_func=lambda one: names.get(one, one),
            key=f"frequencies_by_{view}",
            persist_state="session",
            width=260,
        )
    )


def _waves(here: Here) -> int:
    return len({transcript.wave for transcript in here.project.transcripts()})


def _coder(here: Here) -> str | None:
    t, coders = here.t, here.project.coders()
    if len(coders) < 2:
        return None
    chosen = st.selectbox(
        t("Whose codings"),
        ("", *coders),
        format_func=lambda one: one or t("As the project says"),
        key="frequencies_coder",
        persist_state="session",
        help=t("The codings of two coders are never counted together: what both saw would count twice."),
        width=260,
    )
    return chosen or None


def _one(label: str, options: dict[str, str], key: str) -> str:
    return str(
        st.segmented_control(
            label,
            list(options),
            format_func=lambda one: options.get(one, one),
            default=next(iter(options)),
            required=True,
            key=key,
            persist_state="session",
        )
    )


def title_of(choices: Choices, t: Texts) -> str:
    """What a chart is called in a file."""
    what = t("Themes") if choices.level == "theme" else t("Codes")
    return f"{what}: {LABELS[choices.measure].translated(t.translate)}" if choices.view in COUNTED else what
