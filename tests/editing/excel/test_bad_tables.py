"""Tables that editors spoil: each fault is named with its cell, and nothing is written."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from tests.editing.excel.workshop import WETLAND, Workshop, column_of
from tests.support.projects import kepu


def put(sheet: str, title: str, value: Any) -> Callable[[Workbook], None]:
    """Change the first row's cell under a title."""

    def change(workbook: Workbook) -> None:
        workbook[sheet].cell(2, column_of(workbook[sheet], title)).value = value

    return change


def append(sheet: str, text: str, row: int = 1) -> Callable[[Workbook], None]:
    """Write into the first free column."""

    def change(workbook: Workbook) -> None:
        workbook[sheet].cell(row, workbook[sheet].max_column + 1, text)

    return change


def copy_row(workbook: Workbook) -> None:
    sheet = workbook["大事"]
    sheet.append([cell.value for cell in sheet[2]])


def copy_sheet(workbook: Workbook) -> None:
    workbook.copy_worksheet(workbook["科普基地"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("科普基地", "简介", "=1+1"), "错误 科普基地!G2：这一格是公式（=1+1）"),
        (lambda book: book["科普基地"].merge_cells("G2:H2"), "错误 科普基地!G2：G2:H2 是合并的单元格"),
        (lambda book: book["科普基地"].delete_cols(1), "错误 科普基地!A1：缺少“id”这一列"),
        (lambda book: book["大事"].delete_cols(4), "错误 大事!A1：缺少“序号”这一列"),
        (append("科普基地", "依托单價"), "没有“依托单價”这一列；相近的有：依托单位"),
        (append("科普基地", "简介"), "“简介”这一列写了两次，第一次在 科普基地!G1"),
        (append("科普基地", "散落的字", row=2), "这一列没有标题"),
        (put("大事", "序号", "一"), "“一” 不是序号"),
        (put("大事·来源", "大事序号", None), "“大事序号”要写明属于第几项"),
        (put("大事", "日期", 42493), "“42493” 像是日期变成的序号"),
        (put("科普基地", "简介", datetime.date(2016, 5, 3)), "表格软件把这一格改成了日期或时间（2016-05-03）"),
        (put("大事", "删去", "√"), "“删去”栏只写 是，或不写"),
        (copy_row, "和第 2 行是同一条（复制的行）；要加一项，请清空“序号”"),
        (copy_sheet, "是同一个表（科普基地）"),
    ],
)
def test_a_spoilt_table_is_refused(change: Callable[[Workbook], None], told: str, workshop: Workshop) -> None:
    with workshop.opened() as workbook:
        put("政策", "简介", "另一份方案。")(workbook)
        change(workbook)
    before = workshop.texts()
    done = workshop.take_over()
    assert told in done.output
    assert (done.exit_code, workshop.texts()) == (1, before)


@pytest.mark.parametrize(
    ("identifier", "told"),
    [
        ("../../etc/passwd", "“../../etc/passwd” 不能用作 id"),
        ("con", "是保留的"),
        ("Ab", "不能用作 id"),
    ],
)
def test_a_bad_id_is_refused(identifier: str, told: str, workshop: Workshop) -> None:
    workshop.add("科普基地", id=identifier, 名称="某馆", 简介="一处。")
    before = workshop.texts()
    done = workshop.take_over()
    assert told in done.output
    assert (done.exit_code, workshop.texts()) == (1, before)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"名称": "湿地", "简介": "又一块。"}, "已经有叫“湿地”的记录"),
        ({"简介": "没有名称。"}, "缺少“名称”；请在工作表“科普基地”的这一栏填写"),
        ({"名称": "某馆", "简介": "没有来源。"}, "缺少“来源”；请到工作表“来源”加一行"),
    ],
)
def test_a_bad_new_row_is_refused(values: dict[str, str], told: str, workshop: Workshop) -> None:
    workshop.add("科普基地", **values)
    before = workshop.texts()
    done = workshop.take_over()
    assert told in done.output
    assert "错误 科普基地!" in done.output
    assert (done.exit_code, workshop.texts()) == (1, before)


def test_an_item_must_tell_its_record(workshop: Workshop) -> None:
    workshop.add("大事", 记录="没有", 日期="2020", 事件="某事。")
    workshop.add("大事", 日期="2020", 事件="某事。")
    workshop.add("大事·来源", 记录="湿地", 大事序号="9", 标题="某文", 来源性质="官方")
    told = workshop.take_over().output
    assert "错误 大事!C4：没有叫“没有”的记录" in told
    assert "错误 大事!C5：新的一行要在“记录”栏写明属于哪条记录" in told
    assert "没有这一项" in told


def test_a_removed_column_and_a_strange_sheet_are_told_of(workshop: Workshop) -> None:
    with workshop.opened() as workbook:
        workbook["科普基地"].delete_cols(column_of(workbook["科普基地"], "简介"))
        workbook.create_sheet("备忘")["A1"] = "随手记"
    done = workshop.take_over()
    assert "工作表“科普基地”没有这些列，它们的内容不变：简介" in done.output
    assert "没有读工作表“备忘”" in done.output
    assert (done.exit_code, workshop.read()) == (0, WETLAND)


