"""The model: what the parts of a sum say about a turn and a code, and how the parts are put together.

Up to four parts: what the text says (learned from decisions), what its meaning says (sentence vectors, if there is an
encoder), what the text says according to the rules (learned from their hits; fades out), and the log-odds of the rules
that fired. :mod:`codering.suggest.learning.mixing` weighs them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np

from codering.suggest.learning.data import UNKNOWN, Floats, Labels, Matrix, Passage, Rows, Targets, merged_groups
from codering.suggest.learning.mixing import Aim, Mix, mixed, sigmoid
from codering.suggest.learning.ridge import ALWAYS, Landmarks, Ridge, ridge
from codering.suggest.learning.trust import Fired, RuleTrust

Encode: TypeAlias = Callable[[Sequence[str]], Floats]
"""Texts to sentence vectors, shape (texts, dimensions)."""

NEEDED: Final = 5
"""Fewer decisions for, or against, teach nothing that carries over to another group."""
GROUPS_NEEDED: Final = 3
FADED: Final = 200
"""From this many reviewed turns on, the weak model of the rules is off: it was measured to hurt from there."""

PARTS: Final = ("text", "meaning", "weak", "rules")
"""The parts of the sum; to leave one out is for measuring what it brings."""

_MOST_LANDMARKS: Final = 1000
_FOLDS: Final = 10
_MANY: Final = 3000  # turns; from here on half the folds leave enough to learn from
_PENALTY: Final = 1.0  # on the text; 0.3 to 3 made no difference
_MEANING_PENALTY: Final = 1000.0  # on vectors that were standardised
_WEAK_TURNS: Final = 1000  # unread turns that the weak model sees; more cost time and brought nothing
_PARENT: Final = 10.0  # a code with this many positives listens to its theme as much as to itself

_START: Final = {"text": 0.5, "meaning": 0.5, "weak": 0.5, "rules": 1.0}
_FIRMNESS: Final = 50.0  # weaker, and a dozen positives of the training groups decide how much rules count elsewhere


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

    def after(self, features: Matrix, code: int, label: int, before: int) -> Model:
        """The same with one more decision, on a turn with these features, shape (1, features).

        Only what the text says of this code (and of the codes below a theme) changes; how much it counts, and the
        thresholds, change when everything is trained again.
        """
        if self.renewal is None:
            return self
        change, columns, gains = self.renewal.change(features, code, label, before)
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

    def change(self, features: Matrix, code: int, label: int, before: int) -> tuple[Floats, Rows, Floats]:
        """How the weights of features change, shape (features,); for which codes, and times how much for each."""
        coordinates = self.landmarks.coordinates(features)[0]
        step = self.text.fitted.step(coordinates, code, label, before)
        part = self.text
        below = np.flatnonzero((part.parents == code) & (np.arange(len(part.parents)) != code))
        columns = np.concatenate([[code], below])
        share = np.concatenate([[1 - part.share[code]], part.share[below]])
        return self.landmarks.weights(step[:, None])[:, 0], columns, share * self.weight[columns] / part.spread[code]


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


def train(material: Material, aim: Aim, seed: int, use: Collection[str] = PARTS) -> Model:
    """Fit the parts in `use`, and weigh them on groups that were left out."""
    targets, reviewed = material.targets, material.reviewed
    decided = material.labels[:reviewed]
    landmarks = Landmarks.of(material.matrix[_landmark_rows(material, seed)])
    coordinates = landmarks.coordinates(material.matrix)
    parts, standard = _fitted(material, coordinates, use)
    rules = _rules_held_out(material) if "rules" in use else None
    enough = learnable(decided)
    mixes = tuple(_mix(j, parts, rules, material, aim) if enough[j] else None for j in range(len(targets.codes)))
    weight = {name: np.zeros(len(targets.codes)) for name in (*parts, "rules")}
    offsets = np.zeros(len(targets.codes))
    for j, mix in enumerate(mixes):
        if mix is not None:
            offsets[j] = mix.offset
            for name, value in zip((*parts, "rules") if rules is not None else parts, mix.weights, strict=True):
                weight[name][j] = value
        else:
            weight["rules"][j] = 1.0
            if "weak" in parts and material.fired.ruled[j]:
                weight["weak"][j] = material.fading * _START["weak"]
    theta: Floats = np.zeros((coordinates.shape[1], len(targets.codes)))
    for name in ("text", "weak"):
        if name in parts:
            more, offset = parts[name].linear(weight[name])
            theta, offsets = theta + more, offsets + offset
    meaning = Meaning(*standard, *parts["meaning"].linear(weight["meaning"])) if "meaning" in parts else None
    trust = RuleTrust.learn(material.fired, material.labels, np.arange(reviewed))
    renewal = Renewal(landmarks, parts["text"], weight["text"]) if "text" in parts else None
    return Model(landmarks.weights(theta), offsets, meaning, trust, weight["rules"], mixes, renewal)


def _fitted(
    material: Material, coordinates: Floats, use: Collection[str]
) -> tuple[dict[str, Part], tuple[Floats, Floats]]:
    """Fit the parts but for the rules; also centre and spread of the vectors' dimensions."""
    parts: dict[str, Part] = {}
    if "text" in use:
        parts["text"] = Part.of(ridge(coordinates, material.labels, material.folds, _PENALTY), material)
    if material.fading and "weak" in use:
        labels = material.fired.table()
        labels[material.reviewed : material.reviewed + _examples(material)] = UNKNOWN
        parts["weak"] = Part.of(ridge(coordinates, labels, material.folds, _PENALTY), material)
    centre, spread = np.zeros(0), np.ones(0)
    if material.vectors is not None and "meaning" in use:
        centre, spread = material.vectors.mean(axis=0), np.maximum(material.vectors.std(axis=0), 1e-9)
        fitted = ridge((material.vectors - centre) / spread, material.labels, material.folds, _MEANING_PENALTY)
        parts["meaning"] = Part.of(fitted, material)
    return parts, (centre, spread)


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


