from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codering.errors import TranscriptError
from codering.readers import read_data, sidecar_from
from codering.readers.drafts import UNKNOWN, Reading
from codering.transcripts import Role
from tests.readers.helpers import messages, turns

EXPECTED = (
    ("Moderator", "Goedemiddag allemaal, fijn dat u er bent."),
    ("Saskia", "Dank u wel. Het ging zo: eerst niets, toen alles."),
    ("Piet", "Bij ons stopt de bus om zes uur."),
    ("Saskia", "Wij doen het met de buren."),
    ("Piet", "Precies."),
    ("Moderator", "Wie nog meer?"),
    ("Saskia", "Nee hoor."),
)
STARTS = (4.0, 12.0, 31.0, 47.0, 61.0, 65.0, 3725.0)


def text(data: str, name: str = "groep.txt") -> Reading:
    return read_data(data.encode(), name)


def starts(reading: Reading) -> list[float | None]:
    return [turn.start for turn in reading.transcript.turns]


def hms(seconds: float) -> str:
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02}"


def short(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


UNTIMED = {
    "colon": "{n}: {t}\n",
    "colon, spaced": "{n} : {t}\n",
    "colon, blank lines": "{n}: {t}\n\n",
    "colon, no space": "{n}:{t}\n",
    "tab": "{n}:\t{t}\n",
    "bold markdown": "**{n}:** {t}\n\n",
    "bold markdown, colon outside": "**{n}**: {t}\n\n",
    "tab, no colon": "{n}\t{t}\n",
    "dash": "{n} - {t}\n",
    "numbered": "{i}. {n}: {t}\n",
    "numbered, tab": "{i}\t{n}:\t{t}\n",
    "numbered, square": "[{i}] {n}: {t}\n",
    "numbered, round": "({i}) {n}: {t}\n",
    "numbered, hash": "#{i} {n}: {t}\n",
    "numbered, one parenthesis": "{i}) {n}: {t}\n",
    "lower case": "{l}: {t}\n",
    "list": "- {n}: {t}\n",
    "hash": "#{n}: {t}\n",
    "at": "@{n}: {t}\n",
    "square": "[{n}] {t}\n\n",
    "square, colon": "[{n}]: {t}\n",
    "curly": "{{{n}}} {t}\n\n",
    "own line": "{n}\n{t}\n\n",
    "own line, colon": "{n}:\n{t}\n\n",
    "own line, no blank lines": "{n}\n{t}\n",
    "own line, all blank": "{n}\n\n{t}\n\n",
    "caps": "{N}: {t}\n",
    "caps, own line": "{N}\n{t}\n\n",
    "columns of spaces": "{n:<14}{t}\n",
    "columns of spaces, one filled by a name": "{n:<10}{t}\n",
    "columns of spaces, not below each other": "{n}   {t}\n",
    "columns of spaces, indented": "    {n:<12}{t}\n",
    "columns of spaces, blank lines": "{n:<12}{t}\n\n",
    "columns of spaces, bold markdown": "**{n}**    {t}\n",
    "columns of spaces, numbered": "{i:02}  {n:<12}{t}\n",
    "star": "*{n}*: {t}\n",
    "underscore, colon inside": "_{n}:_ {t}\n",
    "headings": "## {n}\n\n{t}\n\n",
    "marks of direction": "\u200e{n}\u200e:\u200f {t}\n",
    "zero width spaces": "{n}\u200b: {t}\n",
    "byte-order marks": "\ufeff{n}: {t}\n",
    "line separators": "{n}: {t}\u2028",
    "next lines": "{n}: {t}\x85",
    "page breaks": "{n}: {t}\x0c",
    "windows": "{n}: {t}\r\n",
    "old mac": "{n}: {t}\r",
}

TIMED = {
    "bracket, colon": "[{h}] {n}: {t}\n",
    "bare, colon": "{h} {n}: {t}\n",
    "bare, short": "{s} {n}: {t}\n",
    "dash": "{h} - {n}: {t}\n",
    "round": "({s}) {n}: {t}\n",
    "sonix": "{n}: [{h}] {t}\n\n",
    "trint": "{n} [{h}] {t}\n\n",
    "name (time):": "{n} ({s}): {t}\n",
    "happyscribe": "[{h}.00] - {n}\n{t}\n\n",
    "otter": "{n}  {s}  \n{t}\n\n",
    "word": "{h} {n}\n{t}\n",
    "bracket on own line": "[{h}] {n}\n{t}\n\n",
    "name, bracket on own line": "{n} [{h}]\n{t}\n\n",
    "amberscript": "{h}\n{n}: {t}\n\n",
    "nvivo": "{h}\t{n}\t{t}\n",
    "descript": "[{h}] {n}: {t}\n\n",
    "descript markdown": "**{n}:** [{h}] {t}\n\n",
    "qualcoder": "[{n}] [{h}] {t}\n",
    "captions": "[{n}] {h}\n{t}\n\n",
    "bracket, number, colon": "[{h}] [{i}] {n}: {t}\n",
    "bracket, number in round brackets, colon": "[{h}] ({i}) {n}: {t}\n",
    "number, bracket, colon": "[{i}] [{h}] {n}: {t}\n",
    "number, time, colon": "{i} {h} {n}: {t}\n",
    "tab, time, tab": "{n}\t{h}\t{t}\n",
    "time between name and colon": "{n} {h}: {t}\n",
    "columns of spaces, time first": "{h}  {n:<12}{t}\n",
    "columns of spaces, bracket first": "[{h}] {n:<12}{t}\n",
    "columns of spaces, time second": "{n:<12}{h}  {t}\n",
    "zoom cloud chat": "{h}\t{n}:\t{t}\n",
}


def written(template: str) -> str:
    return "".join(
        template.format(n=name, N=name.upper(), l=name.lower(), i=i, t=words, h=hms(start), s=short(start))
        for i, ((name, words), start) in enumerate(zip(EXPECTED, STARTS, strict=True), start=1)
    )


@pytest.mark.parametrize("layout", UNTIMED)
def test_layouts_without_times(layout):
    reading = text(written(UNTIMED[layout]))
    template = UNTIMED[layout]
    names = [n.upper() if "{N}" in template else n.lower() if "{l}" in template else n for n, _ in EXPECTED]
    assert turns(reading) == list(zip(names, [t for _, t in EXPECTED], strict=True))
    assert reading.problems == ()
    assert reading.words_in == reading.words_out == sum(len(words.split()) for _, words in EXPECTED)
    assert [s.role for s in reading.transcript.speakers] == [Role.MODERATOR, Role.PARTICIPANT, Role.PARTICIPANT]


@pytest.mark.parametrize("layout", TIMED)
def test_layouts_with_times(layout):
    reading = text(written(TIMED[layout]))
    assert turns(reading) == list(EXPECTED)
    assert starts(reading) == list(STARTS)
    assert reading.problems == ()
    assert reading.words_in == reading.words_out


@pytest.mark.parametrize("layout", [*UNTIMED, *TIMED])
@pytest.mark.parametrize(
    "header",
    [
        "Focusgroep Zuid\nDatum: 14 april 2026\nGroep: Waterhove\nMeting: 2026-voorjaar\nLocatie: De Vonk\n\n",
        "Titel: Focusgroep Zuid\nDatum: 14-04-2026\nFocusgroep: Waterhove\nRonde: 2026-voorjaar\nPlaats: buurthuis\n\n",
        "# Focusgroep Zuid\n\n**Datum:** 2026-04-14\n**Groep:** Waterhove\n**Golf:** 2026-voorjaar\n\n---\n\n",
    ],
)
def test_header_lines_are_facts_and_no_speakers(layout, header):
    reading = text(header + written({**UNTIMED, **TIMED}[layout]))
    found = reading.transcript
    assert (found.title, found.date, found.group, found.wave) == (
        "Focusgroep Zuid",
        "2026-04-14",
        "Waterhove",
        "2026-voorjaar",
    )
    assert [t for _, t in turns(reading)] == [t for _, t in EXPECTED]
    assert reading.problems == ()


def test_columns_of_spaces_go_on_below_themselves():
    reading = text(
        "Moderator   Goedemiddag allemaal, fijn dat\n            u er bent.\nAnne-Sophie\n            Dank  u wel.\n"
        "Karim       Ja.\n            Dat  klopt.\n\nAnne-Sophie Nee hoor.\nKarim       Nou.\n"
    )
    assert turns(reading) == [
        ("Moderator", "Goedemiddag allemaal, fijn dat\nu er bent."),
        ("Anne-Sophie", "Dank  u wel."),
        ("Karim", "Ja.\nDat  klopt."),
        ("Anne-Sophie", "Nee hoor."),
        ("Karim", "Nou."),
    ]
    assert reading.problems == ()


@pytest.mark.parametrize(
    "lines",
    [
        "Het was druk.  Niemand belde.\nDe bus reed niet.  Dus ja.\nDaar bleef het bij.  Einde verhaal.\n",
        "Amsterdam  is ver.\nEn duur ook.\nAmsterdam  dus.\nMaar goed.\nNiemand gaat.\nNiemand  blijft.\n",
        "Karim  Ja.\nKarim  Nee.\nKarim  Nou.\n",
    ],
)
def test_two_spaces_alone_make_no_speakers(lines):
    reading = text(lines)
    assert {s.name for s in reading.transcript.speakers} == {UNKNOWN}
    assert reading.words_in == reading.words_out == len(lines.split())
    assert "does not say who speaks" in messages(reading)


def test_what_may_be_words_leaves_the_filled_column_alone():
    reading = text("Karim Ja.\nAnna  Nee.\nKarim zegt altijd wat.\nAnna  Nou.\nEn zo ging het.\nAnna  Ja.\n")
    assert "Karim" not in {s.name for s in reading.transcript.speakers}
    assert reading.problems


def test_a_name_and_spaces_among_colons_are_doubtful():
    reading = text(written(UNTIMED["colon"]) + "Piet   Ik ook niet.\nSaskia: Nou.\n")
    assert turns(reading)[-1] == ("Saskia", "Nee hoor.\nPiet   Ik ook niet. Nou.")
    (problem,) = reading.problems
    assert str(problem.place) == "line 8"
    assert "Piet" not in str(problem)


def test_f4_puts_the_time_at_the_end():
    reading = text(
        "I: Goedemiddag, kunt u zich voorstellen? #00:00:04-1#\n\nB1: Ja, ik ben Saskia. (lacht) #00:00:12-7#\n\n"
        "B2: En ik #00:00:15-0# ben Fatima. #00:00:18-3#\n"
    )
    assert turns(reading) == [
        ("I", "Goedemiddag, kunt u zich voorstellen?"),
        ("B1", "Ja, ik ben Saskia. (lacht)"),
        ("B2", "En ik #00:00:15-0# ben Fatima."),
    ]
    assert starts(reading) == [0.0, 4.1, 12.7]
    assert reading.problems == ()


def test_qualcoder_puts_a_time_and_sounds_between_brackets():
    reading = text("[id1] Mijn zus springt vaak bij.\n\n[id2] Wij doen het zelf. [00:34]\n\n[gelach]\n\n[id1] Ja.\n")
    assert turns(reading) == [
        ("id1", "Mijn zus springt vaak bij."),
        ("id2", "Wij doen het zelf. [00:34]\n[gelach]"),
        ("id1", "Ja."),
    ]


def test_google_meet():
    reading = text(
        "abc-defg-hij (2026-03-12 14:02 GMT+1) – Transcript\nAttendees\nPiet Jansen, Saskia de Wit\nTranscript\n"
        "Piet Jansen: Goedemiddag allemaal.\nPiet Jansen: Eerst een rondje.\nSaskia de Wit: Het wijkteam belt soms,…\n"
        "00:05:00\nSaskia de Wit: maar niet elke maand.\nPiet Jansen: Dank.\nMeeting ended after 00:32:56 👋\n"
        "This editable transcript was computer generated and might contain errors.\n"
    )
    assert turns(reading) == [
        ("Piet Jansen", "Goedemiddag allemaal. Eerst een rondje."),
        ("Saskia de Wit", "Het wijkteam belt soms,… maar niet elke maand."),
        ("Piet Jansen", "Dank."),
    ]
    assert reading.transcript.date == "2026-03-12"
    assert reading.words_in - reading.words_out == 5 + 5 + 10
    assert [str(p.place) for p in reading.problems][:3] == ["line 3", "line 11", "line 12"]


def test_otter_footer_is_reported():
    reading = text(
        "Moderator  0:00  \nGoedemiddag allemaal.\n\nUnknown Speaker  0:34  \nDank u wel.\n\n"
        "Transcribed by https://otter.ai\n"
    )
    assert turns(reading) == [("Moderator", "Goedemiddag allemaal."), ("Unknown Speaker", "Dank u wel.")]
    assert [str(p) for p in reading.problems] == [
        "groep.txt: line 7: skipped: footer of the transcription service or tool."
    ]
    assert reading.words_in == reading.words_out + 3


def test_maxqda_paragraphs_without_a_name_carry_over():
    reading = text(
        "Focusgroep Zuid, 12 maart 2026\n\nModerator: Goedemiddag.\nIlse B.: Bij ons stopt de bus om zes uur.\n"
        "Daarna sta je er alleen voor.\nZoë : Bij ons ook.\nIlse B.: Ja.\nZoë: Ja.\n"
    )
    assert turns(reading)[1] == ("Ilse B.", "Bij ons stopt de bus om zes uur.\nDaarna sta je er alleen voor.")
    assert turns(reading)[2] == ("Zoë", "Bij ons ook.")
    assert reading.transcript.title == "Focusgroep Zuid, 12 maart 2026"
    assert reading.transcript.date == "2026-03-12"
    assert reading.problems == ()


@pytest.mark.parametrize(
    "words",
    [
        "Vraag: wie begint er?",
        "Let op: dit telt niet mee.",
        "NB: alleen op dinsdag.",
        "https://voorbeeld.nl staat het op.",
        "http://voorbeeld.nl: daar dus.",
        "10:30 gingen we weg.",
        "[gelach] Nou ja.",
        "[onverstaanbaar]",
        "Ik zei nog: dat kan niet.",
        "Ik zei: nee.",
        "Kijk: zo gaat dat.",
        "Weet je wat het is: niemand belt.",
        "De wethouder zei: morgen.",
        "Maar ja: het is niet anders.",
        "Conclusie: niks.",
        "1: de bus. 2: de trein.",
        "“Moderator”: dat woord alleen al.",
        "Piet - die was er niet bij.",
        "- Nou ja: dat dus.",
        "1. Eerst de koffie.",
        "Thema 2: de werkdruk.",
    ],
)
def test_a_colon_in_speech_makes_no_speaker(words):
    lines = written(UNTIMED["colon"]) + f"{words}\nSaskia: Klopt.\n"
    lines += f"{words}\nPiet: Ja.\nSaskia: Dus.\n" * 2
    reading = text(lines)
    assert {s.name for s in reading.transcript.speakers} == {"Moderator", "Saskia", "Piet"}
    assert reading.words_in == reading.words_out
    assert any(turn.text.endswith(words) for turn in reading.transcript.turns)
    assert reading.problems == ()


def test_invisible_marks_make_no_other_speaker():
    reading = text("\u200eMilou: Welkom.\nKa\u00adrim: Hoi.\nMilou\u200b: Ja\u200bhoor.\nKarim\u2060: Nou.\n")
    assert turns(reading) == [("Milou", "Welkom."), ("Karim", "Hoi."), ("Milou", "Jahoor."), ("Karim", "Nou.")]


@pytest.mark.parametrize("role", ["Deelnemer", "Respondent"])
def test_a_name_behind_a_role_says_who_speaks(role):
    lines = f"Moderator: Anouk: Welkom.\n{role}: Karim: Hoi.\n{role}: Bea: Ja.\n{role}: Karim: Nou: dus.\n"
    reading = text(lines)
    assert turns(reading) == [("Anouk", "Welkom."), ("Karim", "Hoi."), ("Bea", "Ja."), ("Karim", "Nou: dus.")]
    assert [s.role.value for s in reading.transcript.speakers] == ["moderator", "participant", "participant"]


TALK = "Moderator: Vertel.\n\nKarim: Goed.\n\n{between}Moderator: En?\n\nKarim: Ja.\n{behind}"


def test_headings_of_markdown_among_turns_are_no_speech():
    reading = text(TALK.format(between="## Thema 2: regels\n\n", behind=""))
    assert turns(reading)[1] == ("Karim", "Goed.")
    (problem,) = reading.problems
    assert str(problem) == "groep.txt: line 5: skipped: a heading among the turns."
    assert reading.words_in == reading.words_out + 3


@pytest.mark.parametrize("line", ["Vraag 2: Wat is druk?", "Thema 3. Regels", "Stelling 1a: er is tijd"])
def test_a_question_of_the_guide_between_turns_is_pointed_out(line):
    (problem,) = text(TALK.format(between=f"{line}\n\n", behind="")).problems
    assert str(problem).startswith("groep.txt: line 5: this line may be a question or theme of the interview guide")


@pytest.mark.parametrize("end", ["---", "Einde opname", "====="])
def test_notes_behind_the_end_are_pointed_out(end):
    reading = text(TALK.format(between="", behind=f"{end}\nAantekeningen\nKarim leek moe.\n"))
    (problem,) = reading.problems
    assert str(problem).startswith("groep.txt: line 9: 4 words without a name stand behind a line")
    assert text(TALK.format(between="---\n\n", behind="")).problems == ()


def test_accents_that_were_read_in_a_wrong_encoding_are_pointed_out():
    talk = "Moderator: Café “vol”.\nIlse: Eén, geïnteresseerd.\nModerator: Ja.\nIlse: Âge is Frans.\n"
    assert text(talk).problems == ()
    (problem,) = text(talk.encode().decode("cp1252", "ignore")).problems
    assert "export the file again" in str(problem)


def test_a_moderator_may_call_somebody_by_name():
    reading = text("Moderator: Karim: vertel.\nKarim: Ja.\nModerator: En jij?\nBea: Nou.\nModerator: Dank.\n" * 2)
    assert turns(reading)[0] == ("Moderator", "Karim: vertel.")


@pytest.mark.parametrize("label", ["Meerdere deelnemers", "Alle deelnemers", "Allen"])
def test_several_who_speak_at_once_are_not_words_of_the_moderator(label):
    reading = text(f"Moderator: Wie?\n{label}: Ja!\nModerator: Goed.\nEn verder?\nKarim: Nou.\nEn zo.\nKarim: Ja.\n")
    assert turns(reading)[1] == (label, "Ja!")
    (problem,) = reading.problems
    assert "several people" in str(problem)


@pytest.mark.parametrize("label", ["?", "??", "Onbekend"])
def test_who_is_not_known_has_one_name(label):
    reading = text(f"Moderator: Wie?\n{label}: Ik.\nModerator: Goed.\nKarim: Nou.\nKarim: Ja.\n")
    assert turns(reading)[1] == (UNKNOWN, "Ik.")
    assert "1 turn has no speaker" in messages(reading)


@pytest.mark.parametrize(
    ("label", "other"), [("Zoe", "Zoë"), ("Anouk", "Anouk de Boer"), ("Piet Jansen", "Jansen, Piet"), ("Jan", "Jan W.")]
)
def test_names_that_may_be_one_person_are_pointed_out(label, other):
    lines = f"Moderator: Wie?\n{label}: Ik.\n{other}: Ja.\n" * 3
    reading = text(lines)
    (problem,) = reading.problems
    assert "may be one person" in str(problem)
    sidecar = sidecar_from(f"speakers:\n  {label}: {{name: '{other}'}}\n".encode(), "groep.yaml")
    mended = read_data(lines.encode(), "groep.txt", sidecar)
    assert len(mended.transcript.speakers) == 2
    assert mended.problems == ()


@pytest.mark.parametrize(
    ("label", "other"), [("R1", "R2"), ("Deelnemer", "Deelnemer 2"), ("K", "K B"), ("Jan", "Jans")]
)
def test_codes_and_other_names_are_no_misspelling(label, other):
    assert "one person" not in messages(text(f"Moderator: Wie?\n{label}: Ik.\n{other}: Ja.\n" * 3))


def test_a_name_that_occurs_once_among_paragraphs_is_doubtful():
    lines = "Moderator: Vertel.\nSaskia: Ja, dat was zo.\nEn toen nog iets.\nEn nog wat.\nHenk: Hoi.\nSaskia: Dus.\n"
    reading = text(lines)
    assert [s.name for s in reading.transcript.speakers] == ["Moderator", "Saskia"]
    assert reading.words_in == reading.words_out
    (problem,) = reading.problems
    assert str(problem.place) == "line 5"
    assert "Henk" not in str(problem)


def test_a_name_that_occurs_once_where_every_line_is_labelled_is_a_speaker():
    reading = text(written(UNTIMED["colon"]) + "Henk: Hoi.\n")
    assert turns(reading)[-1] == ("Henk", "Hoi.")


@pytest.mark.parametrize(
    "name",
    [
        "Jansen, Piet",
        "van 't Hof, Jan-Willem",
        "Saskia de Wit",
        "'t Hart",
        "d'Ancona",
        "O’Brien",
        "P. de Vries",
        "El Amrani",
        "Zoë",
        "Ilse B.",
        "Ømer Yıldız",
        "Anne-Sophie van den Berg-de Groot",
        "De Vries",
        "In 't Veld",
        "Deelnemer 3",
        "R1",
        "Spreker 2",
        "SPEAKER_00",
        "S00",
        "Vrouw 2",
        "Klantmanager 2",
        "Begel. 1",
        "X",
        "O",
        "karim123",
    ],
)
def test_names_as_the_dutch_write_them(name):
    reading = text(
        f"Moderator: Wie begint?\n{name}: Ik wel.\nEn ik zal het kort houden.\nModerator: Ja.\n{name}: Nou.\n"
    )
    assert [s.name for s in reading.transcript.speakers] == ["Moderator", name]
    assert reading.problems == ()


@pytest.mark.parametrize("lines", ["Anouk: Welkom.\nKarim: Hoi.\n", "Anouk\nWelkom allemaal.\n\nKarim\nIk ben er.\n"])
def test_the_smallest_conversation(lines):
    reading = text(lines)
    assert [name for name, _ in turns(reading)] == ["Anouk", "Karim"]
    assert ["moderator" in str(p) for p in reading.problems] == [True]


@pytest.mark.parametrize(
    "label",
    [
        "Moderator", "Gespreksleider", "gespreksleider", "Interviewer", "Interviewer 2", "M", "M1", "I", "I:",
        "Notulist", "Voorzitter gesprek", "MODERATOR", "Co-moderator", "Discussieleider", "Int", "Facilitator",
    ],
)  # fmt: skip
def test_moderators_are_recognised(label):
    reading = text(f"{label.rstrip(':')}: Welkom.\nKarim: Hoi.\nSanne: Ja.\nKarim: Nou.\nSanne: Nee.\n")
    first, *others = reading.transcript.speakers
    assert first.role is Role.MODERATOR
    assert {s.role for s in others} == {Role.PARTICIPANT}


@pytest.mark.parametrize(
    "label",
    ["Anouk (moderator)", "Anouk (gespreksleider)", "Moderator - Anouk", "Anouk, moderator", "Interviewer Anouk",
     "Anouk [interviewer]", "Moderator (Anouk)"],
)  # fmt: skip
def test_a_role_beside_a_name_leaves_the_name(label):
    reading = text(f"{label}: Welkom.\nKarim: Hoi.\nAnouk: Ga door.\nKarim: Ja.\n{label}: Goed.\nKarim: Nou.\n")
    assert [(s.name, s.role) for s in reading.transcript.speakers] == [
        ("Anouk", Role.MODERATOR),
        ("Karim", Role.PARTICIPANT),
    ]
    assert reading.problems == ()


def test_a_header_line_can_say_who_leads():
    reading = text("Datum: 14-04-2026\nGespreksleider: Anouk\n\nAnouk: Welkom.\nKarim: Hoi.\nAnouk: Ja.\nKarim: Nou.\n")
    assert [(s.name, s.role.value) for s in reading.transcript.speakers] == [
        ("Anouk", "moderator"),
        ("Karim", "participant"),
    ]
    assert turns(reading)[0] == ("Anouk", "Welkom.")
    assert reading.problems == ()


def test_no_moderator_is_reported():
    reading = text("Anouk: Welkom.\nKarim: Hoi.\nAnouk: Ja.\nKarim: Nou.\n")
    (problem,) = reading.problems
    assert "groep.yaml" in str(problem)


def test_no_speaker_at_all_keeps_paragraphs_apart():
    reading = text("Eerste alinea, die\nover twee regels loopt.\n\nTweede alinea. Ja.\n\nDerde.\n")
    assert turns(reading) == [
        (UNKNOWN, "Eerste alinea, die\nover twee regels loopt."),
        (UNKNOWN, "Tweede alinea. Ja."),
        (UNKNOWN, "Derde."),
    ]
    assert reading.words_in == reading.words_out == 11
    (problem,) = reading.problems
    assert "groep.yaml" in str(problem)


def test_times_without_speakers():
    reading = text("[00:00:01] Goedemiddag allemaal.\n[00:00:05] Precies\n[00:00:09] Ik wel.\n[00:00:12] Precies\n")
    assert {s.name for s in reading.transcript.speakers} == {UNKNOWN}
    assert reading.words_in == reading.words_out == 6
    assert starts(reading)[0] == 1.0


def test_words_above_the_first_speaker_are_reported():
    reading = text(
        "Focusgroep Zuid\nDit gesprek is opgenomen in de zaal, met koffie.\nModerator: Hoi.\nKarim: Ja.\nKarim: x\n"
    )
    (problem,) = reading.problems
    assert str(problem).startswith("groep.txt: line 2: 9 words above the first speaker were skipped")
    assert reading.words_in - reading.words_out == 9


def test_much_above_the_first_speaker_is_speech():
    talk = "Het was een drukke middag waarop iedereen wel iets te vertellen had.\n" * 20
    reading = text(f"Focusgroep Zuid\nDatum: 14-04-2026\n{talk}Moderator: Hoi.\nR1: Ja.\n")
    assert reading.words_in == reading.words_out == 20 * 12 + 2
    assert reading.transcript.turns[0].speaker == UNKNOWN
    assert reading.transcript.date == "2026-04-14"


def test_a_few_lines_that_look_like_names_make_no_speakers():
    talk = "Het was een drukke middag.\n" * 30
    reading = text(f"{talk}Amsterdam - daar dus.\n{talk}Amsterdam - nou ja.\n{talk}Piet\nen zo.\nPiet\nen zo.\n{talk}")
    assert {s.name for s in reading.transcript.speakers} == {UNKNOWN}
    assert reading.words_in == reading.words_out


def test_zoom_chat():
    old = text("14:02:33\t From  Piet Jansen : Kan iedereen mij horen?\n14:02:49\t From  Saskia de Wit : Ja!\n")
    new = text(
        "14:02:33 From Piet Jansen to Everyone:\n\tKan iedereen mij horen?\n"
        "14:02:40 From Piet Jansen to Saskia de Wit (Direct Message):\n\tZie je dit?\n"
        "14:02:49 From Saskia de Wit to Iedereen:\n\tJa!\n"
    )
    expected = [("Piet Jansen", "Kan iedereen mij horen?"), ("Saskia de Wit", "Ja!")]
    assert turns(old) == turns(new) == expected
    assert starts(old) == starts(new) == [0.0, 16.0]
    assert "private" in str(new.problems[0])
    assert new.words_in - new.words_out == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding):
    words = "Moderator: Zoë, “één” vraag… €5 – is dat reëel?\r\nZoë: Ja hè, coördinatie.\r\n"
    reading = read_data(words.encode(encoding), "groep.txt")
    assert turns(reading) == [("Moderator", "Zoë, “één” vraag… €5 – is dat reëel?"), ("Zoë", "Ja hè, coördinatie.")]
    assert reading.problems == ()


