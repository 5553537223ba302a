from __future__ import annotations

from pathlib import Path

from tools.compile_texts import compile_texts


def pytest_sessionstart() -> None:
    """Compile the Dutch texts, so that an edited ``.po`` file counts at once."""
    compile_texts(Path(__file__).parent.parent / "codering" / "locale")
