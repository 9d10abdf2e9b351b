"""Let the project's own branch and files follow what was handed in: the only step that touches them.

It can be cut off at any moment: every file is whole, what was handed in is safe by then, and the next time it is brought
to its end. Git's own way (`reset --keep`) takes a file away before it writes it anew, and a kill leaves none.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from macros.editor import trees
from macros.editor.locking import STATE, Busy, locked
from macros.editor.tree_merge import merged_file
from macros.editor.trees import TreeEntry
from macros.site import git
from macros.site.whole_files import write_files

HANDING_IN = "handing-in-lock"
"""The lock of who hands in."""
_MARK = f"{STATE}/handing-in"
_LOCKS = ("index.lock", "HEAD.lock", "packed-refs.lock", "shallow.lock")
_PLAIN = {"", "100644", "100755"}
ORPHANED = 3.0
"""Seconds after which a lock of an interrupted step has no owner any more: what git does here takes less."""


class Handed(NamedTuple):
    """What is being handed in: a commit with what lies in the project, and the one that is sent, merged with what others did."""

    own: str
    made: str


@dataclass
class HandInMark:
    """The mark that somebody is handing in; one that is left of a kill tells what was cut off.

    Attributes:
        root: the project's folder.
        left: what was being handed in when it was cut off; nobody knows whether it arrived.
    """

    root: Path
    left: Handed | None = None

    def note(self, handed: Handed) -> None:
        """Write down what is being sent, before it is."""
        # Never empty in between: a kill just then would hide that something is on its way.
        write_files(self.root, {_MARK: " ".join(handed).encode("ascii")})

    def clear(self) -> None:
        """Forget what was cut off: it is known what became of it."""
        self.left = None
        (self.root / _MARK).write_bytes(b"")


@contextmanager
def marked(root: Path) -> Iterator[HandInMark]:
    """Leave a mark as long as the block runs, and after it where it ends by an error or with something left.

    Called under `HANDING_IN`. The locks that git left of a kill are taken away.

    Args:
        root: the project's folder.

    Raises:
        GitError: there is no repository.
    """
    path, mark = root / _MARK, HandInMark(root)
    if path.exists():
        _take_locks_away(root)
        names = path.read_text("ascii", "replace").split()
        mark.left = Handed(*names) if len(names) == len(Handed._fields) else None
    else:
        path.touch()
    yield mark
    if mark.left is None:
        path.unlink(missing_ok=True)


def was_cut_off(root: Path) -> bool:
    """Tell whether a handing in was cut off, and nobody hands in right now."""
    if not (root / _MARK).exists():
        return False
    try:
        with locked(root, patience=0.0, name=HANDING_IN):
            return (root / _MARK).exists()
    except (Busy, OSError):
        return False


def _take_locks_away(root: Path) -> None:
    folder = root / git.ask(root, "rev-parse", "--git-dir").decode().strip()
    for lock in (*(folder / name for name in _LOCKS), *(folder / "refs").rglob("*.lock")):
        if lock.exists():
            time.sleep(max(0.0, ORPHANED - (time.time() - lock.stat().st_mtime)))
            lock.unlink(missing_ok=True)


def move_to(root: Path, own: str, made: str) -> bool:
    """Move files, branch and index to a commit, each file whole at any moment.

    Args:
        root: the project's folder.
        own: a commit with what lies in the project.
        made: the commit to which all shall go.

    Returns:
        Whether all is there, what was changed meanwhile included. If not, somebody changed a field meanwhile that others changed
        too: no file has moved, and the branch stands at `own`, so that the next handing in asks.
    """
    head = git.resolve(root, "HEAD")
    top = Path(git.ask(root, "rev-parse", "--show-toplevel").decode().strip())
    if git.run(root, "merge-base", "--is-ancestor", made, head).code == 0:
        _move_branch(top, head, head)
        return True
    changed = trees.differences(root, own, made)
    if any(entry.mode not in _PLAIN for pair in changed.values() for entry in pair):
        return _moved_by_git(root, head, own, made)
    lying = _lying(top, changed)
    edited = {path: pair for path, pair in changed.items() if lying[path] not in (pair[0].content, pair[1].content)}
    merged = _merged(root, top, edited)
    if merged is None:
        _move_branch(top, head, own)
        return False
    others = {
        path: after for path, (_, after) in changed.items() if path not in edited and lying[path] != after.content
    }
    _write(top, others)
    write_files(top, merged)
    _move_branch(top, head, made)
    return True


def _merged(root: Path, top: Path, edited: Mapping[str, tuple[TreeEntry, TreeEntry]]) -> dict[str, bytes] | None:
    """Return what files that were changed meanwhile are to hold, so that both changes are in them; None if that must be asked."""
    prefix, found = trees.prefix_of(root), {}
    known = trees.contents(root, [entry.content for pair in edited.values() for entry in pair])
    for path, pair in edited.items():
        base, theirs = (known[entry.content] if entry.content else None for entry in pair)
        mine = (top / path).read_bytes() if (top / path).is_file() else None
        made = merged_file(path.removeprefix(prefix), base, mine, theirs)
        if made.conflicts or made.content is None:
            return None
        found[path] = made.content
    return found


def _lying(top: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return path → the hash of what lies there, as git would keep it; empty where there is no file."""
    wanted = list(paths)
    there = [path for path in wanted if (top / path).is_file() and not (top / path).is_symlink()]
    names = "".join(f"{path}\n" for path in there).encode("utf-8", "surrogateescape")
    hashes = git.ask(top, "hash-object", "--stdin-paths", text=names).decode().split() if there else []
    return {**dict.fromkeys(wanted, ""), **dict(zip(there, hashes, strict=True))}


