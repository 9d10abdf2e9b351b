"""Records that hang together with too many others for one page: all of them stand on a list of their own."""

from __future__ import annotations

from collections.abc import Iterator

from macros.library.library import Library
from macros.pages import cards
from macros.pages.plan.page import Crumb, PlannedPage, paginate
from macros.pages.plan.record_pages import section_of, trail_of
from macros.records.model.kinds import Record

PAGE_SIZE = 240
"""Records of a page of the list."""


def related_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the lists of all that is related to a record, for the records whose page can't name all."""
    for record in library.published.values():
        if library.count_related(record) > cards.SHOWN and library.successor(record) is record:
            yield from _pages(library, record)


def _pages(library: Library, record: Record) -> Iterator[PlannedPage]:
    others, title = library.related(record), f"{record.heading}的相关内容"
    trail = (*trail_of(library, record), Crumb(record.heading, library.address(record)))
    for part in paginate(cards.related_address(library, record), others, PAGE_SIZE):
        yield PlannedPage(
            part.address,
            "related.html",
            part.titled(title),
            f"和“{record.heading}”有关的记录，共 {len(others)} 条。",
            part.trail(trail, "相关内容"),
            section_of(library, record),
            {"others": part.items, "total": len(others), "number": part.number, "addresses": part.addresses},
        )