def test_spaces_inside_a_turn_are_kept():
    reading = text("Moderator: Ja,  dus\tdat.\nKarim:   Nou ja  \n")
    assert turns(reading) == [("Moderator", "Ja,  dus\tdat."), ("Karim", "Nou ja")]


WORD = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=8)


@settings(deadline=None)
@given(st.lists(st.lists(WORD, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=8))
def test_no_word_is_lost_whatever_the_lines_say(lines):
    reading = text("Moderator: begin\n" + "\n".join(lines))
    explained = sum(problem.message.values.get("words", 0) for problem in reading.problems)
    spoken = " ".join(turn.text for turn in reading.transcript.turns)
    assert reading.words_out <= reading.words_in
    assert reading.words_in == reading.words_out or reading.problems
    assert isinstance(explained, int)
    assert "begin" in spoken


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["Moderator", "Anouk", "Jansen, Piet"]), WORD), min_size=4, max_size=12))
def test_what_is_written_is_read(pairs):
    pairs = [("Moderator", "x"), ("Anouk", "y"), ("Jansen, Piet", "z"), *pairs, ("Anouk", "q"), ("Jansen, Piet", "r")]
    reading = text("".join(f"{name}: a {words} b\n" for name, words in pairs))
    joined: list[list[str]] = []
    for name, words in pairs:
        if joined and joined[-1][0] == name:
            joined[-1][1] += f" a {words} b"
        else:
            joined.append([name, f"a {words} b"])
    assert turns(reading) == [tuple(pair) for pair in joined]


