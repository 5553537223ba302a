"""Tables: which column is what, whatever they are called and wherever the header stands."""

import io
from datetime import time

import openpyxl
import pytest

from codering.errors import TranscriptError
from codering.readers.drafts import reading_from
from codering.readers.tables import PARSERS
from codering.transcripts import Role
from tests.readers.helpers import messages, timed

CSV, XLSX = PARSERS


def read(data, parser=CSV, name="gesprek.csv"):
    data = data.encode() if isinstance(data, str) else data
    return reading_from(parser.parse(data, name), name="gesprek", source=name)


def workbook(*rows, keywords=None, **sheets):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, others in sheets.items():
        sheet = book.create_sheet(title)
        for row in others:
            sheet.append(row)
    book.properties.keywords = keywords
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_and_encodings(delimiter, encoding):
    rows = (
        ("Begin", "Spreker", "Rol", "Uiting"),
        ("00:01:05", "Zoë", "moderator", '"Ja; nee, toch\teh…"'),
        ("", "Bob", "", "Ja."),
    )
    text = "\r\n".join(delimiter.join(row) for row in rows)
    reading = read(text.encode(encoding))
    assert timed(reading) == [("Zoë", "Ja; nee, toch\teh…", 65.0), ("Bob", "Ja.", None)]
    assert reading.transcript.speakers[0].role is Role.MODERATOR
    assert not reading.problems


def test_whisper_writes_milliseconds():
    assert timed(read("start\tend\ttext\n0\t3200\tGoedemiddag.\n3400\t5000\tDank u.\n", name="a.tsv")) == [
        ("Onbekend", "Goedemiddag.", 0.0),
        ("Onbekend", "Dank u.", 3.4),
    ]


def test_nvivo_spans_in_any_order_and_an_empty_speaker_is_the_one_above():
    reading = read(
        "Content\tTimespan\tSpeaker\nHallo.\t0:00:04.0 - 0:00:12.0\tInterviewer\n"
        "En dag.\t0:13\t\nJa.\t#00:00:15-5#\tJansen, P\n"
    )
    assert timed(reading) == [("Interviewer", "Hallo. En dag.", 4.0), ("Jansen, P", "Ja.", 15.5)]
    assert not reading.problems


def test_quotes_that_do_not_pair_lose_no_words():
    reading = read('spreker;tekst\nModerator;"Hij zei\nBob;Ja.\nModerator;Goed zo.\n')
    assert [text for _, text, _ in timed(reading)] == ['"Hij zei', "Ja.", "Goed zo."]
    assert "do not pair" in messages(reading)


def test_a_quote_that_swallows_rows_is_reported():
    reading = read('spreker;tekst\nModerator;"Hij zei\nBob;Ja.\nModerator;Goed "zo"\nBob;"Ja"\n')
    assert "quotation mark" in messages(reading)


def test_a_separator_too_many_and_an_unknown_column_are_reported():
    reading = read("spreker;kleur;tekst\nModerator;rood;Hallo; daar\nBob;blauw;Ja.\n")
    assert "row 2: Skipped: cells beyond" in messages(reading)
    assert "columns B" in messages(reading)
    assert reading.words_in == reading.words_out + 1


def test_a_column_that_names_the_transcript_is_not_the_text():
    head = "transcript;turn;speaker;role;start;text\n"
    reading = read(head + "zuid;1;Moderator;moderator;0;Hoe gaat het?\nzuid;2;Bob;participant;4;Goed hoor.\n")
    assert timed(reading) == [("Moderator", "Hoe gaat het?", 0.0), ("Bob", "Goed hoor.", 4.0)]
    assert reading.problems == ()
    assert timed(read("spreker;transcript\nModerator;Hoi.\nBob;Ja.\n")) == [
        ("Moderator", "Hoi.", None),
        ("Bob", "Ja.", None),
    ]


def test_words_in_a_column_without_a_header_are_reported():
    rows = ["spreker", None, "tekst"], ["Moderator", "twee woorden", "Hoi."], ["Bob", None, "Ja."]
    for reading in (
        read("spreker;;tekst\nModerator;twee woorden;Hoi.\nBob;;Ja.\n"),
        read(workbook(*rows), XLSX, "a.xlsx"),
    ):
        assert "row 1: Not read: column B, which has no header." in messages(reading)
        assert reading.words_in == reading.words_out + 2


def test_no_header_at_all():
    assert timed(read("00:01;Moderator;Wie wil er beginnen?\n00:05;Bob;Ik wil wel beginnen.\n"))[1] == (
        "Bob",
        "Ik wil wel beginnen.",
        5.0,
    )


