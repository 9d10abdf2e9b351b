"""What Windows does differently with files: programs that hold them, links, line ends, slashes."""

from __future__ import annotations

import errno
import re
import shutil
import subprocess
from pathlib import Path, PureWindowsPath

import pytest

from macros.publishing.release import errors
from macros.site.os_errors import explain
from tests.house.code import MODULES
from tests.support import DISTRICT, ROOT
from tests.support.looping import failures
from tests.support.projects import kepu, lay_project
from tests.support.systems import needs_git

SCRIPTS = sorted(ROOT.glob("*.cmd"))
NEW_SITE = ROOT / "macros/project/files"


REFUSED = (
    (errno.EACCES, "表格.xlsx", "请先在 Excel 或 WPS 里关闭它"),
    (errno.EACCES, "data/bases/a.yml", "请关掉正打开着它的程序"),
    (errno.ENOSPC, "a.yml", "磁盘满了"),
    (errno.EROFS, "a.yml", "只读"),
    (errno.EIO, "a.yml", "检查磁盘"),
)


def test_what_the_system_refuses_is_told_with_the_cure() -> None:
    def is_told(case: tuple[int, str, str]) -> None:
        code, path, cure = case
        said = explain(OSError(code, "refused", ".aside.part", None, path))
        assert said.startswith(f"{path}：")
        assert cure in said

    assert failures(is_told, REFUSED) == []


def test_a_table_that_excel_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = lay_project(tmp_path)

    def refuse(path: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "Access is denied", str(path), None, str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    done = kepu(project, "excel", "export", str(tmp_path / "表格.xlsx"))
    assert done.exit_code == 1
    assert "表格.xlsx：打不开或换不下；请先在 Excel 或 WPS 里关闭它，再运行一次" in done.output
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_links_that_windows_refuses_are_told(tmp_path: Path) -> None:
    refused = OSError(errno.EINVAL, "A required privilege is not held by the client")
    refused.winerror = 1314  # type: ignore[attr-defined, unused-ignore]
    assert "--as pages" in str(errors.explain(refused, tmp_path))


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    path = project / "data/bases/wetland.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    assert kepu(project, "check").exit_code == 0
    assert kepu(project, "rename", "wetland", "marsh").exit_code == 0
    after = (project / "data/bases/marsh.yml").read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n") > before.count(b"\r\n")


@needs_git
def test_git_gives_windows_the_line_ends_it_needs(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    for file in (ROOT / ".gitattributes", *SCRIPTS, DISTRICT / "data/bases/star-hall.yml", ROOT / ".ci/pages"):
        shutil.copy(file, tmp_path / "one")
    # A new site has attributes of its own.
    shutil.copytree(NEW_SITE / "_ci", tmp_path / "one/new/.ci")
    shutil.copy(NEW_SITE / "_gitattributes", tmp_path / "one/new/.gitattributes")
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=true"]
    for arguments in (
        ["init", "--quiet", "one"],
        ["-C", "one", "add", "."],
        ["-C", "one", "commit", "--quiet", "-m", "a"],
    ):
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)
    subprocess.run(["git", "clone", "--quiet", "-c", "core.autocrlf=true", "one", "two"], cwd=tmp_path, check=True)
    assert b"\r\n" not in (tmp_path / "two/star-hall.yml").read_bytes()
    for script in SCRIPTS:
        assert (tmp_path / "two" / script.name).read_bytes() == script.read_bytes()
    for file in filter(Path.is_file, (NEW_SITE / "_ci").iterdir()):
        assert (tmp_path / "two/new/.ci" / file.name).read_bytes() == file.read_bytes()


def test_paths_are_written_with_slashes() -> None:
    assert PureWindowsPath(r"data\bases\luyuan.yml").as_posix() == "data/bases/luyuan.yml"
    for module, path in MODULES.items():
        assert not re.search(r"str\([^()]*\.relative_to\(", path.read_text("utf-8")), module
