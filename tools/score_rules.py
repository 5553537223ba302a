"""Score the rules of a codebook on coded groups: ``python -m tools.score_rules [CODEBOOK.yaml] [--extra FOLDER ...]``.

Prints precision, recall and F1 per theme at the level of turns, with stance, for development and test groups apart;
next to them a plain list of keywords (``tools/keywords.yaml``) and the second coder scored against the first. Numbers
only, never a word of a transcript, so that the test groups stay unseen.

The samples are scored as they are shipped. An extra folder holds transcripts with reference codings beside them
(``NAME.txt``, ``NAME.yaml`` and ``NAME.jsonl``: turn, code, stance) and may have a ``split.yaml`` as the samples do.
Without one, all its groups are development groups.

Brackets hold 95% intervals over groups (see :mod:`codering.analysis.group_intervals`); with four groups they are wide,
as they should be. A turn that carries several
codes of a theme counts once for each stance. "Core themes" puts the themes marked ``core`` together: each turn, theme
and stance is a unit.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from codering.analysis.agreement import numbered
from codering.analysis.group_intervals import units_of, with_interval
from codering.analysis.measures import Floats, Measure, Ratings, f1
from codering.codebooks import Codebook
from codering.project.finding import transcript_files
from codering.readers import read
from codering.readers.codebook import read_codebook
from codering.resources import codebook_path, samples_path
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Transcript

Claim = tuple[str, int, str, str]
"""Transcript, turn, code or theme, stance."""

KEYWORDS = Path(__file__).parent / "keywords.yaml"
STANCES = ("bevestigt", "ontkent")
CONFIRMS = "bevestigt"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Coded groups.

    Attributes
    ----------
    name
        What the tables call it.
    transcripts
        The groups.
    reference
        The codings to find.
    coders
        The codings of each coder; empty if there is only the reference.
    """

    name: str
    transcripts: tuple[Transcript, ...]
    reference: frozenset[Claim]
    coders: tuple[frozenset[Claim], ...] = ()

    def only(self, name: str, groups: Collection[str]) -> Corpus:
        """Some of the groups."""
        return Corpus(name, tuple(t for t in self.transcripts if t.name in groups), self.reference, self.coders)


def samples() -> dict[str, Corpus]:
    """The sample groups, by part."""
    folder = samples_path()
    found = tuple(read(path).transcript for path, _ in transcript_files([folder]))
    codings = {name: claims(folder / "reference" / f"{name}.jsonl") for name in ("adjudicated", "coder_a", "coder_b")}
    corpus = Corpus("samples", found, codings["adjudicated"], (codings["coder_a"], codings["coder_b"]))
    return parts(corpus, folder)


def extra(folder: Path) -> dict[str, Corpus]:
    """The groups of another folder, by part."""
    texts = sorted(folder.glob("*.txt"))
    found = tuple(read(path).transcript for path in texts)
    beside = [path.with_suffix(".jsonl") for path in texts]
    codings = frozenset[Claim]().union(*(claims(path) for path in beside if path.exists()))
    return parts(Corpus(folder.name, found, codings), folder)


def parts(corpus: Corpus, folder: Path) -> dict[str, Corpus]:
    """Development and test groups apart, by ``split.yaml``."""
    file = folder / "split.yaml"
    names = [transcript.name for transcript in corpus.transcripts]
    split = _yaml(file) if file.exists() else {"development": names}
    return {part: corpus.only(f"{corpus.name}, {part}", groups) for part, groups in split.items() if groups}


