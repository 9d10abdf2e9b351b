"""Addresses: where in the site, or outside of it, an address leads to."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_INVISIBLE = re.compile(r"[\t\n\r]")
_BEFORE_HOST = re.compile(r"^(?:https?:)?/*", re.IGNORECASE)


class DestinationKind(Enum):
    """On which side of the site's border an address leads."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    FOREIGN = "foreign"
    SCHEME = "scheme"


class Destination(NamedTuple):
    """Where an address leads.

    Attributes:
        kind: inside this site; outside its folder but on its host; on a foreign host; by a scheme that names no host.
        name: the file, POSIX form, relative to the site's folder; or the foreign host; or the scheme with its colon.
    """

    kind: DestinationKind
    name: str


class Addresses:
    """Finds the file of this site that an address names, as a browser would (WHATWG URL Standard, section 4).

    Args:
        base_url: the address of the site's folder, e.g. ``https://example.org/kepu/``; None where it is not known:
            then an address with a host is never one of this site, and ``/`` is taken for the site's folder.
    """

    def __init__(self, base_url: str | None) -> None:
        parts = urlsplit(base_url or "")
        self._host = parts.netloc.lower()
        self._base = f"/{parts.path.strip('/')}/".replace("//", "/")

    def resolve(self, directory: str, address: str) -> Destination:
        """Return where an address leads.

        Args:
            directory: the folder that relative addresses start from: ``""`` or e.g. ``bases/luyuan/``.
            address: as it is written, character references resolved; a fragment is left aside.
        """
        path, _, _ = _INVISIBLE.sub("", address.strip()).partition("#")[0].partition("?")
        scheme = _SCHEME.match(path)
        if scheme and scheme[0].lower() not in {"http:", "https:"}:
            return Destination(DestinationKind.SCHEME, scheme[0].lower())
        path = path.replace("\\", "/")
        if scheme or path.startswith("//"):
            host, _, rest = _BEFORE_HOST.sub("", path, count=1).partition("/")
            if not self._host or host.lower() != self._host or not f"/{rest}".startswith(self._base):
                return Destination(DestinationKind.FOREIGN, host)
            path = f"/{rest}"
        return self._inside(directory, path)

    def _inside(self, directory: str, path: str) -> Destination:
        """Return where a path without a host leads."""
        if path.startswith("/"):
            if not f"{path}/".startswith(self._base):
                return Destination(DestinationKind.OUTSIDE, path)
            directory, path = "", path[len(self._base) :]
        name = join(directory, unquote(path))
        return Destination(DestinationKind.OUTSIDE, path) if name is None else Destination(DestinationKind.INSIDE, name)


@lru_cache(maxsize=1 << 12)
def parent(directory: str) -> str:
    """Return the folder above ``a/b/``: ``a/``; above ``a/``: the empty text."""
    return directory[: directory.rstrip("/").rfind("/") + 1]


def join(directory: str, path: str) -> str | None:
    """Return the file that a decoded relative path names, ``index.html`` for a folder; None outside of the site."""
    steps = directory.split("/")[:-1]
    *folders, last = path.split("/")
    if last in {".", ".."}:
        folders, last = [*folders, last], ""
    for step in folders:
        if step == ".." and not steps:
            return None
        if step == "..":
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join([*steps, last or "index.html"])
