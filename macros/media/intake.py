"""What an editor's picture becomes when it is put into the project: upright, not too large, a JPEG or a PNG, and nothing else.

What moves stays as it is, but for what it says of people and places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from macros.media.content_checks import LARGEST
from macros.media.decoding import opened, type_of, upright
from macros.media.pictures import metadata_of_picture
from macros.media.shrinking import LONGEST_SIDE, as_jpeg, as_png, fitted, is_too_large, lies_on_its_side, shortened
from macros.media.stripping import stripped

if TYPE_CHECKING:
    from PIL import Image

_FEW_COLOURS = 4096
"""Drawings and screenshots have fewer, and stay sharp as PNG; photos have more."""


class TakenIn(NamedTuple):
    """A picture fit for the project.

    Attributes:
        suffix: its extension, by what it holds now.
        raw: its bytes.
        notes: what was done to it, in Chinese.
    """

    suffix: str
    raw: bytes
    notes: tuple[str, ...]


def taken_in(raw: bytes) -> TakenIn | None:
    """Return a picture fit for the project, the same bytes for the same bytes; None for what is no picture of points.

    Raises:
        BrokenPicture: it can't be decoded, or has too many pixels.
    """
    kind = type_of(raw)
    if not kind:
        return None
    told = ("去掉了图片里写着的拍摄地点、作者和设备，图片本身不变",) if any(metadata_of_picture(raw)) else ()
    with opened(raw) as picture:
        if getattr(picture, "is_animated", False):
            return TakenIn(f".{kind.lower()}", stripped(raw), told)
        profile = picture.info.get("icc_profile")
        shown = shortened(upright(picture, LONGEST_SIDE))
    if kind in ("JPEG", "PNG"):
        made = fitted(raw) or stripped(raw)
        if kind == "JPEG" or len(made) <= LARGEST[".png"]:
            return TakenIn(".jpg" if kind == "JPEG" else ".png", made, (*told, *_changed(raw, made)))
    suffix, made = _of_other_type(shown, profile)
    return TakenIn(suffix, made, (*told, *_changed(raw, made)))


def _of_other_type(shown: Image.Image, profile: bytes | None) -> tuple[str, bytes]:
    """Return a photo as JPEG, and as PNG what has few colours or transparency."""
    drawing = as_png(shown, profile)
    if shown.mode not in ("RGB", "L"):
        return ".png", drawing
    if len(drawing) <= LARGEST[".png"] and shown.getcolors(_FEW_COLOURS):
        return ".png", drawing
    photo = as_jpeg(shown, profile)
    return (".jpg", photo) if photo else (".png", drawing)


def _changed(raw: bytes, made: bytes) -> tuple[str, ...]:
    """Say in Chinese what else is other than it was."""
    if type_of(raw) != type_of(made):
        return (f"已经改存为 {type_of(made)}：{len(raw) // 1000} KB → {len(made) // 1000} KB",)
    if is_too_large(raw):
        return (f"照片太大，已经缩小：{len(raw) // 1000} KB → {len(made) // 1000} KB",)
    return ("照片已经转正",) if lies_on_its_side(raw) and not lies_on_its_side(made) else ()
