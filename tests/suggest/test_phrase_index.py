"""All phrases at once are found as if each were asked for alone."""

from __future__ import annotations

from codering.project.finding import transcript_files
from codering.readers import read
from codering.readers.codebook import read_codebook
from codering.resources import codebook_path, samples_path
from codering.suggest import phrase_index
from codering.suggest.rules import RuleSuggester


def test_it_does_not_matter_how_many_places_are_looked_at_together(monkeypatch):
    path, _ = next(transcript_files([samples_path()]))
    transcript = read(path).transcript
    suggester = RuleSuggester(read_codebook(codebook_path()))
    at_once = suggester.batch([transcript]).speech.phrases
    monkeypatch.setattr(phrase_index, "_BLOCK", 20)
    in_parts = suggester.batch([transcript]).speech.phrases
    assert len(at_once.places) > 100
    assert in_parts.numbers.tolist() == at_once.numbers.tolist()
    assert in_parts.places.tolist() == at_once.places.tolist()
