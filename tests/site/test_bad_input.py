"""Bad input ends in a message that helps an editor: the right place, what is allowed, what to do; and nothing is lost.

A folder ``tests/bad/RULE`` or ``tests/bad/RULE.DETAIL`` holds the files that are wrong, to be laid over the good project
``tests/bad/_good``, and in ``expected.txt`` what `kepu check` says; ``--bless`` accepts what it says now. Files that git,
an editor or Windows would not keep as they are, are made by `GENERATED`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from benchmarks.hostile import BOMBS
from macros.records import yaml
from macros.records.load import load
from macros.records.problems import Level, ProblemsFound
from tests.support import AS_OF, ENVIRONMENT
from tests.support.looping import failures
from tests.support.projects import BAD, EXPECTED, kepu, lay_project
from tests.support.steps import steps

CASES = sorted(path for path in BAD.iterdir() if path.name != "_good")
POND = "name: 池塘\nsummary: 一处池塘。\n{}sources:\n  - ref: plan\n"
FILE = "data/bases/pond.yml"
MOST_STEPS = 5000


def write(path: str, raw: bytes) -> Callable[[Path], None]:
    """Return what writes a file into a project."""

    def make(project: Path) -> None:
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)

    return make


def pond(extra: str = "", encoding: str = "utf-8") -> Callable[[Path], None]:
    """Return what writes a base with a further field."""
    return write(FILE, POND.format(extra).encode(encoding))


def link(path: str, target: str) -> Callable[[Path], None]:
    """Return what makes a symbolic link, relative to the link's folder."""

    def make(project: Path) -> None:
        (project / path).symlink_to(target)

    return make


DEEP = "错误：嵌套超过 30 层；记录里不会这么深，请检查括号和缩进"
OUTSIDE = "1:1: 错误：这个链接指到 {}/ 外面，或者指向的文件不存在；请换成真正的文件"
SAVE_AS = "请在编辑器里“另存为”，编码选 UTF-8"

