"""The columns of a kind's table: nested groups become columns of their own, lists of groups stay together in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from macros.exports.values import DERIVED, shown_fields
from macros.records.model.description import FieldDescription, Form, flat_fields
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.text.notation import Values

TABLE_FACTS = ("address", "url", "level", "is_current", "is_unverified", "modified", "next_review")
"""The derived facts that tables have; the others are in the JSON."""


class ColumnType(StrEnum):
    """What stands in a column; the value is the type of the Table Schema specification."""

    TEXT = "string"
    NUMBER = "number"
    BOOL = "boolean"
    DAY = "date"
    GROUPS = "array"


@dataclass(frozen=True)
class TableColumn:
    """One column.

    Attributes:
        name: name of the column: the field's, with those of its groups before it, e.g. ``contact.phone``.
        title: Chinese title.
        help: what the field means; may be empty.
        type: what stands in it.
        path: where the value stands in `macros.exports.values.record_values`.
        part: ``id`` or ``label`` where the values are terms, otherwise empty.
        choices: the only values that may stand there; empty if they are not limited.
        required: whether each row has a value.
    """

    name: str
    title: str
    help: str
    type: ColumnType
    path: tuple[str, ...]
    part: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False

    def value(self, values: Values) -> Any:
        """Return a record's value for this column: plain, or a list; None if nothing is known."""
        value: Any = values
        for step in self.path:
            value = value.get(step) if value else None
        if self.part and isinstance(value, list):
            return [item[self.part] for item in value]
        return value[self.part] if self.part and value else value


_TYPES = {Form.NUMBER: ColumnType.NUMBER, Form.BOOL: ColumnType.BOOL, Form.FULL_DATE: ColumnType.DAY}
_FACT_TYPES = {
    "is_current": ColumnType.BOOL,
    "is_unverified": ColumnType.BOOL,
    "modified": ColumnType.DAY,
    "next_review": ColumnType.DAY,
}


@cache
def columns_of(kind: str) -> tuple[TableColumn, ...]:
    """Return the columns of a kind's table: the id, the fields in their order, and what follows from them."""
    own = TableColumn("id", "id", "记录的 id，也是网址的一部分", ColumnType.TEXT, ("id",), required=True)
    return (own, *_columns(KINDS[kind]), *_facts())


def _columns(model: type[Record]) -> Iterator[TableColumn]:
    for path, title, field in flat_fields(shown_fields(model)):
        if field.form in (Form.TERM, Form.CHOICE):
            yield from _term_columns(field, path, title)
        else:
            is_required = field.required and len(path) == 1
            yield TableColumn(".".join(path), title, field.help, _type(field), path, required=is_required)


def _type(field: FieldDescription) -> ColumnType:
    if field.group:
        return ColumnType.GROUPS
    return ColumnType.TEXT if field.is_list else _TYPES.get(field.form, ColumnType.TEXT)


def _term_columns(field: FieldDescription, path: tuple[str, ...], title: str) -> Iterator[TableColumn]:
    name = ".".join(path)
    choices = tuple(term.id for term in field.choice) if field.choice and not field.is_list else ()
    yield TableColumn(name, title, field.help, ColumnType.TEXT, path, "label")
    yield TableColumn(f"{name}.id", f"{title}（id）", field.help, ColumnType.TEXT, path, "id", choices)


def _facts() -> Iterator[TableColumn]:
    for fact in DERIVED:
        if fact.name in TABLE_FACTS:
            part = "label" if fact.name == "level" else ""
            type_ = _FACT_TYPES.get(fact.name, ColumnType.TEXT)
            yield TableColumn(f"derived.{fact.name}", fact.title, "", type_, ("derived", fact.name), part)
