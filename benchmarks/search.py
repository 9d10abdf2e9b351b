"""Measure the search beside Pagefind 1.6 (npm, extended) on the same documents.

    python -m benchmarks.search [--count 10000] [--body 800]

Two processes make the indexes, one after the other; then one Chromium asks both the same queries. Needs `make peers`. Exit
code 1 if our index takes more than 1/4 of Pagefind's time or 1/3 of its memory, or a query's 95th percentile is more than twice
Pagefind's and more than 25 ms.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measure import Measurement, measure, module
from benchmarks.peers import programs
from benchmarks.records import REPOSITORY
from benchmarks.searchsites import read_queries
from tests.search.scoring import percentile95
from tests.support import serve_folder

_TIME_GOAL = 4
_MEMORY_GOAL = 3
_LATENCY_GOAL = 2
_LATENCY_ENOUGH = 25

_OURS = """async (address) => {
  const { openSearch } = await import(`${address}assets/javascripts/search/open.js`);
  const search = await openSearch(address);
  window.ask = (text) => search.query(text, { limit: 10 });
}"""
_THEIRS = """async (address) => {
  const pagefind = await import(`${address}pagefind/pagefind.js`);
  await pagefind.init();
  window.ask = async (text) => {
    const { results } = await pagefind.search(text);
    return Promise.all(results.slice(0, 10).map((result) => result.data()));
  };
}"""
_TIME = """async (text) => {
  const start = performance.now();
  await window.ask(text);
  return performance.now() - start;
}"""


def build_indexes(folder: Path, count: int, body: int) -> tuple[Measurement, Measurement]:
    """Make both indexes and return what ours and Pagefind's took."""
    measure(module("benchmarks.searchsites", "corpus", folder, "--count", str(count), "--body", str(body)))
    measure(module("benchmarks.searchsites", "pages", folder))
    shutil.copytree(REPOSITORY / "overrides/assets", folder / "site/assets")
    (folder / "site/index.html").write_text("<!doctype html><title>示例</title>", "utf-8")
    ours = measure(module("benchmarks.searchsites", "index", folder))
    theirs = measure([programs.pagefind(), "--quiet", "--site", folder / "pages"])
    return ours, theirs


def query_times(browser: Browser, site: Path, prepare: str, queries: Sequence[str]) -> list[float]:
    """Ask every query and return how long each took, in milliseconds, to ten results that can be shown."""
    times = []
    for address in serve_folder(site):
        page = browser.new_page()
        page.goto(address)
        page.evaluate(prepare, address)
        page.wait_for_timeout(500)
        times = [page.evaluate(_TIME, query) for query in queries]
        page.close()
    return times


def compare_queries(folder: Path) -> tuple[float, float]:
    """Return the 95th percentile of a query's milliseconds, ours and Pagefind's."""
    queries = read_queries(folder)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        ours = query_times(browser, folder / "site", _OURS, queries)
        theirs = query_times(browser, folder / "pages", _THEIRS, queries)
        browser.close()
    return percentile95(ours), percentile95(theirs)


def report(label: str, ours: float, theirs: float, unit: str) -> float:
    """Print both figures and their ratio, and return the ratio."""
    print(f"{label:<24}{ours:>10.1f}{theirs:>10.1f} {unit:<4} ratio {ours / theirs:.2f}")
    return ours / theirs


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the arguments, measure, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--body", type=int, default=800)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        folder = Path(name)
        ours, theirs = build_indexes(folder, options.count, options.body)
        fast, slow = compare_queries(folder)
    print(f"{options.count:,} documents of {options.body} characters: ours, Pagefind {programs.versions()['Pagefind']}")
    time = report("index, seconds", ours.seconds, theirs.seconds, "s")
    memory = report("index, memory", ours.megabytes, theirs.megabytes, "MB")
    latency = report("a query, p95", fast, slow, "ms")
    reached = time <= 1 / _TIME_GOAL and memory <= 1 / _MEMORY_GOAL
    return 0 if reached and (latency <= _LATENCY_GOAL or fast <= _LATENCY_ENOUGH) else 1


if __name__ == "__main__":
    sys.exit(main())
