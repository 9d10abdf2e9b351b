"""Two copies of the project as it stands, in folders with a space and Chinese characters: one for this system, one for Windows.

Each command is typed in both, and must say the same and leave the same files, byte for byte.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.guide.desk import copy_files
from tests.support import bytes_of, epoch_of
from tests.windows.machine import run

NAME = "区 科普"
# What Python, its installer and the cache of a build leave of themselves.
_OF_PYTHON = {".venv", "__pycache__", "kepu.egg-info", ".pytest_cache", ".hypothesis"}
# What a build and a publication note beside a site for the next one on the same system.
_NOTES = re.compile(r"(^|/)\.[^/]+\.(inputs|lock)$")
# Windows has no git here, so this system is to find none either.
_NOWHERE = "/nowhere"


class Desks:
    """Types a command here and in Windows.

    Args:
        folder: an empty one, outside of any repository of git.

    Attributes:
        beside: a folder for what is not compared.
        said: what the last command said in Windows.
    """

    def __init__(self, folder: Path) -> None:
        self.here, self.there = folder / "here" / NAME, folder / "windows" / NAME
        for place in (self.here, self.there):
            copy_files(place)
        self.beside = folder / "beside"
        self.said = ""

    def type(self, *arguments: str) -> Iterator[str]:
        """Type ``kepu`` with arguments in both, and yield how what was said or left differs.

        Windows' own code page has no Chinese, and no variable says UTF-8.
        """
        bare = {"PATH": _NOWHERE, "SOURCE_DATE_EPOCH": epoch_of(self.here), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [sys.executable, "-m", "macros", *arguments], cwd=self.here, env=bare, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        code, self.said = run([r".venv\Scripts\python.exe", "-m", "macros", *arguments], self.there)
        if (code, _slashes(self.said)) != (done.returncode, _slashes(done.stdout)):
            shown = " ".join(arguments)
            yield f"kepu {shown}: here {done.returncode}, {done.stdout[-2000:]!r}; in Windows {code}, {self.said[-2000:]!r}"
        yield from self.differences(" ".join(arguments))

    def differences(self, after: str) -> Iterator[str]:
        """Yield every file that differs between the two, with what was typed before."""
        ours, theirs = map(_files, (self.here, self.there))
        yield from (
            f"after kepu {after}: {name} differs"
            for name in sorted({*ours, *theirs})
            if ours.get(name) != theirs.get(name)
        )

    def count(self) -> int:
        """Return how many files are compared."""
        return len(_files(self.there))

    def edit(self, path: str, change: Callable[[bytes], bytes]) -> None:
        """Change a file in both."""
        for place in (self.here, self.there):
            (place / path).write_bytes(change((place / path).read_bytes()))

    def rename(self, path: str, name: str) -> None:
        """Give a file another name in both."""
        for place in (self.here, self.there):
            (place / path).rename((place / path).with_name(name))


def _files(place: Path) -> dict[str, str]:
    """Return the hashes of a project's files, and of what was published beside it."""
    files = bytes_of(place.parent)
    return {name: digest for name, digest in files.items() if _is_left(name)}


def _is_left(name: str) -> bool:
    """Tell whether a file is one that commands leave for people."""
    return not _OF_PYTHON & set(name.split("/")) and not _NOTES.search(name)


def _slashes(said: str) -> str:
    return said.replace("\\", "/")
