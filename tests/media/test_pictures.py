"""What a picture says of people and places is found wherever it stands, and taken off without touching the picture."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.media.pictures import EXIF, exif_of, in_words, metadata_of_picture
from macros.media.stripping import stripped
from tests.media import pictures
from tests.media.pictures import (
    PLACE,
    XMP_AUTHOR,
    XMP_PLACE,
    chunk,
    exif,
    gif,
    gif_extension,
    gif_xmp,
    jpeg,
    png,
    segment,
    webp,
)

PROFILE = segment(0xE2, b"ICC_PROFILE\0\1\1" + b"p" * 50)
RAW_PROFILE = b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n  40\n" + (EXIF + exif()).hex().encode())
WITH_PLACE = {
    "EXIF": jpeg(segment(0xE1, EXIF + exif())),
    "EXIF, big-endian": jpeg(segment(0xE1, EXIF + exif(">"))),
    "XMP": jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP_PLACE)),
    "a second picture behind the first": jpeg(behind=jpeg(segment(0xE1, EXIF + exif()))),
    "a moving picture behind it": jpeg(behind=b"\0\0\0\x18ftypmp42" + b"\0" * 40 + b"\xa9xyz\0\x11\x15\xc7+30.4212+120.3000/"),
    "a second block": jpeg(segment(0xE1, EXIF + exif(place=None)), segment(0xE1, EXIF + exif())),
    "PNG": png(chunk(b"eXIf", exif())),
    "PNG, XMP": png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP_PLACE)),
    "PNG, as ImageMagick writes it": png(chunk(b"zTXt", RAW_PROFILE)),
    "PNG, behind the end": png(behind=EXIF + exif()),
    "WebP": webp((b"EXIF", exif())),
    "WebP, as JPEG has it": webp((b"EXIF", EXIF + exif())),
    "WebP, XMP": webp((b"XMP ", XMP_PLACE)),
    "GIF, XMP": gif(gif_xmp(XMP_PLACE)),
    "GIF, behind the end": gif(behind=EXIF + exif()),
}  # fmt: skip
DETAILS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "author and device": (jpeg(segment(0xE1, EXIF + exif(place=None, artist="张三", make="HUAWEI", model="P40"))), ("作者“张三”", "设备“HUAWEI P40”")),
    "telephone": (jpeg(segment(0xE1, EXIF + exif(place=None, description="拍摄 13812345678"))), ("电话“13812345678”",)),
    "XMP": (webp((b"XMP ", XMP_AUTHOR)), ("作者“张三”",)),
    "PNG's text": (png(chunk(b"tEXt", b"Author\0Zhang")), ("作者“Zhang”",)),
    "GIF's comment": (gif(gif_extension(0xFE, "拍摄 138".encode(), b"12345678")), ("电话“13812345678”",)),
    "GIF, XMP of an author": (gif(gif_extension(0xF9, b"\0\0\0\0"), gif_xmp(XMP_AUTHOR)), ("作者“张三”",)),
    "nobody": (jpeg(segment(0xE1, EXIF + exif(place=None, artist="Administrator"))), ()),
    "a description": (jpeg(segment(0xE1, EXIF + exif(place=None, description="春天的湖"))), ()),
}  # fmt: skip
PICTURES = WITH_PLACE | {name: raw for name, (raw, _) in DETAILS.items()}


@pytest.mark.parametrize("name", WITH_PLACE)
def test_a_position_is_found_wherever_it_stands(name: str) -> None:
    position = metadata_of_picture(WITH_PLACE[name]).position
    assert position == pytest.approx(PLACE, abs=1e-3)


@pytest.mark.parametrize("name", DETAILS)
def test_people_and_devices_are_found(name: str) -> None:
    raw, expected = DETAILS[name]
    assert metadata_of_picture(raw) == (None, expected)


@pytest.mark.parametrize("place", [(-33.9, 18.4), (40.7, -74.0), (-22.9, -43.2)])
def test_all_quarters_of_the_earth(place: tuple[float, float]) -> None:
    assert exif_of(exif(place=place)).position == pytest.approx(place, abs=1e-3)
    assert in_words((-33.9, -18.4)) == "南纬 33.90°，西经 18.40°"


def test_a_telephone_that_did_not_know_its_place_says_none() -> None:
    block = exif().replace(pictures.gps(PLACE, "<", 0)[-48:], b"\0" * 48)
    assert exif_of(block).position is None


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_is_left_and_the_picture_stays(name: str) -> None:
    raw = PICTURES[name]
    made = stripped(raw)
    assert metadata_of_picture(made) == (None, ())
    graphic = gif_extension(0xF9, b"\0\0\0\0")
    bare_gif = gif(graphic) if graphic in raw else gif()
    bare = {b"\xff\xd8\xff\xe0": jpeg(), b"\x89PNG": png(), b"GIF8": bare_gif}.get(raw[:4], webp())
    assert made == bare if raw[:4] != b"RIFF" else made[12:20] + made[21:] == bare[12:20] + bare[21:]
    assert stripped(made) == made


@pytest.mark.parametrize("orientation", [3, 6, 8])
@pytest.mark.parametrize("order", ["<", ">"])
def test_how_a_picture_is_to_be_turned_is_kept(orientation: int, order: str) -> None:
    block = exif(order, orientation, artist="张三")
    for raw in (jpeg(segment(0xE1, EXIF + block)), png(chunk(b"eXIf", block)), webp((b"EXIF", block))):
        made = stripped(raw)
        assert metadata_of_picture(made) == (None, ())
        assert exif_of(made[made.index(b"MM\0*") :]).orientation == orientation
    assert made[20] == 0x08  # The extended header of WebP still says that there is EXIF.


def test_colours_are_kept() -> None:
    adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\1")
    kept = jpeg(PROFILE, adobe)
    assert stripped(jpeg(PROFILE, segment(0xE1, EXIF + exif()), adobe, segment(0xFE, b"comment"))) == kept
    profile = chunk(b"iCCP", b"a\0\0" + zlib.compress(b"p"))
    assert stripped(png(profile, chunk(b"eXIf", exif()))) == png(profile)
    kept_in_gif = gif_extension(0xFF, b"NETSCAPE2.0", b"\1\0\0"), gif_extension(0xFF, b"ICCRGBG1012", b"p" * 255)
    assert stripped(gif(*kept_in_gif, gif_extension(0xFE, b"comment"), gif_xmp(XMP_PLACE))) == gif(*kept_in_gif)


def test_scans_of_a_progressive_picture_are_kept() -> None:
    scans = (
        pictures.POINT[20:-2]
        + segment(0xDA, b"\1\1\0\0\x3f\0")
        + b"\xff\0\xff\xd0\x12\xff\xff\0"
        + segment(0xDA, b"\1")
        + b"\x99"
    )
    raw = pictures.POINT[:20] + segment(0xE1, EXIF + exif()) + scans + b"\xff\xd9"
    assert stripped(raw) == pictures.POINT[:20] + scans + b"\xff\xd9"


@settings(deadline=None)
@given(st.sampled_from(sorted(PICTURES)), st.data())
def test_damaged_pictures_are_answered_and_never_lost(name: str, data: Any) -> None:
    raw = PICTURES[name]
    place = data.draw(st.integers(0, len(raw) - 1))
    damaged = raw[:place] + data.draw(st.binary(max_size=8)) + raw[data.draw(st.integers(place, len(raw))) :]
    metadata_of_picture(damaged)
    made = stripped(damaged)
    assert made == damaged or metadata_of_picture(made).position is None
