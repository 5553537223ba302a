from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from codering.codebooks import Change, Codebook
from codering.codings import Stance
from codering.errors import CodebookError
from codering.patterns import AllOf, AnyOf, Block, Near, Number, Phrase, Separable, Several, Within, Word
from codering.readers import codebook_nodes
from codering.readers.codebook import check_codebook, parse_codebook, parse_pattern, read_codebook
from codering.texts import texts

HEAD = "codebook: klein\nlabel: {nl: Klein, en: Small}\n"
RULE = """\
- id: aantal
  reason: Een aantal
  match: te veel mensen
  yes: [Ik heb te veel mensen.]
  no: [Er waren mensen.]
"""


def codebook(*, blocks: str = "", rules: str = RULE, more: str = "", crosswalk: str = "") -> str:
    """A small codebook around the part that a test is about."""
    parts = [HEAD]
    if blocks:
        parts.append("blocks:\n" + textwrap.indent(blocks, "  "))
    parts.append(
        "themes:\n  - id: caseload\n    label: {nl: Omvang, en: Size}\n    definition: Hoeveel.\n    codes:\n"
        "      - id: cl_omvang\n        label: {nl: Te veel, en: Too many}\n        definition: Het aantal.\n"
    )
    parts += [textwrap.indent(more, "        "), "        rules:\n", textwrap.indent(rules, "          ")]
    if crosswalk:
        parts.append("crosswalk:\n" + textwrap.indent(crosswalk, "  "))
    return "".join(parts)


def errors(text: str) -> list[str]:
    return [str(problem) for problem in check_codebook(text, "k.yaml")[1]]


def warnings(text: str) -> list[str]:
    return [str(problem) for problem in check_codebook(text, "k.yaml")[2]]


def only_error(text: str) -> str:
    found = errors(text)
    assert len(found) == 1, found
    return found[0]


def pattern(data: object):
    read, problems = parse_pattern(data, "match")
    assert not problems, [str(problem) for problem in problems]
    return read


def refusal(data: object) -> str:
    read, problems = parse_pattern(data, "match")
    assert read is None
    assert problems
    return str(problems[0])


# What is read


def test_everything_that_the_format_has_is_read():
    text = """\
codebook: sam
label: {nl: SAM, en: SAM in English}
blocks:
  tijdgebrek: [geen tijd, te weinig tijd]
themes:
  - id: caseload
    label: {nl: Omvang, en: Size}
    core: true
    definition: De omvang.
    section: "§4.2"
    colour: "#B35900"
    figures:
      - {nl: Genoeg ruimte, en: Enough room, percentage: 62, n: 225, section: "§4.3.2"}
    codes:
      - id: cl_omvang
        label: {nl: Te veel, en: Too many}
        definition: Het aantal.
        include: [groei]
        exclude: [los feit]
        examples:
          - Veel te veel.
          - {text: Prima te doen., stance: ontkent, why: ontkend}
        near_misses:
          - {text: Druk op straat., why: ander druk, instead: caseload}
        rules:
          - id: cl_omvang.aantal
            reason: Een aantal
            match: $tijdgebrek
            unless: inwoner
            requires: [klant, "*druk"]
            context:
              previous: caseload
              question: [hoeveel]
              neighbour: [cl_omvang]
              speaker: {functie: klantmanager, ervaring: ">=10", schaal: 9}
              inherit: true
              longest: 12
            weight: 0.55
            stance: ontkent
            yes: [no, Ja.]
            no: [yes, Nee.]
crosswalk:
  - {change: merged, before: [x, cl_omvang], after: [cl_omvang], date: 2026-03-01, note: samen}
"""
    book = parse_codebook(text, "sam.yaml")
    theme = book.themes[0]
    code = theme.codes[0]
    rule = code.rules[0]
    assert (book.id, book.label.nl, book.label.en) == ("sam", "SAM", "SAM in English")
    assert (theme.core, theme.own.colour, theme.own.section) == (True, "#b35900", "§4.2")
    assert (theme.figures[0].percentage, theme.figures[0].n) == (62, 225)
    assert (code.theme, code.include, code.exclude) == ("caseload", ("groei",), ("los feit",))
    assert code.examples[1].stance is Stance.DENIES
    assert code.near_misses[0].instead == "caseload"
    assert (rule.id, rule.weight, rule.stance) == ("cl_omvang.aantal", 0.55, Stance.DENIES)
    assert (rule.matches, rule.misses) == (("no", "Ja."), ("yes", "Nee."))
    assert rule.pattern == Block("tijdgebrek")
    assert rule.unless == (Word(("inwoner",)),)
    assert rule.requires == (Word(("klant",)), Word(("*druk",)))
    assert rule.context.previous == ("caseload",)
    assert rule.context.question == Word(("hoeveel",))
    assert rule.context.speaker == (("functie", "klantmanager"), ("ervaring", ">=10"), ("schaal", "9"))
    assert (rule.context.inherit, rule.context.longest) == (True, 12)
    assert (book.crosswalk[0].change, book.crosswalk[0].date) == (Change.MERGED, "2026-03-01")


