"""Show the quality report: as text, as one HTML page with small charts, as a workbook with a sheet for each table."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.editing.quality import Report, ReportTable
from macros.spreadsheets.xlsx import ColumnLook, Workbook

_WIDEST_COLUMN = 50


def show(report: Report, form: str) -> bytes:
    """Return the report in one of the forms of `FORMS`."""
    return FORMS[form](report)


def _text(report: Report) -> bytes:
    parts = [f"{report.title}，截至 {report.as_of}", *("\n".join(_lines(table)) for table in report.tables)]
    return ("\n\n".join(parts) + "\n").encode()


def _lines(table: ReportTable) -> Iterator[str]:
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
    workbook = Workbook(report.title, report.as_of.first_day)
    for table in report.tables:
        add = workbook.sheet(table.title, list(map(_look, table.columns, zip(table.columns, *table.rows, strict=True))))
        for row in table.rows:
            add(row)
    return workbook.content()


def _look(title: str, cells: Iterable[object]) -> ColumnLook:
    return ColumnLook(title, min(max(width(str(cell)) for cell in cells) + 2, _WIDEST_COLUMN))


FORMS: dict[str, Callable[[Report], bytes]] = {"text": _text, "html": _html, "xlsx": _xlsx}
