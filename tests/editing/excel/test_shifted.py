"""Rows and hidden ids that fell apart are noticed: a part of a sheet that was sorted, moved or swapped writes nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.editing.excel.workshop import Workshop, column_of
from tests.support.looping import failures

NAMES = ("荷塘", "桥头", "竹林", "茶园", "石巷", "渡口", "山坡", "泉眼")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path)
    for number, name in enumerate(NAMES):
        text = (
            f"name: {name}科普点\nsummary: 第 {number} 处，讲{name}。\ntown: east\nhost_unit: {name}站\n"
            f"contact: {{phone: 0750-12345{number:02}}}\nevents:\n  - {{date: 20{number:02}, text: {name}开放。}}\n"
            "sources:\n  - ref: plan\n"
        )
        made.write(f"data/bases/spot-{number}.yml", text)
    made.export()
    return made


def rearrange(sheet: Worksheet, columns: Sequence[int], order: Sequence[int]) -> None:
    """Give the rows of some columns another order, as sorting a selection does."""
    rows = range(2, sheet.max_row + 1)
    values = {column: [sheet.cell(row, column).value for row in rows] for column in columns}
    for column in columns:
        for row, place in zip(rows, order, strict=True):
            sheet.cell(row, column).value = values[column][place]


def assert_refused(workshop: Workshop, *phrases: str) -> None:
    before = workshop.texts()
    done = workshop.take_over()
    assert done.exit_code == 1, done.output
    assert "行和隐藏的 id 错开了" in done.output
    for phrase in phrases:
        assert phrase in done.output
    assert workshop.texts() == before


def test_a_sheet_sorted_from_its_first_visible_column_is_refused(workshop: Workshop) -> None:
    with workshop.opened() as book:
        sheet = book["科普基地"]
        names = [str(sheet.cell(row, 3).value) for row in range(2, sheet.max_row + 1)]
        order = sorted(range(len(names)), key=names.__getitem__)
        rearrange(sheet, range(3, sheet.max_column + 1), order)
    assert_refused(workshop, "是另一条记录", "“简介”这一列里")


def test_one_column_in_another_order_is_refused(workshop: Workshop) -> None:
    def check(case: tuple[str, int]) -> None:
        title, seed = case
        workshop.export()
        with workshop.opened() as book:
            sheet = book["科普基地"]
            order = list(range(sheet.max_row - 1))
            random.Random(seed).shuffle(order)
            rearrange(sheet, [column_of(sheet, title)], order)
        assert_refused(workshop, title)

    assert failures(check, product(("名称", "简介", "联系方式：电话", "依托单位"), range(3))) == []


def test_a_column_moved_up_by_one_row_is_refused(workshop: Workshop) -> None:
    with workshop.opened() as book:
        sheet = book["科普基地"]
        for row in range(2, sheet.max_row + 1):
            for title in ("简介", "依托单位"):
                column = column_of(sheet, title)
                sheet.cell(row, column).value = sheet.cell(row + 1, column).value or "新写的一处"
    assert_refused(workshop, "“简介”这一列里")


def test_items_whose_visible_columns_were_sorted_are_refused(workshop: Workshop) -> None:
    with workshop.opened() as book:
        sheet = book["大事"]
        order = list(reversed(range(sheet.max_row - 1)))
        rearrange(sheet, range(3, sheet.max_column + 1), order)
    assert_refused(workshop, "这一行的 id 是")


def test_two_rows_that_were_swapped_are_refused(workshop: Workshop) -> None:
    with workshop.opened() as book:
        sheet = book["科普基地"]
        order = [1, 0, *range(2, sheet.max_row - 1)]
        rearrange(sheet, [column_of(sheet, title) for title in ("简介", "依托单位")], order)
    assert_refused(workshop)


def test_whole_rows_may_stand_in_any_order(workshop: Workshop) -> None:
    before = workshop.texts()
    with workshop.opened() as book:
        for sheet in (book["科普基地"], book["大事"]):
            order = list(range(sheet.max_row - 1))
            random.Random(7).shuffle(order)
            rearrange(sheet, range(1, sheet.max_column + 1), order)
    done = workshop.take_over()
    assert done.exit_code == 0, done.output
    assert {path: text for path, text in workshop.texts().items() if path in before} == before


def test_many_honest_changes_are_taken_over(workshop: Workshop) -> None:
    with workshop.opened() as book:
        sheet = book["科普基地"]
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column_of(sheet, "简介")).value = f"改写的第 {row} 处，换了说法。"
            sheet.cell(row, column_of(sheet, "依托单位")).value = "同一个单位"
    done = workshop.take_over()
    assert done.exit_code == 0, done.output
    assert "改写的第 2 处" in "".join(text.decode() for path, text in workshop.texts().items() if path.endswith(".yml"))