def test_a_stray_byte_does_not_spoil_every_accent():
    talk = "Moderator: Eén coördinator?\nIlse: Privé, geïnteresseerd.\n" * 3
    reading = read_data(talk.encode() + b"Moderator: Zo\x92n vraag.\nIlse: Ja.\n", "groep.txt")
    assert reading.transcript.turns[0].text == "Eén coördinator?"
    assert reading.transcript.turns[-2].text == "Zo’n vraag."
    assert any("line 7: this line is in Windows-1252" in str(problem) for problem in reading.problems)
    assert read_data(talk.encode("cp1252"), "groep.txt").transcript.turns[0].text == "Eén coördinator?"


def test_a_third_respondent_is_no_recording():
    talk = "ID3: Hallo.\nID4: Hoi.\nID3: En nu?\nID4: Door.\n"
    assert len(read_data(talk.encode(), "groep.txt").transcript.turns) == 4


NUMBERED = """1  Moderator: Hoe gaat het
2  met het werk?
3  Anja: Druk. Ik heb
4  40 cliënten.
5
6  Bo: Bij ons ook.
7  Anja: Ja.
8  Bo: Ja.
"""


@pytest.mark.parametrize(
    "written",
    [
        NUMBERED,
        NUMBERED.replace("  ", "\t"),
        "Focusgroep zuid\n\n" + NUMBERED,
        "".join(f"{line[0]:0>4}{line[1:]}\n" for line in NUMBERED.splitlines()),
        "".join(f"{line[0]}.{line[1:]}\n" for line in NUMBERED.splitlines()),
        NUMBERED.replace("\n6 ", "\n1 ").replace("\n7 ", "\n2 ").replace("\n8 ", "\n3 "),  # a new page
    ],
)
def test_numbers_in_front_of_lines_are_no_words_and_hide_no_names(written):
    reading = text(written)
    assert turns(reading) == [
        ("Moderator", "Hoe gaat het\nmet het werk?"),
        ("Anja", "Druk. Ik heb\n40 cliënten."),
        ("Bo", "Bij ons ook."),
        ("Anja", "Ja."),
        ("Bo", "Ja."),
    ]
    assert reading.words_in == reading.words_out


