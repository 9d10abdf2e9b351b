"""The hours of a place as data for the browser, which works out today's sentence by the same rules."""

from __future__ import annotations

import datetime
from typing import Any

from macros.records.hours.holidays import Calendar, Holiday
from macros.records.hours.schedule import Dated, NamedDays, OpenHours, Regular, Schedule

Data = dict[str, Any]


def browser_data(schedule: Schedule, calendar: Calendar, since: int) -> Data | None:
    """Return what the browser must know to say today's sentence; None where it has nothing to say.

    Args:
        schedule: what the place says.
        calendar: the public holidays.
        since: the first year that is told of; no reader lives earlier than the page was made.
    """
    if not schedule.is_running or not (schedule.regular or schedule.dated or schedule.on_holidays or schedule.named):
        return None
    return _filled(
        phone=schedule.phone,
        mustBook=schedule.must_book,
        regular=[_regular(entry) for entry in schedule.regular],
        dated=[_dated(entry) for entry in schedule.dated if entry.last.year >= since],
        onHolidays=schedule.on_holidays,
        named=[_named(entry) for entry in schedule.named],
        holidays=browser_holidays(calendar, since),
    )


def browser_holidays(calendar: Calendar, since: int) -> Data:
    """Return the public holidays by year, from a year on."""
    years = sorted(year for year in calendar.years if year >= since)
    return {str(year): [_holiday(holiday) for holiday in calendar.years[year]] for year in years}


def _regular(entry: Regular) -> Data:
    return _filled(
        **_hours(entry.hours),
        part=entry.part,
        days=list(entry.days),
        weeks=list(entry.weeks),
        season=entry.season,
        # Without days of the year, the season's name alone tells that they are unknown.
        spans=[list(span) for span in entry.spans or ()],
        first=_iso(entry.first),
        last=_iso(entry.last),
    )


def _dated(entry: Dated) -> Data:
    span = {"first": _iso(entry.first), "last": _iso(entry.last)}
    return _filled(**span, **_hours(entry.hours), reason=entry.reason, part=entry.part, isClosed=entry.is_closed)


def _named(entry: NamedDays) -> Data:
    return _filled(names=list(entry.names), rule=entry.rule, **_hours(entry.hours), reason=entry.reason)


def _hours(hours: OpenHours) -> Data:
    return {
        "opens": hours.opens,
        "closes": hours.closes,
        "lastEntry": hours.last_entry,
        "booking": hours.booking,
        "note": hours.note,
    }


def _holiday(holiday: Holiday) -> list[Any]:
    days = [day.isoformat() for day in (holiday.first, holiday.last, holiday.day)]
    return [holiday.name, holiday.short, *days, [day.isoformat() for day in holiday.work]]


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _filled(**values: Any) -> Data:
    """Leave out what says nothing; a time of 0 is midnight."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", [], {})
    }
