"""A tree without history, such as a downloaded archive: it is checked, built and shown as of today, and says so once."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros.cli.main import main
from macros.preview.live_site import LiveMaker
from macros.records.problems import ProblemsFound
from macros.site import git
from tests.publishing.repository import Repository
from tests.support import AS_OF, EPOCH, bytes_of, project_copy

NOTICE = (
    "mkdocs.yml:1:1: 提醒：{}，不知道内容是哪一天的，按今天（2026-11-24）计算；"
    "要指定日期，请设环境变量 SOURCE_DATE_EPOCH，例如 1795492800"
)
NO_HISTORY, NO_GIT = NOTICE.format("这个文件夹没有 git 历史"), NOTICE.format("没有装 git")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the district without history, on the tests' day, late in the evening there."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    evening = datetime.datetime(AS_OF.year, AS_OF.month or 1, AS_OF.day or 1, 23, 59, tzinfo=git.CHINA)
    monkeypatch.setattr(git, "now", lambda: evening)
    return project_copy(tmp_path)


def kepu(project: Path, *arguments: str) -> Result:
    """Run the command without a day in the environment."""
    return CliRunner().invoke(main, ["--root", str(project), *arguments])


def test_a_check_says_once_that_it_goes_by_today(project: Path) -> None:
    done = kepu(project, "check")
    assert (done.exit_code, done.output) == (0, f"{NO_HISTORY}\n1 处提醒，在 1 个文件里。\n")


def test_a_build_says_it_once_and_is_the_same_as_for_that_day(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = kepu(project, "build", str(tmp_path / "today"))
    assert done.exit_code == 0, done.output
    assert done.output.count("git") == 1
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    done = kepu(project, "build", str(tmp_path / "named"))
    assert done.output == "没有发现问题。\n"
    assert bytes_of(tmp_path / "today") == bytes_of(tmp_path / "named")


def test_the_preview_shows_it(project: Path, tmp_path: Path) -> None:
    (tmp_path / "engine").mkdir()
    maker = LiveMaker(project, tmp_path / "engine", lambda out: [], lambda: None, pause=0)
    *_, step = maker.update(())
    assert not step.outcome.failed
    assert [str(problem) for problem in step.outcome.problems] == [NO_HISTORY]
    assert step.site is not None
    assert step.site.read("index.html") is not None


def test_history_that_nothing_can_read_is_told_as_it_is(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / ".git").mkdir()
    monkeypatch.setenv("PATH", "")
    assert str(git.as_of(project).notice) == NO_GIT
    for command in (("diff",), ("check", "--base", "main")):
        done = kepu(project, *command)
        assert (done.exit_code, done.output) == (1, "没有装 git；请从 git-scm.com 安装，再运行一次\n")


def test_a_repository_without_a_commit_is_asked_for_one(project: Path) -> None:
    git.ask(project, "init", "--quiet")
    with pytest.raises(ProblemsFound, match="没有 git 提交；请提交一次"):
        git.as_of(project)


def test_what_is_not_committed_yet_is_of_today(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(project)
    repository.commit()
    later = datetime.datetime(AS_OF.year + 1, 1, 5, 9, 0, tzinfo=git.CHINA)
    monkeypatch.setattr(git, "now", lambda: later)
    assert git.as_of(project).date == AS_OF
    record = project / "data/bases/small-pond.yml"
    record.write_text(record.read_text("utf-8") + f"reviewed_on: {later:%Y-%m-%d}\n", "utf-8")
    done = kepu(project, "check")
    assert (done.exit_code, done.output) == (0, "没有发现问题。\n")
    assert git.as_of(project).date.iso == f"{later:%Y-%m-%d}"
