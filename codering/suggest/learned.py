"""Suggestions that learn from what people decided.

:meth:`LearnedSuggester.train` takes the decisions of a project as they stand and gives back a suggester; nothing is
updated in place, so that the same decisions always give the same suggestions. How it works, and how well, is told in
``docs/learning.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from codering.codebooks import Codebook
from codering.codings import Coding, Stance, Suggestion
from codering.errors import Message, SuggestionError
from codering.suggest import Progress
from codering.suggest.learning.data import (
    UNKNOWN,
    Floats,
    Labels,
    Matrix,
    Passage,
    Place,
    Targets,
    all_passages,
    labels,
    passages_of,
)
from codering.suggest.learning.explain import (
    Decided,
    context_evidence,
    feature_evidence,
    place_of,
    rule_evidence,
    word_shares,
)
from codering.suggest.learning.features import Features
from codering.suggest.learning.model import (
    GROUPS_NEEDED,
    NEEDED,
    Aim,
    Material,
    Scale,
    Sum,
    calibrated,
    fit,
    gather,
    out_of_group,
    sigmoid,
)
from codering.suggest.learning.report import CodeReport, LearningReport
from codering.suggest.learning.trust import Hits, RuleTrust
from codering.transcripts import Transcript

ENGINE: Final = "1"
"""Changes whenever the same decisions could give other suggestions."""


def confirms(_words: str) -> Stance:
    """The stance where nobody looks for one."""
    return Stance.CONFIRMS


@dataclass(frozen=True, slots=True)
class _Trained:
    """What training leaves: the parts of the sums, and for each learned code its scale."""

    targets: Targets
    hits: Hits
    trust: RuleTrust
    features: Features | None
    sums: Sum | None
    scales: tuple[Scale | None, ...]
    decided: Decided | None
    known: dict[Place, tuple[bool, ...]]


class LearnedSuggester:
    """Suggests what people coded in turns like these; made by :meth:`train`.

    Attributes
    ----------
    report
        For each code what it was learned from, or how much more is needed.
    """

    kind: Final = "learned"

    def __init__(
        self, trained: _Trained, report: LearningReport, version: str, stance_of: Callable[[str], Stance]
    ) -> None:
        self._trained = trained
        self.report: Final = report
        self._version: Final = version
        self._stance_of = stance_of

    @property
    def version(self) -> str:
        """Hash of everything that the model was trained with: words, decisions, rule hits, codebook, seed, aim."""
        return self._version

    @classmethod
    def train(
        cls,
        transcripts: Sequence[Transcript],
        codebook: Codebook,
        codings: Sequence[Coding],
        read: Collection[Place],
        rule_suggestions: Sequence[Suggestion],
        *,
        rejected: Collection[tuple[str, int, str]] = frozenset(),
        seed: int = 1,
        aim: Aim = "balance",
        stance_of: Callable[[str], Stance] = confirms,
    ) -> LearnedSuggester:
        """Learn from decisions.

        Parameters
        ----------
        transcripts
            Whole transcripts, read and unread; the rules' hits on unread turns help as long as little was read.
        codebook
            Which codes there are, and their themes.
        codings
            What holds: positives. A coding on a turn that is not in `read` says nothing about other codes.
        read
            Turns that were read: codes that they do not carry are negatives. All other turns are unknown.
        rule_suggestions
            What the rules suggest, on all turns for which suggestions will be asked. Other kinds are passed over.
        rejected
            Transcript, turn and code of suggestions that were rejected on turns that are not in `read`.
        seed
            Decides how groups are divided; the same seed gives the same model.
        aim
            ``balance`` for the best F1, ``recall`` to find nine in ten at the price of more rejections.
        stance_of
            Reads a stance from words, where no rule fired. By default everything confirms.

        Raises
        ------
        SuggestionError
            If `aim` is neither.
        """
        if aim not in {"balance", "recall"}:
            raise SuggestionError('The aim is "balance" or "recall", not {aim}.', aim=aim)
        targets = Targets.of(codebook)
        hits = Hits.of(rule_suggestions, targets)
        passages = all_passages(transcripts)
        decided = labels(passages, targets, codings, read, rejected)
        trust = RuleTrust.learn(hits, passages, targets, decided)
        known = {
            p.place: tuple(row) for p, row in zip(passages, (decided != UNKNOWN).tolist(), strict=True) if any(row)
        }
        features, material, sums = None, None, None
        scales: tuple[Scale | None, ...] = (None,) * len(targets.codes)
        if _learnable(decided).any():
            features, material = gather(passages, decided, targets, hits, seed)
            sums = fit(material, np.arange(len(material.passages)), seed)
            scales = _scales(material, aim, seed)
        near = _near(features, material, codings, rejected) if features and material else None
        trained = _Trained(targets, hits, trust, features, sums, scales, near, known)
        groups = len({p.group for p in passages if p.place in known})
        report = _report(targets, decided, scales, len(known), groups, aim)
        version = _version(transcripts, codebook, decided, hits, (seed, aim))
        return cls(trained, report, version, stance_of)

    def suggest(self, transcripts: Sequence[Transcript], *, progress: Progress | None = None) -> tuple[Suggestion, ...]:
        """Propose codes for turns on which nobody decided about that code.

        See :class:`codering.suggest.Suggester`. A theme as a whole is proposed only where none of its codes is.
        """
        found: list[Suggestion] = []
        for done, transcript in enumerate(transcripts, start=1):
            passages = tuple(passages_of(transcript))
            if passages and self._trained.sums is not None and any(self._trained.scales):
                found += self._of(passages)
            if progress is not None:
                progress(done, len(transcripts))
        return tuple(found)

    def scores(self, transcripts: Sequence[Transcript]) -> tuple[tuple[Place, ...], tuple[str, ...], Floats]:
        """How likely each code is for each turn: to order a queue, not to show.

        Returns
        -------
        places, codes, array of float with shape (places, codes)
            For a learned code the calibrated probability; for any other what its calibrated rules say. Without
            decisions a hit scores the weight of its rule.
        """
        passages = all_passages(transcripts)
        trained = self._trained
        table = sigmoid(trained.trust.table(trained.hits, passages, trained.targets))
        if trained.sums is not None and trained.features is not None and passages:
            matrix = trained.features.transform(passages)
            logits = trained.sums.logits(matrix, passages, trained.hits, trained.targets)
            for j, scale in enumerate(trained.scales):
                if scale is not None:
                    table[:, j] = scale.probability(logits[:, j])
        return tuple(p.place for p in passages), trained.targets.codes, table

    def chosen(self, transcripts: Sequence[Transcript]) -> Labels:
        """What would be suggested for turns about which nobody decided: for an evaluation.

        Returns
        -------
        array of int8, shape (turns that can be coded, codes)
            1 where a learned code reaches its threshold, or where a rule fired for a code that was not learned.
        """
        passages = all_passages(transcripts)
        trained = self._trained
        table = trained.hits.table(passages, trained.targets)
        probability = self.scores(transcripts)[2]
        for j, scale in enumerate(trained.scales):
            if scale is not None:
                table[:, j] = probability[:, j] >= scale.threshold
        return table

    def _of(self, passages: tuple[Passage, ...]) -> list[Suggestion]:
        """The suggestions for the turns of one transcript."""
        trained = self._trained
        assert trained.features is not None
        assert trained.sums is not None
        assert trained.decided is not None
        matrix = trained.features.transform(passages)
        logits = trained.sums.logits(matrix, passages, trained.hits, trained.targets)
        found: list[Suggestion] = []
        for i, passage in enumerate(passages):
            decided = trained.known.get(passage.place, (False,) * len(trained.scales))
            probability = {
                j: float(scale.probability(logits[i, j]))
                for j, scale in enumerate(trained.scales)
                if scale is not None and not decided[j]
            }
            over = [j for j, p in probability.items() if p >= self._scale(j).threshold]
            themes = {trained.targets.parents[j] for j in over if not trained.targets.is_theme(j)}
            over = [j for j in over if j not in themes]
            if over:
                row = matrix[[i]]
                alike = trained.decided.likeness(row[:, : trained.features.own_width])
                found += [self._suggestion(passage, row, alike, j, probability[j]) for j in over]
        return found

    def _suggestion(self, passage: Passage, row: Matrix, alike: Floats, code: int, probability: float) -> Suggestion:
        trained = self._trained
        assert trained.features is not None
        assert trained.sums is not None
        assert trained.decided is not None
        name = trained.targets.codes[code]
        weights = trained.sums.weights[code]
        fired = trained.hits.at(passage, name)
        shares = word_shares(passage, row, weights, trained.features)
        segment = place_of(passage, shares, fired)
        reasons = (
            *rule_evidence(fired, tuple(trained.sums.trust.log_odds(hit, name) for hit in fired)),
            *feature_evidence(passage, shares),
            *context_evidence(passage, row, weights, trained.features),
        )
        near = trained.decided.neighbours(alike, name, code)
        return Suggestion(
            segment=segment,
            code=name,
            stance=fired[0].stance if fired else self._stance_of(passage.text[segment.start : segment.end]),
            source=f"{self.kind}:{self.version}",
            score=probability,
            evidence=(*sorted(reasons, key=lambda one: -(one.weight or 0.0)), *near),
        )

    def _scale(self, code: int) -> Scale:
        scale = self._trained.scales[code]
        assert scale is not None
        return scale


def _learnable(decided: Labels) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which codes have enough decisions for and against, shape (codes,)."""
    return np.asarray(((decided == 1).sum(axis=0) >= NEEDED) & ((decided == 0).sum(axis=0) >= NEEDED))


