"""Measure how long a finder of many records takes to answer a choice, from the click to the changed page.

    python -m benchmarks.finder [--count 10000]

Builds a small site, gives its finder of bases so many records by repeating the site's own, and clicks every choice in
Chromium. Exit code 1 if the median answer takes more than 100 ms or more than 24 cards are shown.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, Route

from benchmarks.compressed import served
from benchmarks.first_view import chromium
from benchmarks.measure import generate, mkdocs_build

MOST_MILLISECONDS = 100
MOST_CARDS = 24
SITE_RECORDS = 200
# The time until the browser has drawn what the click changed.
CLICK = """(box) => new Promise((resolve) => {
  const start = performance.now();
  box.click();
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
})"""


def measure_choices(page: Page, address: str, count: int) -> list[float]:
    """Return the milliseconds that each choice took, the first left out: it fetches the data.

    Args:
        page: a page of a browser.
        address: address of the list of bases.
        count: number of records in the finder.
    """
    page.route("**/assets/finder/bases.*.json", lambda route: _enlarge(route, count))
    page.goto(address)
    boxes = page.query_selector_all(".finder input[type=checkbox]")
    with page.expect_response("**/assets/finder/bases.*.json"):
        boxes[0].click()
    page.locator("#results .card").first.wait_for()
    return [page.evaluate(CLICK, box) for box in boxes[1:]]


def _enlarge(route: Route, count: int) -> None:
    data: dict[str, Any] = route.fetch().json()
    rows = enumerate(islice(cycle(data["records"]), count))
    data["records"] = [[f"{row[0]}-{number}", *row[1:]] for number, row in rows]
    data["newest"] = list(range(count))
    route.fulfill(status=200, content_type="application/json", body=json.dumps(data, ensure_ascii=False))


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
        with served(site) as address:
            page = browser.new_page()
            taken = measure_choices(page, f"{address}bases/", count)
            good = report(taken, page.locator("#results .card").count(), count)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
