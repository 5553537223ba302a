"""Speakers in a table that can be corrected: who leads the conversation, pseudonyms, what is known about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.errors import CoderingError
from codering.previews import role_label
from codering.transcripts import Attributes, Role, Speaker, Transcript

if TYPE_CHECKING:
    from codering.texts import Texts

_ROLES: Final = [role.value for role in (Role.MODERATOR, Role.PARTICIPANT)]


def edited(t: Texts, transcript: Transcript, *, key: str) -> tuple[Speaker, ...]:
    """Show the speakers of a transcript and give them as they were corrected.

    Raises
    ------
    CoderingError
        If facts are not written as ``name: value``.
    """
    import pandas as pd

    turns = {speaker.name: 0 for speaker in transcript.speakers}
    for turn in transcript.turns:
        turns[turn.speaker] += 1
    rows = [
        (one.name, one.role.value, one.pseudonym or "", written(one.attributes), turns[one.name])
        for one in transcript.speakers
    ]
    shown = st.data_editor(
        pd.DataFrame(rows, columns=["name", "role", "pseudonym", "attributes", "turns"]),
        hide_index=True,
        num_rows="fixed",
        key=key,
        disabled=("name", "turns"),
        column_config={
            "name": st.column_config.TextColumn(t("Speaker")),
            "role": st.column_config.SelectboxColumn(
                t("Role"),
                options=_ROLES,
                required=True,
                format_func=lambda role: role_label(Role(str(role))).translated(t.translate),
            ),
            "pseudonym": st.column_config.TextColumn(t("Pseudonym"), max_chars=60),
            "attributes": st.column_config.TextColumn(
                t("Facts"), help=t("For crosstabs, for example: functie: klantmanager; ervaring: 12"), width="large"
            ),
            "turns": st.column_config.NumberColumn(t("Turns")),
        },
    )
    changed = shown.to_dict("records")
    return tuple(
        replace(
            speaker,
            role=Role(str(row["role"])),
            pseudonym=_text(row["pseudonym"]) or None,
            attributes=read_attributes(_text(row["attributes"])),
        )
        for speaker, row in zip(transcript.speakers, changed, strict=True)
    )


def moderators(transcript: Transcript, *, key: str) -> tuple[str, ...]:
    """The names of who leads, as corrected in the table with this key: known before the table is shown."""
    rows: dict[int, dict[str, object]] = st.session_state.get(key, {}).get("edited_rows", {})
    roles = [rows.get(row, {}).get("role", one.role.value) for row, one in enumerate(transcript.speakers)]
    return tuple(one.name for one, role in zip(transcript.speakers, roles, strict=True) if role == Role.MODERATOR.value)


def written(attributes: Attributes) -> str:
    """Write facts on one line: ``functie: klantmanager; ervaring: 12``."""
    return "; ".join(f"{name}: {value}" for name, value in attributes)


def read_attributes(text: str) -> Attributes:
    """Read what :func:`written` writes.

    Raises
    ------
    CoderingError
        If a part has no colon, or nothing before or after it.
    """
    return tuple(_pairs(part for part in text.split(";") if part.strip()))


def _pairs(parts: Iterable[str]) -> Iterable[tuple[str, str]]:
    for part in parts:
        name, colon, value = part.partition(":")
        if not (colon and name.strip() and value.strip()):
            raise CoderingError(
                "Facts are written as name: value, with a semicolon between them; {found} is not.", found=part.strip()
            )
        yield name.strip(), value.strip()


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
