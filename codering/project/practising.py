"""Practice in a project: exercises, feedback, and what a student or a class does well and not yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from codering.codings import Stance, standing
from codering.errors import CoderingError
from codering.project.counting import COUNTED_CODER
from codering.project.reported import WithReports
from codering.transcripts import Place, Segment

if TYPE_CHECKING:
    from codering.practice import Exercise, Feedback, Likeness, Mark, Material, Settings, Sheet
    from codering.tables import Table


class WithPractice(WithReports):
    """A project to practise on."""

    def practice_material(self, reference: str | None = None) -> Material:
        """What exercises are made of.

        Parameters
        ----------
        reference
            The coder whose codings are right; without it the one whose codings count in results (the setting
            ``counted_coder``), or the only coder.

        Raises
        ------
        CoderingError
            If it is not clear who the reference is, or coders still work blind: an exercise tells what another coded.
        """
        from codering.practice import Material
        from codering.practice.material import marks_of

        who = self._reference(reference)
        if hidden := self.hidden_from(who):
            raise CoderingError(
                "Practice shows what others coded, and these transcripts are still coded blind: {names}. Practise once "
                "all coders are done with them.",
                names=", ".join(sorted(hidden)),
            )
        read, codebook = self.read_turns(self.coders()), self.codebook
        codings = [coding for coding in self.codings() if coding.code in codebook]
        marks = {coder: marks_of(codings, coder, read[coder]) for coder in self.coders()}
        notes: dict[Place, tuple[str, ...]] = {}
        reasons: dict[tuple[Place, str], str] = {}
        for decision in standing(self.decisions()):
            if decision.coder == who and decision.reason and decision.segment is not None:
                place = decision.segment.place
                if decision.code is None:
                    notes[place] = (*notes.get(place, ()), decision.reason)
                else:
                    reasons[place, decision.code] = decision.reason
        suggested = self.suggestions(source="rule")
        return Material(
            codebook=codebook,
            transcripts=self.transcripts(),
            reference=who,
            right=marks.pop(who),
            others=marks,
            reasons=reasons,
            notes=notes,
            obvious=frozenset((s.segment.place, s.code) for s in suggested),
            cues={
                (s.segment.place, s.code): e.words
                for s in suggested
                if s.stance is Stance.DENIES
                for e in s.evidence
                if e.kind == "cue"
            },
        )

    def practice(self, settings: Settings, *, reference: str | None = None) -> tuple[Material, Exercise]:
        """Draw an exercise; see :func:`codering.practice.draw`."""
        from codering.practice import draw

        material = self.practice_material(reference)
        return material, draw(material, settings)

    def shared_practice(self, code: str, *, reference: str | None = None) -> tuple[Material, Exercise]:
        """Make the exercise that a teacher shared; see :func:`codering.practice.exercise_from`."""
        from codering.practice import exercise_from

        material = self.practice_material(reference)
        return material, exercise_from(material, code)

    def practice_results(
        self, sheets: Sequence[Sheet], *, reference: str | None = None, language: str = "nl"
    ) -> tuple[Table, ...]:
        """What students do well and not yet: by code, what they confuse, and by student if there are several.

        Raises
        ------
        CoderingError
            If nobody handed in a turn of this project.
        """
        from codering.project.practice_tables import practice_tables

        return practice_tables(self.practice_material(reference), sheets, language=language)

    def _reference(self, chosen: str | None) -> str:
        coders = self.coders()
        who = chosen or str(self.setting(COUNTED_CODER, "") or "") or (coders[0] if len(coders) == 1 else "")
        if who in coders:
            return who
        raise CoderingError(
            "Practice needs a reference: a coder whose codings are right. Name one with --reference, or decide the "
            "disagreements on the page Agreement and count that in the results; this project has: {known}.",
            known=", ".join(coders) or "-",
        )


def feedback_on(material: Material, likeness: Likeness, place: Place, marks: Iterable[Mark], language: str) -> Feedback:
    """Feedback on one turn; see :func:`codering.practice.explain`.

    Raises
    ------
    CoderingError
        If a code is not in the codebook.
    """
    from codering.practice import explain

    marks = tuple(marks)
    for mark in marks:
        material.codebook.code(mark.code)
    return explain(material, likeness, place, marks, language)


def whole_turn(material: Material, place: Place) -> Segment:
    """All words of a turn: what is marked by a student who marks no words."""
    return material.by_name[place[0]].whole(material.turn(place))
