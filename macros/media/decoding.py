"""Open pictures with Pillow: by what they hold, never more of them than a machine can bear, and what is broken is told.

Everything that turns bytes into pixels goes through here, so that no damaged or hostile file ends in a traceback.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from macros.media.containers import chunks_of_png
from macros.media.dimensions import dimensions
from macros.media.file_types import Buffer

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 150_000_000
"""Of a JPEG, which can be decoded at a half or a quarter; telephones of today make 108 million."""
_MOST_PIXELS_OF_OTHERS = 50_000_000
_TYPES = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (8, b"WEBP", "WEBP"),
    (0, b"GIF8", "GIF"),
    (4, b"ftypavif", "AVIF"),
    (0, b"BM", "BMP"),
)
_BROKEN = "图片打不开，多半没有传完或者坏了；请在原来的软件里打开，另存一次再放"


class BrokenPicture(Exception):
    """Raised where a picture can't be decoded; its text is Chinese and says what to do."""


def objection(raw: Buffer) -> str | None:
    """Say in Chinese why a JPEG, PNG or WebP can't be decoded, as far as that is seen without decoding it; None if nothing is.

    Args:
        raw: the file.
    """
    head, size = raw[:12], dimensions(raw)
    kind = type_of(head)
    if kind not in _ENDS:
        return None
    if size is None or not _ENDS[kind](raw):
        return _BROKEN
    pixels = size.width * size.height
    return _too_many(pixels) if pixels > _most_pixels(kind) else None


_ENDS: dict[str, Callable[[Buffer], bool]] = {
    "JPEG": lambda raw: raw.rfind(b"\xff\xd9") > 0,
    "PNG": lambda raw: any(name == b"IEND" for name, _, _ in chunks_of_png(raw)),
    "WEBP": lambda raw: len(raw) >= 8 + int.from_bytes(raw[4:8], "little"),
}
"""Whether a file reaches to its end, by Pillow's name of its type."""


def type_of(raw: bytes) -> str:
    """Return Pillow's name of a picture's type; empty for what is none that we decode.

    >>> type_of(b"GIF89a")
    'GIF'
    """
    return next((name for offset, signature, name in _TYPES if raw.startswith(signature, offset)), "")


@contextmanager
def opened(raw: bytes) -> Iterator[Image.Image]:
    """Give a picture of which nothing but the head has been decoded; what fails within the block is told as broken.

    Args:
        raw: the file.

    Raises:
        BrokenPicture: it is none, has too many pixels, or can't be decoded.
    """
    # Importing it takes longer than most checks, and most sites never need it.
    from PIL import Image

    if not type_of(raw):
        raise BrokenPicture(_BROKEN)
    try:
        # Its warning of a picture with many pixels comes too early for the photos of today's telephones.
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(raw), formats=[type_of(raw)]) as picture:
            _refuse_bomb(picture)
            yield picture
    except Image.DecompressionBombError:
        raise BrokenPicture(_too_many(2 * MOST_PIXELS)) from None
    except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, TypeError, AttributeError):
        raise BrokenPicture(_BROKEN) from None
    except (struct.error, zlib.error, MemoryError):
        raise BrokenPicture(_BROKEN) from None


def _refuse_bomb(picture: Image.Image) -> None:
    pixels = picture.width * picture.height
    if pixels > _most_pixels(picture.format or ""):
        raise BrokenPicture(_too_many(pixels))


def _most_pixels(kind: str) -> int:
    return MOST_PIXELS if kind == "JPEG" else _MOST_PIXELS_OF_OTHERS


def _too_many(pixels: int) -> str:
    return f"图片有 {pixels // 10_000} 万像素，太大，打开它会占满内存；请先把长边缩小到 2400 像素以内再放"


def upright(picture: Image.Image, longest: int) -> Image.Image:
    """Return a picture as it is shown; half or a quarter of a JPEG is decoded where its long side is as given even so.

    Args:
        picture: as `opened` gives it.
        longest: long side in pixels.
    """
    from PIL import ImageOps

    picture.draft(None, (2 * longest, 2 * longest))
    shown = ImageOps.exif_transpose(picture)
    if shown.mode == "P" or shown.info.get("transparency") is not None:
        shown = shown.convert("RGBA" if shown.has_transparency_data else "RGB")
    if shown.mode == "1":
        shown = shown.convert("L")
    # Of nearly all pictures that have room for transparency nothing is transparent.
    if shown.mode == "RGBA" and shown.getchannel("A").getextrema() == (255, 255):
        shown = shown.convert("RGB")
    return shown