@pytest.mark.parametrize(
    "written",
    [
        "1: Hoe gaat het?\n2: Druk.\n3: Bij ons ook.\n1: Vertel eens.\n",  # speakers are called so
        "Anja: Dit zijn de punten.\n1 tijd\n2 geld\n3 rust\nBo: Ja.\nAnja: Nog meer.\nBo: Nee.\n",  # a list in the talk
        "1 Anja: Een.\n3 Bo: Twee.\n7 Anja: Drie.\n",
        "1 dag\n2 dagen\n3 dagen\n4 dagen\n",
    ],
)
def test_other_numbers_in_front_of_lines_stay(written):
    said = " ".join(f"{turn.speaker} {turn.text}" for turn in text(written).transcript.turns)
    assert all(number in said for number in "123" if number in written)


def test_a_table_in_markdown_is_read_as_one_in_word():
    written = (
        "# Groep zuid\n\n| Tijd | Spreker | Tekst |\n|:-----|--------:|-------|\n"
        "| 00:00:04 | **Moderator** | Hoe gaat het? |\n| 00:00:12 | Anja | A \\| B:<br>druk. |\n\nEn dan nog dit.\n"
    )
    reading = text(written, "groep.md")
    assert turns(reading)[:2] == [("Moderator", "Hoe gaat het?"), ("Anja", "A | B:\ndruk.\nEn dan nog dit.")]
    assert starts(reading)[:2] == [4.0, 12.0]
    assert not any("|---" in turn.text for turn in reading.transcript.turns)


