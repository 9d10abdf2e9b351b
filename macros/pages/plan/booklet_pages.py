"""Booklets for paper: all places of a kind, or of a town, on pages that a browser prints on A4 or A5."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.library.facets import TOWN, Group
from macros.library.library import Library
from macros.pages.plan.page import HOME, Crumb, PlannedPage
from macros.records.model.kinds import Record
from macros.records.model.terms import Term

ADDRESS = "booklet/"
TITLE = "小册子"

LARGEST = 500
"""Records of one booklet: more is a book of over a hundred pages; then those by town serve."""

_WITHOUT_TOWN = "没有写明镇街"
_LEFT_OUT = {"targets", "articles"}
"""Kinds that nobody goes to and nobody applies for."""


@dataclass(frozen=True)
class Part:
    """A part of a booklet.

    Attributes:
        title: over it; empty where it is the only one.
        entries: number of each record in the booklet, from 1, and the record.
    """

    title: str
    entries: tuple[tuple[int, Record], ...]


def booklet_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the booklets and the page that leads to them."""
    kinds = [kind for kind in library.kinds() if kind not in _LEFT_OUT]
    booklets = [_booklet(f"{ADDRESS}{kind}/", library.kind_label(kind), _of_kind(library, kind)) for kind in kinds]
    by_kind = [one for one in booklets if 0 < one.data["total"] <= LARGEST]
    by_town = [one for one in _by_town(library, kinds) if one.data["total"] <= LARGEST]
    description = "可以打印的小册子：每处一个二维码，按栏目或镇街分册，A4、A5 纸都可以。"
    data = {"kinds": by_kind, "towns": by_town}
    yield PlannedPage(ADDRESS, "booklets.html", TITLE, description, (HOME,), data=data, indexed=False)
    yield from (*by_kind, *by_town)


def _of_kind(library: Library, kind: str) -> list[Group]:
    """Return the current records of a kind by town, each under its first town alone."""
    left = {record.id: record for record in library.records(kind) if library.is_current(record)}
    groups = [Group(label, _taken(left, records)) for _, label, records in _towns(library, kind)]
    groups = [group for group in groups if group.records]
    return [*groups, *([Group(_WITHOUT_TOWN if groups else "", tuple(left.values()))] if left else [])]


def _taken(left: dict[str, Record], records: Iterable[Record]) -> tuple[Record, ...]:
    """Take records out of those that are left."""
    return tuple(left.pop(record.id) for record in records if record.id in left)


def _towns(library: Library, kind: str) -> Iterator[tuple[Term, str, tuple[Record, ...]]]:
    if TOWN in library.facets(kind):
        for group in library.groups(kind, TOWN):
            if group.term:
                yield group.term, group.label, tuple(filter(library.is_current, group.records))


def _by_town(library: Library, kinds: Iterable[str]) -> Iterator[PlannedPage]:
    parts: dict[Term, list[Group]] = {}
    for kind in kinds:
        for term, _, records in _towns(library, kind):
            parts.setdefault(term, []).append(Group(library.kind_label(kind), records))
    for term in sorted(parts, key=lambda term: (term.order, term.id)):
        if groups := [group for group in parts[term] if group.records]:
            yield _booklet(f"{ADDRESS}towns/{term.id}/", term.label, groups)


def _booklet(address: str, title: str, groups: Iterable[Group]) -> PlannedPage:
    parts, number = [], 0
    for group in groups:
        parts.append(Part(group.label, tuple(enumerate(group.records, number + 1))))
        number += len(group.records)
    data = {"booklet": tuple(parts), "total": number}
    description = f"{title}的小册子：{number} 条，每条一个二维码，可以打印。"
    trail = (HOME, Crumb(TITLE, ADDRESS))
    return PlannedPage(address, "booklet.html", f"{title}（{TITLE}）", description, trail, data=data, indexed=False)
