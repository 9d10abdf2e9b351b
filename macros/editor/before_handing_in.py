"""What is known before anything is handed in: who hands in, what an earlier time has left over, what is not finished."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from macros.editing.source.source_file import model_of
from macros.editor.own_state import was_cut_off
from macros.editor.remote import UPSTREAM
from macros.records.problems import Level, Problem
from macros.records.scan import FILES
from macros.site import git
from macros.site.git import GitError


def unsent(root: Path) -> list[str]:
    """Return what was committed on this machine and never sent, the newest first, each by its first line.

    Args:
        root: the project's folder.
    """
    try:
        if not git.ask(root, "remote").strip():
            return []
        answer = git.ask(root, "log", "--format=%s", "HEAD", "--not", "--remotes", "--glob", UPSTREAM)
        return answer.decode("utf-8", "replace").splitlines()
    except GitError:
        return []


def left_over(root: Path) -> str:
    """Return what is to be said at the start: what was cut off, or committed and never sent; empty if there is nothing.

    Args:
        root: the project's folder.
    """
    if was_cut_off(root):
        return "上次提交到一半就断了，不知道交上去没有。请到“我的改动和提交”再按一次“提交”，它会接着做完；改动都在。"
    if found := unsent(root):
        more = f"“{found[0]}”{f'等 {len(found)} 次' if len(found) > 1 else ''}"
        return f"{more}改动记在这台电脑上，还没有交上去。请到“我的改动和提交”里按“提交”。"
    return ""


def set_editor(root: Path, name: str, address: str) -> None:
    """Keep in this project who hands in: a name and a postal address on the net, which stand at each change.

    Raises:
        GitError: there is no repository.
    """
    for setting, value in (("user.name", name), ("user.email", address)):
        git.ask(root, "config", "--local", setting, " ".join(value.split()))


def editor_of(root: Path) -> tuple[str, str]:
    """Return name and address of who hands in; empty where nobody has said."""
    answers = (git.run(root, "config", "--get", name) for name in ("user.name", "user.email"))
    name, address = (answer.output.decode("utf-8", "replace").strip() for answer in answers)
    return name, address


def faulty_records(problems: Iterable[Problem], paths: frozenset[str]) -> frozenset[str]:
    """Return the files of records that were changed and are wrong: they wait here until somebody finishes them.

    Args:
        problems: what is wrong.
        paths: the files that were changed.
    """
    wrong = {problem.path for problem in problems if problem.level is Level.ERROR}
    return frozenset(path for path in wrong & paths if model_of(path))


def files_of(records: Iterable[str], paths: Iterable[str]) -> frozenset[str]:
    """Return what belongs to records among some paths: their own files, and pictures and attachments of theirs.

    Args:
        records: files of records.
        paths: where to look.
    """
    own = set(records)
    kinds = ((model_of(path), path.rpartition("/")[2].rpartition(".")[0]) for path in own)
    folders = tuple(f"{FILES}/{model.kind}/{identifier}/" for model, identifier in kinds if model)
    return frozenset(path for path in paths if path in own or (folders and path.startswith(folders)))
