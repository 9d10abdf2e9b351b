"""Lists of records: whole kinds, and the records that share a term, cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from macros.library.agenda import months_of, offered, past_years
from macros.library.facets import DAY, Facet, Group, week_of_base
from macros.library.library import Library
from macros.library.news import news_of
from macros.pages.cards import SHOWN
from macros.pages.finder import Finder
from macros.pages.plan.page import HOME, Crumb, PlannedPage, paginate
from macros.records.model.kinds import Base, Record
from macros.records.model.outings import Activity
from macros.records.model.registry import KINDS

PAGE_SIZE = 24

FacetGroups = tuple[tuple[Facet, tuple[Group, ...]], ...]


def crumb(library: Library, kind: str) -> Crumb:
    """Return the step over the list of a kind."""
    return _crumb(library.kind_label(kind), f"{kind}/")


@lru_cache(maxsize=64)
def _crumb(title: str, address: str) -> Crumb:
    # One for all pages of a kind: so many steps would take the memory of a tenth of all pages.
    return Crumb(title, address)


def lists(library: Library, kind: str) -> Iterator[PlannedPage]:
    """Yield the pages on which all records of a kind stand."""
    label = library.kind_label(kind)
    records = offered(library.records(kind), library.as_of.first_day)
    description = f"{label}：共 {len(records)} 条。"
    finder = Finder(library, kind, records) if KINDS[kind].has_finder and records else None
    common = {
        "kind": kind,
        "facets": facet_groups(library, kind),
        "choices": facets_among(library, kind, library.facets(kind), records),
        "total": len(records),
        "counter": KINDS[kind].counter,
        "finder": finder,
    }
    if kind == Activity.kind:
        today = library.as_of.first_day
        common |= {"months": months_of(records, today), "years": past_years(library.records(kind), today)}
    yield from _paged(f"{kind}/", "list.html", label, description, (HOME,), kind, records, common)


def facet_groups(library: Library, kind: str) -> FacetGroups:
    """Return the facets of a kind with the records of each term; facets without a record are left out."""
    found = ((facet, library.groups(kind, facet)) for facet in library.facets(kind))
    return tuple((facet, groups) for facet, groups in found if groups)


def facets_among(library: Library, kind: str, facets: Sequence[Facet], records: Sequence[Record]) -> FacetGroups:
    """Return facets with those of some records of a kind that have each term; what none of them has is left out."""
    kept = {record.id for record in records}
    parts = ((facet, (group.among(kept) for group in library.groups(kind, facet))) for facet in facets)
    found = ((facet, tuple(group for group in groups if group.records)) for facet, groups in parts)
    return tuple((facet, groups) for facet, groups in found if groups)


def facet_pages(library: Library, kind: str) -> Iterator[PlannedPage]:
    """Yield the pages of the terms by which records of a kind are found, one facet at a time."""
    label = library.kind_label(kind)
    for facet, groups in facet_groups(library, kind):
        for group in groups:
            assert group.term is not None
            title = f"{label}：{group.label}"
            which = (
                f"平时{group.label}开放"
                if facet is DAY
                else f"{facet.title_in(library.collection.region)}为“{group.label}”"
            )
            description = f"{which}的{label}，共 {len(group.records)} 条。"
            address = f"{kind}/by/{facet.name}/{group.term.id}/"
            data = {"kind": kind, "facet": facet, "term": group.term, "total": len(group.records)}
            data |= {"others": not_open(library, group) if facet is DAY else ()}
            trail = (HOME, crumb(library, kind))
            yield from _paged(address, "term.html", title, description, trail, kind, group.records, data)


class OtherPlaces(NamedTuple):
    """Places that are not on the page of a day of the week.

    Attributes:
        title: why not.
        records: the first of them.
        total: how many there are.
    """

    title: str
    records: tuple[Record, ...]
    total: int


def not_open(library: Library, group: Group) -> tuple[OtherPlaces, ...]:
    """Return the places that don't open on a day of the week, and those of which that is unknown.

    Args:
        library: the records.
        group: those that open.
    """
    listed = {record.id for record in group.records}
    others = [one for one in library.records("bases") if isinstance(one, Base) and one.id not in listed]
    unknown = [one for one in others if one.is_receiving and not week_of_base(one, library.as_of).days]
    silent = {one.id for one in unknown}
    closed = [one for one in others if one.id not in silent]
    parts = (f"{group.label}不开放，或者不是每{group.label}都开放", closed), ("开放时间没有公布", unknown)
    return tuple(OtherPlaces(title, tuple(some[:SHOWN]), len(some)) for title, some in parts if some)


def _paged(
    address: str,
    template: str,
    title: str,
    description: str,
    trail: tuple[Crumb, ...],
    kind: str,
    records: Sequence[Record],
    data: Mapping[str, Any],
) -> Iterator[PlannedPage]:
    has_news = any(news_of(record) for record in records)
    for part in paginate(address, records, PAGE_SIZE):
        yield PlannedPage(
            part.address,
            template,
            part.titled(title),
            description,
            part.trail(trail, title),
            kind,
            {**data, "records": part.items, "number": part.number, "addresses": part.addresses},
            has_feed=part.number == 1 and has_news,
        )
