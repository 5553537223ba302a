"""What became of a code, from version to version of a codebook."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codebooks import Change, Crossing
from codering.crosswalk import counted_as, counting_for, current_codes, followed, under_todays_names
from tests.test_bridging import OLD, book, coding, crossing

RENAMED = crossing(Change.RENAMED, ("a",), ("b",))
RENAMED_ON = crossing(Change.RENAMED, ("b",), ("c",))
MERGED = crossing(Change.MERGED, ("a", "b"), ("samen",))
SPLIT = crossing(Change.SPLIT, ("a",), ("b", "c"))
KEPT = crossing(Change.SPLIT, ("a",), ("a", "c"))
REMOVED = crossing(Change.REMOVED, ("a",), ())

IDS = st.sampled_from("abcdef")
CROSSINGS = st.lists(
    st.builds(
        Crossing,
        st.sampled_from(Change),
        st.lists(IDS, min_size=1, max_size=2, unique=True).map(tuple),
        st.lists(IDS, max_size=3, unique=True).map(tuple),
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("crosswalk", "code", "ends"),
    [
        ((), "a", ("a",)),
        ((RENAMED,), "x", ("x",)),
        ((RENAMED, RENAMED_ON), "a", ("c",)),
        ((RENAMED_ON, RENAMED), "a", ("b",)),
        ((MERGED,), "b", ("samen",)),
        ((SPLIT,), "a", ("b", "c")),
        ((SPLIT, RENAMED_ON), "a", ("c",)),
        ((KEPT,), "a", ("a", "c")),
        ((REMOVED,), "a", ()),
        ((SPLIT, REMOVED), "a", ("b", "c")),
    ],
)
def test_a_code_is_followed_line_by_line_oldest_first(crosswalk, code, ends):
    assert followed(crosswalk, code) == ends


@given(CROSSINGS, CROSSINGS, IDS)
def test_to_follow_a_code_through_all_lines_is_to_follow_it_through_some_and_then_the_others(first, then, code):
    halfway = followed(first, code)
    assert set(followed([*first, *then], code)) == {end for one in halfway for end in followed(then, one)}


def test_a_code_is_called_only_what_the_codebook_of_today_has():
    today = book("b", crosswalk=(SPLIT, crossing(Change.REMOVED, ("c",), ())))
    assert current_codes(today, "a") == ("b",)
    assert current_codes(today, "b") == ("b",)
    assert current_codes(today, "c") == ()
    assert current_codes(today, "nooit") == ()


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (book("a", "b"), ["a", "b", "weg"]),
        (book("c", crosswalk=(RENAMED, RENAMED_ON)), ["c", "c", "weg"]),
        (book("samen", crosswalk=(MERGED,)), ["samen", "samen", "weg"]),
        (book("b", "c", crosswalk=(SPLIT,)), ["a", "b", "weg"]),
        (book("a", "b", "c", crosswalk=(KEPT,)), ["a", "b", "weg"]),
        (book("b", crosswalk=(REMOVED,)), ["a", "b", "weg"]),
    ],
    ids=["no changes", "renamed twice", "merged", "split", "split, a part kept the name", "removed"],
)
def test_codings_get_the_one_name_of_today_and_keep_their_own_where_there_is_none(today, names):
    before = tuple(coding(OLD, code) for code in ("a", "b", "weg"))
    now = under_todays_names(today, before)
    assert [one.code for one in now] == names
    assert [replace(one, code=was.code) for one, was in zip(now, before, strict=True)] == list(before)


@pytest.mark.parametrize(
    ("today", "code", "theme"),
    [
        (book("a"), "a", "last"),
        (book("b", crosswalk=(RENAMED,)), "b", "last"),
        (book("samen", crosswalk=(MERGED,)), "samen", "last"),
        (book("b", "c", crosswalk=(SPLIT,)), None, "last"),
        (book("b", other=("c",), crosswalk=(SPLIT,)), None, None),
        (book("a", "c", crosswalk=(KEPT,)), "a", "last"),
        (book("b", crosswalk=(REMOVED,)), None, None),
        (book("b"), None, None),
    ],
    ids=["as it was", "renamed", "merged", "split", "split between themes", "kept", "removed", "never there"],
)
def test_a_coding_counts_where_its_code_has_a_single_place(today, code, theme):
    assert counted_as(today, "a", "code") == code
    assert counted_as(today, "a", "theme") == theme


def test_what_counts_for_a_code_or_theme_is_itself_and_what_became_of_it_and_nothing_without_one_place():
    today = book("b", "c", crosswalk=(SPLIT, crossing(Change.RENAMED, ("d",), ("c",))), other=("e",))
    earlier = ("a", "d", "weg")
    assert counting_for(today, earlier, "code") == {
        "last": ("last",),
        "b": ("b",),
        "c": ("c", "d"),
        "regels": ("regels",),
        "e": ("e",),
    }
    assert counting_for(today, earlier, "theme") == {"last": ("last", "b", "c", "a", "d"), "regels": ("regels", "e")}
