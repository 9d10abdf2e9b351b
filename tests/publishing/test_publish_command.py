"""The commands by which a site goes out, goes back and tells what went out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros.cli.main import main
from macros.publishing.release.releases import releases
from tests.publishing.sites import make_site, served


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "mkdocs.yml").touch()
    return tmp_path / "project"


def kepu(project: Path, *arguments: str | Path) -> Result:
    """Run the command; it never ends in a traceback."""
    done = CliRunner().invoke(main, ["--root", str(project), *map(str, arguments)])
    assert "Traceback" not in done.output
    return done


def test_a_site_goes_out_and_back(tmp_path: Path, project: Path) -> None:
    dest = tmp_path / "www"
    for text in "旧新":
        done = kepu(project, "publish", make_site(tmp_path / text, text), dest)
        assert done.exit_code == 0
        assert "已换上版本" in done.output
    assert "没有变化" in kepu(project, "publish", tmp_path / "新", dest).output
    assert kepu(project, "rollback", dest).exit_code == 0
    assert served(dest) == "旧"
    listed = kepu(project, "releases", dest, "--verify")
    assert listed.exit_code == 0
    assert [line[:9] for line in listed.output.splitlines()] == ["   000002", "→ 000001-"]
    assert listed.output.count("4 页") == 2
    assert listed.output.count("，完整") == 2


def test_a_tampered_release_is_told_and_refused(tmp_path: Path, project: Path) -> None:
    dest = tmp_path / "www"
    for text in "旧新":
        kepu(project, "publish", make_site(tmp_path / text, text), dest)
    (releases(dest)[0].folder / "index.html").write_text("假")
    assert kepu(project, "releases", dest).exit_code == 0
    listed = kepu(project, "releases", dest, "--verify")
    assert listed.exit_code == 1
    assert "不完整：index.html 的内容变了" in listed.output
    assert kepu(project, "rollback", dest).exit_code == 1
    (releases(dest)[0].folder / "build.json").unlink()
    assert "build.json 读不了" in kepu(project, "releases", dest).output
    assert served(dest) == "新"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("publish", "site", "project"), 1, "代码仓库"),
        (("publish", "gone", "www"), 2, "gone"),
        (("publish", "empty", "www"), 1, "build.json"),
        (("publish", "site", "www", "--keep", "1"), 2, "keep"),
        (("publish", "site", "www", "--domain", "https://x.example/"), 2, "不像域名"),
        (("publish", "site", "pages", "--as", "branch"), 1, "分支没有改动"),
        (("rollback", "empty"), 1, "没有发布过的版本"),
        (("releases", "empty"), 1, "没有发布过的版本"),
    ],
)
def test_wrong_use_is_told(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    make_site(tmp_path / "site", "新")
    (tmp_path / "empty").mkdir()
    done = kepu(project, *arguments)
    assert done.exit_code == code
    assert told in done.output


def test_a_folder_for_pages(tmp_path: Path, project: Path) -> None:
    site, folder = make_site(tmp_path / "site", "新"), tmp_path / "public"
    assert kepu(project, "publish", site, folder, "--as", "pages", "--domain", "kepu.example.org").exit_code == 0
    assert (folder / "CNAME").read_text() == "kepu.example.org\n"