def test_a_short_rule_id_is_stored_in_full():
    assert parse_codebook(codebook(), "k").code("cl_omvang").rules[0].id == "cl_omvang.aantal"


def test_the_version_does_not_depend_on_layout_and_does_on_content():
    one = parse_codebook(codebook(), "k")
    other = parse_codebook(
        "# Opmerking\n" + codebook().replace("{nl: Klein, en: Small}", "\n  en: Small\n  nl: Klein"), "k"
    )
    changed = parse_codebook(codebook().replace("te veel mensen", "veel te veel", 1), "k")
    assert one.version == other.version
    assert one.version != changed.version


def test_codes_without_a_colour_get_one_that_differs_from_their_neighbours():
    themes = "".join(
        f"  - id: t{n}\n    label: {{nl: T, en: T}}\n    definition: d\n    codes:\n"
        f"      - {{id: c{n}a, label: {{nl: C, en: C}}, definition: d}}\n"
        f"      - {{id: c{n}b, label: {{nl: C, en: C}}, definition: d}}\n"
        for n in range(9)
    )
    colours = [code.colour for code in parse_codebook(f"{HEAD}themes:\n{themes}", "k")]
    assert len(set(colours)) == 27


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Registreren", Word(("registreren",))),
        ("=klaar", Word(("=klaar",))),
        ("registratie*|*druk", Word(("registratie*", "*druk"))),
        ("te veel mensen", Phrase((Word(("te",)), Word(("veel",)), Word(("mensen",))))),
        ("weinig|nauwelijks tijd", Phrase((Word(("weinig", "nauwelijks")), Word(("tijd",))))),
        ("brandjes ... blussen", Phrase((Word(("brandjes",)), Word(("...",)), Word(("blussen",))))),
        ("brandjes … blussen", Phrase((Word(("brandjes",)), Word(("...",)), Word(("blussen",))))),
        ("in de _ gooien", Phrase((Word(("in",)), Word(("de",)), Word(("_",)), Word(("gooien",))))),
        ("m’n bestand", Phrase((Word(("m'n",)), Word(("bestand",))))),
        ("cafe\u0301tje", Word(("cafétje",))),
        ("$tijdgebrek", Block("tijdgebrek")),
        (["a b", "klant"], AnyOf((Phrase((Word(("a",)), Word(("b",)))), Word(("klant",))))),
        (["klant"], Word(("klant",))),
        ({"any": ["klant", "burger"]}, AnyOf((Word(("klant",)), Word(("burger",))))),
        ({"all": ["klant", "druk"]}, AllOf((Word(("klant",)), Word(("druk",))))),
        ({"all": ["klant", "druk"], "within": "turn"}, AllOf((Word(("klant",)), Word(("druk",))), Within.TURN)),
        ({"near": ["klant", "druk"]}, Near((Word(("klant",)), Word(("druk",))), 6)),
        (
            {"near": ["klant", "druk"], "within": 0, "order": "fixed"},
            Near((Word(("klant",)), Word(("druk",))), 0, True),
        ),
        ({"near": ["klant", "druk"], "within": "turn"}, Near((Word(("klant",)), Word(("druk",))), Within.TURN)),
        ({"several": ["klant", "druk"]}, Several((Word(("klant",)), Word(("druk",))))),
        (
            {"several": ["klant"], "double": ["$haast"], "least": 3},
            Several((Word(("klant",)),), (Block("haast"),), 3),
        ),
        ({"family": {"words": ["registr*"], "not": "registratiekamer"}}, Word(("registr*",), ("registratiekamer",))),
        ({"verb": "af+rekenen"}, Separable("af", "rekenen")),
        ({"verb": "af+rekenen", "within": 5}, Separable("af", "rekenen", 5)),
        ({"number": None}, Number()),
        ({"number": {"min": 80, "max": 500.5, "unit": "mensen"}}, Number(80, 500.5, (Word(("mensen",)),))),
        ({"number": {"unit": ["klant", "*dossier"]}}, Number(None, None, (Word(("klant",)), Word(("*dossier",))))),
    ],
)
def test_what_a_pattern_can_be(data, expected):
    assert pattern(data) == expected


