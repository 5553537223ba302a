"""What comes with the program is found, in a clone and in an installation."""

import importlib
from pathlib import Path

import pytest

from codering import resources
from codering.errors import CoderingError


def test_what_comes_with_the_program_is_there():
    assert resources.samples_path().is_dir()


def test_in_an_installation_everything_stands_inside_the_package(tmp_path, monkeypatch):
    (tmp_path / "data" / "codebook").mkdir(parents=True)
    (tmp_path / "data" / "codebook" / "sam.yaml").write_text("id: sam")
    source = tmp_path / "resources.py"
    source.write_bytes(Path(resources.__file__).read_bytes())
    monkeypatch.syspath_prepend(tmp_path)
    installed = importlib.import_module("resources")
    assert installed.codebook_path() == tmp_path / "data" / "codebook" / "sam.yaml"
    with pytest.raises(CoderingError, match="there is: sam"):
        installed.codebook_path("nergens")
    with pytest.raises(CoderingError, match=r"lacks transcripts_sample"):
        installed.samples_path()
