"""发布台账: what was published in a month, when, by whom, and who checked it, as git remembers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from macros.editing.quality import Figure, Report, ReportTable
from macros.library.library import Library
from macros.site import git

_FOLDERS = ("data", "content")
_FORM = "%x00%H%x1f%an%x1f%ad%x1f%s%x1f%(trailers:key=Reviewed-by,valueonly,separator=%x2C)"
_FATES = {"A": "新增", "M": "改动", "D": "删去", "R": "改名", "T": "改动"}


class _Entry(NamedTuple):
    """A commit that changed content: its day, author, subject, reviewers, and letter and path of each file."""

    day: str
    author: str
    subject: str
    reviewers: str
    files: tuple[tuple[str, str], ...]


def ledger(root: Path, library: Library, month: str) -> Report:
    """Return what was published in a month, the first first.

    Args:
        root: the project's folder.
        library: the records, for what they are called.
        month: e.g. ``2026-11``; days are those in China.

    Raises:
        GitMissing: git is not installed.
    """
    rows = tuple(row for entry in _entries(root) if entry.day.startswith(month) for row in _rows(library, entry))
    columns = ("日期", "内容", "情况", "为什么改", "谁改的", "谁审的")
    return Report(
        library.as_of, (), (ReportTable("发布的内容", columns, rows, "这个月没有改动。"),), f"{month} 发布台账"
    )


def _entries(root: Path) -> Iterator[_Entry]:
    """Yield the commits that changed content, the first first; merges bring nothing of their own."""
    listed = git.ask(
        root, "-c", "core.quotePath=false", "log", "--reverse", "--no-merges", "--name-status", "--relative", "--date=format-local:%Y-%m-%d",
        f"--format={_FORM}", "--", *_FOLDERS, environment={"TZ": "Asia/Shanghai"},
    )  # fmt: skip
    for block in listed.decode("utf-8", "replace").split("\0")[1:]:
        head, *lines = block.split("\n")
        _, author, day, subject, reviewers = head.split("\x1f")
        files = tuple((line[0], line.split("\t")[-1]) for line in lines if "\t" in line)
        yield _Entry(day, author, subject, "、".join(filter(None, map(str.strip, reviewers.split(",")))), files)


def _rows(library: Library, entry: _Entry) -> Iterator[tuple[Figure, ...]]:
    for letter, path in entry.files:
        what = _named(library, PurePosixPath(path))
        yield entry.day, what, _FATES.get(letter, "改动"), entry.subject, entry.author, entry.reviewers


def _named(library: Library, path: PurePosixPath) -> str:
    """Return what people call what a file holds: the record, or else its path."""
    record = library.collection.records.get(path.stem)
    if record and record.document.path == path.as_posix():
        return f"{library.kind_label(record.kind)}“{record.heading}”"
    return path.as_posix()
