"""Which commit a build was made from, as far as git knows."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

_SOURCES = ("data", "content", "macros", "overrides", "mkdocs.yml")


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
    name = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    # Without optional locks the question does not disturb a git that works at the same time.
    return Commit(name, bool(name and _git(root, "--no-optional-locks", "status", "--porcelain", "--", *_SOURCES)))


def _git(root: Path, *arguments: str) -> str:
    try:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
