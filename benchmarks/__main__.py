"""``python -m benchmarks``: ratios measured side by side in one run; ``--smoke`` only shows that they run."""

from __future__ import annotations

import argparse

from benchmarks import by_keyboard, learning, reading, review_page, rules, startup, workbook


def main() -> None:
    """Run every benchmark and print its lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small, quick, and without meaning")
    smoke = parser.parse_args().smoke
    for module in (startup, reading, learning, rules, workbook, review_page, by_keyboard):
        print(f"\n{(module.__doc__ or '').splitlines()[0]}")
        for line in module.report(smoke=smoke):
            print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
