"""Pages show smaller pictures: none wider than the picture itself, upright, and the same bytes each time."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from macros.media.decoding import BrokenPicture, opened
from macros.media.dimensions import dimensions
from macros.media.pictures import metadata_of_picture
from macros.media.renditions import planned, renditions
from tests.media.pictures import jpeg, photo, png


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    """Return a file of a picture."""
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


DRAWING = Image.new("RGB", (700, 300), "white")
DRAWING.paste((0, 90, 160), (100, 100, 400, 200))
CLEAR = Image.new("RGBA", (1000, 500), (0, 90, 160, 90))
SHADES = Image.new("L", (30, 20), 9)
MADE = {
    "photo": (photo(1500, 300), {"480.webp": (480, 96), "960.webp": (960, 192), "1440.webp": (1440, 288), "960.jpg": (960, 192)}),
    "turned": (photo(700, 600, orientation=6), {"480.webp": (480, 560), "600.webp": (600, 700), "600.jpg": (600, 700)}),
    "narrow": (photo(480, 400), {"480.webp": (480, 400)}),
    "drawing": (encoded(DRAWING, "PNG", compress_level=0), {"480.webp": (480, 206), "700.webp": (700, 300)}),
    "clear": (encoded(CLEAR, "WEBP", lossless=True), {"480.webp": (480, 240), "960.webp": (960, 480), "1000.webp": (1000, 500), "960.png": (960, 480)}),
    "for print": (encoded(Image.new("CMYK", (960, 100)), "JPEG", icc_profile=b"p" * 99), {"480.webp": (480, 50), "960.webp": (960, 100)}),
}  # fmt: skip
AS_IT_IS = {
    "tiny": jpeg(),
    "moving": encoded(SHADES, "WEBP", save_all=True, append_images=[Image.new("L", (30, 20), 200)]) + b"\0" * 20_000,
    "drawing of lines": b'<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="20"/>',
    "ribbon": encoded(Image.new("L", (500, 20_000)), "PNG", compress_level=0),
    "deep": encoded(Image.new("I;16", (1000, 20)), "PNG"),
    "damaged": photo(900, 600)[:30],
}


def test_smaller_pictures_are_made_of_each_that_is_wide_enough() -> None:
    for name, (raw, expected) in MADE.items():
        made = renditions(raw)
        assert {end: dimensions(one) for end, one in made.items()} == expected, name
        assert made == renditions(raw), name
        wanted = planned(raw)
        assert wanted is not None
        assert {*wanted.widths.values(), *filter(None, [wanted.fallback])} == made.keys(), name
        assert {metadata_of_picture(one) for one in made.values()} == {(None, ())}, name
    assert [name for name, raw in AS_IT_IS.items() if planned(raw) or renditions(raw)] == []
    whole = Image.open(BytesIO(renditions(MADE["drawing"][0])["700.webp"])).convert("RGB")
    assert whole.tobytes() == DRAWING.tobytes()
    assert Image.open(BytesIO(renditions(MADE["clear"][0])["960.png"])).getchannel("A").getextrema() == (90, 90)
    chance = Random(1)
    for raw in (photo(60, 40), png(), encoded(SHADES, "WEBP")) * 40:
        _check_damaged(raw, chance)


def _check_damaged(raw: bytes, chance: Random) -> None:
    place, damage = chance.randrange(len(raw)), chance.randbytes(chance.randrange(1, 9))
    for damaged in (raw[:place], raw[:place] + damage + raw[place:], raw[:place] + damage + raw[place + len(damage) :]):
        with suppress(BrokenPicture):
            renditions(damaged)
            with opened(damaged) as picture:
                picture.load()
    with pytest.raises(BrokenPicture, match="打不开"), opened(raw[: min(place, 20)]):
        pass
