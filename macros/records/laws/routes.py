"""Laws about routes: each has stops that one can go to on one day, with a name, in a time that adds up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from macros.records.collection import Collection
from macros.records.hours.schedule import DAY_NUMBERS
from macros.records.hours.together import common_weekdays, days_in_short, open_weekdays
from macros.records.laws.law import of_one
from macros.records.model.kinds import Base, Incubator, Place, Record
from macros.records.model.outings import Route
from macros.records.problems import Problem

_FEWEST = 2


@of_one(Route, "stops")
def routes_have_several_stops(record: Route) -> Iterator[Problem]:
    """A route leads from one stop to another."""
    if len(record.stops) < _FEWEST:
        message = f"只有 {len(record.stops)} 站，不成线路；请在 stops（站点）里写至少两站，一站一项"
        yield record.document.problem(("stops",) if record.stops else ("name",), message, "too-few-stops")


@of_one(Route)
def stops_have_a_name(record: Route) -> Iterator[Problem]:
    """A stop is a place of the site or has a name of its own."""
    for position, stop in enumerate(record.stops):
        if not stop.place and not stop.name:
            message = f"第 {position + 1} 站没有写是哪里；本站有的写 place（地点的 id），没有的写 name（名称）"
            yield record.document.problem(("stops", position), message, "nameless-stop")


@of_one(Route)
def nothing_follows_the_last_stop(record: Route) -> Iterator[Problem]:
    """The last stop tells no way to a next one."""
    for name in ("travel", "travel_minutes", "travel_note") if record.stops else ():
        if getattr(record.stops[-1], name) is not None:
            message = "最后一站后面没有站了；请删掉这一项，要回到起点就再写一站"
            yield record.document.problem(("stops", len(record.stops) - 1, name), message, "no-next-stop")


@of_one(Route)
def times_and_sizes_are_whole(record: Route) -> Iterator[Problem]:
    """Minutes and numbers of people are whole and above nought."""
    numbers: list[tuple[tuple[str | int, ...], Decimal | None]] = [
        (("group_max",), record.group_max),
        (("minutes",), record.minutes),
    ]
    for position, stop in enumerate(record.stops):
        numbers.append((("stops", position, "minutes"), stop.minutes))
        numbers.append((("stops", position, "travel_minutes"), stop.travel_minutes))
    for path, number in numbers:
        if number is not None and (number <= 0 or number % 1):
            message = f"要写大于 0 的整数，是 {number}；请核对，半小时写 30"
            yield record.document.problem(path, message, "wrong-number")


@of_one(Route)
def times_add_up(record: Route) -> Iterator[Problem]:
    """A total that is given is the sum of its parts, and no less than the sum of those that are known."""
    if record.minutes is None or not record.parts:
        return
    known = sum(part for part in record.parts if part is not None)
    if known > record.minutes or (None not in record.parts and known != record.minutes):
        message = (
            f"写了总时长 {record.minutes} 分钟，各站和路上加起来是 {known} 分钟；请核对，不写 minutes 就由程序相加"
        )
        yield record.document.problem(("minutes",), message, "contradiction")


def stops_receive_visitors(collection: Collection) -> Iterator[Problem]:
    """A route that is in use leads to no place that is closed or whose place others took."""
    for record in _in_use(collection):
        for position, stop in enumerate(record.stops):
            place = collection.records.get(stop.place) if stop.place else None
            if place and (why := _gone(place)):
                message = f"第 {position + 1} 站 {place.heading} {why}；请换一站，这条线路不再走了就写 ended（已停用）"
                yield record.document.problem(("stops", position, "place"), message, "stop-closed")


def _in_use(collection: Collection) -> Iterator[Route]:
    return (record for record in collection.of(Route) if not record.ended)


def _gone(place: Record) -> str:
    if place.successors:
        return f"已并入或分为 {'、'.join(place.successors)}"
    is_closed = isinstance(place, Base | Incubator) and place.status is not None and place.status.id == "closed"
    return "已关闭" if is_closed else ""


def stops_open_on_one_day(collection: Collection) -> Iterator[Problem]:
    """On some day of the week all stops are open, and on each of the days that are called the best."""
    today = collection.as_of.first_day
    for record in _in_use(collection):
        found = (collection.records.get(stop.place) for stop in record.stops if stop.place)
        places = [place for place in found if place]
        days = common_weekdays(places, today)
        opening = "，".join(
            f"{place.heading} {days_in_short(own)}" for place in places if (own := open_weekdays(place, today))
        )
        if not days:
            message = f"没有一天各站都开放：{opening}；请换一站，或核对它们的开放时间"
            yield record.document.problem(("stops",), message, "never-together")
            continue
        for day in record.best_days:
            if DAY_NUMBERS[day.id] not in days:
                message = f"{day} 有的站不开放：{opening}；各站都开放的是{days_in_short(days)}，请改成其中的"
                yield record.document.problem(("best_days",), message, "best-day-closed")


def towns_of_stops_are_named(collection: Collection) -> Iterator[Problem]:
    """Where a route tells its towns, those of all its stops are among them, so that it is found under each."""
    for record in collection.of(Route):
        for position, stop in enumerate(record.stops):
            place = collection.records.get(stop.place) if stop.place else None
            if record.towns and isinstance(place, Place) and place.town and place.town not in record.towns:
                message = f"第 {position + 1} 站 {place.heading} 在{place.town}，这里没有写；请补上"
                yield record.document.problem(("towns",), message, "town-missing")
