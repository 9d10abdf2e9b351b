"""The plan: which pages exist, at which address, from which template, with which data.

An address never changes once it is published. What a page looks like stands in ``overrides/pages/``; a page that is not planned
here, and not written by hand in ``content/``, does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from macros.library.library import Library
from macros.pages.plan.agenda_pages import activity_pages
from macros.pages.plan.alphabet import alphabet_pages
from macros.pages.plan.booklet_pages import booklet_pages
from macros.pages.plan.embed_pages import embed_pages
from macros.pages.plan.lists import PAGE_SIZE, facet_pages, lists
from macros.pages.plan.overviews import applications, open_data, search, site_map
from macros.pages.plan.page import HOME, Crumb, PlannedPage
from macros.pages.plan.passport_page import passport_page
from macros.pages.plan.poster_pages import poster_pages
from macros.pages.plan.quiz_pages import quiz_pages
from macros.pages.plan.record_pages import records, withdrawn_pages
from macros.pages.plan.redirect_pages import redirects_of_records, retired_lists
from macros.pages.plan.related import related_pages
from macros.pages.plan.route_sheets import route_sheets
from macros.pages.plan.school_visits import school_visit_pages
from macros.pages.plan.updates import update_pages
from macros.records.model.registry import KINDS

OPTIONAL_PAGES: Mapping[str, Callable[[Library], Iterator[PlannedPage]]] = {
    "booklets": booklet_pages,
    "embeds": embed_pages,
    "posters": poster_pages,
}
"""Pages that not every site has, by the setting that asks for them."""

__all__ = ["HOME", "PAGE_SIZE", "Crumb", "PlannedPage", "plan"]


def plan(library: Library, published: Collection[str] = (), optional: Collection[str] = ()) -> Iterator[PlannedPage]:
    """Yield every page that is made from records, in a fixed order.

    Args:
        library: the records.
        published: addresses of the last build's pages, where they are known; lists among them never go away.
        optional: the names in `OPTIONAL_PAGES` of the pages that this site has beyond those of every site.
    """
    more = (page for name, pages in OPTIONAL_PAGES.items() if name in optional for page in pages(library))
    pages = (*_with_records(library), *more)
    yield from pages
    yield from retired_lists(library, published, pages)


def _with_records(library: Library) -> Iterator[PlannedPage]:
    for kind in KINDS:
        if kind in library.kinds():
            yield from lists(library, kind)
            yield from facet_pages(library, kind)
        if kind != "articles":
            yield from records(library, kind)
    yield from withdrawn_pages(library)
    yield from activity_pages(library)
    yield from quiz_pages(library)
    yield from school_visit_pages(library)
    yield from route_sheets(library)
    yield from passport_page(library)
    yield from related_pages(library)
    yield from redirects_of_records(library)
    yield from alphabet_pages(library)
    yield search(library)
    yield site_map(library)
    yield from update_pages(library)
    yield applications(library)
    yield open_data(library)
