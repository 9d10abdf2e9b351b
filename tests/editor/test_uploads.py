"""Files that are dropped onto a form: what they hold decides, nothing of people and places stays, and no name leads astray."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macros.editor.answers import HOME
from macros.editor.store import NotSaved
from macros.editor.uploads import add_file
from macros.media.dimensions import dimensions
from macros.media.pictures import metadata_of_picture
from tests.editor.window import HOST, Window
from tests.media.pictures import jpeg, photo, png
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
    assert max(size) <= 1600
    assert len(made) <= 500_000
    assert any("缩小" in note for note in added.notes)
    assert any("拍摄地点" in note for note in added.notes)


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
