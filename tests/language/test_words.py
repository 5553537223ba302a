from __future__ import annotations

from collections import deque

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from codering.language.words import CLAUSE, FIRST, LINE, QUESTION, SENTENCE, Lexicon, spoken, yaml

TALK = (
    "Ik heb er nou, zeg maar, honderdveertig in m’n bestand. Dat is niet te doen!",
    "Ja… en dan? Dan zit je 's avonds nog te tikken, hè, in dat registratiesysteem.",
    "Collega's van 't re-integratieteam zeiden: “doe maar”, d.w.z. niks.",
    "Wie het hardst roept — die krijgt het. 1.200 dossiers; 80% ligt stil.",
)


def words(text):
    return Lexicon().words(text)


def codes(lexicon, text):
    return lexicon.spelt(text)


def places(lexicon, text):
    """Where each word stands: of its piece, and in it."""
    pieces = [piece for piece in lexicon.read([text]) if piece != LINE]
    return [
        (begin + lexicon.starts[place], begin + lexicon.ends[place])
        for begin, piece in zip(lexicon.begins(text), pieces, strict=True)
        for place in range(lexicon.first[piece], lexicon.first[piece + 1])
        if lexicon.codes[place] >= FIRST
    ]


@pytest.mark.parametrize("text", TALK)
def test_words_are_those_of_the_tokenizer(text):
    plain = text.replace("’", "'").translate(str.maketrans("“”", "  "))
    tokens = [t.lower_.strip("-") for t in spacy.blank("nl")(plain) if any(map(str.isalnum, t.text))]
    assert words(text) == [t for t in tokens if t not in spoken().fillers]


@pytest.mark.parametrize("text", TALK)
def test_sentences_are_those_of_the_sentencizer(text):
    nlp = spacy.blank("nl")
    nlp.add_pipe("sentencizer")
    starts = [sentence.text.split()[0] for sentence in nlp(text).sents]
    lexicon = Lexicon()
    found, fresh = [], True
    for code in codes(lexicon, text):
        if code >= FIRST and fresh:
            found.append(lexicon.keys[code])
        fresh = code == SENTENCE if code < FIRST else False
    assert len(found) == len(starts)


def test_a_word_that_lawyers_abbreviate_ends_a_sentence():
    lexicon = Lexicon()
    assert codes(lexicon, "aan de hand. Dat is dat. Bijv. zo.").count(SENTENCE) == 4
    assert "hand" in lexicon.keys
    assert "bijv." in lexicon.keys


def test_hesitations_and_notes_are_not_words():
    assert words("Ik eh heb [gelach] er uhm (lacht) tachtig (zei ze)") == ["ik", "heb", "er", "tachtig", "zei", "ze"]


def test_quotes_are_dropped_and_apostrophes_straightened():
    assert words("‘Nee’ zei ’t kind, 's ochtends, m’n ‘klant’") == [
        "nee",
        "zei",
        "'t",
        "kind",
        "'s",
        "ochtends",
        "m'n",
        "klant",
    ]


def test_marks():
    lexicon = Lexicon()
    assert [c for c in codes(lexicon, "Zo, dan? Ja") if c < FIRST] == [CLAUSE, QUESTION, SENTENCE, SENTENCE]
    assert [*lexicon.read(["een\n\ntwee"])].count(LINE) == 3


def test_accents_written_in_two_ways_are_one_word():
    assert words("caf\u00e9 cafe\u0301") == ["café", "café"]


@pytest.mark.parametrize(
    "text",
    [
        "!" * 100_000,
        "a." * 50_000,
        "x" * 100_000,
        "(" * 50_000 + "a",
        "\ud800 \udfff",
        "\u200b",
        "😀😀 geen😀tijd",
        "[" * 9_000,
        "a\0b \0 [\0]",
    ],
)
def test_nonsense_has_places_within_the_text(text):
    lexicon = Lexicon()
    deque(lexicon.read([text]), 0)
    assert all(0 <= start < end <= len(text) for start, end in places(lexicon, text))


@given(st.text(alphabet=st.sampled_from("ab Zé\u0301😀.,?!'’“”[]()\n\t\u00a0-/1\u00ad"), max_size=60))
def test_every_word_has_a_place(text):
    lexicon = Lexicon()
    found = [code for code in codes(lexicon, text) if code >= FIRST]
    stands = places(lexicon, text)
    assert len(found) == len(stands)
    assert stands == sorted(stands)
    for code, (start, end) in zip(found, stands, strict=True):
        assert any(map(str.isalnum, text[start:end]))
        assert len(lexicon.keys[code]) <= end - start


def test_data_says_what_it_promises(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: [niet]", encoding="utf-8")
    assert yaml(path) == {"a": ["niet"]}
    said = spoken()
    # A particle that turned a meaning round would let a phrase match its opposite.
    assert said.particles.isdisjoint({"niet", "geen", "wel", "nauwelijks", "nooit", "amper"})
    assert said.particles.isdisjoint(said.fillers)
