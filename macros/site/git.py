"""The one day that decides what is current: SOURCE_DATE_EPOCH, else the date of HEAD's commit.

Nothing else in the project looks at a clock, so that the same commit builds the same bytes (design.md).
"""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from macros.records.model.dates import PartialDate
from macros.records.problems import Problem, ProblemsFound

# The district's own time, without daylight saving since 1991; a fixed offset needs no time zone data.
CHINA = datetime.timezone(datetime.timedelta(hours=8))
_VARIABLE = "SOURCE_DATE_EPOCH"


def as_of(root: Path) -> PartialDate:
    """Return the day on which "now" is decided.

    Args:
        root: the project's folder, in a git checkout unless SOURCE_DATE_EPOCH is set.

    Raises:
        ProblemsFound: there is neither a usable SOURCE_DATE_EPOCH nor a commit.
    """
    written = os.environ.get(_VARIABLE, "").strip()
    if not written:
        # Empty is as good as not set; but the engine reads the variable too, and takes an empty text for a number.
        os.environ.pop(_VARIABLE, None)
    try:
        day = datetime.datetime.fromtimestamp(int(written or _commit_time(root)), CHINA).date()
    except (ValueError, OverflowError, OSError):
        raise ProblemsFound([Problem("mkdocs.yml", 1, 1, _unknown_day(written), "no-date")]) from None
    return PartialDate(day.year, day.month, day.day)


def _unknown_day(written: str) -> str:
    if written:
        return (
            f"环境变量 {_VARIABLE} “{written[:40]}” 不是秒数；请改成 1970 年以来的秒数，例如 1795492800，或删掉这个变量"
        )
    return f"不知道按哪一天构建：没有 git 提交；请提交一次，或把环境变量 {_VARIABLE} 设为秒数，例如 1795492800"


def _commit_time(root: Path) -> str:
    try:
        command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


_SOURCES = ("data", "content", "macros", "overrides", "mkdocs.yml")


class Commit(NamedTuple):
    """A commit, and whether files were changed since.

    Attributes:
        name: the whole hash; empty without git or without history. It is the same in a shallow clone.
        modified: sources differ from the commit, or are not in it.
    """

    name: str
    modified: bool


def commit_of(root: Path) -> Commit:
    """Return the commit that a project's folder stands at."""
    name = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    # Without optional locks the question does not disturb a git that works at the same time.
    return Commit(name, bool(name and _git(root, "--no-optional-locks", "status", "--porcelain", "--", *_SOURCES)))


def _git(root: Path, *arguments: str) -> str:
    try:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
