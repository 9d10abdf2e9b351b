"""``kepu serve``: the preview."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros.records.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from macros.preview.live_site import LiveMaker

_SWITCH_SECONDS = 0.0005
PORT = 8000
"""Where the preview listens if nobody says otherwise."""


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, help=f"端口，默认 {PORT}。")
@click.pass_obj
def serve(root: Path, port: int) -> None:
    """在本机预览：文件一改就刷新页面；有错时继续显示上一个好的网站。"""
    from macros.preview.serve import serve as preview

    with live_maker(root, lambda: ["serve", "--port", str(port)]) as maker:
        preview(maker, watched(root), port=port)


@contextmanager
def live_maker(root: Path, again: Callable[[], Sequence[str]]) -> Iterator[LiveMaker]:
    """Follow a project's files as long as the block runs.

    Args:
        root: the project's folder.
        again: returns the command, without the program, that takes the place of this one where the program has changed.
    """
    # Answers to a browser must not wait for the laws that are looked at beside them.
    sys.setswitchinterval(_SWITCH_SECONDS)
    from macros.preview.live_site import LiveMaker
    from macros.preview.state import TEMPORARY

    with tempfile.TemporaryDirectory(prefix=TEMPORARY, ignore_cleanup_errors=True) as folder:
        restart = partial(_restart, lambda: [*_program(root), *again()], Path(folder))
        yield LiveMaker(root, Path(folder).resolve(), partial(_build, root), restart)


def watched(root: Path) -> list[Path]:
    """Return the files and folders from which a site is made, the program among them."""
    from macros.preview.live_site import PROGRAM

    return [*(root / name for name in ("data", "content", "overrides", "mkdocs.yml")), PROGRAM]


def _program(root: Path) -> list[str]:
    return [sys.executable, "-m", "macros", "--root", str(root)]


def _build(root: Path, out: Path) -> list[str]:
    return [*_program(root), "build", str(out), "--format", "json"]


def _restart(command: Callable[[], Sequence[str]], left: Path) -> None:
    """Put a new process in the place of this one: changed modules can't be loaded safely beside the old ones."""
    if os.name == "nt":
        message = "程序改了；请按 Ctrl-C 结束预览，再运行一次 kepu serve"
        raise ProblemsFound([Problem("macros", 1, 1, message, "restart")])
    shutil.rmtree(left, ignore_errors=True)
    new = command()
    os.execv(new[0], list(new))
