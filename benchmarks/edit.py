"""Measure how long an edit takes from the saved file to the page in the browser, under ``kepu serve``.

    python -m benchmarks.edit [--count 10000] [--body 800] [--edits 5]

The page of a record is open in Chromium; its summary is written anew; the browser's own clock tells when the page that
says so is there. Exit code 1 if the median takes more than a second.
"""

from __future__ import annotations

import argparse
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from benchmarks.first_view import chromium
from benchmarks.measure import ENVIRONMENT, generate, module
from benchmarks.records import REPOSITORY

GOAL = 1.0
_MILLISECONDS = 1000
_READING_SECONDS = 3
_PATIENCE = 600 * _MILLISECONDS
# The time on the browser's clock at which the page says the text; asked again for every frame that is drawn.
_SHOWN = """(text) => document.body?.innerText.includes(text) && performance.timeOrigin + performance.now()"""


def measure_edits(project: Path, edits: int) -> float:
    """Return the median seconds from a saved record to its page in the browser.

    Args:
        project: folder of the records; one of them is changed.
        edits: how many times.
    """
    record = next(iter(sorted((project / "data" / "bases").glob("*.yml"))))
    with _preview(project) as address, chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address}bases/{record.stem}/")
        page.locator(".page-bases").wait_for(timeout=_PATIENCE)
        return median(_edit(record, page, f"第 {number} 次改动") for number in range(1, edits + 1))


def _edit(record: Path, page: Page, words: str) -> float:
    # An editor reads the page before the next edit; meanwhile the preview looks at the laws.
    time.sleep(_READING_SECONDS)
    text = re.sub(r"(?m)^summary: .*$", f"summary: {words}。", record.read_text("utf-8"))
    saved = time.time()
    record.write_text(text, "utf-8")
    shown: float = page.wait_for_function(_SHOWN, arg=words, polling="raf", timeout=_PATIENCE).json_value()
    return shown / _MILLISECONDS - saved


@contextmanager
def _preview(project: Path) -> Iterator[str]:
    """Run the preview of a project and give its address; the first build takes its time after that."""
    command = module("macros", "--root", project, "serve")
    process = subprocess.Popen(command, cwd=REPOSITORY, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
    finally:
        process.send_signal(signal.SIGINT)  # as Ctrl-C: it removes what it built
        process.wait()


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.edit", description="Measure an edit in the preview.")
    parser.add_argument("--count", type=int, default=10_000, help="number of records (default: 10000)")
    parser.add_argument("--body", type=int, default=800, help="characters in each body (default: 800)")
    parser.add_argument("--edits", type=int, default=5, help="edits, of which the median counts (default: 5)")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        generate(project, given.count, given.body)
        seconds = measure_edits(project, given.edits)
    print(f"{given.count:,} records: an edit is in the browser after {seconds:.2f} s (goal: {GOAL:.0f} s)")
    sys.exit(0 if seconds <= GOAL else 1)


if __name__ == "__main__":
    main()
