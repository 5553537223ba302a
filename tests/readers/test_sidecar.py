from __future__ import annotations

import pytest

from codering.readers import read, read_data, sidecar_from
from codering.readers.sidecar import Sidecar, SpeakerNote
from codering.transcripts import Role

TALK = "SPEAKER_00: Welkom.\nSPEAKER_01: Hoi.\nSPEAKER_02: Ja.\nSPEAKER_00: Mooi.\n"


def side(yaml: str) -> Sidecar:
    return sidecar_from(yaml.encode(), "groep.yaml")


def problems(yaml: str) -> list[str]:
    return [str(p) for p in side(yaml).problems]


def test_everything_in_it_arrives(tmp_path):
    (tmp_path / "groep.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "groep.yaml").write_text(
        """
title: Focusgroep Zuid
date: 2026-04-14
wave: 2026-voorjaar
group: Waterhove
attributes: {gemeentetype: grote stad, inwoners: 310000, krimp: false}
speakers:
  SPEAKER_00: {name: Anouk, role: moderator, pseudonym: M1}
  SPEAKER_01: {name: Karim, role: participant, pseudonym: P1, attributes: {functie: klantmanager, ervaring: 12}}
  SPEAKER_02: {name: Karim}
""",
        encoding="utf-8",
    )
    reading = read(tmp_path / "groep.txt")
    found = reading.transcript
    assert (found.title, found.date, found.wave, found.group) == (
        "Focusgroep Zuid",
        "2026-04-14",
        "2026-voorjaar",
        "Waterhove",
    )
    assert found.attributes == (("gemeentetype", "grote stad"), ("inwoners", "310000"), ("krimp", "false"))
    anouk, karim = found.speakers
    assert (anouk.name, anouk.role, anouk.pseudonym) == ("Anouk", Role.MODERATOR, "M1")
    assert karim.attributes == (("functie", "klantmanager"), ("ervaring", "12"))
    assert [(turn.speaker, turn.text) for turn in found.turns] == [
        ("Anouk", "Welkom."),
        ("Karim", "Hoi. Ja."),
        ("Anouk", "Mooi."),
    ]
    assert reading.problems == ()


def test_dutch_keys_and_dates():
    found = side("titel: T\ndatum: 14 april 2026\nmeting: W\ngroep: G\nkenmerken: {a: b}\nsprekers: {An: deelnemer}\n")
    assert (found.title, found.date, found.wave, found.group) == ("T", "2026-04-14", "W", "G")
    assert found.speakers == (("An", SpeakerNote(role=Role.PARTICIPANT)),)
    assert found.problems == ()


def test_the_sidecar_goes_before_the_file(tmp_path):
    (tmp_path / "groep.txt").write_text("Datum: 1-1-2025\nM: Welkom.\nK: Hoi.\nM: Ja.\nK: Nee.\n", encoding="utf-8")
    (tmp_path / "groep.yml").write_text(
        "date: 2026-04-14\nspeakers: {M: {role: participant, name: Marieke}, k: {role: moderator}}", encoding="utf-8"
    )
    found = read(tmp_path / "groep.txt").transcript
    assert found.date == "2026-04-14"
    assert [(s.name, s.role.value) for s in found.speakers] == [("Marieke", "participant"), ("K", "moderator")]


def test_a_named_speaker_is_one_however_rare(tmp_path):
    talk = "Moderator: Vertel.\nEn rustig aan.\nSaskia: Ja.\nDat was zo.\nHenk: Hoi.\nSaskia: Dus.\n"
    (tmp_path / "groep.txt").write_text(talk, encoding="utf-8")
    assert len(read(tmp_path / "groep.txt").transcript.speakers) == 2
    (tmp_path / "groep.yaml").write_text("speakers: {Henk: {role: participant}}", encoding="utf-8")
    reading = read(tmp_path / "groep.txt")
    assert [s.name for s in reading.transcript.speakers] == ["Moderator", "Saskia", "Henk"]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (
            "titel: x\nkleur: rood\n",
            "groep.yaml: kleur: unknown key; expected one of: title, date, wave, group, attrib",
        ),
        ("date: morgen\n", "groep.yaml: date: expected a date such as 2026-04-14."),
        ("date: 2026-02-31\n", "groep.yaml: date: expected a date such as 2026-04-14."),
        ("title: [a]\n", "groep.yaml: title: expected a word or a line of text."),
        ("attributes: 5\n", "groep.yaml: attributes: expected `name: value` lines"),
        ("attributes: {a: {b: c}}\n", "groep.yaml: attributes.a: expected one value"),
        ("speakers: [Karim]\n", "groep.yaml: speakers: expected a line for each speaker, such as `Karim: {role: part"),
        ("speakers: {Karim: {role: baas}}\n", "groep.yaml: speakers.Karim.role: expected moderator or participant."),
        ("speakers: {Karim: {leeftijd: 4}}\n", "groep.yaml: speakers.Karim.leeftijd: unknown key; expected one of: n"),
        ("speakers: {Karim: 4}\n", "groep.yaml: speakers.Karim.role: expected moderator or participant."),
        ("speakers: {Karim: [4]}\n", "groep.yaml: speakers.Karim: expected `key: value` lines"),
        ("speakers: {Karim: {attributes: [1]}}\n", "groep.yaml: speakers.Karim.attributes: expected `name: value`"),
        ("- a\n- b\n", "groep.yaml: expected `key: value` lines"),
        ("golf: 1\nwave: 2\n", "groep.yaml: wave: the key occurs twice (in Dutch and English); the first holds."),
        ("title: a\ntitle: b\n", "groep.yaml: line 2: this key stands there twice; leave one of them out."),
        ("title: 'a\n", "groep.yaml: line 2: this is not valid YAML"),
        ("a: &x [1]\nb: *x\n", "groep.yaml: the sidecar is nested too deeply or refers to itself"),
        ("title: " + "[" * 500, "groep.yaml: the sidecar is nested too deeply"),
        ("title: !!python/object/apply:os.system [x]\n", "groep.yaml: "),
        ("? [a, b]\n: 1\n", "groep.yaml: "),
    ],
)
def test_what_is_wrong_is_said_by_key(yaml, expected):
    first, *_ = problems(yaml)
    assert first.startswith(expected)


