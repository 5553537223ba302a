"""Edits of codebooks in every layout that YAML allows, with any text: valid or refused, and nothing else touched."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codebooks import Codebook, Label
from codering.codings import Stance
from codering.errors import CodebookError
from codering.readers.codebook import check_codebook
from codering.readers.codebook_edit import CodebookFile
from codering.readers.codebook_lines import YamlLines
from codering.readers.codebook_nodes import UNFIT, Listing, Mapping, Node, Scalar, compose
from codering.readers.codebook_render import render, render_inline

BLOCK = """\
# c01
codebook: klein   # c02
label: {nl: Klein, en: Small}   # c03
# c04
themes:   # c05
  # c06
  -   id: aa   # c07
      label:   # c08
        nl: A   # c09
        # c10
        en: A
      definition: |   # c11
        eerste
          tweede

        derde
      # c12
      include:
        # c13
        - een   # c14
        # c15
        - twee
        # c16
      codes:
        -
          # c17
          id: bb
          # c18
          label: {
            nl: B,   # c19
            en: B    # c20
          }
          definition:
            lange tekst die
            over regels loopt   # c21
          examples: [
            # c22
            een ding,
            {text: "twee, drie", stance: ontkent}, # c23
          ]
          near_misses: []
          rules:
            - match: [geld, {number: {min: 1e2, unit: [mensen]}}]   # c24
              # c25
              id: bb.een
              reason: >-
                om dit
                en dat
              weight: 0.50   # c26
              context:
                previous: cc   # c27
                speaker: {ervaring: ">=10"}
              yes: [Er is geld.]
              no: [Nee.]
              # c28
            - {id: twee, reason: r, match: fiets, context: {previous: [bb, cc]}, yes: [fiets], no: [auto]} # c29
        # c30
        - "id": 'cc'
          'label': {nl: "C", en: 'C'}
          ? definition
          : Wat c is   # c31
          colour: "#112233"

        - {id: dd, label: {nl: D, en: D}, definition: dd, near_misses: [{text: x, instead: cc}, y]}   # c32
# c33
  -
      id: ee   # c34
      label: {nl: E, en: E}
      definition: "e \\
        f"   # c35
crosswalk:   # c36
  # c37
  - {change: renamed, before: [oud], after: [cc], date: 2026-01-01}   # c38
# c39
"""
FLUSH = """\
codebook: k # c01
label: {nl: K, en: K}
themes:
- id: aa # c02
  label: {nl: A, en: A}
  definition: d # c03
  codes:
  # c04
  - id: bb # c05
    label: {nl: B, en: B}
    definition: d
    rules:
    # c06
    - id: r1
      reason: q
      match: geld
      context: {recent: [cc], previous: dd}
      yes:
      - geld # c07
      no:
      - nee
    # c08
  - id: cc
    label: {nl: B, en: B}
    definition: d
    near_misses:
    - text: q
      # c09
      instead: bb
  # c10
  - id: dd
    label: {nl: B, en: B}
    definition: d
