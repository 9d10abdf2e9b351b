"""Two people change one place: `kepu resolve` asks which version stays, and no marker is ever edited by hand."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from macros.cli.main import main
from macros.editing.resolving import Side, resolution
from macros.records import conflicts
from tests.support import EPOCH
from tests.support.projects import kepu, lay_project
from tests.support.systems import needs_git

pytestmark = needs_git

POND = "data/bases/pond.yml"
YAML = "name: {name}\nsummary: {summary}\ncontact: # 问馆长\n  phone: {phone}\nsources:\n  - ref: plan\n"
BEFORE = {"name": "池塘", "summary": "一处。", "phone": "0750-1234567"}
MINE = {**BEFORE, "summary": "一处池塘。", "phone": "0750-7654321"}
OTHERS = {**BEFORE, "summary": "一处水塘。", "phone": "0750-2222222"}
PAGE = "---\ntitle: 关于\ndescription: 说明。\n---\n\n# 关于\n\n一\n\n二\n\n{}\n\n三\n\n四\n\n## 内容有误 {{#corrections}}\n\n{}\n"


def git(project: Path, *arguments: str, fails: bool = False) -> str:
    settings = ("-c", "user.name=甲", "-c", "user.email=a@example.org", "-c", "core.editor=true")
    done = subprocess.run(["git", "-C", str(project), *settings, *arguments], capture_output=True, text=True)
    assert fails or done.returncode == 0, done.stderr
    return done.stdout


def write(project: Path, files: Mapping[str, str | None]) -> None:
    for path, text in files.items():
        if text is None:
            (project / path).unlink()
        else:
            (project / path).write_bytes(text.encode())


def branched(
    folder: Path, before: Mapping[str, str], mine: Mapping[str, str | None], others: Mapping[str, str | None]
) -> Path:
    """Return a project in which two people have changed the same files, each on a branch."""
    project = lay_project(folder)
    git(project, "init", "-q", "-b", "mine")
    for branch, files in (("", before), ("others", others), ("mine", mine)):
        if branch == "others":
            git(project, "switch", "-q", "-c", "others")
        elif branch:
            git(project, "switch", "-q", "mine")
        write(project, files)
        git(project, "add", "-A")
        git(project, "commit", "-q", "-m", branch or "begin")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return branched(tmp_path, {POND: YAML.format(**BEFORE)}, {POND: YAML.format(**MINE)}, {POND: YAML.format(**OTHERS)})


def typed(project: Path, text: str, *arguments: str) -> Result:
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH})
    return runner.invoke(main, ["--root", str(project), "resolve", *arguments], input=text)


def run_next(project: Path, output: str) -> None:
    """Type what the command says comes next."""
    for line in output.splitlines():
        if line.startswith("  git ") and line != "  git push":
            git(project, *line.strip().replace('"', "").split(" ")[1:])


def test_a_merge_is_resolved_by_answers_alone(project: Path) -> None:
    git(project, "merge", "others", fails=True)
    done = typed(project, "2\n1\n")
    assert done.exit_code == 0, done.output
    assert (project / POND).read_text("utf-8") == YAML.format(**{**MINE, "summary": "一处水塘。"})
    assert "简介（summary）：\n    1 你改的（HEAD）：一处池塘。\n    2 别人交的（others）：一处水塘。" in done.output
    run_next(project, done.output)
    assert git(project, "status", "--porcelain") == ""
    assert "Merge" in git(project, "log", "-1", "--format=%s")
    assert kepu(project, "check").exit_code == 0


def test_in_a_rebase_the_upper_version_is_the_others(project: Path) -> None:
    git(project, "rebase", "others", fails=True)
    done = typed(project, "", "--theirs")
    assert "1 别人交的（HEAD）：一处水塘。" in done.output
    assert (project / POND).read_text("utf-8") == YAML.format(**MINE)
    run_next(project, done.output)
    assert git(project, "log", "--format=%s") == "mine\nothers\nbegin\n"
    assert "git push" in done.output


def test_fields_are_chosen_by_options(project: Path) -> None:
    git(project, "merge", "others", fails=True)
    done = kepu(project, "resolve", "--ours", "--field", "contact.phone=theirs", POND)
    assert done.exit_code == 0, done.output
    assert (project / POND).read_text("utf-8") == YAML.format(**{**MINE, "phone": "0750-2222222"})


@pytest.mark.parametrize(
    ("arguments", "typed_in", "message"),
    [
        (("--field", "name=ours"), "1\n1\n", "“name” 没有冲突，什么也没有写；有冲突的是：contact.phone、summary"),
        (("--field", "summary"), "", "--field 要写成 字段=ours、字段=theirs 或 字段=both"),
        (("--field", "summary=both"), "", "“summary” 只能留一份"),
        ((), "1\n", "没有选完，什么也没有写"),
        (("data/bases/none.yml",), "", "没有 “data/bases/none.yml” 这个文件或文件夹"),
    ],
)
def test_what_can_not_be_chosen_writes_nothing(
    arguments: tuple[str, ...], typed_in: str, message: str, project: Path
) -> None:
    git(project, "merge", "others", fails=True)
    before = (project / POND).read_bytes()
    done = typed(project, typed_in, *arguments)
    assert (done.exit_code, message in done.output) == (2, True), done.output
    assert (project / POND).read_bytes() == before


def test_looking_alone_asks_nothing_and_writes_nothing(project: Path) -> None:
    git(project, "merge", "others", fails=True)
    before = (project / POND).read_bytes()
    done = kepu(project, "resolve", "--dry-run")
    assert "简介（summary）：" in done.output
    assert done.output.endswith("没有写入（--dry-run）。\n")
    assert (project / POND).read_bytes() == before


def test_check_and_fix_name_the_command(project: Path) -> None:
    git(project, "merge", "others", fails=True)
    before = (project / POND).read_bytes()
    for command in ("check", "fix"):
        output = kepu(project, command).output
        assert "上面的（HEAD）是 “summary: 一处池塘。" in output
        assert "下面的（others）是 “summary: 一处水塘。" in output
        assert f"kepu resolve {POND}" in output
    assert (project / POND).read_bytes() == before


def test_a_page_is_resolved_in_its_fields_and_place_by_place(tmp_path: Path) -> None:
    page = "content/about.md"
    project = branched(
        tmp_path,
        {page: PAGE.format("甲", "乙")},
        {page: PAGE.format("甲一", "乙一").replace("说明", "我的")},
        {page: PAGE.format("甲二", "乙二").replace("说明", "他的")},
    )
    git(project, "merge", "others", fails=True)
    done = typed(project, "2\n3\n1\n")
    assert done.exit_code == 0, done.output
    assert (project / page).read_text("utf-8") == PAGE.format("甲一\n甲二", "乙一").replace("说明", "他的")


def test_windows_line_ends_and_the_byte_order_mark_stay(tmp_path: Path) -> None:
    def text(values: Mapping[str, str]) -> str:
        return "\ufeff" + YAML.format(**values).replace("\n", "\r\n")

    project = branched(tmp_path, {POND: text(BEFORE)}, {POND: text(MINE)}, {POND: text(OTHERS)})
    git(project, "merge", "others", fails=True)
    assert typed(project, "2\n2\n").exit_code == 0
    assert (project / POND).read_bytes().decode() == text(OTHERS)


@pytest.mark.parametrize(("answer", "stays"), [("1", True), ("2", False)])
def test_a_file_that_one_side_has_deleted_stays_or_goes(answer: str, stays: bool, tmp_path: Path) -> None:
    page = "content/notes.md"
    project = branched(tmp_path, {page: "甲\n"}, {page: "乙\n"}, {page: None})
    git(project, "merge", "others", fails=True)
    done = typed(project, f"{answer}\n")
    assert "整个文件" in done.output
    assert (project / page).exists() is stays
    run_next(project, done.output)
    assert git(project, "status", "--porcelain") == ""


def test_the_configuration_is_resolved_although_nothing_else_can_run(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    text = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(
        f"<<<<<<< HEAD\n{text}=======\n{text.replace('site_name: ', 'site_name: 新')}>>>>>>> main\n", "utf-8"
    )
    assert "kepu resolve mkdocs.yml" in kepu(project, "check").output
    assert kepu(project, "resolve", "--ours").exit_code == 0
    assert (project / "mkdocs.yml").read_text("utf-8") == text


def test_without_conflicts_nothing_is_done(tmp_path: Path) -> None:
    assert kepu(lay_project(tmp_path), "resolve").output == "没有冲突。\n"


VALUES = st.fixed_dictionaries(
    {name: st.sampled_from(["甲", "乙: 1", "#丙", "a\nb", ""]) for name in ("summary", "address", "body")}
)


def _yaml(values: Mapping[str, str]) -> str:
    lines = [f"{name}: {_scalar(value)}" for name, value in values.items() if value]
    return "\n".join(["name: 池塘", *lines, "sources:", "  - ref: plan"]) + "\n"


def _scalar(value: str) -> str:
    return "|\n  " + value.replace("\n", "\n  ") if "\n" in value else f"'{value}'"


@given(VALUES, VALUES, st.lists(st.sampled_from([Side.OURS, Side.THEIRS]), min_size=3, max_size=3))
def test_whatever_is_chosen_reads_as_chosen(
    ours: Mapping[str, str], theirs: Mapping[str, str], sides: list[Side]
) -> None:
    text = f"<<<<<<< HEAD\n{_yaml(ours)}=======\n{_yaml(theirs)}>>>>>>> main\n"
    found = resolution(POND, text)
    chosen = dict(zip(("summary", "address", "body"), sides, strict=True))
    made = found.resolved({choice.name: chosen.get(choice.name, Side.OURS) for choice in found.choices})
    wanted = {name: (ours if chosen[name] is Side.OURS else theirs)[name] for name in chosen}
    again = resolution(POND, f"<<<<<<< HEAD\n{made}=======\n{_yaml(wanted)}>>>>>>> main\n")
    assert [choice for choice in again.choices if choice.title != "第 1 行起"] == []
    assert conflicts.find(made) == []
