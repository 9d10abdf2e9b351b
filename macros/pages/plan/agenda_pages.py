"""The times of activities: a calendar of each month, pages of the days on which many take place, and of the years that are over."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from macros.library.agenda import AgendaEntry, months_of, past_years, times_of_all
from macros.library.library import Library
from macros.pages.plan.lists import PAGE_SIZE, crumb
from macros.pages.plan.page import HOME, Crumb, PlannedPage, paginate
from macros.records.model.dates import PartialDate
from macros.records.model.outings import Activity
from macros.records.model.terms import Term

IN_A_CELL = 8
"""Activities that a day of the calendar names; a day with more has a page of its own (5,000 activities stay under 100 kB a month)."""


class MonthDay(NamedTuple):
    """A day of the calendar.

    Attributes:
        day: the day, or None before the first and after the last of the month.
        shown: what the calendar names.
        total: how many there are.
        address: address of the page that names all; empty if the calendar does.
    """

    day: datetime.date | None
    shown: tuple[AgendaEntry, ...] = ()
    total: int = 0
    address: str = ""


class AgendaSeason(NamedTuple):
    """What takes place from a first to a last day, as the page of a month or a week of science tells it.

    Attributes:
        days: its days on which something takes place, in their order.
        towns: towns and the activities in each, in the towns' order; those without a town last, under None.
        activities: how many activities take place.
        total: how many times.
    """

    days: tuple[MonthDay, ...]
    towns: tuple[tuple[Term | None, int], ...]
    activities: int
    total: int


def season_of(library: Library, first: datetime.date, last: datetime.date) -> AgendaSeason:
    """Return what takes place from a first to a last day; what was cancelled is named, and not counted."""
    found = {day: times for day, times in _days(library).items() if first <= day <= last}
    counted = [time.activity for times in found.values() for time in times if not time.activity.cancelled]
    activities = {activity.id: activity for activity in counted}
    towns = Counter(activity.town for activity in activities.values())
    in_order = sorted(towns.items(), key=lambda town: (town[0] is None, town[0]))
    days = tuple(_cell(day, found) for day in sorted(found))
    return AgendaSeason(days, tuple(in_order), len(activities), len(counted))


Days = Mapping[datetime.date, tuple[AgendaEntry, ...]]


def activity_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the calendar of each month, the page of each day of which it can't name all, and what is over by years."""
    trail = (HOME, crumb(library, Activity.kind))
    yield from _calendars(library, trail)
    yield from _past(library, trail)


def _past(library: Library, trail: tuple[Crumb, ...]) -> Iterator[PlannedPage]:
    records = library.records(Activity.kind)
    years, months = past_years(records, library.as_of.first_day), months_of(records)
    for year in years:
        title = f"{year.year} 年办过的{library.kind_label(Activity.kind)}"
        description = f"{title}，共 {len(year.activities)} {Activity.counter}。"
        common = {"years": years, "year": year, "months": [month for month in months if month.date.year == year.year]}
        for part in paginate(year.address, year.activities, PAGE_SIZE):
            data = {**common, "records": part.items, "number": part.number, "addresses": part.addresses}
            steps = part.trail(trail, title)
            name = "activities-past.html"
            yield PlannedPage(part.address, name, part.titled(title), description, steps, Activity.kind, data)


def _calendars(library: Library, trail: tuple[Crumb, ...]) -> Iterator[PlannedPage]:
    days, months = _days(library), months_of(library.records(Activity.kind))
    for month in months:
        title = f"{month.date}的活动"
        weeks = _weeks(month.date, days)
        data = {"month": month, "months": months, "weeks": weeks}
        description = f"{month.date}的活动，共 {month.total} 次：哪一天，几点，在哪里。"
        yield PlannedPage(month.address, "activities-month.html", title, description, trail, Activity.kind, data)
        for cell in (cell for week in weeks for cell in week if cell.address):
            yield _day_page(cell, days, (*trail, Crumb(title, month.address)))


def _day_page(cell: MonthDay, days: Days, trail: tuple[Crumb, ...]) -> PlannedPage:
    assert cell.day
    title = f"{PartialDate(cell.day.year, cell.day.month, cell.day.day)}的活动"
    data = {"day": cell.day, "times": days[cell.day]}
    return PlannedPage(
        cell.address, "activities-day.html", title, f"{title}，共 {cell.total} 次。", trail, Activity.kind, data
    )


def _days(library: Library) -> Days:
    found: dict[datetime.date, list[AgendaEntry]] = defaultdict(list)
    for time in times_of_all(library.records(Activity.kind)):
        found[time.occurrence.day].append(time)
    return {day: tuple(times) for day, times in found.items()}


def _weeks(month: PartialDate, days: Days) -> tuple[tuple[MonthDay, ...], ...]:
    """Return the weeks of a month from Monday on."""
    assert month.month
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return tuple(tuple(_cell(day if day.month == month.month else None, days) for day in week) for week in weeks)


def _cell(day: datetime.date | None, days: Days) -> MonthDay:
    times = days.get(day, ()) if day else ()
    address = f"{Activity.kind}/{day}/" if len(times) > IN_A_CELL else ""
    return MonthDay(day, times[:IN_A_CELL], len(times), address)
