"""Read from git which files of records and pages are gone since a commit, for `macros.addresses.lost`.

git tells what was renamed; files that it was never told of count as well, since editors rename in a file manager. Where
there is no git or no commit, nothing is known and nothing is said.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import click

from macros.addresses.lost import PAGES, Gone, Successor, lost_addresses
from macros.editing.source.source_file import model_of
from macros.pages.handwritten import address_of
from macros.records import frontmatter, yaml
from macros.records.problems import Level, Problem, ProblemsFound, has_errors
from macros.site.session import Session

_FOLDERS = ("data", "content")
_HEAD = "HEAD"
Renames = dict[str, str]
"""Path of a file that is gone → path of the file that took its place, or empty."""


def lost(session: Session, base: str | None, allowed: int) -> list[Problem]:
    """Return an error for each file that is gone since a commit together with its address.

    Args:
        session: the project of today.
        base: the commit, branch or tag to compare with, from where history parted; None for the last commit.
        allowed: up to so many are notices only.

    Raises:
        click.UsageError: the base is none.
    """
    commit = _parting(session.root, base) if base else _HEAD
    if commit is None:
        click.echo(f"提醒：和 “{base}” 没有共同的历史（可能是浅克隆），没有比较旧网址", err=True)
        return []
    found = sorted(_lost(session, commit, base or _HEAD))
    return found if len(found) > allowed else [replace(problem, level=Level.NOTICE) for problem in found]


def _lost(session: Session, commit: str, base: str) -> Iterator[Problem]:
    try:
        gone = list(_gone(session, commit))
    except (OSError, subprocess.CalledProcessError):
        return
    if gone:
        yield from lost_addresses(gone, {page.address for page in session.pages}, base)


def gone_since_last_commit(root: Path, read: Callable[[Path], Session]) -> list[Gone]:
    """Return the files that are gone since the last commit together with an address of their own.

    Args:
        root: the project's folder.
        read: opens a session, which is not needed where nothing is gone.

    Raises:
        OSError: there is no git.
        subprocess.CalledProcessError: there is no commit.
    """
    if not _renames(root, _HEAD):
        return []
    session = read(root)
    answering = {page.address for page in session.pages}
    return [file for file in _gone(session, _HEAD) if file.lost(answering) is not None]


def _parting(root: Path, base: str) -> str | None:
    """Return the commit from which HEAD and the base went different ways, or None if there is none."""
    try:
        _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    except (OSError, subprocess.CalledProcessError):
        raise click.UsageError(
            f"没有 “{base}” 这个版本；写提交号、分支名或 HEAD~1，并在 git 管理的文件夹里运行"
        ) from None
    try:
        return _git(root, "merge-base", base, _HEAD).decode().strip()
    except subprocess.CalledProcessError:
        return None


def _gone(session: Session, commit: str) -> Iterator[Gone]:
    renames = _renames(session.root, commit)
    if not renames:
        return
    was = {path: _data(path, raw) for path, raw in _contents(session.root, commit, renames).items()}
    successors = dict(_successors(session))
    faulty = {problem.path for problem in session.problems() if has_errors([problem])}
    for path, new in renames.items():
        # A file that can't be read is told of by itself; what it would say here is not known yet.
        unread = new in faulty and new not in successors
        if not unread and was[path].get("draft") not in ("是", "true"):
            yield _described(path, was[path], successors.get(new))


def _described(path: str, data: Mapping[str, Any], successor: Successor | None) -> Gone:
    model = model_of(path)
    field = "former_ids" if model else "former_addresses"
    former = data.get(field)
    names = tuple(name for name in former if isinstance(name, str)) if isinstance(former, list) else ()
    heading = str(data.get("name") or data.get("title") or "")
    kind, name = (model.kind, PurePosixPath(path).stem) if model else (PAGES, address_of(path.removeprefix("content/")))
    return Gone(path, kind, name, heading, names, successor)


def _successors(session: Session) -> Iterator[tuple[str, Successor]]:
    for page in session.handwritten.pages:
        place = page.locate("former_addresses")
        yield page.path, Successor(page.path, PAGES, page.planned.title, page.former_addresses, *place)
    for record in session.checked.collection.records.values():
        path, place = record.document.path, record.document.locate(("former_ids",))
        yield path, Successor(path, record.kind, record.heading, record.former_ids, *place)


def _renames(root: Path, commit: str) -> Renames:
    known = _listed(_git(root, *_difference(commit)))
    if not known:
        return {}
    try:
        # A second question only where something is gone: where the files went that git was never told of.
        whole = _listed(_with_new_files(root, commit))
    except (OSError, subprocess.CalledProcessError):
        return known
    return {path: new for path, new in whole.items() if path in known}


def _difference(commit: str) -> tuple[str, ...]:
    return "diff", "--find-renames", "--name-status", "--no-ext-diff", "--relative", "-z", commit, "--", *_FOLDERS


def _with_new_files(root: Path, commit: str) -> bytes:
    """Ask again with an index of our own, in which every file stands that is there; the editor's index is left alone."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        _git(root, "read-tree", commit, environment=index)
        _git(
            root,
            "add",
            "--intent-to-add",
            "--",
            *(name for name in _FOLDERS if (root / name).is_dir()),
            environment=index,
        )
        return _git(root, *_difference(commit), environment=index)


def _listed(answer: bytes) -> Renames:
    """Read what ``git diff --name-status -z`` says: status, path, and of a renamed file the new path."""
    words = iter(answer.decode("utf-8", "replace").split("\0"))
    renames: Renames = {}
    for status in words:
        path = next(words, "")
        new = next(words, "") if status.startswith(("R", "C")) else ""
        if status.startswith(("R", "D")) and _is_page(path):
            renames[path] = new
    return renames


def _is_page(path: str) -> bool:
    """Tell whether a file made a page: a record, or Markdown under ``content/``."""
    markdown = path.startswith("content/") and path.endswith(".md") and not path.startswith("content/files/")
    hidden = any(step.startswith(".") for step in path.split("/"))
    return "\n" not in path and (model_of(path) is not None or (markdown and not hidden))


def _contents(root: Path, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return what files held at a commit; one question for all of them."""
    wanted = list(paths)
    names = "".join(f"{commit}:./{path}\n" for path in wanted).encode()
    answer, contents = _git(root, "cat-file", "--batch", text=names), {}
    for path in wanted:
        head, _, answer = answer.partition(b"\n")
        size = int(head.split()[-1]) if head.split()[-1].isdigit() else -1
        contents[path], answer = answer[: max(size, 0)], answer[size + 1 :]
    return contents


def _data(path: str, raw: bytes) -> Mapping[str, Any]:
    try:
        return (frontmatter.read(path, raw).document if path.endswith(".md") else yaml.read(path, raw)).data
    except ProblemsFound:
        return {}


def _git(root: Path, *arguments: str, text: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
    # Without optional locks the question does not disturb a git that works at the same time.
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    whole = {**os.environ, **(environment or {})}
    return subprocess.run(command, input=text, env=whole, capture_output=True, check=True).stdout
