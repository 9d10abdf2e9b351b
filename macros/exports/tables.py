"""Tables of each kind under ``/data/``: CSV, JSON and workbooks.

CSV is UTF-8 with BOM, since Excel and WPS take other files for GBK; texts that look like formulas are led by an
apostrophe. JSON has the records as the API has them. Workbooks have Chinese titles and a sheet that explains them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from macros.exports.api import Api, file_of, record_file
from macros.exports.columns import ColumnType, TableColumn, columns_of
from macros.exports.files import Files, Maker, Together
from macros.exports.publication import Publication
from macros.exports.values import record_values
from macros.records.model.dates import PartialDate
from macros.spreadsheets.formulas import guarded
from macros.spreadsheets.sheets import LONGEST_CELL, fits_cell
from macros.spreadsheets.xlsx import ColumnLook, Workbook
from macros.text.notation import Values, json_text, xml_characters

ROOT = "data/"
BOM = "\ufeff"
SEPARATOR = "；"
_TERM = frozenset({"id", "label"})
_CUT = "……（太长，全文见 JSON）"


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
        return Files(makers, map(self._together, self.kinds))

    def csv(self, kind: str) -> bytes:
        """Return the table of a kind as CSV (RFC 4180), the names of the columns in the first row."""
        table = CsvTable(columns_of(kind))
        for values in self._records(kind):
            table.add(_row(columns_of(kind), values))
        return table.content()

    def json(self, kind: str) -> bytes:
        """Return all records of a kind as one list, a record a line."""
        table = JsonTable()
        for values in self._records(kind):
            table.add(record_file(values))
        return table.content()

    def workbook(self, kind: str) -> bytes:
        """Return the table of a kind as a workbook, and a sheet that explains its columns."""
        book = self._book(kind)
        for values in self._records(kind):
            book.add(_row(columns_of(kind), values))
        return book.content()

    def all_of(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Yield the API's files of a kind's records, and its three tables: each record's values are worked out once.

        At 10,000 records this takes half the time of making each file by itself.
        """
        columns = columns_of(kind)
        table, lines, book = CsvTable(columns), JsonTable(), self._book(kind)
        for record, values in zip(self.publication.records[kind], self._records(kind), strict=True):
            file, row = record_file(values), _row(columns, values)
            yield file_of(record), file
            lines.add(file)
            table.add(row)
            book.add(row)
        yield f"{ROOT}{kind}.csv", table.content()
        yield f"{ROOT}{kind}.json", lines.content()
        yield f"{ROOT}{kind}.xlsx", book.content()

    def _together(self, kind: str) -> Together:
        tables = (f"{ROOT}{kind}.{form}" for form in ("csv", "json", "xlsx"))
        return Together((*map(file_of, self.publication.records[kind]), *tables), partial(self.all_of, kind))

    def _book(self, kind: str) -> BookOfRecords:
        library = self.publication.library
        return BookOfRecords(f"{self.publication.name}：{library.kind_label(kind)}", library.as_of, columns_of(kind))

    def _records(self, kind: str) -> Iterator[Values]:
        return (record_values(self.publication, record) for record in self.publication.records[kind])


Row = list[Any]
"""The values of a record, one for each column."""


def _row(columns: tuple[TableColumn, ...], values: Values) -> Row:
    return [column.value(values) for column in columns]


class CsvTable:
    """A table as CSV, encoded row by row, since long text takes up to four times its bytes."""

    def __init__(self, columns: tuple[TableColumn, ...]) -> None:
        self._columns = columns
        self._content = bytearray(BOM.encode())
        self._writer = csv.writer(self, lineterminator="\r\n")
        self._writer.writerow([column.name for column in columns])

    def write(self, text: str) -> None:
        """Take a finished line from the writer of the standard library."""
        self._content += text.encode()

    def add(self, row: Row) -> None:
        """Add a record."""
        self._writer.writerow([_csv_cell(column, value) for column, value in zip(self._columns, row, strict=True)])

    def content(self) -> bytes:
        """Return the file."""
        return bytes(self._content)


class JsonTable:
    """All records of a kind as one list of JSON."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []

    def add(self, file: bytes) -> None:
        """Add a record, as the API's file has it."""
        self._lines.append(file.rstrip(b"\n"))

    def content(self) -> bytes:
        """Return the file."""
        return b"[\n" + b",\n".join(self._lines) + b"\n]\n"


class BookOfRecords:
    """A workbook of records, and a sheet that explains its columns."""

    def __init__(self, title: str, as_of: PartialDate, columns: tuple[TableColumn, ...]) -> None:
        self._columns = columns
        self._book = Workbook(xml_characters(title), as_of.first_day)
        self._add = self._book.sheet("记录", [ColumnLook(column.title) for column in columns])

    def add(self, row: Row) -> None:
        """Add a record."""
        self._add([_sheet_cell(value) for value in row])

    def content(self) -> bytes:
        """Return the file."""
        add = self._book.sheet("各列的意思", [ColumnLook(title) for title in ("列", "字段名", "说明")])
        for column in self._columns:
            add((column.title, column.name, column.help))
        return self._book.content()


def _csv_cell(column: TableColumn, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if column.type is ColumnType.GROUPS:
        return json_text(value) if value else "[]"
    return guarded(SEPARATOR.join(value)) if isinstance(value, list) else str(value)


def _sheet_cell(value: Any) -> str | int | float | None:
    """Return a value as people read it in a cell; groups stand one below the other."""
    if isinstance(value, str):
        return _fitting(value)
    if isinstance(value, list):
        separator = "\n" if any(isinstance(item, dict) for item in value) else SEPARATOR
        return _fitting(separator.join(map(_words, value)))
    if isinstance(value, bool):
        return "是" if value else "否"
    return value  # type: ignore[no-any-return]


def _fitting(text: str) -> str:
    """Return what of a text a cell can hold, and say so where that is not all of it."""
    text = xml_characters(text)
    if fits_cell(text):
        return text
    beginning = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(_CUT))]
    return beginning.decode("utf-16-le", "ignore") + _CUT


def _words(value: Any) -> str:
    """Return a value in words, without what is not known."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(_words, value))
    if isinstance(value, dict):
        is_term = len(value) == 2 and value.keys() == _TERM
        return value["label"] if is_term else "，".join(filter(None, map(_words, value.values())))
    return str(value)