def test_values_are_taken_as_they_stand_there():
    found = side("wave: 01\ngroup: 007\ndate: 2026-02-31\ntitle: ~\nspeakers: {An: {pseudonym: 010}, Bo: , Cy: null}\n")
    assert (found.wave, found.group, found.date, found.title) == ("01", "007", None, None)
    assert found.speakers == (("An", SpeakerNote(pseudonym="010")), ("Bo", SpeakerNote()), ("Cy", SpeakerNote()))
    assert [str(p) for p in found.problems] == ["groep.yaml: date: expected a date such as 2026-04-14."]


def test_an_empty_sidecar_says_nothing():
    assert side("") == side("# niets\n") == Sidecar("groep.yaml")


def test_binary_and_large_sidecars(tmp_path):
    (tmp_path / "groep.txt").write_text("Moderator: Hoi.\nR1: Ja.\n", encoding="utf-8")
    (tmp_path / "groep.yaml").write_bytes(bytes(range(256)) * 4)
    assert "not a text file" in str(read(tmp_path / "groep.txt").problems[0])
    (tmp_path / "groep.yaml").write_text("# " + "x" * 300_000, encoding="utf-8")
    assert "larger than 256 kB" in str(read(tmp_path / "groep.txt").problems[0])


def test_a_name_that_nobody_has():
    reading = read_data(TALK.encode(), "groep.txt", side("speakers: {Zoë: {role: moderator}, SPEAKER_00: moderator}"))
    (problem,) = reading.problems
    assert str(problem).startswith("groep.yaml: speakers.Zoë: nobody in the transcript has this name.")


def test_two_labels_with_one_name_and_two_roles():
    yaml = "speakers: {SPEAKER_00: {name: An, role: moderator}, SPEAKER_01: {name: An, role: participant}}"
    reading = read_data(TALK.encode(), "groep.txt", side(yaml))
    assert [str(p) for p in reading.problems] == [
        "groep.yaml: speakers.SPEAKER_01.role: two labels with one name have different roles; the first one holds."
    ]
    assert reading.transcript.speaker("An").role is Role.MODERATOR


def test_speakers_who_are_shown_alike_are_named():
    yaml = "speakers: {SPEAKER_00: {pseudonym: P1, role: moderator}, SPEAKER_01: {pseudonym: SPEAKER_02}}"
    reading = read_data(TALK.encode(), "groep.txt", side(yaml))
    (problem,) = reading.problems
    assert str(problem) == (
        "groep.yaml: speakers.SPEAKER_01.pseudonym: another speaker of this transcript is shown as SPEAKER_02 too; "
        "exports cannot tell them apart."
    )


def test_an_unknown_speaker_can_be_named():
    reading = read_data(
        b"Eerste.\n\nTweede.\n", "groep.txt", side("speakers: {Onbekend: {name: Harm, role: participant}}")
    )
    assert [s.name for s in reading.transcript.speakers] == ["Harm"]


def test_guests_and_members_of_one_name_stay_two():
    talk = "Moderator: Hoi.\nPiet: A.\nPiet (Gast): B.\nPiet: C.\nPiet (Gast): D.\nSanne (Extern): E.\n" * 2
    names = [s.name for s in read_data(talk.encode(), "groep.txt").transcript.speakers]
    assert names == ["Moderator", "Piet", "Piet (Gast)", "Sanne"]


def test_single_letters_may_be_initials():
    talk = "K: A.\nM: B.\nS: C.\nT: D.\n" * 2
    assert ["initial" in str(p) for p in read_data(talk.encode(), "groep.txt").problems] == [True]
    told = side("speakers: {M: participant, K: moderator}")
    assert read_data(talk.encode(), "groep.txt", told).problems == ()
