"""What :func:`codering.readers.drafts.reading_from` has to say about a transcript as a whole."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from codering.errors import Message, Problem
from codering.readers.speakers import SEVERAL, is_sure
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


MISSPELT: Final = Message(
    "“{label}” speaks once and is spelt almost like “{other}”. If they are one person, write in {sidecar}: "
    "`speakers: {{{label}: {{name: {other}}}}}`."
).template
ALIKE: Final = Message(
    "“{label}” and “{other}” may be one person, and count as two. If they are, write in {sidecar}: "
    "`speakers: {{{label}: {{name: {other}}}}}`."
).template
TOGETHER: Final = Message(
    "“{label}” are several people, and count as one participant more. If they should not count, write in {sidecar}: "
    "`speakers: {{{label}: {{role: moderator}}}}`."
).template
_FEWEST_LETTERS: Final = 4
_OFTEN: Final = 3
"""Turns of a speaker whose name others may be slips of the pen for."""


def about_misspelt(turns: tuple[Turn, ...], noted: Callable[[str], bool], name: str, source: str) -> Iterator[Problem]:
    """Say who may be another speaker, misspelt: one slip makes a participant more in every count.

    Parameters
    ----------
    turns
        All of the transcript's.
    noted
        Whether the researcher wrote something about a speaker with this name: then it is no slip.
    name
        The transcript's, which is the stem of its sidecar.
    source
        The file.
    """
    times = Counter(turn.speaker for turn in turns)
    often = [speaker for speaker, count in times.items() if count >= _OFTEN]
    told = set()
    for label, longer in _alike(tuple(times)):
        told |= {label, longer}
        if not noted(label) and not noted(longer):
            number = next(turn.number for turn in turns if turn.speaker == label)
            place = Message("turn {number}", number=number)
            yield Problem(source, place, ALIKE, label=label, other=longer, sidecar=f"{name}.yaml")
    for turn in turns:
        if times[turn.speaker] > 1 or noted(turn.speaker) or turn.speaker in told:
            continue
        other = next((one for one in often if _is_slip(turn.speaker.casefold(), one.casefold())), None)
        if other is not None:
            yield Problem(
                source,
                Message("turn {number}", number=turn.number),
                MISSPELT,
                label=turn.speaker,
                other=other,
                sidecar=f"{name}.yaml",
            )


def about_several(speakers: tuple[str, ...], noted: Callable[[str], bool], name: str, source: str) -> Iterator[Problem]:
    """Say which speakers are several people: who counts participants counts one too many."""
    for label in speakers:
        if SEVERAL.fullmatch(label) and not noted(label):
            yield Problem(source, "", TOGETHER, label=label, sidecar=f"{name}.yaml")


def _alike(speakers: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Pairs of names that are one but for accents, the order of words, or a surname that only one of them has."""
    words = {speaker: _words(speaker) for speaker in speakers}
    for label, own in words.items():
        longer = [other for other, found in words.items() if len(own) == 1 and found[:1] == own and len(found) > 1]
        same = [other for other, found in words.items() if other > label and sorted(found) == sorted(own)]
        if own and len(same + longer) == 1:
            yield label, (same + longer)[0]


def _words(name: str) -> list[str]:
    """The words of a name without accents and capitals; none for a code or a number, where a little is much."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    words = re.findall(r"[^\W\d_]+", plain)
    if re.search(r"[/&+]|\ben\b|\band\b", plain):
        return []  # two people
    return [] if is_sure(name) or any(map(str.isdigit, name)) or all(len(word) == 1 for word in words) else words


def _is_slip(one: str, other: str) -> bool:
    """Whether two names differ in one letter, or in two that changed places; codes such as R1 and R2 never do."""
    if min(len(one), len(other)) < _FEWEST_LETTERS or one[0] != other[0] or any(map(str.isdigit, one + other)):
        return False
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
    rest, rest_other = one[start:], other[start:]
    swapped = rest[1::-1] + rest[2:] == rest_other
    return swapped or rest[1:] == rest_other[1:] or rest[1:] == rest_other or rest == rest_other[1:]


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
