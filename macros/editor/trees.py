"""States of the project as git keeps them, made and compared without touching a file, the index or a branch.

All that happens until a change is handed in happens here, so that a kill at any moment leaves the project as it was.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from macros.site import git


class TreeEntry(NamedTuple):
    """A file in a state: how git keeps it, and the hash of its content; both empty where there is none."""

    mode: str = ""
    content: str = ""


NO_ENTRY = TreeEntry()
_NOTHING = "0" * 40


def tree_of(root: Path, commit: str) -> str:
    """Return the hash of a commit's state."""
    return git.ask(root, "rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}").decode().strip()


def differences(root: Path, old: str, new: str) -> dict[str, tuple[TreeEntry, TreeEntry]]:
    """Return path from the top of the repository → the file in two states, for all files that differ."""
    answer = git.ask(root, "diff-tree", "-r", "-z", "--no-renames", "--raw", old, new)
    fields = iter(answer.decode("utf-8", "surrogateescape").split("\0"))
    found = {}
    for head in fields:
        if head:
            old_mode, new_mode, before, after, _ = head[1:].split(" ")
            found[next(fields)] = (_entry(old_mode, before), _entry(new_mode, after))
    return found


def _entry(mode: str, content: str) -> TreeEntry:
    return TreeEntry(mode, content) if content != _NOTHING else NO_ENTRY


def contents(root: Path, hashes: Iterable[str]) -> dict[str, bytes]:
    """Return hash → content."""
    wanted = list(dict.fromkeys(name for name in hashes if name))
    answer, found = git.ask(root, "cat-file", "--batch", text="".join(f"{name}\n" for name in wanted).encode()), {}
    for name in wanted:
        head, _, answer = answer.partition(b"\n")
        size = int(head.split()[-1])
        found[name], answer = answer[:size], answer[size + 1 :]
    return found


def keep_content(root: Path, content: bytes) -> str:
    """Let git keep a content, and return its hash."""
    return git.ask(root, "hash-object", "-w", "--stdin", text=content).decode().strip()


def with_entries(root: Path, tree: str, entries: Mapping[str, TreeEntry]) -> str:
    """Return the hash of a state in which some files are others; without content they are gone.

    Args:
        root: the project's folder.
        tree: the state that is changed.
        entries: path from the top of the repository → the file.
    """
    lines = (
        f"{entry.mode or '0'} {entry.content or _NOTHING}\t{path}\0".encode("utf-8", "surrogateescape")
        for path, entry in entries.items()
    )
    with _own_index() as environment:
        git.ask(root, "read-tree", tree, environment=environment)
        git.ask(root, "update-index", "-z", "--index-info", text=b"".join(lines), environment=environment)
        return git.ask(root, "write-tree", environment=environment).decode().strip()


def snapshot(root: Path, paths: Iterable[str]) -> str:
    """Return the hash of the last commit's state with some files as they lie in the project now.

    Args:
        root: the project's folder.
        paths: the files, relative to it.
    """
    names = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    with _own_index() as environment:
        git.ask(root, "read-tree", "HEAD", environment=environment)
        if names:
            literal = {**environment, "GIT_LITERAL_PATHSPECS": "1"}
            options = ("--pathspec-from-file=-", "--pathspec-file-nul")
            git.ask(root, "add", "-A", *options, text=names, environment=literal)
        return git.ask(root, "write-tree", environment=environment).decode().strip()


@contextmanager
def _own_index() -> Iterator[dict[str, str]]:
    """Give variables by which git uses an index of its own, and leaves that of the project alone."""
    with tempfile.TemporaryDirectory(prefix="kepu-") as folder:
        yield {"GIT_INDEX_FILE": str(Path(folder) / "index")}


def commit(root: Path, tree: str, parents: Sequence[str], message: str, like: str = "") -> str:
    """Make a commit, to which no branch leads yet, and return its hash.

    Args:
        root: the project's folder.
        tree: its state.
        parents: the commits before it.
        message: why.
        like: a commit whose author and time it takes over; empty for the editor, now.
    """
    author = _author_of(root, like) if like else {}
    before = [argument for parent in parents for argument in ("-p", parent)]
    made = git.ask(root, "commit-tree", tree, *before, "-F", "-", text=message.encode(), environment=author)
    return made.decode().strip()


def _author_of(root: Path, name: str) -> dict[str, str]:
    fields = git.ask(root, "show", "-s", "--format=%an%x00%ae%x00%aI", name).decode("utf-8", "replace").strip()
    return dict(zip(("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE"), fields.split("\0"), strict=True))


def message_of(root: Path, name: str) -> str:
    """Return what a commit says of itself."""
    return git.ask(root, "show", "-s", "--format=%B", name).decode("utf-8", "replace").strip() + "\n"


def lay_out(root: Path, tree: str, folder: Path, wanted: Sequence[str], empty: Sequence[str]) -> None:
    """Write files of a state into a folder, to be looked at.

    Args:
        root: the project's folder.
        tree: the state, or a commit.
        folder: an empty folder.
        wanted: beginnings of the paths that are written whole.
        empty: beginnings of the paths of which only the size counts, such as pictures; they get it, and nothing in them.
    """
    files = _listed(root, tree)
    whole = {path: name for path, (name, _) in files.items() if _is_below(path, wanted) and not _is_below(path, empty)}
    for path, raw in zip(whole, _in_order(root, whole.values()), strict=True):
        _write(folder / path, raw)
    for path, (_, length) in files.items():
        if _is_below(path, empty):
            _write(folder / path, b"")
            os.truncate(folder / path, length)


def _is_below(path: str, beginnings: Sequence[str]) -> bool:
    return path.startswith(tuple(beginnings))


def _listed(root: Path, tree: str) -> dict[str, tuple[str, int]]:
    """Return path, relative to the project's root → hash and size of each plain file of a state."""
    answer = git.ask(root, "ls-tree", "-r", "-z", "-l", "--full-tree", f"{tree}^{{tree}}")
    prefix, files = prefix_of(root), {}
    for line in filter(None, answer.decode("utf-8", "surrogateescape").split("\0")):
        head, _, path = line.partition("\t")
        mode, _, name, size = head.split()
        if mode.startswith("100") and path.startswith(prefix):
            files[path.removeprefix(prefix)] = (name, int(size))
    return files


def _in_order(root: Path, names: Iterable[str]) -> Iterator[bytes]:
    wanted = list(names)
    found = contents(root, wanted)
    return (found[name] for name in wanted)


def _write(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def prefix_of(root: Path) -> str:
    """Return where the project lies in its repository, with a stroke behind it; empty if it is the top."""
    return git.ask(root, "rev-parse", "--show-prefix").decode().strip()
