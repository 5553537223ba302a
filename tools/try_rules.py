"""Try the rules of a codebook: ``python -m tools.try_rules CODEBOOK.yaml [TRANSCRIPTS [REFERENCE.jsonl ...]]``.

Runs every example of the codebook and says what happened where one fails. With a folder of transcripts (plain text,
``[00:12:31] Naam: tekst``, with ``NAME.yaml`` beside it) and reference codings (``transcript,turn,code,stance`` a
line) it prints precision, recall and F1 per theme and code, at the level of turns, with stance. ``--misses`` and
``--alarms`` list the turns; ``--only THEME`` keeps to one theme; ``--groups A,B`` to some transcripts.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from codering.codebooks import Codebook
from codering.codings import Suggestion
from codering.suggest.diagnostics import Scores, run_examples, scores
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Role, Speaker, Transcript, Turn

_LINE = re.compile(r"(?:\[(?P<time>[\d:]+)\]\s*)?(?P<name>[^:]{1,60}):\s*(?P<text>.*)")
_KEYS = ("turn", "code", "stance")

Key = tuple[str, int, str, str]
"""Transcript, turn, code, stance."""


def transcripts(folder: Path, groups: Sequence[str]) -> list[Transcript]:
    """Read the plain-text transcripts of a folder."""
    from ruamel.yaml import YAML

    found = []
    for path in sorted(folder.glob("*.txt")):
        if groups and not any(path.stem.startswith(group) for group in groups):
            continue
        sidecar = path.with_suffix(".yaml")
        known = (YAML(typ="safe").load(sidecar) if sidecar.exists() else {}).get("speakers", {})
        lines = [m.group("name", "text") for m in map(_LINE.fullmatch, path.read_text("utf-8").splitlines()) if m]
        turns = tuple(Turn(n, name, text) for n, (name, text) in enumerate(lines, start=1))
        speakers = tuple(_speaker(name, known.get(name, {})) for name in dict.fromkeys(name for name, _ in lines))
        found.append(Transcript(path.stem, turns, speakers))
    return found


def _speaker(name: str, known: dict[str, object]) -> Speaker:
    attributes = known.get("attributes") or {}
    assert isinstance(attributes, dict)
    return Speaker(
        name, Role(str(known.get("role", "participant"))), attributes=tuple((k, str(v)) for k, v in attributes.items())
    )


def reference(paths: Iterable[Path]) -> set[Key]:
    """Read reference codings; a file without a transcript in its lines is about the group in its name."""
    keys = set()
    for path in paths:
        group = path.stem.partition("_")[2]
        for line in filter(str.strip, path.read_text("utf-8").splitlines()):
            row = json.loads(line)
            keys.add((row.get("transcript", group), *(row[key] for key in _KEYS)))
    return keys


def show_examples(codebook: Codebook) -> int:
    """Print what is wrong with the examples; how many are wrong."""
    results = [result for result in run_examples(codebook) if result.kind in ("yes", "no")]
    failed = [result for result in results if not result.passed]
    for result in failed:
        print(f"FOUT {result.rule} [{result.kind}] {result.text}\n       {result.why}")
    print(f"{len(results) - len(failed)} of {len(results)} rule examples pass.")
    found = [result for result in run_examples(codebook) if result.kind in ("example", "near miss")]
    for kind in ("example", "near miss"):
        of_kind = [result for result in found if result.kind == kind]
        print(f"{sum(r.passed for r in of_kind)} of {len(of_kind)} code {kind}s as the code says.")
        for result in of_kind:
            if not result.passed:
                print(f"   {kind} {result.code}: {result.text}  [{result.why}]")
    return len(failed)


def show_scores(codebook: Codebook, suggested: Sequence[Suggestion], wanted: set[Key], only: str) -> None:
    """Print precision, recall and F1 per theme and per code."""
    got = {(s.segment.transcript, s.segment.turn, s.code, s.stance.value) for s in suggested}
    names = {code.id: code.theme for code in codebook}
    kept = {key for key in wanted if key[2] in names}
    print(f"\n{'':34}{'P':>6}{'R':>6}{'F1':>6}{'hit':>6}{'sugg':>6}{'ref':>6}")
    for theme in codebook.themes:
        if only and theme.id != only:
            continue
        mine = {key for key in got if names[key[2]] == theme.id}
        theirs = {key for key in kept if names[key[2]] == theme.id}
        _line(theme.id.upper(), scores(*({(t, n, s) for t, n, _, s in keys} for keys in (mine, theirs))))
        for code in (theme.own, *theme.codes):
            of_code = [{key for key in keys if key[2] == code.id} for keys in (mine, theirs)]
            if any(of_code):
                _line(f"  {code.id}", scores(*of_code))


def _line(name: str, s: Scores) -> None:
    print(f"{name:34}{s.precision:6.2f}{s.recall:6.2f}{s.f1:6.2f}{s.hits:6}{s.suggested:6}{s.wanted:6}")


def show_turns(
    codebook: Codebook,
    corpus: Sequence[Transcript],
    suggested: Sequence[Suggestion],
    wanted: set[Key],
    args: argparse.Namespace,
) -> None:
    """Print turns that were missed or wrongly suggested, and rules by how often they are right."""
    text = {(t.name, turn.number): turn.text for t in corpus for turn in t.turns}
    names = {code.id: code.theme for code in codebook}
    got = {(s.segment.transcript, s.segment.turn, s.code, s.stance.value) for s in suggested}
    if args.misses:
        for key in sorted(wanted - got):
            if key[:2] in text and (not args.only or names.get(key[2]) == args.only):
                print(f"MISS {key[2]} {key[3]} {key[0]}:{key[1]}  {text[key[:2]]}")
    tally: Counter[tuple[str, bool]] = Counter()
    for s in suggested:
        key = (s.segment.transcript, s.segment.turn, s.code, s.stance.value)
        tally[s.source, key in wanted] += 1
        if args.alarms and key not in wanted and (not args.only or names[s.code] == args.only):
            words = " | ".join(f"{e.words}" if e.kind == "match" else f"<{e.kind} {e.words}>" for e in s.evidence)
            print(f"ALARM {s.source} {s.stance} {s.score:.2f} {key[0]}:{key[1]} [{words}]  {text[key[:2]]}")
    print("\nrules: right / fired")
    for source in sorted({source for source, _ in tally}):
        right, wrong = tally[source, True], tally[source, False]
        print(f"  {right:3} / {right + wrong:3}  {source}")


def main() -> int:
    """Run the command."""
    from codering.readers.codebook import parse_codebook

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("codebook", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("reference", type=Path, nargs="*")
    parser.add_argument("--only", default="")
    parser.add_argument("--groups", default="")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--alarms", action="store_true")
    args = parser.parse_args()
    codebook = parse_codebook(args.codebook.read_text("utf-8"), args.codebook.name)
    failed = show_examples(codebook)
    if args.folder:
        corpus = transcripts(args.folder, [group for group in args.groups.split(",") if group])
        suggested = RuleSuggester(codebook).suggest(corpus)
        wanted = reference(args.reference)
        wanted = {key for key in wanted if key[0] in {t.name for t in corpus}}
        print(f"\n{len(suggested)} suggestions in {len(corpus)} transcripts")
        if wanted:
            show_turns(codebook, corpus, suggested, wanted, args)
            show_scores(codebook, suggested, wanted, args.only)
        else:
            for s in suggested:
                turn = next(t for t in corpus if t.name == s.segment.transcript).turn(s.segment.turn)
                print(f"{s.source} {s.stance} {s.score:.2f} {s.segment.transcript}:{s.segment.turn}  {turn.text}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
