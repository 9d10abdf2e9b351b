"""`kepu stage`: the same site for any other engine, in a folder that is swapped in whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.engines.differences import compare, explanation
from tests.engines.reading import read_site
from tests.support import bytes_of, project_copy, run
from tests.support.projects import kepu


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the invented district."""
    return project_copy(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def staged(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The district, staged."""
    folder = tmp_path_factory.mktemp("staged") / "pages"
    done = kepu(project, "stage", str(folder))
    assert done.exit_code == 0, done.output
    return folder


def test_mkdocs_alone_makes_the_same_pages(staged: Path, district_site: Path, tmp_path: Path) -> None:
    done = run("mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path), cwd=staged)
    assert done.returncode == 0, done.stderr
    ours, theirs = read_site(district_site, "main"), read_site(tmp_path, "article")
    assert ours.keys() == theirs.keys()
    assert [str(found) for found in compare(ours, theirs) if explanation(found) is None] == []


def test_files_lie_where_our_own_site_has_them(staged: Path, district_site: Path) -> None:
    ours, theirs = bytes_of(district_site), bytes_of(staged / "content")
    beside = {path for path in ours if path.startswith(("api/", "data/", "files/", "bases/")) and "html" not in path}
    assert {path: ours[path] for path in beside} == {path: theirs.get(path) for path in beside}
    assert {"robots.txt", "feed.xml", "calendar.ics", "_redirects"} <= theirs.keys()
    assert not [path for path in theirs if path.startswith(("assets/search", "assets/finder", "assets/javascripts"))]


def test_nothing_of_ours_is_asked_for(staged: Path) -> None:
    settings = (staged / "mkdocs.yml").read_text("utf-8")
    assert "custom_dir" not in settings
    assert yaml.safe_load(settings.split("markdown_extensions")[0])["plugins"] == ["search"]


def test_staging_twice_gives_the_same_bytes(project: Path, staged: Path, tmp_path: Path) -> None:
    before = bytes_of(staged)
    (tmp_path / "again").mkdir()
    assert kepu(project, "stage", str(tmp_path / "again")).exit_code == 0
    assert bytes_of(tmp_path / "again") == before


def test_a_page_that_went_away_goes_away_and_a_fault_changes_nothing(tmp_path: Path) -> None:
    project, out = project_copy(tmp_path), tmp_path / "out"
    gone = project / "content" / "gone.md"
    gone.write_text("---\ntitle: 旧\ndescription: 旧的一页。\n---\n\n旧\n", "utf-8")
    home = project / "content" / "index.md"
    linked_by_none = home.read_text("utf-8")
    home.write_text(f"{linked_by_none}\n[旧](gone.md)\n", "utf-8")
    assert kepu(project, "stage", str(out)).exit_code == 0
    assert (out / "content" / "gone.md").is_file()
    gone.unlink()
    home.write_text(linked_by_none, "utf-8")
    (out / "site").mkdir()
    assert kepu(project, "stage", str(out)).exit_code == 0
    before = bytes_of(out)
    assert "content/gone.md" not in before
    (project / "data/bases/small-pond.yml").write_text("name：示例\n", "utf-8")
    done = kepu(project, "stage", str(out))
    assert done.exit_code == 1
    assert "data/bases/small-pond.yml:1:5: 错误：冒号是全角的" in done.output
    assert bytes_of(out) == before


def test_wrong_places_are_refused(project: Path, staged: Path, district_site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("other", "repository/.git"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "other" / "letter.txt").write_text("要紧的信", "utf-8")
    for out, message in {
        tmp_path / "file": "这是一个文件",
        tmp_path / "other": "不是由本程序生成",
        tmp_path / "repository": "代码仓库",
        project: "项目文件夹本身",
        project / "data": "源文件",
        project / "content" / "pages": "源文件",
        district_site: "构建好的网站",
    }.items():
        done = kepu(project, "stage", str(out))
        assert done.exit_code == 1, out
        assert message in done.output, out
    assert (tmp_path / "other" / "letter.txt").read_text("utf-8") == "要紧的信"
    assert (district_site / "index.html").is_file()


def test_a_staged_folder_is_never_published(staged: Path, tmp_path: Path, project: Path) -> None:
    done = kepu(project, "publish", str(staged), str(tmp_path / "root"))
    assert done.exit_code == 1
    assert "Traceback" not in done.output
