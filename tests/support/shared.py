"""What is expensive is made once for all processes that run tests side by side, and never written to."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import PATIENCE

_LONGEST = 10 * PATIENCE


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first process to ask fills, while the others wait.

    Args:
        factory: tells where the tests of this run keep their files.
        name: of the folder, different for different content.
        make: fills the new folder; where it fails, the tests of every process fail.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"shared-{name}"
    done, failed = folder.with_suffix(".done"), folder.with_suffix(".failed")
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for(done, failed)
        return folder
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return folder


def _wait_for(done: Path, failed: Path) -> None:
    until = time.monotonic() + _LONGEST
    while not done.exists():
        if failed.exists() or time.monotonic() > until:
            pytest.fail(f"another process did not make {done.stem}")
        time.sleep(0.05)
