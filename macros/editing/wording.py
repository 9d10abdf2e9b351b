"""Put values into words for people: the one place that says how a term, a date or opening hours read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from macros.records.hours.in_words import conditions, days_in_words, hours_in_words, weekdays_in_words
from macros.records.model.description import fields_of
from macros.records.model.fields import Prose, Reference
from macros.records.model.groups import FieldGroup, Source
from macros.records.model.kinds import Record
from macros.records.model.opening import DAYS, Opening
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term
from macros.text import prose

HeadingOf = Callable[[str], Record | None]


def nobody(identifier: str) -> Record | None:
    """Know no record: references are named by their ids."""
    return None


def words(value: Any, find: HeadingOf = nobody) -> str:
    """Return a value as people read it, on one line; empty for what is not there.

    Args:
        value: a value of a record: text, term, date, part, or several of them.
        find: gives the record of an id, to name a reference by what the record is called.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return _listed(value, find)
    if isinstance(value, FieldGroup):
        return _part(value, find)
    if isinstance(value, Reference):
        record = find(value)
        return f"“{record.heading}”" if record else str(value)
    return prose.plain(value) if isinstance(value, Prose) else str(value)


def _listed(values: Sequence[Any], find: HeadingOf) -> str:
    if all(isinstance(value, FieldGroup) for value in values):
        return "；".join(words(value, find) for value in values)
    if all(isinstance(value, Term) and value.vocabulary == DAYS.choice.name for value in values):
        return weekdays_in_words(values)
    return "、".join(words(value, find) for value in values)


def _part(part: FieldGroup, find: HeadingOf) -> str:
    if isinstance(part, Opening):
        return _opening(part)
    if isinstance(part, Source) and part.ref is not None:
        return words(part.ref, find)
    values = ((field, getattr(part, field.attribute)) for field in fields_of(type(part)))
    texts = [
        "、".join(_titles().get(name, name) for name in value) if field.names_fields else words(value, find)
        for field, value in values
    ]
    first, *rest = [text for text in texts if text] or [""]
    return f"{first}（{'，'.join(rest)}）" if rest else first


@cache
def _titles() -> Mapping[str, str]:
    """Return what fields are called in words; where kinds call one otherwise, as the first does."""
    return {field.name: field.title for model in reversed(KINDS.values()) for field in fields_of(model)}


def _opening(opening: Opening) -> str:
    part = f"{opening.part}：" if opening.part else ""
    hours = f"{part}{days_in_words(opening)} {hours_in_words(opening) or '时间没有公布'}"
    added = "，".join(conditions(opening))
    return f"{hours}（{added}）" if added else hours


def excerpts(before: str, after: str, around: int = 12, longest: int = 40) -> tuple[str, str]:
    """Shorten two long texts to where they differ, with some characters around it."""
    if max(len(before), len(after)) <= longest or not before or not after:
        return shorten(before, longest * 2), shorten(after, longest * 2)
    shortest = min(len(before), len(after))
    start = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    end = next((n for n in range(shortest - start) if before[-1 - n] != after[-1 - n]), shortest - start)
    return tuple(_window(text, start, len(text) - end, around, longest) for text in (before, after))  # type: ignore[return-value]


def _window(text: str, start: int, end: int, around: int, longest: int) -> str:
    first, last = max(start - around, 0), min(end + around, len(text))
    return ("……" if first else "") + shorten(text[first:last], longest * 2) + ("……" if last < len(text) else "")


def shorten(text: str, longest: int) -> str:
    """Cut a text that is too long to be shown."""
    return text if len(text) <= longest else text[:longest] + "……"