def test_a_table_in_what_somebody_says_stays_with_them():
    table = "| groep | beurten |\n|---|---|\n| noord | 12 |"
    written = f"Anja: Kijk.\nBo: {table}\nAnja: Ja.\nBo: Ja.\n"
    assert turns(text(written)) == [("Anja", "Kijk."), ("Bo", table), ("Anja", "Ja."), ("Bo", "Ja.")]
    assert text(written).words_in == text(written).words_out


def test_bars_without_a_rule_below_the_headings_are_words():
    assert turns(text("Anja: a | b\nBo: c | d\nAnja: ja\nBo: ja\n"))[0] == ("Anja", "a | b")


def test_what_was_pasted_in_another_encoding_is_read_line_by_line():
    talk = "Moderator: Eén coördinator?\nIlse: Privé, “geïnteresseerd”.\nModerator: Ja.\nIlse: CAFÉ’s, ja.\n"
    for mixed in (
        talk.encode() + talk.encode("cp1252"),
        talk.encode("cp1252") + talk.encode(),
        (talk.encode() + talk.encode("cp1252")).replace(b"\n", b"\r"),
    ):
        reading = read_data(mixed, "groep.txt")
        assert turns(reading) == turns(text(talk)) * 2
        (problem,) = (one for one in reading.problems if "Windows-1252" in str(one))
        assert "in all 3 lines" in str(problem)
    assert text(talk).problems == ()
    assert turns(read_data(talk.encode("cp1252"), "groep.txt")) == turns(text(talk))
    assert read_data(talk.encode("cp1252"), "groep.txt").problems == ()


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_accents_of_old_programs_are_not_spoilt_without_a_word(encoding):
    talk = "Moderator: Hoe is het café, één keer?\nIlse: Privé, geïnteresseerd in financiën.\nModerator: Ja.\n"
    (problem,) = read_data(talk.encode(encoding), "groep.txt").problems
    assert "an old program saved this file" in str(problem)
    assert "caf" not in str(problem)


