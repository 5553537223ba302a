"""The model: what the parts of a sum say about a turn and a code.

Up to four parts: what the text says (learned from decisions), what its meaning says (sentence vectors, if there is an
encoder), what the text says according to the rules (learned from their hits; fades out), and the log-odds of the rules
that fired. :mod:`codering.suggest.learning.fitting` fits and weighs them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from codering.suggest.learning.data import Floats, Matrix, Rows
from codering.suggest.learning.material import Material
from codering.suggest.learning.mixing import Mix, sigmoid
from codering.suggest.learning.ridge import Landmarks, Ridge
from codering.suggest.learning.trust import Fired, RuleTrust

_PARENT: Final = 10.0  # a code with this many positives listens to its theme as much as to itself


@dataclass(frozen=True, slots=True)
class Meaning:
    """A model on sentence vectors.

    Attributes
    ----------
    centre, spread
        Of each dimension, for standardising.
    weights, offsets
        In log-odds, shapes (dimensions, codes) and (codes,).
    """

    centre: Floats
    spread: Floats
    weights: Floats
    offsets: Floats

    def log_odds(self, vectors: Floats) -> Floats:
        """What the meaning says, shape (n, codes)."""
        return np.asarray((vectors - self.centre) / self.spread @ self.weights + self.offsets)


@dataclass(frozen=True, slots=True)
class Model:
    """What training leaves.

    Attributes
    ----------
    weights, offsets
        What the text says, in log-odds: shapes (features, codes) and (codes,). The weak model is in it.
    meaning
        What sentence vectors say; None without an encoder.
    trust, rules
        What rules are worth, and by how much that counts for each code.
    mixes
        By code; None for a code that was not learned.
    renewal
        What it takes to take in a decision; None without a part for the text.
    """

    weights: Floats
    offsets: Floats
    meaning: Meaning | None
    trust: RuleTrust
    rules: Floats
    mixes: tuple[Mix | None, ...]
    renewal: Renewal | None = None

    def probabilities(self, matrix: Matrix, vectors: Floats | None, fired: Fired) -> Floats:
        """How likely each code is for each turn, shape (n, codes); of a code not learned what its rules say."""
        sums = np.asarray(matrix @ self.weights) + self.offsets + self.trust.table(fired) * self.rules
        if self.meaning is not None and vectors is not None:
            sums += self.meaning.log_odds(vectors)
        return sigmoid(sums)

    def after(self, features: Matrix, code: int, label: int, before: int, *, fitted: bool) -> Model:
        """The same with one more decision, on a turn with these features, shape (1, features).

        Only what the text says of this code (and of the codes below a theme) changes; how much it counts, and the
        thresholds, change when everything is trained again.
        """
        if self.renewal is None:
            return self
        change, columns, gains = self.renewal.change(features, code, label, before, fitted=fitted)
        weights = self.weights.copy()
        weights[:, columns] += np.outer(change, gains)
        return replace(self, weights=weights)


@dataclass(frozen=True, slots=True)
class Renewal:
    """What it takes to take in a decision without training everything again.

    Attributes
    ----------
    landmarks, text
        As they were fitted.
    weight
        How much the text counts, shape (codes,).
    """

    landmarks: Landmarks
    text: Part
    weight: Floats

    def change(
        self, features: Matrix, code: int, label: int, before: int, *, fitted: bool
    ) -> tuple[Floats, Rows, Floats]:
        """How the weights of features change, shape (features,); for which codes, and times how much for each."""
        coordinates = self.landmarks.coordinates(features)[0]
        step = self.text.fitted.step(coordinates, code, label, before, fitted=fitted)
        part = self.text
        below = np.flatnonzero((part.parents == code) & (np.arange(len(part.parents)) != code))
        columns = np.concatenate([[code], below])
        share = np.concatenate([[1 - part.share[code]], part.share[below]])
        return self.landmarks.weights(step[:, None])[:, 0], columns, share * self.weight[columns] / part.spread[code]


@dataclass(frozen=True, slots=True)
class Part:
    """A fitted part with the scale on which it is mixed: spread 1 on rows that were held out.

    Attributes
    ----------
    fitted
        The part.
    centre, spread
        Of what was held out, shape (codes,); the spread is infinite where nothing was.
    parents, share
        The theme of each code, and how much the theme counts beside the code itself, shape (codes,).
    """

    fitted: Ridge
    centre: Floats
    spread: Floats
    parents: Rows
    share: Floats

    @classmethod
    def of(cls, fitted: Ridge, material: Material) -> Part:
        """Work out the scale from what was held out."""
        held_out = fitted.held_out[: material.reviewed]
        known = ~np.isnan(held_out)
        count = np.maximum(known.sum(axis=0), 1)
        centre = np.where(known, held_out, 0).sum(axis=0) / count
        spread = np.sqrt(np.where(known, (held_out - centre) ** 2, 0).sum(axis=0) / count)
        parents = np.array(material.targets.parents, dtype=np.intp)
        positives = (material.labels[: material.reviewed] == 1).sum(axis=0)
        below = (parents != np.arange(len(parents))) & (spread[parents] > 0)
        share = np.where(below, _PARENT / (_PARENT + positives), 0.0)
        return cls(fitted, centre, np.where(spread > 0, spread, np.inf), parents, share)

    def held_out(self, code: int) -> Floats:
        """On the scale of the mix, with the theme in it, shape (n,)."""
        parent, share = self.parents[code], self.share[code]
        own, above = ((self.fitted.held_out[:, j] - self.centre[j]) / self.spread[j] for j in (code, parent))
        return np.asarray((1 - share) * own + share * above)

    def linear(self, weight: Floats) -> tuple[Floats, Floats]:
        """Weights of coordinates and offsets, each code's part multiplied with a weight."""
        theta = self.fitted.theta / self.spread
        offset = (self.fitted.offsets - self.centre) / self.spread
        share = self.share
        theta = (1 - share) * theta + share * theta[:, self.parents]
        return theta * weight, ((1 - share) * offset + share * offset[self.parents]) * weight
