"""What became of a code: its name today, and where codings of earlier versions of a codebook count.

A codebook changes while people code: codes are renamed, merged, split and removed. Decisions keep the code that was
given; the crosswalk says what that is called today.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from codering.codebooks import Codebook, Crossing
from codering.codings import Coding


def followed(crosswalk: Iterable[Crossing], code: str) -> tuple[str, ...]:
    """Follow a code through a crosswalk, oldest line first: the ids that it ended up as; itself if no line names it."""
    now: dict[str, None] = {code: None}
    for crossing in crosswalk:
        if not now.keys().isdisjoint(crossing.before):
            stayed = {name: None for name in now if name not in crossing.before}
            now = stayed | dict.fromkeys(crossing.after)
    return tuple(now)


def current_codes(codebook: Codebook, code: str) -> tuple[str, ...]:
    """What a code of an earlier version is called today.

    Parameters
    ----------
    codebook
        Today's codebook, with its crosswalk.
    code
        An id from any version.

    Returns
    -------
    tuple of str
        One id for a code that stayed, was renamed or merged; several for one that was split; none for one that was
        removed or that the codebook never had.
    """
    return tuple(name for name in followed(codebook.crosswalk, code) if name in codebook)


def under_todays_names(codebook: Codebook, codings: tuple[Coding, ...]) -> tuple[Coding, ...]:
    """Codings with what their codes are called today; one of a code that was split or removed keeps its own."""
    if not codebook.crosswalk:
        return codings
    now = {code: current_codes(codebook, code) for code in {one.code for one in codings} if code not in codebook}
    names = {code: became[0] for code, became in now.items() if len(became) == 1}
    return tuple(replace(one, code=names[one.code]) if one.code in names else one for one in codings)


def counted_as(codebook: Codebook, code: str, level: Literal["theme", "code"]) -> str | None:
    """Under what a coding with this code is counted today.

    Parameters
    ----------
    codebook
        Today's codebook, with its crosswalk.
    code
        An id from any version.
    level
        Themes or codes.

    Returns
    -------
    str or None
        The id of a theme or a code. A code that was split has no single code any more, but still a theme if all its
        parts stand in one. None where there is no single place, and for a code that was removed.
    """
    now = (code,) if code in codebook else current_codes(codebook, code)
    places = {codebook.code(one).theme if level == "theme" else one for one in now}
    return places.pop() if len(places) == 1 else None


def counting_for(
    codebook: Codebook, earlier: Iterable[str], level: Literal["theme", "code"]
) -> dict[str, tuple[str, ...]]:
    """Find, by theme or code of today, the ids that count for it: its own, those of its codes, and earlier ones.

    Parameters
    ----------
    codebook
        Today's codebook, with its crosswalk.
    earlier
        Ids that were given and that the codebook no longer has; those without a single place count for nothing.
    level
        Themes or codes.
    """
    places = [(code.id, code.theme if level == "theme" else code.id) for code in codebook]
    places += [(code, place) for code in earlier if (place := counted_as(codebook, code, level)) is not None]
    found: dict[str, list[str]] = {}
    for code, place in places:
        found.setdefault(place, []).append(code)
    return {place: tuple(codes) for place, codes in found.items()}
