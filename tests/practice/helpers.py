from __future__ import annotations

from codering.codebooks import Code, Codebook, Example, Label, Theme
from codering.codings import Stance
from codering.practice import Mark, Material
from codering.transcripts import Role, Segment, Speaker, Transcript, Turn

YES, NO = Stance.CONFIRMS, Stance.DENIES


def code(identity: str, theme: str, definition: str, **more: object) -> Code:
    return Code(identity, Label(identity.upper(), identity.upper()), definition, theme, **more)


def codebook() -> Codebook:
    load = Theme(
        code("load", "load", "Hoeveel werk."),
        (
            code(
                "many",
                "load",
                "Te veel mensen.",
                include=("een lange lijst met namen",),
                exclude=("Rennen en vliegen \u2192 busy",),
                near_misses=(Example("Veel regen vandaag.", why="het weer"),),
            ),
            code("busy", "load", "Te veel druk.", include=("rennen, doorwerken in de avond",)),
        ),
    )
    style = Theme(code("style", "style", "Hoe je handhaaft."), (code("strict", "style", "Meteen korten."),))
    return Codebook("test", Label("Test", "Test"), (load, style))


def talk(name: str, *texts: str) -> Transcript:
    speakers = (Speaker("M", Role.MODERATOR), Speaker("Ann"), Speaker("Bo"))
    turns = (Turn(1, "M", "Hoe gaat het?"), *(Turn(n, ("Ann", "Bo")[n % 2], text) for n, text in enumerate(texts, 2)))
    return Transcript(name, turns, speakers)


TALKS = (
    talk(
        "noord",
        "Ik heb een lange lijst met namen en gezichten.",
        "Ja, precies.",
        "Ik moet rennen van de een naar de ander.",
        "Vroeger was het rennen, nu heb ik ruim de tijd.",
        "De koffie is koud.",
    ),
    talk(
        "zuid",
        "Mijn lijst met namen wordt steeds langer.",
        "Rennen, elke avond doorwerken.",
        "Wie niet komt wordt meteen gekort.",
        "Bij ons valt het rennen erg mee.",
        "De lijst met namen van het feest ligt klaar.",
    ),
)


def mark(transcript: str, turn: int, code: str, stance: Stance = YES, start: int = 0, end: int | None = None) -> Mark:
    text = next(one for one in TALKS if one.name == transcript).turn(turn).text
    return Mark(code, stance, Segment(transcript, turn, start, len(text) if end is None else end))


def material(*, others=None, reasons=None, notes=None, obvious=(), cues=None) -> Material:
    given = (
        mark("noord", 2, "many"),
        mark("noord", 3, "many"),
        mark("noord", 4, "busy", start=8, end=14),
        mark("noord", 5, "busy", NO),
        mark("zuid", 2, "many"),
        mark("zuid", 3, "busy"),
        mark("zuid", 4, "strict"),
        mark("zuid", 5, "busy", NO),
    )
    places = [(one.name, turn.number) for one in TALKS for turn in one.participant_turns()]
    right = {p: tuple(m for m in given if (m.segment.transcript, m.segment.turn) == p) for p in places}
    return Material(
        codebook(), TALKS, "Ref", right, others or {}, reasons or {}, notes or {}, frozenset(obvious), cues or {}
    )
