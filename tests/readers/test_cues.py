"""Cues as they stand in a file: where, when, with what above them."""

import pytest

from codering.readers.cues import plain, read_cues
from codering.readers.drafts import Draft

GUID = "3f0c9a12-7b1d-4c55-9e0a-52c1d0aa7e11"


def cues(text, kind="vtt"):
    draft = Draft(kind, "gesprek")
    return read_cues(text, draft, kind), [str(problem) for problem in draft.problems]


def test_a_cue_knows_its_place_its_time_and_what_stands_above_it():
    found, problems = cues(
        "WEBVTT\n\nintro-1\n00:00:01.500 --> 00:00:02.000 align:start\nHallo\ndaar\n\n01:02 --> 01:03\nJa\n"
    )
    assert [(one.number, one.line, one.start, one.identifier, one.lines) for one in found] == [
        (1, 4, 1.5, "intro-1", ["Hallo", "daar"]),
        (2, 8, 62.0, "", ["Ja"]),
    ]
    assert str(found[1].place) == "cue 2 (line 8)"
    assert not problems


@pytest.mark.parametrize(
    ("time", "seconds"),
    [("00:00:04.000", 4.0), ("1:02:03,25", 3723.25), ("02:03.5", 123.5), ("00:00:07", 7.0)],
)
def test_a_time_is_read_however_it_is_written(time, seconds):
    ((one,), _) = cues(f"1\n{time} --> 09:59:59,000\nHallo\n", "srt")
    assert one.start == pytest.approx(seconds)


def test_where_times_are_not_padded_what_follows_the_dot_is_milliseconds():
    (found, _) = cues("WEBVTT\n\n0:0:9.20 --> 0:0:12.480\nHallo\n\n0:0:-5.-640 --> 0:0:7.150\nJa\n")
    assert [one.start for one in found] == [pytest.approx(9.02), pytest.approx(-5.64)]


def test_parts_of_one_utterance_come_together_in_the_place_of_the_first():
    times = "00:00:0{0}.000 --> 00:00:0{0}.900"
    parts = ((f"{GUID}/1-0", "Ik"), (f"{GUID}/2-0", "Ja"), (f"{GUID}/1-1", "ook"))
    blocks = "\n\n".join(f"{name}\n{times.format(at)}\n{words}" for at, (name, words) in enumerate(parts))
    found, _ = cues(f"WEBVTT\n\n{blocks}\n")
    assert [one.lines for one in found] == [["Ik"], ["ook"], ["Ja"]]


def test_a_heading_above_a_time_is_reported_with_its_words_and_a_number_is_not():
    found, problems = cues(
        "1\n00:00:01,000 --> 00:00:02,000\nJa\n\nDeel twee\n00:00:03,000 --> 00:00:04,000\nNee\n", "srt"
    )
    assert [one.lines for one in found] == [["Ja"], ["Nee"]]
    assert len(problems) == 1
    assert "a heading above the time" in problems[0]


def test_a_file_without_cues_has_none_and_says_what_stands_in_it():
    assert cues("Zomaar een tekst.\n", "srt")[0] == []
    assert "before the first cue" in cues("Zomaar een tekst.\n", "srt")[1][0]


def test_tags_entities_and_what_has_no_width_are_no_words():
    assert plain("<v Bo>Ja &amp; <i>nee</i>, <00:01.000>zo\u200b </v>") == "Ja & nee, zo"
