"""What exercises are made of: turns with a reference coding, and what is known about how hard they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from codering.codebooks import Codebook
from codering.codings import Coding, Stance
from codering.transcripts import Place, Segment, Transcript, Turn


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A code that somebody gave to words of a turn.

    Attributes
    ----------
    code, stance, segment
        Which code, how, and on which words.
    """

    code: str
    stance: Stance
    segment: Segment


Marks = Mapping[Place, tuple[Mark, ...]]
"""By turn that a coder read: what the coder gave it, perhaps nothing. A turn that is not in it was not read."""


@dataclass(frozen=True)
class Material:
    """A project seen as material for exercises.

    Attributes
    ----------
    codebook, transcripts
        Of the project.
    reference
        Who gave the reference codings: an adjudicated set, or an experienced coder.
    right
        The reference's marks; only participants' turns.
    others
        By name, the marks of other coders of the same turns; where they disagree, a student cannot be wrong.
    reasons
        What the reference noted, by turn and code.
    notes
        What the reference noted about a turn as a whole.
    obvious
        Turns and codes that a rule of the codebook points at: the wording is explicit, whether or not it is meant.
    cues
        Words that set the stance, by turn and code, as the rules saw them.
    """

    codebook: Codebook
    transcripts: tuple[Transcript, ...]
    reference: str
    right: Marks
    others: Mapping[str, Marks]
    reasons: Mapping[tuple[Place, str], str]
    notes: Mapping[Place, tuple[str, ...]]
    obvious: frozenset[tuple[Place, str]]
    cues: Mapping[tuple[Place, str], str]

    @cached_property
    def by_name(self) -> dict[str, Transcript]:
        """The transcripts by name."""
        return {transcript.name: transcript for transcript in self.transcripts}

    def turn(self, place: Place) -> Turn:
        """The turn at a place."""
        return self.by_name[place[0]].turn(place[1])

    def theme(self, code: str) -> str:
        """The theme of a code."""
        return self.codebook.code(code).theme

    def carried(self, place: Place) -> dict[str, tuple[Mark, ...]]:
        """The reference's marks of a turn, by code."""
        return by_code(self.right.get(place, ()))

    def contested(self, place: Place, code: str) -> bool:
        """Whether the coders behind the reference disagreed about this code in this turn, or about its stance."""
        answers = {
            frozenset(mark.stance for mark in marks[place] if mark.code == code)
            for marks in self.others.values()
            if place in marks
        }
        return len(answers) > 1

    def limited(self, themes: Collection[str]) -> Material:
        """The same with nothing but the codes of some themes: what an exercise on those themes asks for."""

        def kept(marks: Marks) -> Marks:
            return {place: tuple(m for m in given if self.theme(m.code) in themes) for place, given in marks.items()}

        return replace(
            self, right=kept(self.right), others={coder: kept(marks) for coder, marks in self.others.items()}
        )

    @cached_property
    def obvious_at(self) -> dict[Place, frozenset[str]]:
        """By turn, the codes that a rule points at."""
        found: dict[Place, set[str]] = {}
        for place, code in self.obvious:
            found.setdefault(place, set()).add(code)
        return {place: frozenset(codes) for place, codes in found.items()}

    def given_by_others(self, place: Place) -> frozenset[str]:
        """The codes that at least one of the other coders gave a turn."""
        return frozenset(mark.code for marks in self.others.values() for mark in marks.get(place, ()))

    @cached_property
    def fingerprint(self) -> bytes:
        """Two bytes that differ (but for one chance in 65,536) if turns, codes or reference differ."""
        content = [
            [transcript.hash for transcript in sorted(self.transcripts, key=lambda one: one.name)],
            [code.id for code in self.codebook],
            [[*place, [[m.code, m.stance.value] for m in marks]] for place, marks in sorted(self.right.items())],
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).digest()[:2]


def by_code(marks: Iterable[Mark]) -> dict[str, tuple[Mark, ...]]:
    """Marks by their code, in order."""
    found: dict[str, tuple[Mark, ...]] = {}
    for mark in marks:
        found[mark.code] = (*found.get(mark.code, ()), mark)
    return found


def marks_of(codings: Iterable[Coding], coder: str, read: Iterable[Place]) -> dict[Place, tuple[Mark, ...]]:
    """A coder's marks by turn that the coder read."""
    found: dict[Place, tuple[Mark, ...]] = dict.fromkeys(sorted(read), ())
    for coding in codings:
        place = coding.segment.place
        if coding.coder == coder and place in found:
            found[place] = (*found[place], Mark(coding.code, coding.stance, coding.segment))
    return found
