"""What training leaves, and what it proposes before that is explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codering.suggest.learning.data import Labels, Matrix, Passage, Targets
from codering.suggest.learning.explain import Decided
from codering.suggest.learning.features import Features
from codering.suggest.learning.material import Encode
from codering.suggest.learning.model import Model
from codering.suggest.learning.trust import Hits, RuleTrust
from codering.transcripts import Place


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code for a turn, before it is explained.

    Attributes
    ----------
    row
        Which of the passages that were asked about.
    code
        Column of the code.
    probability
        That a coder accepts it.
    """

    row: int
    code: int
    probability: float


@dataclass(frozen=True, slots=True)
class Trained:
    """What training leaves; without a model if nothing could be learned."""

    targets: Targets
    hits: Hits
    trust: RuleTrust
    known: dict[Place, tuple[bool, ...]]
    encode: Encode | None
    features: Features | None = None
    model: Model | None = None
    decided: Decided | None = None
    seen: tuple[dict[Passage, int], Matrix] = ({}, None)
    """The features of the passages that there were: they need not be worked out again."""
    since: Mapping[Place, Labels] = field(default_factory=dict)
    """What holds of turns about which something was decided since, shape (codes,)."""

    def matrix(self, passages: Sequence[Passage]) -> Matrix:
        """Features of passages, shape (passages, features)."""
        assert self.features is not None
        rows, matrix = self.seen
        found = [rows.get(passage, -1) for passage in passages]
        return matrix[found] if min(found, default=-1) >= 0 else self.features.transform(passages)
