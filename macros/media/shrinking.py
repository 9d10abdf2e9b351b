"""Make a picture fit for the project: its long side at most 2,400 pixels, at most 1 MB, upright, and nothing but a picture.

Pages show smaller ones that are made of it (`macros.media.renditions`), so it may be large enough for print. What is lost
can't be had back, so this happens only where an editor asks for it: by `kepu fix`, and by putting a file into a form.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from macros.media.content_checks import LARGEST
from macros.media.decoding import MOST_PIXELS, BrokenPicture, opened, type_of, upright
from macros.media.dimensions import dimensions
from macros.media.stripping import stripped

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 2400
_LARGEST = LARGEST[".jpg"]
_QUALITIES = (85, 78, 70, 62)
_OF_TURNED = 92
_STEP = 0.8
_SMALLEST_SIDE = 640
_ORIENTATION = 0x0112


def is_too_large(raw: bytes) -> bool:
    """Tell whether a file is a JPEG that is longer or heavier than the project needs, or a PNG that is longer."""
    size = dimensions(raw) if type_of(raw) in ("JPEG", "PNG") else None
    if size is None or size.width * size.height > MOST_PIXELS:
        return False
    return max(size) > LONGEST_SIDE or (type_of(raw) == "JPEG" and len(raw) > _LARGEST)


def lies_on_its_side(raw: bytes) -> bool:
    """Tell whether a file is a JPEG or a PNG that has to be turned or mirrored to be shown, which not every program does."""
    if type_of(raw) not in ("JPEG", "PNG"):
        return False
    try:
        with opened(raw) as picture:
            return picture.getexif().get(_ORIENTATION, 1) in range(2, 9)
    except BrokenPicture:
        return False


def fitted(raw: bytes) -> bytes | None:
    """Return the same picture fit for the project, of the same type: the same bytes for the same bytes.

    Its profile of colours stays, all else that is no picture goes; how it was to be turned is done. None if it is fit, or can't be made so.

    Args:
        raw: a JPEG or a PNG.
    """
    too_large = is_too_large(raw)
    if not too_large and not lies_on_its_side(raw):
        return None
    try:
        with opened(raw) as picture:
            profile, kind = picture.info.get("icc_profile"), type_of(raw)
            shown = shortened(upright(picture, LONGEST_SIDE))
    except BrokenPicture:
        return None
    if kind == "PNG":
        return as_png(shown, profile)
    if shown.mode not in ("RGB", "L"):
        return None
    return as_jpeg(
        shown, profile, _QUALITIES if too_large else (_OF_TURNED, *_QUALITIES), len(raw) if too_large else None
    )


def shortened(picture: Image.Image, side: int = LONGEST_SIDE) -> Image.Image:
    """Return a picture whose long side is as given in pixels, or shorter."""
    from PIL import Image

    smaller = picture.copy()
    smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
    return smaller


def as_jpeg(
    picture: Image.Image, profile: bytes | None, qualities: Iterable[int] = _QUALITIES, below: int | None = None
) -> bytes | None:
    """Return a JPEG of a picture that weighs no more than the project wants; None if there is none.

    Args:
        picture: upright, in RGB or shades of grey.
        profile: of its colours.
        qualities: to be tried, the best first, before it is made smaller.
        below: number of bytes that it has to stay below.
    """
    tried, side = tuple(qualities), float(LONGEST_SIDE)
    while side >= _SMALLEST_SIDE:
        smaller = shortened(picture, int(side))
        for quality in tried:
            made = _encoded(smaller, "JPEG", quality=quality, optimize=True, progressive=True, icc_profile=profile)
            if len(made) <= _LARGEST and (below is None or len(made) < below):
                return made
        side *= _STEP
    return None


def as_png(picture: Image.Image, profile: bytes | None) -> bytes:
    """Return a PNG of a picture."""
    return _encoded(picture, "PNG", optimize=True, icc_profile=profile)


def _encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    from PIL import Image

    # Without a word of what the picture was read from: some writers take it over by themselves.
    bare, file = Image.new(picture.mode, picture.size), BytesIO()
    bare.paste(picture)
    bare.save(file, form, **options)
    return stripped(file.getvalue())
