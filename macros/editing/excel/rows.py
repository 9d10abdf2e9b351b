"""The rows of a sheet: what a record or an item of one says, cell by cell, and what value each cell stands for."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from macros.editing.excel.words import same_terms
from macros.editing.excel.workbook_schema import SheetSchema
from macros.editing.fix.value_fixes import fixed_value
from macros.editing.source.scalars import Value
from macros.records.collection import Collection
from macros.records.model.description import FieldDescription, Form
from macros.records.model.kinds import Record
from macros.records.model.opening import DAYS
from macros.records.model.terms import Term, Vocabulary
from macros.records.model.weekdays import weekdays
from macros.spreadsheets.sheets import fits_cell
from macros.text import telephones

TOO_LONG = "（内容太长，表格里放不下；要改请直接改记录的文件）"
BOOLS = ("是", "否")
_BOOLS = {"true": "是", "false": "否"}
_WORDS = (Form.TERM, Form.CHOICE)
_REFERENCES = (Form.REFERENCE, Form.REFERENCE_OR_URL)
_SEPARATORS = re.compile(r"[\n、，,;；]")


@dataclass(frozen=True)
class CellCodec:
    """Turns values into cells and cells into values.

    Attributes:
        vocabularies: the vocabularies by name.
        names: what a record is called → the ids of the records that are called so, for cells that refer to records.
        area: the area code of nearly all telephone numbers of the project; empty if there is none.
    """

    vocabularies: Mapping[str, Vocabulary]
    names: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    area: str = ""

    @classmethod
    def of(cls, collection: Collection) -> CellCodec:
        """Return the codec for the records of a project."""
        names: dict[str, list[str]] = {}
        for record in collection.records.values():
            for name in dict.fromkeys(record.names):
                names.setdefault(name, []).append(record.id)
        contacts = (getattr(record, "contact", None) for record in collection.records.values())
        phones = (contact.phone for contact in contacts if contact and contact.phone)
        area = collection.region.area_code or telephones.area_code(phones)
        own = {name: ids for name, ids in names.items() if name not in collection.records}
        return cls(collection.vocabularies, own, area)

    def terms(self, field: FieldDescription, kinds: Iterable[str]) -> tuple[Term, ...]:
        """Return the terms that may be chosen in a field by records of the kinds; none if it is no choice."""
        allowed = {"", *kinds}
        return tuple(term for term in self._vocabulary(field) or () if term.kind in allowed)

    def show(self, field: FieldDescription, value: Any) -> str:
        """Return the text of the cell for a value as `Document.data` has it; empty for none."""
        if value is None:
            return ""
        if not isinstance(value, list):
            shown = tidy(self._word(field, str(value)))
            return shown if fits_cell(shown) else TOO_LONG
        shown_items = [tidy(self._word(field, str(item))) for item in value]
        has_separator = any(_SEPARATORS.search(item) for item in shown_items)
        return ("\n" if has_separator or not _is_short(field) else "、").join(shown_items)

    def read(self, field: FieldDescription, text: str) -> Value | None:
        """Return the value that a cell's text stands for, right or wrong, or None for an empty cell."""
        if not text.strip():
            return None
        if not field.is_list:
            return self._id(field, text)
        return [self._id(field, item.strip()) for item in self._split(field, text) if item.strip()]

    def canonical(self, field: FieldDescription, text: str) -> str:
        """Return what a cell says, in the words in which our own cells say it."""
        return self.show(field, self.read(field, text)) if text else ""

    def same(self, field: FieldDescription, left: str, right: str) -> bool:
        """Tell whether two cells say the same."""
        if left == right:
            return True
        if field.form in (Form.NUMBER, Form.NUMBER_OR_LINE):
            numbers = _number(left), _number(right)
            return None not in numbers and numbers[0] == numbers[1]
        if field.form is Form.TIME:
            return self._clock_time(field, left) == self._clock_time(field, right)
        return self.fixed(field, right) == left or self.canonical(field, left) == self.canonical(field, right)

    def fixed(self, field: FieldDescription, text: str) -> str | None:
        """Return what a cell was meant to say, where that is certain: as `fixed_value`, and telephones with their area code."""
        completed = telephones.with_area_code(text, self.area) if field.form is Form.PHONE else None
        return completed or fixed_value(field, text)

    def _clock_time(self, field: FieldDescription, text: str) -> str:
        """Return one writing of a time: Excel's CSV has 9:00:00 for 09:00."""
        return (self.fixed(field, text) or text).zfill(len("09:00")) if text else ""

    def _vocabulary(self, field: FieldDescription) -> Vocabulary | None:
        return field.choice or self.vocabularies.get(field.vocabulary)

    def _word(self, field: FieldDescription, text: str) -> str:
        if field.form is Form.BOOL:
            return _BOOLS.get(text.strip().lower(), text)
        vocabulary = self._vocabulary(field) if field.form in _WORDS else None
        term = vocabulary.find(text.strip()) if vocabulary else None
        return term.label if term else text

    def _id(self, field: FieldDescription, text: str) -> str:
        vocabulary = self._vocabulary(field) if field.form in _WORDS else None
        term = vocabulary.find(text.strip()) if vocabulary else None
        if term:
            return term.id
        same = same_terms(text, vocabulary) if vocabulary else ()
        if len(same) == 1:
            return same[0].id
        ids = self.names.get(text.strip(), ()) if field.form in _REFERENCES else ()
        return ids[0] if len(ids) == 1 else text

    def _split(self, field: FieldDescription, text: str) -> list[str]:
        """Split at line breaks; short words also at commas, unless the whole is one word."""
        vocabulary = self._vocabulary(field)
        if "\n" in text or not _is_short(field) or (vocabulary and vocabulary.find(text.strip())):
            return text.split("\n")
        if field.form is Form.REFERENCE and text.strip() in self.names:
            return [text]
        items = _SEPARATORS.split(text)
        if vocabulary and vocabulary is DAYS.choice:
            return [day for item in items for day in weekdays(item) or [item]]
        return items


