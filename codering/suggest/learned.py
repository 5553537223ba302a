"""Suggestions that learn from what people decided.

:meth:`LearnedSuggester.train` takes the decisions of a project as they stand and gives back a suggester; nothing is
updated in place, so that the same decisions always give the same suggestions. How it works, and how well, is told in
``docs/learning.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from codering.codebooks import Codebook
from codering.codings import Stance, Suggestion
from codering.errors import SuggestionError
from codering.suggest import Progress
from codering.suggest.learning.data import (
    UNKNOWN,
    Floats,
    Labels,
    Lessons,
    Matrix,
    Passage,
    Targets,
    all_passages,
    examples,
)
from codering.suggest.learning.explaining import explained
from codering.suggest.learning.features import Features
from codering.suggest.learning.fitting import PARTS, train
from codering.suggest.learning.material import Encode, Material, folds_of, learnable, unread_for_rules
from codering.suggest.learning.mixing import Aim, sigmoid
from codering.suggest.learning.pooling import decided_passages, pooled, version_of
from codering.suggest.learning.report import LearningReport, report_on
from codering.suggest.learning.trained import Proposal, Trained
from codering.suggest.learning.trust import Fired, RuleTrust
from codering.transcripts import Place, Transcript


class LearnedSuggester:
    """Suggests what people coded in turns like these; made by :meth:`train`.

    Attributes
    ----------
    report
        For each code what it was learned from, or how much more is needed.
    """

    kind: Final = "learned"

    def __init__(self, trained: Trained, report: LearningReport, version: str) -> None:
        self._trained = trained
        self.report: Final = report
        self._version: Final = version

    @property
    def version(self) -> str:
        """Hash of everything that the model was trained with: words, decisions, rule hits, codebook, seed, aim."""
        return self._version

    @property
    def _source(self) -> str:
        return f"{self.kind}:{self.version}"

    @classmethod
    def train(
        cls,
        codebook: Codebook,
        lessons: Lessons,
        *,
        reference: Lessons | None = None,
        encode: Encode | None = None,
        encoder: str = "",
        seed: int = 1,
        aim: Aim = "balance",
        use: Collection[str] = PARTS,
    ) -> LearnedSuggester:
        """Learn from decisions.

        Parameters
        ----------
        codebook
            Which codes there are, and their themes, examples and near misses.
        lessons
            The project's transcripts, decisions and rule hits.
        reference
            Those of another project, coded with codes of the same ids, to learn from as well.
        encode, encoder
            Makes sentence vectors, and the name under which the report and the version mention it.
        seed
            Decides how groups are divided; the same seed gives the same model.
        aim
            ``balance`` for the best F1, ``recall`` to find nine in ten at the price of more rejections.
        use
            Which parts of the sum; to leave one out is for measuring what it brings.

        Raises
        ------
        SuggestionError
            If `aim` is neither.
        """
        if aim not in {"balance", "recall"}:
            raise SuggestionError('The aim is "balance" or "recall", not {aim}.', aim=aim)
        targets = Targets.of(codebook)
        passages, decided, hits = pooled(targets, lessons, reference)
        fired = Fired.on(passages, hits, targets)
        reviewed = np.flatnonzero((decided != UNKNOWN).any(axis=1))
        known = {passages[i].place: tuple((decided[i] != UNKNOWN).tolist()) for i in reviewed}
        trained = Trained(targets, hits, RuleTrust.learn(fired, decided, reviewed), known, encode)
        if learnable(decided).any():
            every = [lessons, *([reference] if reference else [])]
            material, features, seen = _material(codebook, trained, passages, decided, fired, seed)
            near = decided_passages(material, features, every)
            model = train(material, aim, seed, use)
            trained = replace(trained, features=features, model=model, decided=near, seen=seen)
        mixes = trained.model.mixes if trained.model else (None,) * len(targets.codes)
        groups = len({passages[i].group for i in reviewed})
        report = report_on(targets.codes, decided, mixes, groups, aim, encoder)
        version = version_of(codebook, passages, decided, fired, (seed, aim, encoder, *sorted(use)))
        return cls(trained, report, version)

    def after(self, place: Place, code: str, *, carries: bool) -> LearnedSuggester:
        """The same suggester with one more decision, at once: for the order of what comes next.

        What other passages and rules are worth, thresholds, and the passages that are shown as alike, wait for the
        next training; so does that a theme is not there after all, since one of its codes was taken back, and a turn
        that was not there at the last one. See :meth:`codering.suggest.learning.model.Model.after`.

        Parameters
        ----------
        place, code
            Which turn and which code.
        carries
            Whether the turn carries it.
        """
        trained = self._trained
        row = next((i for passage, i in trained.seen[0].items() if passage.place == place), None)
        if trained.model is None or row is None or code not in trained.targets.codes:
            return self
        column = trained.targets.codes.index(code)
        model, fitted = trained.model, self._labels_at(place)
        now = trained.since.get(place, fitted).copy()
        features = trained.seen[1][[row]]
        for j in {column, trained.targets.parents[column]} if carries else {column}:
            if int(carries) != now[j]:
                model = model.after(features, j, int(carries), int(now[j]), fitted=bool(fitted[j] != UNKNOWN))
                now[j] = int(carries)
        known = list(trained.known.get(place, (False,) * len(now)))
        known[column] = True
        version = hashlib.sha256(f"{self.version} {place} {code} {carries}".encode()).hexdigest()[:12]
        renewed = replace(
            trained, model=model, known=trained.known | {place: tuple(known)}, since={**trained.since, place: now}
        )
        return LearnedSuggester(renewed, self.report, version)

    def _labels_at(self, place: Place) -> Labels:
        """What was decided about a turn at the last training, shape (codes,)."""
        near = self._trained.decided
        assert near is not None
        row = next((i for i, passage in enumerate(near.passages) if passage.place == place), None)
        unknown: Labels = np.full(len(self._trained.targets.codes), UNKNOWN, dtype=np.int8)
        return unknown if row is None else near.labels[row]

    def suggest(self, transcripts: Sequence[Transcript], *, progress: Progress | None = None) -> tuple[Suggestion, ...]:
        """Propose codes for turns on which nobody decided about that code.

        See :class:`codering.suggest.Suggester`. A theme as a whole is proposed only where none of its codes is,
        by learning or by rules for codes that were not learned.
        """
        passages = all_passages(transcripts)
        proposals, matrix = self._proposals(passages)
        found: tuple[Suggestion, ...] = ()
        if proposals:
            found = tuple(explained(self._trained, passages, proposals, matrix, source=self._source))
        if progress is not None:
            progress(len(transcripts), len(transcripts))
        return found

    def scores(self, transcripts: Sequence[Transcript]) -> tuple[tuple[Place, ...], tuple[str, ...], Floats]:
        """How likely each code is for each turn: to order a queue, not to show.

        Returns
        -------
        places, codes, array of float with shape (places, codes)
            For a learned code the calibrated probability; for any other what its calibrated rules say. Without
            decisions a hit scores the weight of its rule.
        """
        passages = all_passages(transcripts)
        return tuple(p.place for p in passages), self._trained.targets.codes, self._scored(passages)[0]

    def chosen(self, transcripts: Sequence[Transcript]) -> tuple[tuple[Place, str, Stance], ...]:
        """Codes and stances that a person would be shown, by rules or learned; for an evaluation.

        A learned code where it reaches its threshold; another code where a rule fired. Decisions are not looked at.
        """
        trained = self._trained
        passages = all_passages(transcripts)
        targets, hits = trained.targets, trained.hits
        proposals, matrix = self._proposals(passages, everywhere=True)
        learned = [
            (one.segment, one.code, one.stance)
            for one in explained(trained, passages, proposals, matrix, source=self._source, brief=True)
        ]
        found = {((place.transcript, place.turn), code, stance) for place, code, stance in learned}
        mixes = trained.model.mixes if trained.model else (None,) * len(targets.codes)
        for passage in passages:
            for code, ones in hits.by_place.get(passage.place, {}).items():
                if mixes[targets.codes.index(code)] is None:
                    found |= {(passage.place, code, one.stance) for one in ones if one.code == code}
        return tuple(sorted(found))

    def _scored(self, passages: Sequence[Passage]) -> tuple[Floats, Matrix]:
        """Probabilities, shape (passages, codes), and the features that they rest on."""
        from scipy import sparse

        trained = self._trained
        fired = Fired.on(passages, trained.hits, trained.targets)
        if trained.model is None or trained.features is None or not passages:
            return sigmoid(trained.trust.table(fired)), sparse.csr_matrix((len(passages), 0))
        matrix = trained.matrix(passages)
        vectors = trained.encode([p.text for p in passages]) if trained.encode else None
        return trained.model.probabilities(matrix, vectors, fired), matrix

    def _proposals(self, passages: Sequence[Passage], *, everywhere: bool = False) -> tuple[list[Proposal], Matrix]:
        """What reaches its threshold, where nobody decided (or everywhere); no theme where one of its codes does."""
        trained = self._trained
        if trained.model is None:
            return [], None
        probability, matrix = self._scored(passages)
        limits = np.array([np.inf if mix is None else mix.threshold for mix in trained.model.mixes])
        over = probability >= limits
        if not everywhere:
            nobody = (False,) * len(limits)
            over &= ~np.array([trained.known.get(p.place, nobody) for p in passages], dtype=bool).reshape(over.shape)
        parents = trained.targets.parents
        found: list[Proposal] = []
        for i in np.flatnonzero(over.any(axis=1)).tolist():
            codes = np.flatnonzero(over[i]).tolist()
            themes = {parents[j] for j in codes if parents[j] != j} | self._themes_of_rules(passages[i])
            found += [Proposal(i, j, float(probability[i, j])) for j in codes if j not in themes]
        return found, matrix

    def _themes_of_rules(self, passage: Passage) -> set[int]:
        """Themes of which a rule suggests a code that was not learned: what is on the theme has a name already."""
        trained = self._trained
        assert trained.model is not None
        fired = {code: trained.targets.codes.index(code) for code in trained.hits.by_place.get(passage.place, {})}
        below = (j for j in fired.values() if trained.targets.parents[j] != j)
        return {trained.targets.parents[j] for j in below if trained.model.mixes[j] is None}


def _material(
    codebook: Codebook, trained: Trained, passages: tuple[Passage, ...], decided: Labels, fired: Fired, seed: int
) -> tuple[Material, Features, tuple[dict[Passage, int], Matrix]]:
    """What there is to train on, how its features are made, and those of all passages."""
    targets, encode = trained.targets, trained.encode
    reviewed = np.flatnonzero((decided != UNKNOWN).any(axis=1))
    extra = unread_for_rules(decided, fired, seed)
    written, written_labels = examples(codebook, targets)
    some = (*(passages[i] for i in reviewed), *written, *(passages[i] for i in extra))
    features, matrix = Features.fit([*passages, *written])
    n = len(passages)
    order = np.concatenate([reviewed, np.arange(n, n + len(written)), extra])
    material = Material(
        passages=some,
        matrix=matrix[order],
        vectors=encode([p.text for p in some]) if encode else None,
        labels=np.concatenate([decided[reviewed], written_labels, decided[extra]]),
        fired=Fired.on(some, trained.hits, targets),
        folds=folds_of(some, len(reviewed), seed),
        targets=targets,
        reviewed=len(reviewed),
    )
    return material, features, ({passage: i for i, passage in enumerate(passages)}, matrix[:n])
