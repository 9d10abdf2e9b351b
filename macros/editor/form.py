"""A record as a form: every field of its kind with what it says now, its choices, and what is wrong with it.

All of it follows from the models, so no field and no kind is named here. `macros.editor.submitted` reads back what a browser
sends for the form that is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from pydantic_core import PydanticCustomError

from macros.editor.shown import RAW_ITEM, can_show, joined, raw_text, shown_texts
from macros.records.collection import Collection
from macros.records.model.annotations import as_text
from macros.records.model.description import FieldDescription, Form, fields_in_files, fields_of, place_in_files
from macros.records.model.fields import read_bool
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Record
from macros.records.model.opening import DAYS
from macros.records.model.terms import Term
from macros.records.model.walk import ValuePath
from macros.records.problems import Problem

Placed = tuple[ValuePath, Problem]
"""A problem with the path of the value that is at fault; of a field that is missing, the path that it would have."""

MOST_LISTED = 300
"""Records that a browser is given to choose from without asking; of more, a script searches."""


_SMALL_GROUP, _FIRST_OF_LARGE = 7, 4
"""Of a group with more fields, so many are shown at once."""

_HEADING_FIELDS, _LONGEST_HEADING = 3, 60


class Widget(StrEnum):
    """What a field is filled in with."""

    LINE = "line"
    TEXT = "text"
    PROSE = "prose"
    SELECT = "select"
    CHECKS = "checks"
    REFERENCE = "reference"
    GROUP = "group"
    GROUPS = "groups"
    RAW = "raw"


@dataclass(frozen=True)
class Option:
    """One of the values that may be chosen.

    Attributes:
        value: what is sent.
        label: what people read.
        help: when to choose it.
        is_chosen: whether the record says so now.
        is_allowed: whether it may be written; what may not is offered because the record says it.
    """

    value: str
    label: str
    help: str = ""
    is_chosen: bool = False
    is_allowed: bool = True


@dataclass(frozen=True)
class FormField:
    """One field of a form.

    Attributes:
        path: where its value stands in the record.
        name: its name in the form, e.g. ``contact.phone``, ``opening.0.days``.
        title: Chinese title.
        help: what to write.
        example: a value that may be written.
        required: whether a record without it is wrong.
        expected: whether a record without it shows 未公布.
        widget: what it is filled in with.
        is_list: whether several values may be given.
        form: what each value is; None for what is no field of the model.
        values: what is written in it now; one text for a single value, none if it is empty.
        labels: what people read for each value, where that is another text: headings of records.
        choices: what may be chosen, or is proposed.
        kinds: the kinds that a reference may name; empty means any.
        groups: the group, or the groups of a list.
        blank: the group that is added to a list; its name holds `slot` in place of a position.
        group_name: name of the class of its groups, by which lists of the same are found.
        is_week: whether its groups say times of days of the week.
        problems: what is wrong with it.
        section: -1 for what leads a record, 1 for what closes it, 0 between them.
    """

    path: ValuePath
    name: str
    title: str
    widget: Widget
    help: str = ""
    example: str = ""
    required: bool = False
    expected: bool = False
    is_list: bool = False
    form: Form | None = None
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    choices: tuple[Option, ...] = ()
    kinds: tuple[str, ...] = ()
    groups: tuple[FormGroup, ...] = ()
    blank: FormGroup | None = None
    group_name: str = ""
    is_week: bool = False
    problems: tuple[Problem, ...] = ()
    section: int = 0

    @property
    def value(self) -> str:
        """The only value, or an empty text."""
        return self.values[0] if self.values else ""

    @property
    def is_filled(self) -> bool:
        """Whether something is written in it."""
        return bool(self.values or any(group.is_filled for group in self.groups) or (self.is_list and self.groups))

    @property
    def is_faulty(self) -> bool:
        """Whether something is wrong with it, or in it."""
        return bool(self.problems or any(group.is_faulty for group in self.groups))

    @property
    def is_leading(self) -> bool:
        """Whether it matters, or says something."""
        return self.required or self.expected or self.is_filled or self.is_faulty

    @property
    def in_words(self) -> str:
        """What it says, on one line."""
        chosen = [one.label for one in self.choices if one.is_chosen]
        texts = chosen or [label or text for text, label in zip_longest(self.values, self.labels, fillvalue="")]
        return "、".join(texts).replace("\n", " ")[:_LONGEST_HEADING]


@dataclass(frozen=True)
class FormGroup:
    """Fields that belong together: a whole record, a group, or one item of a list of groups.

    Attributes:
        path: where they stand in the record.
        name: name in the form; empty for the whole record.
        fields: the fields in their order; behind them what is no field of the model.
        problems: what is wrong with the group itself.
        origin: position in the list that the form was made of; empty for a new one.
        references: for the whole record: kinds → the records that a reference to them may name, if they are few.
    """

    path: ValuePath
    name: str
    fields: tuple[FormField, ...]
    problems: tuple[Problem, ...] = ()
    origin: str = ""
    references: Mapping[tuple[str, ...], tuple[Option, ...]] = field(default_factory=dict)

    @property
    def is_filled(self) -> bool:
        """Whether something is written in it."""
        return any(one.is_filled for one in self.fields)

    @property
    def is_faulty(self) -> bool:
        """Whether something is wrong with it, or in it."""
        return bool(self.problems or any(one.is_faulty for one in self.fields))

    @property
    def heading(self) -> str:
        """What the group says first, so that it is found among others."""
        texts = (one.in_words for one in self.fields if not one.groups)
        return " · ".join(list(filter(None, texts))[:_HEADING_FIELDS])

    def in_section(self, section: int) -> FormGroup:
        """Return the group with the fields of one section alone."""
        return replace(self, fields=tuple(one for one in self.fields if one.section == section))

    @property
    def leading(self) -> tuple[FormField, ...]:
        """The fields that are shown at once: of a large group, those that matter most or say something."""
        return tuple(one for one in self.fields if one.is_leading or one.name in self._first)

    @property
    def further(self) -> tuple[FormField, ...]:
        """The fields that may be opened: all others."""
        return tuple(one for one in self.fields if not (one.is_leading or one.name in self._first))

    @property
    def _first(self) -> frozenset[str]:
        count = 0 if not self.path else len(self.fields) if len(self.fields) <= _SMALL_GROUP else _FIRST_OF_LARGE
        return frozenset(one.name for one in self.fields[:count])

    def walk(self) -> Iterator[FormField]:
        """Yield all fields, those of groups behind the field that holds them."""
        for one in self.fields:
            yield one
            for group in one.groups:
                yield from group.walk()


def slot(depth: int) -> str:
    """Return what stands in names of a blank group in place of its position, by how many lists are around it."""
    return f"@{depth}@"


def form_of(
    model: type[Record],
    data: Mapping[str, Any],
    collection: Collection,
    problems: Iterable[Placed] = (),
    files: Iterable[str] = (),
) -> FormGroup:
    """Return the form of a record.

    Args:
        model: its kind.
        data: its values as `Document.data` has them, right or wrong.
        collection: the vocabularies, and the records that may be named.
        problems: what is wrong with it, each at its place.
        files: names of the files in the record's own folder.
    """
    making = _Making(model.kind, collection, list(problems), tuple(files))
    fields = tuple(making.fields(fields_in_files(model), data, (), ""))
    kinds = {one.kinds: making.records(one.kinds) for one in _deep(fields) if one.widget is Widget.REFERENCE}
    return FormGroup((), "", fields, making.problems_at(()), references=kinds)


def _deep(fields: Iterable[FormField]) -> Iterator[FormField]:
    for one in fields:
        yield one
        for group in (*one.groups, *([one.blank] if one.blank else ())):
            yield from _deep(group.fields)


@dataclass
class _Making:
    """Makes the fields of one form.

    Attributes:
        kind: kind of the record.
        collection: vocabularies and records.
        problems: those that no field has taken yet.
        files: names of files that may be chosen.
    """

    kind: str
    collection: Collection
    problems: list[Placed]
    files: tuple[str, ...]

    def fields(
        self, described: Iterable[FieldDescription], data: Mapping[str, Any], path: ValuePath, name: str, depth: int = 0
    ) -> Iterator[FormField]:
        """Yield the fields of a record or a group, then what else stands in it."""
        described = tuple(described)
        for one in described:
            yield self._field(one, data.get(one.name), (*path, one.name), _below(name, one.name), depth)
        for other in data.keys() - {one.name for one in described}:
            where = (*path, other)
            yield FormField(
                where, _below(name, other), other, Widget.RAW,
                values=(raw_text(data[other]),), problems=self.problems_at(where),
            )  # fmt: skip

    def _field(self, one: FieldDescription, value: Any, path: ValuePath, name: str, depth: int) -> FormField:
        details: dict[str, Any]
        if not can_show(one, value):
            details = {"widget": Widget.RAW, "values": (raw_text(value),)}
        elif one.group:
            details = self._groups(one, one.group, value, path, name, depth)
        else:
            details = self._values(one, value)
        details["problems"] = self.problems_at(path)  # what the fields within have not taken
        return FormField(
            path, name, one.title, help=one.help, example=one.example, required=one.required, expected=one.expected,
            is_list=one.is_list, form=one.form, section=_sign(place_in_files(one.name)) if len(path) == 1 else 0,
            **details,
        )  # fmt: skip

    def _groups(
        self, one: FieldDescription, model: type[FieldGroup], value: Any, path: ValuePath, name: str, depth: int
    ) -> dict[str, Any]:
        described = fields_of(model)
        if not one.is_list:
            fields = tuple(self.fields(described, value or {}, path, name, depth))
            return {"widget": Widget.GROUP, "groups": (FormGroup(path, name, fields),), "group_name": model.__name__}
        items = [self._item(model, item, (*path, n), _below(name, n), depth) for n, item in enumerate(value or ())]
        blank = _below(name, slot(depth))
        return {
            "widget": Widget.GROUPS,
            "groups": tuple(items),
            "blank": FormGroup(path, blank, tuple(self.fields(described, {}, (*path, -1), blank, depth + 1))),
            "group_name": model.__name__,
            "is_week": _is_week(described),
        }

    def _item(self, model: type[FieldGroup], item: Any, path: ValuePath, name: str, depth: int) -> FormGroup:
        if item is None or isinstance(item, dict):
            fields = tuple(self.fields(fields_of(model), item or {}, path, name, depth + 1))
        else:
            fields = (FormField(path, _below(name, RAW_ITEM), "内容", Widget.RAW, values=(raw_text(item),)),)
        return FormGroup(path, name, fields, self.problems_at(path), origin=str(path[-1]))

    def _values(self, one: FieldDescription, value: Any) -> dict[str, Any]:
        texts = shown_texts(one, value)
        choices = self._choices(one, texts)
        labels: tuple[str, ...] = ()
        if one.form in (Form.REFERENCE, Form.REFERENCE_OR_URL):
            widget = Widget.REFERENCE
            labels = tuple(self._heading(text) for text in texts)
        elif choices and one.form is not Form.FILE_NAME:
            widget = Widget.CHECKS if one.is_list else Widget.SELECT
        elif one.form is Form.PROSE:
            widget = Widget.PROSE
        else:
            widget = Widget.TEXT if any("\n" in text for text in texts) else Widget.LINE
        return {"widget": widget, "values": texts, "labels": labels, "choices": choices, "kinds": one.kinds}

    def _heading(self, identifier: str) -> str:
        record = self.collection.records.get(identifier.strip())
        return record.heading if record else ""

    def _choices(self, one: FieldDescription, texts: Sequence[str]) -> tuple[Option, ...]:
        if one.form is Form.FILE_NAME:
            return tuple(Option(name, name) for name in self.files)
        if one.form is Form.BOOL:
            return tuple(_yes_or_no(texts))
        if one.form not in (Form.TERM, Form.CHOICE):
            return ()
        whole = one.choice or self.collection.vocabularies.get(one.vocabulary)
        terms = tuple(whole.for_kind(self.kind)) if whole else ()
        return tuple(_terms(terms, texts))

    def records(self, kinds: tuple[str, ...]) -> tuple[Option, ...]:
        """Return the records of some kinds as choices; none if they are many."""
        found = [r for r in self.collection.records.values() if not kinds or r.kind in kinds]
        return tuple(Option(r.id, r.heading) for r in found) if len(found) <= MOST_LISTED else ()

    def problems_at(self, path: ValuePath) -> tuple[Problem, ...]:
        """Take and return the problems at a place and in it."""
        found = tuple(problem for where, problem in self.problems if where[: len(path)] == path)
        self.problems = [placed for placed in self.problems if placed[0][: len(path)] != path]
        return found


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


def _terms(terms: Sequence[Term], texts: Sequence[str]) -> Iterator[Option]:
    """Yield all terms; one that the record has is sent as the record writes it, by id or by label."""
    left = dict.fromkeys(texts)
    for term in terms:
        written = [text for text in left if text.strip() in (term.id, term.label)]
        if not written:
            yield Option(_to_write(term), term.label, term.help)
        for text in written:
            left.pop(text)
            yield Option(text, term.label, term.help, is_chosen=True)
    yield from (Option(text, text, is_chosen=True, is_allowed=False) for text in left)


def _to_write(term: Term) -> str:
    """Return how a term is written: by the id, which stays when the label changes, unless that is no word of its own."""
    return term.id if term.id.isascii() and not term.id.isdigit() else term.label


def _yes_or_no(texts: Sequence[str]) -> Iterator[Option]:
    word = texts[0] if texts else ""
    said = _said(word)
    for label, answer in (("是", True), ("否", False)):
        yield Option(word if said is answer else label, label, is_chosen=said is answer)
    if word and said is None:
        yield Option(word, word, is_chosen=True, is_allowed=False)


def _said(word: str) -> bool | None:
    try:
        return read_bool(as_text(word))
    except PydanticCustomError:
        return None
