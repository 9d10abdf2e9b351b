"""Tables of each kind under ``/data/``: CSV, JSON and workbooks.

CSV is UTF-8 with BOM, since Excel and WPS take other files for GBK; texts that look like formulas are led by an
apostrophe. JSON has the records as the API has them. Workbooks have Chinese titles and a sheet that explains them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from macros.exports.api import Api
from macros.exports.columns import Cell, Column, columns_of
from macros.exports.files import Files, Maker
from macros.exports.notation import Values, guarded, json_text
from macros.exports.publication import Publication
from macros.exports.workbook import Sheet, workbook

ROOT = "data/"
BOM = "\ufeff"
SEPARATOR = "；"


@dataclass(frozen=True)
class Tables:
    """The tables of all kinds that have a record.

    Attributes:
        api: holds the records' lines of JSON.
    """

    api: Api

    @property
    def publication(self) -> Publication:
        """What the tables tell of."""
        return self.api.publication

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that have a table."""
        return tuple(kind for kind, records in self.publication.records.items() if records)

    def files(self) -> Files:
        """Return the tables, paths below the site's root."""
        makers: dict[str, Maker] = {}
        for kind in self.kinds:
            makers[f"{ROOT}{kind}.csv"] = partial(self.csv, kind)
            makers[f"{ROOT}{kind}.json"] = partial(self.json, kind)
            makers[f"{ROOT}{kind}.xlsx"] = partial(self.workbook, kind)
        return Files(makers)

    def csv(self, kind: str) -> bytes:
        """Return the table of a kind as CSV (RFC 4180), the names of the columns in the first row."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        columns = columns_of(kind)
        writer.writerow([column.name for column in columns])
        for values in self._rows(kind):
            writer.writerow([_csv_cell(column, column.value(values)) for column in columns])
        return (BOM + text.getvalue()).encode()

    def json(self, kind: str) -> bytes:
        """Return all records of a kind as one list, a record a line."""
        lines = ",\n".join(self.api.texts[record.id] for record in self.publication.records[kind])
        return f"[\n{lines}\n]\n".encode()

    def workbook(self, kind: str) -> bytes:
        """Return the table of a kind as a workbook, and a sheet that explains its columns."""
        library = self.publication.library
        columns = columns_of(kind)
        rows = ([_sheet_cell(column.value(values)) for column in columns] for values in self._rows(kind))
        label = library.kind_label(kind)
        told = ((column.title, column.name, column.help) for column in columns)
        sheets = [
            Sheet("记录", [column.title for column in columns], rows),
            Sheet("各列的意思", ["列", "字段名", "说明"], told),
        ]
        return workbook(f"{self.publication.name}：{label}", library.as_of.iso, sheets)

    def _rows(self, kind: str) -> Iterator[Values]:
        for record in self.publication.records[kind]:
            yield json.loads(self.api.texts[record.id])


def _csv_cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if column.cell is Cell.GROUPS:
        return json_text(value)
    if isinstance(value, list):
        return guarded(SEPARATOR.join(value))
    return guarded(value) if isinstance(value, str) else str(value)


def _sheet_cell(value: Any) -> str | int | float | None:
    """Return a value as people read it in a cell; groups stand one below the other."""
    if isinstance(value, list):
        separator = "\n" if any(isinstance(item, dict) for item in value) else SEPARATOR
        return separator.join(_words(item) for item in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return value  # type: ignore[no-any-return]


def _words(value: Any) -> str:
    """Return a value in words, without what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_words(item) for item in value)
    if isinstance(value, dict):
        return value["label"] if set(value) == {"id", "label"} else "，".join(filter(None, map(_words, value.values())))
    return str(value)
