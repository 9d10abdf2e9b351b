"""Opening hours as a table of the seven days, as people fill it in: one line a day, with the hours in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from macros.editing.fix.value_fixes import fixed_value
from macros.records.model.description import FieldDescription, Form, fields_of, may_stand
from macros.records.model.groups import FieldGroup
from macros.records.model.opening import DAYS, Opening

CLOSED = "不开放"
WEEKDAYS = tuple(term.label for term in DAYS.choice)

Span = tuple[str, str]
Hours = tuple[Span, ...]
"""From when to when, as records write times; none means closed."""

_CLOSED = re.compile("不开放?|闭馆|休息|休馆|关闭|关门|无|否|停")
_ALL_DAY = re.compile("全天|24 ?小时")
_PARTS = re.compile(r"[\n、，,;；]| (?=\d)|和|及")
_TO = re.compile("[-—–~～至到]+")
_HALVES = re.compile("^(?:上午|早上|下午|晚上|中午)")
_SIMPLE = frozenset({"days", "from", "to"})


def _time_field() -> FieldDescription:
    return next(field for field in fields_of(Opening) if field.form is Form.TIME)


def is_week(group: type[FieldGroup] | None) -> bool:
    """Tell whether a field with such items can be asked as a table of the week."""
    return group is Opening


def week_of(items: Iterable[Mapping[str, Any]]) -> dict[str, str] | None:
    """Return what each day of the week says; None if a table of the week can't say all of it, as of seasons.

    Args:
        items: the items of the field as `Document.data` has them.

    >>> week_of([{"days": ["周六"], "from": "9:00", "to": "12:00"}])["周六"]
    '9:00-12:00'
    """
    hours: dict[str, list[str]] = {day: [] for day in WEEKDAYS}
    for item in items:
        if set(item) - _SIMPLE or not item.get("from") or not item.get("to"):
            return None
        for day in item.get("days", ()):
            term = DAYS.choice.find(str(day).strip())
            if term is None:
                return None
            hours[term.label].append(f"{item['from']}-{item['to']}")
    return {day: "、".join(spans) or CLOSED for day, spans in hours.items()}


def read_hours(text: str) -> Hours | None:
    """Return the hours that one day's cell names; None if it is not certain which.

    >>> read_hours("９：00－12：00，14点到17点")
    (('9:00', '12:00'), ('14:00', '17:00'))
    >>> read_hours("休息")
    ()
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _CLOSED.fullmatch(plain):
        return ()
    if _ALL_DAY.fullmatch(plain):
        return (("0:00", "24:00"),)
    spans = [_span(part) for part in _PARTS.split(plain) if part.strip()]
    found = tuple(span for span in spans if span)
    return found if found and len(found) == len(spans) else None


def _span(part: str) -> Span | None:
    ends = [_time(end) for end in _TO.split(_HALVES.sub("", part.strip()))]
    return (ends[0], ends[1]) if len(ends) == 2 and ends[0] and ends[1] else None


def _time(text: str) -> str:
    plain = _HALVES.sub("", text.strip())
    written = fixed_value(_time_field(), plain) or plain
    return written if may_stand(written, Form.TIME) else ""


def items_of(week: Mapping[str, Hours]) -> list[dict[str, Any]]:
    """Return the items of the field for a whole week: days with the same hours together, in the order of the week.

    Args:
        week: day → its hours, for all seven.
    """
    days: dict[Hours, list[str]] = {}
    for day in WEEKDAYS:
        if hours := week[day]:
            days.setdefault(hours, []).append(day)
    return [{"days": names, "from": opens, "to": closes} for hours, names in days.items() for opens, closes in hours]