def _mix(code: int, parts: dict[str, Part], rules: Floats | None, material: Material, aim: Aim) -> Mix | None:
    columns = {name: part.held_out(code)[: material.reviewed] for name, part in parts.items()}
    if rules is not None:
        columns["rules"] = rules[:, code]
    table = np.column_stack(list(columns.values()))
    known = (material.labels[: material.reviewed, code] != UNKNOWN) & ~np.isnan(table).any(axis=1)
    positive = material.labels[: material.reviewed, code][known]
    if not 0 < positive.sum() < len(positive):
        return None
    start = np.array([_START[name] * (material.fading if name == "weak" else 1.0) for name in columns])
    return mixed(table[known], positive, start, np.full(len(start), _FIRMNESS), aim)


def _rules_held_out(material: Material) -> Floats:
    """The log-odds of rules, by the trust that decisions on other folds gave them; shape (reviewed, codes)."""
    reviewed = np.arange(material.reviewed)
    fold = material.folds[reviewed]
    found: Floats = np.zeros((material.reviewed, len(material.targets.codes)))
    for number in np.unique(fold):
        trust = RuleTrust.learn(material.fired, material.labels, reviewed[fold != number])
        found[fold == number] = trust.table(material.fired)[reviewed[fold == number]]
    return found


def _examples(material: Material) -> int:
    """How many passages are examples of the codebook."""
    return sum(not passage.segment.transcript for passage in material.passages)


def _landmark_rows(material: Material, seed: int) -> Rows:
    """All rows; if those are too many, the ones with the rarest codes first, then at random."""
    n = len(material.passages)
    if n <= _MOST_LANDMARKS:
        return np.arange(n)
    positives = np.maximum((material.labels == 1).sum(axis=0), 1)
    rarity = np.where(material.labels == 1, positives, n).min(axis=1)
    order = np.lexsort((np.random.default_rng(seed).random(n), rarity))
    half = _MOST_LANDMARKS // 2  # the other half from everything, or turns without a code would be described by none
    rest = np.random.default_rng(seed).permutation(order[half:])
    return np.sort(np.concatenate([order[:half], rest[: _MOST_LANDMARKS - half]]))
