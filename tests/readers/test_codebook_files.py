"""The codebooks that come with the program, and the JSON Schema that describes their format."""

from __future__ import annotations

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from codering.codebooks import Change
from codering.codings import Stance
from codering.crosswalk import current_codes
from codering.readers.codebook import TOP_KEYS, check_codebook, parse_pattern, read_codebook
from codering.readers.codebook_codes import CODE_KEYS, EXAMPLE_KEYS, FIGURE_KEYS, LABEL_KEYS, NEAR_MISS_KEYS, THEME_KEYS
from codering.readers.codebook_crosswalk import CROSSING_KEYS
from codering.readers.codebook_edit import CodebookFile
from codering.readers.codebook_patterns import OPERATORS
from codering.readers.codebook_rules import CONTEXT_KEYS, RULE_KEYS
from codering.resources import starter_path
from codering.suggest.examples import failures, run_examples

FOLDER = Path(__file__).parents[2] / "codebook"
FILES = sorted(FOLDER.glob("*.yaml"))
SCHEMA: dict[str, Any] = json.loads((FOLDER / "codebook.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

every_codebook = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


def as_data(text: str) -> Any:
    """What an editor sees: YAML 1.2, in which a date is text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(held) for key, held in value.items()}
        if isinstance(value, list):
            return [plain(held) for held in value]
        return value.isoformat() if isinstance(value, dt.date) else value

    return plain(YAML(typ="safe").load(text))


# The shipped codebooks


def test_there_are_codebooks():
    assert "vraagtafels" in {path.stem for path in FILES}


@every_codebook
def test_a_shipped_codebook_is_complete(path):
    book, errors, warnings = check_codebook(path.read_text(encoding="utf-8"), path.name)
    assert [*map(str, errors), *map(str, warnings)] == []
    assert book is not None
    assert book.id == path.stem
    for code in book:
        assert code.section.startswith("§"), code.id
        assert code.rules, code.id


def test_the_codebook_to_begin_with_is_complete_and_keeps_what_it_says():
    text = starter_path().read_text(encoding="utf-8")
    book, errors, warnings = check_codebook(text, "codeboek.yaml")
    assert [*map(str, errors), *map(str, warnings)] == []
    assert book is not None
    assert failures(run_examples(book)) == ()
    assert [error.message for error in VALIDATOR.iter_errors(as_data(text))] == []


@every_codebook
def test_a_shipped_codebook_points_editors_to_its_schema(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=codebook.schema.json"


@every_codebook
def test_a_shipped_codebook_satisfies_the_schema(path):
    wrong = [
        f"{list(error.path)}: {error.message[:200]}"
        for error in VALIDATOR.iter_errors(as_data(path.read_text("utf-8")))
    ]
    assert wrong == []


@every_codebook
def test_a_shipped_codebook_can_be_edited_without_other_changes(path):
    file = CodebookFile.open(path)
    before = file.text.splitlines()
    code = next(iter(file.codebook.themes[0].codes))
    file.set_definition(code.id, "Iets anders.")
    file.set_definition(code.id, code.definition)
    file.add_example(code.id, "Zo zeg je dat.")
    after = file.text.splitlines()
    assert file.codebook.code(code.id).definition == code.definition
    changed = sum(line not in before for line in after)
    assert changed <= 2


def test_the_question_tables_hold_the_twelve_insights():
    book = read_codebook(FOLDER / "vraagtafels.yaml")
    assert [code.id for code in book.themes[0].codes] == [
        "op_clientperspectief",
        "op_behoefte_vooraf",
        "op_werkplek",
        "op_beleid_uitvoering",
        "op_middel_geen_doel",
        "op_handvatten",
        "op_eerder_onderzoek",
        "op_gemeenschappelijke_taal",
        "op_leesbaarheid",
        "op_nabespreken",
        "op_continuiteit",
        "op_subsidie",
    ]
    for code in book:
        assert len(code.examples) >= 4, code.id
        assert len(code.near_misses) >= 3, code.id
        assert len(code.rules) >= 4, code.id
        assert {example.stance for example in code.examples} == {Stance.CONFIRMS, Stance.DENIES}, code.id


# Schema and loader

DOCUMENT: dict[str, Any] = {
    "codebook": "klein",
    "label": {"nl": "Klein", "en": "Small"},
    "blocks": {"tijdgebrek": ["geen tijd", {"verb": "tekort+komen"}]},
    "themes": [
        {
            "id": "caseload",
            "label": {"nl": "Omvang", "en": "Size"},
            "core": True,
            "definition": "Hoeveel.",
            "colour": "#b35900",
            "figures": [{"nl": "a", "en": "b", "percentage": 62, "n": 225, "section": "§4"}],
            "codes": [
                {
                    "id": "cl_omvang",
                    "label": {"nl": "Te veel", "en": "Too many"},
                    "definition": "Het aantal.",
                    "include": ["groei"],
                    "examples": ["Veel.", {"text": "Niet.", "stance": "ontkent", "why": "ontkend"}],
                    "near_misses": ["Druk.", {"text": "Vol.", "why": "ander", "instead": "caseload"}],
                    "rules": [
                        {
                            "id": "aantal",
                            "reason": "Een aantal",
                            "match": {
                                "near": [{"number": {"min": 60, "unit": ["mensen"]}}, "$tijdgebrek"],
                                "within": 8,
                            },
                            "unless": ["inwoner", {"family": {"words": ["gemeente*"], "not": ["gemeentehuis"]}}],
                            "unless_in_turn": ["carnaval", {"any": ["druk"], "not": "werk"}],
                            "requires": {"all": ["klant", "druk"], "within": "turn", "not": ["straat"]},
                            "context": {
                                "previous": ["caseload"],
                                "recent": ["caseload"],
                                "soon": ["caseload"],
                                "unclaimed": True,
                                "speaker": {"ervaring": ">=10"},
                                "longest": 12,
                                "topic": "$tijdgebrek",
                                "shortest": 3,
                                "states": True,
                            },
                            "weight": 0.7,
                            "stance": "ontkent",
                            "yes": ["Ja."],
                            "no": ["Nee."],
                        }
                    ],
                }
            ],
        }
    ],
    "crosswalk": [{"change": "split", "before": ["x"], "after": ["cl_omvang", "caseload"], "date": "2026-03-01"}],
}
CODE = ("themes", 0, "codes", 0)
RULE = (*CODE, "rules", 0)

WRONG: list[tuple[tuple[str | int, ...], object]] = [
    (("codebook",), None),
    (("codebook",), "Te groot"),
    (("label",), "Klein"),
    (("label", "en"), None),
    (("label", "fr"), "Petit"),
    (("themes",), []),
    (("themes",), None),
    (("themes",), {"id": "a"}),
    (("extra",), 1),
    (("blocks",), ["a"]),
    (("blocks", "Te groot"), "klant"),
    (("blocks", "leeg"), []),
    (("themes", 0, "core"), "ja"),
    (("themes", 0, "colour"), "rood"),
    (("themes", 0, "definition"), None),
    (("themes", 0, "definition"), ["a"]),
    (("themes", 0, "figures", 0, "percentage"), 130),
    (("themes", 0, "figures", 0, "percentage"), "62"),
    (("themes", 0, "figures", 0, "n"), 0),
    (("themes", 0, "figures", 0, "n"), 1.5),
    (("themes", 0, "figures", 0, "section"), None),
    ((*CODE, "core"), True),
    ((*CODE, "codes"), []),
    ((*CODE, "id"), 5),
    ((*CODE, "include"), "groei"),
    ((*CODE, "include", 0), "  "),
    ((*CODE, "examples", 1, "stance"), "neutraal"),
    ((*CODE, "examples", 1, "instead"), "caseload"),
    ((*CODE, "near_misses", 1, "stance"), "ontkent"),
    ((*CODE, "near_misses", 1, "text"), None),
    ((*RULE, "id"), "Aantal"),
    ((*RULE, "id"), "a.b.c"),
    ((*RULE, "reason"), None),
    ((*RULE, "match"), None),
    ((*RULE, "match"), ""),
    ((*RULE, "match"), []),
    ((*RULE, "match"), {}),
    ((*RULE, "match"), {"ani": ["a"]}),
    ((*RULE, "match"), {"any": []}),
    ((*RULE, "match"), {"any": ["klant"], "all": ["klant", "druk"]}),
    ((*RULE, "match"), {"all": ["klant"]}),
    ((*RULE, "match"), {"near": ["klant", "druk"], "within": -1}),
    ((*RULE, "match"), {"near": ["klant", "druk"], "within": 101}),
    ((*RULE, "match"), {"near": ["klant", "druk"], "within": "ver"}),
    ((*RULE, "match"), {"near": ["klant", "druk"], "order": "vast"}),
    ((*RULE, "match"), {"several": []}),
    ((*RULE, "match"), {"several": ["klant", "druk"], "least": 1}),
    ((*RULE, "match"), {"several": ["klant", "druk"], "within": 3}),
    ((*RULE, "match"), {"answer": "misschien"}),
    ((*RULE, "match"), {"any": ["klant"], "not": []}),
    ((*RULE, "match"), {"not": ["klant"]}),
    ((*RULE, "match"), {"verb": "af+rekenen", "not": ["klant"]}),
    ((*RULE, "match"), {"verb": "afrekenen"}),
    ((*RULE, "match"), {"verb": "af+rekenen", "within": 0}),
    ((*RULE, "match"), {"number": {"min": "veel"}}),
    ((*RULE, "match"), {"number": {"unit": ["te veel"]}}),
    ((*RULE, "match"), {"family": {"not": ["klant"]}}),
    ((*RULE, "match"), {"family": {"words": []}}),
    ((*RULE, "match"), {"family": ["klant"]}),
    ((*RULE, "unless"), []),
    ((*RULE, "unless_in_turn"), []),
    ((*RULE, "context"), {}),
    ((*RULE, "context"), "klant"),
    ((*RULE, "context", "previous"), []),
    ((*RULE, "context", "longest"), 0),
    ((*RULE, "context", "shortest"), 0),
    ((*RULE, "context", "inherit"), "wel"),
    ((*RULE, "context", "speaker"), "klantmanager"),
    ((*RULE, "context", "onbekend"), 1),
    ((*RULE, "weight"), 0),
    ((*RULE, "weight"), 1.01),
    ((*RULE, "weight"), "0.7"),
    ((*RULE, "stance"), "ontkend"),
    ((*RULE, "yes"), []),
    ((*RULE, "yes"), "Ja."),
    ((*RULE, "no"), None),
    ((*RULE, "maybe"), ["Wie weet."]),
    (("crosswalk", 0, "change"), "gesplitst"),
    (("crosswalk", 0, "before"), []),
    (("crosswalk", 0, "before"), ["x", "y"]),
    (("crosswalk", 0, "after"), ["caseload"]),
    (("crosswalk", 0, "date"), "1 maart"),
    (("crosswalk", 0, "who"), "ik"),
]


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    held: Any = document
    for step in path[:-1]:
        held = held[step]
    if value is None:
        del held[path[-1]]
    else:
        held[path[-1]] = value
    return document


def errors(document: object) -> list[str]:
    """What the loader says; JSON is YAML too."""
    return [str(problem) for problem in check_codebook(json.dumps(document, ensure_ascii=False), "k.yaml")[1]]


def test_schema_and_loader_accept_the_document_that_the_wrong_ones_derive_from():
    assert list(VALIDATOR.iter_errors(DOCUMENT)) == []
    assert errors(DOCUMENT) == []


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda part: str(part)[-50:])
def test_schema_and_loader_refuse_the_same(path, value):
    document = changed(path, value)
    assert list(VALIDATOR.iter_errors(document)) != []
    assert errors(document) != []


def test_schema_and_loader_know_the_same_keys():
    known = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == set(TOP_KEYS)
    assert set(known["about_code"]["properties"]) == set(CODE_KEYS)
    assert set(known["about_code"]["properties"]) | set(known["theme"]["properties"]) == set(THEME_KEYS)
    for name, keys in {
        "label": LABEL_KEYS,
        "figure": FIGURE_KEYS,
        "example": EXAMPLE_KEYS,
        "near_miss": NEAR_MISS_KEYS,
        "rule": RULE_KEYS,
        "context": CONTEXT_KEYS,
        "crossing": CROSSING_KEYS,
    }.items():
        assert set(known[name]["properties"]) == set(keys), name
    for operator, more in OPERATORS.items():
        assert set(known[operator]["properties"]) == {operator, *more}, operator
    assert known["crossing"]["properties"]["change"]["enum"] == [change.value for change in Change]
    assert known["stance"]["enum"] == [stance.value for stance in Stance]


def test_every_key_of_the_schema_is_described_for_editors():
    undescribed = []
    for name, part in SCHEMA["$defs"].items():
        for key, value in part.get("properties", {}).items():
            target = SCHEMA["$defs"].get(str(value.get("$ref", "")).rpartition("/")[2], {})
            if "description" not in value and "description" not in target:
                undescribed.append(f"{name}.{key}")
    allowed = {"theme.codes", "about_code.rules", "all.within", "near.order", "figure.percentage"}
    allowed |= {"crossing.change", "crossing.before", "crossing.after", "crossing.date"}
    assert set(undescribed) <= allowed


# The pages that explain the format

DOCS = FOLDER.parent / "docs"


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return [part.partition("```")[0] for part in text.split(f"```{language}\n")[1:]]


def test_the_codebook_in_the_documentation_is_valid_and_complete():
    (text,) = blocks("codebook.md", "yaml")
    book, wrong, _ = check_codebook(text, "codebook.md")
    assert [*map(str, wrong)] == []
    assert book is not None
    assert list(VALIDATOR.iter_errors(as_data(text))) == []
    thin = [code.id for code in book if code.theme != code.id and (len(code.examples) < 3 or len(code.near_misses) < 2)]
    assert thin == []


def test_the_scripts_in_the_documentation_run(tmp_path, monkeypatch):
    (text,) = blocks("codebook.md", "yaml")
    monkeypatch.chdir(tmp_path)
    Path("codebook.yaml").write_text(text, encoding="utf-8")
    for script in blocks("codebook.md", "python"):
        exec(compile(script, "codebook.md", "exec"), {})
    after = read_codebook(Path("codebook.yaml"))
    assert current_codes(after, "cl_aantal") == ("cl_te_veel",)
    assert "# the id of the codebook" in Path("codebook.yaml").read_text(encoding="utf-8")


def test_the_patterns_on_the_page_about_rules_are_patterns():
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    table = page.split("## What a pattern can be")[1].split("A pattern that is a list")[0]
    shown = [row.split("`")[1].replace("\\|", "|") for row in table.splitlines() if row.startswith("| `")]
    assert len(shown) >= 15
    for text in shown:
        # The page shows a text as it is, and a pattern with a key as YAML.
        data = YAML(typ="safe").load(f"{{{text}}}") if text.split(":")[0] in OPERATORS else text
        read, problems = parse_pattern(data, text)
        # `any: [a, b]` and the like show the form; a and b are no words, but that is not their point.
        assert read is not None, [str(problem) for problem in problems]
