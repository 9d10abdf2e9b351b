"""Records that hang together with too many others for one page: all of them stand on a list of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from macros.library.library import Library
from macros.pages.plan.page import Crumb, PlannedPage, paginate
from macros.pages.plan.record_pages import section_of, trail_of
from macros.records.model.kinds import Record, Target

SHOWN = 48
"""Related records that the page of a record names, and as many targets; a record that has more of both gets the list."""

PAGE_SIZE = 240
"""Records of a page of the list."""


class Related(NamedTuple):
    """What the page of a record names of all that is related to it.

    Attributes:
        others: records that are no targets.
        targets: the targets.
        total: how many there are of both, shown or not.
        address: address of the list of all; empty if the page names all.
    """

    others: tuple[Record, ...]
    targets: tuple[Target, ...]
    total: int
    address: str


def related_to(library: Library, record: Record) -> Related:
    """Return what the page of a record names of all that is related to it."""
    others = tuple(other for other in library.related(record) if not isinstance(other, Target))
    targets = library.targets_about(record)
    total = len(others) + len(targets)
    return Related(others[:SHOWN], targets[:SHOWN], total, _address(library, record) if total > SHOWN else "")


def related_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the lists of all that is related to a record, for the records whose page can't name all."""
    for record in library.published.values():
        if library.count_related(record) > SHOWN and library.successor(record) is record:
            yield from _pages(library, record)


def _pages(library: Library, record: Record) -> Iterator[PlannedPage]:
    others, title = library.related(record), f"{record.heading}的相关内容"
    trail = (*trail_of(library, record), Crumb(record.heading, library.address(record)))
    for part in paginate(_address(library, record), others, PAGE_SIZE):
        yield PlannedPage(
            part.address,
            "related.html",
            part.titled(title),
            f"和“{record.heading}”有关的记录，共 {len(others)} 条。",
            part.trail(trail, "相关内容"),
            section_of(library, record),
            {"others": part.items, "total": len(others), "number": part.number, "addresses": part.addresses},
        )


def _address(library: Library, record: Record) -> str:
    return f"{library.address(record)}related/"
