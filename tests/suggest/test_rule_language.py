"""Everything that the language of rules promises: a rule in YAML, as a researcher writes it, and what it does."""

from __future__ import annotations

from textwrap import indent

import pytest

from codering.readers.codebook import parse_codebook
from codering.suggest.examples import run_examples
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Role, Speaker, Transcript, Turn

BOOK = """\
codebook: proef
label: {{nl: Proef, en: Trial}}
blocks:
  tijdgebrek: [geen tijd, tijd te kort, tijd tekort]
  haast: [$tijdgebrek, rennen]
themes:
  - id: t
    label: {{nl: T, en: T}}
    definition: Een thema.
    codes:
      - id: a
        label: {{nl: A, en: A}}
        definition: Een code.
        rules:
          - id: r
            reason: omdat
            "yes": [iets anders]
            "no": [niets]
{rule}
      - id: b
        label: {{nl: B, en: B}}
        definition: Een andere code.
        rules:
          - {{id: r, reason: omdat, match: caseload, weight: 0.9, "yes": [caseload], "no": [niets]}}
"""


def suggester(rule):
    return RuleSuggester(parse_codebook(BOOK.format(rule=indent(rule, " " * 12)), "proef.yaml"))


def talk(*texts, attributes=()):
    """Turns of Anna; ``M:`` is the moderator, ``2:`` another participant."""
    who = {"M:": "Mod", "2:": "Piet"}
    turns = tuple(
        Turn(n, who.get(t[:2], "Anna"), t[2:].strip() if t[:2] in who else t) for n, t in enumerate(texts, start=1)
    )
    return Transcript(
        "g", turns, (Speaker("Anna", attributes=attributes), Speaker("Mod", Role.MODERATOR), Speaker("Piet"))
    )


def found(rule, *texts, **more):
    """The turns in which the rule suggests its code."""
    return [s.segment.turn for s in suggester(rule).suggest([talk(*texts, **more)]) if s.source == "rule:a.r"]


