"""Pages of single records."""

from __future__ import annotations

from collections.abc import Iterator

from macros.library.itinerary import itinerary_of
from macros.library.library import Library
from macros.pages.plan.lists import crumb
from macros.pages.plan.page import HOME, Crumb, PlannedPage
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Record
from macros.records.model.outings import Route


def records(library: Library, kind: str) -> Iterator[PlannedPage]:
    """Return a page for each record of a kind.

    A record that was merged into another has one that leads on instead; that of one that was split names its parts, and
    is left out where only living records are looked for.
    """
    of_kind = (record for record in library.published.values() if record.kind == kind)
    return filter(None, (page_of(library, record) for record in of_kind))


def withdrawn_page(
    address: str, title: str, until: PartialDate | None, trail: tuple[Crumb, ...] = (HOME,), section: str = ""
) -> PlannedPage:
    """Return the page that stands where something was published until a day that is over: it says so and no more.

    Args:
        address: where it stood.
        title: what it was called.
        until: its last day.
        trail: the way from the start page.
        section: the kind that it belonged to, or empty.
    """
    description = f"“{title}”已经下线，内容不再公布。"
    return PlannedPage(address, "withdrawn.html", title, description, trail, section, {"until": until}, indexed=False)


def withdrawn_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield a page for each record that is published no more; one that was merged leads on."""
    for record in library.withdrawn.values():
        if library.successor(record) is record:
            trail, section = trail_of(library, record), section_of(library, record)
            yield withdrawn_page(library.address(record), record.heading, record.publish_until, trail, section)


def page_of(library: Library, record: Record) -> PlannedPage | None:
    """Return the page of a record; None if its address leads on to another."""
    if library.successor(record) is not record:
        return None
    return PlannedPage(
        library.address(record),
        f"{record.kind}.html",
        record.heading,
        record.summary,
        trail_of(library, record),
        section_of(library, record),
        {"record": record, **({"itinerary": itinerary_of(library, record)} if isinstance(record, Route) else {})},
        record.document.path,
        library.modified(record),
        indexed=not record.successors,
    )


def section_of(library: Library, record: Record) -> str:
    """Return the kind of a record if it has a list of its own: a kind whose every record was merged or split has none."""
    return record.kind if record.kind in library.kinds() else ""


def trail_of(library: Library, record: Record) -> tuple[Crumb, ...]:
    """Return the way to the page of a record."""
    return (HOME, crumb(library, record.kind)) if section_of(library, record) else (HOME,)
