"""What comes next: orders, the mix with its random third, and renewal behind the reviewer's back."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.codebooks import Code, Codebook, Label, Theme
from codering.codings import Decision, Stance, Suggestion, Verdict
from codering.review import AHEAD, Filters, Item, Order, Queue, arrange, renewed, settled
from codering.transcripts import Segment


def suggestion(turn: int, score: float, code: str = "a", transcript: str = "g1", source: str = "rule:x") -> Suggestion:
    return Suggestion(Segment(transcript, turn, 0, 3), code, Stance.CONFIRMS, source, score)


SOME = (
    suggestion(3, 0.9),
    suggestion(1, 0.5),
    suggestion(2, 0.1, "b"),
    suggestion(2, 0.7, "c", "g0"),
)


def turns(items: tuple[Item, ...]) -> list[tuple[str, int]]:
    return [item.place for item in items]


def order(which: Order, **more: object) -> tuple[Item, ...]:
    return arrange(SOME, which, transcripts=("g1", "g0"), found=more.pop("found", {}), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (Order.CERTAIN, [("g1", 3), ("g0", 2), ("g1", 1), ("g1", 2)]),
        (Order.UNCERTAIN, [("g1", 1), ("g0", 2), ("g1", 2), ("g1", 3)]),
        (Order.PLACE, [("g1", 1), ("g1", 2), ("g1", 3), ("g0", 2)]),
    ],
)
def test_the_plain_orders(which, expected):
    items = order(which)
    assert turns(items) == expected
    assert {item.drawn for item in items} == {which.value}


def test_the_rarest_code_comes_first_and_every_code_gets_its_turn():
    many = [suggestion(turn, 0.9 - turn / 100, "a") for turn in range(1, 5)]
    few = [suggestion(turn, 0.5, "b") for turn in range(1, 3)]
    items = arrange([*many, *few], Order.RARE, transcripts=("g1",), found={"a": 1, "b": 0})
    assert [item.suggestion.code for item in items if item.suggestion] == ["b", "b", "a", "a", "a", "a"]
    items = arrange([*many, *few], Order.RARE, transcripts=("g1",), found={"a": 0, "b": 0})
    # After the first of a (.89 expected) b has less, until two of b (1.0 expected) have passed.
    assert [item.suggestion.code for item in items if item.suggestion] == ["a", "b", "b", "a", "a", "a"]


@given(
    st.lists(st.tuples(st.integers(1, 30), st.floats(0, 1), st.sampled_from("abc")), unique_by=lambda s: (s[0], s[2])),
    st.permutations(range(1, 31)),
)
def test_a_third_of_the_mix_is_random_and_nothing_is_asked_twice(made, drawn):
    suggestions = [suggestion(turn, score, code) for turn, score, code in made]
    items = arrange(suggestions, Order.MIX, transcripts=("g1",), found={}, drawn=[("g1", turn) for turn in drawn])
    assert len({item.key for item in items}) == len(items)
    kinds = Counter(item.drawn for item in items)
    assert kinds["random"] == kinds["rare"]
    assert 0 <= kinds["rare"] - kinds["uncertain"] <= 1 or kinds["uncertain"] - kinds["rare"] <= 1
    # The random turns are the beginning of the order in which they are drawn, whatever is suggested in them.
    assert [item.turn for item in items if item.drawn == "random"] == list(drawn[: kinds["random"]])
    # A suggestion is left out only if its turn was drawn to be read as a whole.
    asked = {item.suggestion.id for item in items if item.suggestion}
    read = {item.turn for item in items if item.drawn == "random"}
    assert all(one.segment.turn in read for one in suggestions if one.id not in asked)


def test_without_random_turns_the_mix_is_of_two():
    items = order(Order.MIX)
    assert {item.drawn for item in items} == {"rare", "uncertain"}
    assert len(items) == len(SOME)


def test_a_random_order_is_of_whole_turns():
    items = order(Order.RANDOM, drawn=(("g0", 4), ("g1", 2)))
    assert [(item.place, item.suggestion, item.drawn) for item in items] == [
        (("g0", 4), None, "random"),
        (("g1", 2), None, "random"),
    ]


@given(st.permutations(range(20)), st.permutations(range(25)), st.integers(0, 20))
def test_renewal_moves_nothing_that_is_in_view_and_loses_nothing(before, after, at):
    items = tuple(Item("g", turn + 1, None, "random") for turn in before)
    fresh = tuple(Item("g", turn + 1, None, "random") for turn in after)
    new = renewed(items, at, fresh)
    assert new[: min(at + AHEAD, len(items))] == items[: at + AHEAD]
    assert {item.key for item in new} == {item.key for item in fresh}
    assert len(new) == len(fresh)


def queue(*asks: bool) -> Queue:
    items = tuple(
        Item("g1", turn, suggestion(turn, 0.5, "a" if turn % 2 else "b"), "certain") for turn in range(1, len(asks) + 1)
    )
    return Queue(Order.CERTAIN, items, asks)


def test_a_reviewer_walks_through_what_is_open_and_round():
    walk = queue(False, True, True, False, True)
    second, third, fifth = walk.items[1], walk.items[2], walk.items[4]
    assert (walk.done, walk.total, walk.head) == (2, 5, second)
    assert [walk.after(one) for one in (None, second, third, fifth, walk.items[3])] == [
        second,
        third,
        fifth,
        second,
        fifth,
    ]
    assert [walk.after(one, back=True) for one in (None, second, third, fifth)] == [fifth, fifth, second, third]
    assert walk.after(third, code="a") == fifth
    assert walk.after(second, code="b") is None  # the only other of b is settled
    assert queue(False, True).after(queue(False, True).items[1]) is None
    assert queue(False).head is None


def test_filters():
    codes = [Code(code, Label(code, code), "", "a") for code in "ab"]
    other = Code("c", Label("c", "c"), "", "c")
    book = Codebook("x", Label("", ""), (Theme(codes[0], (codes[1],)), Theme(other)))
    learned = suggestion(4, 0.6, "b", source="learned:v1")
    every = (*SOME, learned, suggestion(5, 0.6, "weg"))

    def admitted(**wanted: object) -> int:
        return sum(Filters(**wanted).admits(one, book) for one in every)  # type: ignore[arg-type]

    assert admitted() == 6
    assert admitted(transcript="g0") == 1
    assert admitted(code="b") == 2
    assert admitted(theme="a") == 4
    assert admitted(source="learned") == admitted(source="learned:v1") == 1
    assert admitted(minimum=0.6) == 4


def decision(verdict: Verdict, code: str | None = None, answers: str | None = None) -> Decision:
    stance = Stance.CONFIRMS if code else None
    return Decision("d", "Noor", "t", verdict, Segment("g1", 1, 0, 3), code, stance, answers)


def test_when_an_item_is_settled():
    asked = suggestion(1, 0.5)
    twin = suggestion(1, 0.5, source="learned:v1")
    known = {one.id: one for one in (asked, twin)}
    item, turn = Item("g1", 1, asked, "certain"), Item("g1", 1, None, "random")

    def done(what: Item, *decisions: Decision) -> bool:
        return settled(what, decisions, known)

    assert not done(item)
    assert done(item, decision(Verdict.READ))
    assert done(turn, decision(Verdict.READ))
    assert done(item, decision(Verdict.REJECT, "a", asked.id))
    assert done(item, decision(Verdict.REJECT, "a", twin.id))
    assert done(item, decision(Verdict.ADD, "a"))
    assert done(item, decision(Verdict.CHANGE, "b", twin.id))  # the same question was answered with another code
    assert not done(item, decision(Verdict.ADD, "b"))
    assert not done(turn, decision(Verdict.ACCEPT, "a", asked.id))  # one answer is not reading the turn
