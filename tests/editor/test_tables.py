"""Records from a table in the editor: a colleague's list is asked about and added whole, an exported one is shown and taken over."""

from __future__ import annotations

import errno
import io
import re
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from httpx import Response

from macros.editing.excel.export import export_workbook
from macros.editor.answers import HOME
from macros.editor.reasons import reasons
from macros.editor.security import TOKEN
from macros.site.list_adoption import KINDS_IN_LISTS
from macros.site.session import Session
from tests.editing.excel import messy
from tests.editing.excel.test_adopt import ListDesk
from tests.editor.browser import Pair, sent_by
from tests.editor.window import HOST, Window
from tests.support import bytes_of, open_session, project_copy
from tests.support.looping import failures


def drop(window: Window, name: str, raw: bytes, token: str | None = None, **headers: str) -> Response:
    """Drop a file onto the page, as a browser sends it."""
    parts = {TOKEN: (None, window.token.form if token is None else token), "file": (name, raw)}
    return window.browser.post(f"{HOME}adopt/", files=parts, headers={"Origin": f"http://{HOST}", **headers})


def answered(page: str, **said: str) -> list[Pair]:
    """Return what the form of a page sends, with what is said to the questions whose text has a word."""
    names = {
        word: re.search(rf"{word}.*?name=\"(answer\.[0-9a-f]+|_mark)\"", page, re.DOTALL)[1]  # type: ignore[index]
        for word in said
    }
    pairs = [
        (name, value) for name, value in sent_by(page) if name not in names.values() and not name.startswith("column.")
    ]
    return [*pairs, *((names[word], answer) for word, answer in said.items())]


def bases(root: Path) -> dict[str, dict[str, object]]:
    """Return the bases by name, as their files have them."""
    texts = (path.read_text("utf-8") for path in (root / "data/bases").glob("*.yml"))
    found = (yaml.load(text, yaml.BaseLoader) for text in texts)
    return {record["name"]: record for record in found}


def project_bytes(root: Path) -> dict[str, bytes]:
    """Return all files but what the editor keeps for itself."""
    return {path: raw for path, raw in bytes_of(root).items() if not path.startswith(".kepu-edit")}


def test_a_list_is_asked_about_and_added_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window(ListDesk(tmp_path).project)
    before = project_bytes(window.root)
    raw = messy.workbook([messy.ROWS[number] for number in (0, 5, 10, 13, 21, 22, 27)])
    page = drop(window, "名单.xlsx", raw).text
    assert "5 条新的科普基地，1 条已经有" in page
    assert "还有 4 个问题" in page
    assert "记录里是 0750-1234567，名单里是 0750-7654321" in page
    for line in (
        "“农业” 是词表里的哪一个？</legend>",
        "是手机号码；只公开办公电话，要公开手机须本人同意",
        "是个人的姓名",
        "和 Sheet1!B6 完全一样",
    ):
        assert line in page
    assert not re.search(r"YAML|git|kepu (?!excel export)|data/|--mark", re.sub(r"<[^>]*>", "", page))
    said = {
        "来源性质": "官方",
        "农业": "“三农”类",
        "不是完整的号码": "1234592",
        "没有写星期几": "周一至周五 8:30-16:30",
        "第三批": "21年",
        "是手机号码": "不写",
    }
    again = window.post("adopt/answers", answered(page, **said)).text
    assert "问题都答了" in again
    assert project_bytes(window.root) == before
    replace = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if "dangan" in str(target):
            raise OSError(errno.ENOSPC, "no space")
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        assert "磁盘" in window.post("adopt/take", sent_form(again)).text
    assert project_bytes(window.root) == before
    stale = [(name, "" if name == "_asked" else value) for name, value in sent_form(page)]
    assert "又有了新的问题" in window.post("adopt/take", stale).text
    assert project_bytes(window.root) == before
    done = window.post("adopt/take", sent_form(again)).text
    assert "已经写好 5 条" in done
    assert re.search(r'records/bases/[a-z-]+/">星海科技馆</a>', done)
    made = bases(window.root)
    assert made["老种子库"]["category"] == "agriculture"
    assert made["渔业科普馆"]["contact"] == {"person": "卫四", "phone": "0750-1234592"}
    assert made["渔业科普馆"]["opening"] == [{"days": list("一二三四五"), "from": "8:30", "to": "16:30"}]
    assert made["健康体验馆"]["contact"] == {"person": "孔六", "phone": "0750-1234589"}
    assert made["星海科技馆"]["sources"][0]["mark"] == "official"  # type: ignore[index]
    assert made["档案馆"]["recognitions"][0]["year"] == "2021"  # type: ignore[index]
    assert list(reasons(window.root).values()) == [["从表格“名单”添加"]] * 5
    page = drop(window, "名单.xlsx", raw).text
    assert "0 条新的科普基地，6 条已经有" in page
    assert "农业” 是词表" not in page
    assert "记录里是 0750-1234592" not in page


