"""The README's commands do what it shows (``...`` stands for anything), and what the pages of docs name exists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from codering.cli import app, run
from codering.project import Project
from codering.texts import texts

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))


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


def options(command: Any, words: list[str]) -> set[str]:
    """The options of the command that a line names."""
    for word in words:
        command = getattr(command, "commands", {}).get(word, command)
    return {option for one in command.params for option in (*one.opts, *one.secondary_opts)}


def test_every_option_of_a_command_in_the_pages_exists():
    found = [
        (page.name, command.split())
        for page in PAGES
        for line in page.read_text(encoding="utf-8").splitlines()
        for command in re.findall(r"(?:^|[`$ (])codering ([a-z][^`|#;)]*)", line)
        if " --" in command
    ]
    assert len(found) > 30
    codering = get_command(app(texts("en")))
    for page, words in found:
        used = {word.split("=")[0].strip(".,;:") for word in words if word.startswith("--")}
        assert used <= options(codering, words), f"{page}: codering {' '.join(words)}"


def test_every_path_module_and_verb_in_the_pages_exists():
    inside = r"`((?:codering|tests|benchmarks|tools|codebook|transcripts_sample)/[\w./*-]+)`"
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        paths = [*re.findall(inside, text), *(f"tests/**/{name}" for name in re.findall(r"`(test_\w+\.py)`", text))]
        for module in re.findall(r"python -m ((?:tools|benchmarks)[\w.]*\w)", text):
            paths.append(f"{module.replace('.', '/')}*")
        missing = [path for path in paths if not any(ROOT.glob(path))]
        verbs = [verb for verb in re.findall(r"[Pp]roject\.(\w+)(?=[(`])", text) if not hasattr(Project, verb)]
        assert (missing, verbs) == ([], []), page.name


def test_every_link_to_a_file_leads_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
