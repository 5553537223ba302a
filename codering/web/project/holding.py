"""What the project holds: its transcripts, with group and wave to be corrected, and their speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from codering.project import SAME
from codering.transcripts import Transcript
from codering.web.literal import plain
from codering.web.messages import said, show_problems
from codering.web.project import blind, speakers
from codering.web.project.remarks import remarks_here

if TYPE_CHECKING:
    from codering.web.here import Here

_EDITABLE: Final = ("title", "group", "wave", "date")


def show(here: Here) -> None:
    """Show the transcripts as a table that can be edited, the speakers of one of them, and who code blind."""
    t = here.t
    st.header(t("Transcripts"))
    with said(t):
        _table(here)
    if unled := [one.name for one in here.project.transcripts() if not one.led]:
        st.warning(
            plain(
                t(
                    "Nobody is a moderator in {names}: whoever led the conversation there counts as a participant. "
                    "Choose their role below, under Speakers of a transcript.",
                    names=", ".join(unled),
                )
            )
        )
    with st.expander(t("Speakers of a transcript: roles, pseudonyms, facts")), said(t):
        _speakers(here)
    with st.expander(t("Coding blind")), said(t):
        blind.show(here)


def _table(here: Here) -> None:
    import pandas as pd

    t, project = here.t, here.project
    decided = {one.name: one.decisions for one in project.describe_transcripts()}
    transcripts = project.transcripts()
    rows = [_row(one, decided[one.name]) for one in transcripts]
    before = pd.DataFrame(rows)
    # Another key after every change of the transcripts, by anyone: edits belong to the rows that they were made on.
    version = project.revisions()["transcripts"]
    after = st.data_editor(
        before,
        hide_index=True,
        num_rows="fixed",
        key=f"project_transcripts_{version}",
        disabled=[name for name in before.columns if name not in _EDITABLE],
        column_config={
            "name": st.column_config.TextColumn(t("Transcript")),
            "title": st.column_config.TextColumn(t("Title")),
            "group": st.column_config.TextColumn(t("Group")),
            "wave": st.column_config.TextColumn(t("Wave")),
            "date": st.column_config.TextColumn(t("Date"), help=t("Year-month-day, for example 2026-04-14")),
            "decisions": st.column_config.NumberColumn(t("Decisions")),
            "participants": st.column_config.NumberColumn(t("Participants")),
            "turns": st.column_config.NumberColumn(t("Turns"), help=t("Of participants")),
        },
    )
    changed = [
        (str(old["name"]), {key: _text(new[key]) for key in _EDITABLE if _text(new[key]) != _text(old[key])})
        for old, new in zip(before.to_dict("records"), after.to_dict("records"), strict=True)
    ]
    edits = [(name, values) for name, values in changed if values]
    st.caption(t("Double-click a cell to change a title, group, wave or date. Waves are compared on the page Waves."))
    if not edits:
        return
    st.warning(
        t.plural("{count} transcript is changed, not saved.", "{count} transcripts are changed, not saved.", len(edits))
    )
    if st.button(t("Save the changes"), type="primary", key="project_save_transcripts"):
        for name, values in edits:
            given = {key: (values[key] or None) if key in values else SAME for key in _EDITABLE}
            project.set_transcript(
                name, title=given["title"], group=given["group"], wave=given["wave"], date=given["date"]
            )
        st.rerun()


def _row(transcript: Transcript, decisions: int) -> dict[str, Any]:
    own = list(transcript.participant_turns())
    # What is needed least stands last: a narrow window hides the end of the row.
    return {
        "name": transcript.name,
        "title": transcript.title or "",
        "group": transcript.group or "",
        "wave": transcript.wave or "",
        "date": transcript.date or "",
        "decisions": decisions,
        "participants": len({turn.speaker for turn in own}),
        "turns": len(own),
    }


def _speakers(here: Here) -> None:
    t, project = here.t, here.project
    names = [one.name for one in project.transcripts()]
    name = st.selectbox(t("Transcript"), names, key="project_speakers_of")
    transcript = project.transcript(name)
    held = next(one for one in project.describe_transcripts() if one.name == name)
    show_problems(t, remarks_here(transcript, held.origin.problems))
    version = project.revisions()["transcripts"]
    after = speakers.edited(t, transcript, key=f"project_saved_speakers_{name}_{version}")
    changed = [(old, new) for old, new in zip(transcript.speakers, after, strict=True) if old != new]
    if changed:
        st.warning(
            t.plural("{count} speaker is changed, not saved.", "{count} speakers are changed, not saved.", len(changed))
        )
        if st.button(t("Save the changes"), type="primary", key="project_save_speakers"):
            for old, new in changed:
                project.set_speaker(
                    name,
                    old.name,
                    role=new.role if new.role != old.role else SAME,
                    pseudonym=new.pseudonym if new.pseudonym != old.pseudonym else SAME,
                    attributes=new.attributes if new.attributes != old.attributes else SAME,
                )
            st.rerun()
    if held.decisions:
        st.caption(
            t(
                "This transcript cannot be removed: {count} {count:decision refers|decisions refer} to its words.",
                count=held.decisions,
            )
        )
        return
    sure = st.checkbox(t("I want to remove this transcript from the project"), key=f"project_sure_{name}_{version}")
    if st.button(t("Remove the transcript"), key="project_remove", disabled=not sure):
        project.remove(name)
        st.rerun()


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
