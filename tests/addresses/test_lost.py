"""What `kepu check` says of files that are gone since a commit: renamed by hand, removed, moved to another kind."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.site import git as asking
from tests.publishing.repository import Repository
from tests.support.projects import base, kepu, lay_project, policy

LAKE = "data/bases/lake.yml"
SHORE = "data/bases/shore.yml"
PAGE = "---\ntitle: 怎么去看\ndescription: 去之前先看这一页。\n{}---\n\n{}\n"
LONG = "先问清楚什么时候开放，再动身。\n" * 8
FINE = "没有发现问题。\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The good project with one more base and one more page, committed."""
    project = lay_project(tmp_path)
    (project / LAKE).write_text(base("address: 湖边一号\n", name="示例湖"), "utf-8")
    (project / "content/旧 栏目").mkdir()
    (project / "content/旧 栏目/怎么去.md").write_text(PAGE.format("", LONG), "utf-8")
    link(project, "旧%20栏目/怎么去.md")
    Repository(project).commit()
    return project


def link(project: Path, *addresses: str) -> None:
    """Let the start page lead to pages, and to no others by this way: what nothing links to is an error of its own."""
    home = project / "content/index.md"
    text = home.read_text("utf-8").partition("\n\n[怎么去]")[0].rstrip()
    links = "".join(f"\n\n[怎么去]({address})" for address in addresses)
    home.write_text(f"{text}{links}\n", "utf-8")


