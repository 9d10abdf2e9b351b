"""A heavy photo becomes one that fits a page: small, upright, a picture and nothing else, the same each time."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from macros.media.dimensions import dimensions
from macros.media.pictures import EXIF, metadata_of_picture
from macros.media.shrinking import LONGEST_SIDE, is_too_large, shrunk
from tests.media.pictures import jpeg, photo
from tests.support.looping import failures

PROFILE = b"p" * 60


def test_a_photo_fits_afterwards_and_shows_the_same() -> None:
    def check(case: tuple[int, int, int]) -> None:
        width, height, orientation = case
        raw = photo(width, height, orientation=orientation, artist="张三")
        assert is_too_large(raw)
        made = shrunk(raw)
        assert made is not None
        assert made == shrunk(raw)
        assert len(made) <= min(500_000, len(raw))
        before, after = dimensions(raw), dimensions(made)
        assert before is not None
        assert after is not None
        assert max(after) <= LONGEST_SIDE
        assert abs(after.width * before.height - after.height * before.width) <= max(before)
        assert metadata_of_picture(made) == (None, ())
        assert EXIF not in made
        assert shrunk(made) is None or not is_too_large(made)

    assert failures(check, [(3000, 2000, 1), (2000, 3000, 8), (1601, 300, 6), (1500, 1400, 1), (9000, 40, 3)]) == []


def test_a_photo_is_turned_as_it_was_shown() -> None:
    picture = Image.new("RGB", (2000, 1000), "white")
    picture.paste((200, 0, 0), (0, 0, 1000, 1000))
    for orientation, corner in ((1, "left"), (3, "right"), (6, "top"), (8, "bottom")):
        file, tags = BytesIO(), Image.Exif()
        tags[0x0112] = orientation
        picture.save(file, "JPEG", exif=tags, quality=100)
        made = shrunk(file.getvalue())
        assert made
        shown = Image.open(BytesIO(made))
        width, height = shown.size
        places = {
            "left": (9, height // 2),
            "right": (width - 9, height // 2),
            "top": (width // 2, 9),
            "bottom": (width // 2, height - 9),
        }
        red = shown.getpixel(places[corner])
        assert isinstance(red, tuple)
        assert red[0] > 150 > red[1], orientation


def test_a_profile_of_colours_stays() -> None:
    file = BytesIO()
    Image.open(BytesIO(photo(1700, 900))).save(
        file, "JPEG", icc_profile=PROFILE, comment=b"by somebody", xmp=b"<x:xmpmeta/>"
    )
    made = shrunk(file.getvalue())
    assert made
    assert Image.open(BytesIO(made)).info["icc_profile"] == PROFILE
    assert b"somebody" not in made
    assert b"xmpmeta" not in made


def test_all_else_is_left_alone() -> None:
    small, file = photo(800, 600), BytesIO()
    Image.new("CMYK", (2000, 1000)).save(file, "JPEG")
    assert not is_too_large(small)
    assert not is_too_large(photo(3000, 2000, form="PNG"))
    assert shrunk(file.getvalue()) is None
    assert shrunk(photo(2000, 2000)[:9000]) is None
    assert shrunk(jpeg(behind=b"\0" * 600_000)) is not None
    assert shrunk(b"\xff\xd8\xff") is None
    huge = bytearray(jpeg(behind=b"\0" * 600_000))
    place = huge.index(b"\xff\xc0")
    huge[place + 5 : place + 9] = b"\xff\xff\xff\xff"
    assert not is_too_large(bytes(huge))
