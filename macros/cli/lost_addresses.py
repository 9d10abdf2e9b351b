"""Files of records and pages that are gone since a commit: what `kepu check` says of them, and `kepu fix` mends.

git tells what was renamed; files that it was never told of count as well, since editors rename in a file manager. Where
there is no git or no commit, nothing is said.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from macros.addresses.lost import (
    FORMER_IDS,
    PAGES,
    Gone,
    Successor,
    field_of,
    formers,
    is_mended_by_a_line,
    lost_addresses,
)
from macros.cli.arguments import commit_named
from macros.cli.reporting import say
from macros.editing.source.source_file import SourceFile, model_of
from macros.editing.source.splice import CannotSplice, set_value
from macros.pages.handwritten import address_of
from macros.records import frontmatter, yaml
from macros.records.problems import Level, Problem, ProblemsFound, has_errors
from macros.site import git
from macros.site.session import Session, open_session

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
        say(f"提醒：和 “{base}” 没有共同的历史（可能是浅克隆），没有比较旧网址", err=True)
        return []
    found = sorted(_lost(session, commit, base or _HEAD))
    return found if len(found) > allowed else [replace(problem, level=Level.NOTICE) for problem in found]


def _lost(session: Session, commit: str, base: str) -> Iterator[Problem]:
    try:
        gone = list(_gone(session, commit))
    except git.GitError:
        return
    if gone:
        yield from lost_addresses(gone, {page.address for page in session.pages}, base)


def _parting(root: Path, base: str) -> str | None:
    """Return the commit from which HEAD and the base went different ways, or None if there is none."""
    commit_named(root, base)
    try:
        return git.ask(root, "merge-base", base, _HEAD).decode().strip()
    except git.GitError:
        return None


def _gone(session: Session, commit: str) -> Iterator[Gone]:
    renames = _renames(session.root, commit)
    if not renames:
        return
    was = {path: _data(path, raw) for path, raw in git.contents_at(session.root, commit, renames).items()}
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
    gone = _listed(git.ask(root, *_difference(commit)))
    if not gone:
        return {}
    try:
        # A second question only where something is gone: where the files went that git was never told of.
        whole = _listed(_with_new_files(root, commit))
    except git.GitError:
        return gone
    return {path: new for path, new in whole.items() if path in gone}


def _difference(commit: str) -> tuple[str, ...]:
    return "diff", "--find-renames", "--name-status", "--no-ext-diff", "--relative", "-z", commit, "--", *_FOLDERS


def _with_new_files(root: Path, commit: str) -> bytes:
    """Ask again with an index of our own, in which every file stands that is there; the editor's index is left alone."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        git.ask(root, "read-tree", commit, environment=index)
        folders = [name for name in _FOLDERS if (root / name).is_dir()]
        git.ask(root, "add", "--intent-to-add", "--", *folders, environment=index)
        return git.ask(root, *_difference(commit), environment=index)


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


def _data(path: str, raw: bytes) -> Mapping[str, Any]:
    try:
        return (frontmatter.read(path, raw).document if path.endswith(".md") else yaml.read(path, raw)).data
    except ProblemsFound:
        return {}


class Named(NamedTuple):
    """A file that names now what it was before.

    Attributes:
        content: its bytes.
        message: what was added and why, in Chinese.
    """

    content: bytes
    message: str


def name_formers(root: Path, contents: Mapping[str, bytes]) -> dict[str, Named]:
    """Return the files that were renamed by hand since the last commit, by path, with a line for their old addresses.

    It is added only where that is certain: git takes both files for the same, and so does their name.

    Args:
        root: the project's folder.
        contents: files that are being changed already, with what will be in them.
    """
    try:
        gone = _gone_since_last_commit(root)
    except (ProblemsFound, git.GitError):
        return {}
    named: dict[str, Named] = {}
    for file in gone:
        follower = file.successor
        if follower and file.heading == follower.heading and is_mended_by_a_line(file):
            content = contents.get(follower.path) or (root / follower.path).read_bytes()
            named |= {follower.path: done} if (done := _named(file, follower, content)) else {}
    return named


def _gone_since_last_commit(root: Path) -> list[Gone]:
    """Return the files that are gone together with an address of their own; no session is opened where nothing is gone."""
    if not _renames(root, _HEAD):
        return []
    session = open_session(root)
    answering = {page.address for page in session.pages}
    return [file for file in _gone(session, _HEAD) if file.lost(answering) is not None]


def _named(file: Gone, follower: Successor, content: bytes) -> Named | None:
    source = SourceFile.of(follower.path, content.decode())
    names = formers(file, follower)
    field = field_of(follower)
    try:
        yaml = set_value(source.yaml, (field,), list(names), model_of(follower.path))
    except CannotSplice:
        return None
    what = "旧的 id" if field == FORMER_IDS else "旧网址"
    message = f"由 {file.path} 改名来，补上{what} {'、'.join(names)}，旧网址会自动跳转"
    return Named(source.with_yaml(yaml).text.encode(), message)