def test_names_with_a_hacek_and_signs_beside_words_are_no_strange_accents():
    talk = (
        "Moderator: Milošević, Žiga? ŽIGA!\nIlse: Zo’n ‘ding’ – 3‰ • Šarić … „ja” Œuvre.\nModerator: Ja.\nIlse: Nee.\n"
    )
    talk = talk.replace("ć", "c")
    assert read_data(talk.encode("cp1252"), "groep.txt").problems == ()


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n "])
def test_a_file_without_anything_in_it_is_called_empty(content):
    with pytest.raises(TranscriptError, match="the file is empty"):
        read_data(content, "groep.txt")


WRAPPED = """[1] Anouk: Hoe gaat het?
[2] Karim: Druk. Ik had er veertig
en nu vijfenzestig.
[3] Bea: Bij mij
valt het mee.
[4] Anouk: Waarom?
[5] Bea: Nou ja,
gewoon.
[6] Karim: Goed.
"""


def test_numbers_of_turns_are_taken_off_where_lines_are_broken_off():
    turns = text(WRAPPED).transcript.turns
    assert [turn.speaker for turn in turns] == ["Anouk", "Karim", "Bea", "Anouk", "Bea", "Karim"]
    assert turns[1].text == "Druk. Ik had er veertig\nen nu vijfenzestig."


