"""One transcript, written to every format that we read, gives the same turns from each."""

from functools import partial
from importlib.util import find_spec

import pytest

from codering import readers
from codering.readers.drafts import reading_from
from codering.transcripts import Role, Speaker, Transcript, Turn
from tools.writers import documents, json_formats, plain, sheets, subtitles, word

SAID = (
    ("Moderator", "Goed, de opname loopt. Wie wil er iets zeggen over het afgelopen jaar? Alles mag."),
    ("Zoë van 't Hof", "Nou ja, eh… ik zeg altijd: een goed gesprek kost tijd. En die is er niet (lacht)."),
    ("Jan-Willem", "Klopt."),
    ("Moderator", "En verder? [stilte]"),
    ("Bob", "Bij ons is het €12 per uur & dat voelt “krap”; meer kan ik er niet van maken, zeg ik eerlijk. Echt niet."),
    ("Zoë van 't Hof", "Om 10:30 uur belde er een meneer. Die zei: ik kom niet. Punt."),
    ("Jan-Willem", "Dat herken ik wel – maar - bij ons gaat het anders…"),
    ("Bob", "Ja hoor."),
    ("Moderator", "Dank jullie wel allemaal!"),
)
SPEAKERS = tuple(
    Speaker(name, Role.MODERATOR if name == "Moderator" else Role.PARTICIPANT)
    for name in dict.fromkeys(n for n, _ in SAID)
)
TOLD = Transcript(
    "gesprek", tuple(Turn(at, name, text, at * 13.0) for at, (name, text) in enumerate(SAID, start=1)), SPEAKERS
)
needs_read = pytest.mark.skipif(
    not hasattr(readers, "read") or find_spec("codering.readers.text") is None, reason="the readers of text are to come"
)

WITHOUT_TIMES = {"namen.txt"}
TIMED = (".vtt", ".srt", ".csv", ".tsv", ".xlsx", ".json", ".otr", ".jsonl")

FORMATS = {
    "word.docx": word.report,
    "tabel.docx": word.table,
    "teams.docx": word.teams,
    "tekst.odt": documents.odt,
    "tekst.rtf": documents.rtf,
    "tekst.pdf": documents.pdf,
    "teams.vtt": subtitles.teams,
    "zoom.vtt": subtitles.zoom,
    "whisperx.vtt": subtitles.whisperx,
    "ondertitel.srt": subtitles.srt,
    "punt-komma.csv": sheets.delimited,
    "komma.csv": partial(sheets.delimited, delimiter=",", encoding="cp1252"),
    "tab.tsv": partial(sheets.delimited, delimiter="\t", encoding="utf-16"),
    "blad.xlsx": sheets.xlsx,
    "whisperx.json": json_formats.whisperx,
    "amberscript.json": json_formats.amberscript,
    "whispercpp.json": json_formats.whisper_cpp,
    "otranscribe.otr": json_formats.otranscribe,
    "regels.jsonl": json_formats.lines,
    "namen.txt": plain.names,
    "utf8.txt": plain.stamped,
    "bom.txt": partial(plain.stamped, encoding="utf-8-sig", newline="\r\n"),
    "windows.txt": partial(plain.stamped, encoding="cp1252", newline="\r\n"),
    "utf16.txt": partial(plain.stamped, encoding="utf-16", newline="\r\n"),
}


@needs_read
@pytest.mark.parametrize("file", FORMATS)
def test_the_same_turns_from_every_format(file, tmp_path):
    (tmp_path / file).write_bytes(FORMATS[file](TOLD))
    reading = readers.read(tmp_path / file)
    found = reading.transcript
    assert [(turn.speaker, turn.text) for turn in found.turns] == list(SAID)
    assert {speaker.name: speaker.role for speaker in found.speakers} == {one.name: one.role for one in SPEAKERS}
    starts = [None if file in WITHOUT_TIMES else pytest.approx(turn.start, abs=1) for turn in TOLD.turns]
    assert [turn.start for turn in found.turns] == starts
    assert reading.words_out == TOLD.words
    # The lines that Teams adds around a conversation are skipped, and that is said.
    assert file == "teams.docx" or (reading.words_in == reading.words_out and not reading.problems)


@needs_read
def test_content_goes_before_the_suffix(tmp_path):
    (tmp_path / "gesprek.txt").write_bytes(subtitles.teams(TOLD))
    assert [(turn.speaker, turn.text) for turn in readers.read(tmp_path / "gesprek.txt").transcript.turns] == list(SAID)


@pytest.mark.parametrize("file", [file for file in FORMATS if file.endswith(TIMED)])
def test_parsers_of_timed_formats_know_their_own_and_find_the_same_turns(file):
    data, suffix = FORMATS[file](TOLD), "." + file.rpartition(".")[2]
    parser = max(readers.parsers(), key=lambda one: one.sniff(data[:65536], suffix))
    assert suffix in parser.suffixes
    found = reading_from(parser.parse(data, file), name="gesprek", source=file).transcript
    assert [(turn.speaker, turn.text) for turn in found.turns] == list(SAID)
