"""Only files that a published record or a page by hand names are published; the editor is told of all others."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from macros.media.dimensions import dimensions
from macros.media.pictures import EXIF, exif_of
from macros.preview.live_site import LiveSite
from macros.site.git import BuildDay
from macros.site.plugin import Engine, render_site
from macros.site.session import open_session
from tests.media.pictures import archive, exif, jpeg, photo, png, segment, webp
from tests.support import AS_OF
from tests.support.projects import base, kepu, lay_project, policy

FILES = {
    "files/bases/wetland/photo.jpg": "picture of a record",
    "files/bases/wetland/in-prose.png": "picture in prose",
    "files/bases/wetland/linked.pdf": "linked by a relative address in prose",
    "files/policies/plan/form.docx": "attachment",
    "files/articles/rain/cloud.webp": "picture of an article",
    "files/about/数据 表.xlsx": "linked by a page, percent-encoded",
    "pictures/rain.jpg": "named by HTML, as a browser reads it",
    "pictures/definition.gif": "named by a definition",
    "files/bases/pond/later.jpg": "named by a draft",
    "files/bases/wetland/identity-card.jpg": "named by nothing",
    "files/bases/wetland/deep/a.pdf": "named by nothing, too deep",
    "files/bases/nobody/a.pdf": "of no record",
    "files/loose.txt": "of no record",
    "articles/beside.svg": "beside articles, named by nothing",
    "notes.txt": "beside pages, named by nothing",
    ".hidden.jpg": "nobody's business",
}
CONTENT = {
    ".jpg": jpeg(),
    ".png": png(),
    ".webp": webp(),
    ".gif": b"GIF89a",
    ".pdf": b"%PDF-1.7",
    ".docx": archive(word__document_xml=""),
    ".xlsx": archive(xl__workbook_xml=""),
    ".svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
}
PUBLISHED = {
    "files/bases/wetland/photo.jpg",
    "files/bases/wetland/in-prose.png",
    "files/bases/wetland/linked.pdf",
    "files/policies/plan/form.docx",
    "files/articles/rain/cloud.webp",
    "files/about/数据 表.xlsx",
    "pictures/rain.jpg",
    "pictures/definition.gif",
}
WETLAND = """images: [{file: photo.jpg, alt: 一处, credit: 本站}]
body: |
  ![水](in-prose.png) [图](../../files/bases/wetland/linked.pdf)