# What is refused


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "nothing"),
        ([], "empty"),
        ({"any": []}, "empty"),
        ({"near": ["klant"]}, "two parts"),
        ({"all": ["klant"]}, "two parts"),
        ({"ani": ["klant"]}, "did you mean any"),
        ({"klanten": 1}, "Expected a text, a list"),
        ({}, "Expected a text, a list"),
        ({"any": ["a"], "all": ["b", "c"]}, "next to each other"),
        ({"any": ["klant"], "within": 3}, "Unknown key within"),
        ({"near": ["klant", "druk"], "within": -1}, "at least|from 0"),
        ({"near": ["klant", "druk"], "within": "ver"}, "sentence or turn"),
        ({"near": ["klant", "druk"], "order": "vast"}, "fixed, any"),
        ({"near": ["klant", "druk"], "within": 1.5}, "whole number"),
        ({"several": []}, "empty"),
        ({"several": ["klant"], "least": 1}, "from 2|at least"),
        ({"several": ["klant"], "double": [{"ani": ["a"]}]}, "did you mean any"),
        ({"verb": "afrekenen"}, r"af\+rekenen"),
        ({"verb": "af+rekenen", "within": 0}, "from 1"),
        ({"number": {"min": 9, "max": 3}}, "larger"),
        ({"number": {"min": "veel"}}, "Expected a number"),
        ({"number": {"unit": "uur per week"}}, "single word"),
        ({"family": {"not": ["x"]}}, "words is missing"),
        ({"family": {"words": ["te veel"]}}, "single word"),
        ("...", "at least one word"),
        ("_ ...", "at least one word"),
        ("klant ...", "only between words"),
        ("klant ... ... druk", "next to each other"),
        ("klant...", "stand by themselves"),
        ("klant|... druk", "stand by themselves"),
        ("$tijd gebrek", "stands by itself"),
        ("$a|$b", "by itself"),
        ("a||b", "missing"),
        ("*", "missing"),
        ("reg*istratie", "cannot be read"),
        ("=reg*", "cannot be read"),
        ("ja, klant", "punctuation"),
        ("klant.", "punctuation"),
        ("af+rekenen", "verb: af"),
        ("*kpi*", "four letters"),
        ("in*", "three letters"),
        ("*en", "three letters"),
        ([["klant"], ["a", {"near": 3}]], "Expected a list"),
    ],
)
def test_what_a_pattern_cannot_be(data, words):
    import re

    assert re.search(words, refusal(data)), refusal(data)


