"""What is new since what the browser holds. Pure.

The turns of two hours and the reasons of four hundred suggestions are half a megabyte, and a key changes a line of it.
So the browser says with its actions which version it holds, and is sent what became different since then. If it holds
none that is remembered here (a reload, another page, a restarted server), it is sent everything: that is always right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from codering.web.transcript.data import Json

_REMEMBERED: Final = 8
_Items = dict[str, Json]


@dataclass
class Sent:
    """What one browser was sent.

    Attributes
    ----------
    name
        Of this memory, so that a version of another (before the server was restarted) is not taken for one of it.
    """

    name: str = field(default_factory=lambda: uuid4().hex[:8])
    _known: dict[str, tuple[Json, Json, _Items]] = field(default_factory=dict)
    _count: int = 0

    def message(self, page: Json, state: Json, holds: str) -> Json:
        """Give the message that brings the browser up to date.

        Parameters
        ----------
        page, state
            From :mod:`codering.web.transcript.data`, whole.
        holds
            The version that the browser says it holds; empty for none.

        Returns
        -------
        dict
            ``version``; ``base``, the version that it builds on, empty if on none; ``page`` and ``state`` with the
            keys that differ, of the items those that differ; ``gone``, the ids of items that are no longer there.
        """
        items = _by_id(state)
        rest = {key: value for key, value in state.items() if key != "items"}
        base = holds if holds in self._known else ""
        old_page, old_rest, old_items = self._known.get(base, ({}, {}, {}))
        fresh: Json = {"items": [item for key, item in items.items() if old_items.get(key) != item]}
        self._count += 1
        version = f"{self.name}.{self._count}"
        self._remember(version, (page, rest, items), base)
        return {
            "version": version,
            "base": base,
            "page": _changed(old_page, page),
            "state": _changed(old_rest, rest) | fresh,
            "gone": [key for key in old_items if key not in items],
        }

    def _remember(self, version: str, what: tuple[Json, Json, _Items], base: str) -> None:
        self._known[version] = what
        for old in list(self._known)[:-_REMEMBERED]:
            if old != base:
                del self._known[old]


def _by_id(state: Json) -> _Items:
    items = state["items"]
    assert isinstance(items, list)
    return {item["id"]: item for item in items}


def _changed(old: Json, new: Json) -> Json:
    return {key: value for key, value in new.items() if key not in old or (old[key] is not value and old[key] != value)}
