"""What is compared: these coders, on these turns, for these codes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from codering.analysis.agreement import (
    NO_UNITS,
    NOBODY,
    TWO_ONLY,
    CodeAgreement,
    CodingSheet,
    Level,
    Unit,
    code_agreement,
    numbered,
    of_units,
)
from codering.analysis.continua import characters, continua
from codering.analysis.group_intervals import Units, units_of, with_interval
from codering.analysis.measures import Floats, Measure, f1, krippendorff_alpha, laid_out, percentage
from codering.analysis.unitizing import Boundaries, alpha_u_of_all, boundaries
from codering.codebooks import Code, Codebook, Theme
from codering.codings import Coding
from codering.crosswalk import current_codes
from codering.errors import AgreementError
from codering.transcripts import Transcript

Read = Mapping[str, Collection[Unit]]
"""By coder, the participants' turns that the coder read."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of a project is compared; empty means everything.

    Attributes
    ----------
    codes, themes
        Ids.
    transcripts
        Names.
    waves
        As transcripts state them.
    """

    codes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()

    def checked(self, codebook: Codebook, transcripts: Sequence[Transcript]) -> Scope:
        """Itself, if everything that it names exists.

        Raises
        ------
        AgreementError
            If it names what is not there.
        """
        known = {
            "code": (self.codes, [code.id for code in codebook]),
            "theme": (self.themes, [theme.id for theme in codebook.themes]),
            "transcript": (self.transcripts, [transcript.name for transcript in transcripts]),
            "wave": (self.waves, [transcript.wave for transcript in transcripts if transcript.wave]),
        }
        for option, (wanted, there) in known.items():
            for name in wanted:
                if name not in there:
                    raise AgreementError(
                        "--{option}: {name} does not occur in this project; there is: {known}.",
                        option=option,
                        name=name,
                        known=", ".join(dict.fromkeys(there)) or "-",
                    )
        return self


@dataclass(frozen=True)
class Comparison:
    """Coders side by side.

    Attributes
    ----------
    transcripts, codebook, codings
        Of the project.
    coders
        Two or more.
    read
        By coder, the turns that the coder read.
    scope
        Which part is compared.
    level
        ``turn``: a turn carries a code or not. ``segment``: by character, with the boundaries of passages.
    seen
        The share of the coders' decisions about `units` that were made with a suggestion in sight, 0 to 1.
    assumed
        Coder and transcript where it is an assumption that the coder read everything; see
        :func:`codering.analysis.completeness.turns_read`.
    """

    transcripts: tuple[Transcript, ...]
    codebook: Codebook
    codings: tuple[Coding, ...]
    coders: tuple[str, ...]
    read: Read
    scope: Scope = Scope()
    level: Level = "turn"
    seen: float = 0.0
    assumed: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def chosen(self) -> tuple[Transcript, ...]:
        """The transcripts in scope."""
        names, waves = self.scope.transcripts, self.scope.waves
        return tuple(
            one for one in self.transcripts if (not names or one.name in names) and (not waves or one.wave in waves)
        )

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Participants' turns in scope that at least two of the coders read."""
        return tuple(
            (transcript.name, turn.number)
            for transcript in self.chosen
            for turn in transcript.participant_turns()
            if sum((transcript.name, turn.number) in self.read[coder] for coder in self.coders) >= 2
        )

    @cached_property
    def of_all(self) -> frozenset[Unit]:
        """The units that all of the coders read."""
        return frozenset(unit for unit in self.units if all(unit in self.read[coder] for coder in self.coders))

    @property
    def groups(self) -> list[str]:
        """For each unit its focus group."""
        return [transcript for transcript, _ in self.units]

    @property
    def presumed(self) -> tuple[str, ...]:
        """The coders who in some transcript in scope are taken to have read everything, though they marked nothing."""
        there = {transcript.name for transcript in self.chosen}
        return tuple(one for one in self.coders if any(c == one and name in there for c, name in self.assumed))

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """The codes in scope, a theme's own code included."""
        scope = self.scope
        whole = not scope.codes and not scope.themes
        return tuple(one for one in self.codebook if whole or one.id in scope.codes or one.theme in scope.themes)

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The themes in scope: those of which all codes are."""
        ids = {code.id for code in self.codes}
        return tuple(one for one in self.codebook.themes if ids.issuperset(codes_of(one)))

    @cached_property
    def counted(self) -> tuple[Coding, ...]:
        """The coders' codings of codes in scope; a code that was renamed since counts under its new name."""
        ids = {code.id for code in self.codes}
        found = (self._today(coding) for coding in self.codings if coding.coder in self.coders)
        return tuple(coding for coding in found if coding is not None and coding.code in ids)

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """The code of each coding of these coders in `units` that has no single code today: it was split or removed."""
        there = set(self.units)
        mine = (one for one in self.codings if one.coder in self.coders and one.segment.place in there)
        return tuple(one.code for one in mine if self._today(one) is None)

    @cached_property
    def sheet(self) -> CodingSheet:
        """Which coder gave which code in scope to which unit."""
        return CodingSheet(self.counted, self.coders, self.read, self.units)

    @cached_property
    def of_codes(self) -> tuple[CodeAgreement, ...]:
        """Agreement on each of `codes`."""
        return tuple(self._of(code.id, frozenset({code.id})) for code in self.codes)

    @cached_property
    def of_themes(self) -> tuple[CodeAgreement, ...]:
        """Agreement on each of `themes`: whether a turn (or character) carries any of its codes."""
        return tuple(self._of(theme.id, codes_of(theme)) for theme in self.themes)

    def boundaries(self, codes: Collection[str]) -> Boundaries:
        """How well the passages of these codes coincide, in turns that all coders read."""
        return boundaries(continua(self.chosen, self.counted, self.coders, self.of_all, codes))

    @cached_property
    def of_sets(self) -> Measure:
        """Krippendorff's α with MASI distance, over the set of codes that each coder gives a turn."""
        table, distances = laid_out(self._sets())
        units = units_of(table, numbered(self.groups), smoothed=False)
        measure = with_interval(partial(_alpha_with, distances), units)
        return _explained(measure, nobody=not self.counted)

    def pooled(self, name: str) -> Measure:
        """Percentage or F1 over all codes in scope together: each pair of a turn and a code is a decision."""
        if name == "f1" and len(self.coders) != 2:
            return Measure(math.nan, reason=TWO_ONLY)
        measure = with_interval(f1 if name == "f1" else percentage, self._pooled, lowest=0.0)
        return _explained(measure, nobody=not self.counted)

    def unitized(self) -> float:
        """α_U over all codes in scope: one minus the observed over the expected disagreement, each averaged.

        Codes that nobody used have no expected disagreement and are left out.
        """
        parts = [continua(self.chosen, self.counted, self.coders, self.of_all, {code.id}) for code in self.codes]
        return alpha_u_of_all(parts)

    def between(self, one: str, two: str) -> Comparison:
        """The same of two of the coders."""
        return replace(self, coders=(one, two))

    @cached_property
    def _pooled(self) -> Units:
        tables = [self.sheet.ratings([code.id]) for code in self.codes]
        unit = np.tile(np.arange(len(self.units)), len(tables))
        return units_of(np.hstack(tables), numbered(self.groups), unit=unit)

    def _of(self, name: str, codes: frozenset[str]) -> CodeAgreement:
        if self.level == "turn":
            return code_agreement(name, self.sheet.ratings(codes), self.groups)
        by_name = {transcript.name: transcript for transcript in self.chosen}
        return of_units(name, characters(by_name, self.counted, self.coders, self.read, self.units, codes))

    def _sets(self) -> list[list[frozenset[str] | None]]:
        given: dict[tuple[str, Unit], set[str]] = defaultdict(set)
        for coding in self.counted:
            given[coding.coder, coding.segment.place].add(coding.code)
        return [
            [frozenset(given.get((coder, unit), ())) if unit in self.read[coder] else None for unit in self.units]
            for coder in self.coders
        ]

    def _today(self, coding: Coding) -> Coding | None:
        if coding.code in self.codebook:
            return coding
        now = current_codes(self.codebook, coding.code)
        return replace(coding, code=now[0]) if len(now) == 1 else None


def codes_of(theme: Theme) -> frozenset[str]:
    """The ids of a theme and its codes."""
    return frozenset({theme.id, *(code.id for code in theme.codes)})


def compared(comparison: Comparison) -> Comparison:
    """Itself, if there is something to compare.

    Raises
    ------
    AgreementError
        If no turn in scope was read by two of the coders.
    """
    if not comparison.units:
        raise AgreementError("No turn was read by two of these coders: {coders}.", coders=", ".join(comparison.coders))
    return comparison


def _alpha_with(distances: Floats, table: Floats, weights: Floats | None) -> Floats:
    return krippendorff_alpha(table, weights, distances)


def _explained(measure: Measure, *, nobody: bool) -> Measure:
    if math.isnan(measure.value):
        return Measure(math.nan, reason=NOBODY if nobody else NO_UNITS)
    return measure
