"""Measure the editor: how long from its start to the first form, and from a typed fault to its being told.

    python -m benchmarks.editor [--count 10000] [--body 400] [--checks 20]

`kepu edit` is started and asked by HTTP, as a browser asks. Exit code 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html.parser import HTMLParser
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from benchmarks.measure import ENVIRONMENT, generate, module
from benchmarks.records import REPOSITORY

FORM_GOAL, FAULT_GOAL = 3.0, 0.15
_WRONG = ("contact.phone", "0750-1")


class _Form(HTMLParser):
    """Gathers what a browser would send of the fields that hold one line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        kind = found.get("type", "text")
        if tag == "input" and found.get("name") and (kind not in ("checkbox", "radio") or "checked" in found):
            self.pairs.append((found["name"], found.get("value", "")))
        self._area = found.get("name", "") if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.pairs.append((self._area, data))


class _Window:
    """A browser's window of the editor."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._browser: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.home = address.partition("?")[0]

    def let_in(self) -> None:
        """Open the address with the secret."""
        with suppress(HTTPError):  # the list waits until all records are read
            self._browser.open(self._address).read()

    def get(self, path: str) -> str:
        """Return a page."""
        return self._text(self._browser.open(urljoin(self.home, path)))

    def post(self, path: str, pairs: list[tuple[str, str]]) -> str:
        """Send a form, and return the answer."""
        origin = re.match(r"https?://[^/]+", self.home)
        assert origin
        body = urlencode(pairs).encode()
        return self._text(self._browser.open(Request(urljoin(self.home, path), body, {"Origin": origin[0]})))

    @staticmethod
    def _text(answer: HTTPResponse) -> str:
        return answer.read().decode("utf-8")


@contextmanager
def _editor(project: Path) -> Iterator[_Window]:
    """Run the editor of a project, and give a window as soon as it has said its address."""
    command = module("macros", "--root", project, "edit", "--no-browser")
    process = subprocess.Popen(command, cwd=REPOSITORY, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield _Window(next(found[0] for line in process.stdout if (found := re.search(r"http://\S+\?\S+", line))))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def measure_editor(project: Path, checks: int) -> tuple[float, float]:
    """Return the seconds from the start to the first form, and the median of those from a fault to its being told.

    Args:
        project: the project's folder.
        checks: how often a fault is made.
    """
    path = f"records/bases/{min(file.stem for file in (project / 'data/bases').glob('*.yml'))}/"
    started = time.perf_counter()
    with _editor(project) as window:
        window.let_in()
        form = _Form(window.get(path)).pairs
        to_form = time.perf_counter() - started
        name, value = _WRONG
        # The first waits until all records are read.
        rest = [pair for pair in form if pair[0] != name]
        taken = [_seconds_to_fault(window, path, [*rest, (name, f"{value}{number}")]) for number in range(checks + 1)]
    return to_form, median(taken[1:])


def _seconds_to_fault(window: _Window, path: str, pairs: list[tuple[str, str]]) -> float:
    started = time.perf_counter()
    answer = json.loads(window.post(f"{path}check", pairs))
    seconds = time.perf_counter() - started
    if not any(pairs[-1][1] in problem["message"] for problem in answer["problems"]):
        raise AssertionError(f"the fault was not told: {answer['problems']}")
    return seconds


def main() -> None:
    """Read the command line, measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.editor", description="Measure the editor.")
    parser.add_argument("--count", type=int, default=10_000, help="number of records (default: 10000)")
    parser.add_argument("--body", type=int, default=400, help="characters in each body (default: 400)")
    parser.add_argument("--checks", type=int, default=20, help="faults, of which the median counts (default: 20)")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        generate(project, options.count, options.body)
        to_form, to_fault = measure_editor(project, options.checks)
    print(f"{options.count:,} records: the first form is there after {to_form:.2f} s (goal: {FORM_GOAL:.0f} s)")
    print(
        f"{options.count:,} records: a fault is told after {to_fault * 1000:.0f} ms (goal: {FAULT_GOAL * 1000:.0f} ms)"
    )
    sys.exit(0 if to_form <= FORM_GOAL and to_fault <= FAULT_GOAL else 1)


if __name__ == "__main__":
    main()
