"""The page Explore: what belongs together, what more groups bring, who speaks, and the paper beside practice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from codering.web.here import Here

if TYPE_CHECKING:
    from codering.analysis.frequencies import Level
    from codering.tables import Table

_WHOLE: Final = ("of_participants", "of_groups")
"""The same in every row: said once."""
_HIDDEN: Final = ("first", "second")
_LESS: Final = ("first_turns", "second_turns", "jaccard", "above")
"""What is left out at first, so that a pair, its z and its groups stand beside each other on a small screen."""


def show(here: Here) -> None:
    """Show the page."""
    import streamlit as st

    from codering.web.blindness import under_way
    from codering.web.nothing import nothing_decided

    t = here.t
    st.title(t("Explore"))
    if nothing_decided(here) or under_way(here):
        return
    views = {
        "together": t("What belongs together"),
        "saturation": t("Saturation"),
        "speaking": t("Who speaks"),
        "paper": t("Paper and practice"),
    }
    view = st.segmented_control(
        t("Show"),
        list(views),
        format_func=lambda one: views.get(one, one),
        key="explore_view",
        default="together" if "explore_view" not in st.session_state else None,
        required=True,
    )
    {"together": _together, "saturation": _saturation, "speaking": _speaking, "paper": _paper}[str(view)](here)


def _together(here: Here) -> None:
    import streamlit as st

    from codering.exporters import wave_charts
    from codering.exporters.charts import CHOSEN
    from codering.web.charts import chart_files, palette, roomy
    from codering.web.numbers import show_table

    t = here.t
    level = _level(here, "explore_together_level")
    shared, followed = here.project.cooccurrence(level=level, language=here.language)
    st.header(t("What shares a turn"))
    if any(row["together"] for row in shared.records()):
        st.altair_chart(
            roomy(wave_charts.pairs(shared, t, palette=palette(), select=True)),
            key=f"explore_pairs_{level}",
            on_select=lambda: _pick(f"explore_pairs_{level}", f"explore_pair_{level}"),
            selection_mode=CHOSEN,
            alt=t("Codes that share a turn: the same numbers stand in the table."),
        )
        st.caption(t("Bar: turns with both. Line: what chance would give."))
        title = t("What shares a turn")
        make = partial(wave_charts.pairs, shared, t)
        chart_files(here, make, shared, title=title, name=f"pairs-{level}", key=f"explore_pairs_{level}_file")
        _turns_with_both(here, shared, level)
    else:
        st.info(t("No turn carries two of them."))
    every = st.toggle(t("All columns"), key="explore_every", persist_state="session")
    hidden = _HIDDEN if every else (*_HIDDEN, *_LESS)
    if shared.rows:
        columns = [column.key for column in shared.columns if column.key not in hidden]
        show_table(t, shared, columns=columns, key=f"explore_shared_{level}")
    st.header(t("What follows what"))
    if not followed.rows:
        st.info(t("No two of them follow each other."))
        return
    columns = [column.key for column in followed.columns if column.key not in hidden]
    show_table(t, followed, columns=columns, key=f"explore_followed_{level}", told=shared.notes)


def _turns_with_both(here: Here, shared: Table, level: Level) -> None:
    """Show the words of the turns that carry both codes of a pair, chosen in the chart or here."""
    import streamlit as st

    from codering.web.quotations import show_quotations, told

    t = here.t
    pairs = {
        (str(row["first"]), str(row["second"])): f"{row['first_label']} + {row['second_label']}"
        for row in shared.records()
        if row["together"]
    }
    key = f"explore_pair_{level}"
    if st.session_state.get(key) not in pairs:
        st.session_state[key] = None
    pair = st.selectbox(
        t("Turns with both"),
        [None, *pairs],
        format_func=lambda one: pairs[one] if one else t("Choose one, or click in the figure"),
        key=key,
        placeholder=t("Choose one, or click in the figure"),
        width=520,
    )
    if pair is not None:
        found = here.project.passages_together(*pair, level=level)
        st.write(told(here, found))
        show_quotations(here, found, key=f"{key}_{'_'.join(pair)}")


def _pick(chart: str, key: str) -> None:
    """Let the pair that was clicked be the one that is chosen."""
    import streamlit as st

    from codering.exporters.charts import CHOSEN

    picked = st.session_state[chart].selection.get(CHOSEN) or []
    if picked:
        st.session_state[key] = (picked[0]["first"], picked[0]["second"])


def _saturation(here: Here) -> None:
    import streamlit as st

    from codering.exporters import wave_charts
    from codering.web.charts import chart_files, palette, roomy
    from codering.web.literal import plain
    from codering.web.numbers import show_table

    t = here.t
    level = _level(here, "explore_saturation_level", first="code")
    with st.container(horizontal=True, vertical_alignment="bottom", key="explore_saturation_rule"):
        base = st.number_input(t("Groups in the base"), 1, 20, 4, key="explore_base", width=200)
        run = st.number_input(t("Groups in a run"), 1, 10, 2, key="explore_run", width=200)
        least = st.number_input(t("Saturated at % new codes or less"), 0, 50, 5, key="explore_threshold", width=280)
    reached, runs = here.project.saturation(
        level=level, base=int(base), run=int(run), threshold=least / 100, language=here.language
    )
    st.info(plain(runs.notes[0].translated(t.translate)))
    st.altair_chart(
        roomy(wave_charts.curve(reached, t, palette=palette())),
        key=f"explore_curve_{level}",
        alt=t("Codes heard by number of groups: the same numbers stand in the table."),
    )
    st.caption(t("Line: on average over all orders; band: 95% of the orders; circles: in the order they were held."))
    title, make = t("Saturation"), partial(wave_charts.curve, reached, t)
    chart_files(here, make, reached, title=title, name=f"saturation-{level}", key=f"explore_curve_{level}_file")
    if runs.rows:
        show_table(t, runs, key="explore_runs", told=runs.notes[:1])
    with st.expander(t("As a table, with what it rests on")):
        show_table(t, reached, key=f"explore_reached_{level}")


def _speaking(here: Here) -> None:
    import streamlit as st

    from codering.web.numbers import show_table

    t = here.t
    everyone, divided = here.project.speaking()
    st.header(t("How speech is divided"))
    show_table(t, divided, key="explore_divided")
    st.header(t("Who speaks how much"))
    show_table(t, everyone, key="explore_speaking")


def _paper(here: Here) -> None:
    import streamlit as st

    from codering.web.literal import plain
    from codering.web.numbers import show_whole

    t = here.t
    table = here.project.paper_and_practice(language=here.language)
    if not table.rows:
        st.info(t("The codebook holds no figures of a survey (figures:)."))
        return
    st.info(plain(table.notes[0].translated(t.translate)))
    show_whole(t, table, [column.key for column in table.columns if column.key not in ("id", *_WHOLE)])
    whole = next(table.records())
    everyone = t(
        "In these groups: {participants} {participants:participant|participants} in {groups} focus "
        "{groups:group|groups}.",
        participants=whole["of_participants"],
        groups=whole["of_groups"],
    )
    st.caption(plain(everyone))
    for note in table.notes[1:]:
        st.caption(plain(note.translated(t.translate)))


def _level(here: Here, key: str, first: str = "theme") -> Level:
    import streamlit as st

    t = here.t
    levels = {"theme": t("Themes"), "code": t("Codes")}
    chosen = st.segmented_control(
        t("What"),
        list(levels),
        format_func=lambda one: levels.get(one, one),
        key=key,
        default=first if key not in st.session_state else None,
        required=True,
    )
    return cast("Level", chosen)
