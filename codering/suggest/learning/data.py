"""What there is to learn from: turns of participants, and what people decided about them.

A turn that a person read carries a code or does not. A turn that nobody read says nothing: taking it for a negative
would teach the model the reviewer's pace instead of the codebook.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from codering.codebooks import Codebook
from codering.codings import Coding
from codering.transcripts import Role, Segment, Transcript

Place: TypeAlias = tuple[str, int]
"""Name of a transcript and number of a turn."""

Floats: TypeAlias = npt.NDArray[np.float64]
Labels: TypeAlias = npt.NDArray[np.int8]
Rows: TypeAlias = npt.NDArray[np.intp]
Matrix: TypeAlias = Any
"""A sparse matrix of SciPy, turns × features; SciPy has no types."""

UNKNOWN: Final = -1
"""The label of a turn and a code about which nobody decided."""

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
    """

    segment: Segment
    text: str
    previous: str
    question: str
    previous_at: Segment | None
    question_at: Segment | None
    group: str

    @property
    def place(self) -> Place:
        """Transcript and turn."""
        return self.segment.transcript, self.segment.turn


def passages_of(transcript: Transcript) -> Iterator[Passage]:
    """The turns of a transcript that can be coded, in order; turns without words are passed over."""
    for turn in transcript.participant_turns():
        if not turn.text.strip():
            continue
        before = transcript.turns[max(0, turn.number - 1 - _QUESTION_REACH) : turn.number - 1]
        spoken = [earlier for earlier in before if earlier.text.strip()]
        last = spoken[-1] if spoken and transcript.is_participant(spoken[-1]) else None
        asked = next((t for t in reversed(spoken) if transcript.speaker(t.speaker).role is Role.MODERATOR), None)
        yield Passage(
            segment=transcript.whole(turn),
            text=turn.text,
            previous=last.text if last else "",
            question=asked.text if asked else "",
            previous_at=transcript.whole(last) if last else None,
            question_at=transcript.whole(asked) if asked else None,
            group=transcript.group or transcript.name,
        )


def all_passages(transcripts: Iterable[Transcript]) -> tuple[Passage, ...]:
    """The turns of all transcripts that can be coded."""
    return tuple(passage for transcript in transcripts for passage in passages_of(transcript))


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


def labels(
    passages: Sequence[Passage],
    targets: Targets,
    codings: Iterable[Coding],
    read: Collection[Place],
    rejected: Collection[tuple[str, int, str]] = frozenset(),
) -> Labels:
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
    for place in read:
        if place in row:
            table[row[place]] = 0
    for transcript, turn, code in rejected:
        if (transcript, turn) in row and code in column:
            table[row[transcript, turn], column[code]] = 0
    for coding in codings:
        place = (coding.segment.transcript, coding.segment.turn)
        if place in row and coding.code in column:
            j = column[coding.code]
            table[row[place], [j, targets.parents[j]]] = 1
    return table
