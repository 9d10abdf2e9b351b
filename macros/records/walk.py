"""Walk the values of a record, each with its path, without knowing the fields."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Any, get_args

from macros.records.parts import Part

ValuePath = tuple[str | int, ...]


def values(part: Part, path: ValuePath = ()) -> Iterator[tuple[ValuePath, Any]]:
    """Yield every value inside a record or a part of one that is not itself a part or a list.

    Args:
        part: the record, or a group of fields.
        path: path of the part itself; the yielded paths begin with it and use the names as written in the file.
    """
    for name, key in _set_fields(part):
        yield from _inside(getattr(part, name), (*path, key))


def _set_fields(part: Part) -> list[tuple[str, str]]:
    """Return name and key of each field that the file sets, in the order of the fields: a set has none."""
    written = part.model_fields_set
    return [names for names in _names(type(part)) if names[0] in written]


@cache
def _names(model: type[Part]) -> tuple[tuple[str, str], ...]:
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())


def _inside(value: Any, path: ValuePath) -> Iterator[tuple[ValuePath, Any]]:
    if isinstance(value, Part):
        yield from values(value, path)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _inside(item, (*path, position))
    else:
        yield path, value


def parts(part: Part, path: ValuePath = ()) -> Iterator[tuple[ValuePath, Part]]:
    """Yield the record itself and every part inside it, with paths as in `values`."""
    yield path, part
    for name, key in _set_fields(part):
        value, here = getattr(part, name), (*path, key)
        if isinstance(value, Part):
            yield from parts(value, here)
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, Part):
                    yield from parts(item, (*here, position))


def part_class(model: type[Part], path: ValuePath) -> type[Part]:
    """Return the class of the innermost part on a path of names and positions as in `values`."""
    for step in path:
        field = next((f for name, f in model.model_fields.items() if step == (f.alias or name)), None)
        inner = part_in(field.annotation) if field else None
        model = inner or model
    return model


def part_in(annotation: Any) -> type[Part] | None:
    """Return the class of the part that a field holds, alone or in a list; None for a plain value."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    if isinstance(annotation, UnionType) or get_args(annotation):
        return next((found for inner in get_args(annotation) if (found := part_in(inner))), None)
    return None