@pytest.mark.parametrize("word", ["niet", "ja|klant", "[klant, wel]", "{any: [druk, [ik]]}", "$leeg", "{number: }"])
def test_a_rule_that_would_fire_on_nearly_every_turn_is_refused(word):
    text = codebook(blocks="leeg: [klant, er]\n", rules=RULE.replace("match: te veel mensen", f"match: {word}"))
    assert "fires on nearly every turn" in only_error(text)


@pytest.mark.parametrize(
    "guard", ["requires: [klant]", "context: {question: druk}", "context: {inherit: true, longest: 4}"]
)
def test_a_common_word_is_allowed_where_something_else_must_hold(guard):
    assert not errors(codebook(rules=RULE.replace("te veel mensen", "ja") + f"  {guard}\n"))


def test_a_phrase_of_common_words_is_allowed():
    assert not errors(codebook(rules=RULE.replace("te veel mensen", "er niet aan toe")))


def test_all_problems_are_reported_at_once_in_the_order_of_the_file():
    text = codebook(
        rules=RULE.replace("reason", "raeson").replace("te veel mensen", "klant,").replace("[Er waren mensen.]", "[]"),
        more="colour: rood\n",
    ).replace("definition: Hoeveel.", "definitie: Hoeveel.")
    found = errors(text)
    lines = [int(problem.split("line ")[1].split(",")[0]) for problem in found]
    assert len(found) == 7
    assert lines == sorted(lines)
    with pytest.raises(CodebookError) as caught:
        parse_codebook(text, "k.yaml")
    assert len(caught.value.problems) == 7


def test_a_problem_names_file_line_key_what_was_found_and_what_was_expected():
    assert only_error(codebook(rules=RULE + "  weight: 1.5\n")) == (
        "k.yaml: line 17, themes[0].codes[0].rules[0].weight: Expected a number above 0 and up to 1; found 1.5."
    )


def test_problems_are_shown_in_dutch():
    found = check_codebook(codebook(rules=RULE + "  weight: 1.5\n"), "k.yaml")[1][0].translated(texts("nl").translate)
    assert found == (
        "k.yaml: regel 17, themes[0].codes[0].rules[0].weight: "
        "Hier hoort een getal boven 0 en tot en met 1; er staat 1.5."
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("id: aantal", "id: pi_output.aantal"), "its id is cl_omvang.aantal or just aantal"),
        (("id: aantal", "id: Te-veel"), "An id begins"),
        (("id: aantal", "id: [a]"), "An id begins"),
        (("            reason: Een aantal\n", ""), "reason is missing"),
        (("            match: te veel mensen\n", ""), "match is missing"),
        (("[Ik heb te veel mensen.]", "Ik heb te veel mensen."), "Expected a list"),
        (("[Ik heb te veel mensen.]", ""), "Nothing stands behind yes"),
        (("id: cl_omvang", "id: caseload"), "used twice"),
        (("{nl: Te veel, en: Too many}", "{nl: Te veel}"), "en is missing"),
        (("{nl: Te veel, en: Too many}", "Te veel"), "nl, en; found a text"),
        (("{nl: Te veel, en: Too many}", "{nl: Te veel, en: Too many, of zo}"), "cut off at of zo"),
        (("definition: Het aantal.", "definition: Het aantal.\n        definition: Nog een."), "stands here twice"),
        (("definition: Het aantal.", "definition: [a]"), "Expected a text; found a list"),
        (("definition: Het aantal.", "definition:"), "Nothing stands behind"),
        (("definition: Het aantal.", "definition: d\n        colour: #b35900"), "begins with # needs quotes"),
        (("definition: Het aantal.", "definition: d\n        colour: rood"), "Expected a colour"),
        (("definition: Het aantal.", "definition: d\n        include: los"), "Expected a list"),
        (
            ("definition: Het aantal.", "definition: d\n        include:\n          - Nee hoor: dat niet"),
            "colon and a space",
        ),
        (("definition: Het aantal.", "definition: d\n        core: true"), "Unknown key core"),
        (("definition: Hoeveel.", "definition: d\n    core: ja"), "true or false"),
        (("definition: Hoeveel.", "definition: d\n    figures: [{nl: a, en: b, section: c}]"), "percentage is missing"),
        (
            ("definition: Hoeveel.", "definition: d\n    figures: [{nl: a, en: b, percentage: 130, section: c}]"),
            "up to 100",
        ),
        (("codebook: klein", "codebook: Klein"), "An id begins"),
        (("codebook: klein\n", ""), "codebook is missing"),
        (("  - id: caseload", "    id: caseload"), "Expected a list (lines that begin with -); found keys"),
    ],
)
def test_mistakes_in_a_codebook(change, words):
    text = codebook()
    assert change[0] in text
    found = errors(text.replace(change[0], change[1], 1))
    assert any(words in problem for problem in found), found


