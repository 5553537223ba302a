"""Answers that are kept for as long as nothing changes that they follow from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The last answer to one question.

    Notes
    -----
    Safe to use from several threads: at worst two of them work out the same answer.
    """

    def __init__(self) -> None:
        self._last: tuple[object, T] | None = None

    def get(self, state: object, answer: Callable[[], T]) -> T:
        """Give the answer, worked out only if `state` is another than the last time.

        Parameters
        ----------
        state
            Everything that the answer follows from, or what changes with it, such as
            :meth:`~codering.project.opened.OpenProject.revisions`; compared by ``==``.
        answer
            Works it out; what it raises is not kept.
        """
        last = self._last
        if last is None or last[0] != state:
            last = (state, answer())
            self._last = last
        return last[1]
