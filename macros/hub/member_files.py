"""The files of one member, as they lie in a folder or are published: read with a bound on size and time, and never trusted.

A member may be broken or hostile: a file may be endless, a link of the file system may lead out of its folder, a server
may lead on to another host or send a byte a minute.
"""

from __future__ import annotations

import stat
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import urlsplit

from macros.hub.hub_file import MemberFields, is_remote

_PATIENCE = 20
"""Seconds that a server may be silent."""

_LONGEST = 120
"""Seconds that a file may take."""

_PIECE = 1 << 20


class MemberFailed(Exception):
    """Raised where a member can't be read; its text is Chinese and says why, for the city's page and its keeper."""


class MemberFiles(Protocol):
    """Where the files of one member come from."""

    def read(self, path: str, limit: int) -> bytes:
        """Return a file's bytes.

        Args:
            path: below the site's root.
            limit: the most bytes that it may have.

        Raises:
            MemberFailed: it is not there, too large, or can't be read.
        """


def files_of_member(member: MemberFields, root: Path) -> MemberFiles:
    """Return where the files of a member come from; a folder is relative to that of ``hub.yml``."""
    return WebFiles(member.site) if is_remote(member.site) else FolderFiles(root / member.site)


class FolderFiles:
    """A finished site in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str, limit: int) -> bytes:
        """Return a file's bytes, if it is a plain file inside the folder."""
        try:
            place = (self._folder / path).resolve(strict=True)
            status = place.stat()
            if not place.is_relative_to(self._folder.resolve()) or not stat.S_ISREG(status.st_mode):
                raise MemberFailed(f"{path} 不是网站文件夹里的普通文件")
            with place.open("rb") as file:
                return _bounded(file, path, limit)
        except OSError:
            reason = f"没有 {path}" if self._folder.is_dir() else "没有这个文件夹"
            raise MemberFailed(f"{reason}，可能还没有生成") from None


class WebFiles:
    """A published site."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(_SameHost(address))

    def read(self, path: str, limit: int) -> bytes:
        """Return a file's bytes, if the same host gives them soon enough."""
        try:
            with self._opener.open(self._address + path, timeout=_PATIENCE) as answer:
                return _bounded(answer, path, limit)
        except urllib.error.HTTPError as error:
            raise MemberFailed(f"取 {path} 时服务器回答 {error.code}") from None
        except (OSError, HTTPException, ValueError):
            raise MemberFailed(f"取 {path} 时连不上，或中断了") from None


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a server only to itself, so that no member makes the city ask other machines."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        parts = urlsplit(newurl)
        if parts.netloc != self._host or parts.scheme not in ("http", "https"):
            raise MemberFailed("网站转到了别的域名；请核对 hub.yml 里的网址")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _bounded(file: IO[bytes], path: str, limit: int) -> bytes:
    ends = time.monotonic() + _LONGEST
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise MemberFailed(f"{path} 太大，超过 {limit // 1_000_000} MB")
        if time.monotonic() > ends:
            raise MemberFailed(f"取 {path} 太慢，超过 {_LONGEST} 秒")
    return b"".join(pieces)
