"""The filters of templates: values as readers see them, and as scripts and structured data have them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape

from macros.records.model.dates import PartialDate
from macros.records.model.groups import Source

UNKNOWN = "未公布"
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def or_unknown(value: object) -> object:
    """Return the value, or 未公布 where nothing is known."""
    return UNKNOWN if value is None or value == "" or value == () else value


def join_terms(values: Iterable[object]) -> str:
    """Join values as Chinese lists are joined: 甲、乙."""
    return "、".join(str(value) for value in values)


def json_script(value: object) -> Markup:
    """Return a value as JSON that can stand inside a script element."""
    text = _JSON.encode(value)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def time_element(date: PartialDate | None) -> Markup:
    """Return a date as a time element that says no more than is known, or 未公布."""
    if date is None:
        return escape(UNKNOWN)
    # A date is made of digits and our own words; formatting by Markup would escape them at ten times the cost.
    return Markup(f'<time datetime="{date.iso}">{date}</time>')


def show(value: object) -> str:
    """Return any value of a field as readers see it: 是 or 否, a date as a time element, a list joined by 、."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, PartialDate):
        return time_element(value)
    return join_terms(value) if isinstance(value, tuple) else str(value)


def without_empty(value: object) -> object:
    """Return nested dictionaries and lists without what is None or empty, for structured data."""
    if isinstance(value, dict):
        kept = ((key, without_empty(inner)) for key, inner in value.items() if inner is not None and inner != "")
        return {key: inner for key, inner in kept if inner not in ([], {})}
    return [without_empty(inner) for inner in value] if isinstance(value, list | tuple) else value


def source_date(source: Source) -> str:
    """Return when a source was published, with its note."""
    parts = [str(part) for part in (source.published, source.date_note) if part]
    return "；".join(parts) or "日期未知"


def size(bytes_: int) -> str:
    """Return a file's size as readers know it, e.g. ``1.2 MB``; never less than 1 KB."""
    return f"{bytes_ / 1_000_000:.1f} MB" if bytes_ >= 1_000_000 else f"{max(1, round(bytes_ / 1000))} KB"


FILTERS: dict[str, Callable[..., Any]] = {
    "or_unknown": or_unknown,
    "join_terms": join_terms,
    "json_script": json_script,
    "show": show,
    "without_empty": without_empty,
    "time": time_element,
    "size": size,
    "source_date": source_date,
}
