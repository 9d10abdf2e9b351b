"""What differs between two states of a record of which one is wrong, so that no model reads it: plain data in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.editing.diff import FieldChange
from macros.editing.source.splice import trimmed
from macros.editing.wording import excerpts
from macros.records.model.description import FieldDescription, fields_of
from macros.records.model.groups import FieldGroup


def plain_changes(
    model: type[FieldGroup], old: Mapping[str, Any], new: Mapping[str, Any], path: str = "", titles: str = ""
) -> Iterator[FieldChange]:
    """Yield the fields that differ, in the order of the model; those that it does not know last.

    Args:
        model: the kind or the group.
        old: the values as they were, plain data as in a file.
        new: the values as they are.
        path: names of what is around them, with a point behind it.
        titles: the same in Chinese.
    """
    fields = {field.name: field for field in fields_of(model)}
    for name in (*fields, *(name for name in dict.fromkeys((*old, *new)) if name not in fields)):
        before, after = trimmed(old.get(name)), trimmed(new.get(name))
        field = fields.get(name)
        if before == after:
            continue
        title = titles + (field.title if field else f"“{name}”")
        if field and field.group and isinstance(before, dict) and isinstance(after, dict):
            yield from plain_changes(field.group, before, after, f"{path}{name}.", f"{title}·")
        else:
            yield FieldChange(path + name, title, *excerpts(in_words(before, field), in_words(after, field)))


def in_words(value: Any, field: FieldDescription | None) -> str:
    """Return a plain value as it reads in a sentence, with the titles of the fields in it.

    Args:
        value: text, a list or a group; None for nothing.
        field: the field in which it stands.
    """
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list):
        return "；".join(in_words(item, field) for item in value)
    if not isinstance(value, dict):
        return str(value).strip()
    inner = {one.name: one for one in fields_of(field.group)} if field and field.group else {}
    titles = {name: inner[name].title if name in inner else f"“{name}”" for name in value}
    return "，".join(f"{titles[name]} {in_words(item, inner.get(name))}" for name, item in value.items())
