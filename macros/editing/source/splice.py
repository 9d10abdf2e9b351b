"""Change values in YAML text and leave the rest byte for byte: comments, order, quotes, odd indentation, line ends.

A change is worked out value by value down to the smallest text that differs, and spliced in at the parser's marks. What
comes out is read again: a splice that would not read as intended is refused, so that no change is ever made by halves.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from macros.editing.source import edits
from macros.editing.source.places import Places
from macros.editing.source.scalars import Value
from macros.records.model.description import field_at, fields_in_files, fields_of
from macros.records.model.groups import FieldGroup
from macros.records.model.walk import ValuePath
from macros.records.problems import ProblemsFound
from macros.records.yaml import parse


class CannotSplice(Exception):
    """Raised where a text can't be changed at a place so that it reads as intended."""


def set_value(text: str, path: ValuePath, value: Value | None, model: type[FieldGroup] | None = None) -> str:
    """Return the text with the value at a path set; what is equal already is left as it stands.

    Args:
        text: a record's YAML, free of faults, or the whole file with its byte order mark.
        path: names and list positions from the root; the last may be missing in the text, the others not.
        value: text, a list or a group as `Document.data` has them; None takes the field or the item out.
        model: the kind, whose order of fields decides where a missing field goes; without it goes last.

    Raises:
        CannotSplice: the text is at fault, or can't be changed there.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    newline = "\r\n" if 0 < body.count("\r\n") == body.count("\n") else "\n"
    body = body.replace(newline, "\n")
    data = _data(body)
    intended = _with(data, tuple(path), value)
    for change in _changes_at(data, tuple(path), trimmed(value)):
        body = _apply(body, change, model)
    if _data(body) != intended:
        raise CannotSplice("the text does not read as intended")
    return mark + body.replace("\n", newline)


def remove(text: str, path: ValuePath) -> str:
    """Return the text without the field or the item at a path; comments on lines of their own stay.

    Raises:
        CannotSplice: the text is at fault, or nothing is there.
    """
    return set_value(text, path, None)


@dataclass(frozen=True)
class _Change:
    """One splice: a value replaced, put in before a position of a list, or (None) taken out."""

    path: ValuePath
    value: Value | None
    is_new: bool = False


def _data(text: str) -> Any:
    try:
        return trimmed(parse("", text.replace("\r\n", "\n")).data)
    except ProblemsFound as found:
        raise CannotSplice(str(found)) from None


def trimmed(value: Any) -> Any:
    """Take off the line breaks around texts, which mean nothing in a record and depend on how a block is written."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip("\n")
    if isinstance(value, list | tuple):
        return [trimmed(item) for item in value]
    if isinstance(value, Mapping):
        return {name: trimmed(item) for name, item in value.items()}
    return value


def _with(data: Any, path: ValuePath, value: Value | None) -> Any:
    """Return plain data with one value set or taken out."""
    if not path:
        return trimmed(value)
    step, rest = path[0], path[1:]
    try:
        if isinstance(step, str):
            inner = {**data, step: _with(data[step] if rest else None, rest, value)}
            return {name: item for name, item in inner.items() if rest or value is not None or name != step}
        replaced = [] if not rest and value is None else [_with(data[step] if rest else None, rest, value)]
        return [*data[:step], *replaced, *data[step + 1 :]]
    except (KeyError, IndexError, TypeError):
        raise CannotSplice(f"nothing stands at {step!r}") from None


def _changes_at(data: Any, path: ValuePath, value: Any) -> Iterator[_Change]:
    """Yield the changes that set or take out the value at a path which `_with` has found to be there."""
    if not path:
        yield from _changes(data, value)
        return
    *above, step = path
    holder = data
    for outer in above:
        holder = holder[outer]
    is_there = step in holder if isinstance(holder, dict) else int(step) < len(holder)
    if value is None and not is_there:
        raise CannotSplice(f"nothing stands at {step!r}")
    if value is None and len(holder) == 1:
        yield _Change(tuple(above), type(holder)())
    elif value is None or not is_there:
        yield _Change(path, value, is_new=not is_there)
    else:
        yield from _changes(holder[step], value, path)


def _changes(old: Any, new: Any, path: ValuePath = ()) -> Iterator[_Change]:
    """Yield the smallest changes that make one value of another, such that each leaves the paths of the next valid."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        yield from _changes_in_group(old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _changes_in_list(old, new, path)
    else:
        yield _Change(path, new)


def _changes_in_group(old: dict[str, Any], new: dict[str, Any], path: ValuePath) -> Iterator[_Change]:
    for name in new:
        if name in old:
            yield from _changes(old[name], new[name], (*path, name))
        else:
            yield _Change((*path, name), new[name], is_new=True)
    yield from (_Change((*path, name), None) for name in old if name not in new)


def _changes_in_list(old: list[Any], new: list[Any], path: ValuePath) -> Iterator[_Change]:
    before, after = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, new))
    opcodes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    # From the end, so that positions before stay what they are; put in before anything is taken out.
    for tag, start, stop, first, last in reversed(opcodes):
        if tag == "equal":
            continue
        shared = min(stop - start, last - first)
        for value in reversed(new[first + shared : last]):
            yield _Change((*path, start + shared), value, is_new=True)
        yield from (_Change((*path, position), None) for position in reversed(range(start + shared, stop)))
        for offset in range(shared):
            yield from _changes(old[start + offset], new[first + offset], (*path, start + offset))


def _apply(text: str, change: _Change, model: type[FieldGroup] | None) -> str:
    """Make one change, in the first way of writing that reads as intended."""
    places = Places(text)
    for candidate in _candidates(places, change, model):
        try:
            data = _data(candidate)
        except CannotSplice:
            continue
        if _reads(data, change):
            return candidate
    raise CannotSplice(f"the value at {change.path!r} can't be written")


def _reads(data: Any, change: _Change) -> bool:
    if change.value is None:
        return True
    for step in change.path:
        data = data[step]
    return bool(data == trimmed(change.value))


def _candidates(places: Places, change: _Change, model: type[FieldGroup] | None) -> Iterator[str]:
    if not change.path:
        return
    above, last = change.path[:-1], change.path[-1]
    place, holder = places.find(change.path), places.find(above)
    group = holder.node if holder else None
    if isinstance(group, yaml.CollectionNode) and change.value is None:
        yield edits.without(places, group, last)
    elif isinstance(group, yaml.CollectionNode) and change.is_new and change.value is not None:
        position = last if isinstance(last, int) else _position(places, group, above, last, model)
        yield from edits.inserted(places, group, position, last, change.value)
    elif place is not None and change.value is not None:
        yield from edits.replaced(places, place, change.value)


def _position(places: Places, group: yaml.Node, above: ValuePath, name: str, model: type[FieldGroup] | None) -> int:
    """Return before which of a group's fields a new one goes: behind the last of those that lead it in the model."""
    present = [str(step) for step, _ in places.children(group)]
    order = _order(model, above)
    if name not in order:
        return len(present)
    leading = set(order[: order.index(name)])
    return max((position + 1 for position, other in enumerate(present) if other in leading), default=0)


def _order(model: type[FieldGroup] | None, above: ValuePath) -> list[str]:
    if model is None:
        return []
    if not above:
        return [field.name for field in fields_in_files(model)]
    holder = field_at(model, above)
    return [field.name for field in fields_of(holder.group)] if holder and holder.group else []
