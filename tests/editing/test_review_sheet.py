"""The sheet on which a change is reviewed says all that changed, in each form, the same bytes each time."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from PIL import Image

from macros.site.git import ask
from tests.editing.excel.test_libreoffice import saved_by_libreoffice
from tests.support.projects import base, kepu, lay_project

ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which one record was changed, one is new, and one has a picture."""
    project = lay_project(tmp_path)
    files = project / "content/files/bases/pond"
    files.mkdir(parents=True)
    Image.new("RGB", (2000, 1000), "#3377aa").save(files / "lake.jpg")
    picture = "images: [{file: lake.jpg, alt: 一片水}]\n"
    (project / "data/bases/pond.yml").write_text(base(f"address: 山路 1 号\n{picture}"), "utf-8")
    for arguments in (
        ("init", "--quiet", "-b", "main"), ("config", "user.name", "王编辑"), ("config", "user.email", "w@example.org"),
        ("add", "--all"), ("commit", "--quiet", "-m", "开始"),
    ):  # fmt: skip
        ask(project, *arguments)
    (project / "data/bases/pond.yml").write_text(base(f"address: '{ATTACK}'\n{picture}"), "utf-8")
    (project / "data/bases/tower.yml").write_text(base("address: 塔路 2 号\n", "高塔"), "utf-8")
    return project


def sheet(project: Path, form: str) -> bytes:
    """Make the sheet in a form."""
    out = project.parent / f"sheet.{form}"
    done = kepu(project, "diff", "--format", form, "--out", str(out))
    assert done.exit_code == 0, done.output
    return out.read_bytes()


def test_each_form_says_what_changes_from_where_it_is_known_and_who_drafted_it(project: Path) -> None:
    html = sheet(project, "html").decode()
    document = docx.Document(io.BytesIO(sheet(project, "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    rows = load_workbook(io.BytesIO(sheet(project, "xlsx"))).worksheets[0].iter_rows(values_only=True)
    texts = {
        "html": re.sub("<[^>]+>", "\n", html).replace("&lt;", "<").replace("&gt;", ">"),
        "docx": "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)]),
        "xlsx": "\n".join(str(cell) for row in rows for cell in row if cell),
    }
    told = ("山路 1 号", ATTACK, "“高塔”（新增）", "塔路 2 号", "王编辑", "一片水", "审核人", "新增 1 条，改动 1 条")
    assert {form: [words for words in told if words not in text] for form, text in texts.items()} == {
        form: [] for form in texts
    }
    assert ATTACK not in html
    assert html.count("data:image/jpeg;base64,") == len(document.inline_shapes) == 1
    assert sheet(project, "docx") == sheet(project, "docx")
    assert kepu(project, "diff", "--format", "docx").exit_code == 2


def test_the_ledger_of_a_month_says_what_was_published_by_whom_and_who_checked_it(project: Path) -> None:
    (project / "data/bases/wetland.yml").unlink()
    dates = {"GIT_AUTHOR_DATE": "2026-10-31T23:30:00+0000", "GIT_COMMITTER_DATE": "2026-10-31T23:30:00+0000"}
    ask(project, "add", "--all")
    message = "更正池塘的地址\n\nReviewed-by: 李审核\nReviewed-by: 赵审核"
    ask(project, "commit", "--quiet", "-m", message, environment=dates)
    told = kepu(project, "report", "--month", "2026-11")
    assert told.exit_code == 0, told.output
    assert re.search(r"2026-11-01 +科普基地“池塘” +改动 +更正池塘的地址 +王编辑 +李审核、赵审核", told.output)
    assert re.search(r"科普基地“高塔” +新增", told.output)
    assert re.search(r"data/bases/wetland.yml +删去", told.output)
    assert "这个月没有改动。" in kepu(project, "report", "--month", "2026-10").output
    assert kepu(project, "report", "--month", "十一月").exit_code == 2


@pytest.mark.audit
def test_a_word_processor_opens_it(project: Path) -> None:
    sheet(project, "docx")
    saved = saved_by_libreoffice(project.parent / "sheet.docx", "txt:Text (encoded):UTF8")
    assert "塔路 2 号" in saved.read_text("utf-8-sig")
