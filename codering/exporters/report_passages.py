"""Which passages a report shows, and who says them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codering.codings import Coding, Stance
from codering.exporters.results import Quotation
from codering.texts import Texts
from codering.transcripts import Role, Transcript

PASSAGES: Final = 3
"""Passages of a theme that are shown where nobody chose any."""

_FITTING: Final = range(40, 420)
"""Characters of a passage that reads well in a report."""


def person(transcript: Transcript, speaker: str, texts: Texts) -> str:
    """A speaker as the report names them: the pseudonym, or "participant 3" in order of first turn."""
    found = transcript.speaker(speaker)
    if found.pseudonym:
        return found.pseudonym
    return texts("participant {number}", number=_participants(transcript).index(speaker) + 1)


def _participants(transcript: Transcript) -> list[str]:
    return [one.name for one in transcript.speakers if one.role is Role.PARTICIPANT]


def picked_passages(own: Sequence[Quotation], chosen: frozenset[str]) -> tuple[bool, list[Quotation]]:
    """Whether somebody chose passages, and the chosen ones; or else some of a readable length, of different groups.

    Of a theme that occurs in one transcript only they are of different participants.
    """
    picked = [one for one in own if isinstance(one.item, Coding) and one.item.id in chosen]
    if picked:
        return True, picked
    fitting = [one for one in own if one.item.stance is Stance.CONFIRMS and len(one.words) in _FITTING]
    several = len({one.transcript.name for one in own}) > 1
    by_source: dict[str, Quotation] = {}
    for one in sorted(fitting, key=lambda one: (abs(len(one.words) - 180), one.item.segment)):
        transcript = one.transcript
        speaker = transcript.turn(one.item.segment.turn).speaker
        by_source.setdefault((transcript.group or transcript.name) if several else speaker, one)
    return False, list(by_source.values())[:PASSAGES]
