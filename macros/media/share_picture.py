"""The picture that a message program shows beside a link to a record: its name and a sentence, drawn with a given font.

The same bytes for the same words and font with one version of Pillow: letters are placed by Pillow's own layout, not by a library
of the machine's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import PIL

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
"""Pixels: the shape in which WeChat's, Weibo's and other programs show pictures of links uncut."""

_MARGIN = 72
_GROUND, _MAIN, _INK, _MUTED = "#ffffff", "#0a5a70", "#14242b", "#485b64"
_NOT_FIRST = "，。、；：？！）》”’】〕…"
_LATEST_DESIGN = 1
_MOST_FACES = 20
_NAME_SIZES = (76, 66, 56, 48)


class UnusableFont(Exception):
    """Raised where a file is no font that can be drawn with."""


@dataclass(frozen=True)
class ShareWords:
    """What a picture says.

    Attributes:
        site: the site's name.
        kind: what kind of record it is.
        name: the record's name.
        summary: one sentence.
        line: what decides whether one goes; may be empty.
    """

    site: str
    kind: str
    name: str
    summary: str
    line: str


def recipe() -> str:
    """Return what the bytes depend on besides words and font."""
    return f"{_LATEST_DESIGN} {PIL.__version__}"


def draw(words: ShareWords, font: bytes) -> bytes:
    """Return the picture as PNG.

    Args:
        words: what it says.
        font: the file of a font; of a collection, the face for simplified Chinese.

    Raises:
        UnusableFont: the file is no font.
    """
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, _GROUND)
    canvas = ImageDraw.Draw(image)
    width, height = SIZE
    canvas.rectangle((0, 0, width, 20), fill=_MAIN)
    canvas.text((_MARGIN, 64), words.kind, font=_face(font, 32), fill=_MAIN)
    size, lines = _name(words.name, font)
    top = 118
    for line in lines:
        canvas.text((_MARGIN, top), line, font=_face(font, size), fill=_INK)
        top += round(size * 1.3)
    top += 16
    for line in wrapped(words.summary, _face(font, 36), 3):
        canvas.text((_MARGIN, top), line, font=_face(font, 36), fill=_MUTED)
        top += 52
    small = _face(font, 32)
    if words.line:
        [line] = wrapped(words.line, small, 1)
        canvas.text((_MARGIN, height - 148), line, font=small, fill=_INK)
    canvas.line((_MARGIN, height - 94, width - _MARGIN, height - 94), fill=_MAIN, width=3)
    [site] = wrapped(words.site, small, 1)
    canvas.text((_MARGIN, height - 78), site, font=small, fill=_MAIN)
    made = BytesIO()
    # 32 shades are enough for letters of three colours, and a third of the bytes.
    image.quantize(32).save(made, "PNG", optimize=True)
    return made.getvalue()


def _name(name: str, font: bytes) -> tuple[int, list[str]]:
    """Return the largest size in which a name takes two lines, and the lines; a longer one is cut."""
    for size in _NAME_SIZES:
        lines = wrapped(name, _face(font, size), 3)
        if len(lines) <= 2:
            return size, lines
    return _NAME_SIZES[-1], wrapped(name, _face(font, _NAME_SIZES[-1]), 2)


def wrapped(text: str, face: FreeTypeFont, most: int) -> list[str]:
    """Return a text in lines that are no wider than the picture has room for; what is too long ends in an ellipsis.

    Args:
        text: one paragraph.
        face: what it is written with.
        most: number of lines.
    """
    room = SIZE[0] - 2 * _MARGIN
    lines = [""]
    for character in text:
        if face.getlength(lines[-1] + character) <= room or not lines[-1]:
            lines[-1] += character
        elif character in _NOT_FIRST:
            # It takes the character before it along.
            lines[-1], carried = lines[-1][:-1], lines[-1][-1]
            lines.append(carried + character)
        else:
            lines.append(character.lstrip())
    if len(lines) > most:
        last = lines[most - 1]
        while last and face.getlength(f"{last}…") > room:
            last = last[:-1]
        return [*lines[: most - 1], f"{last}…"]
    return lines


@lru_cache(maxsize=16)
def _face(font: bytes, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    first = None
    for number in range(_MOST_FACES):
        try:
            face = ImageFont.truetype(BytesIO(font), size, number, layout_engine=ImageFont.Layout.BASIC)
        except OSError as error:
            if first is None:
                raise UnusableFont(str(error)) from None
            break
        if " SC" in str(face.getname()[0]):
            return face
        first = first or face
    assert first is not None
    return first