def git(project: Path, *arguments: str) -> None:
    """Run git in a project."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], cwd=project, check=True, capture_output=True)


def commit(project: Path) -> None:
    """Commit everything as it is."""
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "b")


def move(project: Path, old: str, new: str) -> Path:
    """Rename a file as a file manager does, and return it."""
    target = project / new
    target.parent.mkdir(parents=True, exist_ok=True)
    return (project / old).rename(target)


def check(project: Path, *arguments: str) -> list[str]:
    """Return the lines of `kepu check`, the summary left out."""
    done = kepu(project, "check", *arguments)
    assert done.exit_code == (1 if "错误：" in done.output else 0), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.output.splitlines()[:-1]


RENAMED_SINCE = (
    f"{SHORE}:1:1: 错误：这个文件像是由 {LAKE} 改名来的，旧网址 /bases/lake/ 会失效；"
    "请加上一行 “former_ids: [lake]”（用 kepu rename 改名会自动写好）；"
    f"其实是两回事的，请恢复旧文件：git restore --source={{}} {LAKE}"
)
RENAMED = RENAMED_SINCE.format("HEAD")


def leave(project: Path) -> None:
    """Commit nothing."""


def stage(project: Path) -> None:
    """Tell git of everything."""
    git(project, "add", "--all")


def on_a_branch(project: Path) -> None:
    """Commit on a branch."""
    git(project, "switch", "--quiet", "--create", "change")
    commit(project)


@pytest.mark.parametrize(
    ("how", "arguments"),
    [(leave, ()), (stage, ()), (on_a_branch, ("--base", "main")), (leave, ("--base", "main"))],
    ids=["untracked", "staged", "branch", "base-is-head"],
)
def test_a_renamed_record_gets_the_line_to_add(
    how: Callable[[Path], None], arguments: tuple[str, ...], project: Path
) -> None:
    move(project, LAKE, SHORE)
    how(project)
    assert check(project, *arguments) == [RENAMED_SINCE.format(arguments[-1] if arguments else "HEAD")]
    with (project / SHORE).open("a", encoding="utf-8") as file:
        file.write("former_ids: [lake]\n")
    assert check(project, *arguments) == []


def test_renamed_and_changed_in_one_commit(project: Path) -> None:
    file = move(project, LAKE, SHORE)
    file.write_text(file.read_text("utf-8").replace("湖边一号", "湖边二号") + "aliases: [大湖]\n", "utf-8")
    on_a_branch(project)
    assert check(project) == []
    assert check(project, "--base", "main") == [RENAMED_SINCE.format("main")]


def test_what_was_named_already_is_kept_the_oldest_first(project: Path) -> None:
    git(project, "switch", "--quiet", "--create", "change")
    move(project, LAKE, "data/bases/pool.yml")
    commit(project)
    file = move(project, "data/bases/pool.yml", SHORE)
    file.write_text(file.read_text("utf-8") + "former_ids: [pool]\n", "utf-8")
    [line] = check(project, "--base", "main")
    assert line.startswith(f"{SHORE}:5:13: 错误：")
    assert "旧网址 /bases/lake/ 会失效；请把 former_ids 改成 “former_ids: [lake, pool]”" in line


def test_former_ids_of_the_old_file_are_not_forgotten(project: Path) -> None:
    (project / LAKE).write_text(base("address: 湖边一号\nformer_ids: [puddle]\n", name="示例湖"), "utf-8")
    commit(project)
    file = move(project, LAKE, SHORE)
    file.write_text(file.read_text("utf-8").replace("[puddle]", "[lake]"), "utf-8")
    [line] = check(project)
    assert "旧网址 /bases/puddle/ 会失效；请把 former_ids 改成 “former_ids: [puddle, lake]”" in line


def test_kepu_rename_leaves_nothing_to_say(project: Path) -> None:
    assert kepu(project, "rename", "lake", "shore").exit_code == 0
    assert check(project) == []


def test_kepu_fix_adds_the_line_where_it_is_certain(project: Path) -> None:
    record = move(project, LAKE, SHORE)
    record.write_text(record.read_text("utf-8").replace("\n", " # 说明\n", 1), "utf-8")
    page = move(project, "content/旧 栏目/怎么去.md", "content/visit.md")
    link(project, "visit.md")
    before = record.read_text("utf-8")
    dry = kepu(project, "fix", "--dry-run")
    assert f"{SHORE}: 由 {LAKE} 改名来，补上旧的 id lake，旧网址会自动跳转\n" in dry.output
    assert record.read_text("utf-8") == before
    assert "3 处，在 2 个文件里；已写入" in kepu(project, "fix").output
    assert record.read_text("utf-8").startswith("name: 示例湖 # 说明\nformer_ids:\n  - lake\nsummary: ")
    assert "former_addresses:\n  - 旧 栏目/怎么去/\n" in page.read_text("utf-8")
    assert check(project) == []
    assert kepu(project, "fix").output == "没有要改的。\n"


def test_kepu_fix_leaves_a_file_of_another_name_to_its_editor(project: Path) -> None:
    file = move(project, LAKE, SHORE)
    file.write_text(file.read_text("utf-8").replace("示例湖", "示例岸"), "utf-8")
    assert len(check(project)) == 1
    assert "旧的 id" not in kepu(project, "fix").output
    assert len(check(project)) == 1


def test_a_record_that_was_removed_shows_the_ways_out(project: Path) -> None:
    (project / LAKE).unlink()
    [line] = check(project)
    assert line == (
        f"{LAKE}:1:1: 错误：这个文件没有了，网址 /bases/lake/ 会失效；改了名的，请在新文件写 “former_ids: [lake]”；"
        "不要删除记录：关闭的写 status: closed，并到别处的写 merged_into，分成几条的写 split_into。"
        f"恢复用 git restore --source=HEAD {LAKE}"
    )
    git(project, *line.rpartition("git ")[2].split())
    assert check(project) == []


def test_a_file_that_git_was_told_to_forget_is_not_gone(project: Path) -> None:
    git(project, "rm", "--cached", "--quiet", LAKE)
    assert check(project) == []


def test_another_kind_needs_another_remedy(project: Path) -> None:
    move(project, LAKE, "data/incubators/lake.yml")
    [line] = check(project)
    assert line == (
        f"data/incubators/lake.yml:1:1: 错误：这个文件像是由 {LAKE} 改名来的，旧网址 /bases/lake/ 会失效；"
        f"种类变了，不能写曾用 id；请恢复旧文件（git restore --source=HEAD {LAKE}），"
        "在里面写 “merged_into: 新的 id”，新记录用另一个 id"
    )
    move(project, "data/incubators/lake.yml", "data/incubators/lake-park.yml")
    (project / LAKE).write_text(base("merged_into: lake-park\n"), "utf-8")
    assert check(project) == []


def test_what_others_name_is_not_lost(project: Path) -> None:
    (project / LAKE).unlink()
    (project / "data/bases/pond.yml").write_text(base("former_ids: [lake]\n"), "utf-8")
    assert check(project) == []


def test_a_draft_had_no_address(project: Path) -> None:
    (project / LAKE).write_text(base("draft: 是\n"), "utf-8")
    commit(project)
    (project / LAKE).unlink()
    assert check(project) == []


def test_a_page_with_spaces_and_chinese_characters(project: Path) -> None:
    file = move(project, "content/旧 栏目/怎么去.md", "content/guide/visit.md")
    link(project, "guide/visit.md")
    assert check(project) == [
        "content/guide/visit.md:2:1: 错误：这个文件像是由 content/旧 栏目/怎么去.md 改名来的，旧网址 /旧 栏目/怎么去/ 会失效；"
        "请加上一行 “former_addresses: [旧 栏目/怎么去/]”；其实是两回事的，"
        '请恢复旧文件：git restore --source=HEAD "content/旧 栏目/怎么去.md"'
    ]
    file.write_text(PAGE.format("former_addresses: [旧 栏目/怎么去/]\n", LONG), "utf-8")
    assert check(project) == []
    file.unlink()
    link(project)
    [line] = check(project)
    assert 'git restore --source=HEAD "content/旧 栏目/怎么去.md"' in line


def test_an_article_and_a_record_that_became_a_page(project: Path) -> None:
    move(project, "content/articles/rain.md", "content/articles/drops.md")
    [line] = check(project)
    assert line.startswith("content/articles/drops.md:2:1: ")
    assert "请加上一行 “former_ids: [rain]”" in line
    text = PAGE.format("", LONG)
    git(project, "checkout", "--quiet", "--", ".")
    (project / "content/articles/drops.md").unlink()
    (project / "content/articles/rain.md").write_text(
        text.replace("description", "sources: [{ref: plan}]\nsummary"), "utf-8"
    )
    commit(project)
    move(project, "content/articles/rain.md", "content/rain.md").write_text(text, "utf-8")
    link(project, "rain.md", "旧%20栏目/怎么去.md")
    [line] = check(project)
    assert "请加上一行 “former_addresses: [articles/rain/]”" in line


def test_so_many_may_be_let_go(project: Path) -> None:
    (project / LAKE).unlink()
    [line] = check(project, "--allow-drop", "1")
    assert line.startswith(f"{LAKE}:1:1: 提醒：")
    assert check(project, str(project / "data/bases")) != []
    assert check(project, str(project / "data/policies")) == []


def test_a_file_that_can_not_be_read_is_told_of_by_itself(project: Path) -> None:
    move(project, LAKE, SHORE).write_text(base("address: 湖边一号\nstatus: 开着\n", name="示例湖"), "utf-8")
    assert [line for line in check(project) if "lake" in line] == []


@pytest.mark.parametrize("prepare", ["none", "no-commit", "shallow", "no-git", "no-such-folder"])
def test_where_nothing_is_known_nothing_is_said(
    prepare: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if prepare == "none":
        shutil.rmtree(project / ".git")
    elif prepare == "no-commit":
        shutil.rmtree(project / ".git")
        git(project, "init", "--quiet")
    elif prepare == "shallow":
        git(project, "commit", "--quiet", "--allow-empty", "--message", "c")
        subprocess.run(["git", "clone", "--quiet", "--depth", "1", project.as_uri(), "copy"], cwd=tmp_path, check=True)
        project = tmp_path / "copy"
    elif prepare == "no-git":
        monkeypatch.setenv("PATH", "")
    else:
        git(project, "rm", "--quiet", "-r", "--cached", "data", "content")
        git(project, "commit", "--quiet", "--message", "c")
    assert kepu(project, "check").output == FINE


def test_a_base_that_does_not_exist_is_wrong_use(project: Path) -> None:
    done = kepu(project, "check", "--base", "nowhere")
    assert done.exit_code == 2
    assert "没有 “nowhere” 这个版本" in done.output
    assert kepu(project, "check", "--base=--help").exit_code == 2


def test_without_common_history_it_says_so_and_goes_on(project: Path) -> None:
    git(project, "switch", "--quiet", "--orphan", "other")
    git(project, "commit", "--quiet", "--allow-empty", "--message", "c")
    git(project, "checkout", "--quiet", "main", "--", ".")
    done = kepu(project, "check", "--base", "main")
    assert done.exit_code == 0
    assert "没有共同的历史" in done.output


def test_records_that_main_got_meanwhile_are_not_missed(project: Path) -> None:
    git(project, "switch", "--quiet", "--create", "change")
    git(project, "switch", "--quiet", "main")
    (project / "data/policies/later.yml").write_text(policy(), "utf-8")
    commit(project)
    git(project, "switch", "--quiet", "change")
    assert check(project, "--base", "main") == []


def test_a_project_in_a_folder_of_the_repository(project: Path) -> None:
    shutil.rmtree(project / ".git")
    Repository(project.parent).commit()
    move(project, LAKE, SHORE)
    assert check(project) == [RENAMED]
    staged = subprocess.run(["git", "diff", "--cached", "--name-only"], cwd=project, capture_output=True, check=True)
    assert staged.stdout == b"", "the editor's own index is left alone"


def test_git_is_asked_once_where_nothing_is_gone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    ask = asking.ask

    def count(root: Path, *arguments: str, **named: object) -> bytes:
        asked.append(arguments)
        return ask(root, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(asking, "ask", count)
    assert check(project) == []
    assert len(asked) == 1
