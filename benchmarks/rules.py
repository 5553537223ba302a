"""How fast rules are, next to spaCy's tokenizer and to spaCy's Matcher with all rules in it.

Only ratios are reported: both sides are measured in turns in one run, and of each the fastest counts. Time is that of
the processor, so that other work on the machine counts less; both sides work on one core.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from time import process_time
from typing import TYPE_CHECKING, Any

import spacy

from benchmarks import corpus
from codering.codebooks import Codebook
from codering.language import lemmas
from codering.patterns import AllOf, AnyOf, Block, Near, Number, Pattern, Phrase, Separable, Without, Word
from codering.readers.codebook import read_codebook
from codering.resources import codebook_path
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Transcript

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

TOKENIZER_GOAL = 0.6
MATCHER_GOAL = 25.0
# Of each rule the Matcher gets a few short patterns only: with all of them, or with the gaps of a sentence, it does not
# finish in minutes and takes all memory. So the ratio says at least how much faster we are.
_MOST = 4
_LONGEST = 10


def fastest(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Seconds of the processor that each work takes at best, measured in turns."""
    best = [math.inf] * len(works)
    for work in works:
        work()
    for _ in range(rounds):
        for place, work in enumerate(works):
            gc.collect()
            gc.disable()
            started = process_time()
            work()
            best[place] = min(best[place], process_time() - started)
            gc.enable()
    return best


def texts(transcripts: Sequence[Transcript]) -> list[str]:
    """The texts of all turns."""
    return [turn.text for transcript in transcripts for turn in transcript.turns]


def tokenize(spoken: Sequence[str], nlp: Language) -> int:
    """Do what anything built on spaCy does first."""
    make_doc = nlp.make_doc
    return sum(len(make_doc(text)) for text in spoken)


def against_tokenizer(codebook: Codebook, words: int, rounds: int) -> float:
    """Speed of rule coding as a share of the speed of spaCy's blank tokenizer on the same texts."""
    transcripts = corpus.talk(words)
    suggester, spoken = RuleSuggester(codebook), texts(transcripts)
    bare = spacy.blank("nl")  # of its own: it keeps what it met, up to 10,000 words
    ours, theirs = fastest((lambda: suggester.suggest(transcripts), lambda: tokenize(spoken, bare)), rounds)
    return theirs / ours


def cold(codebook: Codebook, words: int) -> float:
    """The same for a first run in a new process: every word is new, nothing was kept."""
    transcripts = corpus.talk(words, seed=11)
    lemmas.lemma("warm")  # loading simplemma's list is the start of a process, not the work
    suggester, bare, spoken = RuleSuggester(codebook), spacy.blank("nl"), texts(transcripts)
    started = process_time()
    suggester.suggest(transcripts)
    ours = process_time() - started
    started = process_time()
    tokenize(spoken, bare)
    return (process_time() - started) / ours


def against_matcher(codebook: Codebook, words: int, rounds: int) -> float:
    """Times that rule coding is faster than one Matcher with a pattern for every rule, without stance or context."""
    from spacy.matcher import Matcher

    transcripts = corpus.talk(words)
    suggester, spoken = RuleSuggester(codebook), texts(transcripts)
    nlp = spacy.blank("nl")
    matcher = Matcher(nlp.vocab)
    for _, rule in codebook.rules():
        written = islice(token_patterns(rule.pattern, dict(codebook.blocks)), 50)
        patterns = [*islice((one for one in written if 0 < len(one) <= _LONGEST), _MOST)]
        if patterns:
            matcher.add(rule.id, patterns)

    def naive() -> int:
        return sum(len(matcher(_lemmatized(nlp.make_doc(text)))) for text in spoken)

    ours, theirs = fastest((lambda: suggester.suggest(transcripts), naive), rounds)
    return theirs / ours


def _lemmatized(doc: Doc) -> Doc:
    for token in doc:
        token.lemma_ = lemmas.lemma(token.lower_)
    return doc


def token_patterns(pattern: Pattern, blocks: dict[str, Pattern]) -> Iterator[list[dict[str, Any]]]:
    """Write a pattern for spaCy's Matcher, as one would by hand; what it cannot say is left out."""
    match pattern:
        case Word():
            yield from ([token] for token in _tokens(pattern))
        case Phrase(words):
            yield from (list(way) for way in product(*(list(_tokens(word))[:2] for word in words)))
        case Separable(particle, verb, within):
            yield [{"LEMMA": particle + verb}]
            yield [{"LEMMA": verb}, *[{"OP": "?"}] * within, {"LOWER": particle}]
        case Number(_, _, units):
            for unit in units:
                yield from ([{"LIKE_NUM": True}, token] for token in _tokens(unit))
        case AnyOf(parts):
            for part in parts:
                yield from token_patterns(part, blocks)
        case Near(parts) | AllOf(parts):
            gap = pattern.within if isinstance(pattern, Near) and isinstance(pattern.within, int) else 6
            orders = [parts] if isinstance(pattern, Near) and pattern.ordered else [parts, parts[::-1]]
            for order in orders:
                for way in product(*([*islice(token_patterns(part, blocks), 3)] for part in order)):
                    joined: list[dict[str, Any]] = []
                    for tokens in way:
                        joined += [*([{"OP": "?"}] * gap if joined else []), *tokens]
                    yield joined
        case Without(wanted):
            yield from token_patterns(wanted, blocks)
        case Block(name):
            yield from token_patterns(blocks[name], blocks)


