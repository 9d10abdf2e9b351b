"""Measure reading and checking, and where the time of a build goes.

python -m benchmarks.loading [--count 1000 10000] [--body 400]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Measurement, generate, measure, mkdocs_build, module


def run(folder: Path, count: int, body: int) -> None:
    """Measure one number of records and print what it took.

    Args:
        folder: a new folder for everything that is written.
        count: number of records.
        body: characters in each body.
    """
    project = folder / "project"
    generate(project, count, body)
    print(f"{count:,} records with {body} characters", flush=True)
    measure(module("benchmarks.stages", project, folder / "articles"))
    _report("kepu check", measure(module("macros", "--root", project, "check")))
    _report("mkdocs build", mkdocs_build(project, folder / "site"))


def _report(label: str, taken: Measurement) -> None:
    print(
        f"  {label:<28}{taken.seconds:>8.2f} s ({taken.processor_seconds:.2f} s of processor, {taken.megabytes:.0f} MB)",
        flush=True,
    )


def run_all(counts: Sequence[int], body: int) -> None:
    """Measure each number of records in a folder that is removed afterwards."""
    for count in counts:
        with TemporaryDirectory() as folder:
            run(Path(folder), count, body)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loading", description="Measure reading and checking.")
    parser.add_argument("--count", type=int, nargs="+", default=[1000, 10_000], help="numbers of records")
    parser.add_argument("--body", type=int, default=400, help="characters in each body (default: 400)")
    given = parser.parse_args()
    run_all(given.count, given.body)


if __name__ == "__main__":
    main()