def test_columns_and_tabs_may_be_moved_and_renamed(workshop: Workshop) -> None:
    with workshop.opened() as workbook:
        sheet = workbook["科普基地"]
        rows = [list(reversed(row)) for row in sheet.iter_rows(values_only=True)]
        sheet.delete_rows(1, sheet.max_row)
        for row in rows:
            sheet.append(row)
        sheet.title = "改过的名字"
        put("改过的名字", "简介", "新的简介。")(workbook)
        workbook.move_sheet("改过的名字", 5)
    assert workshop.take_over().exit_code == 0
    assert workshop.read() == WETLAND.replace("一块湿地。", "新的简介。")


@pytest.mark.parametrize(
    ("sheet", "title", "value", "before", "after"),
    [
        ("大事", "日期", datetime.date(2017, 6, 8), "date: 2016-05\n", "date: 2017-06-08\n"),
        ("开放时间", "开门", datetime.time(8, 30), "from: 9:00\n", "from: 8:30\n"),
        ("大事", "日期", 2017, "date: 2016-05\n", "date: 2017\n"),
        ("科普基地", "联系方式：电话", 13800138000, "0750-1234567", "13800138000"),
    ],
)
def test_numbers_and_dates_of_spreadsheets_are_understood(
    sheet: str, title: str, value: Any, before: str, after: str, workshop: Workshop
) -> None:
    with workshop.opened() as workbook:
        put(sheet, title, value)(workbook)
    done = workshop.take_over()
    assert done.exit_code == 0, done.output
    assert workshop.read() == WETLAND.replace(before, after)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gbk"])
def test_csv_comes_back_in_each_encoding(encoding: str, workshop: Workshop) -> None:
    workshop.file = workshop.file.with_suffix(".csv")
    assert kepu(workshop.project, "excel", "export", str(workshop.file), "--sheet", "科普基地").exit_code == 0
    text = workshop.file.read_bytes().decode("utf-8-sig").replace("一块湿地。", "一大块湿地。")
    workshop.file.write_bytes(text.encode(encoding))
    assert workshop.take_over().exit_code == 0
    assert workshop.read() == WETLAND.replace("一块湿地。", "一大块湿地。")


def test_what_gbk_can_not_hold_is_not_lost(workshop: Workshop) -> None:
    workshop.write("data/bases/wetland.yml", WETLAND.replace("一块湿地。", "𠮷湖旁的湿地。"))
    workshop.file = workshop.file.with_suffix(".csv")
    kepu(workshop.project, "excel", "export", str(workshop.file), "--sheet", "科普基地")
    text = workshop.file.read_bytes().decode("utf-8-sig")
    workshop.file.write_bytes(text.encode("gbk", "replace"))
    done = workshop.take_over()
    assert (done.exit_code, "GBK" in done.output) == (1, True)


def test_a_file_that_is_no_table_ends_in_a_message(workshop: Workshop) -> None:
    workshop.file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    done = workshop.take_over()
    assert (done.exit_code, "密码" in done.output) == (1, True)


def test_a_workbook_of_others_is_refused(workshop: Workshop) -> None:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "名称"
    workbook.save(workshop.file)
    done = workshop.take_over()
    assert (done.exit_code, "没有一个是导出的表" in done.output) == (1, True)


def test_what_must_not_be_removed_is_named_with_its_cell(workshop: Workshop) -> None:
    workshop.file = workshop.file.with_suffix(".csv")
    assert kepu(workshop.project, "excel", "export", str(workshop.file), "--sheet", "来源").exit_code == 0
    lines = workshop.file.read_text("utf-8-sig").splitlines()
    wetland = next(line for line in lines if line.startswith("wetland,"))
    workshop.file.write_text(f"{lines[0]}\n{wetland}是\n", "utf-8")
    before = workshop.texts()
    done = workshop.take_over()
    assert "错误 table!L2：缺少“来源”；请到工作表“来源”加一行" in done.output
    assert (done.exit_code, workshop.texts()) == (1, before)


def test_a_law_across_records_is_told_at_the_cell(workshop: Workshop) -> None:
    workshop.write("data/bases/pond.yml", "name: 池塘\nsummary: 一处。\nsources: [{ref: plan}]\nmerged_into: wetland\n")
    workshop.export()
    spot = workshop.put("科普基地", "曾用 id", "pond", row=3)
    before = workshop.texts()
    done = workshop.take_over()
    assert (done.exit_code, workshop.texts()) == (1, before)
    assert f"错误 {spot}：曾用 id “pond” 现在是 data/bases/pond.yml 的 id" in done.output


def test_an_error_in_another_file_is_told_with_that_file(workshop: Workshop) -> None:
    workshop.write("data/bases/pond.yml", "name: 池塘\nsummary: 一处。\nsources: [{ref: plan}]\nmerged_into: wetland\n")
    workshop.export()
    workshop.put("科普基地", "已并入", "pond", row=3)
    before = workshop.texts()
    done = workshop.take_over()
    assert (done.exit_code, workshop.texts()) == (1, before)
    assert "data/bases/pond.yml:4:14: 错误：" in done.output
