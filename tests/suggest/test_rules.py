"""What rules find: every kind of pattern, guards, context, and what a suggestion shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.codings import Stance
from codering.errors import SuggestionError
from codering.patterns import AllOf, AnyOf, Block, Context, Near, Number, Phrase, Separable, Several, Within, Word
from codering.suggest import Suggester
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Role, Speaker, Transcript, Turn


def word(*forms, exclude=()):
    return Word(forms, tuple(exclude))


def phrase(text):
    return Phrase(tuple(Word(tuple(part.split("|"))) for part in text.split()))


def rule(pattern, name="a.r", **more):
    return Rule(name, "omdat", pattern, **{"weight": 1.0, **more})


def codebook(*rules, blocks=()):
    """A theme t with the codes a, b, …: a rule named ``a.r`` belongs to a, ``t.r`` to the theme itself."""
    ids = sorted({r.id.partition(".")[0] for r in rules} - {"t"})
    codes = tuple(Code(i, Label(i, i), "", "t", rules=tuple(r for r in rules if r.id.startswith(i + "."))) for i in ids)
    own = Code("t", Label("t", "t"), "", "t", rules=tuple(r for r in rules if r.id.startswith("t.")))
    return Codebook("k", Label("k", "k"), (Theme(own, codes),), blocks=blocks)


def talk(*texts, name="groep", attributes=()):
    """Turns; a text that begins with ``M:`` is the moderator's, ``2:`` is a second participant's."""
    who = {"M:": "Mod", "2:": "Piet"}
    turns = []
    for number, text in enumerate(texts, start=1):
        mark, rest = text[:2], text[2:].strip()
        speaker = who.get(mark)
        turns.append(Turn(number, speaker or "Anna", rest if speaker else text))
    speakers = (Speaker("Anna", attributes=attributes), Speaker("Mod", Role.MODERATOR), Speaker("Piet"))
    return Transcript(name, tuple(turns), speakers)


def suggest(pattern, *texts, **more):
    rules = pattern if isinstance(pattern, list) else [rule(pattern, **more)]
    return RuleSuggester(codebook(*rules)).suggest([talk(*texts)])


def finds(pattern, text, **more):
    return bool(suggest(pattern, text, **more))


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "yes", "no"),
    [
        ("registreren", "we moeten alles geregistreerd hebben", "de registratie"),
        ("dossier", "DOSSIERS!", "dossierkast"),
        ("=klaar", "Klaar.", "klare taal"),
        ("=geregistreerd", "geregistreerd", "registreren"),
        ("registratie*", "dat registratiesysteem", "de registraties"),
        ("*druk", "tijdsdruk", "druk"),
        ("*cijfer", "de uitstroomcijfers", "de cijferlijst"),
        ("*taak", "de hoofdtaken", "taakgericht"),
        ("*cijfer*", "cijfers", "letters"),
        ("mijn", "in m'n bestand", "in zijn bestand"),
        ("jaar", "vorig jáár", "jarig"),
        ("zo'n", "zo’n lijst", "zo"),
        ("re-integratie", "de re-integratie loopt", "de integratie"),
    ],
)
def test_word(form, yes, no):
    assert finds(word(form), yes)
    assert not finds(word(form), no)


def test_exceptions_of_a_family():
    family = word("uren*", exclude=("urensaldo", "*kaart"))
    assert finds(family, "die urenstaten")
    assert not finds(family, "mijn urensaldo")
    assert not finds(family, "een urenkaart")


def test_a_composed_and_a_decomposed_accent_are_one():
    assert finds(word("cliënt"), "die clie\u0308nten")


# --- phrases ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "yes", "no"),
    [
        ("te veel mens", "Veel te veel mensen.", "te mensen veel"),
        ("weinig|nauwelijks tijd", "er is nauwelijks tijd", "tijd is er weinig"),
        ("brandje ... blussen", "je bent brandjes aan het blussen", "brandjes een twee drie vier vijf zes blussen"),
        ("in de _ gooien", "in de prullenbak gooien", "in de gooien"),
        ("geen tijd", "geen, eh, tijd", "Geen. Tijd zat."),
        ("kom er niet aan toe", "ik kom er gewoon niet aan toe", "ik kom er bijna nooit aan toe"),
        ("te druk", "te zeg maar druk", "te zeg druk"),
        ("de wethouder", "de de wethouder", "de nieuwe wethouder"),
        ("aan de hand", "Er is van alles aan de hand.", "aan een hand"),
        ("re-integratie traject", "het re-integratie traject", "re integratie"),
    ],
)
def test_phrase(wanted, yes, no):
    assert finds(phrase(wanted), yes)
    assert not finds(phrase(wanted), no)


def test_a_gap_at_the_end_says_nothing():
    assert finds(phrase("... dossier ..."), "dossier")


def test_only_gaps_match_nothing():
    assert not finds(AnyOf((phrase("..."), word("ja"))), "nee")


# --- separable verbs, numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "afrekenen", "we worden afgerekend", "om op af te rekenen", "ze rekenen ons daar op af", "die rekent je af.",
        "waar ze je op af kunnen rekenen", "afgerekend wordt er",
    ],
)  # fmt: skip
def test_separable_verb(text):
    assert finds(Separable("af", "rekenen"), text)


@pytest.mark.parametrize(
    ("verb", "text"),
    [
        (Separable("op", "geven"), "ik geef het op de markt"),
        (Separable("op", "geven"), "op maandag en dinsdag geven we les"),
        (Separable("af", "rekenen"), "ik reken. Af en toe."),
        (Separable("af", "rekenen", within=2), "ze rekenen ons daar op alles af"),
    ],
)
def test_a_preposition_is_no_particle(verb, text):
    assert not finds(verb, text)


@pytest.mark.parametrize(
    "text",
    [
        "ik heb honderdveertig mensen", "140 man en mensen", "1.200 mensen", "honderd veertig mensen",
        "ik heb er tachtig à negentig mensen", "twee honderd mensen", "zo'n 80-100 mensen",
    ],
)  # fmt: skip
def test_number(text):
    assert finds(Number(60, None, (word("mens"),)), text)


@pytest.mark.parametrize(
    "text", ["dertig mensen", "een mens", "tachtig keer per jaar zie ik mensen", "tachtig. Mensen"]
)
def test_no_such_number(text):
    assert not finds(Number(60, None, (word("mens"),)), text)


def test_bounds_are_inclusive():
    assert finds(Number(60, 80, ()), "tachtig")
    assert finds(Number(60, 80, ()), "60")
    assert not finds(Number(60, 80, ()), "81")
    assert finds(Number(None, 2), "anderhalf")


# --- together --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (AllOf((word("rood"), word("blauw"))), "blauw is niet rood", "Blauw is mooi. Rood ook."),
        (AllOf((word("rood"), word("blauw")), Within.TURN), "Blauw is mooi. Rood ook.", "blauw"),
        (Near((word("rood"), word("blauw")), 2), "blauw een twee rood", "blauw een twee drie rood"),
        (Near((word("rood"), word("blauw")), 2), "Blauw. En rood", "Blauw. Een, twee, drie. Rood"),
        (Near((word("rood"), word("blauw")), 2, ordered=True), "rood en blauw", "blauw en rood"),
        (Near((word("rood"), word("blauw")), Within.SENTENCE, ordered=True), "rood en dan blauw", "Rood. Blauw."),
        (Near((word("rood"), word("blauw")), Within.TURN, ordered=True), "Rood. Dan blauw.", "Blauw. Dan rood."),
        (Near((word("a"), word("b"), word("c")), 1), "c x a x b", "c x x a b"),
        (Near((word("rood"), AnyOf((word("blauw"), phrase("licht blauw")))), 0), "licht blauw rood", "licht rood"),
        (AllOf((word("rood"), word("rood", "blauw"))), "rood rood", "rood"),
    ],
)
def test_together(pattern, yes, no):
    assert finds(pattern, yes)
    assert not finds(pattern, no)


def test_a_sentence_without_full_stops_is_cut_to_size():
    pattern = AllOf((word("rood"), word("blauw")))
    assert finds(pattern, "rood " + "zo " * 30 + "blauw")
    assert not finds(pattern, "rood " + "zo " * 60 + "blauw")


def test_a_line_ends_a_sentence():
    assert not finds(AllOf((word("rood"), word("blauw"))), "rood\nblauw")


def test_blocks_of_blocks():
    blocks = (("kleur", AnyOf((word("rood"), Block("koel")))), ("koel", word("blauw")))
    book = codebook(rule(Block("kleur")), blocks=blocks)
    assert len(RuleSuggester(book).suggest([talk("blauw", "rood", "groen")])) == 2


@pytest.mark.parametrize("blocks", [(), (("x", Block("x")),), (("x", Block("y")), ("y", Block("x")))])
def test_a_block_that_cannot_be_found_names_the_rule(blocks):
    with pytest.raises(SuggestionError, match=r"a\.r"):
        RuleSuggester(codebook(rule(Block("x")), blocks=blocks))


# --- guards ----------------------------------------------------------------------------------------------------------


def test_unless_looks_at_the_sentence():
    pattern, guard = word("druk"), (phrase("op straat"),)
    assert not finds(pattern, "Het is druk op straat.", unless=guard)
    assert finds(pattern, "Het is druk. Niet op straat.", unless=guard)


def test_requires_looks_at_the_turn_but_not_at_the_match():
    assert finds(word("druk"), "Druk. Ik heb geen tijd.", requires=(word("tijd"),))
    assert not finds(word("druk"), "Druk.", requires=(word("tijd"),))
    assert not finds(word("tijd", "druk"), "Tijd.", requires=(word("tijd"),))


@pytest.mark.parametrize(
    "text",
    ["Hoe zit dat met de caseload?", "Hebben jullie ook zo'n caseload?", "De caseload?", "Welke caseload bedoel je?"],
)
def test_what_is_only_asked_is_hardly_suggested(text):
    assert not finds(word("caseload"), text, weight=0.7)
    (suggestion,) = suggest(word("caseload"), text, weight=1.0)
    assert suggestion.score == pytest.approx(0.4)
    assert ("cue", "question") in {(e.kind, e.detail) for e in suggestion.evidence}


@pytest.mark.parametrize(
    "text",
    [
        "Wie heeft daar bij mijn caseload tijd voor?",
        "Dat is die caseload, hè?",
        "De caseload is te groot, toch?",
        "Hoe dan? De caseload groeit.",
    ],
)
def test_not_every_question_mark_asks(text):
    assert finds(word("caseload"), text, weight=0.7)


# --- what a suggestion shows -----------------------------------------------------------------------------------------


def test_it_is_a_suggester():
    suggester: Suggester = RuleSuggester(codebook(rule(word("a"))))
    assert suggester.kind == "rule"
    assert suggester.version.startswith(suggester.__dict__["codebook"].version)


def test_moderators_are_never_coded():
    assert not suggest(word("caseload"), "M: De caseload, daar gaan we het over hebben.")


def test_the_sentence_is_marked_and_the_words_are_evidence():
    text = "Nou ja. 😀 Ik heb e\u0301cht veel te veel\u00a0mensen! Verder niks."
    (suggestion,) = suggest(phrase("te veel mens"), text)
    transcript = talk(text)
    assert transcript.quote(suggestion.segment) == "Ik heb e\u0301cht veel te veel\u00a0mensen!"
    (match,) = suggestion.evidence
    assert match.words == transcript.quote(match.segment) == "te veel\u00a0mensen"
    assert (match.kind, match.detail) == ("match", "a.r")
    assert (suggestion.source, suggestion.score) == ("rule:a.r", 1.0)


def test_of_a_long_sentence_the_clause_is_marked():
    text = "en " * 30 + "zo gaat dat, dan heb ik te veel mensen op een dag, " + "en " * 30
    (suggestion,) = suggest(phrase("te veel mens"), text)
    assert talk(text).quote(suggestion.segment) == "dan heb ik te veel mensen op een dag"


def test_of_a_long_sentence_without_punctuation_a_window_is_marked():
    text = "en " * 60 + "te veel mensen " + "en " * 60
    (suggestion,) = suggest(phrase("te veel mens"), text)
    assert 3 < len(talk(text).quote(suggestion.segment).split()) < 40


def test_scattered_words_are_each_shown():
    (suggestion,) = suggest(Near((word("rood"), word("blauw")), 3), "rood is geen blauw")
    assert [e.words for e in suggestion.evidence if e.kind == "match"] == ["rood", "blauw"]


def test_one_suggestion_for_a_rule_in_a_turn_and_the_best():
    (suggestion,) = suggest(word("caseload"), "De caseload? Bij mij is de caseload te groot.")
    assert suggestion.score == 1.0
    assert suggestion.segment.start > 0


def test_a_note_between_words_keeps_offsets_right():
    text = "Te [gelach]   veel\t mensen."
    (suggestion,) = suggest(phrase("te veel mens"), text)
    assert talk(text).quote(suggestion.segment) == text


def test_two_rules_of_one_code_stay_apart():
    rules = [rule(word("rood"), "a.een"), rule(word("blauw"), "a.twee")]
    assert [s.source for s in suggest(rules, "rood en blauw")] == ["rule:a.een", "rule:a.twee"]


def test_a_code_goes_before_its_theme():
    rules = [rule(word("druk"), "t.r"), rule(word("werkdruk"), "a.r")]
    assert [s.code for s in suggest(rules, "druk, werkdruk")] == ["a"]
    assert [s.code for s in suggest(rules, "druk")] == ["t"]


def test_one_stance_on_one_code_in_a_turn():
    rules = [rule(word("target"), "a.een", weight=0.6), rule(word("bord"), "a.twee", weight=0.9)]
    found = suggest(rules, "Wij hebben geen targets. Wel een bord.")
    assert {(s.source, s.stance) for s in found} == {("rule:a.twee", Stance.CONFIRMS)}


def test_a_fixed_stance_wins():
    (suggestion,) = suggest(word("target"), "Wij hebben geen targets.", stance=Stance.CONFIRMS)
    assert suggestion.stance is Stance.CONFIRMS
    assert {e.kind for e in suggestion.evidence} == {"match"}


def test_the_cue_is_evidence():
    (suggestion,) = suggest(word("target"), "Wij hebben geen targets.")
    (cue,) = [e for e in suggestion.evidence if e.kind == "cue"]
    assert (suggestion.stance, cue.words, cue.detail) == (Stance.DENIES, "geen", "negation")


def test_negation_of_the_rule_itself_is_its_meaning():
    (suggestion,) = suggest(phrase("niet zien"), "Die heb ik in jaren niet gezien.")
    assert suggestion.stance is Stance.CONFIRMS


# --- context ---------------------------------------------------------------------------------------------------------


def test_question_of_the_moderator():
    pattern, context = phrase("geen last"), Context(question=word("caseload"))
    question = "M: Hoe is dat met de caseload?"
    found = suggest(pattern, question, "Geen last van.", context=context)
    assert [(e.kind, e.words, e.segment.turn) for e in found[0].evidence][-1] == ("context", "caseload", 1)
    assert suggest(pattern, question, "Tja.", "2: Nou.", "Geen last van.", context=context)
    assert not suggest(pattern, question, "Tja.", "2: Nou.", "Ja.", "Geen last van.", context=context)
    assert not suggest(pattern, question, "M: En de koffie?", "Geen last van.", context=context)
    assert not suggest(pattern, "Geen last van de caseload.", context=context)


def test_a_question_in_another_transcript_does_not_count():
    book = codebook(rule(phrase("geen last"), context=Context(question=word("caseload"))))
    other = talk("M: Hoe is dat met de caseload?", name="een")
    assert not RuleSuggester(book).suggest([other, talk("Geen last van.", name="twee")])


def test_previous_turn():
    rules = [
        rule(word("werkdruk"), "a.r"),
        rule(word("avond"), "b.r", context=Context(previous=("a",))),
        rule(word("nacht"), "c.r", context=Context(previous=("t",))),
    ]
    found = suggest(rules, "De werkdruk!", "2: Elke avond.", "avond", "nacht")
    assert [(s.code, s.segment.turn) for s in found] == [("a", 1), ("b", 2), ("c", 4)]
    assert [e.words for e in found[1].evidence if e.kind == "context"] == ["werkdruk"]
    assert [s.code for s in suggest(rules, "De werkdruk!", "M: Mm.", "2: Elke nacht.")] == ["a", "c"]


def test_neighbour():
    rules = [rule(word("werkdruk"), "a.r"), rule(word("avond"), "b.r", context=Context(neighbour=("a",)))]
    assert [s.code for s in suggest(rules, "De avond.", "De avond en de werkdruk.")] == ["b", "a"][::-1]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ((("functie", "Klantmanager"),), True), ((("functie", "jobcoach"),), False), ((("ervaring", ">=10"),), True),
        ((("ervaring", "> 12"),), False), ((("ervaring", "<=12"),), True), ((("ervaring", "<12"),), False),
        ((("leeftijd", ">10"),), False), ((("functie", ">10"),), False), ((("ervaring", "=12 jaar"),), True),
    ],
)  # fmt: skip
def test_speaker(wanted, found):
    book = codebook(rule(word("ja"), context=Context(speaker=wanted)))
    transcript = talk("ja", attributes=(("functie", "klantmanager"), ("ervaring", "12 jaar")))
    assert bool(RuleSuggester(book).suggest([transcript])) == found


def test_longest():
    assert finds(word("ja"), "ja eh precies", context=Context(longest=2))
    assert not finds(word("ja"), "ja ja precies", context=Context(longest=2))


def test_shortest():
    assert finds(word("ja"), "ja ja precies", context=Context(shortest=3))
    assert not finds(word("ja"), "ja precies", context=Context(shortest=3))


def test_states():
    assert finds(word("ja"), "ja zo is het", context=Context(states=True))
    assert not finds(word("ja"), "ja zo is het. Toch?", context=Context(states=True))


def topics(*turns):
    book = codebook(
        rule(word("ja"), "a.caseload", context=Context(topic=word("caseload"))),
        rule(word("ja"), "b.targets", context=Context(topic=word("target"))),
    )
    return [(s.code, s.segment.turn) for s in RuleSuggester(book).suggest([talk(*turns)])]


def test_topic_reaches_further_than_a_question():
    assert topics("M: De caseload?", *["nee"] * 8, "ja") == [("a", 10)]


def test_another_topic_ends_the_one_before():
    assert topics("M: De caseload?", "ja", "M: En de targets?", "ja") == [("a", 2), ("b", 4)]


def test_a_few_words_of_the_moderator_leave_the_topic():
    assert topics("M: De caseload?", "nee", "M: En toen?", "ja") == [("a", 4)]


def test_other_words_of_the_moderator_end_the_topic():
    assert topics("M: De caseload?", "nee", "M: Wie wil er nog koffie?", "ja") == []


def test_a_topic_stays_in_its_transcript():
    book = codebook(rule(word("ja"), context=Context(topic=word("caseload"))))
    other = talk("M: De caseload?", name="een")
    assert not RuleSuggester(book).suggest([other, talk("ja", name="twee")])


def while_talking_of(moderator, *, core=True, pattern=None, **context):
    """The themes suggested for "de druk en het getal" after a turn of the moderator."""
    own = {name: Code(name, Label(name, name), "", name) for name in ("caseload", "cijfers", "onderzoek")}
    rules = {
        "caseload": (
            Rule("caseload.druk", "", pattern or word("druk"), context=Context(**context) if context else None),
            Rule("caseload.op", "", word("agenda"), context=Context(topic=word("caseload"))),
        ),
        "cijfers": (
            Rule("cijfers.getal", "", word("getal")),
            Rule("cijfers.op", "", word("lijst"), context=Context(topic=word("target"))),
        ),
        "onderzoek": (Rule("onderzoek.druk", "", word("druk")),),
    }
    themes = tuple(
        Theme(replace(code, rules=rules[name]), core=core and name != "onderzoek") for name, code in own.items()
    )
    book = Codebook("k", Label("k", "k"), themes)
    return {s.code for s in RuleSuggester(book).suggest([talk(moderator, "de druk en het getal")])}


def test_a_core_theme_keeps_silent_while_another_is_talked_of():
    assert while_talking_of("M: Wat vind je van de koffie hier?") == {"caseload", "cijfers", "onderzoek"}
    assert while_talking_of("M: En de targets?") == {"cijfers", "onderzoek"}
    assert while_talking_of("M: En de caseload?") == {"caseload", "onderzoek"}
    assert while_talking_of("M: De caseload en de targets?") == {"caseload", "cijfers", "onderzoek"}


def test_themes_that_are_not_core_silence_nobody():
    assert while_talking_of("M: En de targets?", core=False) == {"caseload", "cijfers", "onderzoek"}


def test_a_rule_that_looks_at_the_question_itself_is_not_silenced():
    assert "caseload" in while_talking_of("M: En de targets?", question=word("target"))


def test_a_rule_that_counts_words_is_not_silenced():
    count = Several((word("druk"), word("getal")))
    assert "caseload" in while_talking_of("M: En de targets?", pattern=count)
    assert "caseload" not in while_talking_of("M: En de targets?", pattern=count, recent=("onderzoek",))


@pytest.mark.parametrize(
    ("text", "weight", "core", "left"),
    [
        ("druk van de lijst", 0.5, True, {"caseload", "cijfers"}),  # one rule beside it
        ("druk van de lijst en het getal", 0.5, True, {"cijfers"}),
        ("druk van de lijst en het getal", 0.6, True, {"caseload", "cijfers"}),
        ("druk van de lijst en het getal", 0.5, False, {"caseload", "cijfers"}),
        ("druk, een agenda, de lijst en het getal", 0.5, True, {"caseload", "cijfers"}),  # two of its own
    ],
)
def test_one_rule_with_little_trust_gives_way_to_what_two_rules_say(text, weight, core, left):
    caseload = (
        Rule("caseload.druk", "", word("druk"), weight=weight, context=Context(topic=word("caseload"))),
        Rule("caseload.agenda", "", word("agenda"), weight=weight, context=Context(topic=word("caseload"))),
    )
    cijfers = (
        Rule("cijfers.lijst", "", word("lijst"), context=Context(topic=word("target"))),
        Rule("cijfers.getal", "", word("getal"), context=Context(topic=word("target"))),
    )
    themes = tuple(
        Theme(Code(name, Label(name, name), "", name, rules=rules), core=core)
        for name, rules in (("caseload", caseload), ("cijfers", cijfers))
    )
    book = Codebook("k", Label("k", "k"), themes)
    assert {s.code for s in RuleSuggester(book).suggest([talk("M: De caseload en de targets?", text)])} == left


DRUK = Rule("caseload.druk", "", word("druk"), weight=0.6)
BORD = Rule("caseload.bord", "", word("bord"), weight=0.9)
OTHERS = ("2: Mooi weer.",) * 6


def in_company(*turns, rules=(DRUK, BORD), core=True):
    """In which turns a rule suggests its theme, of which moderators ask after the agenda."""
    topic = Rule("caseload.op", "", word("agenda"), context=Context(topic=word("caseload")))
    theme = Theme(Code("caseload", Label("c", "c"), "", "caseload", rules=(*rules, topic)), core=core)
    found = RuleSuggester(Codebook("k", Label("k", "k"), (theme,))).suggest([talk(*turns)])
    return [s.segment.turn for s in found if s.source == "rule:caseload.druk"]


@pytest.mark.parametrize(
    ("turns", "heard"),
    [
        (("Wat een druk.",), []),
        (("Wat een druk op dat bord.",), [1]),  # another rule
        (("M: En de caseload?", "Wat een druk."), [2]),  # what is talked of
        (("Dat bord.", "Wat een druk."), [2]),  # somebody before
        (("Dat bord.", *OTHERS, "Wat een druk."), []),
        (("Wat een druk.", "2: Dat bord."), [1]),  # somebody after
        (("Wat een druk.", *OTHERS, "Dat bord."), []),
        (("Wat een druk.", "M: Wie gaat er met vakantie?", "Dat bord."), []),
    ],
)
def test_one_rule_is_heard_only_in_company(turns, heard):
    assert in_company(*turns) == heard


def test_one_rule_that_is_firm_counts_or_knows_no_topics_is_heard_alone():
    assert in_company("Wat een druk.", rules=(replace(DRUK, weight=0.7), BORD)) == [1]
    counted = replace(DRUK, pattern=Several((word("druk"), word("klant"))))
    assert in_company("Wat een druk, die klant.", rules=(counted, BORD)) == [1]
    assert in_company("Wat een druk.", core=False) == [1]


def test_a_rule_that_looks_beside_another_is_no_company():
    beside = Rule("caseload.geen", "", word("wat"), context=Context(neighbour=("caseload",)))
    assert in_company("Wat een druk.", rules=(DRUK, replace(beside, weight=0.6))) == []


ELSEWHERE = "M: Goed, dan nu met jullie allemaal graag over iets heel anders, want hoe smaakt de koffie?"
AGREE = Rule("a.instemming", "kort", phrase("precies"), weight=0.9, context=Context(inherit=True, longest=6))


def agree(*texts, weight=0.9):
    return suggest([AGREE, rule(word("target"), "b.r", weight=weight)], *texts)


def test_short_agreement_inherits_code_and_stance():
    _, inherited = agree("Wij hebben geen targets.", "2: Ja, precies.")
    assert (inherited.code, inherited.stance, inherited.source) == ("b", Stance.DENIES, "rule:a.instemming")
    assert inherited.score == pytest.approx(0.81)
    assert [(e.words, e.segment.turn) for e in inherited.evidence if e.kind == "context"] == [("targets", 1)]


def test_agreement_hands_on():
    found = agree("De targets!", "2: Ja, precies.", "Precies.")
    assert [(s.code, s.segment.turn) for s in found] == [("b", 1), ("b", 2), ("b", 3)]


@pytest.mark.parametrize(
    "texts",
    [
        ("De targets!", "Precies."),
        ("De targets!", ELSEWHERE, "2: Precies."),
        ("De targets!", "2: Daar gaat het helemaal niet om.", "Precies."),
        ("Precies.",),
        ("De targets!", "2: Precies, zo zie ik dat nou ook altijd al."),
    ],
)  # fmt: skip
def test_no_agreement_with(texts):
    assert all(s.source == "rule:b.r" for s in agree(*texts))


def test_a_doubtful_turn_hands_nothing_on():
    assert len(agree("De targets!", "2: Precies.", weight=0.45)) == 1


# --- the whole -------------------------------------------------------------------------------------------------------


def test_order_and_determinism():
    rules = [rule(word("rood"), "a.r"), rule(word("blauw"), "b.r")]
    transcripts = [talk("blauw", "rood", name="z"), talk("rood blauw", name="a")]
    first = RuleSuggester(codebook(*rules)).suggest(transcripts)
    suggester = RuleSuggester(codebook(*rules))
    suggester.suggest([talk("heel andere woorden en rood")])
    assert suggester.suggest(transcripts) == first
    assert [(s.segment.transcript, s.segment.turn, s.code) for s in first] == [
        ("z", 1, "b"), ("z", 2, "a"), ("a", 1, "a"), ("a", 1, "b"),
    ]  # fmt: skip


def test_progress_and_empty():
    seen = []
    suggester = RuleSuggester(codebook(rule(word("a"))))
    assert suggester.suggest([]) == ()
    suggester.suggest([talk("a"), talk("", "...", name="b")], progress=lambda done, all_: seen.append((done, all_)))
    assert seen[-1] == (2, 2)
    assert RuleSuggester(codebook()).suggest([talk("a")]) == ()


def test_expansions_are_kept_and_a_damaged_cache_does_no_harm(tmp_path):
    book = codebook(rule(word("registratie*")))
    texts = [talk("dat registratiesysteem")]
    first = RuleSuggester(book, cache_dir=tmp_path).suggest(texts)
    (path,) = tmp_path.glob("expansion-*.json")
    assert "registratiesysteem" in path.read_text("utf-8")
    assert RuleSuggester(book, cache_dir=tmp_path).suggest(texts) == first
    for damage in ("", "{", '{"registratiesysteem": [99999]}', "[]"):
        path.write_text(damage, "utf-8")
        assert RuleSuggester(book, cache_dir=tmp_path).suggest(texts) == first
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    assert RuleSuggester(book, cache_dir=blocked / "x").suggest(texts) == first


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "!" * 100_000, "druk " * 20_000, "druk," * 20_000],
    ids=["letters", "marks", "words", "commas"],
)
def test_a_monstrous_turn_is_read_to_its_end(text):
    pattern = Near((word("druk"), AnyOf((phrase("druk ... druk"), word("x*")))), 6)
    found = suggest(
        AnyOf((pattern, word("druk"), AllOf((word("druk"), word("tijd"))))), text, unless=(phrase("op straat"),)
    )
    assert bool(found) == ("druk" in text)


LETTERS = st.sampled_from("abcd")
PARTS = st.recursive(
    st.builds(lambda f: Word((f,)), LETTERS)
    | st.builds(
        lambda a, b: Phrase((Word((a,)), Word((b,)))), st.sampled_from("abcd"), st.sampled_from(["b", "...", "c"])
    ),
    lambda parts: (
        st.builds(lambda p: AnyOf(tuple(p)), st.lists(parts, min_size=1, max_size=3))
        | st.builds(
            lambda p, w, o: Near(tuple(p), w, o),
            st.lists(parts, min_size=2, max_size=3),
            st.sampled_from([0, 1, 3, Within.SENTENCE, Within.TURN]),
            st.booleans(),
        )
    ),
    max_leaves=5,
)
TEXTS = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f.", "g,"]), max_size=14).map(" ".join), min_size=1, max_size=4
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARTS, TEXTS)
def test_the_index_finds_what_looking_everywhere_finds(pattern, texts):
    """The index may only save work: a rule fires in exactly the turns in which its node finds something."""
    suggester = RuleSuggester(codebook(rule(pattern)))
    transcript = talk(*texts)
    found = {s.segment.turn for s in suggester.suggest([transcript])}
    batch = suggester.batch([transcript])
    node = suggester._rules[0].node
    everywhere = {turn + 1 for turn in range(len(texts)) if node.find(batch.speech, *batch.bounds(turn))}
    assert found == everywhere
