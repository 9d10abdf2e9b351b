"""Pages over everything: the index by pinyin, the site map, the updates by month, the open data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from macros.library import Library
from macros.library.news import News
from macros.pages.plan.lists import facet_groups
from macros.pages.plan.page import HOME, Crumb, PlannedPage
from macros.records.dates import PartialDate
from macros.records.kinds import KINDS

Month = tuple[PartialDate, tuple[News, ...]]

_UPDATES = Crumb("更新说明", "updates/")


def alphabet(library: Library) -> PlannedPage:
    """Return the index by pinyin."""
    data = {"groups": library.alphabet}
    return PlannedPage("az/", "alphabet.html", "拼音索引", "全部条目按拼音首字母排列。", (HOME,), data=data)


def search() -> PlannedPage:
    """Return the page on which all results of a query stand, with filters."""
    description = "搜索本站：名称、问题、拼音、粤拼都可以。"
    return PlannedPage("search/", "search.html", "搜索", description, (HOME,), indexed=False)


def site_map(library: Library) -> PlannedPage:
    """Return the page that leads to all others."""
    kinds = tuple((kind, facet_groups(library, kind)) for kind in library.kinds())
    return PlannedPage("site-map/", "site-map.html", "网站地图", "本站全部栏目和页面。", (HOME,), data={"kinds": kinds})


def updates(library: Library) -> Iterator[PlannedPage]:
    """Yield the list of months in which records changed, and a page for each of them."""
    months = _months(library)
    description = "本站的记录改了什么，按月列出。"
    modified = library.changes[0].date if library.changes else None
    data = {"months": months}
    yield PlannedPage(_UPDATES.address, "updates.html", _UPDATES.title, description, (HOME,), "", data, "", modified)
    for month, news in months:
        yield _month(month, news, months)


def _month(month: PartialDate, news: tuple[News, ...], months: tuple[Month, ...]) -> PlannedPage:
    return PlannedPage(
        f"updates/{month.iso}/",
        "updates-month.html",
        f"{month}的更新",
        f"{month}本站的记录改了什么，共 {len(news)} 处。",
        (HOME, _UPDATES),
        data={"month": month, "news": news, "months": months},
        modified=news[0].date,
    )


def _months(library: Library) -> tuple[Month, ...]:
    """Return the changes by month, the newest first."""
    groups = groupby(library.changes, key=lambda item: PartialDate(item.date.year, item.date.month))
    return tuple((month, tuple(news)) for month, news in groups)


def open_data(library: Library) -> PlannedPage:
    """Return the page that tells people what machines can read, and where."""
    counts = {kind: sum(record.kind == kind for record in library.published.values()) for kind in KINDS}
    data = {"tables": tuple((kind, count) for kind, count in counts.items() if count)}
    description = "下载本站的全部记录：表格、JSON、接口、订阅和日历，以及怎样使用。"
    return PlannedPage("data/", "data.html", "开放数据", description, (HOME,), data=data)
