"""Whether a moderator asks on about what is being talked of, or leaves it."""

from __future__ import annotations

import pytest

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.patterns import Context, Word
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Role, Speaker, Transcript, Turn


def still_talked_of(said, before="En de targets?"):
    """Whether targets are still talked of after what the moderator says."""
    rule = Rule("a.r", "", Word(("lijst",)), context=Context(topic=Word(("target",))))
    book = Codebook("k", Label("k", "k"), (Theme(Code("a", Label("a", "a"), "", "a", rules=(rule,))),))
    texts = (("Mod", before), ("Anna", "Tja."), ("Mod", said), ("Anna", "Daar is een lijst van."))
    turns = tuple(Turn(n, who, text) for n, (who, text) in enumerate(texts, start=1))
    talk = Transcript("g", turns, (Speaker("Mod", Role.MODERATOR), Speaker("Anna")))
    return bool(RuleSuggester(book).suggest([talk]))


@pytest.mark.parametrize(
    "said",
    [
        "En toen?", "Precious?", "En hoe gaat dat bij jullie op de gang?",
        "Dat stond op papier. Is dat bij iedereen zo?",
        "Waarom vind je het zo vervelend?", "Wat doet zo'n ding met de sfeer?", "Maar klopt het, van die bonnetjes?",
        "Zielig is geen reden. Fatma, jij schudt je hoofd.", "Elf te weinig. Wat zei je baas daarvan?",
        "Nee. Herkennen de anderen het verhaal van Wim?",
    ],
)  # fmt: skip
def test_a_short_turn_that_points_back_asks_on(said):
    assert still_talked_of(said)


@pytest.mark.parametrize(
    "said",
    [
        "Wat doen jullie met mensen zonder werk?", "Ander onderwerp. Regels. Kevin, hoe doe jij dat?",
        "En dan nu even over iets heel anders.", "Nog één ding, en daarna is er koffie voor iedereen.",
        "De laatste vraag, ook voor jou.", "Daar komen we op terug.", "Dank je. Is dat de taart?",
        "En dan wil ik het hebben over de mensen.", "Goed, wat zou je daaraan willen veranderen?",
        "En als jullie daar met zijn allen aan tafel zitten en het gaat over de buurt, wie zegt er dan wat, denk je?",
    ],
)  # fmt: skip
def test_a_turn_that_is_long_or_points_nowhere_or_announces_something_else_leaves_it(said):
    assert not still_talked_of(said)


def test_a_turn_that_names_another_topic_opens_that():
    assert still_talked_of("En de targets dan?", before="Wie heeft er vakantie?")
