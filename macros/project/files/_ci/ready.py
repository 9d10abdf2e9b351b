"""Make ``.venv`` ready as ``requirements.txt`` pins it, and again when that has changed: the files to double-click begin with it.

Only the standard library is imported: whatever Python the system has runs this, before there is anything else. One that is too
old must get as far as to say so, so nothing here is newer than Python 3.8, the last for Windows 7.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

PINS = "requirements.txt"
_OLDEST = (3, 11)


def make_ready(root: Path, run: Callable[[Sequence[str]], int] = subprocess.call) -> str:
    """Install what is pinned, if it is not; return what went wrong, in Chinese, or an empty text.

    Args:
        root: the site's folder.
        run: runs a command line and returns its exit code.
    """
    if sys.version_info < _OLDEST:
        return "Python 太旧；请从 python.org 安装 3.11 或更新的版本，再双击一次。"
    environment = root / ".venv"
    python, noted = python_of(environment), environment / PINS
    pinned = (root / PINS).read_bytes()
    # The Python that it was made of may be gone, or the folder a copy from another computer: then all of it is made anew.
    if noted.is_file() and noted.read_bytes() == pinned and _runs(python, "-c", ""):
        return ""
    print("正在准备，要几分钟，请不要关窗口……", flush=True)
    for command in _commands(root, environment, python):
        if run(command) != 0:
            return "没有准备好。请关掉正开着的预览和编辑，检查能不能上网，再双击一次；还不行就删掉 .venv 文件夹再试。"
    noted.write_bytes(pinned)
    return ""


def python_of(environment: Path) -> Path:
    """Return the Python of a virtual environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _commands(root: Path, environment: Path, python: Path) -> Iterator[list[str]]:
    if not _runs(python, "-m", "pip", "--version"):
        yield [sys.executable, "-m", "venv", "--clear", str(environment)]
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    yield [*install, "--requirement", str(root / PINS)]


def _runs(python: Path, *arguments: str) -> bool:
    nothing = subprocess.DEVNULL
    try:
        return subprocess.call([str(python), *arguments], stdin=nothing, stdout=nothing, stderr=nothing) == 0
    except OSError:
        return False


if __name__ == "__main__":
    # An empty text would be a failure too.
    sys.exit(make_ready(Path(__file__).resolve().parent.parent) or 0)
