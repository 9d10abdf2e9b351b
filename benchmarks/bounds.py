"""Measure the daily commands, and what hostile input costs before it is refused; each has a bound.

    python -m benchmarks.bounds

Times are those of the processor, which other load stretches little. Exit code 1 if a bound is passed. Tests hold of the same
inputs that they are refused, and how many steps that takes; how long it takes depends on the machine and is measured here.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.goals import Goal
from benchmarks.hostile import BOMBS, PROSE, long_workbook
from benchmarks.measure import measure, module
from benchmarks.records import REPOSITORY, write_project
from benchmarks.tables import goals_table
from macros.records.load import load
from macros.records.model.dates import PartialDate
from macros.spreadsheets.reader import read_xlsx
from macros.spreadsheets.sheets import Unusable
from macros.text.fold import fold
from macros.text.prose import faults, plain, render

MANY = 1000
# The system counts the memory of whoever starts a program as the program's own; that of its present image is told apart.
_READ = """
import re, sys, time
from pathlib import Path
from macros.records import yaml
from macros.records.problems import ProblemsFound

def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024 / 1_000_000

raw, megabytes, seconds = Path(sys.argv[1]).read_bytes(), peak(), time.process_time()
try:
    yaml.read("x.yml", raw)
except ProblemsFound:
    print(time.process_time() - seconds, peak() - megabytes)
"""
_PARAGRAPH = "鹭苑位于示例区，**重要：**请预约。\n[官网](https://e.example/a) 与 [基地](id:luyuan)。"


def commands(folder: Path) -> Iterator[Goal]:
    """Yield what the daily commands take.

    Args:
        folder: an empty folder.
    """
    project, table = folder / "untidy", folder / "table.xlsx"
    write_project(project, MANY, untidy=True)
    for label, arguments, most in (
        ("`kepu check` of the repository", ("--root", REPOSITORY, "check"), 2.0),
        (f"`kepu excel export` of {MANY:,} untidy records", ("--root", project, "excel", "export", table), 10.0),
        ("`kepu excel import` of the same", ("--root", project, "excel", "import", table), 10.0),
    ):
        yield Goal(label, measure(module("macros", *arguments)).processor_seconds, most, "s")


def reading(folder: Path) -> Iterator[Goal]:
    """Yield what reading many records and much text takes.

    Args:
        folder: an empty folder.
    """
    shutil.copytree(REPOSITORY / "data", folder / "data")
    source = (REPOSITORY / "data/incubators/zhuxi-chuanggu.yml").read_bytes()
    for number in range(MANY):
        (folder / f"data/incubators/copy-{number}.yml").write_bytes(source)
    yield Goal(f"reading {MANY:,} long records", seconds(lambda: load(folder, PartialDate(2026, 11, 24))), 1.0, "s")
    text = "蓬江區科普基地的開放時間" * 100_000
    yield Goal("folding 1.2 million characters", seconds(lambda: fold(text)), 1.0, "s")
    yield Goal(f"rendering the prose of {MANY:,} records", seconds(_render_many), 1.0, "s")


def _render_many() -> None:
    source = f"{_PARAGRAPH}\n\n- 甲\n- 乙\n\n" * 4
    for number in range(MANY):
        render(f"{source}{number}", _nowhere)
        list(faults(f"{source}{number}"))


def hostile(folder: Path) -> Iterator[Goal]:
    """Yield what it takes to refuse, or to render as text, what was written to keep us busy.

    Args:
        folder: an empty folder.
    """
    for label, bomb in BOMBS.items():
        taken, megabytes = _refusal(_written(folder, bomb))
        yield Goal(f"refusing YAML: {label}, time", taken, 1.0, "s")
        yield Goal(f"refusing YAML: {label}, memory", megabytes, 100, "MB")
    yield Goal("the slowest of hostile prose", max(seconds(_prose(source)) for source in PROSE), 2.0, "s")
    raw = long_workbook(100_000)
    yield Goal("refusing a workbook of 100,000 rows", seconds(lambda: _refused(raw)), 10.0, "s")


def _refusal(bomb: Path) -> tuple[float, float]:
    """Return the seconds and megabytes that a file of YAML costs until it is refused."""
    command: list[str | Path] = [sys.executable, "-c", _READ, bomb]
    said = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    taken, megabytes = map(float, said.split())
    return taken, megabytes


def _written(folder: Path, text: str) -> Path:
    path = folder / "x.yml"
    path.write_text(text, "utf-8")
    return path


def _prose(source: str) -> Callable[[], object]:
    return lambda: (render(source, _nowhere), plain(source), list(faults(source)))


def _refused(raw: bytes) -> None:
    try:
        read_xlsx(raw)
    except Unusable:
        return
    raise AssertionError("a workbook of too many rows was read")


def _nowhere(address: str) -> None:
    """Lead nowhere: no link of prose matters here."""


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that a piece of work has the processor."""
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> None:
    """Read the command line, measure and report."""
    argparse.ArgumentParser(prog="python -m benchmarks.bounds", description="Measure what has a bound.").parse_args()
    goals: list[Goal] = []
    for part in (commands, reading, hostile):
        with TemporaryDirectory() as folder:
            goals += part(Path(folder))
    print("\n".join(goals_table(goals)))
    sys.exit(0 if all(goal.reached for goal in goals) else 1)


if __name__ == "__main__":
    main()
