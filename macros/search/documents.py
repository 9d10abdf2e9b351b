"""What search knows of one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from macros.library.library import Library
from macros.records.model.dates import PartialDate
from macros.records.model.fields import FileName, Phones, Prose, Reference
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Authored, Policy, Record
from macros.records.model.periods import Period
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
        current: whether it is open or in force; others come after it among equals.
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
    current: bool


_OWN = ("name", "name_hant", "title", "summary", "aliases", "former_ids", "sources", "changes", "reviewed_on")
"""Fields of a record that are searched by themselves, or that say nothing about it."""

_YEARS = ("year", "published", "written", "effective_from", "period", "opened")

_ADDRESSES = ("url", "original_url", "email", "interpretation")

FieldValue = tuple[str, Any]
"""A value that is neither a part nor a list, with the name of its field."""


def documents(library: Library, texts: Mapping[str, str]) -> Iterator[SearchDocument]:
    """Yield what can be found: every listed record, every article, and what was split, whose page names its parts.

    Args:
        library: the records.
        texts: id → the text of an article, which stands in its page and not in a record.
    """
    for kind in library.kinds():
        for record in library.records(kind):
            yield _document(library, record, texts.get(record.id, ""))
    for record in library.split:
        # Its name alone answers: its parts say what it was, and are what a choice of terms should list.
        yield replace(_document(library, record, ""), attributes={}, body="")


def page_document(address: str, name: str, summary: str, body: str) -> SearchDocument:
    """Return what search knows of a hand-written page that is not an article."""
    identifier = address.strip("/") or "home"
    return SearchDocument(f"page:{identifier}", address, "pages", "页面", name, (), {}, summary, body, True)


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
        body="\n".join([*_texts(values), *([text] if text else [])]),
        current=library.is_current(record),
    )


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
    names = ((attribute, field.alias or attribute) for attribute, field in model.model_fields.items())
    left_out = _OWN if issubclass(model, Record) else ("sources",)
    return tuple((attribute, name) for attribute, name in names if name not in left_out)