def claims(path: Path) -> frozenset[Claim]:
    """Read codings, a JSON object a line; without ``transcript`` they are about the file that they are named after."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return frozenset(
        (row.get("transcript", path.stem), row["turn"], row["code"], row.get("stance", CONFIRMS)) for row in rows
    )


def suggested(codebook: Codebook, transcripts: Sequence[Transcript]) -> frozenset[Claim]:
    """What the rules suggest."""
    found = RuleSuggester(codebook).suggest(transcripts)
    return frozenset((s.segment.transcript, s.segment.turn, s.code, s.stance.value) for s in found)


def keyworded(words: Mapping[str, Iterable[str]], transcripts: Sequence[Transcript]) -> frozenset[Claim]:
    """Claim a theme for every turn of a participant in which one of its words begins a word."""
    patterns = {
        theme: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})", re.IGNORECASE)
        for theme, listed in words.items()
    }
    return frozenset(
        (transcript.name, turn.number, theme, CONFIRMS)
        for transcript in transcripts
        for turn in transcript.participant_turns()
        for theme, pattern in patterns.items()
        if pattern.search(turn.text)
    )


def by_theme(codebook: Codebook, found: Iterable[Claim]) -> frozenset[Claim]:
    """Codes as their themes; what the codebook does not have drops out."""
    return frozenset((t, n, codebook.code(code).theme, stance) for t, n, code, stance in found if code in codebook)


def precision(table: Ratings, weights: Floats | None = None) -> Floats:
    """The share of what the first row claims that the second has."""
    return _share(table, weights, of=0)


def recall(table: Ratings, weights: Floats | None = None) -> Floats:
    """The share of what the second row has that the first claims."""
    return _share(table, weights, of=1)


def _share(table: Ratings, weights: Floats | None, *, of: int) -> Floats:
    weights = np.ones(table.shape[1]) if weights is None else weights
    claimed = weights @ table[of]
    return np.asarray(weights @ table.all(axis=0) / np.where(claimed == 0, np.nan, claimed), dtype=float)


def without_stance(found: Iterable[Claim]) -> frozenset[Claim]:
    """The same claims, as if nothing were ever denied."""
    return frozenset((transcript, turn, code, CONFIRMS) for transcript, turn, code, _ in found)


def lines(
    codebook: Codebook, corpus: Corpus, *, codes: bool = False, stance: bool = True, further: bool = True
) -> Iterator[str]:
    """The table of one part, a line at a time; `further` themes are those that are no core themes."""
    systems = {
        "rules": (suggested(codebook, corpus.transcripts), corpus.reference),
        "keywords": (keyworded(_yaml(KEYWORDS), corpus.transcripts), corpus.reference),
    }
    if len(corpus.coders) == 2:
        systems["coder B against A"] = (corpus.coders[1], corpus.coders[0])
    if not stance:
        systems = {name: (without_stance(ours), without_stance(theirs)) for name, (ours, theirs) in systems.items()}
    yield "| | | precision | recall | F1 | right | claimed | there |"
    yield "|---|---|---|---|---|---|---|---|"
    core = [theme.id for theme in codebook.themes if theme.core]
    shown = [theme.id for theme in codebook.themes if further or theme.core]
    rows = [("core themes", core)] + [(theme, [theme]) for theme in shown]
    themed = {name: tuple(by_theme(codebook, some) for some in pair) for name, pair in systems.items()}
    for label, wanted in rows:
        for name, pair in themed.items():
            yield from _line(label, name, corpus, wanted, pair)
    if codes:
        for code in codebook:
            if code.theme in shown:
                yield from _line(code.id, "rules", corpus, [code.id], systems["rules"])


def _line(
    label: str, system: str, corpus: Corpus, wanted: Sequence[str], pair: Sequence[frozenset[Claim]]
) -> Iterator[str]:
    units = [
        (transcript.name, turn.number, code, stance)
        for transcript in corpus.transcripts
        for turn in transcript.participant_turns()
        for code in wanted
        for stance in STANCES
    ]
    table = np.array([[unit in found for unit in units] for found in pair], dtype=float)
    if not table.any():
        return
    groups = numbered([transcript for transcript, *_ in units])
    measures = (with_interval(statistic, units_of(table, groups), lowest=0.0) for statistic in (precision, recall, f1))
    counts = int(table.all(axis=0).sum()), *map(int, table.sum(axis=1))
    yield "| " + " | ".join([label, system, *map(_shown, measures), *map(str, counts)]) + " |"


def _shown(measure: Measure) -> str:
    if math.isnan(measure.value):
        return "–"
    if math.isnan(measure.low):
        return f"{measure.value:.2f}"
    return f"{measure.value:.2f} ({measure.low:.2f}–{measure.high:.2f})"


def _yaml(path: Path) -> Any:  # noqa: ANN401
    return YAML(typ="safe").load(path)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codebook", type=Path, nargs="?", default=codebook_path())
    parser.add_argument("--extra", type=Path, nargs="*", default=[], help="folders with more coded groups")
    parser.add_argument("--part", choices=("development", "test"), help="only these groups")
    parser.add_argument("--codes", action="store_true", help="also each code, for the rules")
    parser.add_argument("--ignore-stance", action="store_true", help="count a theme with the wrong stance as right")
    args = parser.parse_args()
    codebook = read_codebook(args.codebook)
    for corpora in (samples(), *map(extra, args.extra)):
        for part, corpus in corpora.items():
            if args.part in (None, part):
                print(f"\n{corpus.name}: {len(corpus.transcripts)} groups\n")
                for line in lines(codebook, corpus, codes=args.codes, stance=not args.ignore_stance):
                    print(line, flush=True)


if __name__ == "__main__":
    main()
