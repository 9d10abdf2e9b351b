"""A heavy photo becomes one that fits a page: small, upright, a picture and nothing else, the same each time."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from macros.media.dimensions import dimensions
from macros.media.pictures import EXIF, metadata_of_picture
from macros.media.shrinking import LONGEST_SIDE, fitted, is_too_large
from tests.media.pictures import jpeg, photo
from tests.support.looping import failures

PROFILE = b"p" * 60


def test_a_photo_fits_afterwards_and_shows_the_same() -> None:
    def check(case: tuple[int, int, int]) -> None:
        width, height, orientation = case
        raw = photo(width, height, orientation=orientation, artist="张三")
        assert is_too_large(raw)
        made = fitted(raw)
        assert made is not None
        assert made == fitted(raw)
        assert len(made) <= min(1_000_000, len(raw))
        before, after = dimensions(raw), dimensions(made)
        assert before is not None
        assert after is not None
        assert max(after) <= LONGEST_SIDE
        assert abs(after.width * before.height - after.height * before.width) <= max(before)
        assert metadata_of_picture(made) == (None, ())
        assert EXIF not in made
        assert fitted(made) is None or not is_too_large(made)

    assert failures(check, [(3000, 2000, 1), (2000, 3000, 8), (2401, 300, 6), (9000, 40, 3)]) == []


def test_a_photo_is_turned_as_it_was_shown() -> None:
    picture = Image.new("RGB", (400, 200), "white")
    picture.paste((200, 0, 0), (0, 0, 200, 200))
    for orientation, corner in ((3, "right"), (6, "top"), (8, "bottom")):
        file, tags = BytesIO(), Image.Exif()
        tags[0x0112] = orientation
        picture.save(file, "JPEG", exif=tags, quality=100)
        made = fitted(file.getvalue())
        assert made
        shown = Image.open(BytesIO(made))
        width, height = shown.size
        places = {
            "right": (width - 9, height // 2),
            "top": (width // 2, 9),
            "bottom": (width // 2, height - 9),
        }
        red = shown.getpixel(places[corner])
        assert isinstance(red, tuple)
        assert red[0] > 150 > red[1], orientation


def test_a_profile_of_colours_stays() -> None:
    file = BytesIO()
    Image.open(BytesIO(photo(2500, 900))).save(
        file, "JPEG", icc_profile=PROFILE, comment=b"by somebody", xmp=b"<x:xmpmeta/>"
    )
    made = fitted(file.getvalue())
    assert made
    assert Image.open(BytesIO(made)).info["icc_profile"] == PROFILE
    assert b"somebody" not in made
    assert b"xmpmeta" not in made


def test_all_else_is_left_alone() -> None:
    small, file = photo(800, 600), BytesIO()
    Image.new("CMYK", (2000, 1000)).save(file, "JPEG")
    assert not is_too_large(small)
    assert is_too_large(photo(2500, 100, form="PNG"))
    assert dimensions(fitted(photo(2500, 100, form="PNG")) or b"") == (2400, 96)
    assert fitted(file.getvalue()) is None
    assert fitted(photo(2000, 2000)[:9000]) is None
    assert fitted(jpeg(behind=b"\0" * 1_100_000)) is not None
    assert fitted(b"\xff\xd8\xff") is None
    huge = bytearray(jpeg(behind=b"\0" * 1_100_000))
    place = huge.index(b"\xff\xc0")
    huge[place + 5 : place + 9] = b"\xff\xff\xff\xff"
    assert not is_too_large(bytes(huge))
