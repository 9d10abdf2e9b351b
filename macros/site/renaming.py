"""Give a record another id in the files of a project: all of it, or nothing; one that was cut off is finished first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from macros.editing.rename import CannotRename, Renaming
from macros.editing.rename import rename as work_out
from macros.pages.handwritten import CONTENT, uris
from macros.records.problems import Problem, has_errors
from macros.site.session import Session, open_session
from macros.site.unfinished_rename import Work, carry_out, finish, noted, unfinished
from macros.site.whole_files import undone_on_failure


class RenameFaults(Exception):
    """Raised where a record can't get another id because something is wrong; nothing has changed.

    Attributes:
        problems: what is wrong.
    """

    def __init__(self, message: str, problems: list[Problem]) -> None:
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True)
class RenamedRecord:
    """What was changed for another id.

    Attributes:
        references: how many references.
        others: the other files that changed, POSIX form, relative to the project's root.
    """

    references: int
    others: tuple[str, ...]


def finish_interrupted(root: Path) -> tuple[str, str] | None:
    """Finish a renaming that was cut off, and return its ids, the old one first; None if there was none.

    Raises:
        ProblemsFound: a file was edited since then.
    """
    left = unfinished(root)
    if left is None:
        return None
    finish(root, left)
    return left.old, left.new


def rename_record(root: Path, old: str, new: str) -> RenamedRecord:
    """Give a record another id: its file, every reference to it, its former ids and its folder.

    Args:
        root: the project's folder.
        old: the present id.
        new: the id to be.

    Raises:
        CannotRename: there is no such record, or the new id can't be its.
        RenameFaults: something is wrong before or after; nothing has changed.
        ProblemsFound: a path leads over a link; nothing has changed.
    """
    session = open_session(root)
    _refuse_errors(session, "有错误时不能改 id；请先改好下面的错误：")
    sources = _sources(session)
    renaming = work_out(session.checked.collection, sources, old, new)
    if (root / renaming.folder[1]).exists():
        raise CannotRename(f"{renaming.folder[1]}/ 已经有了；请先移走")
    work = _work(renaming, sources, old, new)
    with noted(root, work), _undone_on_failure(root, work):
        carry_out(root, work)
        _refuse_errors(open_session(root), "改了以后有下面的错误，已全部改回：")
    others = tuple(path for path in renaming.files if path.rpartition("/")[2].rpartition(".")[0] != new)
    return RenamedRecord(renaming.references, others)


def _refuse_errors(session: Session, message: str) -> None:
    problems = session.problems()
    if has_errors(problems):
        raise RenameFaults(message, problems)


def _sources(session: Session) -> dict[str, str]:
    """Return the text of every record and every page by hand, line ends as they are."""
    root = session.root
    paths = {record.document.path for record in session.checked.collection.records.values()}
    paths |= {f"{CONTENT}/{uri}" for uri in uris(root / CONTENT) if uri.endswith(".md")}
    return {path: (root / path).read_bytes().decode() for path in sorted(paths)}


def _work(renaming: Renaming, sources: Mapping[str, str], old: str, new: str) -> Work:
    paths = (*renaming.files, renaming.removed)
    old_folder, new_folder = renaming.folder
    return Work(
        old=old, new=new, removed=renaming.removed, before={path: sources.get(path) for path in paths},
        files=renaming.files, old_folder=old_folder, new_folder=new_folder,
    )  # fmt: skip


@contextmanager
def _undone_on_failure(root: Path, work: Work) -> Iterator[None]:
    """Put everything back as it was if something fails in between."""
    try:
        with undone_on_failure(root, work.before):
            yield
    except BaseException:
        if (root / work.new_folder).is_dir() and not (root / work.old_folder).exists():
            (root / work.new_folder).replace(root / work.old_folder)
        raise
