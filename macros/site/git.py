"""What git knows of a project, and the one day that decides what is current. Everything here is asked through `ask`.

The day is that of SOURCE_DATE_EPOCH, else of HEAD's commit, so that the same commit builds the same bytes. Only a folder
without history, such as a downloaded archive, is looked at as of today; nothing else in the project looks at a clock.
"""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Iterable, Mapping
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from macros.records.model.dates import PartialDate
from macros.records.problems import Level, Problem, ProblemsFound

# The district's own time, without daylight saving since 1991; a fixed offset needs no time zone data.
CHINA = datetime.timezone(datetime.timedelta(hours=8))
_VARIABLE = "SOURCE_DATE_EPOCH"
_SOURCES = ("data", "content", "macros", "overrides", "mkdocs.yml")


class GitError(Exception):
    """Raised where git has no answer: there is no repository, or nothing of that name in it."""


class GitMissing(GitError):
    """Raised where git can't be started; its text is Chinese and says what to do."""

    def __init__(self) -> None:
        super().__init__("没有装 git；请从 git-scm.com 安装，再运行一次")


class GitAnswer(NamedTuple):
    """What git did.

    Attributes:
        code: 0 if all went well.
        output: what it printed.
        words: what it said of it, and what the other side said; English where `run` was asked so.
    """

    code: int
    output: bytes
    words: str


def run(
    root: Path,
    *arguments: str,
    text: bytes = b"",
    environment: Mapping[str, str] = MappingProxyType({}),
    patience: float | None = None,
) -> GitAnswer:
    """Let git do something, and return what came of it, be it good or bad.

    Args:
        root: the folder in which it works.
        arguments: after ``git``.
        text: what it reads.
        environment: variables that it gets beside this process's.
        patience: seconds after which it is ended, for what waits for another machine; None waits for ever.

    Raises:
        GitMissing: git is not installed.
    """
    # Without optional locks a question does not disturb a git that works at the same time.
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    whole = {**os.environ, **environment}
    try:
        done = subprocess.run(command, input=text, env=whole, capture_output=True, check=False, timeout=patience)
    except subprocess.TimeoutExpired:
        return GitAnswer(-1, b"", "timed out")
    except OSError:
        raise GitMissing from None
    return GitAnswer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())