GENERATED: dict[str, tuple[Callable[[Path], None], str]] = {
    "gbk": (pond(encoding="gb18030"), f"{FILE}:1:7: 错误：文件不是 UTF-8 编码，像是 GBK（记事本、WPS 的 ANSI）；{SAVE_AS}"),
    "latin-1": (write(FILE, b"name: pond\nsummary: \xff\n"), f"{FILE}:2:10: 错误：文件不是 UTF-8 编码；{SAVE_AS}"),
    "utf-16": (pond(encoding="utf-16"), f"{FILE}:1:1: 错误：文件是 UTF-16 编码；{SAVE_AS}"),
    "no-break-space": (pond("contact:\n\u00a0\u00a0phone: 0750-1234567\n"), f"{FILE}:4:1: 错误：行首有全角空格或不换行空格；请改成半角空格"),
    "old-line-ends": (write(FILE, b"name: pond\rsummary: pond\r"), f"{FILE}:1:11: 错误：有控制字符 U+000D；请删掉它\n{FILE}:1:25: 错误：有控制字符 U+000D；请删掉它"),
    "zero-width-space": (pond("address: 东镇\u200b一号\n"), f"{FILE}:3:12: 错误：地址：有看不见的字符 U+200B，在 “东镇” 后面；请删掉它"),
    "long-name": (write(FILE, f"name: {'长' * 9_000}\nsummary: 一处。\nsources: [{{ref: plan}}]\n".encode()), f"{FILE}:1:7: 错误：名称有 9000 个字，太长；最多 100 个字"),
    "endless-line": (pond(f"aliases: [{'长' * 50_000}]\n"), f"{FILE}:3:1: 错误：这一行有 50011 个字，太长；一行最多 10000 个字。长文字请写成文段：“字段: |”，另起一行缩进两格再写"),
    "byte-order-mark-inside": (pond("aliases: [甲\ufeff, 乙]\n"), f"{FILE}:3:12: 错误：有看不见的字符 U+FEFF；请删掉它"),
    "alias-behind-a-byte-order-mark": (write(FILE, "name: a\n\ufeff&x b: *x\n".encode()), f"{FILE}:2:1: 错误：有看不见的字符 U+FEFF；请删掉它"),
    "soft-hyphen": (pond("body: |\n  甲。\n\n  科学\u00ad普及\n"), f"{FILE}:6:5: 错误：正文：有看不见的字符 U+00AD，在 “科学” 后面；请删掉它"),
    "hidden-in-quotes": (pond('aliases: ["甲", "乙\u200b丙"]\n'), f"{FILE}:3:18: 错误：别名：有看不见的字符 U+200B，在 “乙” 后面；请删掉它"),
    "hidden-in-a-name": (pond("addr\u200bess: 东镇\n"), f"{FILE}:3:1: 错误：字段名里有看不见的字符 U+200B；请删掉它"),
    "long-line": (pond(f"address: {'长' * 1001}\n"), f"{FILE}:3:10: 错误：地址：这一项有 1001 个字，太长；最多 1000 个字，长文字请写进 body（正文）"),
    "long-prose": (pond(f"body: |\n  {'长' * 100_001}\n"), f"{FILE}:3:7: 错误：正文：这一段有 100002 个字，太长；最多 100000 个字"),
    "large-file": (write(FILE, b"# " + b"x" * 1_000_000), f"{FILE}:1:1: 错误：文件有 1.00 MB，太大；最多 1 MB，请把长内容拆开"),
    "large-page": (write("content/notes.md", b"x" * 2_000_000), "content/notes.md:1:1: 错误：文件有 2.00 MB，太大；最多 1 MB，请把长内容拆开"),
    "brackets": (pond(f"aliases: {'[' * 2000}{']' * 2000}\n"), f"{FILE}:3:39: {DEEP}"),
    "braces-past-quotes": (pond('aliases: ' + '["]",' * 2000 + "\n"), f"{FILE}:3:155: {DEEP}"),
    "dashes": (pond("aliases:\n  " + "- " * 2000 + "甲\n"), f"{FILE}:4:61: {DEEP}"),
    "question-marks": (write(FILE, b"? " * 400_000), f"{FILE}:1:61: {DEEP}"),
    "upper-case-extension": (write("data/bases/pond.YML", POND.format("").encode()), "data/bases/pond.YML:1:1: 错误：扩展名 “.YML” 不对；请把文件改名为 pond.yml，或移出这个文件夹"),
    "upper-case-id": (write("data/bases/Wetland.yml", POND.format("").encode()), "data/bases/Wetland.yml:1:1: 错误：文件名 “Wetland” 不能用作 id；只用小写英文字母、数字和单个短横，以字母开头，例如 xingkong-guan"),
    "windows-device": (write("data/bases/con.yml", POND.format("").encode()), "data/bases/con.yml:1:1: 错误：文件名 “con” 是保留的，不能用作 id；请换一个"),
    "page-of-a-device": (write("content/con.md", b"x"), "content/con.md:1:1: 错误：文件名 “con.md” 是 Windows 留给设备的名字，不能用；请改名为 文件con.md"),
    "page-in-capitals": (write("content/BASES.md", "---\ntitle: 甲\ndescription: 乙。\n---\n".encode()), "content/BASES.md:1:1: 错误：网址 /BASES/ 已经有自动生成的页面；请给这个文件改名"),
    "link-out-of-data": (link(FILE, "/etc/hostname"), f"{FILE}:{OUTSIDE.format('data')}"),
    "link-out-of-content": (link("content/notes.md", "../mkdocs.yml"), f"content/notes.md:{OUTSIDE.format('content')}"),
    "link-to-folder": (link("content/files", "/etc"), f"content/files:{OUTSIDE.format('content')}"),
    "link-to-nothing": (link(FILE, "nothing.yml"), f"{FILE}:{OUTSIDE.format('data')}"),
    "link-to-itself": (link(FILE, "pond.yml"), f"{FILE}:{OUTSIDE.format('data')}"),
}  # fmt: skip


def shows_no_traceback(done: Result) -> bool:
    """Tell whether a command ended by itself, in the editor's language."""
    return (done.exception is None or isinstance(done.exception, SystemExit)) and "Traceback" not in done.output


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_told_at_its_place_with_the_remedy(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = lay_project(tmp_path, case)
    done = kepu(project, "check")
    if request.config.getoption("--bless"):
        (case / EXPECTED).write_text(done.output, "utf-8", newline="\n")
    assert done.output == (case / EXPECTED).read_text("utf-8")
    assert done.exit_code == (1 if f" {Level.ERROR}：" in done.output else 0)
    assert shows_no_traceback(done)
    rules = {problem["rule"] for problem in json.loads(kepu(project, "check", "--format", "json").output)["problems"]}
    assert rules == {case.name.split(".")[0]}


@pytest.mark.parametrize("name", GENERATED)
def test_a_file_that_git_would_change_is_refused(name: str, tmp_path: Path) -> None:
    make, expected = GENERATED[name]
    project = lay_project(tmp_path)
    make(project)
    done = kepu(project, "check")
    assert done.output == f"{expected}\n{expected.count('错误：')} 处错误，在 1 个文件里。\n"
    assert done.exit_code == 1
    assert shows_no_traceback(done)


def test_the_good_project_is_good(tmp_path: Path) -> None:
    done = kepu(lay_project(tmp_path), "check")
    assert (done.output, done.exit_code) == ("没有发现问题。\n", 0)


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) + len(GENERATED) >= 60


