"""Passages as a list to read: the words, who says them where, and the way to their turn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from codering.codings import STANCES, Coding
from codering.errors import Message
from codering.web.going import go, has
from codering.web.literal import escaped, plain
from codering.web.messages import said
from codering.web.numbers import count

if TYPE_CHECKING:
    from codering.web.here import Here

_PAGE: Final = 20
_ACROSS: Final = 940
"""Pixels from the words to the buttons beside them, on a wide screen."""

_HELP: Final = {
    False: Message("Choose this passage for Word and web reports. Where nobody chooses, a report shows examples."),
    True: Message("Chosen for Word and web reports; click to leave it out again."),
}


def show_quotations(here: Here, codings: Sequence[Coding], *, key: str) -> None:
    """Show passages verbatim, twenty at a time, each with a button to its turn and one to choose it for reports.

    Parameters
    ----------
    codings
        In the order in which they are shown.
    key
        Of the widgets.
    """
    t, project = here.t, here.project
    pages = max(1, -(-len(codings) // _PAGE))
    page = 1
    if pages > 1:
        page = int(st.number_input(t("Page (of {count})", count=pages), 1, pages, 1, key=f"{key}_page", width=200))
    chosen = {coding.id for coding in project.chosen_quotations()}
    for number, coding in enumerate(codings[(page - 1) * _PAGE : page * _PAGE]):
        transcript = project.transcript(coding.segment.transcript)
        turn = transcript.turn(coding.segment.turn)
        # A code that was split since has no name today.
        known = coding.code in project.codebook
        code = project.codebook.code(coding.code).label.in_language(here.language) if known else coding.code
        stance = STANCES[coding.stance].translated(t.translate)
        where = t("{transcript}, turn {turn}", transcript=transcript.name, turn=turn.number)
        about = f"{transcript.speaker(turn.speaker).shown} · {where} · {code} ({stance}) · {coding.coder}"
        words, there, report = st.columns([6, 1.1, 1.2], vertical_alignment="center", width=_ACROSS)
        words.html(
            '<ul class="codering-quotes"><li>'
            f"<p>{escaped(transcript.quote(coding.segment))}</p><small>{escaped(about)}</small></li></ul>"
        )
        if has("review") and there.button(
            t("To the turn"), key=f"{key}_go_{page}_{number}", help=plain(where), type="tertiary"
        ):
            go("review", transcript=transcript.name, turn=turn.number)
        if here.coder:
            picked = coding.id in chosen
            report.button(
                t("In the report") if picked else t("For the report"),
                key=f"{key}_choose_{page}_{number}",
                icon=":material/check:" if picked else None,
                help=_HELP[picked].translated(t.translate),
                type="tertiary",
                on_click=partial(_choose, here, coding, chosen=not picked),
            )


def _choose(here: Here, coding: Coding, *, chosen: bool) -> None:
    with said(here.t):
        here.project.choose_quotation(coding.id, coder=here.coder, chosen=chosen)


def told(here: Here, codings: Sequence[Coding], *, counted: int | None = None) -> str:
    """Say how many passages these are, of how many participants in how many groups.

    Parameters
    ----------
    counted
        The number of participants that these passages stand behind; it leaves out who only agreed.
    """
    t, project = here.t, here.project
    who = {
        (c.segment.transcript, project.transcript(c.segment.transcript).turn(c.segment.turn).speaker) for c in codings
    }
    agreed = len(who) - counted if counted is not None else 0
    said = t(
        "{passages} {passages:passage|passages} of {participants} {participants:participant|participants} in "
        "{groups} focus {groups:group|groups}.",
        passages=count(t, len(codings)),
        participants=count(t, len(who)),
        groups=count(t, len({name for name, _ in who})),
    )
    if agreed < 1:
        return said
    return f"{said} " + t(
        "{count} of them only agreed (“ja, precies”), and {count:does|do} not count in the number.", count=agreed
    )
