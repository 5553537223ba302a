"""What a model was learned from, code by code, and how much more a code needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codering.errors import Message
from codering.suggest.learning.data import UNKNOWN, Labels
from codering.suggest.learning.features import BLOCKS
from codering.suggest.learning.material import GROUPS_NEEDED, NEEDED, learnable
from codering.suggest.learning.mixing import Aim, Mix
from codering.tables import Column, Kind, Table


@dataclass(frozen=True, slots=True)
class CodeReport:
    """What there was to learn about one code.

    Attributes
    ----------
    code
        Its id; a theme's id stands for anything on the theme.
    positives, negatives
        Turns that carry it, and turns that were read (or rejected) and do not.
    learned
        Whether the model suggests it.
    needed
        How many of each it takes at least.
    threshold
        The least probability that is suggested; NaN if the code was not learned.
    chance
        There was enough, but on groups that the model had not seen it did no better than chance.
    """

    code: str
    positives: int
    negatives: int
    learned: bool
    needed: int
    threshold: float
    chance: bool = False

    @property
    def more_positives(self) -> int:
        """How many positives are lacking."""
        return max(0, self.needed - self.positives)

    @property
    def more_negatives(self) -> int:
        """How many negatives are lacking."""
        return max(0, self.needed - self.negatives)

    @property
    def status(self) -> Message:
        """In words: learned, or what is lacking."""
        if self.learned:
            return Message("learned")
        if self.chance:
            return Message("not learned: on other groups no better than chance")
        if self.more_positives and self.more_negatives:
            return Message(
                "not learned: {positives} more {positives:turn|turns} with this code and {negatives} more "
                "without it are needed",
                positives=self.more_positives,
                negatives=self.more_negatives,
            )
        if self.more_positives:
            return Message(
                "not learned: {count} more {count:turn|turns} with this code {count:is|are} needed",
                count=self.more_positives,
            )
        return Message(
            "not learned: {count} more {count:turn|turns} read without this code {count:is|are} needed",
            count=self.more_negatives,
        )


@dataclass(frozen=True, slots=True)
class LearningReport:
    """What a model was learned from.

    Attributes
    ----------
    codes
        In the codebook's order.
    reviewed
        Turns with at least one decision.
    groups
        That they come from.
    aim
        ``balance`` or ``recall``.
    encoder
        The sentence vectors that were used; empty for none.
    features
        What the model saw of a turn, and the rules.
    notes
        What a reader must know.
    """

    codes: tuple[CodeReport, ...]
    reviewed: int
    groups: int
    aim: str
    encoder: str = ""
    features: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    def code(self, code: str) -> CodeReport:
        """The report on one code.

        Raises
        ------
        KeyError
            If the codebook had no such code.
        """
        return {one.code: one for one in self.codes}[code]

    def table(self, labels: Mapping[str, str] | None = None) -> Table:
        """The report as a table.

        Parameters
        ----------
        labels
            By the id of a code or theme what it is called; what has no label goes by its id.
        """
        called = labels or {}
        columns = (
            Column("label", "Code"),
            Column("code", "Id"),
            Column("positives", "Turns with the code", Kind.COUNT),
            Column("negatives", "Turns without the code", Kind.COUNT),
            Column("threshold", "Threshold", Kind.NUMBER),
            Column("status", "Learned?", Kind.LONG),
        )
        rows = tuple(
            (called.get(c.code, c.code), c.code, c.positives, c.negatives, c.threshold, c.status) for c in self.codes
        )
        read = Message(
            "Learned from {turns} {turns:turn|turns} of {groups} {groups:group|groups}.",
            turns=self.reviewed,
            groups=self.groups,
        )
        vectors = (Message("Meaning was looked at too ({encoder}).", encoder=self.encoder),) if self.encoder else ()
        undefined = Message("A code that was not learned has no threshold.")
        return Table("learning", "What was learned", columns, rows, (read, *vectors, *self.notes, undefined))


def report_on(
    codes: Sequence[str], decided: Labels, mixes: Sequence[Mix | None], groups: int, aim: Aim, encoder: str
) -> LearningReport:
    """Report what was learned from these labels, shape (turns, codes)."""
    enough = learnable(decided)
    found = tuple(
        CodeReport(
            code=code,
            positives=int((decided[:, j] == 1).sum()),
            negatives=int((decided[:, j] == 0).sum()),
            learned=mix is not None,
            needed=NEEDED,
            threshold=mix.threshold if mix else float("nan"),
            chance=bool(enough[j]) and mix is None,
        )
        for j, (code, mix) in enumerate(zip(codes, mixes, strict=True))
    )
    notes = []
    if 0 < groups < GROUPS_NEEDED:
        notes.append(
            Message(
                "Decisions come from {groups} {groups:group|groups}; with fewer than {needed}, thresholds rest "
                "on stretches of turns of the same groups and are too hopeful for a new group.",
                groups=groups,
                needed=GROUPS_NEEDED,
            )
        )
    features = (*BLOCKS, *(["vectors"] if encoder else []), "rules")
    reviewed = int((decided != UNKNOWN).any(axis=1).sum())
    return LearningReport(found, reviewed, groups, aim, encoder, features, tuple(notes))