# c11
- label: {nl: B, en: B}
  # c12
  definition: d
  id: ee"""
ONE_LINE = (
    "{codebook: k, label: {nl: K, en: K}, themes: [{id: aa, label: {nl: A, en: A}, definition: d, codes: [{id: bb, "
    "label: {nl: B, en: B}, definition: d, rules: [{id: q, reason: q, match: geld, context: {previous: [cc]}, "
    "yes: [geld], no: [nee]}]}, {id: cc, label: {nl: C, en: C}, definition: d}, {id: dd, label: {nl: D, en: D}, "
    "definition: d}]}, {id: ee, label: {nl: E, en: E}, definition: d}]}"
)
LAYOUTS = {
    "block": BLOCK,
    "windows": BLOCK.replace("\n", "\r\n"),
    "flush": FLUSH,
    "mixed": FLUSH.replace("\n", "\r\n", 9),
    "document": f"%YAML 1.2\n---\n{FLUSH}\n...\n# c13\n",
    "one line": ONE_LINE,
    "braces": ONE_LINE.replace(", ", ",\n   ").replace("{", "{\n  ").replace("}", "\n}"),
}
CODES = ("aa", "bb", "cc", "dd", "ee")
ODD = (
    "Heb jij tijd?", "Nee: niet", "om 10:30", "# hek", "'k heb", '"zo"', "*ster", "&en", "- streep", "twee\nregels",
    "eind\n", "\nbegin", "tab\there", "nee", "no", "12", "1e3", "0x1f", "null", "~", "2026-01-01", "{a: b}", "[x, y",
    "a, b", "e\u0301", "🙂", "a\u2028b", "\x85x", "?", "?x", ": x", ":x", "x:", "x #y", "%p", "@a", "`b", "|", ">",
    "!t", "\ufeffx", "\u00a0x", "  x  ", "", " ", "=", "<<", "---", "...", "a\r\nb", "a\rb", "C:\\x", "x\n\n  y\n# z",
    "1_000", "\x07", "x\x00y", "\ud800", "woord " * 2500,
)  # fmt: skip
texts = st.sampled_from(ODD) | st.text(max_size=12)
codes = st.sampled_from(CODES)
layouts = st.sampled_from(sorted(LAYOUTS))


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"# c\d\d", text))


def kept(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())


def without(book: Codebook, code: str, *fields: str) -> list[object]:
    """All codes, the given fields of one of them left out."""
    return [replace(one, **dict.fromkeys(fields, ())) if one.id == code else one for one in book]


def edited(layout: str, edit: Callable[[CodebookFile], None]) -> CodebookFile | None:
    """Edit a codebook; None if it was refused, and then nothing has changed."""
    file = CodebookFile(LAYOUTS[layout], "k.yaml")
    assert file.text == LAYOUTS[layout]
    refused = ""
    try:
        edit(file)
    except CodebookError as error:
        refused = str(error)
    if refused:
        assert "laid out" not in refused
        assert file.text == LAYOUTS[layout]
        return None
    assert check_codebook(file.text, "k.yaml")[0] == file.codebook
    return file


@given(layouts, codes, texts)
def test_a_definition_of_any_text(layout, code, text):
    file = edited(layout, lambda file: file.set_definition(code, text))
    if file is not None:
        before = CodebookFile(LAYOUTS[layout]).codebook
        assert without(file.codebook, code, "definition") == without(before, code, "definition")
        assert comments(file.text) == comments(LAYOUTS[layout])
        assert CodebookFile(file.text).codebook.code(code).definition == kept(text)


@given(layouts, codes, st.sampled_from(["include", "exclude"]), st.lists(texts, max_size=4))
def test_criteria_of_any_text(layout, code, key, criteria):
    file = edited(layout, lambda file: getattr(file, f"set_{key}")(code, criteria))
    if file is not None:
        before = CodebookFile(LAYOUTS[layout]).codebook
        assert without(file.codebook, code, key) == without(before, code, key)
        assert getattr(file.codebook.code(code), key) == tuple(map(kept, criteria))
        gone = comments(LAYOUTS[layout]) - comments(file.text)
        assert set(gone) <= {"# c13", "# c14", "# c15"}  # of the criteria themselves


@given(layouts, codes, texts, texts, st.booleans(), st.sampled_from(Stance))
def test_an_example_of_any_text(layout, code, text, why, near_miss, stance):
    add = lambda file: file.add_example(code, text, why=why, near_miss=near_miss, stance=stance)  # noqa: E731
    file = edited(layout, add)
    if file is not None:
        before = CodebookFile(LAYOUTS[layout]).codebook
        kinds = ("examples", "near_misses")
        assert without(file.codebook, code, *kinds) == without(before, code, *kinds)
        added = getattr(file.codebook.code(code), kinds[near_miss])[-1]
        assert added.text == kept(text)
        assert comments(file.text) == comments(LAYOUTS[layout])


@given(layouts, codes, texts, texts)
def test_a_label_of_any_text(layout, code, nl, en):
    file = edited(layout, lambda file: file.set_label(code, nl=nl, en=en))
    if file is not None:
        assert comments(file.text) == comments(LAYOUTS[layout])


@given(layouts, codes, texts)
def test_a_rename_touches_no_comment(layout, code, note):
    file = edited(layout, lambda file: file.rename_code(code, "nieuw", note=note, date="2026-02-02"))
    if file is not None:
        assert comments(file.text) == comments(LAYOUTS[layout])
        assert code not in file.codebook
        assert file.codebook.crosswalk[-1].before == (code,)


@given(layouts, st.sampled_from(["bb", "cc", "dd"]), st.lists(st.tuples(texts, texts), min_size=2, max_size=3))
def test_a_split_touches_no_comment(layout, code, parts):
    names = [f"deel_{number}" for number in range(len(parts))]
    into = [(name, Label(text, text), meaning) for name, (text, meaning) in zip(names, parts, strict=True)]
    file = edited(layout, lambda file: file.split_code(code, into, date="2026-02-02"))
    if file is not None:
        assert comments(file.text) == comments(LAYOUTS[layout])
        assert [one.id for one in file.codebook if one.id.startswith("deel_")] == names


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("code", ["bb", "cc", "dd"])
@pytest.mark.parametrize("into", ["bb", "cc", "ee"])
def test_a_merge_and_a_removal_keep_what_is_not_of_the_code(layout, code, into):
    before = CodebookFile(LAYOUTS[layout]).codebook
    merged = edited(layout, lambda file: file.merge_codes([code], into, date="2026-02-02")) if code != into else None
    removed = edited(layout, lambda file: file.remove_code(code, date="2026-02-02"))
    assert merged is not None or code == into
    for file in (merged, removed):
        if file is not None:
            assert {one.id for one in file.codebook} == set(CODES) - {code}
            assert file.codebook.code("aa").definition == before.code("aa").definition
            assert set(comments(LAYOUTS[layout]) - comments(file.text)) <= OF_CODES[code]


OF_CODES = {
    "bb": {f"# c{number}" for number in range(17, 30)} | {"# c05", "# c06", "# c07", "# c09"},
    "cc": {"# c31", "# c09", "# c27"},
    "dd": {"# c32"},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_rule_is_added_changed_and_taken_out(layout):
    def edit(file: CodebookFile) -> None:
        file.add_rule("dd", {"id": "x", "reason": "Waarom?", "match": "geld", "yes": ["Geld?"], "no": ["nee", "no"]})
        file.set_rule("dd.x", {"weight": 0.5, "unless": ["fiets", "auto"], "match": {"near": ["geld", "op"]}})
        file.set_rule("dd.x", {"weight": None, "id": "y", "unless": ["fiets"]})

    file = edited(layout, edit)
    assert file is not None
    assert [rule.id for rule in file.codebook.code("dd").rules] == ["dd.y"]
    assert comments(file.text) == comments(LAYOUTS[layout])
    file.remove_rule("dd.y")
    assert file.codebook == CodebookFile(LAYOUTS[layout]).codebook
    assert comments(file.text) == comments(LAYOUTS[layout])


def test_only_the_changed_item_of_a_list_is_touched():
    file = CodebookFile(BLOCK)
    file.set_include("aa", ["nul", "een", "drie"])
    expected = BLOCK.replace("        - een ", "        - nul\n        - een ").replace("- twee", "- drie")
    assert file.text.replace("        # c13\n        - nul", "        - nul", 1) == expected.replace(
        "        # c13\n", "", 1
    )


def test_an_item_between_brackets_on_lines_of_their_own_gets_one_too():
    file = CodebookFile(BLOCK)
    file.add_example("bb", "Heb jij tijd?", stance=Stance.DENIES)
    assert file.text == BLOCK.replace(
        "stance: ontkent}, # c23\n",
        'stance: ontkent}, # c23\n            {text: "Heb jij tijd?", stance: ontkent},\n',
    )


@given(texts | st.text(alphabet="ab :,#-?[]{}&*!|>'\"%@`~=\\/.1_\n\té\u2028\x85\xa0\ufeff", max_size=7))
def test_every_text_is_read_as_it_was_written(text):
    """Between brackets and outside them, in a list and behind a key."""
    value = {"k": text, "vlak": {"nl": text, "en": "x"}, "lijst": [text, "b"], "diep": {"near": [text, "b"], "a": text}}
    try:
        written = render(value)
    except CodebookError:
        assert UNFIT.search(text)
        return
    node, problems = compose(
        f"{written}zo: {render(text)}\nen: [{render_inline(text)}, {{k: {render_inline(text)}}}]\n", ""
    )
    assert problems == ()
    assert plain(node) == {**value, "zo": text, "en": [text, {"k": text}]}


def plain(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return {key.text: plain(held) for key, held in node.pairs}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def test_a_text_that_the_lines_do_not_allow_is_said_to_be_so():
    lines = YamlLines("a: [x\n")
    with pytest.raises(CodebookError, match=r"laid out \(line 2\)"):
        lines.data(("a",))
