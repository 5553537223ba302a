"""Speech and rules to measure with: the sentences of our samples in another order, and made up; always the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from random import Random

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.patterns import AllOf, AnyOf, Near, Number, Pattern, Phrase, Separable, Within, Word
from codering.project.finding import transcript_files
from codering.readers import read
from codering.resources import samples_path
from codering.transcripts import Role, Speaker, Transcript, Turn

_COMMON = (
    "de het een en ik je dat die is van in op niet we ze er maar ook dan zo met voor als wat te aan om bij heb ja nou"
    " naar wel nog dus hebben daar want gewoon mensen moet kan heel uit gaat eigenlijk wordt geen hoe veel over door"
    " zijn iemand altijd hier toch al weer meer echt iets alles mijn hun onze gaan komen doen zien zeggen weten"
).split()
_STEMS = (
    "werk tijd klant team cijfer druk plan regel mens huis geld baan stap doel norm brief gesprek dossier registratie"
    " uitkering gemeente traject begeleiding afspraak systeem wethouder budget school kind schuld taal zorg buurt"
    " vertrouwen ruimte keuze beleid collega leiding kans stage dag week jaar maand kantoor bureau telefoon mail"
).split()
_HEADS = (
    "punt lijst moment vraag groep plek zaak kosten last manier vorm kant lijn stuk maker houder bezoek druk cijfer"
    " systeem plan regel traject gesprek norm ruimte doel beeld kracht taak rol hulp wijzer veld avond morgen rapport"
    " overleg formulier lokaal bestand"
).split()
_VERBS = (
    "werken bellen schrijven lopen vragen helpen sturen tellen melden regelen plannen zoeken vinden krijgen geven"
    " nemen houden laten leren praten denken voelen merken missen halen brengen blijven starten stoppen wachten"
).split()
_PASSAGE = 40  # turns
_SPLIT = (("af", "rekenen"), ("in", "vullen"), ("op", "bellen"), ("aan", "nemen"), ("uit", "sturen"), ("mee", "lopen"))
_NUMBERS = "twee drie tien twintig veertig zestig tachtig honderd honderdveertig 35 80 120 180 1.200".split()


def vocabulary() -> list[str]:
    """Some 3,000 words: function words, nouns, compounds and verbs in their inflections."""
    compounds = [stem + head for stem in _STEMS for head in _HEADS if stem != head]
    Random(3).shuffle(compounds)
    inflected = [form for verb in _VERBS for form in (verb, verb[:-2] + "t", "ge" + verb[:-2] + "t")]
    nouns = [form for stem in _STEMS for form in (stem, stem + "en")]
    return [*_COMMON, *nouns, *inflected, *_NUMBERS, *(particle for particle, _ in _SPLIT), *compounds]


def transcripts(words: int, seed: int = 7, each: int = 12_000) -> list[Transcript]:
    """Focus groups with so many words in all; words follow Zipf's law."""
    random = Random(seed)
    known = vocabulary()
    weights = [*accumulate(1 / (rank + 4) for rank in range(len(known)))]
    found: list[Transcript] = []
    speakers = (Speaker("Gespreksleider", Role.MODERATOR), *(Speaker(f"P{n}") for n in range(1, 7)))
    while words > 0:
        turns: list[Turn] = []
        left = min(each, words)
        words -= left
        while left > 0:
            size = min(left, random.randint(3, 90))
            left -= size
            text = " ".join(_sentences(random.choices(known, cum_weights=weights, k=size), random))
            speaker = speakers[0 if len(turns) % 7 == 0 else random.randint(1, 6)].name
            turns.append(Turn(len(turns) + 1, speaker, text))
        found.append(Transcript(f"groep{len(found):04}", tuple(turns), speakers))
    return found


def _sentences(words: list[str], random: Random) -> Iterator[str]:
    start = 0
    while start < len(words):
        end = start + random.randint(3, 22)
        sentence = words[start:end]
        sentence[0] = sentence[0].capitalize()
        if len(sentence) > 8:
            sentence[5] += ","
        yield " ".join(sentence) + random.choice("....?!")
        start = end


