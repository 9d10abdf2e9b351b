"""The generator's wheel, made from the working tree as it stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support import EPOCH, ROOT

_LEFT_OUT = ("tests/", "benchmarks/", "content/articles/")


def make_wheel(folder: Path) -> Path:
    """Make the wheel from a copy of the tree; return where it is.

    Args:
        folder: an empty one, for the copy and the wheel.
    """
    source, out = folder / "generator", folder / "dist"
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(_LEFT_OUT):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    making = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    subprocess.run([*making, "--wheel-dir", str(out), str(source)], check=True, env=environment, umask=0o022)
    return next(out.glob("kepu-*.whl"))
