"""Which sheets a workbook has and which columns a sheet has, worked out from the fields of the models.

Each kind has a sheet with a row for each record; groups that stand once (a contact) become columns of it. Groups that
stand several times (recognitions, sources) have sheets of their own, shared by all kinds that have them, with a row for
each item, known by the record's id and the item's positions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from macros.records.model.description import FieldDescription, fields_in_files, fields_of, flat_fields
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Record
from macros.records.model.walk import ValuePath

Kinds = Mapping[str, type[Record]]

ID, HASH, RECORD, POSITION, REMOVE = "id", "校验", "记录", "序号", "删去"
WORDS = "词表"
REVIEW, FINDINGS = "要核对", "核对"
"""The column and the sheet in which a table for review says what is open."""
_LONGEST_NAME = 31


@dataclass(frozen=True)
class SheetColumn:
    """One column with a field's values.

    Attributes:
        title: what stands in the header row, e.g. ``联系方式：电话``.
        path: names of the field and the groups around it, from the row's own group.
        field: the field.
    """

    title: str
    path: tuple[str, ...]
    field: FieldDescription


@dataclass(frozen=True)
class SheetSchema:
    """One sheet.

    Attributes:
        name: what stands on the tab.
        kinds: the kinds whose records have rows here.
        path: names from the record to the list whose items are the rows; empty for a kind's own sheet.
        lists: how many leading names of the path, each time, end at a list, e.g. ``(1, 2)`` for ``events.sources``.
        titles: Chinese titles of those lists.
        columns: the columns with values.
    """

    name: str
    kinds: tuple[str, ...]
    path: tuple[str, ...]
    lists: tuple[int, ...]
    titles: tuple[str, ...]
    columns: tuple[SheetColumn, ...]

    @property
    def has_items(self) -> bool:
        """Whether the rows are items of lists, not records."""
        return bool(self.path)

    @property
    def positions(self) -> tuple[str, ...]:
        """Titles of the columns that tell an item's positions, the outermost list first."""
        return (*(f"{title}{POSITION}" for title in self.titles[:-1]), POSITION) if self.has_items else ()

    @property
    def mark(self) -> str:
        """Title of the column with the rows' hashes: it tells the sheet from others, also in a CSV file."""
        return f"{HASH}（{self.name}）"

    @property
    def header(self) -> tuple[str, ...]:
        """The titles of all columns."""
        titles = tuple(column.title for column in self.columns)
        if not self.has_items:
            return (ID, self.mark, *titles)
        return (ID, self.mark, RECORD, *self.positions, *titles, REMOVE)

    @property
    def first_value(self) -> int:
        """Number of columns before those with values."""
        return len(self.header) - len(self.columns) - self.has_items

    def place(self, positions: tuple[int, ...]) -> ValuePath:
        """Return the path in a record to the item at some positions; empty for the record itself."""
        steps: list[str | int] = []
        for number, name in enumerate(self.path, 1):
            steps.append(name)
            if number in self.lists:
                steps.append(positions[self.lists.index(number)])
        return tuple(steps)


def tables_of(kinds: Kinds, labels: Mapping[str, str]) -> tuple[SheetSchema, ...]:
    """Return all sheets: those of the kinds first, then those of their lists.

    Args:
        kinds: the kinds by name.
        labels: the kinds' names for people.
    """
    found = _Names()
    own = [
        SheetSchema(found.free(labels.get(kind, kind)), (kind,), (), (), (), tuple(_columns(model)))
        for kind, model in kinds.items()
    ]
    groups: dict[_List, list[str]] = {}
    for kind, model in kinds.items():
        for group in _lists(model):
            groups.setdefault(group, []).append(kind)
    return (*own, *(_items(found, group, tuple(users)) for group, users in groups.items()))


@dataclass(frozen=True)
class _List:
    """A list of groups that some kinds have."""

    path: tuple[str, ...]
    lists: tuple[int, ...]
    titles: tuple[str, ...]
    model: type[FieldGroup]


def _items(names: _Names, group: _List, kinds: tuple[str, ...]) -> SheetSchema:
    name = names.free("·".join(group.titles))
    return SheetSchema(name, kinds, group.path, group.lists, group.titles, tuple(_columns(group.model)))


@dataclass
class _Names:
    """Gives out names that tabs may have, each once, whatever the case of its letters."""

    taken: set[str] = field(default_factory=lambda: {WORDS, FINDINGS})

    def free(self, wanted: str) -> str:
        stem = re.sub(r"[\[\]:*?/\\]", "-", wanted).strip("'")[:_LONGEST_NAME] or "-"
        name, number = stem, 1
        while name.casefold() in self.taken:
            number += 1
            name = f"{stem[: _LONGEST_NAME - 3]}{number}"
        self.taken.add(name.casefold())
        return name


def _fields(model: type[FieldGroup]) -> tuple[FieldDescription, ...]:
    return fields_in_files(model) if issubclass(model, Record) else fields_of(model)


def _columns(model: type[FieldGroup]) -> Iterator[SheetColumn]:
    for path, title, described in flat_fields(_fields(model)):
        if described.group is None:
            yield SheetColumn(title, path, described)


def _lists(
    model: type[FieldGroup], path: tuple[str, ...] = (), lists: tuple[int, ...] = (), titles: tuple[str, ...] = ()
) -> Iterator[_List]:
    for described in _fields(model):
        here = (*path, described.name)
        if described.group is None:
            continue
        if described.is_list:
            group = _List(here, (*lists, len(here)), (*titles, described.title), described.group)
            yield group
            yield from _lists(described.group, here, group.lists, group.titles)
        else:
            yield from _lists(described.group, here, lists, titles)
