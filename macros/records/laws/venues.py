"""Laws about places that people go to: where they are, what they cost, and when they are open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from macros.records.collection import Collection
from macros.records.hours.schedule import OpenHours, Regular, goes_past_midnight, hours_of, regular_of
from macros.records.laws.law import of_one
from macros.records.model.dates import PartialDate, Time
from macros.records.model.festivals import HolidayName
from macros.records.model.group_visit import GroupVisit
from macros.records.model.groups import Admission, Location
from macros.records.model.kinds import Authored, Base, Place
from macros.records.model.opening import DAYS, Closure, HolidayHours, Opening, SpecialHours
from macros.records.model.terms import Term, shorten
from macros.records.model.walk import ValuePath, find
from macros.records.problems import Level, Problem
from macros.records.region import Region

HOLIDAYS = "data/terms/holidays.yml"
"""The calendar of public holidays, relative to the project's root."""

_Span: TypeAlias = tuple[PartialDate, PartialDate]
"""The first and the last day of an entry."""

_NOTICE_COMES = 11
_MONTH = range(1, 32)
_LEAST = {"min": 1, "max": 1, "minutes": 1, "lead_days": 0}
"""Fields of a group's visit that count, and the least that they count."""
_COSTS_NOTHING = re.compile(r"(全部)?免费.*|不收费|无|0(\.0+)? ?元?")


def points_lie_in_the_province(collection: Collection) -> Iterator[Problem]:
    """A point lies in the district's province; longitude and latitude that change places are told apart from a wrong point."""
    for record in collection.records.values():
        if (
            isinstance(record, Place)
            and record.location
            and (message := _misplaced(record.location, collection.region))
        ):
            yield record.document.problem(("location",), message, "point-outside")


def _misplaced(point: Location, region: Region) -> str | None:
    longitude, latitude = float(point.longitude), float(point.latitude)
    if region.holds(longitude, latitude):
        return None
    if region.holds(latitude, longitude):
        return f"经度 {point.longitude} 和纬度 {point.latitude} 写反了；请对调，经度是大的那个数"
    return (
        f"坐标（{point.longitude}，{point.latitude}）不在{region.name}内；请核对，"
        f"经度在 {region.west} 到 {region.east}、纬度在 {region.south} 到 {region.north} 之间"
    )


@of_one(Authored)
def admission_is_free_or_costs(record: Authored) -> Iterator[Problem]:
    """Who says that a visit or an activity is free gives no price."""
    admission: Admission | None = getattr(record, "admission", None)
    if admission and admission.free and admission.price and not _COSTS_NOTHING.fullmatch(admission.price):
        message = f"写了全部免费，又写了票价 “{shorten(admission.price)}”；请只留一样：要钱就把 free 改成 否，谁免费写进 concession（优惠办法）"
        yield record.document.problem(("admission", "price"), message, "contradiction")


@of_one(Base)
def groups_can_come(record: Base) -> Iterator[Problem]:
    """Of how groups are received, numbers count people, minutes and days, the fewest are no more than the most, and
    what goes with a textbook is of a stage that is received."""
    visit = record.group_visit
    if visit is None:
        return
    for name, least in _LEAST.items():
        number = getattr(visit, name)
        if number is not None and (number < least or number != number.to_integral_value()):
            message = (
                f"{GroupVisit.model_fields[name].title}写的是 {number}；请写 {least} 以上的整数，不知道就删掉这一行"
            )
            yield record.document.problem(("group_visit", name), message, "wrong-number")
    if visit.min is not None and visit.max is not None and visit.max < visit.min:
        message = f"一次最多 {visit.max} 人，少于最少 {visit.min} 人；请核对，写反了就对调"
        yield record.document.problem(("group_visit", "max"), message, "contradiction")
    for position, link in enumerate(visit.textbook if visit.stages else ()):
        if link.stage not in visit.stages:
            message = f"和{link.stage}的课本有关，可是 stages（学段）里没有{link.stage}；请补上，或改这一条"
            path = ("group_visit", "textbook", position, "stage")
            yield record.document.problem(path, message, "contradiction")