def test_a_list_above_a_talk_is_not_taken_for_numbers_of_turns():
    listed = "1. Doel: praten\n2. Vragen: twee\n3. Afsluiting: koffie\n\n"
    reading = text(listed + "Anouk: Hoe gaat het?\nKarim: Goed.\n" * 3)
    assert {turn.speaker for turn in reading.transcript.turns} == {"Anouk", "Karim"}


@pytest.mark.parametrize(
    "above",
    [
        "Aanwezig: Anouk (gespreksleider), Karim (klantmanager), Bea (klantmanager)",
        "Aanwezig: Bea (coach), Karim (coach) en Anouk de Boer (gespreksleider).",
        "Deelnemers: Anouk (interviewer); Karim; Bea",
        "Anouk = gespreksleider; Karim = klantmanager; Bea = wijkcoach",
    ],
)
def test_who_leads_is_taken_from_a_list_of_who_was_there(above):
    talk = "Anouk: Hoe gaat het?\nKarim: Goed.\nBea: Bij ons ook.\n" * 2
    reading = text(f"Focusgroep Zuid\n{above}\n\n{talk}")
    roles = {speaker.name: speaker.role for speaker in reading.transcript.speakers}
    assert roles == {"Anouk": Role.MODERATOR, "Karim": Role.PARTICIPANT, "Bea": Role.PARTICIPANT}
    assert "No moderator" not in messages(reading)
    assert reading.words_in - reading.words_out == len(above.split())
    assert str(reading.problems[0].place) == "line 2"


