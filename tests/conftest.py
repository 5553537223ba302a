from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tools.compile_texts import compile_texts

settings.register_profile("codering", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("codering")


@pytest.fixture
def small_book(tmp_path: Path) -> Path:
    """A codebook of one code, `druk`, for tests about anything else than codes."""
    path = tmp_path / "boek.yaml"
    path.write_text(
        "codebook: proef\n"
        "label: {nl: Proef, en: Trial}\n"
        "themes:\n"
        "  - id: druk\n"
        "    label: {nl: Druk, en: Pressure}\n"
        "    definition: Hoe druk iemand het heeft.\n",
        encoding="utf-8",
    )
    return path


def pytest_sessionstart() -> None:
    """Compile the Dutch texts, so that an edited ``.po`` file counts at once."""
    compile_texts(Path(__file__).parent.parent / "codering" / "locale")
