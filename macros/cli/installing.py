"""Set-up by itself: in a fresh clone, `py -m macros` needs nothing but Python.

What the generator needs is installed into ``.venv`` beside the project, exactly as pinned, and again when the pins have
changed. Only the standard library is imported, since this runs before there is anything else.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from macros.cli.console import speak_any_console

ENVIRONMENT = ".venv"
PINS = "requirements.txt"
_STAMP = "pins.sha256"
NEEDED = (
    "PIL", "ToJyutping", "click", "docx", "httpx", "jinja2", "markupsafe", "material", "mkdocs", "nh3", "opencc", "pydantic", "pypdf", "pypinyin",
    "pyromark", "starlette", "uvicorn", "watchfiles", "xlsxwriter", "yaml",
)  # fmt: skip
"""The modules that the generator imports: one of each package that ``pyproject.toml`` names."""
_OLDEST = (3, 11)
Run = Callable[[Sequence[str]], int]


class NotInstalled(Exception):
    """Raised where set-up fails; its text is Chinese and says what to do."""


def is_installed() -> bool:
    """Tell whether the Python that runs has what the generator needs."""
    return all(find_spec(name) for name in NEEDED)


def run_inside(root: Path, arguments: Sequence[str]) -> int:
    """Run Python with arguments in the project's own environment, which is made ready first; return the exit code.

    Args:
        root: the project's folder.
        arguments: what follows ``python`` on the command line.
    """
    speak_any_console()
    try:
        python = make_ready(root)
    except NotInstalled as reason:
        sys.exit(str(reason))
    # Windows would otherwise read and write text in the code page of the system.
    settings = {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    child = subprocess.Popen([str(python), *arguments], env={**os.environ, **settings})
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            # The child gets Ctrl-C as well, and says goodbye by itself.
            continue


def make_ready(root: Path, run: Run = subprocess.call) -> Path:
    """Return the Python of the project's environment, after everything that is pinned was installed into it.

    Args:
        root: the project's folder.
        run: runs a command line and returns its exit code.

    Raises:
        NotInstalled: Python is too old, or an installation failed.
    """
    if sys.version_info < _OLDEST:
        raise NotInstalled("Python 太旧；请从 python.org 安装 3.11 或更新的版本，再试一次。")
    environment = root / ENVIRONMENT
    python = python_of(environment)
    if _stamp(environment) == _digest(root):
        return python
    print("正在准备，要几分钟，请不要关窗口……", file=sys.stderr, flush=True)
    for command in _commands(root, python):
        if run(command) != 0:
            raise NotInstalled("没有准备好。请检查能不能上网，再试一次；还不行就删掉 .venv 文件夹再试。")
    (environment / _STAMP).write_text(_digest(root), "ascii")
    return python


def python_of(environment: Path) -> Path:
    """Return the Python of a virtual environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _commands(root: Path, python: Path) -> Iterator[list[str]]:
    if not python.is_file():
        yield [sys.executable, "-m", "venv", str(root / ENVIRONMENT)]
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    yield [*install, "--require-hashes", "--requirement", str(root / PINS)]
    yield [*install, "--no-deps", "--no-build-isolation", "--editable", str(root)]


def _digest(root: Path) -> str:
    return hashlib.sha256((root / PINS).read_bytes()).hexdigest()


def _stamp(environment: Path) -> str:
    try:
        return (environment / _STAMP).read_text("ascii")
    except (OSError, ValueError):
        return ""


if __name__ == "__main__":
    # What a window for commands begins with: the environment must be ready before it is entered.
    sys.exit(run_inside(Path(), ["-c", ""]))
