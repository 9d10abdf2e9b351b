"""The pins of a new site: the generator's own version, and exactly what it was tested with.

A wheel can't hold its own hash. Whoever installs from a file, as where there is no package index, leaves a note of it (PEP 610):
then the wheel goes along into ``wheels/``, and everything is pinned by hash. Else there are versions alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from macros.pages.theme import packaged

PINS = "requirements.txt"
WHEELS = "wheels"
PACKAGE = "kepu"
_HASHES = re.compile(r" \\\n( {4}--hash=\S+( \\)?\n)+")
_SET_UP = re.compile(r"^setuptools==.*\n( {4}.*\n)*", re.MULTILINE)
# pip reads a file of requirements in the code page of the system, which on Windows lacks UTF-8, unless it says what it is.
_ENCODING = "# coding: utf-8\n"
_INTRODUCTION = "# 生成网站的程序。换版本：见 README.md；kepu upgrade 会改这个文件。\n"
_REST = "# 它要用的，版本和它测试时的一样。\n"


def version() -> str:
    """Return the version of the generator, which stands in ``pyproject.toml`` alone; empty where it is not installed."""
    try:
        return distribution(PACKAGE).version
    except PackageNotFoundError:
        return ""


def pins() -> dict[str, bytes]:
    """Return ``requirements.txt`` of a new site, and the wheel if it is at hand."""
    locked = _SET_UP.sub("", (packaged("project/shared", ".") / PINS).read_text("utf-8"))
    wheel = _wheel()
    if wheel is None:
        text = f"{_ENCODING}{_INTRODUCTION}{PACKAGE}=={version()}\n{_REST}{_HASHES.sub(chr(10), locked)}"
        return {PINS: text.encode()}
    raw = wheel.read_bytes()
    own = f"{PACKAGE}=={version()} \\\n    --hash=sha256:{hashlib.sha256(raw).hexdigest()}\n"
    text = f"{_ENCODING}{_INTRODUCTION}--find-links {WHEELS}\n{own}{_REST}{locked}"
    return {PINS: text.encode(), f"{WHEELS}/{wheel.name}": raw}


def _wheel() -> Path | None:
    """Return the wheel that the generator was installed from, if it is still there."""
    try:
        noted = distribution(PACKAGE).read_text
        note = json.loads(noted("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    address = urlsplit(str(note.get("url", "")))
    path = Path(url2pathname(unquote(address.path)))
    return path if address.scheme == "file" and path.suffix == ".whl" and path.is_file() else None
