"""A site as one commit on a branch."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from macros.publishing.release.branch import publish_branch
from macros.publishing.release.errors import PublishingError
from tests.publishing.sites import make_site

REPOSITORY = "自己"


def git(folder: Path, *arguments: str) -> str:
    """Run git with a name of its own."""
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / REPOSITORY
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    (folder / "mkdocs.yml").write_text("x\r\n")
    # Would rewrite line ends if files went in by the usual way.
    (folder / ".gitattributes").write_text("* text=auto eol=crlf\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "a")
    return folder


def test_the_branch_holds_exactly_the_site(tmp_path: Path, project: Path) -> None:
    site = make_site(tmp_path / "site", "新")
    (tmp_path / "site").joinpath("a").mkdir()
    pushed = publish_branch(site, "pages", project, "kepu.example.org")
    names = git(project, "ls-tree", "-r", "--name-only", "pages").split("\n")
    present = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert set(names) == present | {".nojekyll", "CNAME"}
    for name in sorted(present):
        shown = subprocess.run(["git", "show", f"pages:{name}"], cwd=project, check=True, capture_output=True).stdout
        assert shown == (site / name).read_bytes()
    assert pushed.commit == git(project, "rev-parse", "pages")
    assert git(project, "status", "--porcelain") == ""


def test_one_commit_for_one_build(tmp_path: Path, project: Path) -> None:
    first = publish_branch(make_site(tmp_path / "1", "一"), "pages", project)
    again = publish_branch(tmp_path / "1", "pages", project)
    assert (first.changed, again.changed) == (True, False)
    publish_branch(make_site(tmp_path / "2", "二"), "pages", project)
    assert git(project, "rev-list", "--count", "pages") == "2"
    assert git(project, "rev-parse", "pages^") == first.commit
    assert git(project, "log", "-1", "--format=%aI", "pages") == "2026-11-24T00:00:00+08:00"


def test_a_branch_that_holds_no_site_is_refused_whatever_is_checked_out(tmp_path: Path, project: Path) -> None:
    site, sources = make_site(tmp_path / "site", "新"), git(project, "rev-parse", "main")
    git(project, "checkout", "--quiet", "--detach")
    with pytest.raises(PublishingError, match="不是发布过的网站"):
        publish_branch(site, "main", project)
    assert git(project, "rev-parse", "main") == sources


def test_the_branch_of_the_sources_is_refused(tmp_path: Path, project: Path) -> None:
    with pytest.raises(PublishingError, match="正是现在检出的分支"):
        publish_branch(make_site(tmp_path / "site", "新"), "main", project)


def test_faults_of_git_are_told(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path / "site", "新")
    with pytest.raises(PublishingError, match="分支没有改动"):
        publish_branch(site, "not a..branch", project)
    with pytest.raises(PublishingError, match="分支没有改动"):
        publish_branch(site, "pages", tmp_path / "site")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PublishingError, match="没有装 git"):
        publish_branch(site, "pages", project)


def test_a_branch_that_moved_meanwhile_is_left_alone(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_branch(make_site(tmp_path / "1", "一"), "pages", project)
    from macros.publishing.release import branch

    commit = branch._Repository.commit

    def commit_late(self: branch._Repository, *arguments: object) -> str:
        made = commit(self, *arguments)  # type: ignore[arg-type]
        git(project, "update-ref", "refs/heads/pages", "main")
        return made

    monkeypatch.setattr(branch._Repository, "commit", commit_late)
    with pytest.raises(PublishingError, match="分支没有改动"):
        publish_branch(make_site(tmp_path / "2", "二"), "pages", project)
    assert git(project, "rev-parse", "pages") == git(project, "rev-parse", "main")
