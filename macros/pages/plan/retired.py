"""Pages of lists and indexes that were published once and have nothing left to show: they go on answering (records.md).

Only a build that is told what was published last knows of them; a page of the same address that has records is the plan's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from macros.library.facets import Facet
from macros.library.library import Library
from macros.pages.plan.lists import crumb
from macros.pages.plan.page import HOME, Crumb, PlannedPage
from macros.records.model.terms import Term

_LIST = re.compile(r"(?P<kind>[a-z]+)/(?:by/(?P<facet>[a-z]+)/(?P<term>[a-z0-9-]+)/)?(?:page/(?P<page>\d+)/)?")
# Pages that come and go with the number of records: of letters, of months, of what is related to a record.
_SPREAD = re.compile(r"(?:az/(?:[a-z]|other)/|updates/\d{4}-\d{2}/|[a-z]+/[a-z0-9-]+/related/)(?:page/\d+/)?")


class _Successor(NamedTuple):
    """What ``redirect.html`` names: the page that took over."""

    heading: str


def kept(library: Library, published: Collection[str], planned: Collection[PlannedPage]) -> Iterator[PlannedPage]:
    """Yield a page for each list that was published and is not planned any more.

    A term without records keeps an empty page; other pages lead on to where the records are now.

    Args:
        library: the records.
        published: addresses of the last build's pages.
        planned: the pages that have something to show.
    """
    present = {page.address: page for page in planned}
    for address in sorted(set(published) - set(present)):
        if _SPREAD.fullmatch(address):
            yield from _to_what_is_left(address, present)
        elif (found := _LIST.fullmatch(address)) and found["kind"] in library.kinds():
            yield _of_list(library, address, found)


def _of_list(library: Library, address: str, found: re.Match[str]) -> PlannedPage:
    kind = found["kind"]
    if found["page"]:
        return _to_list(library, address, kind, address[: found.start("page") - len("page/")])
    sought = _sought(library, kind, found["facet"], found["term"])
    return _empty(library, address, kind, *sought) if sought else _to_list(library, address, kind, f"{kind}/")


def _to_what_is_left(address: str, present: Mapping[str, PlannedPage]) -> Iterator[PlannedPage]:
    """Yield a page that leads to the nearest page above, e.g. from a page of a letter to the letter or to the index."""
    steps = address.split("/")[:-1]
    above = ("/".join(steps[:count]) + "/" for count in range(len(steps) - 1, 0, -1))
    target = next((present[place] for place in above if place in present), None)
    if target:
        yield _leading_on(address, target.title, target.leads_to or target.address, target.trail, target.section)


def _sought(library: Library, kind: str, facet_name: str, term_id: str) -> tuple[Facet, Term] | None:
    """Return facet and term of a page, if the vocabulary still has both."""
    facet = next((facet for facet in library.facets(kind) if facet.name == facet_name), None)
    vocabulary = library.collection.vocabularies.get(facet.vocabulary) if facet else None
    term = vocabulary.find(term_id) if vocabulary else None
    return (facet, term) if facet and term else None


def _empty(library: Library, address: str, kind: str, facet: Facet, term: Term) -> PlannedPage:
    label = library.kind_label(kind)
    return PlannedPage(
        address,
        "term.html",
        f"{label}：{term.label}",
        f"{facet.title}为“{term.label}”的{label}：暂无。",
        (HOME, crumb(library, kind)),
        kind,
        {"kind": kind, "facet": facet, "term": term, "total": 0, "records": (), "number": 1, "addresses": (address,)},
        indexed=False,
    )


def _to_list(library: Library, address: str, kind: str, target: str) -> PlannedPage:
    return _leading_on(address, library.kind_label(kind), target, (HOME, crumb(library, kind)), kind)


def _leading_on(address: str, label: str, target: str, trail: tuple[Crumb, ...], section: str) -> PlannedPage:
    return PlannedPage(
        address,
        "redirect.html",
        label,
        f"这一页已经转到“{label}”。",
        trail,
        section,
        {"successor": _Successor(label)},
        indexed=False,
        leads_to=target,
    )
