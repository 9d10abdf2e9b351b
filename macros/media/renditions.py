"""The smaller pictures that pages show: up to three widths as WebP, and one as JPEG or PNG for what knows no WebP.

The same bytes for the same picture with one version of Pillow, on any number of processors: WebP is written by one thread.
Why WebP and these numbers: docs/dev/decisions.md, 62.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import PIL

from macros.media.decoding import BrokenPicture, opened, type_of, upright
from macros.media.dimensions import Dimensions

if TYPE_CHECKING:
    from PIL import Image

WIDTHS = (480, 960, 1440)
"""In pixels: a telephone, a telephone of fine grain or a tablet, a wide or fine screen."""
_WIDTH_OF_FALLBACK = 960
_QUALITY = {"WEBP": {"quality": 80, "method": 4}, "JPEG": {"quality": 80, "optimize": True, "progressive": True}}
_SMALL = 20_000
"""Bytes of a picture that nothing is gained by making smaller, if it is no wider than the smallest width."""
_HIGHEST = 16_383
"""Pixels that a WebP can be high (RFC 9649, section 2.6)."""
_TRANSPARENT = frozenset(["LA", "RGBA", "PA"])
_MODES = frozenset(["1", "L", "P", "RGB", "CMYK"]) | _TRANSPARENT
_ORIENTATION = 0x0112
_SRGB = b"s\0R\0G\0B", b"sRGB"


class Renditions(NamedTuple):
    """What is made of a picture, each by the end of its file's name.

    Attributes:
        widths: width in pixels → a WebP, the smallest first.
        fallback: for what knows no WebP; empty where the picture itself is as good.
    """

    widths: dict[int, str]
    fallback: str


def recipe() -> str:
    """Return 16 hexadecimal digits that stand for how pictures are made: other ones, other bytes."""
    return hashlib.sha256(f"1 {PIL.__version__} {WIDTHS} {_WIDTH_OF_FALLBACK} {_QUALITY}".encode()).hexdigest()[:16]


def planned(raw: bytes) -> Renditions | None:
    """Return what is made of a picture, by its head alone; None if it is shown as it is, since it moves, is tiny or rare.

    Args:
        raw: the file.
    """
    kind = type_of(raw)
    if kind not in ("JPEG", "PNG", "WEBP"):
        return None
    try:
        with opened(raw) as picture:
            size, turned = _shown_size(picture)
            if getattr(picture, "is_animated", False) or picture.mode not in _MODES:
                return None
            may_be_transparent = picture.mode in _TRANSPARENT or "transparency" in picture.info
    except BrokenPicture:
        return None
    is_tiny = size.width <= WIDTHS[0] and len(raw) <= _SMALL
    if is_tiny or size.height * min(size.width, WIDTHS[-1]) > _HIGHEST * size.width:
        return None
    widths = sorted({*(width for width in WIDTHS if width < size.width), min(size.width, WIDTHS[-1])})
    is_as_good = kind in ("JPEG", "PNG") and not turned and size.width <= _WIDTH_OF_FALLBACK
    fallback = "" if is_as_good else f"{min(size.width, _WIDTH_OF_FALLBACK)}.{'png' if may_be_transparent else 'jpg'}"
    return Renditions({width: f"{width}.webp" for width in widths}, fallback)


def _shown_size(picture: Image.Image) -> tuple[Dimensions, bool]:
    """Return how large a picture is as it is shown, and whether it has to be turned for that."""
    orientation = picture.getexif().get(_ORIENTATION, 1)
    width, height = picture.size
    return Dimensions(*((height, width) if orientation in range(5, 9) else (width, height))), orientation in range(2, 9)


def renditions(raw: bytes) -> dict[str, bytes]:
    """Return what is made of a picture, by the end of its file's name; the names are those that `planned` gives.

    Args:
        raw: a picture of which something is made.

    Raises:
        BrokenPicture: it can't be decoded.
    """
    made = planned(raw)
    return dict(_made(raw, made)) if made else {}


def _made(raw: bytes, wanted: Renditions) -> Iterator[tuple[str, bytes]]:
    with opened(raw) as picture:
        profile = picture.info.get("icc_profile")
        size, _ = _shown_size(picture)
        # A JPEG is decoded at a half or a quarter where even so it is as wide as the widest.
        shown = upright(picture, ceil(max(size) * max(wanted.widths) / size.width))
    if shown.mode == "CMYK" or any(name in (profile or b"")[:4096] for name in _SRGB):
        profile = None
    shown = shown.convert("RGBA" if shown.mode in _TRANSPARENT else "RGB")
    for width, name in wanted.widths.items():
        yield name, _webp(_resized(shown, width), profile, type_of(raw) == "PNG")
    if wanted.fallback:
        smaller = _resized(shown, min(size.width, _WIDTH_OF_FALLBACK))
        if wanted.fallback.endswith(".png"):
            yield wanted.fallback, _encoded(smaller, "PNG", icc_profile=profile, optimize=True)
        else:
            yield wanted.fallback, _encoded(smaller, "JPEG", icc_profile=profile, **_QUALITY["JPEG"])


def _resized(picture: Image.Image, width: int) -> Image.Image:
    from PIL import Image

    if picture.width == width:
        return picture
    return picture.resize((width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS)


def _webp(picture: Image.Image, profile: bytes | None, may_be_drawing: bool) -> bytes:
    """Return a WebP of a picture; of a drawing one that loses nothing, where that weighs no more."""
    photo = _encoded(picture, "WEBP", icc_profile=profile, **_QUALITY["WEBP"])
    if not may_be_drawing:
        return photo
    drawing = _encoded(picture, "WEBP", icc_profile=profile, lossless=True, method=4)
    return min(drawing, photo, key=len)


def _encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    # An empty one keeps what the picture itself had from being taken over.
    picture.save(file, form, exif=b"", **options)
    return file.getvalue()
