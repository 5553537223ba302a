from __future__ import annotations

from codering.tables import Column, Kind, Table
from codering.texts import texts
from codering.web.literal import plain
from codering.web.numbers import show_whole


def test_a_name_is_not_broken_at_its_hyphen_and_words_are_left_as_they_are(monkeypatch):
    shown = []
    monkeypatch.setattr("streamlit.table", lambda data, **_: shown.append(data))
    columns = (Column("wave", "Wave"), Column("why", "Why", Kind.LONG), Column("found", "Found", Kind.NUMBER))
    show_whole(texts("nl"), Table("t", "T", columns, (("2026-voorjaar", "te weinig - of niets", -0.5),)))
    wave, why, found = shown[0].iloc[0]
    assert wave == "2026\N{NON-BREAKING HYPHEN}voorjaar"
    assert why == plain("te weinig - of niets")
    assert found == plain("\N{MINUS SIGN}0,50")