@of_one(Base)
def spans_in_order(record: Base) -> Iterator[Problem]:
    """Hours close after they open, at the latest early in the next morning; a span of days ends after it begins."""
    parts: Iterator[tuple[ValuePath, Opening | HolidayHours | SpecialHours | Closure]]
    parts = find(record, (Opening, HolidayHours, SpecialHours, Closure))
    for path, part in parts:
        if not isinstance(part, Closure) and (message := _closes_before(part.from_, part.to)):
            yield record.document.problem((*path, "to"), message, "hours-out-of-order")
        if isinstance(part, Opening) and (message := _enters_outside(part)):
            yield record.document.problem((*path, "last_entry"), message, "hours-out-of-order")
        if isinstance(part, HolidayHours):
            continue
        if part.from_date and part.to_date and part.to_date < part.from_date:
            message = f"结束日期 {part.to_date.iso} 早于开始日期 {part.from_date.iso}；请核对"
            yield record.document.problem((*path, "to_date"), message, "dates-out-of-order")


def _closes_before(opens: Time | None, closes: Time | None) -> str:
    if opens is None or closes is None or opens < closes or goes_past_midnight(opens, closes):
        return ""
    return (
        f"关门 {closes} 不晚于开门 {opens}；请核对，下午的时间要写 13:00 到 24:00；开到半夜的照写，例如 18:00 到 2:00"
    )


def _enters_outside(part: Opening) -> str:
    if part.last_entry is None:
        return ""
    hours = hours_of(part.from_, part.to, part.last_entry)
    if hours.opens is None or hours.closes is None:
        return f"写了最晚入场 {part.last_entry}，没有写开门和关门；请补上 from 和 to，或写进 note（说明）"
    if hours.opens <= (hours.last_entry or 0) <= hours.closes or hours.closes <= hours.opens:
        return ""
    return f"最晚入场 {part.last_entry} 不在开门 {part.from_} 和关门 {part.to} 之间；请核对"


@of_one(Base)
def hours_do_not_overlap(record: Base) -> Iterator[Problem]:
    """Of two openings of one part on one day of one season, one ends before the other begins."""
    entries = [(opening, regular_of(opening)) for opening in record.opening]
    for (first, (early, one)), (second, (late, other)) in combinations(enumerate(entries), 2):
        if (day := _shared_day(one, other)) and _overlap(one.hours, other.hours):
            message = (
                f"{day}的开放时间重叠：第 {first + 1} 条 {early.from_} 到 {early.to}，"
                f"第 {second + 1} 条 {late.from_} 到 {late.to}；请合成一条，或写明不同的 season（季节）、part（哪一部分）"
            )
            yield record.document.problem(("opening", second), message, "hours-overlap")


def _shared_day(one: Regular, other: Regular) -> str | None:
    """Return a day of the week of which both are, or None if no day can have both."""
    if one.part != other.part or _are_apart(one, other):
        return None
    return next(
        (day.label for number, day in enumerate(DAYS.choice, 1) if number in one.days and number in other.days), None
    )


def _are_apart(one: Regular, other: Regular) -> bool:
    if one.weeks and other.weeks and not _weeks_of(one) & _weeks_of(other):
        return True
    if (one.last and other.first and one.last < other.first) or (other.last and one.first and other.last < one.first):
        return True
    if one.season and other.season and (one.spans is None or other.spans is None):
        return one.season != other.season
    return bool(one.spans and other.spans) and not _days_of(one) & _days_of(other)


def _weeks_of(entry: Regular) -> set[int]:
    """Return which of a month's weekdays an entry may be of; the last is the fourth or the fifth."""
    return {number for week in entry.weeks for number in ((4, 5) if week < 0 else (week,))}


def _days_of(entry: Regular) -> set[int]:
    """Return the days of the year that an entry's season has, each as month times 100 and day."""
    every = [month * 100 + day for month in range(1, 13) for day in _MONTH]
    return {
        day
        for first, last in entry.spans or ()
        for day in every
        if (first <= day <= last if first <= last else day >= first or day <= last)
    }


def _overlap(one: OpenHours, other: OpenHours) -> bool:
    """Tell whether two hours have a time in common; those that are not whole have none."""
    if None in (one.opens, one.closes, other.opens, other.closes):
        return False
    return (one.opens or 0) < (other.closes or 0) and (other.opens or 0) < (one.closes or 0)


def _span(entry: SpecialHours | Closure) -> _Span:
    return entry.from_date, entry.to_date or entry.from_date