LANGUAGE = {
    "a word in any inflection": ("match: registreren", ["We registreerden.", "geregistreerd"], ["de registratie"]),
    "a word family": (
        "match: {family: {words: [registr*, registreren, '*registratie'], not: [registratiekamer]}}",
        ["die registratiedruk", "urenregistratie", "wat je registreert"],
        ["de registratiekamer", "administratie"],
    ),
    "a compound by its head": ("match: '*druk'", ["tijdsdruk", "die prestatiedruk"], ["druk", "drukte"]),
    "a compound by its modifier": ("match: registratie*", ["registratiesysteem"], ["registratie", "urenregistratie"]),
    "a part anywhere": ("match: '*schuld*'", ["schuldhulp", "huurschulden", "schuld"], ["schol"]),
    "an exact form": ("match: =gekort", ["Die is gekort."], ["We korten niet.", "kort"]),
    "a phrase": ("match: te veel mensen", ["veel te veel mensen", "te veel gewoon mensen"], ["te mensen veel"]),
    "alternatives in a phrase": ("match: weinig|nauwelijks tijd", ["nauwelijks tijd"], ["veel tijd"]),
    "near, within words": (
        "match: {near: [tijd, cliënt], within: 3}",
        ["tijd voor al die cliënten", "cliënten, daar is tijd voor"],
        ["tijd voor de koffie en ook voor cliënten"],
    ),
    "near, across a full stop": ("match: {near: [tijd, cliënt], within: 3}", ["Geen tijd. Nooit. Die cliënten!"], []),
    "near, in a sentence": (
        "match: {near: [tijd, cliënt], within: sentence}",
        ["tijd voor de koffie en ook nog voor een paar cliënten"],
        ["Tijd. Cliënten."],
    ),
    "near, in a turn": (
        "match: {near: [tijd, cliënt], within: turn}",
        ["Tijd. En dan is er koffie. Cliënten."],
        ["Tijd. En dan is er koffie."],
    ),
    "near, in fixed order": (
        "match: {near: [tijd, cliënt], within: 3, order: fixed}",
        ["tijd voor cliënten"],
        ["cliënten en tijd"],
    ),
    "any": ("match: {any: [rennen, te druk]}", ["wat een gerén, rennen", "te druk"], ["druk"]),
    "all in a sentence": ("match: {all: [rood, blauw]}", ["blauw en rood"], ["Blauw. Rood."]),
    "all in a turn": ("match: {all: [rood, blauw], within: turn}", ["Blauw. Rood."], ["rood"]),
    "any but not": (
        "match: {any: [druk, haast], not: [op straat, snelweg]}",
        ["Het is druk.", "Druk! Niet op straat."],
        ["Druk op straat.", "haast op de snelweg"],
    ),
    "all but not": ("match: {all: [druk, werk], not: verkeer}", ["druk op het werk"], ["druk verkeer bij het werk"]),
    "near but not": ("match: {near: [tijd, cliënt], not: koffie}", ["tijd per cliënt"], ["tijd, cliënt, koffie"]),
    "one of several with its own exception": (
        "match: {any: [rennen, {all: [druk, werk], not: [verkeer]}]}",
        ["rennen in het verkeer", "druk op het werk"],
        ["druk verkeer naar het werk"],
    ),
    "unless in the sentence": (
        "match: druk\nunless: [op straat]",
        ["Het is druk. Ook op straat."],
        ["Het is druk op straat."],
    ),
    "unless in the turn": (
        "match: druk\nunless_in_turn: [carnaval, op straat]",
        ["Het is druk. Ook op kantoor."],
        ["Het is druk. Ook op straat.", "Dat carnaval! Ja hoor. Zo druk."],
    ),
    "requires in the turn": (
        "match: druk\nrequires: [tijd, cliënt]",
        ["Druk. Geen tijd. Die cliënten!"],
        ["Druk. Geen tijd.", "Druk."],
    ),
    "a separable verb": (
        "match: {verb: af+rekenen}",
        ["we worden afgerekend", "ze rekenen je erop af", "om op af te rekenen", "waar ze je op af kunnen rekenen"],
        ["ik reken op jullie", "rekenen op af en toe een bezoek"],
    ),
    "a number with a unit, at least": (
        "match: {number: {min: 80, unit: [mens, dossier]}}",
        ["honderdveertig mensen", "180 dossiers", "1.200 mensen", "tachtig mensen", "twee honderd dossiers"],
        ["dertig mensen", "79 dossiers", "180 euro"],
    ),
    "a number between bounds": (
        "match: {number: {min: 10, max: 20, unit: minuut}}",
        ["een kwartiertje, vijftien minuten", "20 minuten"],
        ["21 minuten", "vijf minuten"],
    ),
    "half a number": ("match: {number: {max: 2, unit: [uur, jaar]}}", ["anderhalf uur", "anderhalve jaar"], ["3 uur"]),
    "an image with a slot": ("match: in de _ gooien", ["in de prullenbak gooien"], ["in de gooien"]),
    "an image with a gap": (
        "match: brandjes ... blussen",
        ["brandjes aan het blussen", "brandjes de hele dag aan het blussen"],
        ["brandjes hier en daar en overal en dan nog eens blussen"],
    ),
    "an image with a slot for some words, either way round": (
        "match: {near: [{any: [hand, handje, bordje]}, =vol, [hebben, zitten]], within: 4}",
        ["ik heb m'n handen vol", "dat bordje zit vol"],
        ["ik heb m'n handen gewassen"],
    ),
    "a building block": ("match: $tijdgebrek", ["geen tijd", "ik kom tijd tekort"], ["tijd zat"]),
    "a block of blocks": ("match: {near: [$haast, cliënt]}", ["rennen voor cliënten", "geen tijd, cliënt"], ["haast"]),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "yes", "no"), LANGUAGE.values(), ids=LANGUAGE)
def test_the_language(rule, yes, no):
    texts = [*yes, *no]
    turns = [talk(text) for text in texts]
    rules = suggester(f"{rule}\nstance: bevestigt\nweight: 1")
    hits = [bool([s for s in rules.suggest([turn]) if s.source == "rule:a.r"]) for turn in turns]
    assert dict(zip(texts, hits, strict=True)) == {text: text in yes for text in texts}


def test_a_weight_is_the_score_before_there_are_decisions():
    (suggestion,) = suggester("match: rennen\nweight: 0.55").suggest([talk("wij rennen")])
    assert suggestion.score == 0.55


