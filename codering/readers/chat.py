"""Zoom's chat: typed messages with the time on the wall.

::

    14:02:33<tab> From  Piet Jansen : Kan iedereen mij horen?          (older)
    14:02:33 From Piet Jansen to Everyone:                             (newer; the words on the next lines, after a tab)
    <tab>Kan iedereen mij horen?
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from codering.readers.clock import seconds
from codering.readers.drafts import Draft, Piece
from codering.readers.marks import Line

_FROM: Final = r"(?P<time>\d{1,2}:\d{2}:\d{2})\s+(?:From|Van)\s+"
_NEWER: Final = re.compile(_FROM + r"(?P<name>.{1,80}?)\s+(?:to|To|aan|naar)\s+(?P<to>.{1,80}?)\s*:\s*(?P<words>.*)")
_OLDER: Final = re.compile(_FROM + r"(?P<name>.{1,80}?)\s+:\s+(?P<words>.*)")
_EVERYONE: Final = re.compile(r"(?:everyone|iedereen|allen|all).*", re.IGNORECASE)


def is_chat(lines: Sequence[Line]) -> bool:
    """Whether the first line that says anything is a chat message."""
    first = next((line.text.strip() for line in lines if line.text.strip()), "")
    return _message(first) is not None


def read_chat(lines: Sequence[Line], draft: Draft) -> Draft:
    """Read a chat: each message a piece; times count from the first message.

    Messages to one person are private; they are skipped and reported.
    """
    draft.format = "zoom-chat"
    zero: float | None = None
    speaker: str | None = None
    start: float | None = None
    private = False
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        message = _message(text)
        if message is not None:
            clock = seconds(message["time"]) or 0.0
            zero = clock if zero is None else zero
            # A meeting may run past midnight.
            start = (clock - zero) % 86400
            speaker, text = message["name"].strip(), message["words"].strip()
            to = message.groupdict().get("to")
            private = to is not None and not _EVERYONE.fullmatch(to)
        if text and private:
            draft.skip(text, line.place, "skipped: a private message, to one person.")
        elif text:
            draft.add(Piece(text, line.place, speaker, start, "\n"))
    return draft


def _message(text: str) -> re.Match[str] | None:
    return _NEWER.fullmatch(text) or _OLDER.fullmatch(text)
