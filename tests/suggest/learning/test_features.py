from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from codering.suggest.learning.data import Passage
from codering.suggest.learning.features import BLOCKS, OWN, Features, Shares, pieces_of
from codering.transcripts import Segment

SAID = (
    ("Ik heb te veel dossiers op mijn stapel.", "", "Hoe gaat het?"),
    ("De dossierstapel groeit en groeit!", "Ik heb te veel dossiers op mijn stapel.", "Hoe gaat het?"),
    ("De koffie is op, de koffie is altijd op.", "De dossierstapel groeit en groeit!", ""),
    ("Ja.", "De dossierstapel groeit en groeit!", ""),
    ("", "", ""),
)


def passages() -> tuple[Passage, ...]:
    return tuple(
        Passage(Segment("t", i, 0, 1), text, before, asked, None, None, "g", answers=i == 1)
        for i, (text, before, asked) in enumerate(SAID, start=1)
    )


def block(features: Features, matrix, name: str) -> np.ndarray:
    ends = [*features.starts.values()]
    start = BLOCKS.index(name)
    return matrix[:, ends[start] : ends[start + 1]].toarray()


def test_words_weigh_what_scikit_learn_says():
    features, matrix = Features.fit(passages())
    theirs = TfidfVectorizer(sublinear_tf=True, token_pattern=r"(?u)\w+", norm="l2")
    expected = theirs.fit_transform([p.text for p in passages()]).toarray()
    ours = block(features, matrix, "words")
    order = [features.columns["words"][word] for word in theirs.get_feature_names_out()]
    assert ours[:, order] == pytest.approx(expected)


def test_what_was_said_before_stays_in_blocks_of_its_own():
    features, matrix = Features.fit(passages())
    assert not block(features, matrix, "previous")[0].any()
    assert np.linalg.norm(block(features, matrix, "previous")[2]) == pytest.approx(0.5)
    assert np.linalg.norm(block(features, matrix, "question")[0]) == pytest.approx(0.5)
    assert block(features, matrix, "shape")[:, 1].tolist() == [1, 0, 0, 0, 0]
    assert not matrix[4].toarray().any()


def test_a_piece_sees_through_a_compound():
    features, matrix = Features.fit(passages())
    own = matrix[:, : features.own_width]
    assert block(features, matrix, "words")[0] @ block(features, matrix, "words")[1] == 0
    assert (own[0] @ own[1].T).toarray()[0, 0] > 0.1
    assert pieces_of("stap") == (" sta", "stap", "tap ")
    assert pieces_of("ja") == (" ja ",)


def test_turns_that_come_later_are_seen_with_the_same_eyes():
    features, matrix = Features.fit(passages())
    assert (features.transform(passages()) != matrix).nnz == 0
    new = Passage(Segment("t", 9, 0, 3), "onbekend woord", "", "", None, None, "g")
    assert features.transform([new]).shape == (1, matrix.shape[1])


def test_the_shares_of_the_words_add_up_to_what_the_words_contribute():
    some = passages()
    features, matrix = Features.fit(some)
    weights = np.random.default_rng(0).normal(size=(matrix.shape[1], 2))
    shares = Shares.of(some, features, weights)
    own = matrix[:, : features.own_width]
    for i in range(len(some)):
        for code in (0, 1):
            total = sum(shares.at(i, code).values())
            assert total == pytest.approx(float((own[[i]] @ weights[: features.own_width, code])[0]))
    assert set(OWN) < set(BLOCKS)
