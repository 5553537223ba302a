"""What is easily taken for something else: no word is lost or goes to another speaker without a message."""

from __future__ import annotations

import io
import json

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from codering.errors import TranscriptError
from codering.readers import read_data, sidecar_from
from codering.readers.drafts import Reading

TALK = (
    ("Moderator", "Welkom allemaal."), ("Karim", "Hoi daar."), ("Els", "Dag samen."), ("Moderator", "Fijn."),
    ("Karim", "Zeker."), ("Els", "Ja hoor."),
)  # fmt: skip


def turns(reading: Reading) -> list[tuple[str, str]]:
    assert reading.words_in >= reading.words_out
    return [(turn.speaker, turn.text) for turn in reading.transcript.turns]


def said(reading: Reading, words: str) -> bool:
    return any(words in str(problem) for problem in reading.problems)


def text(content: str, name: str) -> Reading:
    return read_data(content.encode(), name)


def word(document: Document) -> Reading:
    out = io.BytesIO()
    document.save(out)
    return read_data(out.getvalue(), "groep.docx")


def paragraph(document: Document, runs: str) -> None:
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


# Word


def test_teams_writes_the_name_bold_and_the_time_behind_it():
    document = docx.Document()
    said_in_teams = (("Jansen, Piet", "0:07", "Goedemiddag."), ("Els Wit", "1:02:05", "Ja hoor."))
    for name, time, words in said_in_teams * 2:
        paragraph(document, run(name, "<w:b/>") + run(f"\u00a0\u00a0\u00a0{time}") + "<w:r><w:br/></w:r>" + run(words))
    reading = word(document)
    assert turns(reading) == [(name, words) for name, _, words in said_in_teams * 2]
    assert [turn.start for turn in reading.transcript.turns][:2] == [7.0, 3725.0]


def test_fields_links_and_tracked_changes_keep_their_words_in_place():
    document = docx.Document()
    for name, words in TALK:
        document.add_paragraph(f"{name}: {words}")
    code = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = f"{code.format('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{code.format('separate')}"
    paragraph(document, run("Karim: zie ") + field + run("deel") + code.format("end") + run(" twee"))
    paragraph(
        document, run("Els: op ") + f'<w:hyperlink w:anchor="a">{run("de site")}</w:hyperlink>' + run(" staat het")
    )
    paragraph(document, run("Karim: nu ") + f'<w:ins w:id="1" w:author="x">{run("wel")}</w:ins>')
    paragraph(document, f"<w:sdt><w:sdtContent>{run('Els')}</w:sdtContent></w:sdt>" + run(": gekozen"))
    expected = [("Karim", "zie deel twee"), ("Els", "op de site staat het"), ("Karim", "nu wel"), ("Els", "gekozen")]
    assert turns(word(document)) == [*TALK, *expected]


def test_who_speaks_in_a_table_is_known_around_it():
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for number, row in enumerate(TALK[:3]):
        table.cell(number, 0).text, table.cell(number, 1).text = row
    document.add_paragraph("Karim: buiten de tabel")
    assert turns(word(document))[-2:] == [("Els", "Dag samen."), ("Karim", "buiten de tabel")]


def test_a_row_across_the_columns_is_pointed_out():
    document = docx.Document()
    table = document.add_table(rows=5, cols=2)
    rows = [("Spreker", "Tekst"), *TALK[:2], ("", ""), TALK[2]]
    for number, row in enumerate(rows):
        table.cell(number, 0).text, table.cell(number, 1).text = row
    table.cell(3, 0).merge(table.cell(3, 1)).text = "Deel twee: werkdruk en wat die doet"
    assert said(word(document), "row 4: this row has no cell for who speaks")


# Rich text


def rtf(body: str) -> Reading:
    return read_data(f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}{body}}}".encode("cp1252"), "groep.rtf")


def test_a_table_in_rtf_whose_cells_hold_paragraphs_and_bars():
    body = (
        r"Focusgroep zuid\par\trowd\cellx1\pard\intbl Moderator\cell\pard\intbl Welkom.\par Hoe gaat het?\cell"
        r"\pard\trowd\cellx1\row\trowd\pard\intbl Karim\cell Goed a|b.\cell\row\trowd Els\cell Prima.\cell\row"
        r"\pard Karim: na de tabel\par\trowd Moderator\cell Fijn.\cell\row"
    )
    assert turns(rtf(body)) == [
        ("Moderator", "Welkom.\nHoe gaat het?"),
        ("Karim", "Goed a|b."),
        ("Els", "Prima."),
        ("Karim", "na de tabel"),
        ("Moderator", "Fijn."),
    ]


def test_a_table_of_words_as_short_as_names_has_its_names_on_the_left():
    body = "".join(rf"\trowd {name}\cell {words.split()[0]}\cell\row" for name, words in TALK)
    assert turns(rtf(body)) == [(name, words.split()[0]) for name, words in TALK]


# Subtitles


def vtt(*cues: str) -> Reading:
    timed = [f"00:{number:02d}.000 --> 00:{number:02d}.900\n{cue}\n" for number, cue in enumerate(cues)]
    return text("\n".join(["WEBVTT\n", *timed]), "groep.vtt")


def test_who_is_interrupted_within_a_cue_goes_on():
    reading = vtt("<v Piet>Ik vond <v Els>ja</v> dat goed</v>", "<v Els>Precies</v>")
    assert turns(reading) == [("Piet", "Ik vond"), ("Els", "ja"), ("Piet", "dat goed"), ("Els", "Precies")]


def test_a_voice_that_is_not_closed_ends_where_the_next_begins():
    assert turns(vtt("<v Piet>Hallo daar\n<v Els>Dag", "<v Piet>Zo")) == [
        ("Piet", "Hallo daar"), ("Els", "Dag"), ("Piet", "Zo"),
    ]  # fmt: skip


