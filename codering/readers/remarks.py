"""What :func:`codering.readers.drafts.reading_from` has to say about a transcript as a whole."""

from __future__ import annotations

from typing import Final

from codering.errors import Message, Problem
from codering.transcripts import Turn

ALL_UNKNOWN: Final = Message(
    "The file does not say who speaks; all turns are of a participant “{unknown}”. Write `Name: text` in the file, or "
    "give the speaker a role and a name in {sidecar}, under `speakers: {unknown}:`."
).template
SOME_UNKNOWN: Final = Message(
    "{count} {count:turn has|turns have} no speaker; {count:it is|they are} of a participant “{unknown}”. "
    "Name the speaker in the file, or give “{unknown}” a role in {sidecar}, under `speakers:`."
).template
NO_MODERATOR: Final = Message(
    "No moderator was recognised, so everyone counts as a participant. If someone leads the conversation, write in "
    "{sidecar}: `speakers: {{Name: {{role: moderator}}}}`."
).template


def about_unknown(turns: tuple[Turn, ...], unknown: str, name: str, source: str) -> Problem:
    """Say that some or all turns have no speaker, and how to name one.

    Parameters
    ----------
    turns
        All of the transcript's.
    unknown
        The name that unknown speakers have.
    name
        The transcript's, which is the stem of its sidecar.
    source
        The file.
    """
    nameless = [turn for turn in turns if turn.speaker == unknown]
    if len(nameless) == len(turns):
        return Problem(
            source,
            "",
            ALL_UNKNOWN,
            unknown=unknown,
            sidecar=f"{name}.yaml",
        )
    return Problem(
        source,
        Message("turn {number}", number=nameless[0].number),
        SOME_UNKNOWN,
        count=len(nameless),
        unknown=unknown,
        sidecar=f"{name}.yaml",
    )


def about_moderator(name: str, source: str) -> Problem:
    """Say that nobody leads the conversation, and how to say who does."""
    return Problem(source, "", NO_MODERATOR, sidecar=f"{name}.yaml")


def about_words(words_in: int, words_out: int, skipped: int, source: str) -> Problem:
    """Say that the accounts do not balance."""
    return Problem(
        source,
        "",
        "{words_in} {words_in:word|words} went in and {words_out} came out, with {skipped} skipped; compare the "
        "turns with the file.",
        words_in=words_in,
        words_out=words_out,
        skipped=skipped,
    )
