"""A site goes out whole or not at all."""

from __future__ import annotations

import errno
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.publishing.release.disk import remove
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.guards import MARKER, mark
from macros.publishing.release.swap import recover, replacing

FILES = 40
KILLS = 10

# Builds one version after another, forever; says when the first stands.
BUILDER = f"""
import itertools, sys
from pathlib import Path
from macros.publishing.release import swap
out = Path(sys.argv[1])
for version in itertools.count(1):
    with swap.replacing(out, out.parent / "project") as fresh:
        for number in range({FILES}):
            (fresh / f"{{number}}.html").write_text(str(version))
    if version == 1:
        print("ready", flush=True)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "data").mkdir(parents=True)
    return folder


def build_version(out: Path, root: Path, text: str) -> None:
    with replacing(out, root) as fresh:
        (fresh / "index.html").write_text(text)


def is_whole(out: Path) -> bool:
    """Tell whether a site is one version, with all its files."""
    pages = [page.read_text() for page in out.glob("*.html")]
    return len(pages) == FILES and len(set(pages)) == 1 and (out / MARKER).is_file()


def neighbours(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}."))


def test_a_site_takes_the_place_of_the_last_one(project: Path) -> None:
    out = project / "public" / "site"
    with replacing(out, project) as fresh:
        (fresh / "gone.html").write_text("旧")
    build_version(out, project, "新")
    assert sorted(path.name for path in out.iterdir()) == [MARKER, "index.html"]
    assert (out / "index.html").read_text() == "新"
    assert neighbours(out) == []


@pytest.mark.parametrize("foreign", ["notes.txt", "a/photo.jpg", ".env", "index.html.bak.gz"])
def test_what_no_build_put_there_is_never_deleted(project: Path, foreign: str) -> None:
    out = project / "site"
    build_version(out, project, "旧")
    (out / foreign).parent.mkdir(exist_ok=True)
    (out / foreign).write_text("只有这一份")
    with pytest.raises(PublishingError, match=re.escape(foreign)):
        build_version(out, project, "新")
    assert (out / foreign).read_text() == "只有这一份"
    assert (out / "index.html").read_text() == "旧"


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_work_tree_of_git_is_never_replaced(project: Path, is_folder: bool) -> None:
    out = project / "pages"
    build_version(out, project, "旧")
    if is_folder:
        (out / ".git").mkdir()
    else:
        (out / ".git").write_text("gitdir: elsewhere")
    with pytest.raises(PublishingError, match="git 工作区"):
        build_version(out, project, "新")
    assert (out / ".git").exists()


def test_what_hosts_want_and_compressed_copies_are_no_foreign_files(project: Path) -> None:
    out = project / "site"
    build_version(out, project, "旧")
    for name in (".nojekyll", "CNAME", "index.html.gz", "index.html.br"):
        (out / name).write_text("")
    build_version(out, project, "新")
    assert (out / "index.html").read_text() == "新"


@pytest.mark.parametrize("mask", [0o077, 0o027, 0o022])
def test_what_is_built_can_be_read_by_a_web_server_of_another_user(project: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        with replacing(project / "public" / "site", project) as fresh:
            (fresh / "a").mkdir()
            (fresh / "a" / "index.html").write_text("新")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    out = project / "public" / "site"
    modes = {path.name: path.stat().st_mode & 0o777 for path in (out.parent, out, *out.rglob("*"))}
    assert modes == {"public": 0o755, "site": 0o755, "a": 0o755, "index.html": 0o644, MARKER: 0o644}


def test_an_empty_folder_is_taken(project: Path) -> None:
    (project / "site").mkdir()
    build_version(project / "site", project, "新")
    assert (project / "site" / "index.html").is_file()


def test_a_failed_build_leaves_the_old_site(project: Path) -> None:
    out = project / "site"
    build_version(out, project, "旧")
    with pytest.raises(FileNotFoundError), replacing(out, project):
        (project / "data" / "gone.yml").read_text()
    assert (out / "index.html").read_text() == "旧"
    assert neighbours(out) == []


def test_a_killed_build_leaves_a_whole_site(tmp_path: Path) -> None:
    moments = random.Random(20261124)
    out = tmp_path / "site"
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", BUILDER, str(out)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.05))
        process.kill()
        process.communicate()
        recover(out)
        assert is_whole(out)
    assert neighbours(out) == []


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ({"site": "旧", ".site.new": "新"}, "旧"),
        ({".site.old": "旧", ".site.new": "新"}, "旧"),
        ({"site": "新", ".site.old": "旧"}, "新"),
    ],
)
def test_a_kill_before_between_and_after_two_renames_is_mended(
    project: Path, left: dict[str, str], expected: str
) -> None:
    for name, text in left.items():
        (project / name).mkdir()
        (project / name / "index.html").write_text(text)
        mark(project / name)
    recover(project / "site")
    assert (project / "site" / "index.html").read_text() == expected
    assert neighbours(project / "site") == []


def test_the_old_site_returns_when_the_new_one_cannot_be_moved(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = project / "site"
    build_version(out, project, "旧")
    rename = Path.rename

    def refuse_new(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise PermissionError(errno.EACCES, "denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(PublishingError, match="没有写入权限"):
        build_version(out, project, "新")
    assert (out / "index.html").read_text() == "旧"


def test_left_overs_are_removed_even_as_links(project: Path) -> None:
    out = project / "site"
    (project / ".site.new").symlink_to(project / "data", target_is_directory=True)
    (project / ".site.old").mkdir()
    (project / ".site.lock").write_text("1")
    build_version(out, project, "新")
    assert (project / "data").is_dir()
    assert neighbours(out) == []


def test_a_planted_link_of_the_old_site_is_not_taken_for_it(project: Path) -> None:
    (project / ".site.old").symlink_to(project / "data", target_is_directory=True)
    recover(project / "site")
    assert not (project / "site").exists()
    assert (project / "data").is_dir()


def test_a_lock_is_never_written_through_what_somebody_planted(project: Path) -> None:
    lock, precious = project / ".site.lock", project / "data" / "precious.yml"
    precious.write_text("1")
    plants: tuple[Callable[[], object], ...] = (
        lambda: lock.symlink_to(precious),
        lambda: lock.symlink_to(project / "data" / "new.yml"),
        lambda: lock.hardlink_to(precious),
        lambda: os.mkfifo(lock),
        lambda: lock.mkdir(),
        lambda: lock.write_text("name: 一座馆\n"),
    )
    for plant in plants:
        plant()
        with pytest.raises(PublishingError, match="移走"):
            build_version(project / "site", project, "新")
        assert os.path.lexists(lock)
        remove(lock)
    assert precious.read_text() == "1"
    assert not (project / "data" / "new.yml").exists()


def test_a_second_builder_leaves_with_a_message(project: Path) -> None:
    out = project / "site"
    with replacing(out, project) as fresh:
        (fresh / "index.html").touch()
        message = f"另一个生成程序（进程 {os.getpid()}）正在写同一个文件夹"
        with pytest.raises(PublishingError, match=message):
            build_version(out, project, "新")
    assert (out / "index.html").read_text() == ""


@pytest.mark.parametrize("name", ["data", "data/site", "content/x", "Macros", "overrides", "tests/a/b", ".git"])
def test_sources_are_refused(project: Path, name: str) -> None:
    with pytest.raises(PublishingError, match="源文件"):
        build_version(project / name, project, "")


def test_other_dangerous_places_are_refused(project: Path) -> None:
    (project / "file").touch()
    (project / "link").symlink_to(project / "elsewhere")
    (project / "photos").mkdir()
    (project / "photos" / "swap.json").write_text('{"generator": "other"}')
    for out, message in {
        project: "项目文件夹本身",
        project.parent: "项目文件夹本身",
        project / "data" / "..": "项目文件夹本身",
        Path("/"): "项目文件夹本身",
        project / "file": "这是一个文件",
        project / "link": "符号链接",
        project / "photos": "不是由本程序生成",
    }.items():
        with pytest.raises(PublishingError, match=message):
            build_version(out, project, "")
    assert (project / "photos" / "swap.json").is_file()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有写入权限"),
        (errno.EBUSY, "占用"),
        (errno.EXDEV, "挂载点"),
        (errno.EIO, "写入失败"),
    ],
)
def test_faults_of_the_disk_are_told_in_chinese(project: Path, code: int, message: str) -> None:
    out = project / "site"
    build_version(out, project, "旧")
    with pytest.raises(PublishingError, match=message), replacing(out, project) as fresh:
        raise OSError(code, os.strerror(code), str(fresh / "index.html"))
    assert (out / "index.html").read_text() == "旧"
    assert neighbours(out) == []


def test_a_parent_that_is_a_file_is_told(project: Path) -> None:
    (project / "file").touch()
    with pytest.raises(PublishingError, match="file"):
        build_version(project / "file" / "site", project, "")


def test_a_marker_of_the_builder_is_kept(project: Path) -> None:
    (project / MARKER).write_text('{"generator": "kepu", "as_of": "2026-11-24"}')
    mark(project)
    assert "as_of" in (project / MARKER).read_text()


def test_nothing_to_recover_is_no_fault(tmp_path: Path) -> None:
    recover(tmp_path / "gone" / "site")
    recover(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []
