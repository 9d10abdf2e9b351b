"""Measure our build beside the same pages under stock Material for MkDocs and under Zensical.

    python -m benchmarks.pages [--count 3000] [--body 800] [--runs 1] [--quick]

One project, five builds: ours, whole and of the pages alone; the pages as Markdown files that the navigation lists, with
the theme's search; the same left out of the navigation; and the same again by Zensical. The theme's search cuts Chinese
text with jieba, as its manual tells sites in Chinese to do. Exit code 1 if ours takes more than 1/15 of the second.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.builds import EVERYTHING, IN_NAV, OUT_OF_NAV, ZENSICAL, Build, build_all, ours, stock
from benchmarks.goals import Goal, beside_stock
from benchmarks.measure import generate
from benchmarks.records import ADDRESS
from benchmarks.tables import builds_table, goals_table

LABELS = (OUT_OF_NAV, ZENSICAL, IN_NAV)


def compare(folder: Path, count: int, body: int, runs: int, labels: Sequence[str] = LABELS) -> Mapping[str, Build]:
    """Return our builds and the stock builds of the same records, by label.

    Args:
        folder: an empty folder for everything that is written.
        count: number of records.
        body: characters in each body.
        runs: how often each is built.
        labels: which stock builds.
    """
    project = folder / "project"
    generate(project, count, body, ADDRESS)
    return build_all([*ours(project, folder), *stock(project, folder, labels)], runs)


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description="Measure pages against stock.")
    parser.add_argument("--count", type=int, default=3000, help="number of records (default: 3000)")
    parser.add_argument("--body", type=int, default=800, help="characters in each body (default: 800)")
    parser.add_argument("--runs", type=int, default=1, help="builds by each, of which the median counts (default: 1)")
    parser.add_argument("--quick", action="store_true", help="leave out the build in nav, which takes minutes")
    given = parser.parse_args()
    labels = [label for label in LABELS if not (given.quick and label == IN_NAV)]
    with TemporaryDirectory() as folder:
        builds = compare(Path(folder), given.count, given.body, given.runs, labels)
    goals: Sequence[Goal] = [] if given.quick else [beside_stock(builds)]
    print("\n".join([*builds_table(builds, EVERYTHING), "", *goals_table(goals)]))
    sys.exit(0 if all(goal.reached for goal in goals) else 1)


if __name__ == "__main__":
    main()
