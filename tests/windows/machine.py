"""A Windows for tests: Debian's Wine and Windows' own Python, made once in ``.venv/windows``. Nothing in it has git."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support import ROOT, epoch_of

HOME = Path(sys.prefix, "windows")
WHEELS = HOME / "wheels"
PYTHON = HOME / "cp311"
PINS = HOME / "requirements.txt"
"""What the tests need in Windows, the generator's own packages among it."""

VERSION = "3.11.9"
"""Of Windows' Python; what is installed into it is chosen by it."""

PREFIX = HOME / "prefix"
SYSTEM = PREFIX / "drive_c" / "windows" / "system32"
# The longest that is done in one go are the tests, for ten minutes or so; it holds nothing, but something must end a deadlock.
_LONGEST_SECONDS = 3600


def windows_path(path: Path) -> str:
    """Return the path that Windows knows a file of this system by."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def settings(**more: str) -> dict[str, str]:
    """Return the environment of what runs in Windows, on the tests' day; packages come from the disk alone.

    Args:
        more: added to it; an empty text takes a variable away.
    """
    inside = {
        "PATH": os.environ["PATH"],
        # The code page is one without Chinese; this is only so that Wine sees the names of files.
        "LC_ALL": "C.UTF-8",
        "HOME": str(HOME),
        "WINEPREFIX": str(PREFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        # Nothing there opens a browser of this system.
        "WINEDLLOVERRIDES": "mscoree,mshtml,winebrowser.exe=",
        "WINEPATH": windows_path(PYTHON),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": windows_path(WHEELS),
        "SOURCE_DATE_EPOCH": epoch_of(ROOT),
    }
    return {name: value for name, value in {**inside, **more}.items() if value}


def start(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start a program in Windows. Wine takes no terminal: what it says, also of errors, is read from a pipe.

    Args:
        command: the program, by name or Windows path, and its arguments.
        folder: where it starts.
        environment: made by `settings`.
    """
    pipe = subprocess.PIPE
    return subprocess.Popen(
        ["wine", *command], cwd=folder, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace", start_new_session=True,
    )  # fmt: skip


def run(command: Sequence[str], folder: Path, typed: str = "\n", **more: str) -> tuple[int, str]:
    """Run a program in Windows; return its exit code and what it said, with line feeds alone.

    Args:
        command: the program, by name or Windows path, and its arguments.
        folder: where it runs.
        typed: what it reads.
        more: variables of its environment.
    """
    process = start(command, folder, settings(**more))
    said, _ = process.communicate(typed, timeout=_LONGEST_SECONDS)
    return process.returncode, said.replace("\r\n", "\n")


@contextmanager
def switched_on() -> Iterator[None]:
    """Keep Windows running between programs, each of which would start it anew, and end all that runs in it."""
    _keep_running()
    try:
        yield
    finally:
        _switch_off()


def end_everything() -> None:
    """End every program that runs in this Windows."""
    _switch_off()
    _keep_running()


def _keep_running() -> None:
    subprocess.run(["wineserver", "--persistent"], env=settings(), check=True)
    # The services start with the first program and would hold the pipe of it for as long as they run.
    nothing = subprocess.DEVNULL
    subprocess.run(["wine", "wineboot"], env=settings(), stdin=nothing, stdout=nothing, stderr=nothing, check=True)


def _switch_off() -> None:
    # It fails where nothing runs.
    subprocess.run(["wineserver", "--kill"], env=settings(), check=False)
    subprocess.run(["wineserver", "--wait"], env=settings(), check=False)
