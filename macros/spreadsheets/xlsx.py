"""Write workbooks (.xlsx): texts that are never formulas, and the same bytes for the same rows.

XlsxWriter puts each row into a temporary file as it comes, so that the XML of 10,000 long records (100 MB) is never
held at once. Nothing of the clock gets in: the day of making is given, and the archive's entries bear a fixed one.
"""

from __future__ import annotations

import codecs
import datetime
import io
import os
import stat
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from macros.spreadsheets.formulas import could_be_formula
from macros.spreadsheets.sheets import MOST_ROWS, column_name

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Values = Sequence[str | int | float | None]
"""A row; None and an empty text leave their cells empty."""


_NOTE_SIZE = {"width": 320, "height": 140}
_TOP = {"valign": "top"}
_EDITED = {"num_format": "@", "valign": "top", "text_wrap": True}
_EDITED_HEIGHT = 32
# What the archive notes of a file that was made on any system but Windows: which kind of system, and the file's mode.
_POSIX, _MODE = 3, (stat.S_IFREG | 0o600) << 16
_CHUNK = 65_536


@dataclass(frozen=True)
class CellMark:
    """What makes a cell of an edited workbook stand out.

    Attributes:
        colour: its fill, e.g. ``FFB3A7``.
        note: note on it; none if empty.
    """

    colour: str
    note: str = ""


Marks = Mapping[int, CellMark]
"""Number of the column, from 0 → what makes its cell stand out."""


class AddRow(Protocol):
    """Adds a row to a sheet."""

    def __call__(self, row: Values, marks: Marks = MappingProxyType({}), /) -> None:
        """Add a row, with marks on some of its cells."""


@dataclass(frozen=True)
class ColumnLook:
    """How one column looks and what may be put into it.

    Attributes:
        title: what stands in the first row.
        width: in characters.
        is_hidden: whether it is hidden.
        colour: fill of the title, e.g. ``DDE7F0``; none if empty.
        note: note on the title; none if empty.
        choices: words to choose from; anything may be written if there are none.
        is_open: whether other words than the choices are let pass.
    """

    title: str
    width: float = 20
    is_hidden: bool = False
    colour: str = ""
    note: str = ""
    choices: tuple[str, ...] = ()
    is_open: bool = False


