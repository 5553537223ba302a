"""Fitting the parts of the sum, and weighing them on groups that were left out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np

from codering.suggest.learning.data import UNKNOWN, Floats, Rows
from codering.suggest.learning.material import Material, learnable
from codering.suggest.learning.mixing import Aim, Mix, mixed
from codering.suggest.learning.model import Meaning, Model, Part, Renewal
from codering.suggest.learning.ridge import Landmarks, ridge
from codering.suggest.learning.trust import RuleTrust

PARTS: Final = ("text", "meaning", "weak", "rules")
"""The parts of the sum; to leave one out is for measuring what it brings."""

_MOST_LANDMARKS: Final = 1000
_PENALTY: Final = 1.0  # on the text; 0.3 to 3 made no difference
_MEANING_PENALTY: Final = 1000.0  # on vectors that were standardised

_START: Final = {"text": 0.5, "meaning": 0.5, "weak": 0.5, "rules": 1.0}
_FIRMNESS: Final = 50.0  # weaker, and a dozen positives of the training groups decide how much rules count elsewhere


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
