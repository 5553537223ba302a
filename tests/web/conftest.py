from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.web.small import SMALL

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """Nothing of this computer's user: no preferences, no project, no language."""
    monkeypatch.setenv("CODERING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CODERING_PROJECT", raising=False)
    monkeypatch.delenv("CODERING_LANG", raising=False)
    monkeypatch.setattr("sys.argv", ["app.py"])
    monkeypatch.setattr("codering.web.shell._is_private", lambda: True)


@pytest.fixture
def app() -> Callable[[], AppTest]:
    """Start the app, as one person's session."""
    return lambda: AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def visit(at: AppTest, page: str) -> AppTest:
    """Show a page of the menu (Streamlit's own ``switch_page`` knows files only)."""
    at._page_hash = at.session_state["shell_pages"][page]._script_hash
    return at.run()


@pytest.fixture
def small(tmp_path) -> Path:
    """The file of a small codebook."""
    path = tmp_path / "klein.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path
