"""What tests share that is not a fixture: where things lie, the day they run on, and a server for a folder."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from macros.records.model.dates import PartialDate
from macros.site.configuration import read_configuration
from macros.site.session import Session

ROOT = Path(__file__).parents[2]
DISTRICT = ROOT / "tests" / "district"
AS_OF = PartialDate(2026, 11, 24)
# The same day for code that reads the environment: 2026-11-24 12:00 in China.
EPOCH = "1795492800"
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}

CHROMIUM: Mapping[str, Any] = {
    "executable_path": shutil.which("chromium"),
    "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
}


def open_session(root: Path) -> Session:
    """Return a session over a project on the tests' day."""
    configuration = read_configuration(root)
    return Session(root, configuration.site, AS_OF, configuration.templates)


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module as a command and return how it ended."""
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=cwd, env={**ENVIRONMENT, **environment}, capture_output=True, text=True
    )


def build_whole(root: Path, out: Path) -> Path:
    """Build a project's site and return its folder."""
    done = run("macros", "--root", str(root), "build", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def project_copy(folder: Path) -> Path:
    """Copy the district into a folder, with the templates where its configuration looks for them."""
    project = folder / "tests" / "district"
    shutil.copytree(DISTRICT, project, ignore=shutil.ignore_patterns("expected", "site", ".*"))
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    return project


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def serve_folder(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of the loopback address while the caller holds the address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()
