"""A record as a form: every field of its kind with what it says now, its choices, and what is wrong with it.

All of it follows from the models, so no field and no kind is named here. `macros.editor.submitted` reads back what a browser
sends for the form that is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from macros.editor.form_parts import FormField, FormGroup, Option, Widget
from macros.editor.guidance import form_example, form_help, form_message
from macros.editor.options import term_options, yes_or_no
from macros.editor.shown import RAW_ITEM, can_show, data_text, joined, raw_text, shown_texts
from macros.records.collection import Collection
from macros.records.model.description import FieldDescription, Form, fields_in_files, fields_of, place_in_files
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Record
from macros.records.model.opening import DAYS
from macros.records.model.terms import Term
from macros.records.model.walk import ValuePath
from macros.records.problems import Problem

Placed = tuple[ValuePath | None, Problem]
"""A problem with the path of the value that is at fault, of a field that is missing the path that it would have; None for
what is wrong elsewhere because of the record."""

MOST_LISTED = 300
"""Records that a browser is given to choose from without asking; of more, a script searches."""


def slot(depth: int) -> str:
    """Return what stands in names of a blank group in place of its position, by how many lists are around it."""
    return f"@{depth}@"


def form_of(
    model: type[FieldGroup],
    data: Mapping[str, Any],
    collection: Collection,
    problems: Iterable[Placed] = (),
    files: Iterable[str] = (),
) -> FormGroup:
    """Return the form of a record.

    Args:
        model: its kind, or another group that stands by itself.
        data: its values as `Document.data` has them, right or wrong.
        collection: the vocabularies, and the records that may be named.
        problems: what is wrong with it, each at its place.
        files: names of the files in the record's own folder.
    """
    making = _Making(
        model,
        collection,
        [(path or (), replace(one, message=form_message(one))) for path, one in problems],
        tuple(files),
    )
    fields = tuple(making.fields(model, data, (), ""))
    kinds = {one.kinds: making.records(one.kinds) for one in _deep(fields) if one.widget is Widget.REFERENCE}
    return FormGroup((), "", fields, making.problems_at(()), references=kinds, before=data_text(data))


def _deep(fields: Iterable[FormField]) -> Iterator[FormField]:
    for one in fields:
        yield one
        for group in (*one.groups, *([one.blank] if one.blank else ())):
            yield from _deep(group.fields)


_CHOSEN = (Form.TERM, Form.CHOICE)
_REFERENCES = (Form.REFERENCE, Form.REFERENCE_OR_URL)


@dataclass
class _Making:
    """Makes the fields of one form.

    Attributes:
        model: class of the whole record.
        collection: vocabularies and records.
        problems: those that no field has taken yet.
        files: names of files that may be chosen.
    """

    model: type[FieldGroup]
    collection: Collection
    problems: list[tuple[ValuePath, Problem]]
    files: tuple[str, ...]

    def fields(
        self, model: type[FieldGroup], data: Mapping[str, Any], path: ValuePath, name: str, depth: int = 0
    ) -> Iterator[FormField]:
        """Yield the fields of a record or a group, then what else stands in it."""
        described = fields_of(model) if path else fields_in_files(model)
        for one in described:
            yield self._field(one, model, data.get(one.name), (*path, one.name), _below(name, one.name), depth)
        for other in [key for key in data if key not in {one.name for one in described}]:
            where = (*path, other)
            yield FormField(
                where, _below(name, other), other, Widget.RAW,
                values=(raw_text(data[other]),), problems=self.problems_at(where),
            )  # fmt: skip

    def _field(
        self, one: FieldDescription, model: type[FieldGroup], value: Any, path: ValuePath, name: str, depth: int
    ) -> FormField:
        details: dict[str, Any]
        if not can_show(one, value):
            details = {"widget": Widget.RAW, "values": (raw_text(value),)}
        elif one.group:
            details = self._groups(one, one.group, value, path, name, depth)
        else:
            details = self._values(one, value)
        details["problems"] = self.problems_at(path)  # what the fields within have not taken
        details["help"] = form_help(model, one.name, details["widget"], details.get("choices", ()))
        details["section"] = _sign(place_in_files(one.name)) if len(path) == 1 else 0
        return FormField(
            path, name, one.title, example=form_example(one, details["widget"]), required=one.required,
            expected=one.expected, is_list=one.is_list, form=one.form, is_stamp=one.is_stamp, purpose=one.purpose,
            vocabulary=one.choice.name if one.choice else one.vocabulary, **details,
        )  # fmt: skip

    def _groups(
        self, one: FieldDescription, model: type[FieldGroup], value: Any, path: ValuePath, name: str, depth: int
    ) -> dict[str, Any]:
        if not one.is_list:
            fields = tuple(self.fields(model, value or {}, path, name, depth))
            return {"widget": Widget.GROUP, "groups": (FormGroup(path, name, fields),), "group_name": model.__name__}
        items = [self._item(model, item, (*path, n), _below(name, n), depth) for n, item in enumerate(value or ())]
        blank = _below(name, slot(depth))
        return {
            "widget": Widget.GROUPS,
            "groups": tuple(items),
            "blank": FormGroup(path, blank, tuple(self.fields(model, {}, (*path, -1), blank, depth + 1))),
            "group_name": model.__name__,
            "is_week": _is_week(fields_of(model)),
        }

    def _item(self, model: type[FieldGroup], item: Any, path: ValuePath, name: str, depth: int) -> FormGroup:
        if item is None or isinstance(item, dict):
            fields = tuple(self.fields(model, item or {}, path, name, depth + 1))
        else:
            fields = (FormField(path, _below(name, RAW_ITEM), "内容", Widget.RAW, values=(raw_text(item),)),)
        return FormGroup(path, name, fields, self.problems_at(path), origin=str(path[-1]))

    def _values(self, one: FieldDescription, value: Any) -> dict[str, Any]:
        texts = shown_texts(one, value)
        choices = self._choices(one, texts)
        widget = _widget(one, texts, choices)
        labels = tuple(map(self._heading, texts)) if one.form in _REFERENCES else ()
        return {"widget": widget, "values": texts, "labels": labels, "choices": choices, "kinds": one.kinds}

    def _heading(self, identifier: str) -> str:
        record = self.collection.records.get(identifier.strip())
        return record.heading if record else ""

    def _choices(self, one: FieldDescription, texts: Sequence[str]) -> tuple[Option, ...]:
        if one.form is Form.FILE_NAME:
            return tuple(Option(name, name) for name in self.files)
        if one.form is Form.BOOL:
            return tuple(yes_or_no(texts))
        return tuple(term_options(self._terms(one), texts)) if one.form in _CHOSEN or one.names_fields else ()

    def _terms(self, one: FieldDescription) -> tuple[Term, ...]:
        if one.names_fields:
            fields = fields_in_files(self.model)
            return tuple(Term("fields-of-record", other.name, other.title) for other in fields if other.title)
        whole = one.choice or self.collection.vocabularies.get(one.vocabulary)
        kind = self.model.kind if issubclass(self.model, Record) else ""
        return tuple(whole.for_kind(kind)) if whole else ()

    def records(self, kinds: tuple[str, ...]) -> tuple[Option, ...]:
        """Return the records of some kinds as choices; none if they are many."""
        found = [r for r in self.collection.records.values() if not kinds or r.kind in kinds]
        return tuple(Option(r.id, r.heading) for r in found) if len(found) <= MOST_LISTED else ()

    def problems_at(self, path: ValuePath) -> tuple[Problem, ...]:
        """Take and return the problems at a place and in it."""
        found = tuple(problem for where, problem in self.problems if where[: len(path)] == path)
        self.problems = [placed for placed in self.problems if placed[0][: len(path)] != path]
        return found


def _widget(one: FieldDescription, texts: Sequence[str], choices: Sequence[Option]) -> Widget:
    if choices and one.form is not Form.FILE_NAME:
        return Widget.CHECKS if one.is_list else Widget.SELECT
    if one.form is Form.PROSE:
        return Widget.PROSE
    if any("\n" in text for text in texts):  # an input of one line would lose them
        return Widget.TEXT
    return Widget.REFERENCE if one.form in _REFERENCES else Widget.LINE


def _below(name: str, step: str | int) -> str:
    return f"{name}.{joined(step)}" if name else joined(step)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _is_week(described: Iterable[FieldDescription]) -> bool:
    """Tell whether groups say times of days of the week: which days, and from when until when."""
    found = tuple(described)
    return any(one.choice is DAYS.choice and one.is_list for one in found) and (
        sum(one.form is Form.TIME for one in found) >= 2
    )
