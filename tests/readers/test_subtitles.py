"""What subtitle files look like in the wild, and what must not get lost in them."""

import pytest

from codering.errors import TranscriptError
from codering.readers import read_data
from codering.readers.drafts import reading_from
from codering.readers.subtitles import PARSERS
from tests.readers.helpers import messages, timed, turns

VTT, SRT = PARSERS


def read(text, *, parser=VTT, name="gesprek.vtt", encoding="utf-8"):
    return reading_from(parser.parse(text.encode(encoding), name), name="gesprek", source=name)


def test_teams_wrapped_voice_with_crlf_and_parts():
    guid = "3f0c9a12-7b1d-4c55-9e0a-52c1d0aa7e11"
    reading = read(
        f"WEBVTT\r\n\r\n{guid}/12-0\r\n00:00:03.140 --> 00:00:07.230\r\n"
        f"<v Jansen, Piet>Goedemiddag allemaal, fijn dat\r\nu er bent.</v>\r\n\r\n"
        f"{guid}/9-0\r\n00:00:06.900 --> 00:00:07.400\r\n"
        "<v Fatima El Amrani (Gast)>Ja hoor.</v>\r\n\r\n"
        f"{guid}/12-1\r\n00:00:07.230 --> 00:00:09.010\r\n<v Jansen, Piet>We beginnen met een rondje.</v>\r\n"
    )
    assert timed(reading) == [
        ("Jansen, Piet", "Goedemiddag allemaal, fijn dat u er bent. We beginnen met een rondje.", 3.14),
        ("Fatima El Amrani", "Ja hoor.", 6.9),
    ]
    assert reading.transcript.format == "teams-vtt"
    assert reading.words_in == reading.words_out


def test_teams_of_2022_counts_milliseconds_as_a_whole_number_and_starts_before_zero():
    reading = read(
        "WEBVTT\n\n0:0:0.0 --> 0:0:0.310\n<v Jansen, Piet>Welkom.</v>\n\n"
        "0:0:-5.-640 --> 0:0:7.150\n<v de Wit, Saskia>Zullen we?</v>\n\n"
        "0:0:9.20 --> 0:0:12.480\n<v Jansen, Piet>Graag.</v>\n"
    )
    assert [turn.start for turn in reading.transcript.turns] == [0.0, 0.0, 9.02]


def test_unclosed_voices_of_whisper_cpp():
    reading = read(
        "WEBVTT\n\n00:00:00.000 --> 00:00:03.200\n<v Speaker0> Hallo.\n\n00:04.000 --> 00:05.000\n<v Speaker1> Dag."
    )
    assert timed(reading) == [("Speaker0", "Hallo.", 0.0), ("Speaker1", "Dag.", 4.0)]


def test_two_voices_in_one_cue_and_entities_in_name_and_text():
    reading = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v.luid Zo&#235;>Ja &amp; nee</v>\n<v Bob>Toch <i>wel</i></v>\n")
    assert timed(reading) == [("Zoë", "Ja & nee", 1.0), ("Bob", "Toch wel", None)]


def test_zoom_prefixes_carry_over_and_split_at_the_first_colon():
    reading = read(
        "WEBVTT\n\n14\n00:02:10.120 --> 00:02:13.400\nPiet Jansen: Wie begint?\n\n"
        "15\n00:02:14.010 --> 00:02:17.930\nSaskia de Wit (zij/haar): Ik wel: het duurde elf weken.\n\n"
        "16\n00:02:18.200 --> 00:02:20.050\nen toen nog een brief.\n\n"
        "17\n00:02:21.000 --> 00:02:22.000\nPiet Jansen: Goh.\n\n"
        "18\n00:02:23.000 --> 00:02:24.000\nSaskia de Wit (zij/haar): Ja.\n"
    )
    assert timed(reading)[:2] == [
        ("Piet Jansen", "Wie begint?", 130.12),
        ("Saskia de Wit", "Ik wel: het duurde elf weken. en toen nog een brief.", 134.01),
    ]


