"""The built wheel, outside the clone: what a plain installation has."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as ``pip install`` lays it out."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(build, check=True, timeout=300)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8", "CODERING_LANG": "nl"}
    return subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def test_the_wheel_is_what_runs(installed, tmp_path):
    where = run(installed, tmp_path, "-c", "import codering; print(codering.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(installed), where.stderr


def test_the_demo_works_from_any_folder(installed, tmp_path):
    done = run(installed, tmp_path, "-m", "codering", "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Geschreven" in done.stdout
    names = {path.name for path in (tmp_path / "codering-demo").iterdir()}
    assert {"voorbeeld.codering", "voorbeeld.xlsx"} <= names


def test_the_app_is_there_with_its_settings(installed, tmp_path):
    code = "from codering.web import serving; print(len(serving.flags()), serving.app_path().parent.name)"
    done = run(installed, tmp_path, "-c", code)
    count, folder = done.stdout.split()
    assert (int(count) > 5, folder) == (True, "data"), done.stderr


def test_both_codebooks_are_there_and_valid(installed, tmp_path):
    code = (
        "from codering.resources import codebook_path as p; from codering.readers.codebook import read_codebook as r; "
    )
    done = run(installed, tmp_path, "-c", code + "print(r(p('sam')).id, r(p('vraagtafels')).id)")
    assert done.stdout.split() == ["sam", "vraagtafels"], done.stderr