def _tokens(word: Word) -> Iterator[dict[str, Any]]:
    """One token: by lemma, and by the word itself."""
    if word.forms == ("...",):
        yield {"OP": "*"}
        return
    if word.forms == ("_",):
        yield {}
        return
    affixes = [form for form in word.forms if "*" in form]
    plain = [form.lstrip("=") for form in word.forms if "*" not in form]
    if plain:
        yield {"LEMMA": {"IN": plain}}
        yield {"LOWER": {"IN": plain}}
    if affixes:
        yield {"LOWER": {"REGEX": "|".join("^" + form.replace("*", ".*") + "$" for form in affixes)}}


def per_rule(counts: Sequence[int], words: int, rounds: int, about: Sequence[str] = ()) -> list[tuple[int, float]]:
    """Time per number of rules, as a multiple of that with the fewest; about given words, or about what is said."""
    transcripts = corpus.talk(words)
    suggesters = [RuleSuggester(corpus.codebook(count, rare=about)) for count in counts]
    times = fastest([lambda one=one: one.suggest(transcripts) for one in suggesters], rounds)  # type: ignore[misc]
    return [(count, time / times[0]) for count, time in zip(counts, times, strict=True)]


def found_per_rule(counts: Sequence[int], words: int) -> list[tuple[int, float]]:
    """Suggestions per number of rules, as a multiple of those with the fewest."""
    transcripts = corpus.talk(words)
    found = [len(RuleSuggester(corpus.codebook(count)).suggest(transcripts)) for count in counts]
    return [(count, many / found[0]) for count, many in zip(counts, found, strict=True)]


def density(codebook: Codebook, words: int) -> tuple[float, float]:
    """Suggestions per 1,000 words in the text that is measured with, and in the samples as they are."""
    suggester = RuleSuggester(codebook)
    measured = corpus.talk(words)
    return _density(suggester, measured), _density(suggester, corpus.samples())


def _density(suggester: RuleSuggester, transcripts: Sequence[Transcript]) -> float:
    return 1000 * len(suggester.suggest(transcripts)) / sum(len(text.split()) for text in texts(transcripts))


def per_word(sizes: Sequence[int], rules: int, rounds: int) -> list[tuple[int, float]]:
    """Time per word by size, as a multiple of that of the smallest."""
    suggester = RuleSuggester(corpus.codebook(rules))
    found = []
    for size in sizes:
        transcripts = corpus.talk(size)
        (time,) = fastest((lambda some=transcripts: suggester.suggest(some),), rounds)  # type: ignore[misc]
        found.append((size, time / size))
    return [(size, time / found[0][1]) for size, time in found]


def report(*, smoke: bool) -> list[str]:
    """Measure, and say what was found; a smoke run is short and proves only that it runs."""
    words, rounds = (15_000, 2) if smoke else (150_000, 5)
    book = read_codebook(codebook_path())
    lines = [f"{words:,} words, the {len([*book.rules()])} rules of the codebook"]
    measured, samples = density(book, words)
    lines.append(f"suggestions per 1,000 words: {measured:.1f}; in the samples as they are {samples:.1f}")
    ratio = against_tokenizer(book, words, rounds)
    lines.append(f"speed as a share of the bare tokenizer: {ratio:.2f} (goal {TOKENIZER_GOAL})")
    lines.append(f"the same, first run in a process: {cold(book, words):.2f}")
    naive = against_matcher(book, 1_500 if smoke else 10_000, 1 if smoke else 2)
    lines.append(f"times as fast as one Matcher with all rules: {naive:.0f} (goal {MATCHER_GOAL:.0f})")
    counts = (50, 100) if smoke else (50, 100, 200, 500, 1000)
    lines.append("time by number of rules: " + _curve(per_rule(counts, words, rounds)))
    lines.append("what they find: " + _curve(found_per_rule(counts, words)))
    unsaid = [word + "qx" for word in corpus.said()]
    lines.append("time by number of rules about what nobody says: " + _curve(per_rule(counts, words, rounds, unsaid)))
    sizes = (5_000, 10_000) if smoke else (10_000, 50_000, 200_000, 500_000, 2_000_000)
    lines.append("time per word by size: " + _curve(per_word(sizes, 100 if smoke else 500, 1 if smoke else 2)))
    return lines


def _curve(points: Sequence[tuple[int, float]]) -> str:
    return "  ".join(f"{size:,}: {value:.2f}" for size, value in points)
