"""What the models are trained on, and which of it is left out when they are tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from codering.suggest.learning.data import UNKNOWN, Floats, Labels, Matrix, Passage, Rows, Targets, merged_groups
from codering.suggest.learning.ridge import ALWAYS
from codering.suggest.learning.trust import Fired

Encode: TypeAlias = Callable[[Sequence[str]], Floats]
"""Texts to sentence vectors, shape (texts, dimensions)."""

NEEDED: Final = 5
"""Fewer decisions for, or against, teach nothing that carries over to another group."""
GROUPS_NEEDED: Final = 3
FADED: Final = 200
"""From this many reviewed turns on, the weak model of the rules is off: it was measured to hurt from there."""

_FOLDS: Final = 10
_MANY: Final = 3000  # turns; from here on half the folds leave enough to learn from
_WEAK_TURNS: Final = 1000  # unread turns that the weak model sees; more cost time and brought nothing


@dataclass(frozen=True, slots=True)
class Material:
    """What the models are trained on.

    Attributes
    ----------
    passages
        First all turns with a decision, then the codebook's examples, then unread turns for the weak model.
    matrix
        Their features, shape (passages, features).
    vectors
        Their sentence vectors, shape (passages, dimensions); None without an encoder.
    labels
        Shape (passages, codes).
    fired
        The hits of rules on them.
    folds
        Shape (passages,): in which fold a turn is left out; see :data:`~codering.suggest.learning.ridge.ALWAYS`.
    targets
        The codes.
    reviewed
        How many turns have a decision.
    """

    passages: tuple[Passage, ...]
    matrix: Matrix
    vectors: Floats | None
    labels: Labels
    fired: Fired
    folds: Rows
    targets: Targets
    reviewed: int

    @property
    def fading(self) -> float:
        """How much the weak model counts: from 1 at first to 0 from :data:`FADED` reviewed turns on."""
        return max(0.0, 1 - self.reviewed / FADED) if self.reviewed and self.fired.ruled.any() else 0.0


def learnable(decided: Labels) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which codes have enough decisions for and against, shape (codes,)."""
    return np.asarray(((decided == 1).sum(axis=0) >= NEEDED) & ((decided == 0).sum(axis=0) >= NEEDED))


def unread_for_rules(decided: Labels, fired: Fired, seed: int) -> Rows:
    """Unread turns from which the weak model may learn, at random; none once it is off."""
    unread = np.flatnonzero((decided == UNKNOWN).all(axis=1))
    reviewed = len(decided) - len(unread)
    if not 0 < reviewed < FADED or not fired.ruled.any():
        return np.empty(0, dtype=np.intp)
    size = min(_WEAK_TURNS, len(unread))
    return np.sort(np.random.default_rng(seed).choice(unread, size, replace=False))


def folds_of(passages: Sequence[Passage], reviewed: int, seed: int) -> Rows:
    """In which fold each turn is left out: no group stands on both sides.

    With fewer than :data:`GROUPS_NEEDED` groups: by stretches of consecutive turns, which is better than single turns
    (neighbours talk about the same thing) and worse than groups. Turns that are not reviewed are left out with their
    group; what belongs to no reviewed group never is.
    """
    merged = merged_groups(passages)
    groups = [merged[passage.group] for passage in passages]
    names = sorted(set(groups[:reviewed]))
    folds: Rows = np.full(len(passages), ALWAYS, dtype=np.intp)
    most = _FOLDS if reviewed < _MANY else _FOLDS // 2
    if len(names) < GROUPS_NEEDED:
        size = max(1, -(-reviewed // most))
        folds[:reviewed] = np.arange(reviewed) // size
        return folds
    # The largest groups first, each to the emptiest fold; ties by chance.
    counts = Counter(groups[:reviewed])
    order = sorted(np.random.default_rng(seed).permutation(names).tolist(), key=lambda name: -counts[name])
    filled = [0] * min(most, len(names))
    fold_of: dict[str, int] = {}
    for name in order:
        fold_of[name] = int(np.argmin(filled))
        filled[fold_of[name]] += counts[name]
    return np.array([fold_of.get(group, ALWAYS) for group in groups], dtype=np.intp)