def _scales(material: Material, aim: Aim, seed: int) -> tuple[Scale | None, ...]:
    """Calibrate each code that can be learned on turns of other groups."""
    logits = out_of_group(material, seed)
    scales: list[Scale | None] = []
    for j, learnable in enumerate(_learnable(material.decided)):
        known = (material.decided[: material.reviewed, j] != UNKNOWN) & ~np.isnan(logits[:, j])
        positive = material.decided[: material.reviewed, j][known]
        scales.append(calibrated(logits[known, j], positive, aim) if learnable else None)
    return tuple(scales)


def _near(
    features: Features, material: Material, codings: Sequence[Coding], rejected: Collection[tuple[str, int, str]]
) -> Decided:
    """The decided passages, with how each decision came about."""
    some = material.passages[: material.reviewed]
    row = {passage.place: i for i, passage in enumerate(some)}
    column = {code: j for j, code in enumerate(material.targets.codes)}
    names: dict[tuple[int, int], str] = {
        (row[name, turn], column[code]): "rejected"
        for name, turn, code in sorted(rejected)
        if code in column and (name, turn) in row
    }
    for coding in sorted(codings):
        i = row.get((coding.segment.transcript, coding.segment.turn))
        if i is not None and coding.code in column:
            j = column[coding.code]
            names[i, j] = coding.origin
            if material.targets.parents[j] != j:
                names[i, material.targets.parents[j]] = coding.origin
    return Decided(some, features.own(some), material.decided[: material.reviewed], names)


