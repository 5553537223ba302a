"""Which criterion decides a difference: a general rule of the guide, a line of the codebook, the reference's reason.

What is said here is looked up, never made up: the reason that the reference wrote, the line of the codebook that names
the other code or shares words with the turn, the general rule whose conditions the turn meets, and the definition. What
was looked up by shared words can miss the point; then the definition still stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from codering.codebooks import Code, Example
from codering.codings import Stance
from codering.errors import Message
from codering.naming import codes_named, with_labels
from codering.practice.comparing import Difference, Kind
from codering.practice.material import Mark, Material
from codering.practice.similar import shared_stems
from codering.transcripts import Place

UNIT: Final = Message("Rule 1: a turn carries a code or it does not; it can carry several codes.")
ONLY_PARTICIPANTS: Final = Message(
    "Rule 2: only what participants say is coded, however many terms the moderator's question holds."
)
ONLY_MENTIONED: Final = Message(
    "Rule 3: code what somebody says about practice. A term that is only mentioned is not coded."
)
DENIED: Final = Message(
    "Rule 4: who says that it does not occur, or does not hold, gets the code too, with the stance “denies”."
)
AGREEMENT: Final = Message(
    "Rule 5: a short agreement that answers a coded turn directly takes over the codes of that turn."
)
NO_AGREEMENT: Final = Message(
    "Rule 5: a short agreement is coded only where it answers a coded turn directly and clearly."
)
MOST_SPECIFIC: Final = Message(
    "Rule 6: choose the most specific code that fits; the theme's own code is for what fits none of its codes."
)
THEN_AND_NOW: Final = Message(
    "Rule 7: where then is set against now, or there against here, the stance follows the speaker's own present "
    "practice."
)
DOING_AND_MINDING: Final = Message(
    "Rule 8: who says that it happens, confirms, also when defending it; who disputes that it is a problem, denies."
)
SAME_WORDS: Final = Message(
    "Rule 1: for counting the turn carries the code either way. For a quotation, mark the words that say it."
)

RULES: Final = (
    UNIT,
    ONLY_PARTICIPANTS,
    ONLY_MENTIONED,
    DENIED,
    NO_AGREEMENT,
    MOST_SPECIFIC,
    THEN_AND_NOW,
    DOING_AND_MINDING,
)
"""The general rules, to read before and while coding; feedback names them by their number."""

_SHORT: Final = 9
"""Words of the longest turn that can be a short agreement."""

_PAST: Final = re.compile(
    r"\b(?:vroeger|toen|destijds|voorheen|indertijd|vorige?|eerder|tegenwoordig|nu niet meer|in mijn tijd|"
    r"andere gemeente)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Because:
    """One reason.

    Attributes
    ----------
    what
        What kind of reason: a heading, or a whole sentence where `text` is empty.
    text
        What the codebook or the reference says, as it is written there.
    """

    what: Message
    text: str = ""


class Criteria:
    """Looks up what decides the differences in one turn.

    Parameters
    ----------
    material
        What exercises are made of.
    place
        The turn.
    language
        Of the codes' labels.
    """

    def __init__(self, material: Material, place: Place, language: str) -> None:
        self._material, self._place, self._language = material, place, language
        self._text = material.turn(place).text
        self._words = len(self._text.split())

    def reasons(self, one: Difference) -> tuple[Because, ...]:
        """What decides it, the most telling first; nothing for what is right."""
        if one.kind is Kind.RIGHT:
            return ()
        found = [*self._written(one), *self._lines(one)]
        rule = self._rule(one)
        if rule is not None:
            first = one.kind in (Kind.STANCE, Kind.BOUNDARY) or rule is MOST_SPECIFIC
            found.insert(0 if first else len(found), Because(rule))
        if one.kind not in (Kind.STANCE, Kind.BOUNDARY):
            found += self._definitions(one)
        return tuple(found)

    def label(self, code: str) -> str:
        """The name of a code in the reader's language."""
        return self._material.codebook.code(code).label.in_language(self._language)

    def _written(self, one: Difference) -> list[Because]:
        """What the reference wrote when deciding."""
        codes = dict.fromkeys(mark.code for mark in (*one.expected, *one.given))
        reasons = [self._material.reasons.get((self._place, code), "") for code in codes]
        found = [Because(Message("Reason of the reference"), text) for text in dict.fromkeys(reasons) if text]
        if not found:
            notes = self._material.notes.get(self._place, ())
            found = [Because(Message("The reference noted at this turn"), text) for text in notes]
        return found

    def _rule(self, one: Difference) -> Message | None:
        """The general rule of the guide whose conditions the turn meets, if there is one."""
        match one.kind:
            case Kind.BOUNDARY:
                return SAME_WORDS
            case Kind.GENERAL:
                return MOST_SPECIFIC
            case Kind.STANCE:
                if _PAST.search(self._text):
                    return THEN_AND_NOW
                return DENIED if _stances(one.expected) == {Stance.DENIES} else DOING_AND_MINDING
            case Kind.MISSED if self._answers(one.code):
                return AGREEMENT
            case Kind.MISSED if _stances(one.expected) == {Stance.DENIES}:
                return DENIED
            case Kind.EXTRA if self._theme_beside_its_code(one.code):
                return MOST_SPECIFIC
            case Kind.EXTRA if self._words <= _SHORT // 2:
                return NO_AGREEMENT
            case Kind.EXTRA if self._names(one.code):
                return ONLY_MENTIONED
        return None

    def _answers(self, code: str) -> bool:
        """Whether this is a short turn right after a participant's turn that carries the code."""
        name, number = self._place
        return self._words <= _SHORT and number > 1 and code in self._material.carried((name, number - 1))

    def _theme_beside_its_code(self, code: str) -> bool:
        """Whether this is a theme's own code where one of the theme's codes is right."""
        carried = self._material.carried(self._place)
        return any(self._material.theme(one) == code != one for one in carried)

    def _names(self, code: str) -> bool:
        """Whether the turn uses the words of the code without being about it; one shared word can be chance."""
        found = self._material.codebook.code(code)
        obvious = code in self._material.obvious_at.get(self._place, frozenset())
        return (
            obvious
            or bool(shared_stems(self._text, found.label.nl))
            or any(len(shared_stems(self._text, line)) > 1 for line in found.include)
        )

    def _lines(self, one: Difference) -> list[Because]:
        """Lines of the codebook that decide it: which name the other code, or share words with the turn."""
        found: list[Because] = []
        expected = [mark.code for mark in one.expected]
        cue = self._material.cues.get((self._place, one.code), "")
        if one.kind in (Kind.STANCE, Kind.MISSED) and cue and _stances(one.expected) == {Stance.DENIES}:
            found.append(Because(Message("These words deny it"), cue))
        if one.expected and one.kind is not Kind.STANCE:
            code = self._material.codebook.code(expected[0])
            found += self._closest(Message("It belongs to {code}", code=self.label(code.id)), code.include)
        if one.given and one.kind is not Kind.STANCE:
            found += self._against(self._material.codebook.code(one.given[0].code), expected)
        return found

    def _against(self, given: Code, expected: Sequence[str]) -> list[Because]:
        """What the codebook says against a code that was given."""
        what = Message("It does not belong to {code}", code=self.label(given.id))
        here = expected or list(self._material.carried(self._place))
        book = self._material.codebook
        pointing = [line for line in given.exclude if not set(here).isdisjoint(codes_named(line, book))]
        found = [Because(what, self._named(line)) for line in pointing] or self._closest(what, given.exclude)
        miss = next((one for one in given.near_misses if one.instead and one.instead in here), None)
        miss = miss or self._alike(given.near_misses)
        if miss is not None:
            text = f"“{miss.text}” ({miss.why})" if miss.why else f"“{miss.text}”"
            found.append(Because(Message("A near miss in the codebook"), text))
        return found

    def _closest(self, what: Message, lines: Sequence[str]) -> list[Because]:
        shared = {line: len(shared_stems(self._text, line)) for line in lines}
        best = max(shared, key=shared.__getitem__, default="")
        return [Because(what, self._named(best))] if best and shared[best] else []

    def _named(self, line: str) -> str:
        return with_labels(line, self._material.codebook, self._language)

    def _alike(self, examples: Sequence[Example]) -> Example | None:
        return next((one for one in examples if len(shared_stems(self._text, one.text)) > 1), None)

    def _definitions(self, one: Difference) -> list[Because]:
        codes = dict.fromkeys(mark.code for mark in (*one.expected, *one.given))
        return [
            Because(
                Message("Definition of {code}", code=self.label(code)), self._material.codebook.code(code).definition
            )
            for code in codes
        ]


def _stances(marks: Iterable[Mark]) -> set[Stance]:
    return {mark.stance for mark in marks}
