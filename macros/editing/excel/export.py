"""Write the records as a workbook that editors can change in Excel or WPS, or one of its sheets as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from macros.editing.excel.rows import BOOLS, CellCodec, Row, rows_of
from macros.editing.excel.workbook_schema import REMOVE, WORDS, Kinds, SheetColumn, SheetSchema, tables_of
from macros.editing.guide.field_tables import what_to_write
from macros.records.collection import Collection
from macros.records.model.description import FieldDescription, Form
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.spreadsheets.csv_file import write_csv
from macros.spreadsheets.xlsx import ColumnLook, Workbook

_PLAIN, _REQUIRED = "DDE7F0", "F5D9B8"
_WIDTHS = {Form.PROSE: 48, Form.LINE: 28, Form.URL: 28}
_WIDTH = 14
_SHORT = (Form.TERM, Form.CHOICE, Form.REFERENCE)


def sheets_of(collection: Collection, kinds: Kinds = KINDS) -> tuple[SheetSchema, ...]:
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
    cells = CellCodec.of(collection)
    workbook = Workbook("", collection.as_of.first_day, WORDS, is_edited=True)
    for table, rows in zip(tables, _rows(tables, records, cells).values(), strict=True):
        add = workbook.sheet(table.name, list(looks_of(table, cells)), frozen=3 + len(table.positions))
        for row in rows:
            add(row.texts(table))
    return workbook.content()


def export_csv(collection: Collection, records: Iterable[Record], table: SheetSchema) -> bytes:
    """Return one sheet as a CSV file.

    Args:
        collection: the vocabularies.
        records: the records to write, in their order.
        table: the sheet.
    """
    rows = _rows([table], records, CellCodec.of(collection))[table.name]
    return write_csv([table.header, *(row.texts(table) for row in rows)])


def _rows(tables: Sequence[SheetSchema], records: Iterable[Record], cells: CellCodec) -> Mapping[str, list[Row]]:
    rows: dict[str, list[Row]] = {table.name: [] for table in tables}
    for record in records:
        for table in tables:
            if record.kind in table.kinds:
                rows[table.name] += rows_of(table, record, cells)
    return rows


def looks_of(table: SheetSchema, cells: CellCodec) -> Iterator[ColumnLook]:
    """Yield how the columns of a sheet look: those of the program's own, those with values, and the one to take out.

    Args:
        table: the sheet.
        cells: knows the vocabularies, whose words are offered.
    """
    for number, title in enumerate(table.header[: table.first_value]):
        yield ColumnLook(title, _WIDTH, is_hidden=number < 2, colour=_PLAIN)
    for column in table.columns:
        yield _look(column, table, cells)
    if table.has_items:
        yield ColumnLook(REMOVE, _WIDTH, colour=_PLAIN, choices=BOOLS[:1])


def _look(column: SheetColumn, table: SheetSchema, cells: CellCodec) -> ColumnLook:
    """Return how a column with values looks; where several words may stand in a cell, others are let pass."""
    described = column.field
    is_required = described.required and len(column.path) == 1
    terms = tuple(term.label for term in cells.terms(described, table.kinds))
    return ColumnLook(
        column.title,
        _WIDTHS.get(described.form, _WIDTH),
        colour=_REQUIRED if is_required else _PLAIN,
        note="\n".join(_note(described, is_required)),
        choices=BOOLS if described.form is Form.BOOL else terms,
        is_open=described.is_list,
    )


def _note(described: FieldDescription, is_required: bool) -> Iterator[str]:
    """Yield the lines of the note on a column's title."""
    yield ("必填。" if is_required else "") + what_to_write(described).replace("`", "")
    if described.help:
        yield described.help
    if described.is_list:
        yield "几项写在一格里，每项一行（Alt+回车换行）" + ("，或用“、”隔开" if described.form in _SHORT else "")
    if described.example:
        yield f"例如 {described.example}"