def test_a_cue_without_a_voice_among_voices_is_pointed_out():
    reading = vtt("<v Piet>Hallo</v>", "zonder stem", "<v Els>Dag</v>")
    assert turns(reading) == [("Piet", "Hallo zonder stem"), ("Els", "Dag")]
    assert said(reading, "cue 2 (line 6): 1 cue has no speaker")


def test_a_name_that_stands_at_changes_only_is_no_exception():
    reading = vtt("Moderator: Welkom.", "En dan", "nog dit.", "Karim: Hoi.", "Ja.", "Moderator: Fijn.", "Karim: Dag.")
    assert not said(reading, "no speaker")


def test_lines_with_dashes_in_one_cue_are_pointed_out():
    assert said(vtt("Moderator: Welkom.", "- Hoi.\n- Dag.", "Moderator: Fijn."), "cue 2 (line 6): 1 cue has lines")


def test_a_heading_above_a_time_is_counted_and_reported():
    reading = text("WEBVTT\n\nDeel een\n00:01.000 --> 00:02.000\n<v Piet>Hallo</v>\n", "groep.vtt")
    assert (reading.words_in, reading.words_out) == (3, 1)
    assert said(reading, "a heading above the time")


def test_names_behind_arrows_as_captions_have_them():
    reading = text(
        "1\n00:00:01,000 --> 00:00:02,000\n>> PIET: Hoe gaat het?\n>> ELS: Goed.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\n>> PIET: Mooi.\n\n3\n00:00:05,000 --> 00:00:06,000\n>> ELS: Ja.\n",
        "groep.srt",
    )
    assert turns(reading) == [("PIET", "Hoe gaat het?"), ("ELS", "Goed."), ("PIET", "Mooi."), ("ELS", "Ja.")]


# Recognisers


def test_sentences_of_amberscript_without_words_are_read():
    segments = [{"speaker": "a", "words": [{"text": "Hoi."}]}, {"speaker": "b", "words": [], "text": "Alleen tekst."}]
    speakers = [{"spkid": "a", "name": "Moderator"}, {"spkid": "b", "name": "Karim"}]
    reading = text(json.dumps({"speakers": speakers, "segments": segments}), "groep.json")
    assert turns(reading) == [("Moderator", "Hoi."), ("Karim", "Alleen tekst.")]


def test_words_of_whisperx_without_a_sentence_are_read():
    words = [{"word": "Hallo"}, {"word": "daar."}]
    reading = text(json.dumps({"segments": [{"start": 0, "speaker": "SPEAKER_00", "words": words}]}), "groep.json")
    assert turns(reading) == [("SPEAKER_00", "Hallo daar.")]


# Tables


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_with_the_separator_in_it_is_put_together_again(separator):
    rows = [("spreker", "tekst"), ("Moderator", f"Welkom{separator} allemaal hier"), ("Karim", "Hoi.")]
    reading = text("\n".join(separator.join(row) for row in rows), "groep.csv")
    assert turns(reading)[0] == ("Moderator", f"Welkom{separator} allemaal hier")
    assert reading.words_in == reading.words_out
    assert said(reading, "row 2: The text holds the separator")


def test_words_in_a_row_that_breaks_off_are_counted():
    reading = text("tijd;spreker;tekst\n00:01;Moderator;Welkom.\nlos stuk tekst\n00:04;Els;Dag.\n", "groep.csv")
    assert (reading.words_in, reading.words_out) == (5, 2)
    assert said(reading, "row 3: This row has no text")


# Text


def test_speakers_within_a_line_are_pointed_out():
    talk = "".join(f"{name}: {words}\n" for name, words in TALK)
    reading = text(
        f"{talk}Karim: ik vond //Els: ja// dat ook. Moderator: goed zo\nEls: dat zei Karim: echt\n", "groep.txt"
    )
    assert said(reading, "line 7: 2 times a speaker's name and a colon stand in the midst")
    assert not said(text(talk, "groep.txt"), "in the midst")


@pytest.mark.parametrize("slip", ["Karmi", "Karm", "Kariem", "Karin"])
def test_a_name_with_a_slip_of_the_pen_is_pointed_out(slip):
    talk = "".join(f"{name}: {words}\n" for name, words in TALK * 2)
    reading = text(f"{talk}{slip}: ik ook\nEls: ja\n", "groep.txt")
    assert said(reading, f"“{slip}” speaks once and is spelt almost like “Karim”")
    assert said(reading, f"`speakers: {{{slip}: {{name: Karim}}}}`")
    told = read_data(
        f"{talk}{slip}: ik ook\nEls: ja\n".encode(),
        "groep.txt",
        sidecar_from(f"speakers: {{{slip}: {{name: Karim}}}}".encode(), "groep.yaml"),
    )
    assert not said(told, "spelt almost")
    assert {turn.speaker for turn in told.transcript.turns} == {"Moderator", "Karim", "Els"}


@pytest.mark.parametrize("other", ["Joop", "Harim", "Marieke", "R2", "Elsa", "Onbekend"])
def test_other_names_are_no_slips(other):
    talk = "".join(f"{name}: {words}\n" for name, words in (*TALK * 2, *(("R1", "Zo."), ("Karim", "Ja.")) * 3))
    assert not said(text(f"{talk}{other}: ik ook\nEls: ja\n", "groep.txt"), "spelt almost")


@pytest.mark.parametrize("name", ["groep.eaf", "groep.xml", "groep.fodt", "groep.txt"])
def test_the_tags_of_xml_are_no_speech(name):
    with pytest.raises(TranscriptError, match="XML of another program"):
        text('\ufeff<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT><TIER/></ANNOTATION_DOCUMENT>', name)
