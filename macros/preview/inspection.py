"""A closer look at the site while nobody is editing: a whole build with its crawl, in a process of its own.

The preview makes single pages; a dead link shows only when all of them are there. The build goes into a folder that is
thrown away, and ends at once when a file changes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from macros.preview.state import TEMPORARY, UpdateOutcome, without_temporary
from macros.records.problems import Level, Problem, summarize

_LONGEST_WAIT_SECONDS = 0.1


def inspect(
    command: Callable[[Path], Sequence[str]], root: Path, interrupted: Callable[[], bool]
) -> tuple[Problem, ...] | None:
    """Build a site, and return what is wrong with it.

    Args:
        command: returns the command line that builds into a folder, which does not exist yet; it prints
            ``{"problems": [{path, line, column, level, rule, message}, …]}`` to its standard output.
        root: the folder to run it in.
        interrupted: whether the answer is not wanted any more.

    Returns:
        Errors and notices; None if the build was interrupted or ended without naming problems.
    """
    with tempfile.TemporaryDirectory(prefix=TEMPORARY, ignore_cleanup_errors=True) as folder:
        try:
            output = _run(command(Path(folder) / "site"), root, interrupted)
        except OSError:
            return None
    return _problems(output) if output else None


def outcome_of(problems: Sequence[Problem]) -> UpdateOutcome:
    """Return what to say of problems that a closer look found; the page that is shown stays."""
    return UpdateOutcome(
        any(problem.level is Level.ERROR for problem in problems), summarize(problems), tuple(problems)
    )


def _run(command: Sequence[str], root: Path, interrupted: Callable[[], bool]) -> str | None:
    """Return the standard output of a command; None if it was interrupted."""
    # Otherwise a Windows process whose output is a pipe writes it in the code page of the system.
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with _running(command, root, environment) as process:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return process.communicate(timeout=_LONGEST_WAIT_SECONDS)[0]
            if interrupted():
                return None


@contextmanager
def _running(command: Sequence[str], root: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run a command, and end it with all its workers however the block is left."""
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            _end(process)
        process.wait()


def _end(process: subprocess.Popen[str]) -> None:
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _problems(output: str) -> tuple[Problem, ...] | None:
    try:
        return tuple(sorted(_read(json.loads(output)["problems"])))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _read(entries: Iterable[Mapping[str, object]]) -> Iterator[Problem]:
    """Yield problems from their machine-readable form."""
    for entry in entries:
        line, column = int(str(entry["line"])), int(str(entry["column"]))
        message, rule = without_temporary(str(entry["message"])), str(entry["rule"])
        yield Problem(without_temporary(str(entry["path"])), line, column, message, rule, Level(str(entry["level"])))
