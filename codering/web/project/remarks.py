"""What the readers have to say about a transcript, where its speakers can be corrected on the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codering.errors import Message, Problem
from codering.readers.remarks import ALL_UNKNOWN, NO_MODERATOR, SOME_UNKNOWN
from codering.transcripts import Role, Transcript

_HERE: Final = {
    NO_MODERATOR: Message(
        "No moderator was recognised, so everyone counts as a participant. If someone leads the conversation, choose "
        "the role moderator for them in the table below."
    ).template,
    ALL_UNKNOWN: Message(
        "The file does not say who speaks; all turns are of a participant “{unknown}”. Write “Name: text” in the file "
        "and drop it again, or choose a role in the table below."
    ).template,
    SOME_UNKNOWN: Message(
        "{count} {count:turn has|turns have} no speaker; {count:it is|they are} of a participant “{unknown}”. Write "
        "the name in the file and drop it again, or choose a role for “{unknown}” in the table below."
    ).template,
}
"""By what the readers say, which point to a file beside the transcript: what to do on the page."""


def still_open(transcript: Transcript, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Leave out that nobody leads the conversation, once somebody does."""
    led = any(speaker.role is Role.MODERATOR for speaker in transcript.speakers)
    return tuple(one for one in problems if not (led and one.message.template == NO_MODERATOR))


def remarks_here(transcript: Transcript, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Give the problems that a reader found as a person at the table of speakers needs them.

    Parameters
    ----------
    transcript
        As it was corrected.
    problems
        Of the reader.
    """
    return tuple(_here(one) for one in still_open(transcript, problems))


def _here(problem: Problem) -> Problem:
    template = problem.message.template
    if template not in _HERE:
        return problem
    return Problem(problem.source, problem.place, _HERE[template], **problem.message.values)
