"""Plain values in words, where two versions of a field are shown side by side."""

from __future__ import annotations

from typing import Any

from macros.editor.shown import joined, raw_text
from macros.editor.store import TEXT
from macros.records.model.description import field_at, fields_in_files, fields_of
from macros.records.model.groups import FieldGroup
from macros.records.model.walk import ValuePath


def value_in_words(model: type[FieldGroup], path: ValuePath, value: Any) -> str:
    """Return a value as people read it.

    Args:
        model: the record's kind.
        path: where in the record it stands.
        value: as `Document.data` has it; None for nothing.
    """
    field = field_at(model, path)
    return _words(field.group if field else None, value)


def name_of(model: type[FieldGroup]) -> str:
    """Return the field that says what a record is called: the one that stands first in files."""
    return fields_in_files(model)[0].name


def title_at(model: type[FieldGroup], path: ValuePath) -> str:
    """Return the title of a field with those around it, e.g. ``联系方式·电话``."""
    if path == (TEXT,):
        return "正文"
    ways = (path[: end + 1] for end, step in enumerate(path) if isinstance(step, str))
    found = (field_at(model, way) for way in ways)
    return "·".join(field.title for field in found if field) or joined(*path)


def _words(group: type[FieldGroup] | None, value: Any) -> str:
    if value is None:
        return "（没有写）"
    if isinstance(value, list):
        sign = "；" if any(isinstance(item, dict) for item in value) else "、"
        return sign.join(_words(group, item) for item in value) or "（没有写）"
    if isinstance(value, dict) and group is not None:
        titles = {field.name: (field.title, field.group) for field in fields_of(group)}
        known = {name: titles.get(name, (str(name), None)) for name in value}
        return "，".join(f"{known[name][0]} {_words(known[name][1], inner)}" for name, inner in value.items())
    return value if isinstance(value, str) else raw_text(value)