def test_a_rule_has_an_id_a_reason_and_sentences_that_are_tried():
    book = parse_codebook(BOOK.format(rule="            match: iets anders"), "proef.yaml")
    rule = next(rule for code, rule in book.rules() if code.id == "a")
    assert (rule.id, rule.reason, rule.matches, rule.misses) == ("a.r", "omdat", ("iets anders",), ("niets",))
    assert all(result.passed for result in run_examples(book))


# --- context ---------------------------------------------------------------------------------------------------------


def test_what_the_previous_speaker_said():
    rule = "match: herkenbaar\ncontext: {previous: [b]}"
    assert found(rule, "De caseload is groot.", "2: Herkenbaar.") == [2]
    assert found(rule, "De koffie is koud.", "2: Herkenbaar.") == []


def test_the_theme_stands_for_its_codes():
    assert found("match: herkenbaar\ncontext: {previous: [t]}", "De caseload is groot.", "2: Herkenbaar.") == [2]


def test_short_agreement_takes_over_codes_and_stance():
    rule = "match: =precies\ncontext: {inherit: true, longest: 4}"
    rules = suggester(rule).suggest([talk("Hier is geen hoge caseload.", "2: Ja, precies.")])
    assert [(s.segment.turn, s.code, s.stance.value) for s in rules] == [(1, "b", "ontkent"), (2, "b", "ontkent")]


def test_what_the_moderator_asked():
    rule = "match: [valt mee, te veel]\ncontext: {question: [caseload, hoeveel mensen]}"
    assert found(rule, "M: Hoeveel mensen heb je?", "Veel te veel.") == [2]
    assert found(rule, "M: Hoe was de reis?", "Veel te veel files.") == []


def test_a_code_in_a_neighbouring_sentence():
    rule = "match: tot tien uur\ncontext: {neighbour: [b]}"
    assert found(rule, "Die caseload! Dan zit je tot tien uur.") == [1]
    assert found(rule, "Dan zit je tot tien uur. Die caseload!") == [1]
    assert found(rule, "Die caseload, tot tien uur.") == [1]
    assert found(rule, "Die caseload! We eten taart. Het is feest tot tien uur.") == []
    assert found(rule, "Dan zit je tot tien uur.") == []


def test_words_that_count_together():
    rule = "match: {several: [klant, [druk, drukte], $tijdgebrek], double: [te veel], least: 3}"
    assert found(rule, "Een klant, en zo druk.", "Een klant! En geen tijd.") == []
    assert found(rule, "Een klant, geen tijd. Zo druk.") == [1]
    assert found(rule, "Te veel. En dan die klant.") == [1]
    assert found(rule, "Te veel, te veel!", "Druk, druk, een drukte en een klant.") == []  # each counts once
    assert found(rule, "Geen tijd, nooit tijd te kort, tijd tekort.") == [1]  # of a block each entry counts
    (suggestion,) = suggester(rule).suggest([talk("Te veel. Mooi weer. En dan die klant.")])
    assert [one.words for one in suggestion.evidence] == ["Te veel", "klant"]


def test_words_that_count_together_within_other_patterns():
    rule = "match: {all: [{several: [klant, druk, haast]}, te veel], within: turn}\ncontext: {shortest: 3}"
    assert found(rule, "Te veel. Een klant. Druk!", "Een klant. Druk!", "Te veel. Een klant.") == [1]
    rule = "match: [rennen, {several: [klant, druk, haast]}]"
    assert found(rule, "Een klant. Druk!", "Wij rennen.", "Een klant.") == [1, 2]


def test_what_was_talked_of_shortly_before():
    rule = "match: tot tien uur\ncontext: {recent: [b]}"
    assert found(rule, "Die caseload!", "Tot tien uur.") == [2]
    assert found(rule, "Die caseload!", "2: Mooi weer vandaag.", "M: En jij?", "Tot tien uur.") == [4]
    assert found(rule, "Die caseload!", "M: Wie gaat er met vakantie?", "Tot tien uur.") == []
    assert found(rule, "Die caseload!", *["2: Mooi weer."] * 6, "Tot tien uur.") == []
    assert found(rule, "Die caseload, tot tien uur!") == []
    (one,) = [s for s in suggester(rule).suggest([talk("Die caseload!", "Tot tien uur.")]) if s.code == "a"]
    assert [(e.kind, e.words, e.segment.turn) for e in one.evidence] == [
        ("match", "Tot tien uur", 2),
        ("context", "caseload", 1),
    ]


