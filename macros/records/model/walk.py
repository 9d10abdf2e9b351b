"""Walk the values of a record, each with its path, without knowing the fields; and what a record names on the way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, TypeVar, get_args

from macros.records.model.bound import cached_per_record
from macros.records.model.fields import FileName, Prose, Reference
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Record
from macros.text import prose

ValuePath = tuple[str | int, ...]
Wanted = TypeVar("Wanted")


def find(
    part: FieldGroup, wanted: tuple[type[Wanted], ...], path: ValuePath = ()
) -> Iterator[tuple[ValuePath, Wanted]]:
    """Yield the values of some types inside a record or a part of one, in the order of the fields.

    Only fields that may hold such a value are looked at: of a base's thirty fields, six may hold a reference.

    Args:
        part: the record, or a group of fields.
        wanted: classes of values, or of parts.
        path: path of the part itself; the yielded paths begin with it and use the names as written in the file.
    """
    for name, key in _ways(type(part), wanted):
        value = getattr(part, name)
        if isinstance(value, tuple):
            for position, item in enumerate(value):
                yield from _inside(item, wanted, (*path, key, position))
        elif value is not None:
            yield from _inside(value, wanted, (*path, key))


def _inside(value: Any, wanted: tuple[type[Wanted], ...], path: ValuePath) -> Iterator[tuple[ValuePath, Wanted]]:
    if isinstance(value, wanted):
        yield path, value
    if isinstance(value, FieldGroup):
        yield from find(value, wanted, path)


def groups_within(part: FieldGroup) -> list[FieldGroup]:
    """Return a part and all groups inside it, in the order of the fields; for whoever needs no paths.

    Args:
        part: the record, or a group of fields.
    """
    found = [part]
    for name, _ in _ways(type(part), (FieldGroup,)):
        value = getattr(part, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, FieldGroup):
                found += groups_within(item)
    return found


@cache
def _ways(model: type[FieldGroup], wanted: tuple[type, ...]) -> tuple[tuple[str, str], ...]:
    """Return name and key of each field that may hold a value of the wanted types, itself or further inside."""
    fields = model.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if _may_hold(field.annotation, wanted))


def _may_hold(annotation: Any, wanted: tuple[type, ...]) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, FieldGroup):
        return issubclass(annotation, wanted) or bool(_ways(annotation, wanted))
    if isinstance(annotation, type) and issubclass(annotation, wanted):
        return True
    return any(_may_hold(inner, wanted) for inner in get_args(annotation))


def group_class(model: type[FieldGroup], path: ValuePath) -> type[FieldGroup]:
    """Return the class of the innermost part on a path of names and positions as in `find`."""
    for step in path:
        field = next((f for name, f in model.model_fields.items() if step == (f.alias or name)), None)
        inner = group_in(field.annotation) if field else None
        model = inner or model
    return model


@cache
def field_at(model: type[FieldGroup], path: str) -> tuple[str, ...]:
    """Return the attributes on the way to a field, by its path as in files, as ``opening.from``; none if there is no such field.

    ``opening.from`` of a base gives ``("opening", "from_")``.
    """
    steps: list[str] = []
    inner: type[FieldGroup] | None = model
    for key in path.split("."):
        fields = inner.model_fields.items() if inner else ()
        found = next(((name, field) for name, field in fields if key == (field.alias or name)), None)
        if found is None:
            return ()
        steps.append(found[0])
        inner = group_in(found[1].annotation)
    return tuple(steps)


def undisclosed_titles(record: Record) -> tuple[str, ...]:
    """Return what the fields are called of which a record says that they are not to be published.

    A name that is no field, which the check refuses, stays as it is.
    """
    return tuple(_title_at(type(record), path) for path in getattr(record, "undisclosed", ()))


def _title_at(model: type[FieldGroup], path: str) -> str:
    title = path
    for attribute in field_at(model, path):
        field = model.model_fields[attribute]
        title, model = field.title or attribute, group_in(field.annotation) or model
    return title


def values_at(part: FieldGroup, steps: tuple[str, ...]) -> Iterator[Any]:
    """Yield the values that a record has at the end of such a way: each item of a list by itself."""
    value = getattr(part, steps[0])
    for item in value if isinstance(value, tuple) else (value,):
        if len(steps) > 1 and isinstance(item, FieldGroup):
            yield from values_at(item, steps[1:])
        elif item is not None:
            yield item


def group_in(annotation: Any) -> type[FieldGroup] | None:
    """Return the class of the part that a field holds, alone or in a list; None for a plain value."""
    if isinstance(annotation, type) and issubclass(annotation, FieldGroup):
        return annotation
    if isinstance(annotation, UnionType) or get_args(annotation):
        return next((found for inner in get_args(annotation) if (found := group_in(inner))), None)
    return None


class Mentions(NamedTuple):
    """The names that stand in one record, in the order of its fields; where each stands is looked up if it is wrong.

    Attributes:
        references: ids in fields.
        links: ids in ``id:`` links of prose.
        files: names of files in fields.
        images: names of files of pictures in prose.
        addresses: addresses of other links in prose that lead into the site.
    """

    references: tuple[Reference, ...]
    links: tuple[str, ...]
    files: tuple[FileName, ...]
    images: tuple[str, ...]
    addresses: tuple[str, ...]


@cached_per_record
def mentions(record: Record) -> Mentions:
    """Return what a record names."""
    texts = [text for _, text in find(record, (Prose,))]
    return Mentions(
        tuple(reference for _, reference in find(record, (Reference,))),
        tuple(link.name for text in texts for link in prose.references(text)),
        tuple(name for _, name in find(record, (FileName,))),
        tuple(image.name for text in texts for image in prose.images(text)),
        tuple(address for text in texts for address in prose.addresses(text)),
    )
