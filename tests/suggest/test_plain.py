"""What rules find fast is what looking everywhere, in the plainest way, finds."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codering.codebooks import Code, Codebook, Label, Rule, Theme
from codering.patterns import AllOf, AnyOf, Near, Phrase, Several, Within, Without, Word
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Speaker, Transcript
from codering.transcripts import Turn as Spoken
from tests.suggest.plain import Turn, find

SAID = st.sampled_from(["a", "b", "c", "d", "kaas", "kaasboer", "gewoon", "e.", "b.", "a,"])
TEXTS = st.lists(st.lists(SAID, max_size=12).map(" ".join), min_size=1, max_size=4)
WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "=e", "kaas*", "*boer", "*kaas*"]), min_size=1, max_size=2).map(
    lambda forms: Word(tuple(dict.fromkeys(forms)))
)
GAP, ANY = Word(("...",)), Word(("_",))
PHRASES = st.builds(
    lambda first, more: Phrase((first, *(step for steps in more for step in steps))),
    WORDS,
    st.lists(st.tuples(WORDS) | st.tuples(st.sampled_from([GAP, ANY]), WORDS), min_size=1, max_size=2),
)
PARTS = st.recursive(
    WORDS | PHRASES,
    lambda parts: (
        st.builds(lambda p: AnyOf(tuple(p)), st.lists(parts, min_size=1, max_size=3))
        | st.builds(lambda p, w: AllOf(tuple(p), w), st.lists(parts, min_size=2, max_size=3), st.sampled_from(Within))
        | st.builds(
            lambda p, w, o: Near(tuple(p), w, o),
            st.lists(parts, min_size=2, max_size=3),
            st.sampled_from([0, 1, 3, *Within]),
            st.booleans(),
        )
        | st.builds(lambda p, e: Without(p, (e,)), parts, WORDS | PHRASES)
    ),
    max_leaves=5,
)


def nested(pattern, inside=False):
    """Whether `all` or `near` stands within `all` or `near`."""
    together = isinstance(pattern, AllOf | Near)
    if together and inside:
        return True
    inner = getattr(pattern, "parts", None) or ((pattern.pattern,) if isinstance(pattern, Without) else ())
    return any(nested(part, inside or together) for part in inner)


@settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARTS, TEXTS)
def test_rules_find_what_looking_everywhere_finds(pattern, texts):
    rule = Rule("a.r", "", pattern, weight=1.0)
    code = Code("a", Label("a", "a"), "", "a", rules=(rule,))
    suggester = RuleSuggester(Codebook("k", Label("k", "k"), (Theme(code),)))
    turns = tuple(Spoken(number, "P", text) for number, text in enumerate(texts, start=1))
    batch = suggester.batch([Transcript("t", turns, (Speaker("P"),))])
    fast = {hit.turn: hit.match for hit in suggester.plain_hits(batch)}
    slow = {number: found for number, text in enumerate(texts) if (found := find(pattern, Turn(text)))}
    # Of an `all` or `near` that is itself a part, only the tightest match from each beginning is tried.
    # In "a kaasboer a a" no "kaasboer a" with another two of "a" is found, though there is one.
    assert fast.keys() <= slow.keys()
    if not nested(pattern):
        assert fast.keys() == slow.keys()
    for number, match in fast.items():
        start = batch.bounds(number)[0]
        assert tuple(place - start for place in match) in slow[number]


@settings(max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from("abcd"), min_size=2), st.sets(st.sampled_from("abcd")), st.integers(2, 5), TEXTS)
def test_words_that_count_together_are_counted_once(single, double, least, texts):
    words = [tuple(Word((letter,)) for letter in sorted(letters)) for letters in (single, double)]
    code = Code("a", Label("a", "a"), "", "a", rules=(Rule("a.r", "", Several(*words, least), weight=1.0),))
    suggester = RuleSuggester(Codebook("k", Label("k", "k"), (Theme(code),)))
    turns = tuple(Spoken(number, "P", text) for number, text in enumerate(texts, start=1))
    found = {s.segment.turn for s in suggester.suggest([Transcript("t", turns, (Speaker("P"),))])}
    said = {number: set(Turn(text).words) for number, text in enumerate(texts, start=1)}
    assert found == {n for n, some in said.items() if len(some & (single | double)) + len(some & double) >= least}
