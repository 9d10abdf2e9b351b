"""Posters: one page of A4 for each record, to hang up where people pass by."""

from __future__ import annotations

from collections.abc import Iterator

from macros.library.library import Library
from macros.pages.plan.page import Crumb, PlannedPage
from macros.pages.plan.record_pages import section_of, trail_of
from macros.records.model.kinds import Article


def poster_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the poster of each record that is current and has a page of its own; articles are read, not hung up."""
    for record in library.published.values():
        is_hung_up = not isinstance(record, Article) and library.is_current(record)
        if is_hung_up and not (record.successors or library.is_expired(record)):
            yield PlannedPage(
                f"{library.address(record)}poster/",
                "poster.html",
                f"{record.heading}：海报",
                f"“{record.heading}”的海报：一张 A4 纸，有名称、一句话介绍、时间和二维码。",
                (*trail_of(library, record), Crumb(record.heading, library.address(record))),
                section_of(library, record),
                {"poster": record},
                indexed=False,
            )
