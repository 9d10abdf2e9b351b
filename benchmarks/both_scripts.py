"""Measure what pages in traditional characters cost: the same records built in one script and in both.

    python -m benchmarks.both_scripts [--count 3000] [--body 800] [--rounds 3]

The two builds take turns, verification included, as `kepu build` does it. Ends with 1 if both scripts together take more
than 1.6 times the processor time of one (issue 17).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.measure import Measurement, generate, measure, middle, module
from benchmarks.records import ADDRESS

_GOAL = 1.6
_SCRIPTS = ("one script", "both scripts")


def write_projects(folder: Path, count: int, body: int) -> dict[str, Path]:
    """Write the same records twice, the second time for both scripts.

    Args:
        folder: where the projects are written.
        count: number of records.
        body: length of each body, in characters.
    """
    first, second = folder / "one", folder / "both"
    generate(first, count, body, ADDRESS)
    shutil.copytree(first, second)
    settings = yaml.safe_load((second / "mkdocs.yml").read_text("utf-8"))
    settings["plugins"][0]["kepu"]["traditional"] = "all"
    (second / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), "utf-8")
    return dict(zip(_SCRIPTS, (first, second), strict=True))


def run(count: int, body: int, rounds: int) -> dict[str, Measurement]:
    """Return the medians of building in one script and in both."""
    taken: dict[str, list[Measurement]] = {name: [] for name in _SCRIPTS}
    with TemporaryDirectory() as folder:
        projects = write_projects(Path(folder), count, body)
        for number in range(rounds + 1):
            for name, project in projects.items():
                site = Path(folder) / f"{project.name}-{number}"
                result = measure(module("macros", "--root", project, "build", site), quiet=True)
                # The first round fills what is kept between builds.
                taken[name] += [result] if number else []
                assert (site / "zh-hant").exists() == (project.name == "both")
    return {name: middle(results) for name, results in taken.items()}


def main() -> None:
    """Read the command line, measure, and judge."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.both_scripts", description="Measure traditional pages.")
    parser.add_argument("--count", type=int, default=3000, help="number of records (default: 3000)")
    parser.add_argument("--body", type=int, default=800, help="characters of each body (default: 800)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds that count (default: 3)")
    given = parser.parse_args()
    taken = run(given.count, given.body, given.rounds)
    for name, one in taken.items():
        print(f"{name:<14}{one.processor_seconds:>7.2f} s of processor, {one.seconds:.2f} s")
    one, both = taken.values()
    ratio = both.processor_seconds / one.processor_seconds
    print(f"both beside one: {ratio:.2f}, on the clock {both.seconds / one.seconds:.2f} (goal {_GOAL})")
    sys.exit(ratio > _GOAL)


if __name__ == "__main__":
    main()
