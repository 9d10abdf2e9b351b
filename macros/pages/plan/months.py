"""The months of activities: a calendar of each month in which one takes place, and pages of the days on which many do."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from macros.library.agenda import AgendaEntry, months_of, times_of_all
from macros.library.library import Library
from macros.pages.plan.lists import crumb
from macros.pages.plan.page import HOME, Crumb, PlannedPage
from macros.records.model.dates import PartialDate
from macros.records.model.outings import Activity

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


Days = Mapping[datetime.date, tuple[AgendaEntry, ...]]


def activity_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the calendar of each month, and the page of each day of which it can't name all."""
    days, months = _days(library), months_of(library.records(Activity.kind))
    trail = (HOME, crumb(library, Activity.kind))
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
