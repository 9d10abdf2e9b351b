"""Write the records as a workbook that editors can change in Excel or WPS, or one of its sheets as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from macros.editing.excel.cells import BOOLS, Cells
from macros.editing.excel.rows import Row, rows_of
from macros.editing.excel.tables import WORDS, Column, Kinds, Table, tables_of
from macros.editing.guide.field_tables import what_to_write
from macros.editing.workbook import to_bytes
from macros.records.collection import Collection
from macros.records.model.dates import PartialDate
from macros.records.model.description import FieldDescription, Form
from macros.records.model.kinds import KINDS, Record
from macros.spreadsheets.csv_file import write_csv
from macros.spreadsheets.sheets import MOST_ROWS

_TEXT = "@"
_HEAD, _REQUIRED_HEAD = NamedStyle("标题"), NamedStyle("必填标题")
_BODY = NamedStyle("内容", number_format=_TEXT, alignment=Alignment(vertical="top", wrap_text=True))
for _style, _colour in ((_HEAD, "DDE7F0"), (_REQUIRED_HEAD, "F5D9B8")):
    _style.font, _style.number_format = Font(bold=True), _TEXT
    _style.fill = PatternFill("solid", start_color=_colour)
_WIDTHS = {Form.PROSE: 48, Form.LINE: 28, Form.URL: 28}
_ROW_HEIGHT = 32
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\ufffe\uffff]")


def sheets_of(collection: Collection, kinds: Kinds = KINDS) -> tuple[Table, ...]:
    """Return all sheets of a workbook, with the kinds' names for people."""
    return tables_of(kinds, {kind: collection.kind_label(kind) for kind in kinds})


def export_workbook(collection: Collection, records: Iterable[Record], kinds: Kinds = KINDS) -> bytes:
    """Return the records as an xlsx file, the same bytes for the same records.

    Args:
        collection: the vocabularies, and the day that stands for the time of making.
        records: the records to write, in their order.
        kinds: the kinds by name.
    """
    tables = sheets_of(collection, kinds)
    rows = _rows(tables, records, Cells(collection.vocabularies))
    return _Export(Cells(collection.vocabularies)).made(tables, rows, collection.as_of)


def export_csv(collection: Collection, records: Iterable[Record], table: Table) -> bytes:
    """Return one sheet as a CSV file.

    Args:
        collection: the vocabularies.
        records: the records to write, in their order.
        table: the sheet.
    """
    rows = _rows([table], records, Cells(collection.vocabularies))[table.name]
    return write_csv([table.header, *(row.texts(table) for row in rows)])


def _rows(tables: Sequence[Table], records: Iterable[Record], cells: Cells) -> Mapping[str, list[Row]]:
    rows: dict[str, list[Row]] = {table.name: [] for table in tables}
    for record in records:
        for table in tables:
            if record.kind in table.kinds:
                rows[table.name] += rows_of(table, record, cells)
    return rows


@dataclass
class _Export:
    """One workbook in the making.

    Attributes:
        cells: knows the terms that may be chosen.
        words: the lists to choose from, each with its column of the hidden sheet.
    """

    cells: Cells
    words: dict[tuple[str, ...], str] = field(default_factory=dict)

    def made(self, tables: Sequence[Table], rows: Mapping[str, list[Row]], as_of: PartialDate) -> bytes:
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for style in (_HEAD, _REQUIRED_HEAD, _BODY):
            workbook.add_named_style(style)
        for table in tables:
            self._sheet(workbook.create_sheet(table.name), table, rows[table.name])
        self._words(workbook.create_sheet(WORDS))
        return to_bytes(workbook, as_of)

    def _sheet(self, sheet: Worksheet, table: Table, rows: Iterable[Row]) -> None:
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _ROW_HEIGHT, True
        sheet.freeze_panes = f"{get_column_letter(3 + (1 if not table.has_items else 1 + len(table.positions)))}2"
        for number, title in enumerate(table.header, 1):
            head = sheet.cell(1, number, title)
            head.style = _HEAD.name
            dimension = sheet.column_dimensions[get_column_letter(number)]
            dimension.number_format, dimension.alignment = _TEXT, Alignment(vertical="top", wrap_text=True)
            dimension.width, dimension.hidden = 14, number <= 2
        for number, column in enumerate(table.columns, table.first_value + 1):
            self._head(sheet, number, column, table)
        if table.has_items:
            self._choose(sheet, len(table.header), BOOLS[:1])
        for number, row in enumerate(rows, 2):
            _fill(sheet, number, row.texts(table))

    def _head(self, sheet: Worksheet, number: int, column: Column, table: Table) -> None:
        described = column.field
        head = sheet.cell(1, number)
        is_required = described.required and len(column.path) == 1
        head.style = (_REQUIRED_HEAD if is_required else _HEAD).name
        note = Comment("\n".join(_note(described, is_required)), "kepu")
        note.width, note.height = 320, 140
        head.comment = note
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(described.form, 14)
        terms = tuple(term.label for term in self.cells.terms(described, table.kinds))
        if words := BOOLS if described.form is Form.BOOL else terms:
            self._choose(sheet, number, words, is_list=described.is_list)

    def _choose(self, sheet: Worksheet, column: int, words: tuple[str, ...], is_list: bool = False) -> None:
        """Offer words in a column; where several may stand in a cell, others are let pass."""
        letter = self.words.setdefault(words, get_column_letter(len(self.words) + 1))
        place = f"{quote_sheetname(WORDS)}!${letter}$1:${letter}${len(words)}"
        choice = DataValidation("list", formula1=place, allow_blank=True, showErrorMessage=not is_list)
        choice.errorTitle, choice.error = "不在词表里", "请从下拉的词里选一个。"
        own = get_column_letter(column)
        choice.add(f"{own}2:{own}{MOST_ROWS}")
        sheet.add_data_validation(choice)

    def _words(self, sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"
        for number, words in enumerate(self.words, 1):
            for row, word in enumerate(words, 1):
                sheet.cell(row, number, word)


def _fill(sheet: Worksheet, number: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, 1):
        if text:
            cell = sheet.cell(number, column, _escaped(text))
            cell.style = _BODY.name
            # A name that begins with "=" is a name, not a formula.
            cell.data_type = "s"


def _escaped(text: str) -> str:
    """Escape what XML can't hold, and what spreadsheets would take for such an escape (``_x0041_`` for A)."""
    text = _ESCAPE.sub("_x005F_", text) if "_x" in text else text
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _note(described: FieldDescription, is_required: bool) -> Iterator[str]:
    """Yield the lines of the note on a column's title."""
    yield ("必填。" if is_required else "") + what_to_write(described).replace("`", "")
    if described.help:
        yield described.help
    if described.is_list:
        yield "几项写在一格里，每项一行（Alt+回车换行）" + ("，或用“、”隔开" if described.form in _SHORT else "")
    if described.example:
        yield f"例如 {described.example}"


_SHORT = (Form.TERM, Form.CHOICE, Form.REFERENCE)
