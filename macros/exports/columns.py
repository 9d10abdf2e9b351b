"""The columns of a kind's table: nested groups become columns of their own, lists of groups stay together in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from macros.exports.notation import Values
from macros.exports.values import DERIVED, shown_fields
from macros.records.model.description import FieldDescription, Form
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import KINDS

TABLE_FACTS = ("address", "url", "level", "is_current", "is_unverified", "modified", "next_review")
"""The derived facts that tables have; the others are in the JSON."""


class Cell(StrEnum):
    """What stands in a column; the value is the type of the Table Schema specification."""

    TEXT = "string"
    NUMBER = "number"
    BOOL = "boolean"
    DAY = "date"
    GROUPS = "array"


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: name of the column: the field's, with those of its groups before it, e.g. ``contact.phone``.
        title: Chinese title.
        help: what the field means; may be empty.
        cell: what stands in it.
        path: where the value stands in `macros.exports.values.record_values`.
        part: ``id`` or ``label`` where the values are terms, otherwise empty.
        choices: the only values that may stand there; empty if they are not limited.
        required: whether each row has a value.
    """

    name: str
    title: str
    help: str
    cell: Cell
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


_CELLS = {Form.NUMBER: Cell.NUMBER, Form.BOOL: Cell.BOOL, Form.FULL_DATE: Cell.DAY}
_FACT_CELLS = {"is_current": Cell.BOOL, "is_unverified": Cell.BOOL, "modified": Cell.DAY, "next_review": Cell.DAY}


@cache
def columns_of(kind: str) -> tuple[Column, ...]:
    """Return the columns of a kind's table: the id, the fields in their order, and what follows from them."""
    own = Column("id", "id", "记录的 id，也是网址的一部分", Cell.TEXT, ("id",), required=True)
    return (own, *_columns(KINDS[kind], (), "", required=True), *_facts())


def _columns(model: type[FieldGroup], path: tuple[str, ...], title: str, required: bool) -> Iterator[Column]:
    for field in shown_fields(model):
        here = (*path, field.name)
        told = f"{title}：{field.title}" if title else field.title
        if field.group and not field.is_list:
            yield from _columns(field.group, here, told, required=False)
        elif field.form in (Form.TERM, Form.CHOICE):
            yield from _term_columns(field, here, told)
        else:
            yield Column(".".join(here), told, field.help, _cell(field), here, required=required and field.required)


def _cell(field: FieldDescription) -> Cell:
    if field.group:
        return Cell.GROUPS
    return Cell.TEXT if field.is_list else _CELLS.get(field.form, Cell.TEXT)


def _term_columns(field: FieldDescription, path: tuple[str, ...], title: str) -> Iterator[Column]:
    name = ".".join(path)
    choices = tuple(term.id for term in field.choice) if field.choice and not field.is_list else ()
    yield Column(name, title, field.help, Cell.TEXT, path, "label")
    yield Column(f"{name}.id", f"{title}（id）", field.help, Cell.TEXT, path, "id", choices)


def _facts() -> Iterator[Column]:
    for fact in DERIVED:
        if fact.name in TABLE_FACTS:
            part = "label" if fact.name == "level" else ""
            cell = _FACT_CELLS.get(fact.name, Cell.TEXT)
            yield Column(f"derived.{fact.name}", fact.title, "", cell, ("derived", fact.name), part)