class Workbook:
    """A workbook in the making.

    Args:
        title: what the workbook is called; may be empty.
        day: the day that stands for the time of making, since there is no clock.
        choices: name of the hidden last sheet that holds the words to choose from, without apostrophes.
        is_edited: whether people write into it: cells are texts then, whatever is typed, and wrap.
    """

    def __init__(self, title: str, day: datetime.date, choices: str = "", *, is_edited: bool = False) -> None:
        # A check makes no workbook, so it need not wait for this (60 ms).
        import xlsxwriter

        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, {"constant_memory": True})
        made = datetime.datetime.combine(day, datetime.time())
        self._book.set_properties({"title": title, "created": made})
        self._is_edited = is_edited
        self._looks: dict[tuple[str, bool], Format] = {}
        self._text = self._look("")
        self._look("", is_guarded=True)
        self._heads: dict[str, Format] = {}
        self._words_sheet = choices
        self._words: dict[tuple[str, ...], str] = {}

    def sheet(self, name: str, columns: Sequence[ColumnLook], frozen: int = 0) -> AddRow:
        """Begin a sheet; return the function that adds a row. Sheets stand in the order in which they are begun.

        Args:
            name: name on the tab; signs that none may have are replaced.
            columns: the columns, whose titles stay in view.
            frozen: how many columns at the left stay in view too.
        """
        sheet = self._book.add_worksheet(sheet_name(name))
        sheet.freeze_panes(1, frozen)
        if self._is_edited:
            sheet.set_default_row(_EDITED_HEIGHT)
        for number, column in enumerate(columns):
            self._column(sheet, number, column)
        rows = count(1)

        def add(row: Values, marks: Marks = MappingProxyType({}), /) -> None:
            number = next(rows)
            self._row(sheet, number, row, marks)
            for column, mark in marks.items():
                if mark.note:
                    sheet.write_comment(number, column, mark.note, _NOTE_SIZE)

        return add

    def content(self) -> bytes:
        """Return the finished workbook."""
        if self._words_sheet:
            sheet = self._book.add_worksheet(self._words_sheet)
            sheet.hide()
            for number, words in enumerate(zip_longest(*self._words)):
                self._row(sheet, number, words)
        self._book.close()
        content = self._buffer.getvalue()
        return content if os.linesep == "\n" else as_elsewhere(content)

    def _column(self, sheet: Worksheet, number: int, column: ColumnLook) -> None:
        look = self._text if self._is_edited else None
        sheet.set_column(number, number, column.width, look, {"hidden": column.is_hidden})
        sheet.write_string(0, number, column.title, self._head(column.colour))
        if column.note:
            sheet.write_comment(0, number, column.note, _NOTE_SIZE)
        if column.choices:
            sheet.data_validation(1, number, MOST_ROWS - 1, number, self._choice(column))

    def _head(self, colour: str) -> Format:
        if colour not in self._heads:
            look = {"bold": True, **({"num_format": "@"} if self._is_edited else {})}
            self._heads[colour] = self._book.add_format({**look, **({"bg_color": f"#{colour}"} if colour else {})})
        return self._heads[colour]

    def _choice(self, column: ColumnLook) -> dict[str, object]:
        words = column.choices
        letter = self._words.setdefault(words, column_name(len(self._words)))
        return {
            "validate": "list",
            "source": f"='{self._words_sheet}'!${letter}$1:${letter}${len(words)}",
            "show_error": not column.is_open,
            "error_title": "不在词表里",
            "error_message": "请从下拉的词里选一个。",
        }

    def _row(
        self,
        sheet: Worksheet,
        number: int,
        row: Iterable[str | int | float | None],
        marks: Marks = MappingProxyType({}),
    ) -> None:
        for column, value in enumerate(row):
            fill = marks[column].colour if column in marks else ""
            if isinstance(value, str):
                if value:
                    self._string(sheet, number, column, value, fill)
                elif fill:
                    sheet.write_blank(number, column, None, self._look(fill))
            elif value is not None:
                sheet.write_number(number, column, value, self._look(fill))

    def _string(self, sheet: Worksheet, row: int, column: int, text: str, fill: str) -> None:
        look = self._look(fill, is_guarded=could_be_formula(text))
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for finished XML of its own; in pieces it is a text again.
            sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], look)
        else:
            sheet.write_string(row, column, text, look)

    def _look(self, fill: str, *, is_guarded: bool = False) -> Format:
        if (fill, is_guarded) not in self._looks:
            look = {**(_EDITED if self._is_edited else _TOP), **({"bg_color": f"#{fill}"} if fill else {})}
            self._looks[fill, is_guarded] = self._book.add_format(
                {**look, **({"quote_prefix": True} if is_guarded else {})}
            )
        return self._looks[fill, is_guarded]


def sheet_name(name: str) -> str:
    """Return a name that a tab may have: 31 characters, none of ``[]:*?/\\``, no apostrophe at either end."""
    return name.translate(dict.fromkeys(map(ord, "[]:*?/\\"), "-"))[:31].strip("'") or "-"


def as_elsewhere(content: bytes) -> bytes:
    """Return a workbook that was made on Windows with the bytes that other systems make.

    XlsxWriter's temporary files are text, so Windows ends their lines in its own way, and the archive names the system.

    Args:
        content: the workbook.
    """
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for entry in made.infolist():
            lines = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")(), translate=True)
            with made.open(entry.filename) as source, archive.open(_anew(entry), "w") as target:
                while chunk := source.read(_CHUNK):
                    target.write(lines.decode(chunk).encode())
                target.write(lines.decode(b"", final=True).encode())
    return buffer.getvalue()


def _anew(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return an entry for the same file, with nothing known of its content yet."""
    fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
    fresh.compress_type, fresh.create_system, fresh.external_attr = zipfile.ZIP_DEFLATED, _POSIX, _MODE
    return fresh
