from __future__ import annotations

from codering.tables import Column, Kind, Table
from codering.texts import texts
from codering.web.literal import plain
from codering.web.numbers import _style, heads, show_whole


def test_a_name_is_not_broken_at_its_hyphen_and_words_are_left_as_they_are(monkeypatch):
    shown = []
    monkeypatch.setattr("streamlit.table", lambda data, **_: shown.append(data))
    columns = (Column("wave", "Wave"), Column("why", "Why", Kind.LONG), Column("found", "Found", Kind.NUMBER))
    show_whole(texts("nl"), Table("t", "T", columns, (("2026-voorjaar", "te weinig - of niets", -0.5),)))
    wave, why, found = shown[0].iloc[0]
    assert wave == "2026\N{NON-BREAKING HYPHEN}voorjaar"
    assert why == plain("te weinig - of niets")
    assert found == plain("\N{MINUS SIGN}0,50")


def test_lines_of_a_cell_stay_lines_and_the_name_of_a_coder_stays_whole(monkeypatch):
    shown = []
    monkeypatch.setattr("streamlit.table", lambda data, **_: shown.append(data))
    columns = (Column("a", "Codeur A"), Column("b", "Another head that may be broken", Kind.LONG))
    show_whole(texts("nl"), Table("t", "T", columns, (("Codeur B", "een\ntwee"),)))
    (data,) = shown
    assert list(data.columns) == ["Codeur\N{NO-BREAK SPACE}A", "Another head that may be broken"]
    assert data.iloc[0, 0] == "Codeur\N{NO-BREAK SPACE}B"
    assert data.iloc[0, 1] == "een  \ntwee", "two spaces before its end make Markdown keep a line"


def test_numbers_stand_to_the_right_and_sentences_among_many_columns_have_room():
    style = _style(".t", [Kind.TEXT, Kind.COUNT, Kind.LONG], [["a", "1", "b" * 90]])
    assert ".t tr > :nth-child(2) { text-align: right !important; }" in style
    assert "min-width" not in style
    many = [*[Kind.TEXT] * 5, Kind.LONG]
    assert "nth-child(6) { min-width" in _style(".t", many, [[*"abcde", "f" * 90]])
    assert "min-width" not in _style(".t", many, [[*"abcde", "f" * 9]]), "names of places need no room"


def test_among_many_columns_a_number_has_the_width_of_what_is_written():
    """Streamlit measures a share with all its decimals, and the last columns fall off at 1280 pixels."""
    name, some, share = Column("name", "Code"), Column("n", "Turns", Kind.COUNT), Column("s", "Cohen's κ", Kind.NUMBER)
    shares = [Column(f"s{i}", f"Share {i}", Kind.SHARE) for i in range(9)]
    row = ("Een code", 12, -0.998205082372568, *[0.998205082372568] * 9)
    found = list(heads(texts("nl"), Table("k", "T", (name, some, share, *shares), (row,))).values())
    assert [one["width"] for one in found[:3]] == [None, None, 7 * len("−1,00") + 18]
    assert {one["width"] for one in found[3:]} == {8 * len("Share 0") + 18}
    few = heads(texts("nl"), Table("k", "T", (name, some, share), (row[:3],)))
    assert {one["width"] for one in few.values()} == {None}
