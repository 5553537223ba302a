"""What a coder did, act by act: what can be undone, and what can be redone.

Undo is not a memory of the program but follows from what is stored, so that it survives a reload and works from
another computer: an undo is a batch of withdrawals whose name begins with ``undo:``, a redo withdraws those
withdrawals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from codering.codings import Decision

UNDO: Final = "undo:"
REDO: Final = "redo:"

Deed = tuple[Decision, ...]
"""The decisions of one act."""


class History:
    """One coder's acts in order, as an editor would keep them."""

    def __init__(self) -> None:
        self._done: list[Deed] = []
        self._undone: list[tuple[Deed, Deed]] = []

    def add(self, act: Deed) -> None:
        """Take in what the coder did next: something new, an undo or a redo."""
        targets = {decision.target for decision in act}
        batch = act[0].batch
        if batch.startswith(UNDO):
            back = _last(self._done, targets)
            if back is not None:
                self._undone.append((self._done.pop(back), act))
        elif batch.startswith(REDO):
            again = _last([withdrawals for _, withdrawals in self._undone], targets)
            if again is not None:
                self._done.append(self._undone.pop(again)[0])
        else:
            self._done.append(act)
            self._undone.clear()

    @property
    def to_undo(self) -> Deed:
        """The last thing that was done and not undone; empty if there is none."""
        return self._done[-1] if self._done else ()

    @property
    def to_redo(self) -> Deed:
        """The withdrawals of the last undo; empty if there is none, or something else was done since."""
        return self._undone[-1][1] if self._undone else ()


def deeds(decisions: Iterable[Decision]) -> tuple[Deed, ...]:
    """Put decisions of one batch together, in order; each decision once."""
    groups: dict[str, dict[str, Decision]] = {}
    for decision in decisions:
        groups.setdefault(decision.batch or decision.id, {})[decision.id] = decision
    return tuple(tuple(group.values()) for group in groups.values())


def _last(acts: Sequence[Deed], ids: set[str | None]) -> int | None:
    for index in range(len(acts) - 1, -1, -1):
        if {decision.id for decision in acts[index]} == ids:
            return index
    return None
