"""The sheets of routes: one page of paper for a class that goes."""

from __future__ import annotations

from collections.abc import Iterator

from macros.library.itinerary import itinerary_of
from macros.library.library import Library
from macros.pages.plan.page import Crumb, PlannedPage
from macros.pages.plan.record_pages import section_of, trail_of
from macros.records.model.outings import Route


def route_sheets(library: Library) -> Iterator[PlannedPage]:
    """Yield the sheet of each route that has a page of its own."""
    for record in library.published.values():
        if isinstance(record, Route) and not record.successors:
            yield PlannedPage(
                f"{library.address(record)}sheet/",
                "routes-sheet.html",
                f"{record.heading}：打印单",
                f"“{record.heading}”的打印单：一张 A4 纸，每站一个二维码。",
                (*trail_of(library, record), Crumb(record.heading, library.address(record))),
                section_of(library, record),
                {"route": record, "itinerary": itinerary_of(library, record)},
                indexed=False,
            )