def ask(root: Path, *arguments: str, text: bytes = b"", environment: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Return what git answers.

    Args:
        root: the folder in which it is asked.
        arguments: after ``git``.
        text: what it reads.
        environment: variables that it gets beside this process's.

    Raises:
        GitMissing: git is not installed.
        GitError: it has no answer.
    """
    answer = run(root, *arguments, text=text, environment=environment)
    if answer.code != 0:
        raise GitError(answer.words)
    return answer.output


def resolve(root: Path, revision: str) -> str:
    """Return the hash of the commit that a revision names, e.g. ``HEAD~1``.

    Raises:
        GitMissing: git is not installed.
        GitError: there is no such commit; a revision that looks like an option is none.
    """
    answer = ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return answer.decode().strip()


def contents_at(root: Path, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return what files held at a commit, empty where they were none; one question for all of them.

    Args:
        root: the folder to which the paths are relative.
        commit: its hash or name.
        paths: the files, POSIX form.

    Raises:
        GitMissing: git is not installed.
        GitError: there is no repository.
    """
    wanted = list(paths)
    names = "".join(f"{commit}:./{path}\n" for path in wanted).encode()
    answer, contents = ask(root, "cat-file", "--batch", text=names), {}
    for path in wanted:
        head, _, answer = answer.partition(b"\n")
        size = int(head.split()[-1]) if head.split()[-1].isdigit() else -1
        contents[path], answer = answer[: max(size, 0)], answer[size + 1 :]
    return contents


class BuildDay(NamedTuple):
    """The day on which "now" is decided.

    Attributes:
        date: the day in China.
        notice: what people should know of it: that nothing but the clock names it; None if it comes from the sources.
    """

    date: PartialDate
    notice: Problem | None = None


def as_of(root: Path) -> BuildDay:
    """Return the day on which "now" is decided: that of the last commit, so that it always builds the same; of what is not committed, today.

    Args:
        root: the project's folder.

    Raises:
        ProblemsFound: SOURCE_DATE_EPOCH is not usable, or git is at work here and has no commit.
    """
    written = os.environ.get(_VARIABLE, "").strip()
    if written:
        return _day(
            written,
            f"环境变量 {_VARIABLE} “{written[:40]}” 不是秒数；请改成 1970 年以来的秒数，例如 1795492800，或删掉这个变量",
        )
    # Empty is as good as not set; but the engine reads the variable too, and takes an empty text for a number.
    os.environ.pop(_VARIABLE, None)
    if not _is_versioned(root):
        return _today("这个文件夹没有 git 历史")
    try:
        seconds = ask(root, "log", "-1", "--format=%ct").decode()
    except GitMissing:
        return _today("没有装 git")
    except GitError:
        seconds = ""
    message = f"不知道按哪一天构建：没有 git 提交；请提交一次，或把环境变量 {_VARIABLE} 设为秒数，例如 1795492800"
    day = _day(seconds, message)
    # What is not committed is of today: editors write today's date, and check, before the commit that will bear it.
    return BuildDay(max(day.date, _date(now()), key=attrgetter("iso"))) if commit_of(root).modified else day


def _is_versioned(root: Path) -> bool:
    """Tell whether git keeps the folder's history, be it installed or not; a work tree has a file of that name."""
    place = root.resolve()
    return "GIT_DIR" in os.environ or any((folder / ".git").exists() for folder in (place, *place.parents))


def _day(seconds: str, message: str) -> BuildDay:
    try:
        return BuildDay(_date(datetime.datetime.fromtimestamp(int(seconds), CHINA)))
    except (ValueError, OverflowError, OSError):
        raise ProblemsFound([Problem("mkdocs.yml", 1, 1, message, "no-date")]) from None


def _today(reason: str) -> BuildDay:
    date = _date(now())
    message = f"{reason}，不知道内容是哪一天的，按今天（{date.iso}）计算；要指定日期，请设环境变量 {_VARIABLE}，例如 1795492800"
    return BuildDay(date, Problem("mkdocs.yml", 1, 1, message, "no-date", Level.NOTICE))


def now() -> datetime.datetime:
    """Return this moment in China."""
    return datetime.datetime.now(CHINA)


def _date(moment: datetime.datetime) -> PartialDate:
    return PartialDate(moment.year, moment.month, moment.day)


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
    try:
        name = resolve(root, "HEAD")
        return Commit(name, bool(ask(root, "status", "--porcelain", "--", *_SOURCES).strip()))
    except GitError:
        return Commit("", False)


class Unfinished(StrEnum):
    """Work of git that a conflict has stopped; the value is the command that it belongs to."""

    MERGE = "merge"
    REBASE = "rebase"
    CHERRY_PICK = "cherry-pick"
    REVERT = "revert"


_TRACES = {
    "rebase-merge": Unfinished.REBASE,
    "rebase-apply": Unfinished.REBASE,
    "MERGE_HEAD": Unfinished.MERGE,
    "CHERRY_PICK_HEAD": Unfinished.CHERRY_PICK,
    "REVERT_HEAD": Unfinished.REVERT,
}


def unfinished(root: Path) -> Unfinished | None:
    """Return what git is in the middle of; None for nothing, and where there is no git."""
    try:
        folder = root / ask(root, "rev-parse", "--git-dir").decode().strip()
    except GitError:
        return None
    return next((work for trace, work in _TRACES.items() if (folder / trace).exists()), None)


def unmerged(root: Path) -> dict[str, str]:
    """Return the files that git could not merge: path, POSIX form, relative to the root → status, e.g. ``UU`` or ``UD``."""
    try:
        answer = ask(
            root, "-c", "core.quotePath=false", "status", "--porcelain", "-z", "--untracked-files=no", "--", "."
        )
        prefix = ask(root, "rev-parse", "--show-prefix").decode().strip()
    except GitError:
        return {}
    entries = (entry.decode("utf-8", "replace") for entry in answer.split(b"\0"))
    return {entry[3:].removeprefix(prefix): entry[:2] for entry in entries if entry[:2] in _UNMERGED}


_UNMERGED = {"DD", "AU", "UD", "UA", "DU", "AA", "UU"}
