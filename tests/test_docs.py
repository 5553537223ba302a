"""The README's commands do what the README shows; ``...`` stands for anything."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from codering.cli import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[tuple[str, str]]:
    """Every ``$ command`` of the console blocks with the output below it."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            found.append((line, output))
    return found


def as_pattern(output: str) -> re.Pattern[str]:
    """The output as a pattern: ``...`` is anything, space at the end of a line does not matter."""
    lines = [re.escape(line.strip()).replace(re.escape("..."), ".*") for line in output.strip().splitlines()]
    joined = r"\s+".join(lines).replace(r"\s+.*", ".*").replace(r".*\s+", ".*")
    return re.compile(joined, re.DOTALL)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands need of a clone, so that they write nothing into ours."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("transcripts_sample", "codebook"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def test_every_command_of_the_readme_shows_what_the_readme_says(clone, monkeypatch, capsys):
    monkeypatch.chdir(clone)
    monkeypatch.delenv("CODERING_LANG", raising=False)
    assert len(commands()) >= 7
    for line, output in commands():
        program, *arguments = shlex.split(line)
        assert program == "codering"
        assert run(arguments) == 0, (line, capsys.readouterr())
        shown = capsys.readouterr().out.strip()
        assert as_pattern(output).fullmatch(shown), f"$ {line}\n{shown[:3000]}"


def test_the_python_example_runs(clone, monkeypatch):
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (clone / "python").mkdir()
    shutil.copytree(ROOT / "transcripts_sample", clone / "python" / "transcripts_sample")
    monkeypatch.chdir(clone / "python")
    exec(compile(example, "README.md", "exec"), {})
    assert (clone / "python" / "proef.xlsx").exists()


def test_the_two_lines_that_set_everything_up_stand_on_top():
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert lines == [
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/codering demo",
        "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/pytest",
    ]


def test_every_link_to_a_file_leads_somewhere():
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
