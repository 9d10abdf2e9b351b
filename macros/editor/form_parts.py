"""The parts of a form: fields with what they say now, their options, and what is wrong with them; nothing of HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import zip_longest

from macros.records.model.description import Form
from macros.records.model.walk import ValuePath
from macros.records.problems import Problem

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
        vocabulary: name of the vocabulary or the closed choice.
        kinds: the kinds that a reference may name; empty means any.
        groups: the group, or the groups of a list.
        blank: the group that is added to a list; its name holds `slot` in place of a position.
        group_name: name of the class of its groups, by which lists of the same are found.
        is_week: whether its groups say times of days of the week.
        purpose: why it should be filled in; empty if it need not.
        is_stamp: whether its value is worked out from a word.
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
    vocabulary: str = ""
    kinds: tuple[str, ...] = ()
    groups: tuple[FormGroup, ...] = ()
    blank: FormGroup | None = None
    group_name: str = ""
    is_week: bool = False
    purpose: str = ""
    is_stamp: bool = False
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
        before: for the whole record: the values that the form is made of, as JSON, which it sends back.
    """

    path: ValuePath
    name: str
    fields: tuple[FormField, ...]
    problems: tuple[Problem, ...] = ()
    origin: str = ""
    references: Mapping[tuple[str, ...], tuple[Option, ...]] = field(default_factory=dict)
    before: str = ""

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
