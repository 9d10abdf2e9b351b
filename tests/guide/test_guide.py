"""The editor guide followed word by word, in a fresh clone, to a published correction; every command in it is run.

The steps in a browser at the repository's host can't be run here: they are done to the files as the host would do them.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from macros.records import yaml
from tests.editing.excel import messy
from tests.editing.questionnaire.sheets import filled
from tests.editor.browser import sent_by
from tests.editor.window import Window, changed
from tests.guide.desk import ADDRESS, Desk, make_origin
from tests.guide.text import GUIDE, block, commands, sections
from tests.support import ROOT

SECTIONS = sections()
BY_FORM, BY_TABLE, BY_EDITOR, BY_BROWSER = (
    SECTIONS[name] for name in ("一、填表单", "二、用 Excel 或 WPS", "三、用文本编辑器", "四、在网页上改")
)
RECORD, PAGE = "data/bases/luyuan.yml", "bases/luyuan/index.html"
CORRECTION = block(BY_EDITOR, "yaml")
CORRECTED = CORRECTION.removeprefix("summary: ")
# Typed by `test_a_correction_…`; what stands elsewhere in the guide is typed by `test_every_other_command_ends_well`.
WALKS = [*commands(SECTIONS["先装好"]), *commands(SECTIONS["交上去"]), *commands(BY_TABLE), *commands(BY_EDITOR)]
MIDWAY = ("--continue", "--abort")
"""Commands that need a merge or rebase that stopped; `tests/editing/test_resolve.py` types them there."""
FINDS = "--inspection"
"""A command that ends with 1 where it finds something; `tests/editing/inspection` types it."""
ELSEWHERE = ("kepu init", "kepu hub", "kepu booklet")
"""Commands that want an empty folder, a city's folder or a finished site; `tests/project`, `tests/hub` and `tests/site` type them."""

