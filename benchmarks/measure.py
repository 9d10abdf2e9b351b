"""Measure a command: seconds, processor time and peak memory, each in a process of its own.

Commands run one after the other, so that each has the whole machine. The measuring process stays small, because Linux
counts the memory of the process that starts a command as the command's own. The memory is the most that any one process
of the command held, or all of them together (`benchmarks.memory`), whichever is more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.memory import SharedMemory
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


ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(AS_OF), "PYTHONUTF8": "1"}
"""What every measured command finds: the day of the records, and nothing else of ours."""


def measure(
    command: Sequence[str | Path],
    folder: Path = REPOSITORY,
    environment: Mapping[str, str] = ENVIRONMENT,
    quiet: bool = False,
) -> Measurement:
    """Run a command and measure it.

    Args:
        command: program and arguments.
        folder: where it runs.
        environment: what it finds.
        quiet: whether what it prints, other than errors, is passed over.

    Raises:
        CalledProcessError: the command failed; its messages have been printed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL if quiet else None)
    with SharedMemory(process.pid) as shared:
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - started
    memory = max(usage.ru_maxrss * _MEMORY_UNIT, shared.peak)
    return Measurement(seconds, usage.ru_utime + usage.ru_stime, memory / MEGABYTE)


def middle(taken: Sequence[Measurement]) -> Measurement:
    """Return the median of each figure of several measurements of the same command."""
    return Measurement(
        median(one.seconds for one in taken),
        median(one.processor_seconds for one in taken),
        median(one.megabytes for one in taken),
    )


def module(name: str, *arguments: str | Path) -> list[str | Path]:
    """Return the command that runs a Python module with this Python."""
    return [sys.executable, "-m", name, *arguments]


def generate(project: Path, count: int, body: int = 400, address: str = "") -> None:
    """Write a project of invented records, in a process of its own; see `benchmarks.records.write_project`."""
    numbers = ("--count", str(count), "--body", str(body))
    measure(module("benchmarks.records", project, *numbers, "--address", address))


def mkdocs_build(project: Path, site: Path) -> Measurement:
    """Measure ``mkdocs build`` of a project into a folder."""
    return measure(module("mkdocs", "build", "--quiet", "--config-file", project / "mkdocs.yml", "--site-dir", site))


def size(folder: Path) -> float:
    """Return the size of all files of a folder, in megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE
