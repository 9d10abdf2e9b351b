"""Write what was measured as tables of Markdown, and keep the last run in a document."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.builds import Build
from benchmarks.goals import Goal

BEGINNING, END = "<!-- last run -->", "<!-- end of the last run -->"
_PROCESSOR = re.compile(r"^model name\s*: (.+)$", re.MULTILINE)


def builds_table(builds: Mapping[str, Build], measure: str) -> Iterator[str]:
    """Yield the lines of a table of builds.

    Args:
        builds: by label.
        measure: label of the build whose time is 1.
    """
    yield "| | seconds | ratio | processor s | memory MB | pages | files | MB |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    unit = builds[measure].taken.seconds
    for build in builds.values():
        taken = build.taken
        yield (
            f"| {build.label} | {taken.seconds:.1f} | {taken.seconds / unit:.2f} | {taken.processor_seconds:.1f} "
            f"| {taken.megabytes:,.0f} | {build.pages:,} | {build.files:,} | {build.megabytes:,.0f} |"
        )


def goals_table(goals: Sequence[Goal]) -> Iterator[str]:
    """Yield the lines of a table of goals; nothing if there is none."""
    if goals:
        yield "| goal | measured | at most | |"
        yield "|---|---:|---:|---|"
    for goal in goals:
        measured, most = f"{goal.figure:,.3g} {goal.unit}".strip(), f"{goal.most:,.3g} {goal.unit}".strip()
        yield f"| {goal.label} | {measured} | {most} | {'reached' if goal.reached else '**missed**'} |"


def machine() -> str:
    """Return name and number of the processors that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{_processor()}, {cores} cores"


def _processor() -> str:
    try:
        found = _PROCESSOR.search(Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()


def keep(document: Path, lines: Sequence[str]) -> None:
    """Put lines between the two marks of a document, in the place of the run before.

    Raises:
        ValueError: the document lacks a mark.
    """
    before, _, rest = document.read_text("utf-8").partition(BEGINNING)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{document} has no place for the last run: {BEGINNING} … {END}")
    document.write_text("\n".join([f"{before}{BEGINNING}", "", *lines, "", f"{END}{after}"]), "utf-8", newline="\n")
