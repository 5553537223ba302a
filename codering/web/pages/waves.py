"""The page Waves: which barriers are new, stay, grow, fade or come back, and what may be said about chance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from codering.codings import Stance
from codering.web.here import Here

if TYPE_CHECKING:
    from codering.analysis.frequencies import Level
    from codering.analysis.wave_tables import WaveResults
    from codering.errors import Message
    from codering.tables import Table


_PARTICIPANTS: Final = ("label", "pattern", "participants_0", "participants_1", "difference", "low", "high", "verdict")
_GROUPS: Final = ("label", "groups_0", "groups_1", "rose", "fell", "leans_on")
_CHANCE: Final = ("label", "denied_0", "denied_1", "p", "p_together")


def show(here: Here) -> None:
    """Show the page."""
    import streamlit as st

    from codering.analysis.wave_tables import wave_tables
    from codering.web.blindness import under_way
    from codering.web.going import go
    from codering.web.nothing import nothing_decided, nothing_read

    t, project = here.t, here.project
    st.title(t("Waves"))
    if nothing_read(here):
        return
    names = {transcript.wave for transcript in project.transcripts() if transcript.wave}
    if len(names) < 2:
        said = t("Waves can be compared from two on; this project has {count}. Give each transcript its wave.",
                 count=len(names))  # fmt: skip
        st.info(said)
        if st.button(t("To the page Project"), type="primary", key="waves_project"):
            go("project")
        return
    if nothing_decided(here) or under_way(here):
        return
    level, results = _asked(here)
    tables = wave_tables(results, project.codebook, language=here.language)
    for comparison, table in zip(results.comparisons, tables, strict=False):
        st.header(f"{comparison.before} → {comparison.after}")
        _compared(here, results, table)
    _rest(here, tables[len(results.comparisons) :])
    st.divider()
    _words(here, results, level)


def _asked(here: Here) -> tuple[Level, WaveResults]:
    """Let the analyst set the rules, and compare by them."""
    import streamlit as st

    from codering.analysis.waves import Rule

    t, project = here.t, here.project
    sizes = [sum(1 for x in project.transcripts() if x.wave == wave) for wave in _waves(here)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="waves_choices"):
        themes = st.toggle(t("Themes instead of codes"), key="waves_themes", persist_state="session")
        share = st.number_input(
            t("There if heard in % of the groups"),
            5,
            100,
            50,
            5,
            key="waves_groups",
            persist_state="session",
            width=240,
        )
        step = st.number_input(
            t("A change from % of the participants"), 1, 100, 15, key="waves_step", persist_state="session", width=260
        )
    with st.container(horizontal=True, vertical_alignment="bottom", key="waves_recurring"):
        groups = st.number_input(
            t("Comes back: in at least this many groups"),
            1,
            max(sizes),
            Rule(share / 100).needed(min(sizes)),
            key="waves_recurring_groups",
            width=280,
        )
        waves = st.number_input(t("in waves in a row"), 2, len(sizes), 2, key="waves_recurring_waves", width=200)
    level: Level = "theme" if themes else "code"
    rule = Rule(share / 100, step / 100)
    return level, project.wave_results(level=level, rule=rule, recurring=(int(groups), int(waves)))


def _compared(here: Here, results: WaveResults, table: Table) -> None:
    import streamlit as st

    from codering.analysis.wave_chance import conclusion
    from codering.exporters import wave_charts
    from codering.web.charts import chart_files, palette, roomy
    from codering.web.literal import plain

    t = here.t
    one = next(c for c in results.comparisons if f"{c.before} → {c.after}" == table.title)
    (st.info if one.can_conclude else st.warning)(plain(conclusion(one).translated(t.translate)))
    alone = st.toggle(
        t("Incidental ones too"),
        key=f"waves_incidental_{table.key}",
        help=t("Heard in too few groups to say anything."),
    )
    left_out = () if alone else ("incidental",)
    st.altair_chart(
        roomy(wave_charts.changes(table, t, left_out=left_out, palette=palette())),
        key=f"waves_chart_{table.key}_{alone}",
        alt=t("Share of participants in both waves: the same numbers stand in the table."),
    )
    st.caption(t("Open circle: {before}. Filled: {after}. Beside it: how many of all participants.",
                 before=plain(one.before), after=plain(one.after)))  # fmt: skip
    chart_files(
        here,
        partial(wave_charts.changes, table, t, left_out=left_out),
        table,
        title=f"{t('Share of participants')}: {table.title}",
        name=table.key.replace("_", "-"),
        key=f"waves_{table.key}_{alone}",
    )
    with st.expander(t("As a table, with what it rests on")):
        _compared_tables(here, table, certain=one.can_conclude, told=conclusion(one))


def _compared_tables(here: Here, table: Table, *, certain: bool, told: Message) -> None:
    """Show a comparison as three tables that fit a screen, with the notes below the last but for what was told."""
    import streamlit as st

    from codering.web.literal import plain
    from codering.web.numbers import frame, heads, show_frame

    t = here.t
    undefined = {key for key in ("low", "high") if all(row[key] is None for row in table.records())}
    left_out = undefined | (set() if certain else {"verdict"})
    parts = {t("Participants"): _PARTICIPANTS, t("Groups"): _GROUPS, t("Denied, and chance"): _CHANCE}
    for number, (title, wanted) in enumerate(parts.items()):
        st.markdown(f"**{title}**")
        columns = [key for key in wanted if key not in left_out]
        config = heads(t, table, columns)
        show_frame(frame(t, table, columns), key=f"waves_table_{table.key}_{number}", column_config=config)
    for note in table.notes:
        if note != told:
            st.caption(plain(note.translated(t.translate)))


def _rest(here: Here, tables: tuple[Table, ...]) -> None:
    """Show what comes back, and what cannot be compared."""
    import streamlit as st

    from codering.exporters import wave_charts
    from codering.web.charts import chart_files, palette
    from codering.web.numbers import show_table, show_whole

    t = here.t
    by_key = {table.key: table for table in tables}
    if "trends" in by_key:
        st.header(t("Over all waves"))
        show_table(t, by_key["trends"], columns=_named(by_key["trends"]), key="waves_table_trends")
    st.header(t("What comes back"))
    recurring = by_key["recurring"]
    show_table(t, recurring, columns=_named(recurring), key="waves_table_recurring")
    with st.expander(t("In how many groups, wave by wave")):
        st.altair_chart(
            wave_charts.course_of_waves(by_key["by_wave"], t, palette=palette()),
            key="waves_chart_course",
            alt=t("Groups in which each code is confirmed, by wave: the same numbers stand in the table."),
        )
        chart_files(
            here,
            partial(wave_charts.course_of_waves, by_key["by_wave"], t),
            by_key["by_wave"],
            title=t("In how many groups, wave by wave"),
            name="waves-groups",
            key="waves_course",
        )
    if "gaps" in by_key:
        st.header(t("What cannot be compared"))
        show_whole(t, by_key["gaps"], _named(by_key["gaps"]))


def _words(here: Here, results: WaveResults, level: Level) -> None:
    """Show what was said about one topic, wave by wave."""
    import streamlit as st

    from codering.web.quotations import show_quotations, told

    t, project = here.t, here.project
    st.header(t("The words behind a number"))
    heard = [one.topic for one in results.recurrences if any(one.groups)]
    labels = {topic.id: topic.label(project.codebook, here.language) for topic in heard}
    with st.container(horizontal=True, vertical_alignment="bottom", key="waves_behind"):
        code = st.selectbox(
            t("Theme") if level == "theme" else t("Code"),
            [None, *labels],
            format_func=lambda one: labels.get(one, one) if one else t("Choose one"),
            key=f"waves_code_{level}",
            placeholder=t("Choose one"),
            width=360,
        )
        wave = st.selectbox(t("Wave"), list(results.panel.waves), key="waves_wave", width=260)
    if code is None:
        return
    found = project.passages(code, level=level, stance=Stance.CONFIRMS, by="wave", unit=str(wave))
    if not found:
        st.info(t("Nobody says this here."))
        return
    panel = results.panel
    counted = panel.in_wave([topic.id for topic in panel.topics].index(code), panel.waves.index(str(wave)))
    st.write(told(here, found, counted=counted.participants))
    show_quotations(here, found, key=f"waves_{code}_{wave}")


def _named(table: Table) -> list[str]:
    """The columns without ids, and without the theme where that is the name."""
    same = all(row["theme"] == row["label"] for row in table.records()) if table.key != "gaps" else False
    return [column.key for column in table.columns if column.key != "id" and not (same and column.key == "theme")]


def _waves(here: Here) -> list[str]:
    return list(dict.fromkeys(t.wave for t in here.project.transcripts() if t.wave))
