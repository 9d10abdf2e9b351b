"""What benchmarks say: medians, memory of several processes, goals, and the place where the last run is kept."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.builds import EVERYTHING, HUGO, IN_NAV, PAGEFIND, PAGES, Build
from benchmarks.goals import beside_hugo, beside_stock
from benchmarks.measure import Measurement, middle
from benchmarks.memory import SharedMemory
from benchmarks.tables import BEGINNING, END, builds_table, goals_table, keep
from tests.support import PATIENCE

HELD = 50_000_000
# Two processes say that each holds as much, and go on holding it until they are ended. Each says it by one write:
# `print` writes a line and its end apart, and the other's line may come between them.
TWO_PROCESSES = f"""
import os, sys
os.fork()
held = b"x" * {HELD}
os.write(1, b"ready\\n")
sys.stdin.read()
"""


def build(label: str, seconds: float, megabytes: float) -> Build:
    return Build(label, Measurement(seconds, seconds, megabytes), 10, 20, 1.5)


def builds(*made: Build) -> dict[str, Build]:
    return {one.label: one for one in made}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells shares of memory")
def test_memory_of_all_processes_counts() -> None:
    command = [sys.executable, "-c", TWO_PROCESSES]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == [b"ready\n"] * 2
        with SharedMemory(process.pid) as shared:
            # What was just made may not stand in the system's counts at once.
            end = time.monotonic() + PATIENCE
            while shared.peak < 2 * HELD and time.monotonic() < end:
                time.sleep(0.05)
        process.stdin.close()
    # Of pages that only one of them has, each counts whole.
    assert shared.peak >= 2 * HELD


def test_median_of_each_figure() -> None:
    taken = [Measurement(1, 9, 5), Measurement(3, 7, 6), Measurement(2, 8, 7)]
    assert middle(taken) == Measurement(2, 8, 6)


def test_times_of_peers_add_up_and_their_memory_does_not() -> None:
    made = builds(build(EVERYTHING, 10, 300), build(PAGES, 7, 200), build(HUGO, 5, 800), build(PAGEFIND, 20, 1000))
    assert [(goal.figure, goal.reached) for goal in beside_hugo(made)] == [
        (0.4, True),
        (0.4, True),
        (0.3, True),
        (1.4, False),
        (1.4, False),
    ]


def test_a_goal_is_missed() -> None:
    goal = beside_stock(builds(build(EVERYTHING, 2, 1), build(IN_NAV, 29, 1)))
    assert not goal.reached
    assert "**missed**" in list(goals_table([goal]))[-1]


def test_table_of_builds() -> None:
    lines = list(builds_table(builds(build(EVERYTHING, 2, 10), build(HUGO, 1, 1)), EVERYTHING))
    assert lines[2:] == [
        f"| {EVERYTHING} | 2.0 | 1.00 | 2.0 | 10 | 10 | 20 | 2 |",
        f"| {HUGO} | 1.0 | 0.50 | 1.0 | 1 | 10 | 20 | 2 |",
    ]


def test_the_last_run_replaces_the_one_before(tmp_path: Path) -> None:
    document = tmp_path / "README.md"
    document.write_text(f"before\n{BEGINNING}\nold\n{END}\nafter\n", "utf-8")
    keep(document, ["new"])
    keep(document, ["newer"])
    assert document.read_text("utf-8") == f"before\n{BEGINNING}\n\nnewer\n\n{END}\nafter\n"


def test_a_document_without_a_place_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "README.md"
    document.write_text("nothing", "utf-8")
    with pytest.raises(ValueError, match="no place"):
        keep(document, ["new"])
    assert document.read_text("utf-8") == "nothing"
