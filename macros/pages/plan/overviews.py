"""Pages over everything: the search, the site map, the open data."""

from __future__ import annotations

from macros.library.library import Library
from macros.pages.plan.lists import facet_groups
from macros.pages.plan.page import HOME, PlannedPage
from macros.records.model.kinds import KINDS


def search() -> PlannedPage:
    """Return the page on which all results of a query stand, with filters."""
    description = "搜索本站：名称、问题、拼音、粤拼都可以。"
    return PlannedPage("search/", "search.html", "搜索", description, (HOME,), indexed=False)


def site_map(library: Library) -> PlannedPage:
    """Return the page that leads to all others."""
    kinds = tuple((kind, facet_groups(library, kind)) for kind in library.kinds())
    return PlannedPage("site-map/", "site-map.html", "网站地图", "本站全部栏目和页面。", (HOME,), data={"kinds": kinds})


def open_data(library: Library) -> PlannedPage:
    """Return the page that tells people what machines can read, and where."""
    counts = {kind: sum(record.kind == kind for record in library.published.values()) for kind in KINDS}
    with_deadlines = {deadline.record.kind for deadline in library.deadlines}
    data = {
        "tables": tuple((kind, count) for kind, count in counts.items() if count),
        "calendars": tuple(kind for kind in KINDS if kind in with_deadlines),
    }
    description = "下载本站的全部记录：表格、JSON、接口、订阅和日历，以及怎样使用。"
    return PlannedPage("data/", "data.html", "开放数据", description, (HOME,), data=data)
