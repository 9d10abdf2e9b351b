"""The passport: the page of all bases that take part; where none does, there is no page."""

from __future__ import annotations

from collections.abc import Iterator

from macros.library.library import Library
from macros.pages.plan.lists import crumb
from macros.pages.plan.page import HOME, Crumb, PlannedPage

PASSPORT = Crumb("科普护照", "passport/")


def passport_page(library: Library) -> Iterator[PlannedPage]:
    """Yield the page on which stamps are got and kept, and from which the passport is printed."""
    bases = library.with_passport
    if bases:
        description = f"{len(bases)} 处科普基地参加：到了现场，凭墙上的词盖一个章。"
        trail = (HOME, crumb(library, "bases"))
        yield PlannedPage(
            PASSPORT.address, "passport.html", PASSPORT.title, description, trail, data={"passport": bases}
        )
