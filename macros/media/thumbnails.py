"""Pictures as small as a stamp, for paper on which they only have to be known again."""

from __future__ import annotations

from io import BytesIO

from macros.media.decoding import BrokenPicture, opened, upright

LONGEST = 320
"""Long side in pixels: 4 cm at 200 dots an inch."""


def thumbnail(raw: bytes) -> bytes | None:
    """Return a small JPEG of a picture, upright and without what it tells besides; None if it can't be decoded.

    Args:
        raw: the file.
    """
    try:
        with opened(raw) as picture:
            shown = upright(picture, LONGEST).convert("RGB")
    except BrokenPicture:
        return None
    shown.thumbnail((LONGEST, LONGEST))
    file = BytesIO()
    shown.save(file, "JPEG", quality=80, exif=b"")
    return file.getvalue()
