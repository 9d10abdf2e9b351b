"""How large a picture is shown, read from its first bytes: a page that knows it keeps the room, so that nothing jumps."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from xml.parsers import expat

from macros.media.containers import chunks_of_webp
from macros.media.file_types import Buffer
from macros.media.pictures import EXIF, exif_of

_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset([0x01, *range(0xD0, 0xD9)])
_START_OF_SCAN, _APP1 = 0xDA, 0xE1
_LENGTH = re.compile(r"\s*\+?(\d{1,9}(?:\.\d{0,9})?)(px|pt|pc|mm|cm|in|q)?\s*", re.IGNORECASE)
# Pixels of CSS in a unit (CSS Values and Units 4, section 6.2).
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "q": 96 / 101.6}
_LARGEST_DRAWING = 1_000_000
_FILLING = 1200
"""Width of a drawing that says its proportions alone: more than a page has, since browsers let it fill the line."""


class Dimensions(NamedTuple):
    """The size of a picture in pixels, as it is shown."""

    width: int
    height: int


def dimensions(raw: Buffer) -> Dimensions | None:
    """Return how large a picture (JPEG, PNG, WebP, GIF, SVG) is shown; None for what is damaged or no picture.

    A JPEG that is to be turned by a quarter is shown as high as it lies wide.

    >>> dimensions(b"GIF89a" + bytes([3, 0, 2, 0]))
    Dimensions(width=3, height=2)
    """
    start = raw[:32]
    if start.startswith(b"\x89PNG\r\n\x1a\n") and start[12:16] == b"IHDR" and len(start) >= 24:
        found = struct.unpack(">II", start[16:24])
    elif start[:6] in (b"GIF87a", b"GIF89a") and len(start) >= 10:
        found = struct.unpack("<HH", start[6:10])
    elif start.startswith(b"\xff\xd8\xff"):
        found = _of_jpeg(raw)
    elif start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        found = _of_webp(raw)
    else:
        found = _of_svg(raw)
    return Dimensions(*found) if min(found) > 0 else None


def _of_jpeg(raw: Buffer) -> tuple[int, int]:
    place, orientation = 2, 1
    while place + 9 <= len(raw) and raw[place] == 0xFF:
        marker = raw[place + 1]
        if marker == 0xFF or marker in _ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", raw[place + 5 : place + 9])
            return (height, width) if orientation >= 5 else (width, height)
        if marker == _START_OF_SCAN:
            break
        end = place + 2 + int.from_bytes(raw[place + 2 : place + 4], "big")
        if marker == _APP1 and orientation == 1 and raw[place + 4 : place + 10] == EXIF:
            orientation = exif_of(raw[place + 10 : end]).orientation
        place = end
    return 0, 0


def _of_webp(raw: Buffer) -> tuple[int, int]:
    for name, start, _ in chunks_of_webp(raw):
        data = raw[start + 8 : start + 18]
        if name == b"VP8X" and len(data) == 10:
            return int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1
        if name == b"VP8 " and data[3:6] == b"\x9d\x01\x2a" and len(data) == 10:
            width, height = struct.unpack("<HH", data[6:10])
            return width & 0x3FFF, height & 0x3FFF
        if name == b"VP8L" and data[:1] == b"\x2f":
            bits = int.from_bytes(data[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 0, 0


class _RootFound(Exception):
    """Ends the reading of a drawing at its first element."""


def _of_svg(raw: Buffer) -> tuple[int, int]:
    found: dict[str, str] = {}

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == "svg":
            found.update(attributes)
        raise _RootFound

    def refuse(*arguments: object) -> None:
        raise _RootFound

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    with suppress(_RootFound, expat.ExpatError, ValueError, LookupError):
        parser.Parse(raw[:_LARGEST_DRAWING], False)
    return _shown(_pixels(found.get("width", "")), _pixels(found.get("height", "")), _proportions(found))


def _pixels(text: str) -> float:
    """Return a length in pixels; 0 for none, and for one that depends on the page."""
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _PIXELS[(match[2] or "").lower()] if match else 0.0


def _proportions(attributes: Mapping[str, str]) -> float:
    """Return width by height of the part of the plane that a drawing shows; 0 if it does not say."""
    numbers = [_LENGTH.fullmatch(part) for part in re.split(r"[\s,]+", attributes.get("viewBox", "").strip())[2:]]
    width, height = (float(one[1]) if one and not one[2] else 0.0 for one in (*numbers, None, None)[:2])
    return width / height if width and height else 0.0


def _shown(width: float, height: float, proportions: float) -> tuple[int, int]:
    if not proportions and not (width and height):
        return 0, 0
    if not width and not height:
        width = _FILLING
    width = width or height * proportions
    height = height or width / proportions
    return max(1, round(width)), max(1, round(height))