def test_what_is_talked_of_shortly_after():
    rule = "match: tot tien uur\ncontext: {soon: [b]}"
    assert found(rule, "Tot tien uur.", "Die caseload!") == [1]
    assert found(rule, "Tot tien uur.", "2: Mooi weer vandaag.", "M: En jij?", "Die caseload!") == [1]
    assert found(rule, "Tot tien uur.", "M: Wie gaat er met vakantie?", "Die caseload!") == []
    assert found(rule, "Tot tien uur.", *["2: Mooi weer."] * 6, "Die caseload!") == []
    assert found(rule, "Die caseload!", "Tot tien uur.") == []
    (one,) = [s for s in suggester(rule).suggest([talk("Tot tien uur.", "Die caseload!")]) if s.code == "a"]
    assert [(e.kind, e.words, e.segment.turn) for e in one.evidence] == [
        ("match", "Tot tien uur", 1),
        ("context", "caseload", 2),
    ]
    both = "match: tot tien uur\ncontext: {recent: [b], soon: [b]}"
    assert found(both, "Die caseload!", "Tot tien uur.", "Die caseload!") == [2]
    assert found(both, "Die caseload!", "Tot tien uur.") == []


def test_another_transcript_is_not_talked_of_after():
    first = talk("Tot tien uur.")
    second = Transcript("h", talk("Die caseload!").turns, talk("Die caseload!").speakers)
    found = suggester("match: tot tien uur\ncontext: {soon: [b]}").suggest([first, second])
    assert {s.code for s in found} == {"b"}


def test_only_where_nothing_else_is_suggested():
    rule = "match: tot tien uur\ncontext: {unclaimed: true}"
    assert found(rule, "Tot tien uur.", "Die caseload, tot tien uur.") == [1]


def test_a_weak_suggestion_does_not_say_what_is_talked_of():
    rule = "match: tot tien uur\ncontext: {recent: [a, b]}\nweight: 0.45"
    assert found(rule, "Die caseload!", *["Tot tien uur."] * 8) == [2, 3, 4, 5, 6, 7]


def test_of_several_matches_the_one_beside_the_neighbour_counts():
    rule = "match: tot tien uur\ncontext: {neighbour: [b]}"
    text = "Feest tot tien uur. En taart. En koffie. Die caseload! Dan zit je tot tien uur."
    (suggestion,) = [s for s in suggester(rule).suggest([talk(text)]) if s.source == "rule:a.r"]
    assert talk(text).quote(suggestion.segment) == "Dan zit je tot tien uur."


@pytest.mark.parametrize(
    ("wanted", "fires"),
    [("functie: klantmanager", True), ("functie: Klantmanager", True), ("ervaring: '>=10'", True),
     ("ervaring: '<10'", False), ("functie: teamleider", False), ("leeftijd: '>40'", False)],
)  # fmt: skip
def test_who_speaks(wanted, fires):
    attributes = (("functie", "klantmanager"), ("ervaring", "12 jaar"))
    rule = f"match: rennen\ncontext: {{speaker: {{{wanted}}}}}"
    assert bool(found(rule, "Wij rennen.", attributes=attributes)) is fires


def test_how_long_the_turn_is():
    rule = "match: rennen\ncontext: {longest: 3}"
    assert found(rule, "Wij rennen hier.", "Wij rennen hier maar door.") == [1]


def test_what_looks_beside_itself_sees_what_was_found_for_the_talk_before():
    rule = "match: tot tien uur\ncontext: {neighbour: [c]}"
    later = """\
      - id: c
        label: {nl: C, en: C}
        definition: Een derde code.
        rules:
          - {id: r, reason: omdat, match: laptop, context: {recent: [b]}, "yes": [laptop], "no": [niets]}
"""
    book = parse_codebook(BOOK.format(rule=indent(rule, " " * 12)) + later, "proef.yaml")
    both = talk("Die caseload!", "Met de laptop, tot tien uur.")
    assert {s.source for s in RuleSuggester(book).suggest([both])} == {"rule:b.r", "rule:c.r", "rule:a.r"}
    alone = talk("Mooi weer!", "Met de laptop, tot tien uur.")
    assert not RuleSuggester(book).suggest([alone])
