"""What tests share that is not a fixture: where things lie, the day they run on, and a server for a folder."""

from __future__ import annotations

import datetime
import functools
import hashlib
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from macros.pages.assets import Assets, not_needed
from macros.pages.site_settings import TRADITIONAL, Site
from macros.pages.theme import theme_of
from macros.records.laws.order import last_past_date
from macros.records.load import read
from macros.records.model.dates import PartialDate
from macros.site import session
from macros.site.git import CHINA, BuildDay
from macros.site.session import Session

ROOT = Path(__file__).parents[2]
ASSETS = Assets(theme_of(), without=not_needed(Site("")))
"""The styles and scripts of a site that has no more than every site has."""

DISTRICT = ROOT / "tests" / "district"
AS_OF = PartialDate(2026, 11, 24)
# The same day for code that reads the environment: 2026-11-24 12:00 in China.
EPOCH = "1795492800"
ENVIRONMENT = {
    **os.environ,
    "SOURCE_DATE_EPOCH": EPOCH,
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONPATH": str(ROOT),
    "TZ": "Asia/Shanghai",
}
# How long a test waits for a program or a browser before it gives up, in seconds. It holds nothing: no test is about time.
PATIENCE = 120.0

CHROMIUM: Mapping[str, Any] = {
    "executable_path": shutil.which("chromium"),
    "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
}


def day_of(root: Path) -> PartialDate:
    """Return the day on which tests look at a project.

    Invented projects have one for ever. The repository's own records go on telling of later days, and so does a copy
    with its settings: they are looked at on the last day of which they tell, so that nothing in them is yet to come.
    """
    settings = root / "mkdocs.yml"
    is_living = settings.is_file() and settings.read_bytes() == (ROOT / "mkdocs.yml").read_bytes()
    return last_day(root) if is_living else AS_OF


def last_day(root: Path) -> PartialDate:
    """Return the last day of which the records of a project tell as past; where they tell of none, that of invented projects."""
    records = read(root, AS_OF).collection.records.values()
    day = max((date.first_day for date in map(last_past_date, records) if date), default=AS_OF.first_day)
    return PartialDate(day.year, day.month, day.day)


def epoch_of(root: Path) -> str:
    """Return a project's day for code that reads the environment: its noon in China."""
    noon = datetime.datetime.combine(day_of(root).first_day, datetime.time(12), CHINA)
    return str(int(noon.timestamp()))


def open_session(root: Path) -> Session:
    """Return a session over a project on its day."""
    return session.open_session(root, day=BuildDay(day_of(root)))


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module as a command and return how it ended."""
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=cwd, env={**ENVIRONMENT, **environment}, capture_output=True, text=True
    )


def build_whole(root: Path, out: Path) -> Path:
    """Build a project's site and return its folder."""
    done = run("macros", "--root", str(root), "build", str(out), SOURCE_DATE_EPOCH=epoch_of(root))
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def few_twins(addresses: Iterable[str]) -> list[str]:
    """Return addresses of pages, sorted; of those in traditional characters, which are made of the others, every twelfth."""
    found = sorted(addresses)
    twins = [address for address in found if address.startswith(TRADITIONAL)]
    return sorted({*found} - {*twins} | {*twins[::12]})


def bytes_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def project_copy(folder: Path) -> Path:
    """Copy the district into a folder, with the templates where its configuration looks for them."""
    project = folder / "tests" / "district"
    shutil.copytree(DISTRICT, project, ignore=shutil.ignore_patterns("expected", "site", ".*"))
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    return project


class QuietServer(http.server.ThreadingHTTPServer):
    """A server on a free port of the loopback address that says nothing of browsers which hang up before an answer is whole.

    Args:
        handler: answers requests.
    """

    def __init__(self, handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    @property
    def address(self) -> str:
        """The address of its root."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of errors, but not of connections that broke."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @contextmanager
    def running(self) -> Iterator[str]:
        """Answer while the caller holds the address."""
        thread = threading.Thread(target=self.serve_forever, daemon=True)
        thread.start()
        try:
            yield self.address
        finally:
            self.shutdown()
            self.server_close()
            thread.join()


class _Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def serve_folder(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of the loopback address while the caller holds the address."""
    with QuietServer(functools.partial(_Files, directory=str(folder))).running() as address:
        yield address
