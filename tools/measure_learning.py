"""Measure learned suggestions on the sample groups: ``python -m tools.measure_learning [--encoder NAME] [--curve]``.

Prints the tables of ``docs/learning.md``: for each way to learn, F1 of all themes and of all codes together and the
mean of average precision over those with ten turns or more, for all sample groups and for the test groups alone; then
the mean calibration error over codes. Numbers only, never a word of a transcript, so that the test groups stay unseen.

Each place is left out in turn, as :func:`codering.suggest.learning.evaluation.evaluate` does; all other places count as
coded, or for "nothing decided here" as unread. The reference project are the groups of a folder as
:mod:`tools.score_rules` reads them. Ways with sentence vectors come last, because they take minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from codering.codebooks import Codebook
from codering.codings import Coding, Stance
from codering.readers.codebook import read_codebook
from codering.resources import codebook_path
from codering.suggest.encoders import AUTO, find_encoder
from codering.suggest.learning.curve import learning_curve
from codering.suggest.learning.data import Floats, Lessons, Targets, all_passages, labels
from codering.suggest.learning.evaluation import Setting, folds, given
from codering.suggest.learning.scores import Score, Tested, scores_of
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Place
from tools.score_rules import Corpus, extra, samples

Encode = Callable[[Sequence[str]], Floats]

REFERENCE = Path(__file__).parent / "development_speech"
TURNS_NEEDED = 10  # average precision of a code with fewer turns is mostly luck
HEADER = (
    "| | themes: F1 | AP | codes: F1 | AP | test groups, themes: F1 | AP | codes: F1 | AP | ECE |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to learn.

    Attributes
    ----------
    name
        What the table calls it.
    setting
        How is trained.
    decided
        Whether the places that are not left out were coded; if not, they are unread.
    """

    name: str
    setting: Setting
    decided: bool = True


def lessons_of(codebook: Codebook, corpora: Mapping[str, Corpus]) -> Lessons:
    """All groups, read as a whole and coded as their reference says."""
    transcripts = tuple(one for corpus in corpora.values() for one in corpus.transcripts)
    claims = sorted(frozenset[tuple[str, int, str, str]]().union(*(one.reference for one in corpora.values())))
    by_name = {one.name: one for one in transcripts}
    codings = tuple(
        Coding(
            by_name[name].whole(by_name[name].turn(turn)), code, Stance(stance), "reference", str(number), "", "added"
        )
        for number, (name, turn, code, stance) in enumerate(claims)
        if name in by_name and code in codebook
    )
    read = frozenset((one.name, turn.number) for one in transcripts for turn in one.participant_turns())
    return Lessons(transcripts, codings, read, suggestions=tuple(RuleSuggester(codebook).suggest(transcripts)))


def ways(codebook: Codebook, reference: Lessons, encode: Encode | None) -> Iterator[Way]:
    """The rows of the table; those with vectors only if there is an encoder."""
    yield Way("rules", Setting(codebook), decided=False)
    yield Way("learned, with rules", Setting(codebook))
    yield Way("… and a reference project", Setting(codebook, reference))
    yield Way("nothing decided here, reference", Setting(codebook, reference), decided=False)
    if encode is not None:
        yield Way("learned, with rules and vectors", Setting(codebook, encode=encode))
        yield Way("… and a reference project", Setting(codebook, reference, encode))
        yield Way("nothing decided here, reference and vectors", Setting(codebook, reference, encode), decided=False)


