"""What a test needs of the system that it runs on; where Windows lacks it, the test is skipped and says why."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

ON_WINDOWS = sys.platform == "win32"
_NO_LINKS = "Windows grants symbolic links to few accounts"

needs_links = pytest.mark.skipif(ON_WINDOWS, reason=_NO_LINKS)
needs_git = pytest.mark.skipif(ON_WINDOWS and shutil.which("git") is None, reason="this Windows has no git")


def ask_for_links() -> None:
    """Skip what asks, in a fixture, where there are no symbolic links."""
    if ON_WINDOWS:
        pytest.skip(_NO_LINKS)


def lay_overrides(folder: Path) -> None:
    """Lay the templates into a folder: a link to them, or a copy where there are no links."""
    if ON_WINDOWS:
        shutil.copytree(ROOT / "overrides", folder / "overrides")
    else:
        (folder / "overrides").symlink_to(ROOT / "overrides")