@pytest.mark.parametrize(
    ("context", "words"),
    [
        ("{previous: [caselod]}", "did you mean caseload"),
        ("{neighbour: iets_heel_anders}", "no code iets_heel_anders"),
        ("{recent: iets_heel_anders}", "no code iets_heel_anders"),
        ("{longest: 0}", "at least 1"),
        ("{inherit: wel}", "true or false"),
        ("{speaker: klantmanager}", "attributes"),
        ("{speaker: {ervaring: '>= veel'}}", "number after >="),
        ("{speaker: {ervaring: 1, ervaring: 2}}", "stands here twice"),
        ("{speaker: {ervaring: }}", "a text or a number"),
        ("{prevous: [caseload]}", "did you mean previous"),
        ("{}", "found nothing"),
        ("{previous: []}", "empty"),
        ("klant", "Expected the keys"),
    ],
)
def test_mistakes_in_a_context(context, words):
    assert words in only_error(codebook(rules=RULE + f"  context: {context}\n"))


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ("a: $b\nb: [klant, $a]\n", "$a → $b → $a"),
        ("a: $a\n", "$a → $a"),
        ("a: $tijdgebreck\ntijdgebrek: geen tijd\n", "did you mean $tijdgebrek"),
        ("a: $weg\n", "no building block $weg"),
        ("a: x\na: y\n", "stands here twice"),
        ("A b: x\n", "An id begins"),
        ("- a\n", "names with patterns"),
        ("a:\n", "Expected a text; found nothing"),
    ],
)
def test_mistakes_in_building_blocks(blocks, words):
    assert words in only_error(codebook(blocks=blocks))


def test_blocks_that_double_each_other_are_refused_before_they_fill_the_memory():
    lines = ["b0: [klant, burger]\n"] + [f"b{n}: [$b{n - 1}, $b{n - 1}]\n" for n in range(1, 200)]
    found = errors(codebook(blocks="".join(lines), rules=RULE.replace("te veel mensen", "$b199")))
    assert any("more than 5000 parts" in problem for problem in found)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{change: renamed, before: [oud], after: [weg]}", "no later line says"),
        ("{change: renamed, before: [cl_omvang], after: [caseload]}", "not used again"),
        ("{change: renamed, before: [a, b], after: [caseload]}", "renamed has one before"),
        ("{change: split, before: [a], after: [caseload]}", "split one and several"),
        ("{change: merged, before: [a], after: [caseload]}", "merged several"),
        ("{change: removed, before: [a], after: [caseload]}", "removed only before"),
        ("{change: hernoemd, before: [a], after: [caseload]}", "renamed, merged, split, removed"),
        ("{change: removed, before: [a], date: 1-3-2026}", "2026-03-01"),
        ("{change: removed, before: []}", "empty"),
        ("{change: removed}", "before is missing"),
        ("{change: removed, before: [Oud]}", "An id begins"),
    ],
)
def test_mistakes_in_the_crosswalk(line, words):
    found = errors(codebook(crosswalk=f"- {line}\n"))
    assert any(words in problem for problem in found), found


def test_a_chain_in_the_crosswalk_is_sound():
    chain = "- {change: renamed, before: [a], after: [b]}\n- {change: merged, before: [b, c], after: [cl_omvang]}\n"
    assert not errors(codebook(crosswalk=chain))
    assert errors(codebook(crosswalk="".join(reversed(chain.splitlines(keepends=True)))))