def _meet(one: _Span, other: _Span) -> bool:
    """Tell whether two spans have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def _is_narrower(one: _Span, other: _Span) -> bool:
    """Tell whether a span lies within another and has fewer days, so that it counts there."""
    return other[0] <= one[0] and one[1] <= other[1] and one != other


def _is_one_narrower(one: _Span, other: _Span) -> bool:
    return _is_narrower(one, other) or _is_narrower(other, one)


@of_one(Base)
def special_days_agree(record: Base) -> Iterator[Problem]:
    """Special hours of overlapping days lie one within the other, so that the narrower count, or don't overlap in time."""
    for (first, one), (second, other) in combinations(enumerate(record.special_hours), 2):
        spans = _span(one), _span(other)
        hours = [hours_of(part.from_, part.to) for part in (one, other)]
        if one.part != other.part or not _meet(*spans) or not _overlap(*hours) or _is_one_narrower(*spans):
            continue
        message = (
            f"特别开放时间第 {first + 1} 条和第 {second + 1} 条都说到 {max(spans)[0].iso}，时间不一样："
            f"{one.from_} 到 {one.to}，{other.from_} 到 {other.to}；请改日期，让一条的日子在另一条里面（日子少的优先），或合成一条"
        )
        yield record.document.problem(("special_hours", second), message, "hours-overlap")


@of_one(Base)
def closures_are_not_special_days(record: Base) -> Iterator[Problem]:
    """A closure within days with special hours counts there; else one of two that meet would say the contrary of the other."""
    for closure in record.closures:
        for position, special in enumerate(record.special_hours):
            shut, days = _span(closure), _span(special)
            if closure.part not in (None, special.part) or not _meet(shut, days) or _is_narrower(shut, days):
                continue
            message = (
                f"{max(shut, days)[0].iso} 又闭馆（{closure.reason}），又有特别开放时间，读者不知道开不开；"
                f"请改 closures（闭馆）或这一条的日期，不开放就删掉这一条"
            )
            yield record.document.problem(("special_hours", position), message, "contradiction")


@of_one(Base, "opening")
def holidays_have_one_rule(record: Base) -> Iterator[Problem]:
    """Holidays by Sunday's hours need a Sunday, and of one holiday two things are not said."""
    sundays = any(day.id == "日" for opening in record.opening for day in opening.days)
    paths: list[tuple[ValuePath, Term | None]] = [(("on_holidays",), record.on_holidays)]
    paths += [(("holiday_hours", n, "rule"), entry.rule) for n, entry in enumerate(record.holiday_hours)]
    for path, rule in paths:
        if rule and rule.id == "as-sunday" and not sundays:
            message = "写了节假日按周日，但 opening（开放时间）里没有周日；请补上周日的时间，或改成 另行通知"
            yield record.document.problem(path, message, "holiday-form")
    for (first, one), (second, other) in combinations(enumerate(record.holiday_hours), 2):
        if (name := _shared_name(one.holidays, other.holidays)) and not _both_open(one, other):
            message = f"{name} 在个别节日第 {first + 1} 条和第 {second + 1} 条里说得不一样；请只留一条"
            yield record.document.problem(("holiday_hours", second), message, "contradiction")


def _shared_name(one: Sequence[HolidayName], other: Sequence[HolidayName]) -> str:
    names = {holiday.name for holiday in one}
    return next((holiday.name for holiday in other if holiday.name in names), "")


def _both_open(one: HolidayHours, other: HolidayHours) -> bool:
    hours = [hours_of(part.from_, part.to) for part in (one, other)]
    return one.rule is None and other.rule is None and not _overlap(*hours)


@of_one(Base)
def seasons_have_days(record: Base) -> Iterator[Problem]:
    """A season tells its months or days; of one that is only named nobody knows whether it is now."""
    for position, opening in enumerate(record.opening):
        if opening.season and opening.season.spans is None:
            message = (
                f"季节“{opening.season}”没有写明从几月到几月，网页只能请人先打电话；请写成 4月—10月 或 夏季（4月—10月）"
            )
            problem = record.document.problem(("opening", position, "season"), message, "season-without-days")
            yield replace(problem, level=Level.NOTICE)


def holidays_of_the_year_are_written(collection: Collection) -> Iterator[Problem]:
    """Where hours are told, the public holidays of this year are written down, and from November on those of the next."""
    years, today = collection.calendar.years, collection.as_of
    if not any(isinstance(record, Base) and record.opening for record in collection.records.values()):
        return
    wanted = [today.year] + ([today.year + 1] if (today.month or 1) >= _NOTICE_COMES else [])
    for year in wanted:
        if year not in years:
            message = (
                f"还没有 {year} 年的放假安排，这一年的网页只能说“是否开放没有公布”；"
                f"国务院办公厅一般在上一年十一月公布通知，公布后请照前一年的样子添上"
            )
            yield Problem(HOLIDAYS, 1, 1, message, "holidays-missing", Level.NOTICE)
