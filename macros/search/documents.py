"""What search knows of one page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from macros.library.library import Library
from macros.records.model.dates import PartialDate
from macros.records.model.fields import FileName, Phones, Prose, Reference
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Authored, Policy, Record
from macros.records.model.outings import Activity
from macros.records.model.periods import Period
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term
from macros.text import prose


@dataclass(frozen=True)
class SearchDocument:
    """One page that can be found.

    Attributes:
        id: unique among all documents; results come back with it, and equal matches stand in its order.
        url: address of the page, relative to the root of the site, as ``bases/luyuan/``.
        kind: key of its kind, as ``bases``.
        kind_label: what citizens call the kind, as 科普基地.
        name: its heading.
        aliases: other names.
        attributes: facet → the labels that it has there, as ``{"level": ("省级",), "year": ("2019",)}``.
        summary: its own description.
        body: longer text, which may mention other things in passing.
        past: why it no longer counts, as 已关闭 or 废止, or empty; what is past comes after others among equals.
        wishes: labels of the wishes that it fulfils, each with the last day on which it does, or nothing.
        days: the days from now on, on which it takes place.
    """

    id: str
    url: str
    kind: str
    kind_label: str
    name: str
    aliases: tuple[str, ...]
    attributes: Mapping[str, tuple[str, ...]]
    summary: str
    body: str
    past: str = ""
    wishes: Mapping[str, str] = field(default_factory=dict)
    days: tuple[datetime.date, ...] = ()


_OWN = ("name", "name_hant", "title", "summary", "aliases", "former_ids", "sources", "changes", "reviewed_on")
"""Fields of a record that are searched by themselves, or that say nothing about it."""

_OF_PARTS = ("sources", "choices", "because", "stamp")
"""The same of its parts: a wrong choice of a question says what is not so, its proof stands on the page already, a stamp is a hash."""

_YEARS = ("year", "published", "written", "effective_from", "period", "opened")

_EVERYDAY = ("days", "weeks", "holiday-rules", "recognition-stages", "marks", "coordinate-systems")
"""Choices whose words stand in so many records that they tell none from another, or that wishes tell better."""

_ADDRESSES = ("url", "original_url", "interpretation")

_FEWEST_LISTED = 2
"""A term that one record alone has leads to that record: its list would be one more step."""

FieldValue = tuple[str, Any]
"""A value that is neither a part nor a list, with the name of its field."""


def documents(
    library: Library, texts: Mapping[str, str], wishes: Callable[[Record], Mapping[str, str]] = lambda record: {}
) -> Iterator[SearchDocument]:
    """Yield what can be found: every listed record, every article, and what was split, whose page names its parts.

    Args:
        library: the records.
        texts: id → the text of an article, which stands in its page and not in a record.
        wishes: tells which wishes a record fulfils.
    """
    for kind in library.kinds():
        for record in library.records(kind):
            yield replace(_document(library, record, texts.get(record.id, "")), wishes=wishes(record))
    for record in library.split:
        # Its name alone answers: its parts say what it was, and are what a choice of terms should list.
        yield replace(_document(library, record, ""), attributes={}, body="")


def page_document(address: str, name: str, summary: str, body: str, aliases: tuple[str, ...] = ()) -> SearchDocument:
    """Return what search knows of a page that shows neither a record nor a list of them."""
    identifier = address.strip("/") or "home"
    return SearchDocument(f"page:{identifier}", address, "pages", "页面", name, aliases, {}, summary, body)


def list_documents(library: Library, words: Mapping[str, tuple[str, ...]]) -> Iterator[SearchDocument]:
    """Yield the lists of records: of each kind, and of each term that records of it have.

    Args:
        library: the records.
        words: kind → what people call it beside its label.
    """
    for kind in library.kinds():
        label, counter = library.kind_label(kind), KINDS[kind].counter
        yield _list(f"{kind}/", label, words.get(kind, ()), len(library.records(kind)), counter)
        for facet in library.facets(kind):
            for group in library.groups(kind, facet):
                if group.term and len(group.records) >= _FEWEST_LISTED:
                    address = f"{kind}/by/{facet.name}/{group.term.id}/"
                    names = (group.label, f"{group.label}{label}")
                    yield _list(address, f"{label}：{group.label}", names, len(group.records), counter)


def _list(address: str, name: str, aliases: tuple[str, ...], count: int, counter: str) -> SearchDocument:
    others = tuple(alias for alias in dict.fromkeys(aliases) if alias != name)
    summary = f"{count} {counter}"
    return SearchDocument(f"list:{address.strip('/')}", address, "lists", "目录", name, others, {}, summary, "")


def _document(library: Library, record: Record, text: str) -> SearchDocument:
    values = list(_values_of(record))
    return SearchDocument(
        id=record.id,
        url=library.address(record),
        kind=record.kind,
        kind_label=library.kind_label(record.kind),
        name=record.heading,
        aliases=tuple(_aliases(record)),
        attributes=_attributes(library, record, values),
        summary=record.summary,
        body="\n".join([*_texts(values), *([text] if text else []), " ".join(_facts(values))]),
        past=_past(library, record),
        days=_days(library, record),
    )


def _days(library: Library, record: Record) -> tuple[datetime.date, ...]:
    if not isinstance(record, Activity) or record.cancelled:
        return ()
    return tuple(dict.fromkeys(time.day for time in library.times(record)))


def _past(library: Library, record: Record) -> str:
    """Return in one word why a record no longer counts."""
    if isinstance(record, Authored) and record.split_into:
        return "已分设"
    if not library.is_current(record):
        terms = (getattr(record, name, None) for name in ("status", "validity"))
        return next((str(term) for term in terms if term), _ended(record))
    return "已被取代" if library.replaced_by(record) else ""


def _ended(record: Record) -> str:
    words = {"cancelled": "已取消", "ended": "已停用"}
    return next((word for name, word in words.items() if getattr(record, name, None)), "已结束")


def _facts(values: Iterable[FieldValue]) -> Iterator[str]:
    """Yield the words of terms and dates, which say nothing as texts: 轮椅借用, 20260601."""
    for _, value in values:
        if isinstance(value, Term) and value.vocabulary not in _EVERYDAY:
            yield value.label
        elif isinstance(value, PartialDate) and value.is_full:
            yield value.iso.replace("-", "")


def _aliases(record: Record) -> Iterator[str]:
    if isinstance(record, Authored):
        yield from record.aliases
    if isinstance(record, Policy) and record.doc_no and record.doc_no != "无":
        yield record.doc_no


def _attributes(library: Library, record: Record, values: Iterable[FieldValue]) -> dict[str, tuple[str, ...]]:
    found = {
        facet.name: tuple(term.label for term in library.terms(record, facet)) for facet in library.facets(record.kind)
    }
    found["year"] = tuple(sorted(set(_years(values))))
    if isinstance(record, Policy):
        found |= {"issuer": record.issuers, "keyword": record.keywords}
    return {name: labels for name, labels in found.items() if labels}


def _years(values: Iterable[FieldValue]) -> Iterator[str]:
    for name, value in values:
        if name in _YEARS:
            if isinstance(value, PartialDate):
                yield str(value.year)
            elif isinstance(value, Period):
                yield from map(str, range(value.first_day.year, value.last_day.year + 1))


def _texts(values: Iterable[FieldValue]) -> Iterator[str]:
    for name, value in values:
        if isinstance(value, str) and name not in _ADDRESSES and not isinstance(value, Reference | FileName):
            yield prose.plain(value) if isinstance(value, Prose) else value
            if isinstance(value, Phones):
                yield from (number.digits for number in value.numbers)


def _values_of(part: FieldGroup) -> Iterator[FieldValue]:
    """Yield the values of a record, without its sources: one walk instead of two that know every path, 0.1 s not 0.8."""
    for attribute, name in _fields(type(part)):
        value = getattr(part, attribute)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, FieldGroup):
                yield from _values_of(item)
            elif item is not None:
                yield name, item


@cache
def _fields(model: type[FieldGroup]) -> tuple[tuple[str, str], ...]:
    """Return the attributes that tell something, with the names of their fields in the file."""
    names = ((attribute, one.alias or attribute) for attribute, one in model.model_fields.items())
    left_out = _OWN if issubclass(model, Record) else _OF_PARTS
    return tuple((attribute, name) for attribute, name in names if name not in left_out)
