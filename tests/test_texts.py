from __future__ import annotations

import string
from pathlib import Path

import pytest

from codering.texts import Texts, texts
from tools.compile_texts import merged
from tools.used_texts import untranslated

LOCALE = Path(__file__).parent.parent / "codering" / "locale" / "nl"


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
