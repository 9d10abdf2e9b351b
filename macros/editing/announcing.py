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

    @property
    def words(self) -> str:
        """What readers are told."""
        return str(self.entry["text"])

    def worded(self, words: str) -> dict[str, Any]:
        """Return the entry with other words."""
        return {**self.entry, "text": words}


def announcement_of(model: type[FieldGroup], changes: Iterable[FieldChange], today: str) -> Announcement | None:
    """Return what readers should be told; None if nothing that they go by has changed, or they were told already.

    Args:
        model: the kind of the record.
        changes: what changed in it.
        today: the day, e.g. ``2026-11-30``.
    """
    fields = {field.name: field for field in fields_of(model)}
    changed = dict.fromkeys(change.field.split(".")[0] for change in changes)
    log = log_of(model)
    announced = [fields[name] for name in changed if name in fields and fields[name].is_announced]
    if not log or log in changed or not announced:
        return None
    titles = "、".join(field.title for field in announced)
    return announcement(model, [field.name for field in announced], today, f"更新了{titles}。")


def log_of(model: type[FieldGroup]) -> str:
    """Return the name of the list of changes that records of a kind show to their readers; empty if they have none."""
    return next((field.name for field in fields_of(model) if field.group is Change), "")


def announcement(model: type[FieldGroup], fields: Iterable[str], day: str, words: str) -> Announcement | None:
    """Return an entry for readers; None if records of the kind have no place for it.

    Args:
        model: the kind of the record.
        fields: the names of the fields that changed.
        day: when.
        words: what readers are told.
    """
    log = log_of(model)
    return Announcement(log, {"date": day, "text": words, "fields": list(fields)}) if log else None
