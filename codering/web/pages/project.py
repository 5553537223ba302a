"""The page Project: open or make one, bring transcripts in, say of which group and wave they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from codering.web.here import Here
from codering.web.literal import plain
from codering.web.messages import said
from codering.web.numbers import count

if TYPE_CHECKING:
    from codering.project import Project


def show(here: Here) -> None:
    """Show the choice of a project, or what the open one holds."""
    import streamlit as st

    from codering.web import session
    from codering.web.project import holding, importing, starting

    t = here.t
    if here.opened is None:
        starting.show(here)
        return
    project = here.project
    st.title(plain(project.name))
    with said(t):  # words that were damaged are put back by adding the file again: that must stay possible
        # In places of their own: what comes and goes here must not close an expander below in which somebody works.
        with st.container():
            _base(here, project)
        with st.container():
            importing.show_report(here)
        if project.transcripts():
            with st.container():
                _next_step(here, project)
            holding.show(here)
            st.header(t("Add transcripts"))
        else:
            st.info(t("This project holds no transcripts yet. Drop files below; nothing is saved before you say so."))
    importing.show(here)
    if session.may_choose():
        st.divider()
        if st.button(t("Open or make another project"), key="project_close"):
            session.close_here()
            st.rerun()


def _base(here: Here, project: Project) -> None:
    import streamlit as st

    t = here.t
    transcripts = project.transcripts()
    own = [turn for transcript in transcripts for turn in transcript.participant_turns()]
    coders = {*project.independent_coders()}  # what was decided between coders is no coding more
    codings = [one for one in project.codings() if one.coder in coders]
    cells = (
        (t("Transcripts"), len(transcripts)),
        (t("Participants' turns"), len(own)),
        (t("Words of participants"), sum(turn.words for turn in own)),
        (t("Codings by people"), len(codings)),
        (t("Open suggestions"), len(project.unreviewed())),
    )
    if transcripts:
        for column, (label, number) in zip(st.columns(len(cells)), cells, strict=True):
            column.metric(label, count(t, number))
    where = project.path.name if project.path else ""
    codebook = project.codebook
    st.caption(
        t(
            "File: {file}. Codebook: {codebook}, version {version}.",
            file=plain(where or project.name),
            codebook=plain(codebook.label.in_language(here.language)),
            version=codebook.version,
        )
    )
    if project.unreviewed():
        st.caption(_open(here, project))


def _open(here: Here, project: Project) -> str:
    """Say what an open suggestion is, and why the page on which one codes counts otherwise."""
    t = here.t
    said = t("A suggestion is open while nobody answered it, and nobody read or coded its turn.")
    own = project.progress(coder=here.coder) if here.coder else ()
    total = sum(one.total for one in own)
    if not total:
        return said
    done = sum(one.done for one in own)
    return f"{said}  \n" + t(
        "The page Code transcripts counts yours alone: {done} of {total} answered.",
        done=count(t, done),
        total=count(t, total),
    )


def _next_step(here: Here, project: Project) -> None:
    """Say what to do next, from what there is."""
    import streamlit as st

    from codering.web.going import go, has

    t = here.t
    if not project.suggestions():
        from codering.web.project.importing import suggest

        st.info(t("The rules of the codebook have not looked at these transcripts yet."))
        if st.button(t("Look for suggestions"), type="primary", key="project_suggest"):
            suggest(here)
            st.rerun()
        return
    own = project.progress(coder=here.coder) if here.coder else ()
    review = has("review") and bool(project.unreviewed() or any(one.open for one in own))
    with st.container(horizontal=True):
        if review and st.button(t("Review the suggestions"), type="primary", key="project_review"):
            go("review")
        kind: Literal["primary", "secondary"] = "secondary" if review else "primary"
        if project.codings() and st.button(t("Look at the frequencies"), type=kind, key="project_frequencies"):
            go("frequencies")