OTHERS = [
    command
    for command in dict.fromkeys(commands(GUIDE))
    if command not in WALKS
    and not command.endswith(MIDWAY)
    and FINDS not in command
    and not command.startswith(ELSEWHERE)
]
ANSWERS = {"kepu new bases": "示例馆\n一处。\n示例网站\n官方\n\n\n"}


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository to clone from, in which the correction is still to be made."""
    return make_origin(tmp_path_factory.mktemp("origin"))


@pytest.fixture
def desk(tmp_path: Path, origin: Path) -> Desk:
    """A desk with a repository of its own to push to."""
    shutil.copytree(origin, tmp_path / "origin.git")
    folder = tmp_path / "我的 文件"
    folder.mkdir()
    return Desk(folder, tmp_path / "origin.git")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, origin: Path) -> Path:
    """A folder in which an editor has worked for a while: a correction was pushed, two releases went out."""
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copytree(origin, folder / "origin.git")
    (folder / "我的 文件").mkdir()
    desk = Desk(folder / "我的 文件", folder / "origin.git")
    for command in commands(SECTIONS["先装好"]):
        if command.startswith(("git", "cd")):
            desk.type(command)
    for text in (None, CORRECTION):
        if text:
            correct(desk.place, text)
            desk.type('git commit --quiet --all --message "a"')
            desk.type("git push --quiet")
        desk.type("kepu build")
        desk.type("kepu publish site ../网站")
    return folder


def correct(project: Path, line: str) -> None:
    """Change the line of the record that the guide speaks of, as an editor program does."""
    path = project / RECORD
    text = path.read_bytes().decode()
    path.write_bytes(re.sub(r"^summary:.*$", line, text, count=1, flags=re.MULTILINE).encode())


def correct_in_table(desk: Desk) -> None:
    """Write into the cell that the guide speaks of."""
    told = re.search(r"^ *> (.+)$", BY_TABLE, re.MULTILINE)
    assert told
    assert told[1] == CORRECTED
    workbook = load_workbook(desk.place / "表格.xlsx")
    sheet = workbook["科普基地"]
    titles = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows() if "绿源环保" in [cell.value for cell in row])
    row[titles.index("简介")].value = CORRECTED
    workbook.save(desk.place / "表格.xlsx")


def is_published(desk: Desk) -> bool:
    """Tell whether the correction stands on the page that was published here."""
    return CORRECTED in (desk.place.parent / "发布" / PAGE).read_text("utf-8")


@pytest.mark.audit
def test_a_correction_by_form_is_handed_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    desk.type(f"git clone --quiet {ADDRESS} 科普网站")
    desk.type("cd 科普网站")
    window = Window(desk.place)
    form = f"records/{RECORD.removeprefix('data/').removesuffix('.yml')}/"
    pages = [window.get("").text, window.get("?q=绿源环保").text, window.get(form).text]
    assert form in pages[1]
    told = re.search(r"^ *> (.+)$", BY_FORM, re.MULTILINE)
    assert told
    assert told[1] == CORRECTED
    asked = window.post(form, changed(window.form(form), summary=CORRECTED))
    pages += [asked.text, window.post(f"{form}save", sent_by(asked.text)).text, window.get("changes/").text]
    named = re.findall(r"(?:点|点上面的)“([^”]+)”", BY_FORM)
    assert [name for name in named if not any(name in page for page in pages)] == []
    sent = [*sent_by(pages[-1]), ("name", "王小明"), ("email", "wang@example.org")]
    signed = [(name, value) for name, value in sent if name in ("_token", "message", "name", "email")]
    assert "已经提交" in window.post("changes/hand-in", list(dict(signed).items())).text
    assert CORRECTED in desk.type(f"git show origin/main:{RECORD}")


@pytest.mark.audit
def test_a_correction_by_table_is_published(desk: Desk) -> None:
    for command in commands(SECTIONS["先装好"]):
        desk.type(command)
    for command in commands(BY_TABLE):
        said = desk.type(command)
        if command.startswith("kepu excel export"):
            correct_in_table(desk)
        if command.endswith("--dry-run"):
            assert "绿源环保：简介" in said
            assert CORRECTED not in (desk.place / RECORD).read_text("utf-8")
    told = [desk.type(command) for command in commands(SECTIONS["交上去"])]
    assert told[0].startswith("绿源环保：简介 ")
    assert is_published(desk)
    assert CORRECTED in desk.published_by_the_host(PAGE)


@pytest.mark.audit
def test_a_correction_by_editor_is_published(desk: Desk) -> None:
    for command in commands(SECTIONS["先装好"]):
        desk.type(command)
    correct(desk.place, CORRECTION)
    for command in (*commands(BY_EDITOR), *commands(SECTIONS["交上去"])):
        desk.type(command)
    assert is_published(desk)


def test_a_correction_in_the_browser_is_published(desk: Desk) -> None:
    assert f"`{RECORD}`" in BY_BROWSER
    desk.type(f"git clone --quiet {ADDRESS} 网页")
    desk.type("cd 网页")
    desk.type("git config user.name 王小明")
    desk.type("git config user.email wang@example.org")
    desk.type("git switch --quiet --create 更正")
    correct(desk.place, CORRECTION)
    desk.type('git commit --quiet --all --message "更正绿源环保的简介"')
    desk.type("git push --quiet --set-upstream origin 更正")
    assert desk.type("kepu check --format github") == "没有发现问题。\n"
    assert "| 简介 |" in desk.type("kepu diff origin/main --format markdown")
    desk.type("git switch --quiet main")
    desk.type("git merge --quiet 更正")
    desk.type("git push --quiet")
    page = desk.published_by_the_host(PAGE)
    assert CORRECTED in page
    assert RECORD in page


@pytest.mark.audit
@pytest.mark.parametrize("command", OTHERS)
def test_every_other_command_ends_well(command: str, tmp_path: Path, prepared: Path) -> None:
    shutil.copytree(prepared, tmp_path / "here", symlinks=True)
    desk = Desk(tmp_path / "here" / "我的 文件", tmp_path / "here" / "origin.git")
    desk.type("cd 科普网站")
    if "名单" in command:
        (desk.place / "名单.xlsx").write_bytes(messy.workbook())
    if "核对表/" in command or command.endswith("--asked 核对表"):
        desk.type("kepu ask 科普基地")
        sheet = desk.place / "核对表" / "绿源环保核对表.xlsx"
        sheet.write_bytes(filled(sheet.read_bytes(), {"address": ("", "测试路 9 号")}))
        shutil.copyfile(sheet, sheet.with_name("收到.xlsx"))
    if command == "kepu excel import 名单-核对.xlsx":
        desk.type("kepu excel adopt 名单.xlsx")
    elif command.startswith("kepu excel import"):
        desk.type("kepu excel export 表格.xlsx")
    said = desk.type(command, ANSWERS.get(command, ""))
    assert "Traceback" not in said


def test_the_guide_tells_enough_commands() -> None:
    assert len(set(WALKS)) >= 15
    assert len(OTHERS) >= 10
    assert yaml.parse("", CORRECTION).data == {"summary": CORRECTED}


def test_an_editor_program_offers_the_words_that_the_guide_names() -> None:
    schema = json.loads((ROOT / ".vscode/schemas/bases.json").read_text("utf-8"))
    named = re.search(r"在 `status: ` 后面按，列出 (.+)。", BY_EDITOR)
    assert named
    assert set(named[1].split("、")) <= set(schema["properties"]["status"]["enum"])


def test_each_section_that_is_linked_exists() -> None:
    anchors = {re.sub(r"[^\w-]", "", name.replace(" ", "-")).lower() for name in SECTIONS}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors


def test_each_file_that_is_linked_exists() -> None:
    linked = re.findall(r"\]\((?!#|https?:|id:)([^)]+)\)", re.sub("`[^`]*`", "", GUIDE))
    assert [name for name in linked if "/" in name and not (ROOT / name).is_file()] == []


def test_windows_files_that_are_told_of_exist() -> None:
    assert {path.name for path in ROOT.glob("*.cmd")} == set(re.findall(r"`(\w+\.cmd)`", GUIDE))
