"""Whether a transcript asks for something still, and which one comes next: what the browser is told of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codering.project import Reviewed
    from codering.web.transcript.data import Json


def onward_data(
    name: str, rows: Sequence[Reviewed], upcoming: Sequence[Reviewed], titles: Mapping[str, str]
) -> dict[str, Json]:
    """Give what follows on a transcript.

    Parameters
    ----------
    name
        Of the transcript that is open.
    rows
        How far the coder is with every transcript.
    upcoming
        The others that ask for something, the next one first.
    titles
        Of transcripts, by name.

    Returns
    -------
    dict
        ``onward``: ``blind`` and ``done``, whether the open one is coded blind and whether the coder said to be done
        with it; ``next``, with its ``transcript``, ``title``, how many suggestions are ``open`` in it and whether it
        is ``blind``, or None; ``left``, how many there are; ``unread``, how many of the others were not read to the
        end.
    """
    own = next(row for row in rows if row.key == name)
    following = upcoming[0] if upcoming else None
    return {
        "onward": {
            "blind": own.declared is not None,
            "done": bool(own.declared),
            "next": following
            and {
                "transcript": following.key,
                "title": titles[following.key],
                "open": following.open,
                "blind": following.declared is not None,
            },
            "left": len(upcoming),
            "unread": sum(row.read < row.turns for row in rows if row.key != name),
        }
    }
