"""What readers should be told of a change: the entry that is offered for a record's own list of changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from macros.editing.diff import FieldChange
from macros.records.model.description import fields_of
from macros.records.model.groups import Change, FieldGroup


class Announcement(NamedTuple):
    """An entry for the list of changes that a record shows to its readers.

    Attributes:
        field: the name of that list.
        entry: the entry, plain data as in a file.
    """

    field: str
    entry: dict[str, Any]


def announcement_of(model: type[FieldGroup], changes: Iterable[FieldChange], today: str) -> Announcement | None:
    """Return what readers should be told; None if nothing that they go by has changed, or they were told already.

    Args:
        model: the kind of the record.
        changes: what changed in it.
        today: the day, e.g. ``2026-11-30``.
    """
    fields = {field.name: field for field in fields_of(model)}
    changed = dict.fromkeys(change.field.split(".")[0] for change in changes)
    log = next((field for field in fields.values() if field.group is Change), None)
    announced = [fields[name] for name in changed if name in fields and fields[name].is_announced]
    if log is None or log.name in changed or not announced:
        return None
    titles = "、".join(field.title for field in announced)
    entry = {"date": today, "text": f"更新了{titles}。", "fields": [field.name for field in announced]}
    return Announcement(log.name, entry)
