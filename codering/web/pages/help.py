"""The page Help: the first hour, what the numbers mean, what the tool cannot do."""

from __future__ import annotations

from codering.errors import Message
from codering.web.here import Here

FIRST_HOUR = (
    Message("Open the sample project on the page Project, and look around: nothing can break."),
    Message("Make a project of your own and drop two or three transcripts. Check who leads the conversation."),
    Message("Fill in your name on the left. Go to Code transcripts and decide about suggestions, one by one."),
    Message("Read one transcript whole and code what no rule found: so you see how much is missed."),
    Message("Let a colleague code the same transcript blind, and compare on the page Agreement."),
    Message("Look at Frequencies. Click on a number to read the words behind it."),
    Message("Make the workbook or the report on the page Exports."),
)
NUMBERS = (
    Message("A suggestion is a proposal of a rule or a model; it becomes a coding only when a person accepts it."),
    Message("Participants are counted before passages: who talks most should not decide what a group finds."),
    Message("A participant counts once, and only who says it in words of their own; who only agrees is counted apart."),
    Message("The moderator is never coded or counted."),
    Message(
        "Who denies a barrier is counted apart, in the columns that say so: denial is never counted as experience."
    ),
    Message("An interval shows how much the share would differ with other groups like these; it needs five groups."),
    Message("A dash means that a number does not exist, and the note below says why; it is never a zero."),
)
CANNOT = (
    Message("Rules and models miss things. The page Code transcripts estimates how much."),
    Message("Focus groups are no sample: shares describe these conversations, not a profession."),
    Message("The tool does not write codes for you: without a person nothing is coded."),
    Message("It does not make transcripts of recordings, and it does not make text anonymous by itself."),
    Message("It is made for Dutch; rules do not work on other languages."),
)
PRIVACY = (
    Message(
        "Everything stays on this computer: the app asks nothing of other servers, also not for fonts or statistics."
    ),
    Message(
        "A project is one file, with the transcripts in it. It is not encrypted: put it where transcripts may stand."
    ),
    Message("Stop the app with Ctrl+C in the window in which it was started; every decision is on the disk already."),
)


def show(here: Here) -> None:
    """Show the page."""
    import streamlit as st

    from codering.web.literal import plain

    t = here.t
    st.title(t("Help"))
    parts = (
        (t("The first hour"), FIRST_HOUR, "1."),
        (t("What the numbers mean"), NUMBERS, "-"),
        (t("What codering cannot do"), CANNOT, "-"),
        (t("Privacy"), PRIVACY, "-"),
    )
    for heading, lines, mark in parts:
        st.header(heading)
        st.markdown("\n".join(f"{mark} {plain(line.translated(t.translate))}" for line in lines))
    st.header(t("Keys"))
    st.markdown(
        "\n".join(
            f"- {line}"
            for line in (
                t("On the page Code transcripts: press ? for all keys."),
                t("Everywhere: Tab goes on, Shift+Tab goes back, arrows move within a choice, Enter presses."),
                t("Light or dark: the menu with three dots, at the top right."),
            )
        )
    )
    st.caption(t("More can be read in the folder docs of codering: codebook.md, rules.md, recall.md and others."))
