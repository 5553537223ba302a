from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codering.errors import TranscriptError
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn, normalised, same_name, waves_in_order

# Emoji with skin tone and joiners, combining accents, line breaks, non-BMP letters.
texts = st.text(
    st.one_of(
        st.sampled_from("aé́ 👩🏽‍🚒\n\u0301𝒳ß"), st.characters(exclude_characters="\r\ufeff", exclude_categories=["Cs"])
    ),
    max_size=60,
)


def transcript(*pairs: tuple[str, str], moderators: tuple[str, ...] = ("Mod",)) -> Transcript:
    names = dict.fromkeys(name for name, _ in pairs)
    return Transcript(
        name="groep",
        turns=tuple(Turn(i, name, text) for i, (name, text) in enumerate(pairs, start=1)),
        speakers=tuple(Speaker(n, Role.MODERATOR if n in moderators else Role.PARTICIPANT) for n in names),
    )


def test_only_participants_can_be_coded():
    group = transcript(("Mod", "Hoe is de caseload?"), ("Ank", "Hoog."), ("Mod", "Dank."))
    assert [turn.number for turn in group.participant_turns()] == [2]


def test_a_turn_without_words_is_a_turn_and_can_carry_nothing():
    group = transcript(("Mod", "Hoe is het?"), ("Ank", " "), ("Bo", "Druk."))
    assert [turn.number for turn in group.participant_turns()] == [2, 3]
    assert [turn.number for turn in group.spoken_turns()] == [3]


def test_turns_must_be_numbered_from_one():
    with pytest.raises(TranscriptError, match="turn 2 stands in place 1"):
        Transcript("g", (Turn(2, "A", "x"),), (Speaker("A"),))


def test_a_turn_needs_a_known_speaker():
    with pytest.raises(TranscriptError, match="not among"):
        Transcript("g", (Turn(1, "B", "x"),), (Speaker("A"),))


def test_two_speakers_cannot_share_a_name():
    with pytest.raises(TranscriptError, match="same name"):
        Transcript("g", (), (Speaker("A"), Speaker("A")))


def test_text_that_was_not_normalised_is_refused():
    with pytest.raises(TranscriptError, match="normalised"):
        transcript(("A", "een\r\ntwee"))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_an_impossible_segment_is_refused(start, end):
    with pytest.raises(TranscriptError, match="is not a segment"):
        Segment("g", 1, start, end)


@given(texts, st.data())
def test_a_segment_quotes_exactly_its_code_points(text, data):
    group = transcript(("A", text))
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = group.quote(Segment("groep", 1, start, end))
    assert len(quote) == end - start
    assert text[:start] + quote + text[end:] == text


@given(texts, st.integers(1, 20))
def test_a_segment_stays_within_its_turn(text, beyond):
    group = transcript(("A", text), ("B", "meer dan genoeg woorden hierna"))
    with pytest.raises(TranscriptError, match="outside the turn"):
        group.quote(Segment("groep", 1, 0, len(text) + beyond))


@given(texts.filter(str.strip))
def test_the_whole_turn_is_its_words(text):
    group = transcript(("A", text))
    assert group.quote(group.whole(group.turns[0])) == text.strip()


def test_a_turn_without_words_has_no_whole():
    group = transcript(("A", "  "))
    with pytest.raises(TranscriptError):
        group.whole(group.turns[0])


segments = st.builds(
    lambda turn, start, length: Segment("g", turn, start, start + length),
    st.integers(1, 2),
    st.integers(0, 9),
    st.integers(1, 9),
)


@given(segments, segments)
def test_overlap_is_symmetric_and_means_a_shared_code_point(left, right):
    shared = left.turn == right.turn and set(range(left.start, left.end)) & set(range(right.start, right.end))
    assert left.overlaps(right) == right.overlaps(left) == bool(shared)


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalised(normalised(text)) == normalised(text)
    assert "\r" not in normalised(text)


def test_normalising_keeps_accents_as_they_are():
    assert normalised("e\u0301\r\n\ufeffé") == "e\u0301\né"


def test_half_a_character_becomes_a_replacement_mark():
    assert normalised("a\ud83db") == "a\ufffdb"


def test_the_hash_follows_words_and_speakers_only():
    one, two = transcript(("A", "x")), transcript(("A", "x"))
    assert one.hash == two.hash
    assert one.hash != transcript(("B", "x")).hash
    assert one.hash != transcript(("A", "x "), ("B", "y")).hash


def test_what_does_not_exist_is_said_with_its_number():
    group = transcript(("A", "x"))
    with pytest.raises(TranscriptError, match="no turn 2; the transcript has 1 turn"):
        group.turn(2)
    with pytest.raises(TranscriptError, match="no such speaker"):
        group.speaker("Z")


def test_attributes_are_looked_up_by_name():
    ank = Speaker("Ank", attributes=(("functie", "klantmanager"),), pseudonym="P1")
    assert (ank.attribute("functie"), ank.attribute("leeftijd"), ank.shown) == ("klantmanager", None, "P1")


def test_speakers_with_one_pseudonym_are_shown_apart():
    people = (Speaker("Ank", pseudonym="P1"), Speaker("Bas", pseudonym="P1"), Speaker("P1"), Speaker("Cor"))
    turns = tuple(Turn(n, one.name, "ja") for n, one in enumerate(people, start=1))
    spoken = Transcript("groep", turns, people)
    assert [spoken.shown(one.name) for one in people] == ["P1", "P1 (2)", "P1 (3)", "Cor"]


def test_names_are_the_same_whatever_their_accents_are_made_of():
    assert same_name("Zoë  de Wit", "ZOE\u0308 de wit")
    assert not same_name("Zoë", "Zoe")


def test_waves_stand_by_their_first_known_date_and_then_by_name():
    def held(name: str, wave: str | None, date: str | None = None) -> Transcript:
        return Transcript(name, (Turn(1, "A", "Ja."),), (Speaker("A"),), wave=wave, date=date)

    dated = (held("a", "herfst", "2026-10-01"), held("b", "lente"), held("c", "lente", "2026-04-01"), held("d", None))
    assert waves_in_order(dated) == ("lente", "herfst")
    later = (held("e", "ronde 10"), held("f", "ronde 9"), held("g", "proef"))
    assert waves_in_order((*later, *dated)) == ("lente", "herfst", "proef", "ronde 9", "ronde 10")


def test_speakers_are_listed_as_they_are_looked_up():
    people = ("P10", "Anja", "M2", "P9", "M1", "P" + "9" * 5000)
    speakers = tuple(Speaker(one, Role.MODERATOR if one[0] == "M" else Role.PARTICIPANT) for one in people)
    talk = Transcript("a", tuple(Turn(n, one, "ja") for n, one in enumerate(people, 1)), speakers)
    assert [one.name for one in talk.listed] == ["M1", "M2", "Anja", "P9", "P10", "P" + "9" * 5000]
