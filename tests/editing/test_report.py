"""The quality report finds what is missing, overdue, expired, there twice or left lying, and shows it safely."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from macros.editing.quality import Report, assess
from macros.editing.report import show, width
from macros.library.library import Library
from macros.records.load import load
from tests.support import AS_OF, DISTRICT
from tests.support.projects import kepu, lay_project

PLACE = """\
name: {name}
summary: 一处。
address: 山路 1 号
contact: {{phone: 0750-1234567}}
recognitions:
  - {{title: 省级科普基地, level: provincial, stage: held, valid_to: 2020}}
  - {{title: 市级科普基地, level: municipal, stage: held, valid_to: 2026}}
sources:
  - ref: plan
reviewed_on: {reviewed_on}
"""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """The report on a project with two places that share nearly everything."""
    project = lay_project(tmp_path)
    kinds = "bases: {label: 科普基地, order: 1, months: 6}\npolicies: {label: 政策, order: 2}\n"
    (project / "data/terms/kinds.yml").write_text(kinds, "utf-8")
    for number, day in enumerate(("2026-06-01", "2026-05-01")):
        (project / f"data/bases/place-{number}.yml").write_text(PLACE.format(name="=<b>同名", reviewed_on=day), "utf-8")
    return assess(Library(load(project, AS_OF).collection))


def _rows(report: Report, title: str) -> list[tuple[str | int, ...]]:
    return [row for table in report.tables if table.title == title for row in table.rows]


def test_completeness_is_counted(report: Report) -> None:
    phone = next(share for share in report.shares if share.field == "联系方式·电话" and share.kind == "科普基地")
    assert (phone.filled, phone.total, phone.percent) == (2, 3, 66)


def test_a_review_is_overdue_after_the_months_of_its_kind(report: Report) -> None:
    overdue = {row[2]: row[3:] for row in _rows(report, "该核对了")}
    assert "data/bases/place-0.yml" not in overdue
    assert overdue["data/bases/place-1.yml"] == ("2026-05-01", "2026-11-01")
    assert overdue["data/bases/wetland.yml"] == ("从未", "尽快")


def test_only_what_is_certainly_past_has_expired(report: Report) -> None:
    expired = [row[3:] for row in _rows(report, "已过有效期")]
    assert expired == [("认定：省级科普基地", "2020")] * 2


def test_duplicates_are_found(report: Report) -> None:
    found = {row[0] for row in _rows(report, "可能重复")}
    assert found == {"名称", "电话", "地址"}


def test_columns_have_the_inspections_limits(report: Report) -> None:
    columns = {row[0]: row[1:] for row in _rows(report, "栏目更新")}
    assert columns["更新动态"] == ("2026-06-01", "2 周", "超过期限")
    assert columns["科普基地"][2] == "正常"
    assert columns["政策"][1] == "6 个月"


def test_places_without_a_picture_are_named(report: Report) -> None:
    assert {row[2] for row in _rows(report, "没有图片")} >= {"data/bases/place-0.yml", "data/bases/place-1.yml"}


def test_html_is_safe_and_asks_nobody(report: Report) -> None:
    html = show(report, "html").decode()
    assert "<b>同名" not in html
    assert "=&lt;b&gt;同名" in html
    assert "://" not in html
    assert "<svg" in html


def test_a_workbook_is_the_same_each_time_and_holds_no_formula(report: Report) -> None:
    content = show(report, "xlsx")
    assert show(report, "xlsx") == content
    workbook = load_workbook(io.BytesIO(content))
    assert workbook.sheetnames == [table.title for table in report.tables]
    cells = [cell for row in workbook["可能重复"].iter_rows() for cell in row]
    assert "=<b>同名" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)


def test_text_stands_in_columns(report: Report) -> None:
    lines = show(report, "text").decode().split("\n")
    start = lines.index("【概况】")
    heads = [width(line[: line.index("条数")]) for line in lines[start + 1 : start + 2]]
    assert heads == [width(lines[start + 2][: lines[start + 2].index(" 3 ") + 1])]


def test_the_command_writes_where_it_is_told(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    assert kepu(project, "report").output.startswith("数据质量报告，截至 2026 年 11 月 24 日")
    assert kepu(project, "report", "--format", "xlsx").exit_code == 2
    out = tmp_path / "report.xlsx"
    assert kepu(project, "report", "--format", "xlsx", "--out", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"PK")


def test_what_the_site_holds_of_one_place_in_a_year_is_counted_by_its_own_hours() -> None:
    said = kepu(DISTRICT, "report", "--unit", "星空馆").output
    assert said.startswith("示例星空馆：2026 年，截至 2026")
    rows = dict(re.findall(r"^(\d+ 月|全年) +(\d+)$", said, re.MULTILINE))
    assert len(rows) == 13
    assert int(rows["全年"]) == sum(int(count) for month, count in rows.items() if month != "全年") > 200
    assert re.search(r"2026-11-07 +14:00–15:30 +周末星空讲座", said)
    assert "2027-01-09" not in said
    assert re.search(
        r"2027-01-09 +14:00–15:30", kepu(DISTRICT, "report", "--unit", "star-hall", "--year", "2027").output
    )
    assert "开放时间没有公布。" in kepu(DISTRICT, "report", "--unit", "示例小池塘").output
    assert kepu(DISTRICT, "report", "--unit", "没有的").exit_code == 2
