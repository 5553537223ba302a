"""Learning beside a review: in the background, so that nobody waits for it; the page notices the new suggestions."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from codering.errors import CoderingError
from codering.web.here import Here
from codering.web.messages import show_error

if TYPE_CHECKING:
    from codering.project import LearnReport, Project

_ENOUGH: Final = 50
"""After so many decisions a model that learns by itself begins again."""


@dataclass
class Lesson:
    """One training of a model, under way or done.

    Attributes
    ----------
    report, error
        What came of it: at most one of both, and neither while it is under way.
    thread
        In which it runs.
    """

    report: LearnReport | None = None
    error: CoderingError | None = None
    thread: Thread = field(default_factory=Thread)

    def learn(self, project: Project, coder: str | None) -> None:
        """Learn, and keep what came of it."""
        try:
            self.report = project.learn(coder=coder)
        except CoderingError as error:
            self.error = error


_LESSONS: Final[WeakKeyDictionary[Project, Lesson]] = WeakKeyDictionary()
"""The last lesson of each project."""


def begin(here: Here) -> None:
    """Let the project learn in the background, unless it does so already.

    Where people code blind a model learns from the own decisions only: another's would show through its reasons.
    """
    last = _LESSONS.get(here.project)
    if last is not None and last.thread.is_alive():
        return
    lesson = Lesson()
    coder = here.coder if here.project.blind_coders else None
    lesson.thread = Thread(target=lesson.learn, args=(here.project, coder), name="codering-learning", daemon=True)
    _LESSONS[here.project] = lesson
    lesson.thread.start()


def decisions_since(here: Here) -> int:
    """How many decisions were made since the project last learned."""
    times = [run.time for run in here.project.runs() if run.kind == "learned"]
    return sum(1 for one in here.project.decisions() if not times or one.time > times[-1])


def learn_if_wanted(here: Here) -> None:
    """Begin again after enough decisions, if the coder wants that."""
    import streamlit as st

    if st.session_state.get("review_learns") and decisions_since(here) >= _ENOUGH:
        begin(here)


def show_learning(here: Here) -> None:
    """Let the coder begin, and say what came of it."""
    import streamlit as st

    t = here.t
    st.caption(
        t("The model learns from what was decided in this project, and suggests anew. That takes up to a minute.")
        + " "
        + t("Decisions since it last learned: {count}.", count=decisions_since(here))
    )
    lesson = _LESSONS.get(here.project)
    under_way = lesson is not None and lesson.thread.is_alive()
    st.button(
        t("Learning …") if under_way else t("Learn now"),
        key="review_learn",
        disabled=under_way,
        on_click=lambda: begin(here),
    )
    st.toggle(
        t("Learn by itself after every {count} {count:decision|decisions}", count=_ENOUGH),
        key="review_learns",
        persist_state="session",
    )
    if lesson is None or under_way:
        return
    if lesson.error is not None:
        show_error(t, lesson.error)
    elif lesson.report is not None:
        _say(here, lesson.report)


def _say(here: Here, report: LearnReport) -> None:
    import streamlit as st

    t = here.t
    codes = report.learned.codes
    learned = sum(code.learned for code in codes)
    st.text(
        t(
            "{learned} {learned:code|codes} learned, {more} {more:needs|need} more decisions. New suggestions: {new}.",
            learned=learned,
            more=len(codes) - learned,
            new=report.run.new,
        )
    )
    if not learned:
        st.caption(
            t(
                "A code is learned from turns that carry it and turns that do not. A turn counts as not carrying it "
                "once you marked it as read (G)."
            )
        )
