"""How long the command line takes to answer ``--help``, beside an import of Typer alone."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

GOAL = 1.6


def seconds(*arguments: str) -> float:
    """Time one run of the interpreter."""
    begin = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return perf_counter() - begin


def report(*, smoke: bool) -> list[str]:
    """Run both in turn, and compare their fastest."""
    rounds = 2 if smoke else 12
    pairs = [(seconds("-m", "codering", "--help"), seconds("-c", "import typer")) for _ in range(rounds)]
    ours, theirs = min(ours for ours, _ in pairs), min(theirs for _, theirs in pairs)
    return [f"codering --help beside 'import typer': {ours / theirs:.2f} times as long (goal: at most {GOAL})"]
