"""The questions of one record: what is published now, and what may be answered. No field is named here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from macros.editing.excel.rows import BOOLS, CellCodec
from macros.editing.questionnaire import week
from macros.records import yaml
from macros.records.model.description import FieldDescription, Form, fields_of, flat_fields
from macros.records.model.kinds import Record


@dataclass(frozen=True)
class QuestionnaireItem:
    """One line of a questionnaire.

    Attributes:
        key: tells it from others wherever the line is moved to, e.g. ``contact.phone``, ``opening 周一``.
        path: names of the field and of those around it.
        title: what the field is called, e.g. ``联系方式：电话``.
        field: the field.
        text: the question.
        published: what the site says now, as one would type it; empty for nothing.
        options: words to choose from.
        is_wanted: whether readers expect it and nobody has published it.
        day: the day of the week that it is about; empty for others.
        lead: what stands above it and those with the same lead; empty for nothing.
    """

    key: str
    path: tuple[str, ...]
    title: str
    field: FieldDescription
    text: str
    published: str
    options: tuple[str, ...] = ()
    is_wanted: bool = False
    day: str = ""
    lead: str = ""


@cache
def asked() -> Mapping[str, str]:
    """Return the wording: field, as ``contact.phone`` → the question, in the order in which they are put."""
    text = files("macros.editing.questionnaire").joinpath("wording.yml").read_text("utf-8")
    return dict(yaml.parse("wording.yml", text).data)


def questions_of(record: Record, codec: CellCodec) -> tuple[QuestionnaireItem, ...]:
    """Return what the place of a record is asked: first what readers expect and nobody has published, then the rest.

    Args:
        record: the record.
        codec: knows the vocabularies.
    """
    found = [
        question for path, one in _fields(type(record)).items() for question in _questions(record, path, one, codec)
    ]
    return tuple(sorted(found, key=lambda question: not question.is_wanted))


def _fields(model: type[Record]) -> dict[str, tuple[str, FieldDescription, bool]]:
    """Return path → title, field, and whether readers expect it, in the order of the wording."""
    expected = {field.name for field in fields_of(model) if field.expected}
    flat = {".".join(path): (path, title, field) for path, title, field in flat_fields(fields_of(model))}
    return {
        name: (title, field, field.expected and path[0] in expected)
        for name in asked()
        if name in flat
        for path, title, field in [flat[name]]
    }


def _questions(
    record: Record, name: str, one: tuple[str, FieldDescription, bool], codec: CellCodec
) -> Iterator[QuestionnaireItem]:
    title, field, is_expected = one
    path = tuple(name.split("."))
    value = _value(record.document.data, path)
    if week.is_week(field.group):
        yield from _week(name, path, title, field, value)
        return
    options = tuple(term.label for term in codec.terms(field, (record.kind,)))
    yield QuestionnaireItem(
        key=name,
        path=path,
        title=title,
        field=field,
        text=_worded(name, field, options),
        published=codec.show(field, value),
        options=BOOLS if field.form is Form.BOOL else () if field.is_list else options,
        is_wanted=is_expected and value is None,
    )


def _worded(name: str, field: FieldDescription, options: tuple[str, ...]) -> str:
    """Return the question; of several words that may be chosen together, with the words, since no list of a cell can do that."""
    if not field.is_list or not options:
        return asked()[name]
    return f"{asked()[name]}（可以写几个：{'、'.join(options)}）"


def _week(
    name: str, path: tuple[str, ...], title: str, field: FieldDescription, value: Any
) -> Iterator[QuestionnaireItem]:
    days = week.week_of(value or ())
    if days is None:
        return
    for day in week.WEEKDAYS:
        published = days[day] if value else ""
        yield QuestionnaireItem(
            f"{name} {day}", path, f"{title}：{day}", field, day, published, (), not value, day, asked()[name]
        )


def _value(data: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data