def test_notes_styles_regions_settings_and_the_header_of_amberscript_are_no_speech():
    reading = read(
        "\ufeffWEBVTT - created by www.amberscript.com\nKind: captions\n\n"
        "STYLE\n::cue { color: red }\n\nREGION\nid:1\n\n"
        ""
        "NOTE Confidence: 0.64\n\n1\n00:01.000 --> 00:02.000 align:start position:0%\nModerator: Hoi <00:01.500>daar.\n"
    )
    assert timed(reading) == [("Moderator", "Hoi daar.", 1.0)]
    assert not reading.problems


def test_underlined_repeats_are_read_once_and_reported():
    cues = "".join(
        f"00:0{at}.000 --> 00:0{at}.900\n[SPEAKER_00]: {text}\n\n"
        for at, text in enumerate(("<u>Ik</u> ook.", "Ik <u>ook.</u>"))
    )
    reading = read(f"WEBVTT\n\n{cues}")
    assert timed(reading) == [("SPEAKER_00", "Ik ook.", 0.0)]
    assert "1 times: a cue that repeats" in messages(reading)
    assert reading.words_in == 5  # of the skipped cue its label counts as well


def test_srt_without_numbers_or_blank_lines_with_dots_and_html():
    reading = read(
        "\ufeff00:00:01.000 --> 00:00:02,000\n<b>Anna</b>: Hallo <font color='red'>daar</font>.\n"
        "2\n00:00:03,500 --> 00:00:04,000\n"
        "Bob: Dag.\nAnna: Nou.\n\nen nog wat\n\n4\n00:00:05,000 --> 00:00:06,000\nBob: Ja.\n",
        parser=SRT,
        name="gesprek.srt",
    )
    assert timed(reading) == [
        ("Anna", "Hallo daar.", 1.0),
        ("Bob", "Dag.", 3.5),
        ("Anna", "Nou. en nog wat", None),
        ("Bob", "Ja.", 5.0),
    ]
    assert "outside a cue" in messages(reading)


def test_an_unreadable_time_keeps_the_words_and_a_colon_in_speech_makes_no_speaker():
    reading = read(
        "1\n00:00:xx --> 00:00:02,000\nIk zei: kom maar.\n\n2\n00:00:03,000 --> 00:00:04,000\nAnna: Zo.\n",
        parser=SRT,
    )
    assert reading.words_in == reading.words_out == 6
    assert "not readable" in messages(reading)
    assert "may be a speaker" in messages(reading)


def test_an_arrow_in_speech_is_speech_and_a_cue_under_a_comment_is_read():
    reading = read(
        "WEBVTT\n\nNOTE opname\n00:00:01.000 --> 00:00:02.000\n<v An>Hallo daar</v>\n\n"
        "00:00:03.000 --> 00:00:05.000\n<v Bo>dus dan --> naar huis</v>\nmaar eerst --> koffie\n"
    )
    assert timed(reading) == [("An", "Hallo daar", 1.0), ("Bo", "dus dan --> naar huis maar eerst --> koffie", 3.0)]
    assert "cue" not in messages(reading)


def test_no_cue_is_an_error_that_names_the_file():
    with pytest.raises(TranscriptError, match=r"gesprek\.vtt"):
        read("WEBVTT\n\nNOTE niets\n")


def test_a_change_of_speaker_without_a_name_is_nobody_that_is_known():
    said = ("KARIM: Hoi.", ">> ANOUK: Goed.", ">> Nee.", "Toch niet.", "KARIM: Ja.")
    cues = [f"{at}\n00:00:0{at},000 --> 00:00:0{at},900\n{words}\n" for at, words in enumerate(said, start=1)]
    reading = read_data("\n".join(cues).encode(), "groep.srt")
    assert turns(reading)[1:3] == [("ANOUK", "Goed."), ("Onbekend", "Nee.")]
    assert turns(reading)[-1] == ("KARIM", "Ja.")
    assert "2 turns have no speaker" in messages(reading)


def test_marks_of_direction_in_a_voice_are_no_part_of_the_name():
    voices = ("\u200eFatima (Gast)", "Fatima (Gast)")
    cues = [f"00:0{at}.000 --> 00:0{at}.900\n<v {name}>Ja.</v>\n" for at, name in enumerate(voices)]
    reading = read_data("\n".join(["WEBVTT\n", *cues]).encode(), "groep.vtt")
    assert {speaker.name for speaker in reading.transcript.speakers} == {"Fatima"}
