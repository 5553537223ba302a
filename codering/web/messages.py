"""The one place where what went wrong becomes a message on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from codering.errors import CoderingError, Problem
from codering.texts import Texts
from codering.web.literal import plain


@contextmanager
def said(t: Texts) -> Iterator[None]:
    """Show a :class:`~codering.errors.CoderingError` raised within as a message, and go on after the block."""
    try:
        yield
    except CoderingError as error:
        show_error(t, error)


@contextmanager
def progress(text: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far something long is: gives what to tell how many are done and how many there are."""
    import streamlit as st

    bar = st.progress(0.0, text)

    def step(done: int, total: int) -> None:
        bar.progress(done / total if total else 1.0, text)

    try:
        yield step
    finally:
        bar.empty()


def show_error(t: Texts, error: CoderingError) -> None:
    """Show what went wrong, with the problems behind it."""
    import streamlit as st

    lines = [plain(error.message.translated(t.translate))]
    lines += [f"- {plain(problem.translated(t.translate))}" for problem in error.problems]
    st.error("\n".join([lines[0], "", *lines[1:]]))


def show_problems(t: Texts, problems: Sequence[Problem]) -> None:
    """List what a person should know, each with its file and place."""
    import streamlit as st

    lines = [plain(problem.translated(t.translate)) for problem in problems]
    if lines:
        st.warning(lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines))
