"""School visits: the page on which a teacher finds a place for a class, and a plan to print for each place."""

from __future__ import annotations

from collections.abc import Iterator

from macros.library.facets import DAY, FIELD, GRADE, GROUP_SIZE, PRICE, SUBJECT, TOWN
from macros.library.library import Library
from macros.pages.cards import SHOWN, group_visit_of, plan_address
from macros.pages.finder import Finder
from macros.pages.plan.lists import PAGE_SIZE, crumb, facets_among
from macros.pages.plan.page import HOME, Crumb, PlannedPage, paginate
from macros.pages.plan.record_pages import trail_of
from macros.records.model.kinds import Base

ADDRESS = "school-visits/"
TITLE = "带班级去"

_SIDES = (GRADE, GROUP_SIZE, SUBJECT, DAY, PRICE, FIELD, TOWN)
"""What a teacher chooses by, the first question first."""


def school_visit_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the pages of the places that say how they receive groups, and the plan to print of each.

    The first stays where no place says anything: it tells so, and whom to call.
    """
    bases = [base for base in library.records(Base.kind) if isinstance(base, Base) and library.is_current(base)]
    places = tuple(base for base in bases if base.group_visit)
    silent = tuple(base for base in bases if not base.group_visit)
    data = {
        "kind": Base.kind,
        "facets": facets_among(library, Base.kind, _SIDES, places),
        "total": len(places),
        "finder": Finder(library, Base.kind, places, _SIDES, group_visit_of) if places else None,
        "lines": {base.id: group_visit_of(library, base) for base in places},
        "silent": silent[:SHOWN],
        "silent_total": len(silent),
    }
    description = "学校、班级和别的团体去科普基地：接待几年级、多少人，怎么约，和课本有什么关系。"
    trail = (HOME, crumb(library, Base.kind)) if bases else (HOME,)
    for part in paginate(ADDRESS, places, PAGE_SIZE):
        yield PlannedPage(
            part.address,
            "school-visits.html",
            part.titled(TITLE),
            description,
            part.trail(trail, TITLE),
            data={**data, "records": part.items, "number": part.number, "addresses": part.addresses},
        )
    yield from (_plan(library, base) for base in places)


def _plan(library: Library, base: Base) -> PlannedPage:
    """Return the sheet on which a teacher plans a visit; it is for paper, and nothing for search engines."""
    return PlannedPage(
        plan_address(library, base),
        "visit-plan.html",
        f"带班级去{base.name}：活动安排表",
        f"带班级去{base.name}的安排表，打印出来填：时间、路线、分组、紧急联系。",
        (*trail_of(library, base), Crumb(base.name, library.address(base))),
        Base.kind,
        {"base": base},
        indexed=False,
    )
