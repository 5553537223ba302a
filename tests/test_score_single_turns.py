"""The tool that scores rules on single turns."""

from __future__ import annotations

import json

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.codings import Stance
from codering.patterns import Word
from tools.score_single_turns import FOLDER, LOOKALIKE, TOGETHER, outcomes, talks, written

RULES = (
    Rule("c.r", "", Word(("rood",)), stance=Stance.CONFIRMS),
    Rule("c.n", "", Word(("nooit",)), stance=Stance.DENIES),
)
CODE = Code("c", Label("c", "c"), "", "t", rules=RULES)
OTHER = Code("d", Label("d", "d"), "", "t")
BOOK = Codebook("b", Label("b", "b"), (Theme(Code("t", Label("t", "t"), "", "t"), (CODE, OTHER), core=True),))


def test_turns_become_talks_with_all_their_codings(tmp_path):
    rows = [{"code": "c", "stance": "bevestigt", "text": f"Rood {n}.", "also": ["d"]} for n in range(TOGETHER)]
    rows += [{"code": "c", "stance": "ontkent", "text": "Nooit.", "also_denied": ["d"]}]
    rows += [{"code": "", "near": "c", "text": "Een lijk in de kast."}]
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    told = talks("x", written(file), BOOK)
    assert [len(list(talk.participant_turns())) for talk in told.corpus.transcripts] == [TOGETHER, 2]
    assert {single.kind for single in told.singles.values()} == {"bevestigt", "ontkent", LOOKALIKE}
    assert len(told.corpus.reference) == 2 * (TOGETHER + 1)
    assert all(
        talk.turns[number - 1].text == told.singles[talk.name, number].text
        for talk in told.corpus.transcripts
        for number in (turn.number for turn in talk.participant_turns())
    )


def test_outcomes_tell_the_stance_from_the_theme(tmp_path):
    texts = {"bevestigt": ["Rood.", "Blauw."], "ontkent": ["Nooit.", "Rood.", "Groen."]}
    rows = [{"code": "c", "stance": stance, "text": text} for stance, some in texts.items() for text in some]
    rows += [{"code": "", "near": "c", "text": "Het rode boek."}, {"code": "", "near": "c", "text": "Grijs."}]
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    table = outcomes(BOOK, talks("x", written(file), BOOK)).splitlines()[2:]
    assert [row.split(" | ")[1:] for row in table] == [["1", "0", "1 |"], ["1", "1", "1 |"], ["0", "1", "1 |"]]


def test_the_files_hold_what_their_readme_says():
    codes = set()
    for file in FOLDER.glob("*.jsonl"):
        singles = written(file)
        for code in {single.code for single in singles}:
            kinds = [single.kind for single in singles if single.code == code]
            assert [kinds.count(kind) for kind in ("bevestigt", "ontkent", LOOKALIKE)] == [16, 6, 5], (file.name, code)
            codes.add(code)
    assert len(codes) == 18