# What could be better


def test_thin_codes_are_usable_but_said_to_be_thin():
    found = warnings(codebook(more="examples: [a b c, d e f]\n"))
    assert "k.yaml: line 8, themes[0].codes[0]: cl_omvang has 2 examples; at least 3 make clear what it means." in found
    assert len(found) == 4


@pytest.mark.parametrize("written", ["12", "2026-03-01", "true", "yes", "1.5"])
def test_what_other_programs_do_not_read_as_text_is_text_with_a_warning(written):
    text = codebook(more=f"include: [{written}]\n")
    assert parse_codebook(text, "k").code("cl_omvang").include == (written,)
    assert any("between quotes" in warning for warning in warnings(text))
    assert not any("between quotes" in warning for warning in warnings(text.replace(f"[{written}]", f"['{written}']")))


@pytest.mark.parametrize(
    ("phrase", "warned"), [("bij wagen|de praktijk", True), ("aan de|het werk", False), ("om|de hoek", False)]
)
def test_alternatives_of_more_than_one_word_are_pointed_out(phrase, warned):
    found = warnings(codebook(rules=RULE.replace("match: te veel mensen", f"match: {phrase}")))
    assert any("single words" in warning for warning in found) is warned


def test_a_near_miss_that_names_an_unknown_code_is_pointed_out():
    text = codebook(more="near_misses: [{text: a, instead: weg}]\n")
    assert any("no code weg" in warning for warning in warnings(text))


# Files that mean harm, and files that went wrong


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("# alleen een opmerking\n", "empty"),
        ("---\n", "empty"),
        ("- a\n- b\n", "Expected the keys codebook"),
        ("zomaar wat tekst", "Expected the keys codebook"),
        ("codebook: !!python/object/apply:os.system [ls]\n", "tags"),
        ("codebook: !x k\n", "begins with !"),
        ("codebook: &a k\nlabel: *a\n", "begins with *"),
        ("codebook: &a k\nlabel: x\n", "begins with &"),
        ("codebook: *druk\n", '"*druk"'),
        ("a: [*druk*, b]\n", "needs quotes"),
        ("codebook: k\n---\ncodebook: k\n", "second document"),
        ("a: 'k heb\nb: c\n", "never closed"),
        ("a: Nee hoor: dat niet\n", "colon and a space"),
        ("a: [b, c\nd: e\n", "not closed"),
        ("a: {b: c\nd: e\n", "not closed"),
        ("a:\n\tb: c\n", "tab"),
        ("a: >=10\n", "begins with > or |"),
        ("a: %x\n", "one of %"),
        ("a: @x\n", "one of %"),
        ("a:\n  b: c\n d: e\n", "indentation"),
        ("a: b\nc\n", "indentation"),
        ("a: b\x07\n", "U+0007"),
        ("a: \ud800\n", "U+D800"),
        ("? [a, b]\n: c\n", "key must be a word"),
        ("a: " + "[" * 40 + "]" * 40, "deep"),
        ("a: " + "{b: " * 40 + "}" * 40, "deep"),
        ("[" * 100_000, "deep"),
    ],
)
@pytest.mark.parametrize("pure", [True, False])
def test_no_file_gets_past_with_more_than_a_message(text, words, pure, monkeypatch):
    monkeypatch.setattr(codebook_nodes, "YAML", lambda typ: YAML(typ=typ, pure=pure))
    book, found, _ = check_codebook(text, "k.yaml")
    assert book is None
    assert any(words in str(problem) for problem in found), [str(problem) for problem in found]
    assert all(str(problem).startswith("k.yaml") for problem in found)


def test_a_bomb_of_aliases_is_refused_without_being_unfolded():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert len(errors(bomb)) > 40


