"""Learning curves on sets that people coded: rules only, text only, vectors only, and all together.

``python -m benchmarks.learning_curves FOLDER`` reads ``bench_npo_nl.csv`` and ``bench_dekamer_nl.csv`` from a folder
of your own; the sets are not shipped. Groups are left out in five folds; labels are drawn at random from the other
groups, everything is fitted on those, and the turns of the other groups that were not drawn are unread.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from codering.codebooks import Codebook
from codering.codings import Coding, Stance
from codering.readers.codebook import read_codebook
from codering.suggest.encoders import find_encoder
from codering.suggest.learned import LearnedSuggester
from codering.suggest.learning.data import Floats, Labels, Lessons
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Speaker, Transcript, Turn

SIZES: Final = (0, 25, 50, 100, 200, 400)
WAYS: Final = ("rules", "text", "vectors", "text+rules", "all")
SEEN: Final = 100  # sentences of the news set that the writer of its rules had seen
_WORDS: Final = 60
_HERE: Final = Path(__file__).parent / "codebooks"

Encode = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True)
class Set:
    """Turns that people coded, one to a transcript of its own so that a turn has no turn before it."""

    name: str
    codebook: Codebook
    lessons: Lessons
    labels: Labels
    groups: np.ndarray[tuple[int, ...], np.dtype[np.str_]]


def read_set(file: Path, codebook: Path) -> Set:
    """Read one; the rules of its codebook say which codes count."""
    book = read_codebook(codebook)
    codes = [code.id for code in book]
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if file.name == "bench_npo_nl.csv":
        import random

        seen = set(random.Random(100).sample(range(len(rows)), SEEN))
        rows = [row for i, row in enumerate(rows) if i not in seen]
    transcripts = tuple(
        Transcript(
            f"t{i}", (Turn(1, "S", " ".join(row["text"].split()[:_WORDS]) or "-"),), (Speaker("S"),), group=row["group"]
        )
        for i, row in enumerate(rows)
    )
    labels = np.array([[int(row[code]) for code in codes] for row in rows], dtype=np.int8)
    codings = tuple(
        Coding(t.whole(t.turns[0]), code, Stance.CONFIRMS, "mens", f"{t.name}{code}", "d", "added")
        for t, row in zip(transcripts, labels, strict=True)
        for code, there in zip(codes, row, strict=True)
        if there
    )
    suggestions = RuleSuggester(book).suggest(transcripts)
    lessons = Lessons(transcripts, codings, suggestions=tuple(suggestions))
    return Set(file.stem, book, lessons, labels, np.array([row["group"] for row in rows]))


def curve(one: Set, way: str, encode: Encode | None, seeds: int) -> list[tuple[int, float, float]]:
    """Number of labels, mean average precision and mean F1 at the model's own thresholds."""
    found = []
    for size in SIZES:
        if size == 0 and way not in ("rules", "text+rules", "all"):
            continue
        if way == "rules" and size:
            continue
        scores = [point(one, way, encode, size, seed) for seed in range(seeds if size else 1)]
        found.append((size, float(np.mean([p for p, _ in scores])), float(np.mean([f for _, f in scores]))))
    return found


def point(one: Set, way: str, encode: Encode | None, size: int, seed: int) -> tuple[float, float]:
    """Mean average precision and mean F1 over codes and folds."""
    lessons = one.lessons if way not in ("text", "vectors") else replace(one.lessons, suggestions=())
    names = np.array([t.name for t in lessons.transcripts])
    precisions, f1s = [], []
    codes = [code.id for code in one.codebook]
    for train, test in GroupKFold(5, shuffle=True, random_state=0).split(names, groups=one.groups):
        drawn = np.random.default_rng(seed).choice(train, size, replace=False)
        read = {names[i] for i in drawn}
        known = replace(
            lessons.among({names[i] for i in train}),
            codings=tuple(c for c in lessons.codings if c.segment.transcript in read),
            read=frozenset((name, 1) for name in read),
            suggestions=lessons.suggestions,
        )
        model = LearnedSuggester.train(
            one.codebook, known, encode=encode if way in ("vectors", "all") else None, use=PARTS[way]
        )
        testing = [lessons.transcripts[i] for i in test]
        _, _, scored = model.scores(testing)
        row = {names[i]: k for k, i in enumerate(test)}
        chosen = np.zeros(scored.shape, dtype=bool)
        for (name, _), code, _ in model.chosen(testing):
            chosen[row[name], codes.index(code)] = True
        truth = one.labels[test] == 1
        for j in range(len(codes)):
            precisions.append(average_precision_score(truth[:, j], scored[:, j]))
            f1s.append(2 * (truth & chosen)[:, j].sum() / (truth[:, j].sum() + chosen[:, j].sum()))
    return float(np.mean(precisions)), float(np.mean(f1s))


PARTS: Final = {
    "rules": ("rules",),
    "text": ("text",),
    "vectors": ("meaning",),
    "text+rules": ("text", "weak", "rules"),
    "all": ("text", "meaning", "weak", "rules"),
}


def main() -> None:
    """Print the curves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--ways", nargs="*", default=WAYS)
    arguments = parser.parse_args()
    encoder = find_encoder("auto")
    for file, codebook in (("bench_npo_nl.csv", "news.yaml"), ("bench_dekamer_nl.csv", "questions.yaml")):
        one = read_set(arguments.folder / file, _HERE / codebook)
        shares = one.labels.mean(axis=0).round(2)
        print(f"\n{one.name}: {len(one.labels)} turns, {len(set(one.groups))} groups, shares {shares}", flush=True)
        vectors = remembered(one, encoder.encode) if encoder else None
        for way in arguments.ways:
            if vectors is None and way in ("vectors", "all"):
                continue
            points = curve(one, way, vectors, arguments.seeds)
            print(f"  {way:12}" + "  ".join(f"{n}: {p:.3f}/{f:.3f}" for n, p, f in points), flush=True)


def remembered(one: Set, encode: Encode) -> Encode:
    """Work out the vectors of all turns once."""
    texts = [turn.text for transcript in one.lessons.transcripts for turn in transcript.turns]
    known = dict(zip(texts, encode(texts), strict=True))
    return lambda some: np.array([known[text] if text in known else encode([text])[0] for text in some])


if __name__ == "__main__":
    main()
