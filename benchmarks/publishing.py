"""Measure what it costs to be sure: check, build and verification against the last build, beside a build alone.

    python -m benchmarks.publishing [--count 1000]

Five commands, one after the other: a build by MkDocs, which neither crawls nor compares; `kepu build`; `kepu check` and
`kepu build --previous`; `kepu publish`. Exit code 1 if check and build with verification take more than 1.5 times as long
as `kepu build` alone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Measurement, generate, measure, mkdocs_build, module

GOAL = 1.5
HEADER = f"{'':<38}{'seconds':>10}{'processor s':>12}{'memory MB':>12}"


def compare(folder: Path, count: int) -> dict[str, Measurement]:
    """Return what each command took, by name.

    Args:
        folder: an empty folder for everything that is written.
        count: number of records.
    """
    project, before, after = folder / "project", folder / "before", folder / "after"
    generate(project, count)
    kepu = module("macros", "--root", project)
    return {
        "mkdocs build": mkdocs_build(project, folder / "mkdocs"),
        "kepu build": measure([*kepu, "build", before]),
        "kepu check": measure([*kepu, "check"]),
        "kepu build --previous": measure([*kepu, "build", after, "--previous", before]),
        "kepu publish": measure([*kepu, "publish", after, folder / "www"]),
    }


def report(taken: dict[str, Measurement]) -> bool:
    """Print the table and the ratio, and tell whether the goal is reached."""
    print(HEADER)
    for name, one in taken.items():
        print(f"{name:<38}{one.seconds:>10.1f}{one.processor_seconds:>12.1f}{one.megabytes:>12.0f}")
    sure = taken["kepu check"].seconds + taken["kepu build --previous"].seconds
    ratio = sure / taken["kepu build"].seconds
    verdict = "good" if ratio <= GOAL else "too slow"
    print(f"check, build and verification take {ratio:.2f} of kepu build alone (goal: at most {GOAL}): {verdict}")
    return ratio <= GOAL


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publishing", description="Measure verification.")
    parser.add_argument("--count", type=int, default=1000, help="number of records (default: 1000)")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        reached = report(compare(Path(folder), given.count))
    sys.exit(0 if reached else 1)


if __name__ == "__main__":
    main()