"""
ABOUT = """
[表](files/about/%E6%95%B0%E6%8D%AE%20%E8%A1%A8.xlsx#a) ![图][下]
<img alt="雨" src="../pictures/rain.jpg?a=1">

[下]: pictures/definition.gif
"""
UNUSED = "没有记录或页面用到这个文件，不会发布；要发布，请"
NOTICES = {
    "articles/beside.svg": f"{UNUSED}在页面里链接它，不要了请删掉",
    "files/bases/nobody": "不属于任何记录；文件要放在 content/files/种类/id/ 里，请移走或改名",
    "files/bases/pond/later.jpg": "只有草稿 data/bases/pond.yml 用到这个文件，现在不发布；草稿发布时它会一起发布",
    "files/bases/wetland/deep/a.pdf": f"{UNUSED}把它移到 content/files/bases/wetland/ 里，再在 data/bases/wetland.yml 里写上它的名字，不要了请删掉",
    "files/bases/wetland/identity-card.jpg": f"{UNUSED}在 data/bases/wetland.yml 里写上它的名字，不要了请删掉",
    "files/loose.txt": "不属于任何记录；文件要放在 content/files/种类/id/ 里，请移走或改名",
    "notes.txt": f"{UNUSED}在页面里链接它，不要了请删掉",
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with files of every sort."""
    project = lay_project(tmp_path)
    texts = {
        "data/bases/wetland.yml": base(WETLAND, "湿地"),
        "data/bases/pond.yml": base("draft: 是\nimages: [{file: later.jpg, alt: 一处, credit: 本站}]\n"),
        "data/policies/plan.yml": policy("attachments: [{title: 表, file: form.docx}]\n"),
    }
    contents = {path: text.encode() for path, text in texts.items()}
    contents |= {f"content/{name}": CONTENT.get(Path(name).suffix, b"text") for name in FILES}
    for path, raw in contents.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(raw)
    for page, text in {"about.md": ABOUT, "articles/rain.md": "\n![云](../files/articles/rain/cloud.webp)\n"}.items():
        with (project / "content" / page).open("a", encoding="utf-8") as file:
            file.write(text)
    return project


def test_what_is_named_is_published_and_the_rest_is_told(project: Path) -> None:
    session = open_session(project, day=BuildDay(AS_OF))
    told = {
        p.path.removeprefix("content/"): p.message
        for p in session.problems()
        if p.rule.endswith(("file", "files", "draft"))
    }
    assert session.static_files.published == PUBLISHED
    assert told == NOTICES


def test_no_other_file_reaches_the_site_or_its_inventory(project: Path, tmp_path: Path) -> None:
    render_site(project, tmp_path / "site")
    built = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*")}
    listed = json.loads((tmp_path / "site/build.json").read_bytes())["files"].keys()
    assert built & FILES.keys() == PUBLISHED
    assert listed & FILES.keys() == PUBLISHED
    derived = json.loads((tmp_path / "site/api/v1/bases/wetland.json").read_bytes())["derived"]["files"]
    assert derived == ["files/bases/wetland/in-prose.png", "files/bases/wetland/photo.jpg"]


def test_files_that_some_systems_take_for_one_are_told(project: Path) -> None:
    photo = (project / "content/files/bases/wetland/photo.jpg").read_bytes()
    if (project / "content/files/bases/wetland/PHOTO.jpg").exists():
        pytest.skip("this disk takes them for one")
    for name in ("Photo.jpg", "in-prose.PNG"):
        (project / "content/files/bases/wetland" / name).write_bytes(photo)
    problems = open_session(project, day=BuildDay(AS_OF)).problems()
    folder = "content/files/bases/wetland"
    assert [(one.path, one.message) for one in problems if one.rule == "wrong-file-name"] == [
        (f"{folder}/{owner}", f"文件名和 {folder}/{name} 只差大小写，Windows 上只能有一个；请给其中一个改名")
        for name, owner in (("in-prose.PNG", "in-prose.png"), ("Photo.jpg", "photo.jpg"))
    ]


def test_where_a_page_is_unreadable_only_that_is_told(project: Path) -> None:
    (project / "content/about.md").write_text("no front matter", "utf-8")
    assert {problem.rule for problem in open_session(project, day=BuildDay(AS_OF)).problems()} == {
        "no-front-matter",
        "stray-record-files",
    }


def test_a_photo_that_says_where_it_was_taken_is_refused_until_it_is_fixed(project: Path) -> None:
    path, draft = "content/files/bases/wetland/photo.jpg", "content/files/bases/pond/later.jpg"
    turned = jpeg(segment(0xE1, EXIF + exif(orientation=6)))
    for name in (path, draft):
        (project / name).write_bytes(turned)
    message = "图片里写着拍摄地点（北纬 30.42°，东经 120.30°），谁都能看到；请运行 kepu fix 去掉，图片本身不变"
    done = kepu(project, "check")
    assert (done.exit_code, done.output.count(f":1:1: 错误：{message}")) == (1, 2)
    dry = kepu(project, "fix", "--dry-run", path).output
    assert (
        dry
        == f"{path}: 去掉了拍摄地点（北纬 30.42°，东经 120.30°）；图片本身不变\n1 处，在 1 个文件里；没有写入（--dry-run）。\n"
    )
    assert (project / path).read_bytes() == turned
    assert kepu(project, "fix").exit_code == 0
    assert len((project / path).read_bytes()) < len(turned)
    assert kepu(project, "check").exit_code == 0
    assert kepu(project, "fix").output == "没有要改的。\n"


def test_a_heavy_photo_is_made_smaller_where_an_editor_asks(project: Path) -> None:
    heavy = photo(4000, 3000, orientation=6)
    shown, plan = "content/files/bases/wetland/photo.jpg", "content/articles/plan.jpg"
    for path in (shown, plan):
        (project / path).write_bytes(heavy)
    rain = project / "content/articles/rain.md"
    rain.write_text(rain.read_text("utf-8") + "\n[大图](plan.jpg)\n", "utf-8")
    told = f"{shown}: 3000×4000，{len(heavy) / 1000:,.0f} KB → 1800×2400，"
    assert told in kepu(project, "fix", "--dry-run").output
    assert (project / shown).read_bytes() == heavy
    assert told in kepu(project, "fix").output
    made = (project / shown).read_bytes()
    assert (dimensions(made), len(made) < 1_000_000, exif_of(made).orientation) == ((1800, 2400), True, 1)
    assert EXIF not in made
    assert dimensions((project / plan).read_bytes()) == (3000, 4000)
    assert kepu(project, "fix").output == "没有要改的。\n"


def test_a_drawing_with_notes_of_its_program_is_refused_until_it_is_fixed(project: Path) -> None:
    path, plain = project / "content/articles/beside.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/></svg>'
    path.write_bytes(plain.replace(b"<g", b'<o:view xmlns:o="urn:o"/><g'))
    assert (
        "里有 不属于 SVG 的 <view>，是绘图软件自己的记录；请运行 kepu fix 去掉，图片本身不变"
        in kepu(project, "check").output
    )
    assert "content/articles/beside.svg: 去掉了绘图软件自己的记录；图片本身不变\n" in kepu(project, "fix").output
    assert path.read_bytes() == plain


def test_the_preview_and_staged_pages_show_no_other_file(project: Path, tmp_path: Path) -> None:
    session = open_session(project, day=BuildDay(AS_OF))
    site = LiveSite(session, Engine(project, tmp_path / "engine"))
    assert {name for name in FILES if site.read(name) is not None} == PUBLISHED
    # While somebody writes, a record that is not saved yet shows its pictures.
    site = LiveSite(replace(session, shows_all=True), Engine(project, tmp_path / "engine"))
    others = {name for name in FILES if site.read(name) is not None} - PUBLISHED
    assert others == {name for name in FILES if name.endswith((".jpg", ".svg"))} - PUBLISHED - {".hidden.jpg"}
    assert kepu(project, "stage", str(tmp_path / "staged")).exit_code == 0
    staged = {
        path.relative_to(tmp_path / "staged/content").as_posix()
        for path in (tmp_path / "staged").rglob("*.*")
        if "content" in path.parts
    }
    assert staged & FILES.keys() == PUBLISHED
