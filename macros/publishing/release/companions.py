"""Compressed copies beside files, for hosts that send them as they lie there (``gzip_static`` of nginx and the like)."""

from __future__ import annotations

import gzip
import importlib.util
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

_COMPRESSIBLE = {".html", ".css", ".js", ".mjs", ".json", ".jsonld", ".xml", ".svg", ".txt", ".csv", ".ics"}
# Below one packet of the network nothing is won.
_LEAST = 1400


def _gzip(content: bytes) -> bytes:
    # A fixed time: the same file gives the same bytes.
    return gzip.compress(content, 9, mtime=0)


def _brotli(content: bytes) -> bytes:
    compressed: bytes = importlib.import_module("brotli").compress(content, quality=11)
    return compressed


def _unbrotli(content: bytes) -> bytes:
    plain: bytes = importlib.import_module("brotli").decompress(content)
    return plain


_PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": _gzip}
_UNPACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress}
if importlib.util.find_spec("brotli"):
    _PACKERS[".br"] = _brotli
    _UNPACKERS[".br"] = _unbrotli


def companions(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the compressed copies of a file: name and content. Brotli's only where its package is installed.

    Args:
        name: of the file, POSIX form.
        content: of the file.
    """
    if PurePosixPath(name).suffix not in _COMPRESSIBLE or len(content) < _LEAST:
        return
    for suffix, pack in _PACKERS.items():
        yield name + suffix, pack(content)


def origin(name: str) -> str | None:
    """Return the file that a compressed copy stands beside, by its name; None for other files."""
    path = PurePosixPath(name)
    return name.removesuffix(path.suffix) if path.suffix in {".gz", ".br"} else None


def unpacked(name: str, content: bytes) -> bytes | None:
    """Return what a compressed copy holds; None if it is broken, or its form can't be read on this machine."""
    unpack = _UNPACKERS.get(PurePosixPath(name).suffix)
    try:
        return unpack(content) if unpack else None
    except Exception:  # brotli raises an error of its own, gzip several
        return None
