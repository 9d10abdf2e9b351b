"""Every picture of a page says how large it is shown, as a browser shows it."""

from __future__ import annotations

import base64
import random
import re
from io import BytesIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Page

from macros.media.dimensions import dimensions
from macros.pages.picture_files import PictureFiles
from macros.pages.picture_markup import with_pictures
from tests.media.pictures import exif
from tests.support.looping import failures

WIDTH, HEIGHT = 37, 23
SVG = '<svg xmlns="http://www.w3.org/2000/svg"{}><path d="M0 0h1v1z"/></svg>'
DRAWINGS = (
    ' width="37" height="23"', ' width="37px" height="23px"', ' width="1in" height="72pt" viewBox="0 0 1 1"',
    ' width="50" viewBox="0 0 100 40"', ' height="50" viewBox="0,0,100,40"', ' width="10mm" height="2.5cm"',
)  # fmt: skip
UNSIZED = (' viewBox="0 0 300 100"', ' width="100%" height="100%" viewBox="-5 -5 300 100"')


def _encoded(form: str, **options: object) -> bytes:
    noise = random.Random(1).randbytes(WIDTH * HEIGHT * 3)
    picture, file = Image.frombytes("RGB", (WIDTH, HEIGHT), noise), BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


PICTURES = {
    "image/png": [_encoded("PNG"), _encoded("PNG", optimize=True)],
    "image/gif": [_encoded("GIF")],
    "image/jpeg": [_encoded("JPEG"), _encoded("JPEG", progressive=True), _encoded("JPEG", comment=b"\xff\xc0" * 99)]
    + [_encoded("JPEG", exif=b"Exif\0\0" + exif(orientation=turned, order=order)) for turned in range(1, 9) for order in "<>"],
    "image/webp": [
        _encoded("WEBP"), _encoded("WEBP", lossless=True), _encoded("WEBP", xmp=b"<x:xmpmeta/>"),
        _encoded("WEBP", exif=exif(orientation=6)),
    ],
    "image/svg+xml": [SVG.format(size).encode() for size in DRAWINGS],
}  # fmt: skip


def test_a_picture_is_as_large_as_a_browser_shows_it(page: Page) -> None:
    def check(case: tuple[str, bytes]) -> None:
        kind, raw = case
        page.set_content(f'<img src="data:{kind};base64,{base64.b64encode(raw).decode()}">')
        shown = page.evaluate(
            "document.images[0].decode().then(() => [document.images[0].naturalWidth, document.images[0].naturalHeight])"
        )
        assert list(dimensions(raw) or ()) == shown

    assert failures(check, [(kind, raw) for kind, several in PICTURES.items() for raw in several]) == []


def test_a_drawing_without_a_size_keeps_its_proportions() -> None:
    assert [dimensions(SVG.format(size).encode()) for size in UNSIZED] == [(1200, 400)] * 2
    for text in ("", ' width="100%"', ' width="12"', ' viewBox="0 0 0 0"', ' width="0" height="0"', ' width="1e9"'):
        assert dimensions(SVG.format(text).encode()) is None, text
    bomb = '<!DOCTYPE svg [<!ENTITY a "9999">]>' + SVG.format(' width="&a;" height="1"')
    assert dimensions(bomb.encode()) is None


@given(
    st.sampled_from([raw for several in PICTURES.values() for raw in several]),
    st.integers(0, 400),
    st.binary(max_size=4),
)
def test_damaged_pictures_are_answered(raw: bytes, place: int, damage: bytes) -> None:
    for damaged in (raw[:place], raw[:place] + damage + raw[place:], raw[:place] + damage + raw[place + len(damage) :]):
        found = dimensions(damaged)
        assert found is None or min(found) > 0


def test_every_picture_of_a_page_gets_its_size(tmp_path: Path) -> None:
    folder = tmp_path / "content/files/bases/pond"
    folder.mkdir(parents=True)
    (folder / "a b.png").write_bytes(PICTURES["image/png"][0])
    (tmp_path / "content/secret.png").symlink_to(tmp_path / "outside.png")
    (tmp_path / "outside.png").write_bytes(PICTURES["image/png"][0])
    size = f' width="{WIDTH}" height="{HEIGHT}"'
    source = 'src="../../files/bases/pond/a%20b.png"'
    cases = {
        f"<p><img {source} alt=\"a>b\" loading='lazy'></p>": f"<p><img {source} alt=\"a>b\" loading='lazy'{size}></p>",
        f"<img {source} />": f"<img {source}{size} />",
        f"<IMG {source}>": f"<IMG {source}{size}>",
        f'<img {source} width="74">': f'<img {source} width="74" height="46">',
        f'<img height="46" {source}>': f'<img height="46" {source} width="74">',
        **{
            text: text
            for text in (
                f'<img {source} width="1" height="1">', f'<img {source} width="50%">', '<img src="gone.png">', "<img>", "<imgs>",
                '<img src="https://example.org/a.png">', '<img src="data:,x">', '<img src="../../../outside.png">',
                '<img src="../../secret.png">', '<img src="/files/bases/pond/a%20b.png">', f"<img {source} alt='", "<img src=http://[>",
            )
        },
    }  # fmt: skip
    for html, expected in cases.items():
        assert with_pictures(html, "bases/pond/", PictureFiles(tmp_path).facts, str) == expected


def test_no_picture_of_a_site_is_without_its_size(district_site: Path) -> None:
    pages = {path: path.read_text("utf-8") for path in district_site.rglob("*.html")}
    pictures = [(path, tag) for path, text in pages.items() for tag in re.findall("<img[^>]*>", text)]
    assert pictures
    assert [one for one in pictures if not re.search(r'\swidth="\d+" height="\d+"', one[1])] == []
