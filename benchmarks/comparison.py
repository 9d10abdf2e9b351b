"""Measure this generator beside its peers, all from the same records in one run: ``make bench``.

    python -m benchmarks.comparison [--count 10000] [--body 800] [--runs 3] [--hundred-thousand] [--keep README]

What is measured, and how fairly, stands in benchmarks/README.md. Exit code 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import pages
from benchmarks.builds import EVERYTHING, Build, build_all, hugo, ours
from benchmarks.edit import measure_edits
from benchmarks.goals import Goal, after_cold, after_edit, beside_hugo, beside_stock, tenfold
from benchmarks.measure import ENVIRONMENT, generate, module
from benchmarks.peers.programs import versions
from benchmarks.rebuild import measure_rebuild
from benchmarks.records import ADDRESS, REPOSITORY
from benchmarks.tables import builds_table, goals_table, keep, machine

MOST_STOCK = 3000
"""Past so many records stock Material takes hours in nav: its time grows with the square of them."""
LARGE = 100_000
EDITS = 5


@dataclass
class Report:
    """What has been measured so far.

    Attributes:
        lines: Markdown.
        goals: all goals, reached or missed.
    """

    lines: list[str] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)

    def add(self, title: str, lines: Iterator[str] | Sequence[str], goals: Sequence[Goal]) -> None:
        """Take a section, and print it at once: the whole takes a long time."""
        section = [f"**{title}**", "", *lines, ""]
        print("\n".join(section), flush=True)
        self.lines += section
        self.goals += goals


@dataclass(frozen=True)
class Extent:
    """How much is measured.

    Attributes:
        count: number of records.
        body: characters in each body.
        runs: how often everything is measured.
    """

    count: int
    body: int
    runs: int


def measure_all(folder: Path, extent: Extent, *, large: bool) -> Report:
    """Measure everything and return the report.

    Args:
        folder: an empty folder for everything that is written.
        extent: how much.
        large: whether 100,000 records are built too.
    """
    report = Report()
    project = folder / "project"
    generate(project, extent.count, extent.body, ADDRESS)
    builds = build_all([*ours(project, folder), *hugo(project, folder)], extent.runs)
    report.add(f"{extent.count:,} records", builds_table(builds, EVERYTHING), beside_hugo(builds))
    _add_apart(report, project, folder / "whole")
    _add_changes(report, project, folder, extent)
    _add_stock(report, folder / "stock", extent)
    if large:
        _add_large(report, folder / "large", extent, builds[EVERYTHING])
    return report


def _add_apart(report: Report, project: Path, site: Path) -> None:
    command = module("benchmarks.apart", project, site)
    done = subprocess.run(command, cwd=REPOSITORY, env=ENVIRONMENT, check=True, capture_output=True)
    seconds: Mapping[str, float] = json.loads(done.stdout)
    report.add("Apart", [f"- {name}: {value:.1f} s" for name, value in seconds.items()], [])


def _add_changes(report: Report, project: Path, folder: Path, extent: Extent) -> None:
    cold, unchanged = measure_rebuild(project, folder, extent.runs)
    seconds = measure_edits(project, EDITS)
    lines = [
        f"- `kepu build`, cold: {cold:.1f} s",
        f"- `kepu build` again, nothing changed: {unchanged:.1f} s",
        f"- `kepu serve`, a record edited: {seconds:.2f} s until it is in the browser",
    ]
    report.add("Changes", lines, [after_cold(cold, unchanged), after_edit(seconds)])


def _add_stock(report: Report, folder: Path, extent: Extent) -> None:
    count = min(extent.count, MOST_STOCK)
    builds = pages.compare(folder, count, extent.body, extent.runs)
    report.add(f"{count:,} records, beside stock themes", builds_table(builds, EVERYTHING), [beside_stock(builds)])


def _add_large(report: Report, folder: Path, extent: Extent, small: Build) -> None:
    project = folder / "project"
    generate(project, LARGE, extent.body, ADDRESS)
    whole = [program for program in ours(project, folder) if program.label == EVERYTHING]
    builds = build_all(whole, 1)
    report.add(f"{LARGE:,} records, one run", builds_table(builds, EVERYTHING), tenfold(builds[EVERYTHING], small))


def summary(report: Report, extent: Extent) -> Iterator[str]:
    """Yield the whole report: the machine, the versions, the sections, the goals."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    told = ", ".join(f"{name} {version}" for name, version in versions().items())
    yield f"{machine()}; load at the end {load:.1f}. {extent.body} characters in each body; medians of {extent.runs}."
    yield f"{told}."
    yield ""
    yield from report.lines
    yield from goals_table(report.goals)


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparison", description="Measure beside the peers.")
    parser.add_argument("--count", type=int, default=10_000, help="number of records (default: 10000)")
    parser.add_argument("--body", type=int, default=800, help="characters in each body (default: 800)")
    parser.add_argument("--runs", type=int, default=3, help="how often, of which the median counts (default: 3)")
    parser.add_argument(
        "--hundred-thousand", action="store_true", help="build 100,000 records too; needs --count 10000"
    )
    parser.add_argument("--keep", type=Path, help="a document in which the last run is kept")
    given = parser.parse_args()
    if given.hundred_thousand and given.count * 10 != LARGE:
        parser.error("--hundred-thousand needs --count 10000")
    extent = Extent(given.count, given.body, given.runs)
    with TemporaryDirectory() as folder:
        report = measure_all(Path(folder), extent, large=given.hundred_thousand)
    lines = list(summary(report, extent))
    print("\n".join(lines))
    if given.keep:
        keep(given.keep, lines)
    sys.exit(0 if all(goal.reached for goal in report.goals) else 1)


if __name__ == "__main__":
    main()
