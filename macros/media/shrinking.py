"""Make a heavy photo fit for a page: its long side at most 1,600 pixels, at most 500 KB, upright, and nothing but a picture.

What is lost can't be had back, so this happens only where an editor asks for it.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from macros.media.content_checks import LARGEST
from macros.media.dimensions import Dimensions, dimensions
from macros.media.stripping import stripped

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 1600
_LARGEST = LARGEST[".jpg"]
_MOST_PIXELS = 150_000_000
_QUALITIES = (85, 78, 70, 62)
_STEP = 0.8
_SMALLEST_SIDE = 640


def is_too_large(raw: bytes) -> bool:
    """Tell whether a file is a JPEG that is longer or heavier than pages need."""
    size = dimensions(raw) if raw.startswith(b"\xff\xd8\xff") else None
    return size is not None and (max(size) > LONGEST_SIDE or len(raw) > _LARGEST) and _pixels(size) <= _MOST_PIXELS


def shrunk(raw: bytes) -> bytes | None:
    """Return a smaller JPEG of the same picture: the same bytes for the same bytes; None if it can't be made smaller.

    Its profile of colours stays, all else that is no picture goes; how it was to be turned is done.
    """
    # Importing it takes longer than most checks, and nearly nobody needs it.
    from PIL import Image, ImageOps

    try:
        # Its warning of a picture with many pixels comes too early for the photos of today's telephones.
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(raw), formats=["JPEG"]) as opened:
            profile = opened.info.get("icc_profile")
            # Half or a quarter of a photo costs a fraction of decoding it whole.
            opened.draft(None, (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            picture = ImageOps.exif_transpose(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    if picture.mode not in ("RGB", "L"):
        return None
    side = float(LONGEST_SIDE)
    while side >= _SMALLEST_SIDE:
        smaller = picture.copy()
        smaller.thumbnail((int(side), int(side)), Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            made = _encoded(smaller, quality, profile)
            if len(made) <= min(_LARGEST, len(raw) - 1):
                return made
        side *= _STEP
    return None


def _encoded(picture: Image.Image, quality: int, profile: bytes | None) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True, progressive=True, icc_profile=profile)
    return stripped(file.getvalue())


def _pixels(size: Dimensions) -> int:
    return size.width * size.height
