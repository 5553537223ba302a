"""Where no cue is near, none counts."""

from __future__ import annotations

from random import Random

from codering.codebooks import Code, Codebook, Label, Theme
from codering.language.cues import CueKind, FoundCue, cues
from codering.language.stance import PLAIN, Reading, read_stance
from codering.suggest.rules import RuleSuggester
from codering.transcripts import Speaker, Transcript, Turn

SENTENCES = sorted({example.text for cue in cues() for example in cue.examples})
QUIET = ("De agenda staat vast.", "Druk.", "Sancties en targets.")
ANSWERS = ("Nooit.", "Nee hoor.")


def test_what_no_cue_is_near_to_is_plain_however_it_is_read():
    random = Random(1)
    kinds = (SENTENCES, QUIET, QUIET, ANSWERS)
    said = [" ".join(random.choice(random.choice(kinds)) for _ in range(6)) for _ in range(300)]
    turns = tuple(Turn(number, "P", text) for number, text in enumerate(said, start=1))
    suggester = RuleSuggester(Codebook("k", Label("k", "k"), (Theme(Code("a", Label("a", "a"), "", "a")),)))
    batch, hearing = suggester.batch([Transcript("t", turns, (Speaker("P"),))]), suggester._hearing
    finder = hearing._cues
    where = finder.places(batch.speech)
    plain = moved = doubted = 0
    for turn in range(len(turns)):
        low, high = batch.bounds(turn)
        found = finder.cues(batch.speech, where, low, high)
        around = hearing._around(batch, turn)
        for match in [(place,) for place in range(low, high)] + [(place, place + 1) for place in range(low, high - 1)]:
            full = read_stance(match, found, around)
            assert hearing.read(batch, turn, match) == full
            doubts = hearing.doubts(batch, turn, match)
            assert (doubts.trust, doubtful(doubts)) == (full.trust, doubtful(full))
            doubted += doubts.trust < 1
            sentences = batch.speech.sentence[match[0]], batch.speech.sentence[match[-1]]
            if where.near(*sentences, batch.sentences(turn)):
                moved += full != PLAIN
            else:
                plain += 1
                assert full == PLAIN
    assert plain > 1_000 < moved
    assert doubted > 100  # all are put to the test


def doubtful(reading: Reading) -> list[FoundCue]:
    return [cue for cue in reading.cues if cue.kind in (CueKind.REPORTED, CueKind.HYPOTHETICAL)]
