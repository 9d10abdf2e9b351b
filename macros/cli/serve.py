"""``kepu serve``: the preview."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from macros.records.problems import Problem, ProblemsFound

_SWITCH_SECONDS = 0.0005


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="端口，默认 8000。")
@click.pass_obj
def serve(root: Path, port: int) -> None:
    """在本机预览：文件一改就刷新页面；有错时继续显示上一个好的网站。"""
    # Answers to a browser must not wait for the laws that are looked at beside them.
    sys.setswitchinterval(_SWITCH_SECONDS)
    from macros.preview.live_site import PROGRAM, LiveMaker
    from macros.preview.serve import serve as preview
    from macros.preview.state import TEMPORARY

    watched = [*(root / name for name in ("data", "content", "overrides", "mkdocs.yml")), PROGRAM]
    with tempfile.TemporaryDirectory(prefix=TEMPORARY, ignore_cleanup_errors=True) as folder:
        restart = partial(_restart, [*_program(root), "serve", "--port", str(port)], Path(folder))
        preview(LiveMaker(root, Path(folder).resolve(), partial(_build, root), restart), watched, port=port)


def _program(root: Path) -> list[str]:
    return [sys.executable, "-m", "macros", "--root", str(root)]


def _build(root: Path, out: Path) -> list[str]:
    return [*_program(root), "build", str(out), "--format", "json"]


def _restart(command: Sequence[str], left: Path) -> None:
    """Put a new process in the place of this one: changed modules can't be loaded safely beside the old ones."""
    if os.name == "nt":
        message = "程序改了；请按 Ctrl-C 结束预览，再运行一次 kepu serve"
        raise ProblemsFound([Problem("macros", 1, 1, message, "restart")])
    shutil.rmtree(left, ignore_errors=True)
    os.execv(command[0], list(command))
