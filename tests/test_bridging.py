from __future__ import annotations

from dataclasses import replace

from codering.analysis.bridging import bridge
from codering.codebooks import Change, Code, Codebook, Crossing, Label, Theme
from codering.codings import Coding, Stance
from codering.transcripts import Segment, Speaker, Transcript, Turn


def code(identity: str, theme: str = "last") -> Code:
    return Code(identity, Label(identity.title(), identity.upper()), "", theme)


def book(*codes: str, crosswalk: tuple[Crossing, ...] = (), other: tuple[str, ...] = ()) -> Codebook:
    themes = [Theme(code("last"), tuple(code(c) for c in codes))]
    if other:
        themes.append(Theme(code("regels", "regels"), tuple(code(c, "regels") for c in other)))
    return Codebook("boek", Label("Boek", "Book"), tuple(themes), crosswalk=crosswalk)


def transcript(name: str, wave: str) -> Transcript:
    return Transcript(name, (Turn(1, "A", "een twee drie"),), (Speaker("A"),), wave=wave)


OLD, NEW = transcript("oud", "1"), transcript("nieuw", "2")
BOTH = (OLD, NEW)


def coding(where: Transcript, what: str) -> Coding:
    return Coding(Segment(where.name, 1, 0, 3), what, Stance.CONFIRMS, "c", "i", "d", "added")


def crossing(change: Change, before: tuple[str, ...], after: tuple[str, ...]) -> Crossing:
    return Crossing(change, before, after)


def bridged(today: Codebook, then: Codebook, codings, level="code"):
    found = bridge(BOTH, today, codings, {"oud": then, "nieuw": today}, level=level)
    return [(found.topics[place].id, c.segment.transcript) for place, c in found.found], found


def test_a_renamed_code_is_one_code():
    today = book("nieuwnaam", crosswalk=(crossing(Change.RENAMED, ("oudnaam",), ("nieuwnaam",)),))
    found, whole = bridged(today, book("oudnaam"), [coding(OLD, "oudnaam"), coding(NEW, "nieuwnaam")])
    assert found == [("nieuwnaam", "oud"), ("nieuwnaam", "nieuw")]
    assert whole.gaps == ()


def test_merged_codes_are_counted_as_the_one_they_became():
    today = book("samen", crosswalk=(crossing(Change.MERGED, ("a", "b"), ("samen",)),))
    found, whole = bridged(today, book("a", "b"), [coding(OLD, "a"), coding(OLD, "b"), coding(NEW, "samen")])
    assert [topic for topic, _ in found] == ["samen"] * 3
    assert whole.gaps == ()


def test_codes_of_one_that_was_split_are_compared_together():
    today = book("b", "c", "d", crosswalk=(crossing(Change.SPLIT, ("a",), ("b", "c")),))
    found, whole = bridged(
        today, book("a", "d"), [coding(OLD, "a"), coding(NEW, "b"), coding(NEW, "c"), coding(NEW, "d")]
    )
    assert [topic for topic, _ in found] == ["b+c", "b+c", "b+c", "d"]
    assert [topic.members for topic in whole.topics] == [("last",), ("b", "c"), ("d",)]
    assert whole.topics[1].label(today, "nl") == "B + C"


def test_a_split_that_keeps_the_old_name_is_known_from_when_it_was_coded():
    today = book("a", "b", crosswalk=(crossing(Change.SPLIT, ("a",), ("a", "b")),))
    found, _ = bridged(today, book("a"), [coding(OLD, "a"), coding(NEW, "a")])
    assert {topic for topic, _ in found} == {"a+b"}
    found, whole = bridged(today, today, [coding(OLD, "a"), coding(NEW, "b")])
    assert [topic for topic, _ in found] == ["a", "b"]
    assert whole.gaps == ()


def test_a_code_that_did_not_exist_yet_is_unknown_and_not_absent():
    found, whole = bridged(book("a", "b"), book("a"), [coding(OLD, "a"), coding(NEW, "b")])
    (gap,) = whole.gaps
    assert (gap.code, gap.transcripts) == ("b", ("oud",))
    (topic,) = [topic for topic in whole.topics if topic.id == "b"]
    assert whole.unknown(topic) == {"oud"}
    assert [topic for topic, _ in found] == ["a", "b"]


def test_codings_of_a_removed_code_are_left_out_and_counted():
    today = book("b", crosswalk=(crossing(Change.REMOVED, ("a",), ()),))
    found, whole = bridged(today, book("a", "b"), [coding(OLD, "a"), coding(OLD, "a"), coding(NEW, "b")])
    assert found == [("b", "nieuw")]
    (gap,) = whole.gaps
    assert gap.code == "a"
    assert "2 codings" in str(gap.reason)


def test_of_themes_a_split_within_one_theme_is_no_matter_and_one_over_two_is_named():
    within = book("b", "c", crosswalk=(crossing(Change.SPLIT, ("a",), ("b", "c")),))
    found, whole = bridged(within, book("a"), [coding(OLD, "a"), coding(NEW, "c")], level="theme")
    assert [topic for topic, _ in found] == ["last", "last"]
    assert whole.gaps == ()
    over = book("b", other=("c",), crosswalk=(crossing(Change.SPLIT, ("a",), ("b", "c")),))
    found, whole = bridged(over, book("a", other=("x",)), [coding(OLD, "a"), coding(NEW, "c")], level="theme")
    assert [topic for topic, _ in found] == ["regels"]
    assert [gap.code for gap in whole.gaps] == ["a"]


def test_a_theme_that_came_later_is_unknown_before():
    _, whole = bridged(book("a", other=("c",)), book("a"), [], level="theme")
    assert [(gap.code, gap.transcripts) for gap in whole.gaps] == [("regels", ("oud",))]


def test_other_transcripts_do_not_count():
    elsewhere = replace(OLD, name="elders")
    found, _ = bridged(book("a"), book("a"), [coding(elsewhere, "a")])
    assert found == []
