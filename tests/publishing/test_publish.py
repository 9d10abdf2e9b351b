"""Publishing, going back, and what stands in the way of both."""

from __future__ import annotations

import errno
import gzip
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.publishing.release import companions, disk
from macros.publishing.release.disk import locked
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.inventory import prove
from macros.publishing.release.publish import publish, publish_folder, rollback
from macros.publishing.release.releases import LOCK, current, releases
from tests.publishing.sites import assert_whole, left_overs, make_site, served
from tests.support.systems import ask_for_links, needs_links


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "data").mkdir(parents=True)
    return folder


@pytest.fixture
def dest(tmp_path: Path, project: Path) -> Path:
    """A web root that serves 新, with 旧 before it."""
    ask_for_links()
    root = tmp_path / "www" / "kepu"
    for text in "旧新":
        publish(make_site(tmp_path / text, text), root, project)
    return root


def test_releases_lie_side_by_side_and_the_last_is_served(dest: Path) -> None:
    assert [release.number for release in releases(dest)] == [1, 2]
    assert served(dest) == "新"
    assert os.readlink(dest / "current") == f"releases/{releases(dest)[1].name}"  # noqa: PTH115
    assert_whole(dest)
    assert left_overs(dest) == []


def test_the_same_build_is_not_published_twice(dest: Path, tmp_path: Path, project: Path) -> None:
    outcome = publish(tmp_path / "新", dest, project)
    assert not outcome.changed
    assert len(releases(dest)) == 2


def test_a_damaged_release_is_replaced_by_the_same_build(dest: Path, tmp_path: Path, project: Path) -> None:
    (dest / "current" / "index.html").unlink()
    assert publish(tmp_path / "新", dest, project).changed
    assert served(dest) == "新"


@needs_links
def test_a_web_server_of_another_user_can_read_every_release(tmp_path: Path, project: Path) -> None:
    site, web, pages = make_site(tmp_path / "masked", "新"), tmp_path / "root", tmp_path / "pages"
    before = os.umask(0o077)
    try:
        publish(site, web, project, compress=True)
        publish_folder(site, pages, project)
    finally:
        os.umask(before)
    for path in (web, pages, *web.rglob("*"), *pages.rglob("*")):
        if not path.is_symlink():
            assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_going_back_and_forth(dest: Path, tmp_path: Path, project: Path) -> None:
    assert rollback(dest).changed
    assert served(dest) == "旧"
    with pytest.raises(PublishingError, match="之前没有别的版本"):
        rollback(dest)
    assert rollback(dest, "2").changed
    assert served(dest) == "新"
    with pytest.raises(PublishingError, match="没有 “9” 这个版本；有的版本：000001-"):
        rollback(dest, "9")
    rollback(dest)
    assert publish(tmp_path / "新", dest, project).release.number == 3


def test_only_the_newest_releases_stay_and_the_served_one(dest: Path, tmp_path: Path, project: Path) -> None:
    rollback(dest)
    for text in "一二三":
        publish(make_site(tmp_path / text, text), dest, project, keep=2)
    assert [release.number for release in releases(dest)] == [4, 5]
    rollback(dest)
    assert current(dest) == releases(dest)[0]


def test_a_clock_that_runs_backward_does_not_matter(
    dest: Path, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 0.0)
    for release in releases(dest):
        os.utime(release.folder, (4e9, 4e9))
    assert publish(make_site(tmp_path / "三", "三"), dest, project).release.number == 3
    rollback(dest)
    assert served(dest) == "新"


TAMPERINGS: dict[str, Callable[[Path], object]] = {
    "index.html 的内容变了": lambda folder: (folder / "index.html").write_text("别的"),
    "0/index.html 缺失": lambda folder: (folder / "0" / "index.html").unlink(),
    "x.html 是多出来的": lambda folder: (folder / "x.html").touch(),
    "x.js 是符号链接": lambda folder: (folder / "x.js").symlink_to("/etc/passwd"),
    "index.html.gz 是多出来的": lambda folder: (folder / "index.html.gz").write_bytes(gzip.compress(b"x")),
    "build.json 被改过": lambda folder: make_site(folder, "假"),
}


@pytest.mark.parametrize("told", TAMPERINGS)
def test_a_tampered_release_is_refused(dest: Path, told: str) -> None:
    TAMPERINGS[told](releases(dest)[0].folder)
    with pytest.raises(PublishingError, match=told):
        rollback(dest)
    assert served(dest) == "新"


def test_a_site_that_is_not_as_built_is_not_published(dest: Path, tmp_path: Path, project: Path) -> None:
    (tmp_path / "旧" / "index.html").write_text("改过")
    with pytest.raises(PublishingError, match=r"index\.html 的内容变了。没有发布任何东西"):
        publish(tmp_path / "旧", dest, project)
    assert served(dest) == "新"


