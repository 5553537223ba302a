"""Reading and checking what became of codes of earlier versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from typing import Final

from codering.codebooks import Change, Crossing
from codering.crosswalk import followed
from codering.readers.codebook_fields import Fields, Findings, identifier_of
from codering.readers.codebook_nodes import Node, Scalar

CROSSING_KEYS: Final = ("change", "before", "after", "date", "note")

_COUNTS: Final = {
    # change: fewest and most before, fewest and most after
    Change.RENAMED: (1, 1, 1, 1),
    Change.MERGED: (2, None, 1, 1),
    Change.SPLIT: (1, 1, 2, None),
    Change.REMOVED: (1, None, 0, 0),
}


def crosswalk_of(fields: Fields, codes: Container[str], found: Findings) -> tuple[Crossing, ...]:
    """Read the crosswalk and check that every line leads from retired codes to codes that exist.

    Parameters
    ----------
    fields
        The top of the codebook.
    codes
        The ids of today's codes.
    found
        Where to note problems.
    """
    read = [(node, path, _crossing(node, path, found)) for node, path in fields.items("crosswalk")]
    crossings = tuple(crossing for _, _, crossing in read)
    later: set[str] = set()  # codes that a later line still does something with
    for node, path, crossing in reversed(read):
        for code in crossing.after:
            if code not in codes and code not in later:
                found.error(
                    "{found} is no code of this codebook, and no later line says what became of it.",
                    node,
                    f"{path}.after",
                    found=code,
                )
        for code in crossing.before:
            if code in codes and code not in followed(crossings, code):
                found.error(
                    "{found} is still a code of this codebook; an id that was given up is not used again.",
                    node,
                    f"{path}.before",
                    found=code,
                )
        later.update(crossing.before)
    dates = [crossing.date for crossing in crossings if crossing.date]
    if dates != sorted(dates):
        found.warn("The lines should stand in the order of their dates.", fields.key("crosswalk"), "crosswalk")
    return crossings


def _crossing(node: Node, path: str, found: Findings) -> Crossing:
    fields = Fields(node, path, CROSSING_KEYS, found)
    written = fields.choice("change", tuple(change.value for change in Change), required=True)
    before, after = _ids(fields, "before", found, required=True), _ids(fields, "after", found)
    if written:
        _check_counts(fields, Change(written), len(before), len(after), found)
    return Crossing(Change(written or Change.REMOVED), before, after, _date(fields, found), fields.text("note"))


def _ids(fields: Fields, key: str, found: Findings, *, required: bool = False) -> tuple[str, ...]:
    read = (identifier_of(node, path, found) for node, path in fields.items(key, required=required))
    return tuple(dict.fromkeys(name for name in read if name))


def _check_counts(fields: Fields, change: Change, before: int, after: int, found: Findings) -> None:
    fewest, most, fewest_after, most_after = _COUNTS[change]
    fits = fewest <= before <= (most or before) and fewest_after <= after
    fits = fits and (most_after is None or after <= most_after)
    if not fits:
        found.error(
            "A code renamed has one before and one after, merged several and one, split one and several, removed "
            "only before; found {before} and {after}.",
            fields.node,
            fields.path,
            before=before,
            after=after,
        )


def _date(fields: Fields, found: Findings) -> str:
    node = fields.get("date")
    if node is None:
        return ""
    written = node.text if isinstance(node, Scalar) else ""
    try:
        return dt.date.fromisoformat(written).isoformat()
    except ValueError:
        found.error("Expected a date such as 2026-03-01; found {found}.", node, fields.at("date"), found=written)
        return ""