def _write(top: Path, entries: Mapping[str, TreeEntry]) -> None:
    """Write files as git would lay them out, line ends of the system included; take away those that are gone."""
    files = {
        path: git.ask(top, "cat-file", "--filters", f"--path={path}", entry.content)
        for path, entry in entries.items()
        if entry.content
    }
    write_files(top, files)
    for path in files:
        if entries[path].mode == "100755":
            (top / path).chmod(0o755)
    for path in (path for path in entries if path not in files):
        (top / path).unlink(missing_ok=True)
        with suppress(OSError):
            (top / path).parent.rmdir()


def _move_branch(top: Path, head: str, made: str) -> None:
    if head != made:
        git.ask(top, "update-ref", "-m", "kepu edit", "HEAD", made, head)
    # Only what was handed in: what somebody has staged besides stays staged.
    names = "".join(f"{path}\0" for path in _staged_otherwise(top)).encode("utf-8", "surrogateescape")
    if names:
        options = ("--quiet", "--pathspec-from-file=-", "--pathspec-file-nul")
        git.ask(top, "reset", *options, text=names, environment={"GIT_LITERAL_PATHSPECS": "1"})


def _staged_otherwise(top: Path) -> list[str]:
    """Return the files that lie as the branch has them, but not so in the index."""
    staged = git.ask(top, "diff-index", "--cached", "--name-only", "--no-renames", "-z", "HEAD")
    names = [name for name in staged.decode("utf-8", "surrogateescape").split("\0") if name]
    listed = (
        git.ask(top, "ls-tree", "-r", "-z", "--full-tree", "HEAD").decode("utf-8", "surrogateescape") if names else ""
    )
    kept = {line.partition("\t")[2]: line.partition("\t")[0].split()[-1] for line in listed.split("\0") if line}
    lying = _lying(top, names)
    return [name for name in names if lying[name] == kept.get(name, "")]


def _moved_by_git(root: Path, head: str, own: str, made: str) -> bool:
    """Move as git does, where others handed in links or other things that editors never touch."""
    if own != head:
        git.ask(root, "update-ref", "-m", "kepu edit", "HEAD", own, head)
        git.ask(root, "reset", "--quiet")
    return git.run(root, "reset", "--quiet", "--keep", made).code == 0
