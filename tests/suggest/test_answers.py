"""Yes and no after a question of the moderator."""

from __future__ import annotations

import pytest

from codering.readers.codebook import check_codebook, parse_codebook
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Role, Speaker, Transcript, Turn

BOOK = """\
codebook: proef
label: {nl: Proef, en: Trial}
themes:
  - id: cl_omvang
    label: {nl: Te veel cliënten, en: Too many clients}
    definition: Het aantal.
    rules:
      - {id: ja, reason: zegt ja, match: {answer: ja}, CONTEXT "yes": [Ja.], "no": [Nee.]}
      - {id: nee, reason: zegt nee, match: {answer: nee}, CONTEXT "yes": [Nee.], "no": [Ja.]}
"""
CONTEXT = "context: {question: [te veel cliënten], longest: 12},"
QUESTION = "Hebben jullie te veel cliënten?"


@pytest.fixture(scope="module")
def suggester():
    return RuleSuggester(parse_codebook(BOOK.replace("CONTEXT", CONTEXT), "proef.yaml"))


def heard(suggester, text, question=QUESTION):
    turns = (Turn(1, "M", question), Turn(2, "P", text))
    found = suggester.suggest([Transcript("g", turns, (Speaker("M", Role.MODERATOR), Speaker("P")))])
    return [one.stance.value for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Nee, helemaal niet.", "Valt mee.", "Nou, dat valt wel mee hoor.", "Nee hoor.", "Nee, bij ons niet.",
        "Eh, nee.", "Niet echt.", "Helemaal niet, nee.", "Welnee joh.", "Nou nee.", "Ja nee, valt mee.",
        "Prima te doen.",        "Nee. Ik heb er zestig.", "Bij mij niet.", "Integendeel.",
    ],
)  # fmt: skip
def test_no(suggester, text):
    assert heard(suggester, text) == ["ontkent"]


@pytest.mark.parametrize(
    "text",
    ["Ja.", "Ja, zeker.", "Jazeker.", "Zeker weten.", "Nou en of.", "Klopt.", "Ja, enorm.", "Nou ja, best wel."],
)  # fmt: skip
def test_yes(suggester, text):
    assert heard(suggester, text) == ["bevestigt"]


@pytest.mark.parametrize(
    "text",
    [
        "Dat valt niet mee.", "Nee, precies.", "Nee, kijk, wat ik bedoel.", "Ja, maar bij ons is dat anders.", "Tja.",
        "Dat hangt ervan af.", "Ik denk dat het ja of nee is, dat weet je.", "Nou, wat een vraag zeg.",
    ],
)  # fmt: skip
def test_no_answer(suggester, text):
    assert heard(suggester, text) == []


def test_only_to_that_question(suggester):
    assert heard(suggester, "Nee, helemaal niet.", "Is er nog koffie?") == []


def test_an_answer_without_a_question_is_refused():
    _, errors, _ = check_codebook(BOOK.replace("CONTEXT", ""), "proef.yaml")
    assert len(errors) == 2
    assert "answer" in str(errors[0])
