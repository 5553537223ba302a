"""How fast learning is, next to scikit-learn's one-vs-rest logistic regression on the same features.

Codes are given to turns in which one of a few words of its own stands, most of the time: some thing to learn, at the
shares of real codes. Only ratios are reported as goals; both sides are measured in one run.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from random import Random
from time import perf_counter

import numpy as np

from benchmarks import corpus
from codering.codebooks import Code, Codebook, Label, Theme
from codering.codings import Coding, Stance
from codering.suggest.learned import LearnedSuggester
from codering.suggest.learning.data import Lessons, Targets, all_passages, labels
from codering.suggest.learning.features import Features
from codering.transcripts import Transcript

RATIO_GOAL = 0.7
SECONDS_GOAL = 10.0
UPDATE_GOAL = 0.3
MEMORY_GOAL = 1000
_PER_THEME = 6


def codebook(codes: int) -> Codebook:
    """So many codes in themes of six, the theme's own code among them."""
    themes = []
    for number in range(codes // _PER_THEME):
        name = f"t{number}"
        own = Code(name, Label(name, name), "", name)
        rest = (Code(f"{name}_{n}", Label(name, name), "", name) for n in range(1, _PER_THEME))
        themes.append(Theme(own, tuple(rest)))
    return Codebook("snelheid", Label("Snelheid", "Speed"), tuple(themes))


def lessons(turns: int, book: Codebook, seed: int = 3) -> Lessons:
    """Talk of so many participants' turns, all read, with codings."""
    transcripts = _talk(turns)
    random = Random(seed)
    words = random.sample(corpus.said(), 4 * len(list(book)))
    by_word = {word: code.id for i, code in enumerate(book) for word in words[4 * i : 4 * i + 4]}
    codings: list[Coding] = []
    for transcript in transcripts:
        for turn in transcript.participant_turns():
            told = {by_word[word] for word in turn.text.lower().split() if word in by_word}
            for code in sorted(told):
                if random.random() < 0.8:
                    name = f"{transcript.name}.{turn.number}.{code}"
                    codings.append(Coding(transcript.whole(turn), code, Stance.CONFIRMS, "mens", name, name, "added"))
    read = frozenset((p.segment.transcript, p.segment.turn) for p in all_passages(transcripts))
    return Lessons(tuple(transcripts), tuple(codings), read)


def _talk(turns: int) -> list[Transcript]:
    found: list[Transcript] = []
    count, seed = 0, 7
    while count < turns:
        for transcript in corpus.talk(60_000, seed=seed):
            found.append(Transcript(f"{transcript.name}_{seed}", transcript.turns, transcript.speakers))
            count += len(list(transcript.participant_turns()))
            if count >= turns:
                break
        seed += 1
    return found


def seconds(work: object) -> float:
    """Time one call."""
    begin = perf_counter()
    work()  # type: ignore[operator]
    return perf_counter() - begin


def plain(matrix: object, table: np.ndarray[tuple[int, ...], np.dtype[np.int8]]) -> None:
    """Train and score as anybody would: every code by itself, on everything."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        OneVsRestClassifier(LogisticRegression()).fit(matrix, table).predict_proba(matrix)


def report(*, smoke: bool) -> list[str]:
    """Measure, and say what was found; a smoke run is short and proves only that it runs."""
    turns, codes = (400, 12) if smoke else (10_000, 60)
    book = codebook(codes)
    taught = lessons(turns, book)
    passages = all_passages(taught.transcripts)
    table = labels(passages, Targets.of(book), taught)
    words = int(np.mean([p.length for p in passages]))
    lines = [f"{len(passages):,} turns of {words} words, {codes} codes, {int((table == 1).sum()):,} labels"]

    def ours() -> LearnedSuggester:
        suggester = LearnedSuggester.train(book, taught)
        suggester.scores(taught.transcripts)
        return suggester

    made: list[LearnedSuggester] = []
    time = seconds(lambda: made.append(ours()))
    place, code = passages[0].segment, list(book)[1].id
    update = min(seconds(lambda: made[0].after((place.transcript, place.turn), code, carries=True)) for _ in range(5))
    _, matrix = Features.fit(passages)
    theirs = seconds(lambda: plain(matrix, np.maximum(table, 0)))
    lines.append(f"train, calibrate and score: {time:.1f} s (goal {SECONDS_GOAL:.0f}), from texts")
    lines.append(f"beside one-vs-rest logistic regression, fit and score: {time / theirs:.2f} (goal {RATIO_GOAL})")
    lines.append(f"one more decision: {update:.2f} s (goal {UPDATE_GOAL})")
    lines.append(f"memory at most {memory()} MB, both sides (goal {MEMORY_GOAL})")
    return lines


def memory() -> int:
    """The most memory that this process had, in MB."""
    import resource  # not on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most / (1024 * 1024 if sys.platform == "darwin" else 1024))


def main(arguments: Sequence[str]) -> None:
    """Print the lines."""
    for line in report(smoke="--smoke" in arguments):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv)