def test_both_parsers_read_the_same(monkeypatch):
    text = codebook(
        more='include:\n  - "a: b"\n  - >\n    gevouwen\n    tekst\n', crosswalk="- {change: removed, before: [a]}\n"
    )
    books = []
    for pure in (True, False):
        monkeypatch.setattr(codebook_nodes, "YAML", lambda typ, pure=pure: YAML(typ=typ, pure=pure))
        books.append(check_codebook(text, "k.yaml"))
    assert books[0] == books[1]
    assert books[0][0].code("cl_omvang").include == ("a: b", "gevouwen tekst")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_the_encodings_of_unicode(tmp_path, encoding):
    path = tmp_path / "klein.yaml"
    path.write_bytes(codebook(more="include: [cliënten]\n").encode(encoding))
    assert read_codebook(path).code("cl_omvang").include == ("cliënten",)


def test_a_file_in_another_encoding_is_refused_with_the_line(tmp_path):
    path = tmp_path / "klein.yaml"
    path.write_bytes(codebook(more="include: [cliënten]\n").encode("cp1252"))
    with pytest.raises(CodebookError, match=r"klein\.yaml: line 11: The file is not in UTF-8"):
        read_codebook(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CodebookError, match=r"weg\.yaml cannot be opened"):
        read_codebook(tmp_path / "weg.yaml")
    with pytest.raises(CodebookError, match="cannot be opened"):
        read_codebook(tmp_path)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "groot.yaml"
    path.write_bytes(b"a" * 5_000_001)
    with pytest.raises(CodebookError, match="larger than 5 MB"):
        read_codebook(path)
    assert "larger than 5 MB" in only_error("a" * 5_000_001)


def test_no_message_holds_a_whole_value():
    assert len(only_error(codebook(more=f"colour: {'x' * 5000}\n"))) < 300
    assert all(len(problem) < 400 for problem in errors(codebook(more=f"{'x' * 5000}: b\n")))


# Whatever somebody writes

_texts = st.text(st.characters(codec="utf-8"), max_size=60)
_keys = st.sampled_from(
    ["id", "label", "nl", "en", "definition", "rules", "match", "near", "any", "all", "within", "family", "words",
     "not", "verb", "number", "min", "unit", "themes", "codes", "codebook", "blocks", "crosswalk", "context",
     "previous", "yes"]
)  # fmt: skip
_words = st.sampled_from(
    ["klant", "$a", "...", "*", "a|b", "=x", "§4", "af+rekenen", "0.5", "", "~", "no", "- x", "'k"]
)
_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _words | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=5),
    max_leaves=25,
)


@given(_texts | st.lists(st.sampled_from(list("abk:-[]{}#*&!|>'\"%@`,? \n\t.…")), max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_ends_in_a_codebook_or_in_problems(text):
    book, found, _ = check_codebook(text, "k.yaml")
    assert (book is None) == bool(found)


@given(_data)
@settings(max_examples=300, deadline=None)
def test_any_data_is_a_pattern_or_has_problems(data):
    read, problems = parse_pattern(data, "match")
    assert (read is None) == bool(problems)
    for problem in problems:
        assert problem.translated(texts("nl").translate)


@given(st.dictionaries(_keys, _data, max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_structure_ends_in_a_codebook_or_in_problems(data):
    import json

    text = json.dumps({"codebook": "k", "label": {"nl": "K", "en": "K"}, "themes": [data]}, ensure_ascii=False)
    book, found, _ = check_codebook(text, "k.yaml")
    assert (book is None) == bool(found)
    assert book is None or isinstance(book, Codebook)


def test_five_hundred_rules_are_read():
    rules = "".join(
        f"- id: r{n}\n  reason: Een aantal\n  match:\n    near:\n      - number: {{min: 60, unit: [mensen, klant]}}\n"
        "      - any: [ik heb, per persoon, in m'n bestand]\n    within: 8\n  unless: [inwoner]\n"
        "  yes:\n    - Ik heb er honderdveertig mensen op mijn naam staan.\n  no: [Er waren mensen.]\n"
        for n in range(500)
    )
    assert not errors(codebook(rules=rules))
