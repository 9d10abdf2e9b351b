"""Files that are dropped onto a form: what they hold decides, nothing of people and places stays, and no name leads astray."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from random import Random
from zlib import crc32

import pytest
from PIL import Image

from macros.editor.answers import HOME
from macros.editor.store import NotSaved
from macros.editor.uploads import add_file
from macros.media.dimensions import dimensions
from macros.media.pictures import metadata_of_picture
from tests.editor.window import HOST, Window
from tests.media.pictures import exif, jpeg, photo, png, segment
from tests.support import project_copy

RECORD = ("bases", "star-hall")
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project_copy(tmp_path)


def test_a_photo_loses_its_position_and_its_weight(root: Path) -> None:
    added = add_file(root, *RECORD, "IMG_001.png", photo(3000, 2000, artist="张三"))
    made = (root / "content/files/bases/star-hall/IMG_001.jpg").read_bytes()
    assert added.name == "IMG_001.jpg"
    assert metadata_of_picture(made) == (None, ())
    size = dimensions(made)
    assert size is not None
    assert max(size) <= 2400
    assert len(made) <= 1_000_000
    assert any("缩小" in note for note in added.notes)
    assert any("拍摄地点" in note for note in added.notes)


def test_a_picture_is_stored_upright_as_jpeg_or_png_by_what_it_holds(root: Path) -> None:
    def stored(name: str, raw: bytes) -> tuple[str, tuple[int, int] | None, tuple[str, ...]]:
        added = add_file(root, *RECORD, name, raw)
        made = (root / "content/files/bases/star-hall" / added.name).read_bytes()
        assert metadata_of_picture(made) == (None, ())
        assert made == (root / "content/files/bases/star-hall" / add_file(root, *RECORD, name, raw).name).read_bytes()
        return added.name, dimensions(made), added.notes

    drawing = BytesIO()
    Image.new("RGBA", (300, 200), (0, 90, 0, 90)).save(drawing, "WEBP", lossless=True)
    flat = BytesIO()
    Image.new("RGB", (300, 200), "white").save(flat, "BMP")
    moving = BytesIO()
    frames = [Image.new("L", (30, 20), shade) for shade in (0, 90)]
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    noise = BytesIO()
    Image.frombytes("RGB", (700, 500), Random(1).randbytes(1_050_000)).save(noise, "PNG", compress_level=0)
    turned = jpeg(segment(0xE1, b"Exif\0\0" + exif(orientation=6)))
    for name, raw, expected in (
        ("a.webp", photo(300, 200, form="WEBP"), ("a.jpg", (300, 200))),
        ("b.jpg", drawing.getvalue(), ("b.png", (300, 200))),
        ("c", flat.getvalue(), ("c.png", (300, 200))),
        ("d.png", moving.getvalue(), ("d.gif", (30, 20))),
        ("e.png", noise.getvalue(), ("e.jpg", (700, 500))),
        ("f.JPEG", photo(400, 300, orientation=8, artist="张三"), ("f.JPEG", (300, 400))),
    ):
        assert stored(name, raw)[:2] == expected
    assert any("转正" in note for note in stored("g.jpg", photo(400, 300, orientation=3))[2])
    huge = bytearray(png())
    huge[16:24] = b"\0\1\0\0" * 2
    huge[29:33] = crc32(huge[12:29]).to_bytes(4, "big")
    for raw, told in ((photo(300, 200)[:9000], "打不开"), (turned[:-40], "打不开"), (bytes(huge), "万像素")):
        with pytest.raises(NotSaved, match=told):
            add_file(root, *RECORD, "z.jpg", raw)


def test_names_stay_in_the_folder_and_no_file_is_written_over(root: Path) -> None:
    folder = root / "content/files/bases/star-hall"
    for sent, named in {
        "../../../../data/bases/star-hall.pdf": "star-hall.pdf",
        "C:\\fakepath\\附件1 科普基地 申报表（2025 年）.pdf": "附件1 科普基地 申报表（2025 年）.pdf",
        "a:b?.pdf": "a：b？.pdf",
        "con.pdf": "文件con.pdf",
    }.items():
        assert add_file(root, *RECORD, sent, PDF).name == named
        assert (folder / named).read_bytes() == PDF
    assert add_file(root, *RECORD, "STAR-HALL.pdf", PDF).name == "star-hall.pdf"
    assert add_file(root, *RECORD, "Star-hall.pdf", PDF + b"\n").name == "Star-hall-2.pdf"
    assert (folder / "star-hall.pdf").read_bytes() == PDF


def test_what_is_no_file_for_the_site_is_refused(root: Path) -> None:
    script = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    before = sorted(path for path in root.rglob("*") if ".kepu-edit" not in path.parts)
    for name, raw in (
        ("a.jpg", b"<!doctype html><script>alert(1)</script>"), ("a.svg", script), ("a.jpg", script), ("a.html", b"x"),
        ("a.exe", b"MZ"), ("a.pdf", b""), ("a.jpg", b"\0\0\0\x18ftypheic"), ("a", PDF), ("a.pdf.js", PDF),
    ):  # fmt: skip
        with pytest.raises(NotSaved, match=r"[\u4e00-\u9fff]"):
            add_file(root, *RECORD, name, raw)
    for kind, identifier in (("bases", "nobody"), ("terms", "towns"), ("bases", "../policies/x"), ("..", "x")):
        with pytest.raises(NotSaved):
            add_file(root, kind, identifier, "a.pdf", PDF)
    assert sorted(path for path in root.rglob("*") if ".kepu-edit" not in path.parts) == before
    outside = root.parent / "outside"
    outside.mkdir()
    (root / "content/files/bases").mkdir(parents=True, exist_ok=True)
    (root / "content/files/bases/sun-street").symlink_to(outside)
    with pytest.raises(NotSaved, match="链接"):
        add_file(root, "bases", "sun-street", "a.pdf", PDF)
    assert list(outside.iterdir()) == []


def test_a_window_sends_a_file_with_its_token(root: Path) -> None:
    window = Window(root)
    address = f"{HOME}records/bases/star-hall/files?name=%E5%9B%BE.png"
    own = {"Origin": f"http://{HOST}", "X-Kepu-Token": window.token.form}
    answer = window.browser.post(address, content=png(), headers=own)
    assert (answer.status_code, answer.json()["name"]) == (200, "图.png")
    refused = window.browser.post(address.replace("png", "exe"), content=b"MZ", headers=own)
    assert refused.status_code == 422
    assert "网站不发布" in json.loads(refused.text)["message"]
    for headers in ({**own, "X-Kepu-Token": "x"}, {**own, "Origin": "http://evil.example"}, {"Origin": own["Origin"]}):
        assert window.browser.post(address, content=jpeg(), headers=headers).status_code == 403
    assert window.stranger().post(address, content=jpeg(), headers=own).status_code == 403
