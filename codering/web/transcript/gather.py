"""What a coder may see of one transcript, asked of the project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from codering.codings import Stance, Suggestion
from codering.review import Filters, Order
from codering.web.transcript.data import Ahead, Seen, uses_of

if TYPE_CHECKING:
    from codering.project import Project

_Suggestions = tuple[tuple[Suggestion, ...], tuple[Suggestion, ...]]
"""All of a transcript, those that no longer hold included; and the best of each turn, code and stance."""

_KEPT: Final[WeakKeyDictionary[Project, dict[str, tuple[object, _Suggestions]]]] = WeakKeyDictionary()
"""By project and transcript: in what state of the project they were read, and the suggestions. A decision changes none
of them, so that they are not read again with every key."""


def gather(project: Project, transcript: str, *, coder: str, order: Order, filters: Filters) -> Seen:
    """Ask a project for everything that the page shows of a transcript.

    Parameters
    ----------
    project, transcript, coder
        Of what, for whom. In blind mode there are neither suggestions nor codings of others.
    order, filters
        Of what comes next.
    """
    view = project.visible(coder)
    every, best = _suggestions(project, transcript, coder)
    came_of = project.answers(transcript, coder=coder)
    answered = set(came_of.values())
    shown = {one.id: one for one in best} | {one.id: one for one in every if one.id in answered}
    here = Filters(transcript=transcript)
    queue = project.queue(coder=coder, order=order, filters=filters)
    return Seen(
        suggestions=tuple(sorted(shown.values(), key=lambda one: (one.segment, one.code))),
        codings=view.codings(transcript=transcript),
        came_of=came_of,
        open=frozenset(one.id for one in project.acceptable(0.0, coder=coder, filters=here)),
        read=project.marked_read(transcript, coder=coder),
        memos=tuple(memo for memo in view.memos() if memo.coder == coder),
        order=tuple(
            Ahead(item.transcript, item.turn, item.suggestion, item.drawn, asks)
            for item, asks in zip(queue.items, queue.open, strict=True)
        ),
        uses=uses_of(project.codings(coder=coder)),
        sources=_others(every, shown),
    )


def _suggestions(project: Project, transcript: str, coder: str) -> _Suggestions:
    view, revisions = project.visible(coder), project.revisions()
    state = (revisions["suggestions"], revisions["transcripts"], transcript in view.hidden)
    kept = _KEPT.setdefault(project, {})
    if transcript not in kept or kept[transcript][0] != state:
        every = view.suggestions(transcript=transcript, current=False)
        kept[transcript] = (state, (every, view.suggestions(transcript=transcript, best=True)))
    return kept[transcript][1]


def _others(every: Iterable[Suggestion], shown: Mapping[str, Suggestion]) -> dict[str, tuple[str, ...]]:
    """By suggestion that is shown: what else suggests the same code and stance for the turn."""
    sources: dict[tuple[int, str, Stance], list[str]] = defaultdict(list)
    for one in every:
        sources[one.segment.turn, one.code, one.stance].append(one.source)
    found = {}
    for one in shown.values():
        others = {name for name in sources[one.segment.turn, one.code, one.stance] if name != one.source}
        if others:
            found[one.id] = tuple(sorted(others))
    return found
