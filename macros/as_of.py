"""The one day that decides what is current: SOURCE_DATE_EPOCH, else the date of HEAD's commit.

Nothing else in the project looks at a clock, so that the same commit builds the same bytes (design.md).
"""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path

from macros.records.dates import PartialDate
from macros.records.problems import Problem, ProblemsFound

# The district's own time, without daylight saving since 1991; a fixed offset needs no time zone data.
CHINA = datetime.timezone(datetime.timedelta(hours=8))


def as_of(root: Path) -> PartialDate:
    """Return the day on which "now" is decided.

    Args:
        root: the project's folder, in a git checkout unless SOURCE_DATE_EPOCH is set.

    Raises:
        ProblemsFound: there is neither a usable SOURCE_DATE_EPOCH nor a commit.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or _commit_time(root)
    try:
        day = datetime.datetime.fromtimestamp(int(seconds), CHINA).date()
    except (ValueError, OverflowError, OSError):
        message = f"不知道按哪一天构建：SOURCE_DATE_EPOCH 是 “{seconds}”，也没有 git 提交；请提交一次，或把它设为秒数"
        raise ProblemsFound([Problem("mkdocs.yml", 1, 1, message, "no-date")]) from None
    return PartialDate(day.year, day.month, day.day)


def _commit_time(root: Path) -> str:
    try:
        command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
