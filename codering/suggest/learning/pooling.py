"""Two projects' decisions as one: passages, labels and rule hits, and what names them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Final

import numpy as np

from codering.codebooks import Codebook
from codering.suggest.learning.data import (
    REFERENCE,
    Labels,
    Lessons,
    Passage,
    Targets,
    all_passages,
    elsewhere,
    labels,
)
from codering.suggest.learning.explain import Decided
from codering.suggest.learning.features import Features
from codering.suggest.learning.material import Material
from codering.suggest.learning.trust import Fired, Hits

ENGINE: Final = "2"
"""Changes whenever the same decisions could give other suggestions."""


def pooled(targets: Targets, lessons: Lessons, reference: Lessons | None) -> tuple[tuple[Passage, ...], Labels, Hits]:
    """The passages, labels and hits of both projects together, one's own first."""
    passages = all_passages(lessons.transcripts)
    decided = labels(passages, targets, lessons)
    hits = Hits.of(lessons.suggestions, targets)
    if reference is None:
        return passages, decided, hits
    others = all_passages(reference.transcripts)
    theirs = Hits.of(reference.suggestions, targets)
    by_place = {p.place: theirs.by_place[p.place] for p in others if p.place in theirs.by_place}
    moved = {elsewhere(p).place: by_place[p.place] for p in others if p.place in by_place}
    return (
        (*passages, *(elsewhere(p) for p in others)),
        np.concatenate([decided, labels(others, targets, reference)]),
        Hits(hits.by_place | moved, hits.ruled | theirs.ruled),
    )


def _elsewhere(name: str) -> str:
    return REFERENCE + name


def decided_passages(material: Material, features: Features, lessons: Sequence[Lessons]) -> Decided:
    """The decided passages, with how each decision came about."""
    some = material.passages[: material.reviewed]
    row = {passage.place: i for i, passage in enumerate(some)}
    column = {code: j for j, code in enumerate(material.targets.codes)}
    names: dict[tuple[int, int], str] = {}
    for number, taught in enumerate(lessons):
        start = _elsewhere if number else str
        for name, turn, code in sorted(taught.rejected):
            i = row.get((start(name), turn))
            if i is not None and code in column:
                names[i, column[code]] = "rejected"
        for coding in sorted(taught.codings):
            i = row.get((start(coding.segment.transcript), coding.segment.turn))
            if i is not None and coding.code in column:
                j = column[coding.code]
                names[i, j] = names[i, material.targets.parents[j]] = coding.origin
    own = material.matrix[: material.reviewed, : features.own_width]
    return Decided(some, own, material.labels[: material.reviewed], names)


def version_of(
    codebook: Codebook, passages: Sequence[Passage], decided: Labels, fired: Fired, settings: tuple[object, ...]
) -> str:
    """Hash of all that a model is trained with: words, decisions, rule hits, codebook, settings, libraries."""
    import scipy

    said = hashlib.sha256("\0".join(f"{p.place}{p.group}{p.text}{p.previous}{p.question}" for p in passages).encode())
    content = [
        ENGINE,
        np.__version__,
        scipy.__version__,
        codebook.version,
        said.hexdigest(),
        hashlib.sha256(decided.tobytes()).hexdigest(),
        fired.names,
        hashlib.sha256(fired.row.tobytes() + fired.code.tobytes() + fired.rule.tobytes()).hexdigest(),
        hashlib.sha256(fired.weight.tobytes()).hexdigest(),
        *settings,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]
