"""A git repository for tests, whose commits are all of its project's day."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.support import epoch_of


class Repository:
    """A new repository.

    Args:
        folder: its folder, with the files of the first commit.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._git("init", "--quiet", "--initial-branch", "main")

    def commit(self) -> None:
        """Commit everything as it is."""
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message", "a")

    def _git(self, *arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        day = f"{epoch_of(self._folder)} +0000"
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        subprocess.run(["git", *who, *arguments], cwd=self._folder, env={**os.environ, **dates}, check=True)