def sent_form(page: str) -> list[Pair]:
    """Return what a form sends whose circles are as the page has them."""
    chosen = dict(re.findall(r'type="(?:radio|checkbox)" name="([^"]+)" value="([^"]*)"(?: required)? checked', page))
    offered = set(re.findall(r'type="(?:radio|checkbox)" name="([^"]+)"', page))
    pairs = [(name, value) for name, value in sent_by(page) if name not in offered and not name.startswith("column.")]
    return [*pairs, *chosen.items()]


def test_an_exported_table_is_shown_and_taken_over(tmp_path: Path) -> None:
    window = Window(project_copy(tmp_path))
    session = open_session(window.root)
    raw = export_workbook(session.loaded.collection, tuple(session.loaded.collection.records.values()))
    assert "表格里没有改动" in drop(window, "记录.xlsx", raw).text
    changed = edited(raw, "示例星空馆", "示例大星空馆")
    page = drop(window, "记录.xlsx", changed).text
    assert "改动 " in page
    assert "<ins>大</ins>" in page or "示例大星空馆" in page
    done = window.post("adopt/take", sent_form(page)).text
    assert "已经写好" in done
    assert bases(window.root)["示例大星空馆"]
    assert reasons(window.root)["data/bases/star-hall.yml"] == ["用表格“记录”改的"]


def edited(raw: bytes, before: str, after: str) -> bytes:
    """Return a workbook in which a name is another, as an editor would type it."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw))
    cells = (cell for row in book["科普基地"].iter_rows(min_row=2) for cell in row if cell.value == before)
    next(cells).value = after
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_is_no_table_is_told_and_lists_of_all_kinds_are_read(tmp_path: Path) -> None:
    window = Window(ListDesk(tmp_path).project)
    before = project_bytes(window.root)
    formula = io.BytesIO()
    with xlsxwriter.Workbook(formula) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ("名称", "地址", "联系电话"))
        sheet.write_row(1, 0, ("甲馆", "东街 1 号", "0750-1234567"))
        sheet.write_formula(1, 2, '=WEBSERVICE("http://example.org")')
    files = {
        "没有.xlsx": (b"", "还没有选文件"),
        "a.xlsx": (b"%PDF-1.4", "这不是 xlsx 文件"),
        "b.xlsx": (b"<html><script>alert(1)</script></html>", "没有找到名单"),
        "c.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "有密码，或者是旧的 .xls"),
        "d.csv": (b"PK\x03\x04", "文件坏了"),
        "e.xlsx": (formula.getvalue(), "这一格是公式"),
        "../../e\".csv": ("名称,地址,联系电话\n乙馆,西街 2 号,0750-1234567\n".encode("gbk"), "1 条新的科普基地"),
    }  # fmt: skip

    def check(name: str) -> None:
        raw, said = files[name]
        answer = drop(window, name, raw)
        assert answer.status_code in (200, 422)
        assert said in answer.text
        assert "<script>alert" not in answer.text

    assert failures(check, files) == []
    raw = messy.workbook()
    assert drop(window, "a.xlsx", raw, token="").status_code == 403
    assert drop(window, "a.xlsx", raw, Origin="http://example.org").status_code == 403
    assert drop(window, "a.xlsx", b"x" * 20_000_001).status_code == 413
    for cells in ("", "eJw=", "AAAA", "eJyLBgAAfQB9"):
        assert window.post("adopt/take", [window.signed, ("_cells", cells)]).status_code in (400, 422)
    session = open_session(window.root)

    def read(kind: str) -> None:
        page = drop(window, f"{session.loaded.collection.kind_label(kind)}.csv", table_of(kind, session)).text
        assert re.search("1 条新的|：名单里没有这一列", page), re.sub(
            r"<select.*?</select>|<[^>]*>|\s+", " ", page, flags=re.DOTALL
        )

    assert failures(read, KINDS_IN_LISTS) == []
    assert project_bytes(window.root) == before


def table_of(kind: str, session: Session) -> bytes:
    """Return a list of one record with the columns that the kind itself has for each text."""
    from macros.editing.excel.adopt.column_titles import name_title, targets_of
    from macros.editing.excel.export import sheets_of

    targets = targets_of(kind, sheets_of(session.loaded.collection))
    titles = [
        name_title(kind, targets),
        *(title for title, target in targets.items() if target.path in ("summary", "town")),
    ]
    label = session.loaded.collection.kind_label(kind)
    return (
        f"{label}名单,,\n{','.join(titles)}\n{','.join(['示例甲甲', '一句话。', '示例山镇'][: len(titles)])}\n".encode()
    )