TALK = "{0}Anouk{0}Welkom.\n{0}Karim{0}Hoi.\n{0}Anouk{0}Hoe gaat het met iedereen?\n{0}Karim{0}Goed.\n"


@pytest.mark.parametrize("heads", ["spreker{}tekst\n", "Wie is er?{}Wat zegt die?\n", ""])
@pytest.mark.parametrize(
    "above",
    ["", "Export focusgroep Zuid\n14 april 2026\n\n", "Export focusgroep Zuid{0}\nDatum: 14-04-2026{0}\n{0}\n",
     '"Export focusgroep Zuid"\nDatum{0}14-4-2026\n'],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_title_and_date_may_stand_above(delimiter, above, heads):
    talk = TALK.format(delimiter).replace(f"\n{delimiter}", "\n").removeprefix(delimiter)
    reading = read(above.format(delimiter) + heads.format(delimiter) + talk)
    assert [(name, words) for name, words, _ in timed(reading)] == [
        ("Anouk", "Welkom."),
        ("Karim", "Hoi."),
        ("Anouk", "Hoe gaat het met iedereen?"),
        ("Karim", "Goed."),
    ]
    if above:
        assert (reading.transcript.title, reading.transcript.date) == ("Export focusgroep Zuid", "2026-04-14")
    known = heads.startswith("spreker")
    assert ("column A was read as who speaks" in messages(reading)) == (not known)
    assert reading.words_in - reading.words_out == (0 if known or not heads else 6)


def test_names_are_found_by_their_return_and_not_by_their_length():
    """Short words beside long names were read as names that say names."""
    reading = read("Marie-Christine van den Berg;Ja.\nModerator;Nee?\nMarie-Christine van den Berg;Hm.\n")
    assert {speaker.name for speaker in reading.transcript.speakers} == {"Marie-Christine van den Berg", "Moderator"}


@pytest.mark.parametrize(
    "text",
    ["Het was druk;en toen niets.\nNiemand belde;maar ja.\n", "Anouk;Karim\nKarim;Anouk\nAnouk;Karim\n"],
)
def test_columns_that_nobody_can_tell_apart_are_refused(text):
    with pytest.raises(TranscriptError, match="name the columns"):
        read(text)


def test_rows_above_the_header_that_say_something_else_are_reported():
    reading = read("Export\nGemaakt met;Programma 3\nspreker;tekst\nAnouk;Hoi.\nKarim;Dag.\n")
    assert "row 2: Skipped: this row, 4 words, stands above the header." in messages(reading)
    assert reading.words_in == reading.words_out + 4


def test_groups_in_one_file_are_refused_and_one_group_is_kept():
    head = "groep;datum;spreker;tekst\nWest;14-4-2026;Moderator;Hoi\n"
    transcript = read(head).transcript
    assert (transcript.group, transcript.date) == ("West", "2026-04-14")
    with pytest.raises(TranscriptError, match="file of its own"):
        read(head + "Oost;14-4-2026;Bob;Dag\n")


def test_a_workbook_with_a_title_a_second_sheet_and_times():
    rows = (
        ["Focusgroep Zuid"],
        [],
        ["Datum", "14-4-2026"],
        ["tijd", "naam", "tekst"],
        [time(0, 1, 2), "Moderator", "Hoi."],
        [None, None, None],
        [None, "Bob", 12],
    )
    data = workbook(*rows, Lijst=[["iets anders"]])
    reading = read(data, XLSX, "a.xlsx")
    assert timed(reading) == [("Moderator", "Hoi.", 62.0), ("Bob", "12", None)]
    assert (reading.transcript.title, reading.transcript.date) == ("Focusgroep Zuid", "2026-04-14")
    assert "sheet 2" in messages(reading)
    assert reading.words_in == reading.words_out + 2


def test_formulas_without_a_value_are_reported():
    reading = read(workbook(["spreker", "tekst"], ["Moderator", "Hoi."], ["Bob", '="a"&"b"']), XLSX, "a.xlsx")
    assert "row 3: The text is a formula" in messages(reading)


def test_our_own_workbook_is_refused():
    with pytest.raises(TranscriptError, match="codering wrote this workbook"):
        read(workbook(["spreker", "tekst"], ["Bob", "Ja"], keywords="codering-export"), XLSX, "a.xlsx")


@pytest.mark.parametrize("data", [b"PK\x03\x04 stuk", workbook(["spreker", "tekst"], ["B", "Ja"])[:900]])
def test_damaged_workbooks(data):
    with pytest.raises(TranscriptError, match="damaged"):
        read(data, XLSX, "a.xlsx")


@pytest.mark.parametrize("text", ["a;b\nc;d;e;f\n", "x\n", ""])
def test_no_table_of_speech(text):
    with pytest.raises(TranscriptError):
        read(text)