def test_a_site_that_changes_while_it_is_copied_is_not_published(
    dest: Path, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = disk.write

    def write_and_change(path: Path, content: bytes) -> None:
        write(path, content)
        (tmp_path / "旧" / "index.html").write_text("改过")

    monkeypatch.setattr(disk, "write", write_and_change)
    with pytest.raises(PublishingError, match=r"复制出来的网站和它的 build\.json 不一致：index\.html 的内容变了"):
        publish(tmp_path / "旧", dest, project)
    assert served(dest) == "新"


def test_dangerous_places_are_refused(dest: Path, tmp_path: Path, project: Path) -> None:
    site = tmp_path / "新"
    (tmp_path / "file").touch()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").touch()
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "odd" / "releases").mkdir(parents=True)
    (tmp_path / "odd" / "current").mkdir()
    for place, told in {
        tmp_path / "file": "这是一个文件",
        project: "代码仓库",
        project.parent: "代码仓库",
        project / "data": "代码仓库",
        project / "data" / "www": "代码仓库",
        tmp_path / "repository": "代码仓库",
        tmp_path / "photos": "别的文件",
        tmp_path / "odd": "符号链接",
        site: "互相包含",
        site / "0": "互相包含",
    }.items():
        with pytest.raises(PublishingError, match=told):
            publish(site, place, project)
    with pytest.raises(PublishingError, match="没有发布过的版本"):
        rollback(tmp_path / "photos")


def test_a_second_publisher_leaves_with_a_message(dest: Path, tmp_path: Path, project: Path) -> None:
    with locked(dest / LOCK):
        for act in (lambda: publish(tmp_path / "旧", dest, project), lambda: rollback(dest)):
            with pytest.raises(PublishingError, match="请等它结束后再试"):
                act()
    assert served(dest) == "新"


@pytest.mark.parametrize(("code", "told"), [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读"), (errno.EACCES, "权限")])
def test_faults_of_the_disk_are_told(
    dest: Path, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: str
) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(disk, "write", refuse)
    with pytest.raises(PublishingError, match=f"{told}.*原有的网站没有改动"):
        publish(tmp_path / "旧", dest, project)
    assert served(dest) == "新"


def test_what_fails_after_the_switch_says_that_the_new_site_is_served(
    dest: Path, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        if path.name == ".outgoing" and path.exists():
            raise OSError(errno.EACCES, "denied", str(path))

    remove = disk.remove
    monkeypatch.setattr(disk, "remove", lambda path: refuse(path) or remove(path))
    for text in "一二":
        make_site(tmp_path / text, text)
    publish(tmp_path / "一", dest, project)
    with pytest.raises(PublishingError, match="要换的版本已经换上"):
        publish(tmp_path / "二", dest, project, keep=2)
    assert served(dest) == "二"


@needs_links
def test_compressed_copies_hold_their_files(tmp_path: Path, project: Path) -> None:
    for name in ("first", "second"):
        publish(make_site(tmp_path / "新", "新"), tmp_path / name, project, compress=True)
    folder = tmp_path / "first" / "current"
    packed = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.gz"))
    assert "0/index.html.gz" in packed
    assert "build.json.gz" not in packed
    assert "index.html.gz" not in packed, "too small to be worth it"
    for name in packed:
        assert gzip.decompress((folder / name).read_bytes()) == (folder / name.removesuffix(".gz")).read_bytes()
        assert (folder / name).read_bytes() == (tmp_path / "second" / "current" / name).read_bytes()
    assert_whole(tmp_path / "first")
    assert publish(tmp_path / "新", tmp_path / "first", project, compress=False).changed


@needs_links
def test_an_attachment_that_is_packed_is_no_compressed_copy(tmp_path: Path, project: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "0.html").write_text("x" * 9000)
    (tmp_path / "site" / "0.html.gz").write_bytes(b"an attachment")
    site = make_site(tmp_path / "site", "新")
    for compress in (False, True):
        assert publish(site, tmp_path / "www", project, compress=compress).changed
        assert not publish(site, tmp_path / "www", project, compress=compress).changed
        assert (tmp_path / "www" / "current" / "0.html.gz").read_bytes() == b"an attachment"


def test_brotli_is_used_only_where_it_is_there() -> None:
    suffixes = {name.removeprefix("a.html") for name, _ in companions.companions("a.html", b"x" * 9000)}
    assert suffixes in ({".gz"}, {".gz", ".br"})
    assert list(companions.companions("a.png", b"x" * 9000)) == []
    assert companions.unpacked("a.html.br", b"no such thing") is None


def test_a_folder_for_pages_is_replaced_whole(tmp_path: Path, project: Path) -> None:
    folder = tmp_path / "public"
    for text in "旧新":
        publish_folder(make_site(tmp_path / text, text), folder, project, "kepu.example.org")
    assert (folder / "index.html").read_text("utf-8") == "新"
    assert (folder / ".nojekyll").read_bytes() == b""
    assert (folder / "CNAME").read_text() == "kepu.example.org\n"
    publish_folder(tmp_path / "旧", folder, project)
    assert not (folder / "CNAME").exists()
    for extra in (".nojekyll",):
        (folder / extra).unlink()
    prove(folder, "网站")


def test_the_web_root_may_be_a_link(dest: Path, tmp_path: Path, project: Path) -> None:
    (tmp_path / "link").symlink_to(dest, target_is_directory=True)
    publish(make_site(tmp_path / "三", "三"), tmp_path / "link", project)
    assert served(dest) == "三"
