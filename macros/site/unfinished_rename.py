"""A renaming that was killed half-way is finished by the next one: what it does is noted before the first file changes.

The note says what each file held before and is to hold. A file that is neither was edited since then, and no program knows
which of the two an editor means.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pydantic import BaseModel

from macros.records.problems import Problem, ProblemsFound
from macros.site.whole_files import refuse_links, write_files

NOTE = ".kepu-rename.json"
"""The note, in the project's folder; git does not keep it."""

_LARGEST_NOTE = 200_000_000
_CHANGED = ("data", "content")


class Work(BaseModel):
    """What a renaming changes, in a form that outlives its process.

    Attributes:
        old: the id before.
        new: the id to be.
        removed: path of the file that goes.
        before: path → what each file held that changes or goes; None for one that was not there.
        files: path → what the file is to hold.
        old_folder: the folder of the record's files.
        new_folder: where the folder goes.
    """

    old: str
    new: str
    removed: str
    before: dict[str, str | None]
    files: dict[str, str]
    old_folder: str
    new_folder: str

    @property
    def paths(self) -> list[str]:
        """Everything that changes, POSIX form, relative to the project's root."""
        return [*self.before, *self.files, self.removed, self.old_folder, self.new_folder]


@contextmanager
def noted(root: Path, work: Work) -> Iterator[None]:
    """Keep a note of a renaming as long as it is under way, and longer if it can be neither finished nor undone.

    Args:
        root: the project's folder.
        work: what the block carries out, or undoes before it fails.
    """
    refuse_links(root, work.paths)
    write_files(root, {NOTE: work.model_dump_json().encode()})
    try:
        yield
    except BaseException:
        if not all(_held(root, path) == text for path, text in work.before.items()):
            raise
        (root / NOTE).unlink()
        raise
    (root / NOTE).unlink()


def unfinished(root: Path) -> Work | None:
    """Return the renaming that was killed; None if there is none.

    Raises:
        ProblemsFound: the note is not one of ours.
    """
    note = root / NOTE
    if not note.is_file() and not note.is_symlink():
        return None
    try:
        if note.is_symlink() or note.stat().st_size > _LARGEST_NOTE:
            raise ValueError(NOTE)
        work = Work.model_validate_json(note.read_bytes())
        if not all(map(_is_source, work.paths)):
            raise ValueError(NOTE)
    except (OSError, ValueError):
        message = "这应该是 kepu rename 没有做完时留下的，可是读不了；请删掉它，再用 git status 看看改了什么"
        raise ProblemsFound([Problem(NOTE, 1, 1, message, "unfinished-rename")]) from None
    return work


def carry_out(root: Path, work: Work) -> None:
    """Do what a renaming changes, as far as it is not done yet.

    Raises:
        ProblemsFound: a path leads over a link.
        OSError: the disk does not allow it.
    """
    refuse_links(root, work.paths)
    write_files(root, {path: text.encode() for path, text in work.files.items()})
    if (root / work.old_folder).is_dir() and not (root / work.new_folder).exists():
        (root / work.old_folder).replace(root / work.new_folder)
    (root / work.removed).unlink(missing_ok=True)


def finish(root: Path, work: Work) -> None:
    """Finish a renaming that was killed.

    Raises:
        ProblemsFound: a file was edited since then.
        OSError: the disk does not allow it.
    """
    if edited := [path for path in work.before if _held(root, path) not in (work.before[path], work.files.get(path))]:
        message = (
            f"上次 kepu rename {work.old} {work.new} 没有做完，这个文件在那以后又改过，不知道该留哪一份；"
            f"请用 git diff 看看，改好以后删掉 {NOTE}"
        )
        raise ProblemsFound([Problem(path, 1, 1, message, "unfinished-rename") for path in edited])
    carry_out(root, work)
    (root / NOTE).unlink()


def _held(root: Path, path: str) -> str | None:
    """Return what a file holds, None where there is none; what is not UTF-8 is like nothing that we wrote."""
    file = root / path
    return file.read_bytes().decode("utf-8", "replace") if file.is_file() else None


def _is_source(path: str) -> bool:
    """Tell whether a path stays below the folders that a renaming changes, on every system."""
    parts = PurePosixPath(path).parts
    return parts[:1] in [(name,) for name in _CHANGED] and ".." not in parts and not set("\\:\0") & set(path)
