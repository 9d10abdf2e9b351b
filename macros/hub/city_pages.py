"""The pages of a city's site: home, lists by kind and by district, the districts, the agenda, what changed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from macros.hub.city import City, CityAgendaEntry, CityDistrict, by_day
from macros.hub.city_entries import CityEntry
from macros.hub.city_finder import CityFinder
from macros.pages.plan.page import HOME, Crumb, PlannedPage, paginate
from macros.pages.site_settings import Site
from macros.records.model.registry import KINDS

PAGE_SIZE = 24
_TIMES = 100
"""Times on a page of the agenda."""
_ON_HOME, _ON_DISTRICT, _LATEST = 24, 20, 5
DISTRICTS, AGENDA = Crumb("各区", "districts/"), Crumb("全市日程", "agenda/")


def plan_city(
    city: City, site: Site, finders: Mapping[str, CityFinder], feeds: Container[str]
) -> Iterator[PlannedPage]:
    """Yield every page.

    Args:
        city: what they tell of.
        site: whose they are.
        finders: kind → its finder.
        feeds: addresses of the pages beside which a feed lies.
    """
    for page in _pages(city, site, finders):
        yield replace(page, has_feed=bool(page.address) and page.address in feeds)


def _pages(city: City, site: Site, finders: Mapping[str, CityFinder]) -> Iterator[PlannedPage]:
    days = by_day(city.agenda[:_ON_HOME])
    home = {"city": city, "days": days, "latest": city.news[:_LATEST]}
    yield PlannedPage("", "city/home.html", site.name, site.description, data=home)
    for kind in city.kinds:
        yield from _lists(city, kind, finders[kind])
    yield from _districts(city)
    yield from _agenda(city)
    yield _single(city, "updates/", "city/updates.html", "最近更新", "各区的记录最近公布和改动了什么。")
    yield _single(city, "site-map/", "city/site-map.html", "网站地图", "本站的全部目录：各类、各区。")
    yield _single(city, "az/", "city/site-map.html", "分区索引", "各区的目录和拼音索引。")
    yield _single(city, "search/", "search.html", "搜索", "在各区的全部记录里一起找。")
    yield _single(city, "about/", "city/about.html", "关于本站", "本站的内容从哪里来，怎样更新，怎样纠错。")


def _single(city: City, address: str, template: str, title: str, description: str) -> PlannedPage:
    return PlannedPage(address, template, title, description, (HOME,), data={"city": city})


def _lists(city: City, kind: str, finder: CityFinder) -> Iterator[PlannedPage]:
    label, entries = city.words[kind].label, city.of_kind(kind)
    districts = [(one, one.counts[kind]) for one in city.districts if one.counts.get(kind)]
    common = {"city": city, "kind": kind, "counter": KINDS[kind].counter, "districts": districts}
    data = {**common, "finder": finder, "district": None}
    yield from _paged(f"{kind}/", label, f"全市的{label}", (HOME,), kind, entries, data)
    by_district: dict[str, list[CityEntry]] = {}
    for entry in entries:
        by_district.setdefault(entry.district, []).append(entry)
    for one, _ in districts:
        own = {**common, "finder": None, "district": one}
        title = f"{one.name}的{label}"
        trail = (HOME, Crumb(label, f"{kind}/"))
        yield from _paged(list_of(kind, one), title, title, trail, kind, by_district[one.id], own)


def list_of(kind: str, district: CityDistrict) -> str:
    """Return the address of the list of a district's records of a kind."""
    return f"{kind}/by/district/{district.id}/"


def _paged(
    address: str,
    title: str,
    what: str,
    trail: tuple[Crumb, ...],
    kind: str,
    entries: Sequence[CityEntry],
    common: Mapping[str, Any],
) -> Iterator[PlannedPage]:
    description = f"{what}，共 {len(entries)} {KINDS[kind].counter}。"
    for part in paginate(address, entries, PAGE_SIZE):
        data = {
            **common,
            "records": part.items,
            "number": part.number,
            "addresses": part.addresses,
            "total": len(entries),
        }
        steps = part.trail(trail, title)
        yield PlannedPage(part.address, "city/list.html", part.titled(title), description, steps, kind, data)


def _districts(city: City) -> Iterator[PlannedPage]:
    yield _single(
        city, DISTRICTS.address, "city/districts.html", DISTRICTS.title, "本站有哪些区，各区的数据截至哪一天。"
    )
    times: dict[str, list[CityAgendaEntry]] = {one.id: [] for one in city.districts}
    for item in city.agenda:
        times[item.entry.district].append(item)
    for one in city.districts:
        description = f"{one.name}的科普目录，共 {one.total} 条。"
        data = {"city": city, "district": one, "days": by_day(times[one.id][:_ON_DISTRICT])}
        yield PlannedPage(one.address, "city/district.html", one.name, description, (HOME, DISTRICTS), data=data)


def _agenda(city: City) -> Iterator[PlannedPage]:
    title = AGENDA.title
    for part in paginate(AGENDA.address, city.agenda, _TIMES):
        data = {"city": city, "days": by_day(part.items), "number": part.number, "addresses": part.addresses}
        trail = part.trail((HOME,), title)
        yield PlannedPage(
            part.address,
            "city/agenda.html",
            part.titled(title),
            "全市接下来有什么活动，一天一天地看。",
            trail,
            data=data,
        )
