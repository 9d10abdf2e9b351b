"""Pages of single records, and pages at old addresses that lead on to them."""

from __future__ import annotations

from collections.abc import Iterator

from macros.library import Library
from macros.pages.plan.lists import crumb
from macros.pages.plan.page import HOME, Crumb, PlannedPage
from macros.records.kinds import Record


def records(library: Library, kind: str) -> Iterator[PlannedPage]:
    """Yield a page for each record of a kind; a record that was merged into another has one that leads on instead."""
    for record in library.published.values():
        address = library.address(record)
        if record.kind == kind and address not in library.moves:
            yield PlannedPage(
                address,
                f"{kind}.html",
                record.heading,
                record.summary,
                (HOME, crumb(library, kind)),
                kind,
                {"record": record},
                record.document.path,
                library.modified(record),
            )


def redirects(library: Library) -> Iterator[PlannedPage]:
    """Yield a page at each old address: it leads on at once, and has a link for whoever is not led."""
    for address, record in library.moves.items():
        yield PlannedPage(
            address,
            "redirect.html",
            record.heading,
            f"这一页已经转到“{record.heading}”。",
            _trail(library, record),
            record.kind if record.kind in library.kinds() else "",
            {"successor": record},
            indexed=False,
            leads_to=library.address(record),
        )


def _trail(library: Library, record: Record) -> tuple[Crumb, ...]:
    return (HOME, crumb(library, record.kind)) if record.kind in library.kinds() else (HOME,)
