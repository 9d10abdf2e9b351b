"""A picture that carries, as text, the words it shows: the two cannot part."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# An iTXt chunk with the keyword for what a picture shows (PNG specification, "Textual information").
_KEYWORD = b"Description"
_UNCOMPRESSED = b"\0\0\0\0\0"


def with_words(picture: bytes, words: str) -> bytes:
    """Return a PNG file with the words that it shows written into it, without anything else that is not needed."""
    kept = [(kind, body) for kind, body in _chunks(picture) if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")]
    kept.insert(1, (b"iTXt", _KEYWORD + _UNCOMPRESSED + words.encode()))
    return _SIGNATURE + b"".join(_written(kind, body) for kind, body in kept)


def words_of(picture: bytes) -> str:
    """Return the words that were written into a PNG file; empty if none were."""
    head = _KEYWORD + _UNCOMPRESSED
    bodies = [body for kind, body in _chunks(picture) if kind == b"iTXt" and body.startswith(head)]
    return bodies[0].removeprefix(head).decode() if bodies else ""


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    while place < len(picture):
        length, kind = struct.unpack(">I4s", picture[place : place + 8])
        yield kind, picture[place + 8 : place + 8 + length]
        place += 12 + length


def _written(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
