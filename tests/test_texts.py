from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from codering.errors import Message
from codering.texts import Texts, texts
from codering.web.transcript.wording import wording
from tools.compile_texts import merged
from tools.used_texts import untranslated

LOCALE = Path(__file__).parent.parent / "codering" / "locale" / "nl"


_COUNTED = re.compile(r"\{(\w+)\}(?: (?!van|in|uit|op|en|met|als|tussen)[^\W\d_]+)? ([^\W\d_]+(?:'s)?)")
_SEVERAL = {
    "groepen", "focusgroepen", "beurten", "spreekbeurten", "deelnemers", "woorden", "coderingen", "thema's", "regels",
    "sprekers", "suggesties", "transcripten", "rijen", "verschillen", "golven", "zinnen", "cellen", "beslissingen",
}  # fmt: skip
"""Nouns that are counted."""
_NEVER_ONE = {"after", "least", "needed", "most", "limit", "fewest"}
"""Fields that hold a limit, which is more than one."""


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_a_dutch_translation():
    assert untranslated() == []


@pytest.mark.parametrize("message", [m for m in merged(LOCALE) if m.id], ids=lambda m: str(m.id)[:40])
def test_a_translation_fills_in_the_same_fields(message):
    if isinstance(message.id, str):
        assert fields(message.id) == fields(message.string)
    else:
        assert {f for one in message.id for f in fields(one)} == {f for one in message.string for f in fields(one)}


def test_what_is_counted_agrees_with_one_and_with_several():
    template = "{groups} focus {groups:group|groups} with {people} {people:participant was|participants were}"
    assert Texts("en")(template, groups=1, people=2) == "1 focus group with 2 participants were"
    assert Texts("en")(template, groups=0, people="1") == "0 focus groups with 1 participant was"
    assert str(Message("{n} {n:turn|turns}, {share:>4}", n=1, share=2.5)) == "1 turn,  2.5"


def test_no_dutch_text_says_one_groups():
    """Also in sentences to come: a noun behind a number has both its forms. The script of a page fills in its own."""
    said = wording(texts("en"))
    script = {said[name.removesuffix("One")] for name in said if name.endswith("One")}
    assert len(script) == 9
    script.add("{label}, {wave}: {cell} groups")
    wrong = [
        message.string
        for message in merged(LOCALE)
        if isinstance(message.id, str) and message.id not in script
        for field, noun in _COUNTED.findall(message.string)
        if noun in _SEVERAL and field not in _NEVER_ONE and f"minstens {{{field}}}" not in message.string
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_choice_between_forms_has_two_of_them_for_a_field_that_is_filled_in(language):
    for message in merged(LOCALE):
        if isinstance(message.id, str):
            text = message.string if language == "nl" else message.id
            parts = list(string.Formatter().parse(text))
            shown = {name for _, name, form, _ in parts if name and "|" not in form}
            for _, name, form, _ in parts:
                if form and "|" in form:
                    assert form.count("|") == 1, text
                    assert all(form.split("|")), text
                    assert name in shown, text


def test_dutch_is_the_default(monkeypatch):
    monkeypatch.delenv("CODERING_LANG", raising=False)
    texts.cache_clear()
    assert texts().language == "nl"
    monkeypatch.setenv("CODERING_LANG", "en")
    texts.cache_clear()
    assert texts().language == "en"
    monkeypatch.setenv("CODERING_LANG", "tlh")
    texts.cache_clear()
    assert texts().language == "nl"
    texts.cache_clear()


def test_two_languages_live_side_by_side():
    assert (Texts("nl")("Turns"), Texts("en")("Turns")) == ("Beurten", "Turns")
    assert Texts("nl")("Version {version}.", version="x{y}") == "Versie x{y}."
