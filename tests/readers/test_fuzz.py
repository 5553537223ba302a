"""Whatever arrives, the outcome is a reading or an error that names the file: no traceback, no silent loss."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import cache, partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codering.errors import TranscriptError
from codering.readers import guards, parsers, read, read_data
from codering.readers.drafts import Reading
from codering.transcripts import Role, Speaker, Transcript, Turn
from tools.writers import documents, json_formats, plain, sheets, subtitles, word

TOLD = Transcript(
    "gesprek",
    tuple(
        Turn(n, name, words, n * 9.0)
        for n, (name, words) in enumerate(
            [
                ("Moderator", "Zullen we beginnen?"),
                ("Zoë", "Ja hoor, één ding: de koffie."),
                ("Piet", "Wij zien ze jaren niet."),
                ("Zoë", "Zo is het… [gelach]"),
                ("Piet", "Mja."),
            ],
            start=1,
        )
    ),
    (Speaker("Moderator", Role.MODERATOR), Speaker("Zoë"), Speaker("Piet")),
)

WRITERS: dict[str, Callable[[Transcript], bytes]] = {
    "g.docx": word.report,
    "tabel.docx": word.table,
    "teams.docx": word.teams,
    "g.odt": documents.odt,
    "g.rtf": documents.rtf,
    "g.pdf": documents.pdf,
    "teams.vtt": subtitles.teams,
    "zoom.vtt": subtitles.zoom,
    "g.srt": subtitles.srt,
    "g.csv": sheets.delimited,
    "g.tsv": partial(sheets.delimited, delimiter="\t", encoding="utf-16"),
    "g.xlsx": sheets.xlsx,
    "whisperx.json": json_formats.whisperx,
    "amberscript.json": json_formats.amberscript,
    "whispercpp.json": json_formats.whisper_cpp,
    "g.otr": json_formats.otranscribe,
    "g.jsonl": json_formats.lines,
    "g.txt": plain.stamped,
}


@cache
def good(name: str) -> bytes:
    return WRITERS[name](TOLD)


def cut(name: str, share: float) -> bytes:
    data = good(name)
    return data[: int(len(data) * share)]


def repacked(name: str, change: Callable[[str, bytes], bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good(name))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            content = change(entry, old.read(entry))
            if content is not None:
                new.writestr(entry, content)
    return out.getvalue()


def main_part(name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    parts = {"word/document.xml", "content.xml", "xl/worksheets/sheet1.xml"}
    return repacked(name, lambda entry, content: change(content) if entry in parts else content)


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry.replace("__", "/").replace("_x", ".x"), content)
    return out.getvalue()


def locked_zip(name: str) -> bytes:
    """Flip the bit that says that entries are encrypted, in every header."""
    data = bytearray(good(name))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(magic, at + 4)
    return bytes(data)


def bomb() -> bytes:
    return zipped(word__document_xml=b"<w/>" + b" " * 90_000_000)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>'


def with_doctype(content: bytes) -> bytes:
    return DOCTYPE + content.split(b"?>", 1)[-1]


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty text": ("g.txt", lambda: b""),
    "empty Word": ("g.docx", lambda: b""),
    "white space": ("g.txt", lambda: b" \r\n\t\n"),
    "only a byte-order mark": ("g.txt", lambda: b"\xef\xbb\xbf"),
    "only a UTF-16 mark": ("g.txt", lambda: b"\xff\xfe"),
    "only zeros": ("g.txt", lambda: bytes(4096)),
    "all bytes": ("g.txt", lambda: bytes(range(256)) * 64),
    "noise": ("g.txt", lambda: zlib.compress(bytes(range(256)) * 300, 9) * 3),
    "a picture named txt": ("g.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(300)),
    "a JPEG named docx": ("g.docx", lambda: b"\xff\xd8\xff\xe0" + bytes(300)),
    "a recording named vtt": ("g.vtt", lambda: b"ID3\x03" + bytes(300)),
    "a film named srt": ("g.srt", lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(300)),
    "a wav": ("g.wav", lambda: b"RIFF\x00\x00\x00\x00WAVE" + bytes(300)),
    "a database": ("g.codering", lambda: b"SQLite format 3\x00" + bytes(300)),
    "a gzip": ("g.txt", lambda: b"\x1f\x8b\x08\x00" + bytes(300)),
    "a program": ("g.exe", lambda: b"MZ\x90\x00" + bytes(300)),
    "a web page": ("g.doc", lambda: b"<html><body>Moderator: hoi</body></html>"),
    "old Word": ("g.doc", lambda: OLE + "WordDocument".encode("utf-16-le")),
    "old Excel": ("g.xls", lambda: OLE + "Workbook".encode("utf-16-le")),
    "old something": ("g.doc", lambda: OLE),
    "Word with a password": ("g.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    "zip with a password": ("g.docx", lambda: locked_zip("g.docx")),
    "spreadsheet with a password": ("g.xlsx", lambda: locked_zip("g.xlsx")),
    "odt with a password": (
        "g.odt",
        lambda: repacked("g.odt", lambda n, c: c + b"<!-- encryption-data -->" if n.endswith("manifest.xml") else c),
    ),
    "half a Word file": ("g.docx", lambda: cut("g.docx", 0.5)),
    "nearly a Word file": ("g.docx", lambda: cut("g.docx", 0.99)),
    "the start of a Word file": ("g.docx", lambda: good("g.docx")[:40]),
    "half an odt": ("g.odt", lambda: cut("g.odt", 0.5)),
    "half a workbook": ("g.xlsx", lambda: cut("g.xlsx", 0.5)),
    "Word with a flipped byte": ("g.docx", lambda: flipped("g.docx")),
    "workbook with a flipped byte": ("g.xlsx", lambda: flipped("g.xlsx")),
    "a zip bomb": ("g.docx", bomb),
    "a bomb in entities": ("g.docx", lambda: main_part("g.docx", with_doctype)),
    "entities in odt": ("g.odt", lambda: main_part("g.odt", with_doctype)),
    "entities in xlsx": ("g.xlsx", lambda: main_part("g.xlsx", with_doctype)),
    "entities in UTF-16": (
        "g.docx",
        lambda: main_part("g.docx", lambda c: with_doctype(c).decode().encode("utf-16")),
    ),
    "Word with half its XML": ("g.docx", lambda: main_part("g.docx", lambda c: c[: len(c) // 2])),
    "odt with half its XML": ("g.odt", lambda: main_part("g.odt", lambda c: c[: len(c) // 2])),
    "workbook with half its XML": ("g.xlsx", lambda: main_part("g.xlsx", lambda c: c[: len(c) // 2])),
    "Word with empty XML": ("g.docx", lambda: main_part("g.docx", lambda _: b"")),
    "odt with empty XML": ("g.odt", lambda: main_part("g.odt", lambda _: b"")),
    "Word with other XML": ("g.docx", lambda: main_part("g.docx", lambda _: b"<a><b/></a>")),
    "Word without its text": ("g.docx", lambda: main_part("g.docx", lambda _: None)),
    "odt without its text": ("g.odt", lambda: main_part("g.odt", lambda _: None)),
    "workbook without its sheet": ("g.xlsx", lambda: main_part("g.xlsx", lambda _: None)),
    "Word with nothing but text": ("g.docx", lambda: zipped(word__document_xml=b"<a/>")),
    "Word without relations": (
        "g.docx",
        lambda: repacked("g.docx", lambda n, c: None if n.endswith(".rels") else c),
    ),
    "an empty zip": ("g.docx", lambda: b"PK\x05\x06" + bytes(18)),
    "another zip": ("g.zip", lambda: zipped(tekst=b"Moderator: hoi")),
    "a zip in a zip": ("g.docx", lambda: zipped(binnen=good("g.docx"))),
    "a presentation": ("g.pptx", lambda: zipped(ppt__presentation_xml=b"<a/>")),
    "an OpenDocument spreadsheet": (
        "g.ods",
        lambda: zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    ),
    "a Word file without words": ("g.docx", lambda: main_part("g.docx", blank)),
    "a workbook without rows": ("g.xlsx", lambda: sheets.xlsx(without_words())),
    "PDF: only its first line": ("g.pdf", lambda: b"%PDF-1.7\n"),
    "PDF: rubbish behind its first line": ("g.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20),
    "PDF: without its end": ("g.pdf", lambda: cut("g.pdf", 0.9)),
    "PDF: a tenth": ("g.pdf", lambda: cut("g.pdf", 0.1)),
    "RTF: only its first word": ("g.rtf", lambda: b"{\\rtf1}"),
    "RTF: nothing but formatting": ("g.rtf", lambda: b"{\\rtf1{\\fonttbl{\\f0 Arial;}}\\par\\par}"),
    "VTT: only its first line": ("g.vtt", lambda: b"WEBVTT\n\n"),
    "VTT: only notes": ("g.vtt", lambda: b"WEBVTT\n\nNOTE niets\n\nSTYLE\n::cue {}\n"),
    "VTT: cues without words": ("g.vtt", lambda: b"WEBVTT\n\n00:00.000 --> 00:01.000\n\n00:02.000 --> 00:03.000\n"),
    "SRT: numbers only": ("g.srt", lambda: b"1\n00:00:00,000 --> 00:00:01,000\n\n2\n00:00:02,000 --> 00:00:03,000\n"),
    "CSV: a heading only": ("g.csv", lambda: b"spreker;tekst\n"),
    "JSON: cut off": ("g.json", lambda: cut("whisperx.json", 0.5)),
    "JSON: an empty object": ("g.json", lambda: b"{}"),
    "JSON: an empty list": ("g.json", lambda: b"[]"),
    "JSON: a number": ("g.json", lambda: b"5"),
    "JSON: null": ("g.json", lambda: b"null"),
    "JSON: no segments": ("g.json", lambda: b'{"segments": []}'),
    "JSON: segments of another kind": ("g.json", lambda: b'{"segments": {"a": 1}}'),
    "JSON: segments of numbers": ("g.json", lambda: b'{"segments": [1, null, "x", []]}'),
    "JSON: deep": ("g.json", lambda: b"[" * 100_000),
    "JSON: deep and closed": ("g.json", lambda: b'{"segments":' + b"[" * 50_000 + b"]" * 50_000 + b"}"),
    "otr: cut off": ("g.otr", lambda: cut("g.otr", 0.5)),
    "otr: no text": ("g.otr", lambda: b'{"media": "x.mp3"}'),
    "otr: text of another kind": ("g.otr", lambda: b'{"text": 5}'),
    "otr: empty text": ("g.otr", lambda: b'{"text": "<p></p>"}'),
    "jsonl: empty objects": ("g.jsonl", lambda: b"{}\n{}\n"),
    "jsonl: lists": ("g.jsonl", lambda: b"[1]\n[2]\n"),
}


def flipped(name: str) -> bytes:
    """Change one byte in the compressed text of the main part."""
    data = bytearray(good(name))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = max(archive.infolist(), key=lambda entry: entry.compress_size)
    data[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    return bytes(data)


def blank(content: bytes) -> bytes:
    return re.sub(rb">[^<>]*</w:t>", b"></w:t>", content)


def without_words() -> Transcript:
    return Transcript("leeg", (), ())


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_name_of_the_file(case):
    name, made = REFUSED[case]
    with pytest.raises(TranscriptError) as caught:
        read_data(made(), name)
    assert str(caught.value).startswith(name)
    assert "Traceback" not in str(caught.value)


ODD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "PDF with rubbish in front": ("g.pdf", lambda: b"\n\n  rommel\n" + good("g.pdf")),
    "RTF without its end": ("g.rtf", lambda: cut("g.rtf", 0.7)),
    "RTF with unknown words": ("g.rtf", lambda: b"{\\rtf1\\zzz9 Moderator: a\\par R1: \\u999999? b\\par}"),
    "RTF with wild numbers": ("g.rtf", lambda: b"{\\rtf1\\ansicpg99999\\uc-7 Moderator: a \\'zz\\par R1: b\\par}"),
    "VTT without its end": ("teams.vtt", lambda: cut("teams.vtt", 0.8)),
    "VTT without a first line": ("teams.vtt", lambda: good("teams.vtt").split(b"\n", 2)[2]),
    "VTT with wild times": ("g.vtt", lambda: b"WEBVTT\n\n99:99:99.999 --> -1:0:0.0\n<v A>a b</v>\n"),
    "VTT with tags that stay open": ("g.vtt", lambda: b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v A><b>een <i>twee\n"),
    "SRT without its end": ("g.srt", lambda: cut("g.srt", 0.8)),
    "CSV with ragged rows": ("g.csv", lambda: b"spreker;tekst\nA;b c;d;e\nB\n;\n\nC;f\n"),
    "CSV with an open quote": ("g.csv", lambda: b'spreker;tekst\nA;"b c\nB;d\nC;e\n'),
    "CSV with zeros": ("g.csv", lambda: b"spreker;tekst\nA;b\x00c\nB;d e f\n" + b"C;g h i j\n" * 50),
    "JSON with NaN": ("g.json", lambda: b'{"segments":[{"start":NaN,"end":Infinity,"text":"a b","speaker":"X"}]}'),
    "JSON with keys that return": (
        "g.json",
        lambda: b'{"segments":[{"text":"a","text":"b","start":1,"start":2,"end":3}]}',
    ),
    "JSON with wrong types": (
        "g.json",
        lambda: json.dumps(
            {"segments": [{"start": "x", "text": 5, "speaker": 7}, {"start": 0, "text": "a b"}]}
        ).encode(),
    ),
    "JSON with halves of characters": ("g.json", lambda: b'{"segments":[{"start":0,"end":1,"text":"a \\ud800 b"}]}'),
    "JSON with zeros": ("g.json", lambda: b'{"segments":[{"start":0,"end":1,"text":"a \\u0000 b"}]}'),
    "otr with broken HTML": (
        "g.otr",
        lambda: b'{"text":"<p><span class=timestamp data-timestamp=x>00:04</span> A: b <p"}',
    ),
    "jsonl with a broken line": ("g.jsonl", lambda: good("g.jsonl") + b'{"speaker": "A", "te'),
    "text in two encodings": ("g.txt", lambda: "Moderator: één\n".encode() + "R1: één\n".encode("cp1252")),
    "text with control characters": ("g.txt", lambda: b"Moderator: a\x01\x02b \x7fc\n" + b"R1: d e f g h i j\n" * 30),
    "text with an odd byte in UTF-16": ("g.txt", lambda: "Moderator: hoi\nR1: ja\n".encode("utf-16") + b"a"),
    "UTF-16 without a mark": ("g.txt", lambda: "Moderator: hoi\nR1: ja, zo is dat.\n".encode("utf-16-le")),
    "one endless line": ("g.txt", lambda: b"Moderator: " + b"woord " * 100_000),
    "many lines": ("g.txt", lambda: b"Moderator: a\nR1: b\n" * 20_000),
    "many colons": ("g.txt", lambda: b"a: " * 20_000),
    "many brackets": ("g.txt", lambda: b"[" * 50_000 + b"a"),
    "many times": ("g.txt", lambda: b"00:00:00 " * 20_000),
    "a name and white space": ("g.txt", lambda: b"Karim" + b" " * 300_000 + b"x\nAnouk: x\nKarim  y\nAnouk: z\n"),
    "a name and tabs": ("g.txt", lambda: b"Karim" + b"\t" * 300_000 + b"x\nAnouk: x\nKarim  y\nAnouk: z\n"),
    "a long word": ("g.txt", lambda: b"Moderator: " + b"a" * 1_000_000),
    "many spaces": ("g.txt", lambda: b"Moderator:" + b" " * 200_000 + b"a\nR1:" + b"\t" * 200_000 + b"b"),
    "right to left": ("g.txt", lambda: "Moderator: \u202eabc\u202c\nR1: \u0627\u0644\n".encode()),
    "combining marks": ("g.txt", lambda: ("Moderator: e" + "\u0301" * 5000 + "\nR1: b\n").encode()),
    "emoji": ("g.txt", lambda: "Moderator: 👩‍👩‍👧 ja\nR1: 👍🏽\n".encode()),
    "a lone name": ("g.txt", lambda: b"Moderator:\nR1:\nModerator: hoi\n"),
    "no suffix": ("gesprek", lambda: b"Moderator: hoi\nR1: ja\n"),
    "another suffix": ("gesprek.xyz", lambda: b"Moderator: hoi\nR1: ja\n"),
    "text named docx": ("g.docx", lambda: b"Moderator: hoi\nR1: ja\n"),
    "PDF named docx": ("g.docx", lambda: good("g.pdf")),
    "Word named txt": ("g.txt", lambda: good("g.docx")),
    "workbook named docx": ("g.docx", lambda: good("g.xlsx")),
    "Word named xlsx": ("g.xlsx", lambda: good("g.docx")),
    "odt named doc": ("g.doc", lambda: good("g.odt")),
    "RTF named doc": ("g.doc", lambda: good("g.rtf")),
    "VTT named srt": ("g.srt", lambda: good("teams.vtt")),
    "SRT named vtt": ("g.vtt", lambda: good("g.srt")),
    "JSON named txt": ("g.txt", lambda: good("whisperx.json")),
    "TSV named txt": ("g.txt", lambda: good("g.tsv")),
}


def sound(reading: Reading, name: str) -> None:
    """What holds of every reading."""
    assert reading.transcript.turns
    assert reading.transcript.source == name
    assert reading.words_out == reading.transcript.words
    assert reading.words_out == reading.words_in or reading.problems
    for problem in reading.problems:
        assert problem.source == name
        assert str(problem)


@pytest.mark.parametrize("case", ODD)
def test_odd_but_readable(case):
    name, made = ODD[case]
    sound(read_data(made(), name), name)


MISNAMED = [case for case in ODD if " named " in case]


@pytest.mark.parametrize("case", MISNAMED)
def test_content_goes_before_the_name(case):
    name, made = ODD[case]
    if case != "text named docx":
        spoken = [turn.text for turn in read_data(made(), name).transcript.turns]
        assert spoken == [turn.text for turn in TOLD.turns]
    if name.endswith((".docx", ".doc", ".xlsx")) or case == "Word named txt":
        assert "ends in" in str(read_data(made(), name).problems[0])


def test_there_are_enough_cases():
    assert len(REFUSED) + len(ODD) >= 100


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(guards, "LIMIT", 1000)
    (tmp_path / "groot.txt").write_bytes(b"Moderator: hoi " * 100)
    with pytest.raises(TranscriptError, match=r"groot\.txt: the file is 0 MB; at most 0 MB"):
        read(tmp_path / "groot.txt")


def test_not_there_and_not_a_file(tmp_path):
    with pytest.raises(TranscriptError, match=r"^weg\.txt: the file cannot be opened"):
        read(tmp_path / "weg.txt")
    (tmp_path / "map.txt").mkdir()
    with pytest.raises(TranscriptError, match=r"^map\.txt: this is a folder"):
        read(tmp_path / "map.txt")


def test_every_parser_says_what_it_reads():
    assert all(parser.name and all(s.startswith(".") for s in parser.suffixes) for parser in parsers())


def survives(data: bytes, name: str) -> None:
    try:
        reading: Reading | TranscriptError = read_data(data, name)
    except TranscriptError as error:
        reading = error
    if isinstance(reading, TranscriptError):
        assert str(reading).startswith(name)
    else:
        sound(reading, name)


FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.sampled_from(sorted(WRITERS))


@FEW
@given(NAMES, st.data())
def test_bytes_that_change(name, data):
    raw = bytearray(good(name))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    survives(bytes(raw), name)


@pytest.mark.parametrize("name", ["g.docx", "g.xlsx", "g.odt"])
def test_what_only_begins_like_a_container_is_not_opened_as_one(name):
    """It was not looked through, so it may hold anything; and "PK" is how somebody called Petra Kok can be written."""
    survives(b"PK\x03", name)
    reading = read_data(b"PK: Hallo allemaal.\nAn: Dank je wel.\n", name)
    assert [turn.speaker for turn in reading.transcript.turns] == ["PK", "An"]
    assert "but the content is text" in str(reading.problems[0])
    with pytest.raises(TranscriptError):
        read_data(b"PK" + good(name), name)


@FEW
@given(NAMES, st.floats(0, 1))
def test_files_that_stop(name, share):
    survives(cut(name, share), name)


@FEW
@given(st.sampled_from(["g.docx", "tabel.docx", "g.odt", "g.xlsx"]), st.data())
def test_xml_that_changes(name, data):
    def change(content: bytes) -> bytes:
        raw = bytearray(content)
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
        return bytes(raw)

    survives(main_part(name, change), name)


@settings(FEW, max_examples=60)
@given(
    st.sampled_from(sorted({f"g.{n.rpartition('.')[2]}" for n in WRITERS} | {"g", "g.doc"})), st.binary(max_size=400)
)
def test_any_bytes(name, data):
    survives(data, name)


@settings(FEW, max_examples=120)
@given(
    st.sampled_from(["g.txt", "g.vtt", "g.srt", "g.csv", "g.tsv", "g.json", "g.otr", "g.jsonl"]), st.text(max_size=300)
)
def test_any_text(name, text):
    survives(text.encode("utf-8", "surrogatepass"), name)


LINES = st.lists(
    st.sampled_from(
        ["Moderator: hoi", "Zoë", "Zoë:", "[00:01] ja", "00:00:04", "[Zoë] nee", "", "Datum: gisteren", "ja\tnee",
         "0:04 Zoë", "1", "00:00:01,000 --> 00:00:02,000", "WEBVTT", "NOTE x", "<v Zoë>ja</v>", "een;twee", "{",
         "spreker;tekst", "a: b", "Deelnemers", "-----", "#00:00:04-1#", "Transcribed by https://otter.ai",
         "Zoë  0:34", "14:02:33 From A to B:"]
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@settings(FEW, max_examples=200)
@given(LINES, st.sampled_from(["g.txt", "g.vtt", "g.srt", "g.csv", "g.tsv"]))
def test_lines_that_do_not_belong_together(lines, name):
    survives("\n".join(lines).encode(), name)


KEYS = st.sampled_from(
    ["segments", "text", "start", "end", "speaker", "words", "word", "speakers", "spkid", "name", "transcription",
     "offsets", "from", "to", "timestamps", "turn", "role", "transcript"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@settings(FEW, max_examples=200)
@given(JSON, st.sampled_from(["g.json", "g.otr", "g.jsonl"]))
def test_any_json(value, name):
    survives(json.dumps(value).encode(), name)
