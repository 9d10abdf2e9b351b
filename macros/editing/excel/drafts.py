"""A record while cells are being put into it: its values, and where each came from."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from macros.editing.excel.imported import ImportedRow
from macros.editing.excel.workbook_schema import REMOVE, SheetColumn
from macros.editing.source.scalars import Value
from macros.records.model.kinds import Record
from macros.records.model.walk import ValuePath
from macros.spreadsheets.sheets import Spot


@dataclass(frozen=True)
class Placed:
    """A row of the file and where what it says stands in the record.

    Attributes:
        row: the row.
        place: path of the record or the item.
    """

    row: ImportedRow
    place: ValuePath


@dataclass
class RecordDraft:
    """A record that the file tells of, with what is to change in it.

    Attributes:
        kind: its kind.
        heading: what it is called.
        record: the record as it is; None for a new one.
        identifier: the id that a new record was given; empty to have one proposed.
        rows: the rows of the file that are this record's, its own before those of its items.
        data: the values with the changes; items that go are still in it.
        removed: paths of items that go.
        values: path of each value that is set → the value.
        cells: the cells that change something.
    """

    kind: str
    heading: str
    record: Record | None
    identifier: str = ""
    rows: list[Placed] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    removed: set[ValuePath] = field(default_factory=set)
    values: dict[ValuePath, Value] = field(default_factory=dict)
    cells: set[Spot] = field(default_factory=set)
    is_changed: bool = False

    def set(self, place: ValuePath, column: SheetColumn, value: Value | None) -> None:
        """Put a value where a row's column stands; None takes it out, with a group that is left empty."""
        self._begin()
        holders = [self._item(place)]
        *groups, name = column.path
        for group in groups:
            holders.append(holders[-1].setdefault(group, {}))
        if value is not None:
            holders[-1][name] = self.values[(*place, *column.path)] = value
            return
        holders[-1].pop(name, None)
        for group, holder, inner in reversed(list(zip(groups, holders, holders[1:], strict=False))):
            if not inner:
                del holder[group]

    def put(self, name: str, value: Any) -> None:
        """Set a field of the record as a whole, lists and groups included; None takes it out."""
        self._begin()
        if value is None:
            self.data.pop(name, None)
        else:
            self.data[name] = value

    def append(self, place: ValuePath) -> ValuePath | None:
        """Put an empty item at the end of a list and return its path; None if there is no such list.

        Args:
            place: path of the item before which positions end, e.g. ``("events", 2, "sources")``.
        """
        self._begin()
        *above, name = place
        try:
            holder = self._item(tuple(above))
            items = holder.setdefault(name, [])
        except (LookupError, TypeError):
            return None
        items.append({})
        return (*place, len(items) - 1)

    def remove(self, place: ValuePath) -> None:
        """Take an item out, at last, so that paths stay what they are until then."""
        self._begin()
        self.removed.add(place)

    def _begin(self) -> None:
        if not self.is_changed:
            self.data = copy.deepcopy(self.record.document.data) if self.record else self.data
            self.is_changed = True

    def _item(self, place: ValuePath) -> Any:
        found: Any = self.data
        for step in place:
            found = found.setdefault(step, {}) if isinstance(found, dict) else found[step]
        return found

    def final_data(self) -> dict[str, Any]:
        """Return the values without what goes; a list that is left empty goes too."""
        final: dict[str, Any] = self._without(self.data, ())
        return final

    def _without(self, value: Any, path: ValuePath) -> Any:
        if isinstance(value, dict):
            inside = {name: self._without(inner, (*path, name)) for name, inner in value.items()}
            return {name: inner for name, inner in inside.items() if inner != [] or value[name] == []}
        if isinstance(value, list):
            items = enumerate(value)
            return [self._without(item, (*path, n)) for n, item in items if (*path, n) not in self.removed]
        return value

    def final_path(self, path: ValuePath) -> ValuePath:
        """Return where a path leads once the items that go are gone."""
        steps: list[str | int] = []
        for number, step in enumerate(path):
            gone = [p for p in self.removed if p[:-1] == path[:number] and isinstance(step, int) and int(p[-1]) < step]
            steps.append(step - len(gone) if isinstance(step, int) else step)
        return tuple(steps)

    def places(self) -> Iterator[tuple[ValuePath, Spot]]:
        """Yield the final path of each value that the file has a cell for, with the cell."""
        for placed in self.rows:
            if placed.place in self.removed:
                continue
            for column in placed.row.table.columns:
                yield self.final_path((*placed.place, *column.path)), placed.row.spot(column.title)

    def spot(self, path: ValuePath) -> Spot:
        """Return the cell of a value, or of what lies nearest: around it, within it, else the record's first cell."""
        places = list(self.places())
        for length in range(len(path), 0, -1):
            nearest = [spot for place, spot in places if place == path[:length]]
            nearest += [spot for place, spot in places if place[:length] == path[:length]]
            if nearest:
                return next((spot for spot in nearest if spot in self.cells), nearest[0])
        return places[0][1] if places else self.rows[0].row.spot(REMOVE)