def left_out(way: Way, lessons: Lessons) -> Tested:
    """What is suggested for each place by what was learned without it."""
    targets, passages = Targets.of(way.setting.codebook), all_passages(lessons.transcripts)
    truth = labels(passages, targets, lessons)
    row = {passage.place: i for i, passage in enumerate(passages)}
    scored: Floats = np.full(truth.shape, np.nan)
    chosen: set[tuple[Place, str, Stance]] = set()
    for fold in folds(way.setting, lessons, passages, truth):
        unread = replace(fold.training, codings=(), read=frozenset(), rejected=frozenset())
        model = way.setting.train(fold.training if way.decided else unread, fold.reference)
        testing = [one for one in lessons.transcripts if one.name in fold.names]
        places, _, table = model.scores(testing)
        scored[[row[place] for place in places]] = table
        chosen |= set(model.chosen(testing))
    return Tested(
        targets=targets,
        row=row,
        groups=tuple(passage.group for passage in passages),
        truth=truth,
        scored=scored,
        given=given(lessons, targets),
        chosen=frozenset(chosen),
        beside=None,
        both=np.zeros(len(row), dtype=bool),
        learned=np.zeros(len(targets.codes), dtype=np.intp),
    )


def only(whole: Tested, names: Collection[str]) -> Tested:
    """The same suggestions, scored on some transcripts."""
    elsewhere = [number for place, number in whole.row.items() if place[0] not in names]
    scored = whole.scored.copy()
    scored[elsewhere] = np.nan
    return replace(whole, scored=scored)


def figures(scores: Sequence[Score]) -> tuple[float, float, float, float]:
    """F1 and mean average precision of themes, then of codes; NaN where nothing has turns enough."""
    found = []
    for level in ("theme", "code"):
        own = [one for one in scores if one.level == level]
        found.append(next(one.f1 for one in own if not one.code))
        found.append(_mean([one.average_precision for one in own if one.code and one.carried >= TURNS_NEEDED]))
    return found[0], found[1], found[2], found[3]


def line(way: Way, lessons: Lessons, test: Collection[str]) -> str:
    """The row of one way."""
    whole = left_out(way, lessons)
    scores = scores_of(whole)
    error = _mean([one.calibration_error for one in scores if one.level == "code" and one.code])
    shown = [f"{value:.2f}" for value in (*figures(scores), *figures(scores_of(only(whole, test))))]
    return "| " + " | ".join([way.name, *shown, f"{error:.3f}"]) + " |"


def remembered(encode: Encode) -> Encode:
    """Encode each text once: every fold asks for the same ones."""
    known: dict[str, Floats] = {}

    def again(texts: Sequence[str]) -> Floats:
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            known.update(zip(fresh, encode(fresh), strict=True))
        return np.array([known[text] for text in texts])

    return again


def _mean(values: Sequence[float]) -> float:
    """The mean of what is defined."""
    defined = [value for value in values if not np.isnan(value)]
    return float(np.mean(defined)) if defined else float("nan")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codebook", type=Path, nargs="?", default=codebook_path())
    parser.add_argument("--reference", type=Path, default=REFERENCE, help="folder with the groups of another project")
    parser.add_argument("--encoder", default=AUTO, help="of sentence vectors; none leaves those ways out")
    parser.add_argument("--curve", action="store_true", help="also what reading more turns brings, without vectors")
    args = parser.parse_args()
    codebook, groups = read_codebook(args.codebook), samples()
    lessons, reference = lessons_of(codebook, groups), lessons_of(codebook, extra(args.reference))
    encoder = find_encoder(args.encoder)
    print(f"{len(lessons.transcripts)} groups, {len(lessons.read)} turns, {len(lessons.codings)} codings; ", end="")
    print(f"reference: {len(reference.transcripts)} groups, {len(reference.codings)} codings\n")
    print(*HEADER, sep="\n", flush=True)
    test = {one.name for one in groups["test"].transcripts}
    for way in ways(codebook, reference, remembered(encoder.encode) if encoder else None):
        print(line(way, lessons, test), flush=True)
    if args.curve:
        print("\n| turns read | order | F1 themes | F1 codes |\n|---|---|---|---|")
        for point in learning_curve(Setting(codebook), lessons).points:
            print(f"| {point.turns} | {point.order} | {point.theme_f1:.2f} | {point.code_f1:.2f} |")


if __name__ == "__main__":
    main()
