"""Measure a command: seconds, processor time and peak memory, each in a process of its own.

Commands run one after the other, so that each has the whole machine. The measuring process stays small, because Linux
counts the memory of the process that starts a command as the command's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.records import AS_OF, REPOSITORY

MEGABYTE = 1_000_000
_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Measurement:
    """What a command took.

    Attributes:
        seconds: time on the clock.
        processor_seconds: time of the processor; on a busy machine the fairer figure.
        megabytes: largest memory held at once.
    """

    seconds: float
    processor_seconds: float
    megabytes: float


def measure(command: Sequence[str | Path]) -> Measurement:
    """Run a command and measure it.

    Args:
        command: program and arguments.

    Raises:
        CalledProcessError: the command failed; its messages have been printed.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(AS_OF), "PYTHONUTF8": "1"}
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - started
    return Measurement(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MEMORY_UNIT / MEGABYTE)


def module(name: str, *arguments: str | Path) -> list[str | Path]:
    """Return the command that runs a Python module with this Python."""
    return [sys.executable, "-m", name, *arguments]


def generate(project: Path, count: int, body: int = 400) -> None:
    """Write a project of invented records, in a process of its own."""
    measure(module("benchmarks.records", project, "--count", str(count), "--body", str(body)))


def mkdocs_build(project: Path, site: Path) -> Measurement:
    """Measure ``mkdocs build`` of a project into a folder."""
    return measure(module("mkdocs", "build", "--quiet", "--config-file", project / "mkdocs.yml", "--site-dir", site))


def size(folder: Path) -> float:
    """Return the size of all files of a folder, in megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE
