"""What there is to learn from: turns of participants, and what people decided about them.

A turn that a person read carries a code or does not. A turn that nobody read says nothing: taking it for a negative
would teach the model the reviewer's pace instead of the codebook.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from codering.codebooks import Codebook
from codering.codings import Coding, Suggestion
from codering.transcripts import Place, Role, Segment, Transcript

Floats: TypeAlias = npt.NDArray[np.float64]
Labels: TypeAlias = npt.NDArray[np.int8]
Rows: TypeAlias = npt.NDArray[np.intp]
Matrix: TypeAlias = Any
"""A sparse matrix of SciPy, turns × features; SciPy has no types."""

UNKNOWN: Final = -1
"""The label of a turn and a code about which nobody decided."""

REFERENCE: Final = "reference:"
"""What the names of a reference project's transcripts and groups begin with, so that they differ from one's own."""

_SAME: Final = 8  # words; a shorter turn may be said twice by chance
_WORDS: Final = re.compile(r"\w+")
_QUESTION_REACH: Final = 3  # turns back; as far as the rules look for the moderator's question


@dataclass(frozen=True, slots=True)
class Passage:
    """A participant's turn with what was said before it.

    Attributes
    ----------
    segment
        The words of the turn, without white space around them.
    text
        The whole text of the turn; offsets count from its start.
    previous
        What the last speaker said, if that was a participant; otherwise empty.
    question
        The moderator's last turn, at most three turns back; otherwise empty.
    previous_at, question_at
        Where those stand; None where there is none.
    group
        The group that the transcript belongs to.
    answers
        Whether a moderator spoke just before.
    """

    segment: Segment
    text: str
    previous: str
    question: str
    previous_at: Segment | None
    question_at: Segment | None
    group: str
    answers: bool = False

    @property
    def length(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def place(self) -> Place:
        """Transcript and turn."""
        return self.segment.transcript, self.segment.turn


def passages_of(transcript: Transcript) -> Iterator[Passage]:
    """The turns of a transcript that can be coded, in order; turns without words are passed over."""
    for turn in transcript.spoken_turns():
        before = transcript.turns[max(0, turn.number - 1 - _QUESTION_REACH) : turn.number - 1]
        spoken = [earlier for earlier in before if earlier.text.strip()]
        participant = bool(spoken) and transcript.is_participant(spoken[-1])
        last = spoken[-1] if participant else None
        asked = next((t for t in reversed(spoken) if transcript.speaker(t.speaker).role is Role.MODERATOR), None)
        yield Passage(
            segment=transcript.whole(turn),
            text=turn.text,
            previous=last.text if last else "",
            question=asked.text if asked else "",
            previous_at=transcript.whole(last) if last else None,
            question_at=transcript.whole(asked) if asked else None,
            group=transcript.group or transcript.name,
            answers=bool(spoken) and not participant,
        )


def all_passages(transcripts: Iterable[Transcript]) -> tuple[Passage, ...]:
    """The turns of all transcripts that can be coded."""
    return tuple(passage for transcript in transcripts for passage in passages_of(transcript))


def elsewhere(passage: Passage) -> Passage:
    """The same passage as one of a reference project."""
    place = replace(passage.segment, transcript=REFERENCE + passage.segment.transcript)
    return replace(passage, segment=place, group=REFERENCE + passage.group)


@dataclass(frozen=True, slots=True)
class Targets:
    """The codes to learn, and which theme each belongs to.

    Attributes
    ----------
    codes
        Ids in the codebook's order; a theme's own id stands for *anything on the theme*.
    parents
        For each code the index of its theme among `codes`; for a theme its own index.
    """

    codes: tuple[str, ...]
    parents: tuple[int, ...]

    @classmethod
    def of(cls, codebook: Codebook) -> Targets:
        """The codes of a codebook."""
        codes = tuple(code.id for code in codebook)
        index = {code: i for i, code in enumerate(codes)}
        return cls(codes, tuple(index[code.theme] for code in codebook))

    def is_theme(self, code: int) -> bool:
        """Whether a target is a theme as a whole."""
        return self.parents[code] == code


@dataclass(frozen=True, slots=True)
class Lessons:
    """Transcripts, and what people decided about them: what there is to learn from.

    Attributes
    ----------
    transcripts
        Whole transcripts, read and unread; the rules' hits on unread turns help as long as little was read.
    codings
        What holds: positives. A coding on a turn that is not in `read` says nothing about other codes.
    read
        Turns that were read: codes that they do not carry are negatives. All other turns are unknown.
    rejected
        Transcript, turn and code of suggestions that were rejected: negatives, also on turns not in `read`.
    suggestions
        What the rules suggest, on all turns for which suggestions will be asked. Other kinds are passed over.
    """

    transcripts: tuple[Transcript, ...]
    codings: tuple[Coding, ...] = ()
    read: frozenset[Place] = frozenset()
    rejected: frozenset[tuple[str, int, str]] = frozenset()
    suggestions: tuple[Suggestion, ...] = ()

    def among(self, names: Collection[str]) -> Lessons:
        """Only of the transcripts with these names."""
        return Lessons(
            tuple(one for one in self.transcripts if one.name in names),
            tuple(one for one in self.codings if one.segment.transcript in names),
            frozenset(place for place in self.read if place[0] in names),
            frozenset(place for place in self.rejected if place[0] in names),
            tuple(one for one in self.suggestions if one.segment.transcript in names),
        )


def labels(passages: Sequence[Passage], targets: Targets, lessons: Lessons) -> Labels:
    """What people decided about each turn and each code.

    Returns
    -------
    array of int8, shape (passages, codes)
        1 where the turn carries the code; 0 where it was read and does not, or where the code was rejected;
        :data:`UNKNOWN` otherwise. A theme is 1 where any of its codes is. A coding outweighs a rejection: a person
        may reject one suggestion and code other words of the same turn.
    """
    row = {passage.place: i for i, passage in enumerate(passages)}
    column = {code: j for j, code in enumerate(targets.codes)}
    table: Labels = np.full((len(passages), len(targets.codes)), UNKNOWN, dtype=np.int8)
    table[[row[place] for place in lessons.read if place in row]] = 0
    for transcript, turn, code in lessons.rejected:
        if (transcript, turn) in row and code in column:
            table[row[transcript, turn], column[code]] = 0
    for coding in lessons.codings:
        place = coding.segment.place
        if place in row and coding.code in column:
            j = column[coding.code]
            table[row[place], [j, targets.parents[j]]] = 1
    return table


def examples(codebook: Codebook, targets: Targets) -> tuple[tuple[Passage, ...], Labels]:
    """The codebook's examples and near misses as passages, with their labels, shape (examples, codes).

    An example carries its code (and theme) and no other; a near miss carries the code that it names instead, if any.
    """
    column = {code: j for j, code in enumerate(targets.codes)}
    passages: list[Passage] = []
    rows: list[set[int]] = []
    for code in codebook:
        for example in (*code.examples, *code.near_misses):
            carried = code.id if example in code.examples else example.instead
            place = Segment("", len(passages) + 1, 0, len(example.text))
            passages.append(Passage(place, example.text, "", "", None, None, ""))
            rows.append({column[carried], targets.parents[column[carried]]} if carried in column else set())
    table: Labels = np.zeros((len(rows), len(targets.codes)), dtype=np.int8)
    for i, carried_codes in enumerate(rows):
        table[i, sorted(carried_codes)] = 1
    return tuple(passages), table


def merged_groups(passages: Sequence[Passage]) -> dict[str, str]:
    """Each group's representative: groups in which the same long turn stands are one, whatever their names."""
    above = {p.group: p.group for p in passages}

    def top(name: str) -> str:
        while above[name] != name:
            name = above[name]
        return name

    first: dict[tuple[str, ...], str] = {}
    for passage in passages:
        words = telling_words(passage)
        if words:
            one, other = sorted((top(first.setdefault(words, passage.group)), top(passage.group)))
            above[other] = one
    return {name: top(name) for name in above}


def telling_words(passage: Passage) -> tuple[str, ...]:
    """The words of a turn that nobody else says by chance; nothing for a turn of fewer than eight words."""
    words = tuple(_WORDS.findall(passage.text.casefold()))
    return words if len(words) >= _SAME else ()


def unlike(lessons: Lessons, passages: Iterable[Passage]) -> Lessons | None:
    """Lessons without the groups in which one of these long turns stands word for word; None if nothing is left."""
    told = {telling_words(passage) for passage in passages} - {()}
    theirs = all_passages(lessons.transcripts)
    same = {passage.group for passage in theirs if telling_words(passage) in told}
    names = {one.name for one in lessons.transcripts if (one.group or one.name) not in same}
    return lessons.among(names) if names else None
