"""The rows of a sheet: what a record or an item of one says, cell by cell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from macros.editing.excel.cells import Cells
from macros.editing.excel.tables import Table
from macros.records.model.kinds import Record


@dataclass(frozen=True)
class Row:
    """One row as the data has it.

    Attributes:
        record: the record that it is, or belongs to.
        positions: the item's positions in its lists, from 0, the outermost first; empty for a record.
        cells: the texts of the columns with values.
        hash: tells whether the row still says the same.
    """

    record: Record
    positions: tuple[int, ...]
    cells: tuple[str, ...]
    hash: str

    def texts(self, table: Table) -> tuple[str, ...]:
        """Return the texts of all columns."""
        if not table.has_items:
            return (self.record.id, self.hash, *self.cells)
        numbers = (str(position + 1) for position in self.positions)
        return (self.record.id, self.hash, self.record.heading, *numbers, *self.cells, "")


def rows_of(table: Table, record: Record, cells: Cells) -> Iterator[Row]:
    """Yield the rows of one record in a sheet.

    Args:
        table: the sheet.
        record: a record of one of its kinds.
        cells: what turns values into texts.
    """
    for positions, group in _groups(table, record.document.data):
        texts = tuple(cells.show(column.field, _value(group, column.path)) for column in table.columns)
        yield Row(record, positions, texts, hash_of(table, texts))


def hash_of(table: Table, texts: Sequence[str]) -> str:
    """Return a short hash of what a row says; a column that is empty does not count, so that a new field changes none."""
    told = (f"{'.'.join(column.path)}\x1f{text}" for column, text in zip(table.columns, texts, strict=True) if text)
    return hashlib.sha256("\x1e".join(told).encode()).hexdigest()[:16]


def _groups(
    table: Table, group: Any, depth: int = 0, positions: tuple[int, ...] = ()
) -> Iterator[tuple[tuple[int, ...], Any]]:
    if depth == len(table.path):
        yield positions, group
        return
    inner = group.get(table.path[depth]) if isinstance(group, dict) else None
    if inner is None:
        return
    if depth + 1 not in table.lists:
        yield from _groups(table, inner, depth + 1, positions)
        return
    for position, item in enumerate(inner):
        yield from _groups(table, item, depth + 1, (*positions, position))


def _value(group: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        group = group.get(name) if isinstance(group, dict) else None
    return group