LISTS = {
    "colon": "Aanwezig:\nKarim: klantmanager\nBea: wijkcoach\nAnouk: gespreksleider\n",
    "heading and a blank line below": "Deelnemers\nKarim, klantmanager\nBea (coach)\nAnouk - gespreksleider\n\n",
    "bullets": "## Aanwezigen\n- Karim: klantmanager\n- Bea\n- Anouk: gespreksleider\n\n",
    "who leads first": "Aanwezig bij dit gesprek:\nGespreksleider: Anouk\nKarim: coach\nBea: coach\n\n",
    "columns of spaces": "Aanwezig:\nKarim      klantmanager\nAnouk      gespreksleider\nBea        coach\n\n",
    "no heading": "Karim: klantmanager\nBea: wijkcoach\nAnouk: gespreksleider\n\n",
    "no heading, columns": "Karim      klantmanager\nBea        wijkcoach\nAnouk      gespreksleider\n\n",
}


@pytest.mark.parametrize("title", ["", "Focusgroep Zuid\n\n", "Focusgroep Zuid\nDatum: 14 april 2026\n"])
@pytest.mark.parametrize("layout", ["{n}: {t}\n", "{n:<12}{t}\n", "{n}\n{t}\n\n", "[{n}] {t}\n"])
@pytest.mark.parametrize("above", LISTS)
def test_a_list_of_who_was_there_is_no_speech_and_is_reported(above, layout, title):
    talk = [("Anouk", "Hoe gaat het?"), ("Karim", "Goed."), ("Bea", "Bij ons ook wel, hoor.")] * 2
    reading = text(title + LISTS[above] + "".join(layout.format(n=name, t=words) for name, words in talk))
    assert turns(reading) == talk
    assert reading.transcript.speaker("Anouk").role is Role.MODERATOR
    (problem,) = reading.problems
    assert "list above the conversation" in str(problem)
    assert str(problem.place).startswith("line ")
    assert reading.words_in - reading.words_out == problem.message.values["words"] > 3


def test_a_round_of_names_is_speech():
    reading = text("Moderator: wie zijn jullie\nKarim: ik ben coach\nBea: onderzoeker\nModerator: mooi\nKarim: ja\n")
    assert len(reading.transcript.turns) == 5
    reading = text("Sprekers:\n\nAnouk: Welkom.\nKarim: Hoi.\nAnouk: Ja.\nKarim: Nou.\n")
    assert len(reading.transcript.turns) == 4


def test_what_holds_an_emoji_together_stays_where_a_name_is_read_through_marks():
    words = "Nou 🤷🏽‍♀️ dan."
    read = read_data(f"Ans: Vertel.\nB\u200do: {words}\nAns: Ja?".encode(), "a.txt")
    assert [(turn.speaker, turn.text) for turn in read.transcript.turns][1] == ("Bo", words)
