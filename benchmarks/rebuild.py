"""Measure a build when nothing has changed since the last one, beside a cold one.

    python -m benchmarks.rebuild [--count 10000] [--body 800] [--runs 3]

Each round takes a fresh copy of the project and runs the same ``kepu build`` twice into the same place, crawl and
comparison included. Exit code 1 if the second takes more than a third of the first.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import generate, measure, module

GOAL = 1 / 3


def measure_rebuild(project: Path, folder: Path, runs: int) -> tuple[float, float]:
    """Return the median seconds of a cold build and of one after it with nothing changed.

    Args:
        project: folder of the records; left as it is.
        folder: an empty folder for everything that is written.
        runs: how often both are measured.
    """
    cold, unchanged = [], []
    for number in range(runs):
        copy, site = folder / f"project{number}", folder / f"project{number}" / "site"
        shutil.copytree(project, copy)
        build = module("macros", "--root", copy, "build", site)
        cold.append(measure(build).seconds)
        unchanged.append(measure(build).seconds)
        shutil.rmtree(copy)
    return median(cold), median(unchanged)


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rebuild", description="Measure an unchanged build.")
    parser.add_argument("--count", type=int, default=10_000, help="number of records (default: 10000)")
    parser.add_argument("--body", type=int, default=800, help="characters in each body (default: 800)")
    parser.add_argument("--runs", type=int, default=3, help="rounds, of which the median counts (default: 3)")
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder / "project", given.count, given.body)
        cold, unchanged = measure_rebuild(folder / "project", folder, given.runs)
    print(f"{given.count:,} records: cold {cold:.1f} s, unchanged {unchanged:.1f} s, ratio {unchanged / cold:.2f}")
    sys.exit(0 if unchanged <= cold * GOAL else 1)


if __name__ == "__main__":
    main()
