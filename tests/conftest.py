from __future__ import annotations

from pathlib import Path

from hypothesis import settings

from tools.compile_texts import compile_texts

settings.register_profile("codering", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("codering")


def pytest_sessionstart() -> None:
    """Compile the Dutch texts, so that an edited ``.po`` file counts at once."""
    compile_texts(Path(__file__).parent.parent / "codering" / "locale")
