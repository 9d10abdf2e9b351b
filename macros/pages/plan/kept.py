"""Pages of lists that were published once and have no record left: they go on answering (records.md, "Addresses").

Only a build that is told what was published last knows of them; a page of the same address that has records is the plan's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from macros.library import Library
from macros.library.facets import Facet
from macros.pages.plan.lists import crumb
from macros.pages.plan.page import HOME, PlannedPage
from macros.records.terms import Term

_LIST = re.compile(r"(?P<kind>[a-z]+)/(?:by/(?P<facet>[a-z]+)/(?P<term>[a-z0-9-]+)/)?(?:page/(?P<page>\d+)/)?")


class _Successor(NamedTuple):
    """What ``redirect.html`` names: the page that took over."""

    heading: str


def kept(library: Library, published: Collection[str], planned: Collection[str]) -> Iterator[PlannedPage]:
    """Yield a page for each list that was published and is not planned any more.

    A term without records keeps an empty page; other pages of lists lead on to where the records are now.

    Args:
        library: the records.
        published: addresses of the last build's pages.
        planned: addresses of the pages that have something to show.
    """
    for address in sorted(set(published) - set(planned)):
        found = _LIST.fullmatch(address)
        if found is None or found["kind"] not in library.kinds():
            continue
        if found["page"]:
            yield _leading_on(library, address, found["kind"], address[: found.start("page") - len("page/")])
        elif sought := _sought(library, found["kind"], found["facet"], found["term"]):
            yield _empty(library, address, found["kind"], *sought)
        else:
            yield _leading_on(library, address, found["kind"], f"{found['kind']}/")


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


def _leading_on(library: Library, address: str, kind: str, target: str) -> PlannedPage:
    label = library.kind_label(kind)
    return PlannedPage(
        address,
        "redirect.html",
        label,
        f"这一页已经转到“{label}”。",
        (HOME, crumb(library, kind)),
        kind,
        {"successor": _Successor(label)},
        indexed=False,
        leads_to=target,
    )
