"""Measure how long the pages of many records take, beside the same pages under stock Material for MkDocs.

    python -m benchmarks.pages [--count 3000] [--quick]

Three builds by MkDocs, one after the other: our pages; the same pages as Markdown files that the navigation lists, with
the theme's search; and the same left out of the navigation. The theme's search cuts Chinese text with jieba, as its
manual tells sites in Chinese to do. Exit code 1 if ours takes more than 1/20 of the second or more than 1/4 of the third.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Measurement, generate, measure, mkdocs_build, module, size

OURS = "records, this generator"


@dataclass(frozen=True)
class Stock:
    """A way of building the same pages with stock Material.

    Attributes:
        label: what it is called.
        options: for `benchmarks.markdown`.
        goal: our build takes at most one part in so many of its time.
    """

    label: str
    options: tuple[str, ...]
    goal: int


OUT_OF_NAV = Stock("Markdown out of nav, stock", ("--out-of-nav",), 4)
IN_NAV = Stock("Markdown in nav, stock", (), 20)


@dataclass(frozen=True)
class Build:
    """One build of the site.

    Attributes:
        label: what was built.
        taken: what it took.
        pages: number of HTML files.
        megabytes: size of the finished site.
    """

    label: str
    taken: Measurement
    pages: int
    megabytes: float

    def __str__(self) -> str:
        taken = self.taken
        return (
            f"{self.label:<34}{taken.seconds:>10.1f}{taken.processor_seconds:>12.1f}{taken.megabytes:>12.0f}"
            f"{self.pages:>9}{self.megabytes:>11.0f}"
        )


HEADER = f"{'':<34}{'seconds':>10}{'processor s':>12}{'memory MB':>12}{'pages':>9}{'site MB':>11}"


def compare(folder: Path, count: int, stocks: Sequence[Stock]) -> list[Build]:
    """Return our build and the stock builds.

    Args:
        folder: an empty folder for everything that is written.
        count: number of records.
        stocks: what to compare with.
    """
    project = folder / "project"
    generate(project, count)
    site = folder / "site"
    builds = [_build(OURS, measure(module("benchmarks.pages_only", project, site)), site)]
    for number, stock in enumerate(stocks):
        written = folder / f"stock{number}"
        measure(module("benchmarks.markdown", project, written, *stock.options))
        site = folder / f"site{number}"
        builds.append(_build(stock.label, mkdocs_build(written, site), site))
    return builds


def _build(label: str, taken: Measurement, site: Path) -> Build:
    return Build(label, taken, sum(1 for _ in site.rglob("*.html")), size(site))


def report(builds: Sequence[Build], stocks: Sequence[Stock]) -> bool:
    """Print the table and the ratios, and tell whether all goals are reached."""
    print(HEADER, *builds, sep="\n")
    ours, *others = (build.taken.seconds for build in builds)
    for stock, seconds in zip(stocks, others, strict=True):
        verdict = "good" if ours * stock.goal <= seconds else "too slow"
        print(f"1/{seconds / ours:.1f} of {stock.label} (goal: at most 1/{stock.goal}): {verdict}")
    return all(ours * stock.goal <= seconds for stock, seconds in zip(stocks, others, strict=True))


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description="Measure pages against stock.")
    parser.add_argument("--count", type=int, default=3000, help="number of records (default: 3000)")
    parser.add_argument("--quick", action="store_true", help="leave out the build in nav, which takes minutes")
    given = parser.parse_args()
    stocks = [OUT_OF_NAV] if given.quick else [OUT_OF_NAV, IN_NAV]
    with TemporaryDirectory() as folder:
        reached = report(compare(Path(folder), given.count, stocks), stocks)
    sys.exit(0 if reached else 1)


if __name__ == "__main__":
    main()
