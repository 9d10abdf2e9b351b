"""What people write into cells instead of ids, and what programs make of what was typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.editing.excel.workshop import WETLAND, Workshop, column_of
from tests.support.looping import failures
from tests.support.projects import kepu


def test_the_name_of_a_record_stands_for_its_id(workshop: Workshop) -> None:
    workshop.write("data/bases/pond.yml", "name: 小池塘\naliases: [池塘]\nsummary: 一处。\nsources: [{ref: plan}]\n")
    workshop.export()
    workshop.put("科普基地", "已并入", "池塘", row=3)
    done = workshop.take_over()
    assert done.exit_code == 0, done.output
    assert "merged_into: pond" in workshop.read()
    assert "没有要写的改动" in workshop.take_over().output


def test_a_name_that_several_records_bear_is_asked_about(workshop: Workshop) -> None:
    for name in ("pond", "pool"):
        workshop.write(f"data/bases/{name}.yml", "name: 池塘\nsummary: 一处。\nsources: [{ref: plan}]\n")
    workshop.export()
    workshop.put("科普基地", "已并入", "池塘", row=4)
    done = workshop.take_over()
    assert done.exit_code == 1
    assert "有 2 条记录叫“池塘”，请写其中一条的 id：pond、pool" in done.output


@pytest.mark.parametrize(
    ("written", "days"),
    [("周二至周日", "二三四五六日"), ("工作日", "一二三四五"), ("周末、周三", "六日三")],
)
def test_days_may_be_written_as_a_span(workshop: Workshop, written: str, days: str) -> None:
    workshop.export()
    workshop.put("开放时间", "星期", written)
    done = workshop.take_over()
    assert done.exit_code == 0, done.output
    assert yaml.safe_load(workshop.read())["opening"][0]["days"] == list(days)
    assert "没有要写的改动" in workshop.take_over().output


@pytest.mark.parametrize(
    ("sheet", "title", "value", "said"),
    [
        ("开放时间", "关门", 0.729166666666667, "像是时间变成的小数（17:30）"),
        ("科普基地", "联系方式：微信公众号", 123456789012345678, "表格软件只记得前 15 位"),
        ("科普基地", "校验（科普基地）", "1.23E+15", "校验被表格软件改成了数字"),
        ("科普基地", "简介", "红\x1b[31m色", "\\u001b"),
    ],
)
def test_what_a_program_made_of_a_cell_is_told(
    workshop: Workshop, sheet: str, title: str, value: Any, said: str
) -> None:
    workshop.export()
    if isinstance(value, str) and "\x1b" in value:
        workshop.file = workshop.file.with_suffix(".csv")
        assert kepu(workshop.project, "excel", "export", str(workshop.file), "--sheet", sheet).exit_code == 0
        text = workshop.file.read_text("utf-8-sig").replace("一块湿地。", value)
        workshop.file.write_text(text, "utf-8-sig", newline="")
    else:
        workshop.put(sheet, title, value)
    done = workshop.take_over()
    assert done.exit_code == 1, done.output
    assert said in done.output
    assert "\x1b" not in done.output


@pytest.mark.parametrize(
    ("sheet", "was", "made"),
    [("科普基地", r"(\d{4})-0?(\d+)-0?(\d+)", r"\1/\2/\3"), ("开放时间", r"\b(\d?\d:\d\d)\b", r"\1:00")],
)
def test_dates_and_times_as_excel_writes_them_into_csv_are_no_change(
    workshop: Workshop, sheet: str, was: str, made: str
) -> None:
    workshop.write("data/bases/wetland.yml", f"{WETLAND}reviewed_on: 2016-05-03\n")
    workshop.file = workshop.file.with_suffix(".csv")
    assert kepu(workshop.project, "excel", "export", str(workshop.file), "--sheet", sheet).exit_code == 0
    text = workshop.file.read_text("utf-8-sig")
    rewritten = re.sub(was, made, text)
    assert rewritten != text
    workshop.file.write_text(rewritten, "utf-8-sig", newline="")
    done = workshop.take_over()
    assert (done.exit_code, "没有要写的改动" in done.output) == (0, True), done.output


def test_a_table_of_an_older_version_is_taken_over(workshop: Workshop) -> None:
    workshop.export()
    with workshop.opened() as book:
        for sheet in book.worksheets:
            if str(sheet["B1"].value).startswith("校验"):
                for row in range(2, sheet.max_row + 1):
                    sheet.cell(row, 2).value = str(sheet.cell(row, 2).value).removeprefix("h")
    workshop.put("科普基地", "简介", "改过。")
    done = workshop.take_over()
    assert done.exit_code == 0, done.output
    assert "改过。" in workshop.read()


def test_what_is_certain_is_taken_and_what_is_not_is_told(workshop: Workshop) -> None:
    workshop.write("data/bases/pond.yml", "name: 小池塘\nsummary: 一处。\nsources: [{ref: plan}]\n")
    cases = {
        ("科普基地", "开放状态", "关闭"): "开放状态 新增 已关闭",
        ("科普基地", "联系方式：电话", "86269999"): "联系方式：电话 新增 0750-86269999",
        ("科普基地", "名称", "荷塘"): "要让人搜旧名称也找得到，请在“别名”里写上“小池塘”",
        ("科普基地", "已并入", "湿地公园"): "没有叫“湿地公园”的记录；相近的有：湿地",
        ("目标", "相关记录", "湿地、小水塘"): "没有叫“小水塘”的记录；相近的有：小池塘",
        ("开放时间", "星期", "周一闭馆"): "“周一闭馆” 不是开放的日子；这里写开放的几天",
        ("开放时间", "星期", "甲、乙"): "星期：不能写 “乙”",
    }

    def check(case: tuple[str, str, str]) -> None:
        workshop.export()
        workshop.put(*case)
        done = workshop.take_over("--dry-run")
        assert not done.exception or isinstance(done.exception, SystemExit)
        assert cases[case] in done.output

    assert failures(check, cases) == []


def test_what_a_format_shows_is_taken_over_as_it_was_typed(workshop: Workshop) -> None:
    workshop.write("data/targets/aim.yml", "name: 目标\nsummary: 一个。\ntarget: 5\nsources: [{ref: plan}]\n")
    cases = {
        ("目标", "目标值", 0.12, "0%"): "目标!{}2 目标：目标值 5 → 12%",
        ("目标", "目标值", 0.125, "0.00%"): "目标!{}2 目标：目标值 5 → 12.5%",
        ("开放时间", "关门", 1.0, "[h]:mm:ss"): "关门 17:00 → 24:00",
        ("开放时间", "关门", 1.0625, "[h]:mm:ss"): "时间 “25:30” 不对",
    }

    def check(case: tuple[str, str, float, str]) -> None:
        sheet, title, number, shown = case
        workshop.export()
        with workshop.opened() as book:
            cell = book[sheet].cell(2, column_of(book[sheet], title))
            cell.value, cell.number_format = number, shown
        done = workshop.take_over("--dry-run")
        assert cases[case].format(cell.column_letter) in done.output, done.output

    assert failures(check, cases) == []