def _is_short(field: FieldDescription) -> bool:
    """Tell whether the items of a list are words without commas, so that they can stand on one line."""
    return field.form in (*_WORDS, Form.REFERENCE)


def tidy(text: str) -> str:
    """Return text without what tables add or lose: other line ends, and white space around it.

    Spaces that begin the first line stay, since in Markdown they mean something; a space of full width does not.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return lines if "\n" in lines else lines.strip()


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


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

    def texts(self, table: SheetSchema) -> tuple[str, ...]:
        """Return the texts of all columns."""
        if not table.has_items:
            return (self.record.id, self.hash, *self.cells)
        numbers = (str(position + 1) for position in self.positions)
        return (self.record.id, self.hash, self.record.heading, *numbers, *self.cells, "")


def rows_of(table: SheetSchema, record: Record, cells: CellCodec) -> Iterator[Row]:
    """Yield the rows of one record in a sheet.

    Args:
        table: the sheet.
        record: a record of one of its kinds.
        cells: what turns values into texts.
    """
    for positions, group in _groups(table, record.document.data):
        texts = tuple(cells.show(column.field, _value(group, column.path)) for column in table.columns)
        yield Row(record, positions, texts, hash_of(table, texts))


def hash_of(table: SheetSchema, texts: Sequence[str]) -> str:
    """Return a short hash of what a row says; a column that is empty does not count, so that a new field changes none."""
    filled = (f"{'.'.join(column.path)}\x1f{text}" for column, text in zip(table.columns, texts, strict=True) if text)
    # A letter first: programs take 16 digits with an e among them for a number, and round it.
    return "h" + hashlib.sha256("\x1e".join(filled).encode()).hexdigest()[:16]


def _groups(
    table: SheetSchema, group: Any, depth: int = 0, positions: tuple[int, ...] = ()
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