@pytest.mark.parametrize("value", ["0750123", "9:30", "NO", "1e3", "0x1F", "2026-05-03", "~甲", "Null", "1_000", "是"])
def test_text_comes_through_unchanged(value: str, tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    pond(f"address: {value}\naliases: [{value}]\ncontact:\n  person: {value}\n")(project)
    loaded = load(project, AS_OF)
    record = loaded.collection.records["pond"]
    assert loaded.problems == []
    assert (record.address, record.aliases, record.contact.person) == (value, (value,), value)


@pytest.mark.parametrize(
    "raw",
    [
        POND.format("").encode("utf-8-sig"),
        POND.format("").replace("\n", "\r\n").encode(),
        POND.format("").rstrip("\n").encode(),
        b"---\n" + POND.format("").encode(),
        POND.format("address: 东镇 # 待核对\n").encode(),
        POND.format("address: '【甲】，“乙” #1：丙'\n").encode(),
        POND.format("address:\n").encode(),
    ],
    ids=["byte-order-mark", "windows-line-ends", "no-last-line-end", "document-start", "comment", "quoted", "empty"],
)
def test_what_editors_mean_well_is_accepted(raw: bytes, tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    write(FILE, raw)(project)
    done = kepu(project, "check")
    assert (done.output, done.exit_code) == ("没有发现问题。\n", 0)


def test_one_bad_file_is_told_once_and_not_at_each_place_that_names_it(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    for path in ("data/policies/plan.yml", "data/bases/wetland.yml", "data/terms/towns.yml"):
        (project / path).write_text("name:甲\n", "utf-8")
    write("content/files/bases/wetland/pond.jpg", b"")(project)
    lines = kepu(project, "check").output.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == [
        "data/bases/wetland.yml",
        "data/policies/plan.yml",
        "data/terms/towns.yml",
    ]


@pytest.mark.parametrize(
    "name", ["gbk", "link-out-of-data", "repeated-key", "cycle.replaces", "macro-failed", "configuration"]
)
def test_a_build_that_fails_leaves_the_old_site_untouched(name: str, tmp_path: Path) -> None:
    project = lay_project(tmp_path, None if name in GENERATED else BAD / name)
    if name in GENERATED:
        GENERATED[name][0](project)
    site = tmp_path / "site"
    write("site/index.html", b"old")(tmp_path)
    write("site/build.json", b'{"generator": "kepu", "files": ["index.html"]}')(tmp_path)
    done = kepu(project, "build", str(site))
    assert done.exit_code == 1
    assert done.output == kepu(project, "check").output
    assert shows_no_traceback(done)
    assert sorted(path.name for path in site.iterdir()) == ["build.json", "index.html"]
    assert (site / "index.html").read_bytes() == b"old"


def test_mkdocs_alone_leaves_the_old_site_untouched_too(tmp_path: Path) -> None:
    project = lay_project(tmp_path, BAD / "repeated-key")
    write("site/index.html", b"old")(project)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=project, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "pond.yml:3:1: 错误：“name” 写了两次" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project / "site/index.html").read_bytes() == b"old"


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_few_steps_and_never_composed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is not composed takes no more memory than its text.
    monkeypatch.setattr("yaml.compose", lambda *arguments, **named: pytest.fail("composed"))

    def check(before: str) -> None:
        raw = f"{before}{BOMBS[name]}".encode()

        def read() -> None:
            with pytest.raises(ProblemsFound):
                yaml.read("x.yml", raw)

        assert steps(read) < MOST_STEPS

    assert failures(check, ("", "\ufeff", "name: a\n\ufeff", "name: a\n\u200b")) == []


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    with (project / FILE).open("wb") as file:
        file.truncate(50_000_000_000)  # Sparse: it takes no room on the disk, and more memory than there is.
    assert "文件有 50000.00 MB，太大" in kepu(project, "check").output
