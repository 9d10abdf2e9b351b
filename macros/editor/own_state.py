"""Let the project's own branch and files follow what was handed in: the only step that touches them.

It can be cut off at any moment: what is handed in is safe by then, and the same step made again finds it there.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.editor.locking import STATE
from macros.site import git

_MARK = f"{STATE}/handing-in"
_LOCKS = ("index.lock", "HEAD.lock", "packed-refs.lock", "shallow.lock")
ORPHANED = 3.0
"""Seconds after which a lock of an interrupted step has no owner any more: what git does here takes less."""


@contextmanager
def marked(root: Path) -> Iterator[None]:
    """Leave a mark as long as the block runs; one that is there already tells of a kill, and git's locks of then are taken away.

    Called under the editor's lock.

    Args:
        root: the project's folder.

    Raises:
        GitError: there is no repository.
    """
    mark = root / _MARK
    if mark.exists():
        _take_locks_away(root)
    mark.touch()
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def _take_locks_away(root: Path) -> None:
    folder = root / git.ask(root, "rev-parse", "--git-dir").decode().strip()
    for lock in (*(folder / name for name in _LOCKS), *(folder / "refs").rglob("*.lock")):
        if lock.exists():
            time.sleep(max(0.0, ORPHANED - (time.time() - lock.stat().st_mtime)))
            lock.unlink(missing_ok=True)


def move_to(root: Path, head: str, own: str, made: str, paths: Iterable[str]) -> bool:
    """Move branch, index and files to a commit; changes that were made meanwhile stay as they are.

    Args:
        root: the project's folder.
        head: the commit at which the branch stands.
        own: a commit after it, with what lies in the project.
        made: the commit to which all shall go.
        paths: the files in which `own` differs from `head`, relative to the root.

    Returns:
        Whether all is there. If not, branch and files stand at `own`: somebody changed a file meanwhile that others changed too.
    """
    if head == made:
        return True
    if own != head:
        git.ask(root, "update-ref", "-m", "kepu edit", "HEAD", own, head)
        names = "".join(f"{path}\0" for path in sorted(paths)).encode("utf-8", "surrogateescape")
        options = ("--quiet", "--pathspec-from-file=-", "--pathspec-file-nul")
        git.ask(root, "reset", *options, text=names, environment={"GIT_LITERAL_PATHSPECS": "1"})
    return made == own or git.run(root, "reset", "--quiet", "--keep", made).code == 0
