"""Workbooks that another program reads as they were meant: texts stay texts, and the same rows give the same bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from macros.spreadsheets.reader import read_xlsx
from macros.spreadsheets.sheets import Cell
from macros.spreadsheets.xlsx import ColumnLook, Values, Workbook, as_elsewhere

DAY = datetime.date(2026, 1, 1)
FORMULAS = ("=1+1", "+1", "-1", "@x", "＝1+1", "＋1", "－1", "＠x", " =1", "\t=1", "\r=1")


def workbook(rows: list[Values], *columns: ColumnLook, is_edited: bool = False) -> bytes:
    """Return a workbook with one sheet."""
    book = Workbook("示例", DAY, "词", is_edited=is_edited)
    add = book.sheet("a/b[c]", columns or [ColumnLook("列")])
    for row in rows:
        add(row)
    return book.content()


def sheet(content: bytes, number: int = 0) -> Any:
    """Return a sheet as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[number]


def test_no_text_is_worked_out() -> None:
    shown: Worksheet = sheet(workbook([[text] for text in FORMULAS]))
    for row, text in enumerate(FORMULAS, 2):
        cell = shown.cell(row, 1)
        assert (cell.data_type, cell.quotePrefix) == ("s", True), text


def test_texts_come_back_as_they_were() -> None:
    texts = [
        "_x003D_1+1",
        "a_x000D_b",
        "甲\r乙\n丙",
        " 甲 ",
        "<r>&</r>",
        "<r>=1</r>",
        "a\x0bb",
        "\uffff",
        "𠮷 <&> \"'",
        "'=1",
    ]
    [read, _] = read_xlsx(workbook([[text] for text in texts]))
    assert [read.rows[number][0] for number in range(2, len(texts) + 2)] == [Cell(text) for text in texts]


def test_numbers_stay_numbers_and_nothing_leaves_a_cell_empty() -> None:
    columns = [ColumnLook(title) for title in "甲乙丙丁"]
    shown = sheet(workbook([[1, 0.5, None, ""]], *columns))
    assert [cell.value for cell in shown[2]] == [1, 0.5, None, None]


def test_a_column_looks_as_it_should() -> None:
    look = ColumnLook("甲", 28, is_hidden=True, colour="DDE7F0", note="说明", choices=("是", "=否"))
    content = workbook([["是"]], look, is_edited=True)
    shown, words = sheet(content), sheet(content, 1)
    assert shown.title == "a-b-c-"
    assert shown.freeze_panes == "A2"
    assert (shown.column_dimensions["A"].hidden, round(shown.column_dimensions["A"].width)) == (True, 29)
    assert (shown["A1"].comment.text, shown["A1"].fill.start_color.rgb) == ("说明", "FFDDE7F0")
    assert (shown["A1"].font.b, shown["A2"].number_format, shown["A2"].alignment.wrap_text) == (True, "@", True)
    [choice] = shown.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1, choice.showErrorMessage) == ("A2:A50000", "'词'!$A$1:$A$2", True)
    assert (words.sheet_state, words["A2"].value, words["A2"].data_type) == ("hidden", "=否", "s")


def test_the_same_rows_give_the_same_bytes() -> None:
    look = ColumnLook("甲", note="说明", choices=("是",))
    assert workbook([["是"]], look, is_edited=True) == workbook([["是"]], look, is_edited=True)


def test_windows_makes_the_same_bytes() -> None:
    look = ColumnLook("甲", note="说\n明", choices=("是",))
    content = workbook([[f"甲\r\n{number}\n乙"] for number in range(5000)], look, is_edited=True)
    assert as_elsewhere(as_windows_makes_it(content)) == content


def as_windows_makes_it(content: bytes) -> bytes:
    """Return a workbook as Windows would have made it: line ends, system and modes are its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in made.infolist():
            text = made.read(entry.filename)
            assert b"\r" not in text
            other = zipfile.ZipInfo(entry.filename, entry.date_time)
            other.create_system, other.external_attr, other.compress_type = 0, 0o100666 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(other, text.replace(b"\n", b"\r\n"))
    assert buffer.getvalue() != content
    return buffer.getvalue()