def _report(
    targets: Targets, decided: Labels, scales: Sequence[Scale | None], reviewed: int, groups: int, aim: Aim
) -> LearningReport:
    codes = []
    learnable = _learnable(decided)
    for j, code in enumerate(targets.codes):
        scale = scales[j]
        codes.append(
            CodeReport(
                code=code,
                positives=int((decided[:, j] == 1).sum()),
                negatives=int((decided[:, j] == 0).sum()),
                learned=scale is not None,
                needed=NEEDED,
                threshold=scale.threshold if scale else float("nan"),
                chance=bool(learnable[j]) and scale is None,
            )
        )
    notes = []
    if 0 < groups < GROUPS_NEEDED:
        notes.append(
            Message(
                "Decisions come from {groups} groups; with fewer than {needed}, thresholds rest on stretches of turns "
                "of the same groups and are too hopeful for a new group.",
                groups=groups,
                needed=GROUPS_NEEDED,
            )
        )
    return LearningReport(tuple(codes), reviewed, groups, aim, tuple(notes))


def _version(
    transcripts: Sequence[Transcript], codebook: Codebook, decided: Labels, hits: Hits, settings: tuple[int, str]
) -> str:
    import sklearn

    content = [
        ENGINE,
        sklearn.__version__,
        codebook.version,
        [[t.name, t.hash, t.group, [[s.name, s.role.value] for s in t.speakers]] for t in transcripts],
        hashlib.sha256(decided.tobytes()).hexdigest(),
        sorted([*place, code, [[one.id, one.score] for one in ones]] for (place, code), ones in hits.by_place.items()),
        *settings,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]
