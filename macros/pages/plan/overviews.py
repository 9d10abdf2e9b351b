"""Pages over everything: the search, the site map, the open data."""

from __future__ import annotations

from macros.library.library import Library
from macros.library.news import APPLICATIONS, application_news
from macros.pages.plan.lists import crumb, facet_groups
from macros.pages.plan.page import HOME, PlannedPage
from macros.records.model.registry import KINDS


def search(library: Library) -> PlannedPage:
    """Return the page on which all results of a query stand, with filters."""
    description = f"搜索本站：名称、问题、{library.collection.region.romanizations}都可以。"
    return PlannedPage("search/", "search.html", "搜索", description, (HOME,), indexed=False)


def site_map(library: Library) -> PlannedPage:
    """Return the page that leads to all others."""
    kinds = tuple((kind, facet_groups(library, kind)) for kind in library.kinds())
    return PlannedPage("site-map/", "site-map.html", "网站地图", "本站全部栏目和页面。", (HOME,), data={"kinds": kinds})


def applications(library: Library) -> PlannedPage:
    """Return the page of what can be applied for under policies; it stays where nothing can, and says so."""
    description = "现在可以申请的政策：谁可以申请，能得到什么，哪一天截止，问谁。"
    trail = (HOME, crumb(library, "policies")) if "policies" in library.kinds() else (HOME,)
    has_feed = bool(application_news(library.records("policies"), library.as_of))
    return PlannedPage(APPLICATIONS, "applications.html", "正在受理", description, trail, has_feed=has_feed)


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
