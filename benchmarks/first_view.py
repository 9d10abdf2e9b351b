"""Measure the first view of the site with many records, as somebody with a slow telephone on a slow network gets it.

    python -m benchmarks.first_view [--count 1000] [--rounds 5] [--slow]

Builds a site of invented records, serves it compressed, and opens the start page, a finder and the page of a base in
Chromium with a processor four times slower, 1.6 Mbit/s and 150 ms of latency; the median of all rounds counts. Exit
code 1 if any goal is missed: 30 kB compressed without pictures, largest contentful paint within 2.0 s, layout shift
at most 0.02. On the slow line, 400 kbit/s and 400 ms, largest contentful paint may take 2.3 s.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright

from benchmarks.compressed import served
from benchmarks.measure import generate, mkdocs_build

PROCESSOR_SLOWDOWN = 4
SETTLE_MILLISECONDS = 1500
# As much as the repository's own start page shows.
HOME = """---
title: 示例科普
description: 虚构的示例数据，只用来测量。
---

## 去科普基地看看

{{ cards("bases", limit=6) }}

## 创业从这里起步

{{ cards("incubators", limit=3) }}

## 园区和研究院

{{ cards("platforms", limit=3) }}
"""
OBSERVE = """() => new Promise((resolve) => {
  let paint = 0, shift = 0;
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => { paint = entry.startTime; });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) shift += entry.value; });
  setTimeout(() => resolve([paint / 1000, shift]), 200);
})"""


@dataclass(frozen=True)
class Line:
    """A line to the site, and what the first view may take on it.

    Attributes:
        latency: milliseconds.
        throughput: bytes a second.
        paint: latest largest contentful paint, in seconds.
        shift: most of cumulative layout shift.
        size: most bytes, pictures left out.
    """

    latency: int
    throughput: int
    paint: float
    shift: float
    size: int


USUAL = Line(150, 200_000, 2.0, 0.02, 30_000)
SLOW = Line(400, 50_000, 2.3, 0.02, 30_000)


@dataclass(frozen=True)
class View:
    """What the first view of a page took.

    Attributes:
        paint: largest contentful paint, in seconds.
        shift: cumulative layout shift.
        size: bytes that came over the network, pictures left out.
    """

    paint: float
    shift: float
    size: int

    def is_good(self, line: Line) -> bool:
        """Tell whether every goal of a line is reached."""
        return self.paint <= line.paint and self.shift <= line.shift and self.size <= line.size


def median(views: Sequence[View]) -> View:
    """Return the median of each figure."""
    return View(
        statistics.median(view.paint for view in views),
        statistics.median(view.shift for view in views),
        round(statistics.median(view.size for view in views)),
    )


def measure_view(browser: Browser, address: str, line: Line) -> View:
    """Open a page with nothing in the cache and measure its first view."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes = _sizes(session)
    speed = {"downloadThroughput": line.throughput, "uploadThroughput": line.throughput}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": line.latency, **speed})
    session.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR_SLOWDOWN})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    paint, shift = page.evaluate(OBSERVE)
    context.close()
    return View(paint, shift, sum(sizes.values()))


def _sizes(session: CDPSession) -> dict[str, int]:
    """Return the bytes of each request, pictures left out; filled while the page loads."""
    sizes: dict[str, int] = {}
    pictures: set[str] = set()

    def note(event: dict[str, Any]) -> None:
        if event["type"] == "Image":
            pictures.add(event["requestId"])

    def count(event: dict[str, Any]) -> None:
        if event["requestId"] not in pictures:
            sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.responseReceived", note)
    session.on("Network.loadingFinished", count)
    session.send("Network.enable")
    return sizes


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def compare(count: int, rounds: int, line: Line) -> dict[str, View]:
    """Return the median view of each page of a site with so many records."""
    with TemporaryDirectory() as folder, chromium() as browser:
        project, site = Path(folder) / "project", Path(folder) / "site"
        generate(project, count)
        (project / "content" / "index.md").write_text(HOME, encoding="utf-8")
        mkdocs_build(project, site)
        record = min(path for path in (site / "bases").glob("*/index.html") if path.parent.name != "by")
        pages = {"home": "", "finder": "bases/", "record": f"bases/{record.parent.name}/"}
        with served(site) as address:
            return {
                name: median([measure_view(browser, address + page, line) for _ in range(rounds)])
                for name, page in pages.items()
            }


def report(views: dict[str, View], line: Line) -> bool:
    """Print the table and tell whether all goals are reached."""
    print(f"{'first view':<14}{'paint s':>10}{'shift':>10}{'kB':>10}")
    for name, view in views.items():
        verdict = "good" if view.is_good(line) else "goal missed"
        print(f"{name:<14}{view.paint:>10.2f}{view.shift:>10.3f}{view.size / 1000:>10.1f}  {verdict}")
    print(f"{'goal: at most':<14}{line.paint:>10.2f}{line.shift:>10.3f}{line.size / 1000:>10.1f}")
    return all(view.is_good(line) for view in views.values())


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_view", description="Measure first views.")
    parser.add_argument("--count", type=int, default=1000, help="number of records (default: 1000)")
    parser.add_argument("--rounds", type=int, default=5, help="times that each page is opened (default: 5)")
    parser.add_argument("--slow", action="store_true", help="on a slow line")
    given = parser.parse_args()
    line = SLOW if given.slow else USUAL
    sys.exit(0 if report(compare(given.count, given.rounds, line), line) else 1)


if __name__ == "__main__":
    main()
