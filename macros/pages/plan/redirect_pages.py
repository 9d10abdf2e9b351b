"""Pages at old addresses: they lead on at once and have a link for whoever is not led, or show that a list is empty."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from macros.addresses.redirects import Redirect, record_redirects
from macros.addresses.retired import EmptyList, retired
from macros.library.library import Library
from macros.pages.plan.lists import crumb
from macros.pages.plan.page import HOME, Crumb, PlannedPage
from macros.pages.plan.record_pages import section_of, trail_of


def redirect_page(redirect: Redirect, trail: tuple[Crumb, ...] = (HOME,), section: str = "") -> PlannedPage:
    """Return the page that stands at an old address.

    Args:
        redirect: where it leads.
        trail: the way from the start page.
        section: the kind that it belongs to, or empty.
    """
    return PlannedPage(
        redirect.old,
        "redirect.html",
        redirect.heading,
        f"这一页已经转到“{redirect.heading}”。",
        trail,
        section,
        {"successor": redirect},
        indexed=False,
        leads_to=redirect.new,
    )


def redirects_of_records(library: Library) -> Iterator[PlannedPage]:
    """Yield a page at each old address of a record."""
    for redirect in record_redirects(library).values():
        if record := redirect.record:
            yield redirect_page(redirect, trail_of(library, record), section_of(library, record))


def retired_lists(
    library: Library, published: Collection[str], planned: Collection[PlannedPage]
) -> Iterator[PlannedPage]:
    """Yield a page for each list that was published and is not planned any more.

    A term without records keeps an empty page; other pages lead on to where the records are now.

    Args:
        library: the records.
        published: addresses of the last build's pages.
        planned: the pages that have something to show.
    """
    present = {page.address: page for page in planned}
    for found in retired(library, published, present):
        if isinstance(found, EmptyList):
            yield _empty(library, found)
        elif found.kind:
            redirect = Redirect(found.address, found.target, library.kind_label(found.kind))
            yield redirect_page(redirect, (HOME, crumb(library, found.kind)), found.kind)
        else:
            target = present[found.target]
            redirect = Redirect(found.address, target.leads_to or target.address, target.title)
            yield redirect_page(redirect, target.trail, target.section)


def _empty(library: Library, found: EmptyList) -> PlannedPage:
    address, kind, facet, term = found
    label = library.kind_label(kind)
    return PlannedPage(
        address,
        "term.html",
        f"{label}：{term.label}",
        f"{facet.title_in(library.collection.region)}为“{term.label}”的{label}：暂无。",
        (HOME, crumb(library, kind)),
        kind,
        {
            "kind": kind,
            "facet": facet,
            "term": term,
            "total": 0,
            "others": (),
            "records": (),
            "number": 1,
            "addresses": (address,),
        },
        indexed=False,
    )
