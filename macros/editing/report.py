"""Show the quality report: as text, as one HTML page with small charts, as a workbook with a sheet for each table."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from macros.editing.quality import Report, Table
from macros.editing.workbook import to_bytes

_WIDEST_COLUMN = 50


def show(report: Report, form: str) -> bytes:
    """Return the report in one of the forms of `FORMS`."""
    return FORMS[form](report)


def _text(report: Report) -> bytes:
    parts = [f"数据质量报告，截至 {report.as_of}", *("\n".join(_lines(table)) for table in report.tables)]
    return ("\n\n".join(parts) + "\n").encode()


def _lines(table: Table) -> Iterator[str]:
    yield f"【{table.title}】" + ("" if table.rows else table.fine)
    if table.rows:
        rows = [table.columns, *([str(cell) for cell in row] for row in table.rows)]
        widths = [max(width(row[column]) for row in rows) for column in range(len(table.columns))]
        for row in rows:
            cells = (cell + " " * (space - width(cell)) for cell, space in zip(row, widths, strict=True))
            yield "  ".join(cells).rstrip()


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _html(report: Report) -> bytes:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    by_kind = [(kind, list(shares)) for kind, shares in groupby(report.shares, attrgetter("kind"))]
    return environment.get_template("report.html").render(report=report, shares_by_kind=by_kind).encode()


def _xlsx(report: Report) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in report.tables:
        _fill(workbook.create_sheet(table.title), table)
    return to_bytes(workbook, report.as_of)


def _fill(sheet: Worksheet, table: Table) -> None:
    sheet.append(table.columns)
    sheet.freeze_panes = "A2"
    for row in table.rows:
        sheet.append(row)
    for head in sheet[1]:
        head.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, str):
                # A name that begins with "=" is a name, not a formula.
                cell.data_type = "s"
    for number, column in enumerate(table.columns, 1):
        widest = max([width(column), *(width(str(row[number - 1])) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(number)].width = min(widest + 2, _WIDEST_COLUMN)


FORMS: dict[str, Callable[[Report], bytes]] = {"text": _text, "html": _html, "xlsx": _xlsx}