def talk(words: int, seed: int = 7, each: int = 12_000) -> list[Transcript]:
    """Passages of our samples in random order, with so many words in all.

    A passage is some turns in a row, because many rules look at what the moderator asked and what the group talks of:
    among loose sentences they find a third less. Sentences get a compound that nobody said, so that the vocabulary
    grows as it does in talk: by Heaps' law the samples (1,300 distinct written words in 3,500, 5,900 in 29,000) make
    some 18,000 in 150,000 words.
    """
    random = Random(seed)
    groups = _sample_turns()
    found: list[Transcript] = []
    speakers = (Speaker("Gespreksleider", Role.MODERATOR), *(Speaker(f"P{n}") for n in range(1, 7)))
    while words > 0:
        turns: list[Turn] = []
        left = min(each, words)
        words -= left
        while left > 0:
            group = random.choice(groups)
            start = random.randrange(len(group))
            for moderated, said in group[start : start + _PASSAGE]:
                text = " ".join(_varied(sentence, random) for sentence in _sentences_of(said))
                left -= len(text.split())
                speaker = speakers[0 if moderated else random.randint(1, 6)].name
                turns.append(Turn(len(turns) + 1, speaker, text))
                if left <= 0:
                    break
        found.append(Transcript(f"groep{len(found):04}", tuple(turns), speakers))
    return found


@cache
def samples() -> tuple[Transcript, ...]:
    """The groups that come with the package."""
    return tuple(read(path).transcript for path, _ in transcript_files([samples_path()]))


@cache
def _sample_turns() -> tuple[tuple[tuple[bool, str], ...], ...]:
    """For each shipped sample its turns: whether the moderator speaks, and the text."""
    return tuple(
        tuple((sample.speaker(turn.speaker).role is Role.MODERATOR, turn.text) for turn in sample.turns)
        for sample in samples()
    )


def _sentences_of(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?…])\s+", text) if sentence.strip()]


@cache
def sample_sentences() -> tuple[str, ...]:
    """Every sentence of the shipped samples."""
    return tuple(sentence for turns in _sample_turns() for _, text in turns for sentence in _sentences_of(text))


def _varied(sentence: str, random: Random) -> str:
    """Put a new compound before the last punctuation of most sentences."""
    if random.random() > 0.7:
        return sentence
    words, end = re.fullmatch(r"(.*?)([.!?…]*)", sentence, re.DOTALL).groups()  # type: ignore[union-attr]
    return f"{words}, {_invented(random)}{end}"


def _invented(random: Random) -> str:
    return random.choice(_STEMS) + random.choice(_HEADS) + random.choice(_HEADS)


@cache
def said() -> tuple[str, ...]:
    """The distinct words of the samples that mean something: of five letters or more."""
    words = {word.lower() for sentence in sample_sentences() for word in re.findall(r"[^\W\d_]{5,}", sentence)}
    return tuple(sorted(words))


def codebook(rules: int, seed: int = 5, rare: Sequence[str] = ()) -> Codebook:
    """A codebook of so many rules, of every kind that the language has, eight to a code; about the words of samples."""
    random = Random(seed)
    rare = rare or said()
    codes = []
    for number in range(0, rules, 8):
        code = f"c{number // 8}"
        mine = tuple(
            Rule(
                f"{code}.r{n}",
                "benchmark",
                _pattern(n, random, rare),
                unless=(Word((random.choice(rare),)),) if n % 3 == 0 else (),
            )
            for n in range(number, min(number + 8, rules))
        )
        codes.append(Code(code, Label(code, code), "", "t", rules=mine))
    own = Code("t", Label("t", "t"), "", "t")
    return Codebook("benchmark", Label("b", "b"), (Theme(own, tuple(codes)),))


def _pattern(number: int, random: Random, rare: Sequence[str]) -> Pattern:
    """One of eight kinds in turn."""

    def word() -> Word:
        return Word((random.choice(rare),))

    def common() -> Word:
        return Word((random.choice(_COMMON[10:]), random.choice(_COMMON[10:])))

    particle, verb = random.choice(_SPLIT)
    stem = random.choice(_STEMS)
    kinds: tuple[Pattern, ...] = (
        AnyOf((word(), word(), Phrase((common(), word())))),
        Phrase((common(), word())),
        Near((common(), AnyOf((word(), word(), word()))), within=6),
        Near((word(), common(), word()), within=8, ordered=True),
        AllOf((Separable(particle, verb), AnyOf((word(), word())))),
        Near((Number(60, 500, (Word(("mens", "klant", "dossier")),)), word()), within=Within.TURN),
        Phrase((common(), Word(("...",)), Word((f"{stem}{random.choice(_HEADS)[:2]}*",)))),
        AllOf((word(), AnyOf((Phrase((common(), common())), word()))), Within.TURN),
    )
    return kinds[number % len(kinds)]
