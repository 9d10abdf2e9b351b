"""Width and height on every picture of a page, so that the text does not jump when pictures come."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from macros.media.dimensions import Dimensions, dimensions
from macros.pages.handwritten import CONTENT
from macros.records.problems import ProblemsFound
from macros.records.reading import mapped

SizeOf = Callable[[str], Dimensions | None]
"""Gives the size of a file by its path below the site's root; None if it is not there, or no picture."""

_OPENING = re.compile(r"<img(?=[\s/>])", re.IGNORECASE)
_REST = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


def sizes_in(root: Path) -> SizeOf:
    """Return what knows the sizes of a project's files.

    Args:
        root: the project's folder.
    """
    return lambda name: _size(root, name)


def _size(root: Path, name: str) -> Dimensions | None:
    content = (root / CONTENT).resolve()
    try:
        path = (content / name).resolve()
        if not path.is_relative_to(content) or not path.is_file():
            return None
        status = path.stat()
        return _read(content, path, status.st_mtime_ns, status.st_size)
    except (OSError, ValueError, ProblemsFound):
        return None


@lru_cache(maxsize=100_000)
def _read(content: Path, path: Path, modified: int, size: int) -> Dimensions | None:
    """Read a file once for each state that it had."""
    with mapped(content, path) as raw:
        return dimensions(raw)


def with_sizes(html: str, address: str, size_of: SizeOf) -> str:
    """Return HTML with the size on each picture that does not say both itself.

    Args:
        html: a part of a page.
        address: the page's address, from which the pictures' lead on.
        size_of: knows the files.
    """
    pieces, place = [], 0
    while found := _OPENING.search(html, place):
        rest = _REST.match(html, found.end())
        if rest is None:
            break
        pieces.append(html[place : found.end()] + _attributes(rest[0][:-1], address, size_of) + ">")
        place = rest.end()
    return "".join([*pieces, html[place:]])


def _attributes(written: str, address: str, size_of: SizeOf) -> str:
    """Return the attributes of a picture with its size; if one side is said, the other follows from it."""
    named = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(written)}
    said = {name: named[name].strip() for name in ("width", "height") if name in named}
    size = size_of(_path(address, unescape(named.get("src", "")))) if len(said) < 2 else None
    if size is None or not all(number.isdecimal() and int(number) for number in said.values()):
        return written
    width = int(said["width"]) if "width" in said else None
    height = int(said["height"]) if "height" in said else None
    width, height = (
        width or round((height or size.height) * size.width / size.height),
        height or round((width or size.width) * size.height / size.width),
    )
    added = "".join(
        f' {name}="{max(1, value)}"' for name, value in (("width", width), ("height", height)) if name not in said
    )
    end = " /" if written.endswith("/") else ""
    return f"{written.removesuffix('/').rstrip()}{added}{end}"


def _path(address: str, written: str) -> str:
    """Return the path below the site's root to which an address leads from a page; empty if it leads elsewhere."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    return posixpath.normpath(posixpath.join(address, unquote(parts.path)))
