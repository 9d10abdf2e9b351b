"""Draw a sheet of a workbook as a spreadsheet program shows it: letters, numbers, fills, a note, and the tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_PIXELS_PER_CHARACTER = 7.5
Cells = Sequence[Cell | MergedCell]


def sheet(file: Path, name: str, titles: Sequence[str], changed: str) -> tuple[str, str]:
    """Return one sheet of a workbook as HTML, and the words that it shows.

    Args:
        file: the workbook.
        name: of the sheet.
        titles: of the columns that are shown.
        changed: text of the cell that is marked as the chosen one.
    """
    workbook = load_workbook(file)
    shown = workbook[name]
    columns = [number for number in range(1, shown.max_column + 1) if shown.cell(1, number).value in titles]
    rows = [[shown.cell(row, column) for column in columns] for row in range(1, shown.max_row + 1)]
    words = "\n".join("\t".join(str(cell.value or "") for cell in row) for row in rows)
    heads = "".join(f'<th style="width:{_width(shown, n)}px">{get_column_letter(n)}</th>' for n in columns)
    body = "".join(_row(row, changed) for row in rows)
    tabs = "".join(f"<li>{escape(tab)}</li>" for tab in workbook.sheetnames[:8])
    note = escape(_note(rows[0], titles[-1]))
    html = (
        f'<div class="sheet"><table><tr><th></th>{heads}</tr>{body}</table><aside>{note}</aside><ul>{tabs}</ul></div>'
    )
    return html, words


def _width(shown: Worksheet, column: int) -> int:
    alike = (found for found in shown.column_dimensions.values() if found.min <= column <= found.max)
    return round(next(alike).width * _PIXELS_PER_CHARACTER)


def _row(row: Cells, changed: str) -> str:
    return f"<tr><th>{row[0].row}</th>{''.join(_cells(row, changed))}</tr>"


def _cells(row: Cells, changed: str) -> Iterator[str]:
    for cell in row:
        fill = f"#{cell.fill.start_color.rgb[-6:]}" if cell.fill.fill_type else "#fff"
        weight = "bold" if cell.font.bold else "normal"
        marks = " class=chosen" if cell.value == changed else " class=noted" if cell.comment else ""
        yield f'<td{marks} style="background:{fill};font-weight:{weight}">{escape(str(cell.value or ""))}</td>'


def _note(heads: Cells, title: str) -> str:
    return next(head.comment.text for head in heads if head.value == title and head.comment)
