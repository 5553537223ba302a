"""JSON of recognisers, oTranscribe and our own lines."""

import json

import pytest

from codering.errors import TranscriptError
from codering.readers.drafts import reading_from
from codering.readers.json_files import PARSERS as JSON
from codering.readers.jsonl import PARSERS as LINES
from codering.readers.otranscribe import PARSERS as OTR
from tests.readers.helpers import messages, timed


def read(data, parsers=JSON, name="gesprek.json"):
    data = data if isinstance(data, str) else json.dumps(data)
    return reading_from(parsers[0].parse(data.encode(), name), name="gesprek", source=name)


def test_whisperx_changes_of_speaker_within_a_segment():
    words = [
        {"word": "Hallo.", "start": 0.3, "speaker": "SPEAKER_00"},
        {"word": "2026"},
        {"word": "Ja.", "start": 1.5, "speaker": "SPEAKER_01"},
    ]
    segments = [
        {"start": 0.31, "text": " Hallo. 2026 Ja.", "words": words, "speaker": "SPEAKER_00"},
        {"start": 2.0, "text": "Ook zonder spreker."},
    ]
    assert timed(read({"segments": segments})) == [
        ("SPEAKER_00", "Hallo. 2026", 0.31),
        ("SPEAKER_01", "Ja. Ook zonder spreker.", 1.5),
    ]


def test_segments_without_a_speaker_are_named():
    segments = [
        {"start": n, "end": n + 1, "text": f"woord {n}.", **({"speaker": who} if who else {})}
        for n, who in enumerate((None, "SPEAKER_00", None, "SPEAKER_01", None))
    ]
    reading = read({"segments": segments})
    assert [(who, text) for who, text, _ in timed(reading)] == [
        ("Onbekend", "woord 0."),
        ("SPEAKER_00", "woord 1. woord 2."),
        ("SPEAKER_01", "woord 3. woord 4."),
    ]
    assert "segment 3: 2 segments have no speaker, from this one on" in messages(reading)
    assert "segments have no speaker" not in messages(read({"segments": [{"text": "a."}, {"text": "b."}]}))


def test_words_that_are_not_the_text_do_not_replace_it():
    words = [{"word": "Hallo.", "speaker": "A"}, {"word": "Ja.", "speaker": "B"}]
    reading = read({"segments": [{"start": 0, "text": "Hallo. Eh ja.", "speaker": "A", "words": words}]})
    assert timed(reading) == [("A", "Hallo. Eh ja.", 0.0)]
    assert "speaker changes" in messages(reading)


def test_whisper_cpp_numbers_and_turn_marks():
    segments = [
        {"offsets": {"from": 3200, "to": 4}, "text": " Hallo.", "speaker_turn_next": True},
        {"offsets": {"from": 5000, "to": 6}, "text": " Dag."},
    ]
    reading = read({"transcription": segments})
    assert timed(reading) == [("Speaker 1", "Hallo.", 3.2), ("Speaker 2", "Dag.", 5.0)]
    assert "alternation" in messages(reading)


def test_amberscript_adds_its_offset():
    words = [{"start": 0.5, "text": "Goedemiddag,"}, {"start": 1.1, "text": "allemaal."}]
    data = {
        "startTimeOffset": 10,
        "speakers": [{"spkid": "spk1", "name": "Saskia"}],
        "segments": [{"speaker": "spk1", "words": words}],
    }
    assert timed(read(data)) == [("Saskia", "Goedemiddag, allemaal.", 10.5)]


def test_wrong_types_and_nan_and_double_keys_are_reported_with_their_place():
    reading = read(
        '{"segments": ["los", 3, {"text": 5}, {"start": NaN, "start": "later", "text": "Goed.", "speaker": 1}, '
        '{"text": "Ja.", "speaker": []}]}'
    )
    assert [text for _, text, _ in timed(reading)] == ["Goed. Ja."]
    for expected in (
        "segment 1: Skipped",
        "segment 2: Skipped",
        "segment 3: `text`",
        "segment 4: The time",
        "1 key occurs twice",
    ):
        assert expected in messages(reading)
    assert reading.words_in == reading.words_out + 1


@pytest.mark.parametrize("text", ['{"segments": [', "[" * 100_000, "1" * 9000, "{}", "null", '{"segments": 4}', ""])
@pytest.mark.parametrize("parsers", [JSON, OTR])
def test_no_json_of_ours(text, parsers):
    with pytest.raises(TranscriptError, match="gesprek"):
        read(text, parsers)


def test_otranscribe_times_anywhere_breaks_and_hard_spaces():
    html = (
        '<p><span class="timestamp" data-timestamp="4.2">00:04</span>&nbsp;'
        "Moderator: Hallo <b>al</b>lemaal &amp; zo.</p>"
        '<p>P1: Dank u. <span class="timestamp">1:00:12</span><br />Graag&nbsp;gedaan.</p><p></p>'
        '<p><span class="timestamp" data-timestamp="20">00:20</span></p><p>Moderator:&nbsp;Ja.'
    )
    assert timed(read({"text": html}, OTR, "a.otr")) == [
        ("Moderator", "Hallo allemaal & zo.", 4.2),
        ("P1", "Dank u.\nGraag gedaan.", 3612.0),
        ("Moderator", "Ja.", 20.0),
    ]


def test_own_lines_keep_text_verbatim_and_skip_what_is_no_json():
    rows = [
        {
            "transcript": "a",
            "turn": 1,
            "speaker": "Anna",
            "role": "moderator",
            "start": None,
            "text": "Ja\n  en\u2028nee",
        },
        {"transcript": "a", "turn": 2, "speaker": "Bob", "role": "baas", "start": 3, "text": "Goed."},
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n{"speaker": "kapot\n'
    reading = read(text, LINES, "a.jsonl")
    assert timed(reading) == [("Anna", "Ja\n  en\u2028nee", None), ("Bob", "Goed.", 3.0)]
    assert "line 2: The role is unknown" in messages(reading)
    assert "line 3: Skipped" in messages(reading)
    assert timed(read(json.dumps(rows), LINES)) == timed(reading)


def test_turns_that_become_one_are_named_since_their_numbers_shift():
    who = ["Anna", "Bob", "Bob", "Anna", "Anna"]
    rows = [{"turn": n, "speaker": name, "text": "Ja."} for n, name in enumerate(who, start=1)]
    reading = read("\n".join(json.dumps(row) for row in rows), LINES, "a.jsonl")
    assert len(timed(reading)) == 3
    assert "line 3: 2 turns follow turns of the same speaker and became one with it" in messages(reading)
    unnumbered = [{"speaker": row["speaker"], "text": row["text"]} for row in rows]
    assert "became one" not in messages(read("\n".join(json.dumps(row) for row in unnumbered), LINES, "a.jsonl"))
    unknown = [row | {"speaker": "Onbekend"} for row in rows]
    assert "became one" not in messages(read("\n".join(json.dumps(row) for row in unknown), LINES, "a.jsonl"))


def test_several_transcripts_in_one_file_are_refused():
    rows = [{"transcript": name, "turn": 1, "speaker": "A", "text": "Ja."} for name in "ab"]
    with pytest.raises(TranscriptError, match="2 transcripts"):
        read("\n".join(json.dumps(row) for row in rows), LINES, "a.jsonl")
