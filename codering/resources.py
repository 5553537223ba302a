"""What comes with the program: codebooks, sample transcripts and the app.

In a clone they stand at the root of the repository, where people look for them; in a wheel they are carried in
``codering/data``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from codering.errors import CoderingError

_PACKAGE: Final = Path(__file__).parent
_DATA: Final = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else _PACKAGE.parent


def codebook_path(name: str = "sam") -> Path:
    """The YAML file of a codebook that comes with the program.

    Raises
    ------
    CoderingError
        If none of that name does.
    """
    path = _DATA / "codebook" / f"{name}.yaml"
    if path.is_file():
        return path
    known = sorted(found.stem for found in path.parent.glob("*.yaml"))
    raise CoderingError(
        "There is no codebook named {name} in this installation; there is: {known}.",
        name=name,
        known=", ".join(known) or "-",
    )


def starter_path() -> Path:
    """A small codebook in which everything is explained, to begin one's own with."""
    return _there(_DATA / "codebook" / "starter" / "codeboek.yaml")


def samples_path() -> Path:
    """The folder with sample transcripts: our own fiction, in the formats that people have."""
    return _there(_DATA / "transcripts_sample")


def app_path() -> Path:
    """The script that Streamlit runs; its configuration stands beside it, in ``.streamlit``."""
    return _there(_DATA / "app.py")


def _there(path: Path) -> Path:
    if path.exists():
        return path
    raise CoderingError("The installation of codering lacks {name}. Install it again.", name=path.name)
