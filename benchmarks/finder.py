"""Measure how long a finder of many records takes to answer a choice, from the click to the changed page.

    python -m benchmarks.finder [--count 10000]

Builds a small site, gives its finder of bases so many records by drawing among the site's own, and clicks every choice in
Chromium. Prints the compressed bytes that choices fetch, too. Exit code 1 if the median answer takes more than 100 ms or
more than 24 cards are shown.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, Request

from benchmarks.compressed import served
from benchmarks.first_view import chromium
from benchmarks.measure import generate, mkdocs_build
from macros.pages.finder import FOLDER, Data, Row, files_of

MOST_MILLISECONDS = 100
MOST_CARDS = 24
SITE_RECORDS = 200
# The time until the browser has drawn what the click changed, cards and all.
CLICK = """(box) => new Promise((resolve) => {
  const start = performance.now();
  const look = () =>
    document.getElementById("results").hasAttribute("aria-busy")
      ? requestAnimationFrame(look)
      : setTimeout(() => resolve(performance.now() - start));
  box.click();
  requestAnimationFrame(look);
})"""


def enlarge(site: Path, count: int) -> None:
    """Give the finder of bases so many records by drawing among the site's own; its first file keeps its name."""
    (first,) = (site / FOLDER).glob("bases.*.json")
    own = json.loads(first.read_bytes())
    rows = enumerate(Random(1).choices(own["records"], k=count))
    records: list[Row] = [(f"{row[0]}-{number}", *row[1:]) for number, row in rows]
    days = [f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}" for number in range(count)]
    files = files_of("bases", Data(own["facets"], own["badges"], records, days))
    for path, content in zip([first, *map(site.joinpath, list(files)[1:])], files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def measure_choices(page: Page, address: str) -> list[float]:
    """Return the milliseconds that each choice took, the first left out: it fetches the data.

    Args:
        page: a page of a browser.
        address: address of the list of bases.
    """
    page.goto(address)
    boxes = page.query_selector_all(".finder input[type=checkbox]")
    first, *others = [page.evaluate(CLICK, box) for box in boxes]
    print(f"the first choice took {first:.0f} ms")
    return others


def fetched_by(page: Page, site: Path) -> list[int]:
    """Return a list to which the compressed bytes of each file of the finder are added when a page fetches it."""
    sizes: list[int] = []

    def note(request: Request) -> None:
        _, found, place = request.url.partition(f"/{FOLDER}/")
        if found:
            sizes.append(len(gzip.compress((site / FOLDER / place).read_bytes())))

    page.on("request", note)
    return sizes


def report(taken: Sequence[float], cards: int, count: int) -> bool:
    """Print what was measured and tell whether the goals are reached."""
    middle = statistics.median(taken)
    print(
        f"{count} records: {len(taken)} choices, median {middle:.0f} ms, longest {max(taken):.0f} ms, {cards} cards shown"
    )
    return middle <= MOST_MILLISECONDS and cards <= MOST_CARDS


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.finder", description="Measure a finder's answers.")
    parser.add_argument("--count", type=int, default=10_000, help="number of records (default: 10000)")
    count: int = parser.parse_args().count
    with TemporaryDirectory() as folder, chromium() as browser:
        project, site = Path(folder) / "project", Path(folder) / "site"
        generate(project, SITE_RECORDS)
        mkdocs_build(project, site)
        enlarge(site, count)
        with served(site) as address:
            page = browser.new_page()
            sizes = fetched_by(page, site)
            taken = measure_choices(page, f"{address}bases/")
            good = report(taken, page.locator("#results .card").count(), count)
            print(
                f"fetched: the first file {sizes[0] / 1000:.1f} kB compressed, all {len(sizes)} files {sum(sizes) / 1000:.1f} kB"
            )
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
