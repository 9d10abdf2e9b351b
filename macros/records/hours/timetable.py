"""The hours that are certain, as weekly runs with first and last days: what calendars and search engines are told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from macros.records.hours.holidays import Calendar
from macros.records.hours.plan import State, plan
from macros.records.hours.schedule import DAY, Schedule

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Sitting = tuple[int, int]
"""When a place opens and closes, in minutes since midnight; above 1440 on the next day."""


@dataclass(frozen=True, slots=True)
class Run:
    """Hours that come every week on some days.

    Attributes:
        first: first day from which it holds.
        last: last day on which it holds.
        weekdays: days of the week, 1 to 7.
        opens: minutes since midnight.
        closes: the same; above 1440 on the next day.
    """

    first: datetime.date
    last: datetime.date
    weekdays: tuple[int, ...]
    opens: int
    closes: int

    @property
    def day_names(self) -> list[str]:
        """The days of the week in English, as schema.org has them."""
        return [_DAY_NAMES[number - 1] for number in self.weekdays]

    @property
    def opens_at(self) -> str:
        """When it opens, e.g. ``09:00``."""
        return _clock(self.opens)

    @property
    def closes_at(self) -> str:
        """When it closes; earlier than it opens if that is on the next day."""
        return _clock(self.closes if self.closes <= DAY else self.closes - DAY)

    def days(self) -> Iterator[datetime.date]:
        """Yield the days of the run."""
        for step in range((self.last - self.first).days + 1):
            if (day := self.first + datetime.timedelta(step)).isoweekday() in self.weekdays:
                yield day


@dataclass(frozen=True, slots=True)
class _Weeks:
    """A time in which every week is alike."""

    first: datetime.date
    sittings: dict[int, tuple[Sitting, ...]]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def runs(schedule: Schedule, calendar: Calendar, as_of: datetime.date) -> tuple[Run, ...]:
    """Return the hours of the place itself that are certain, from the first day of a month on.

    Args:
        schedule: what the place says.
        calendar: the public holidays; the runs end with the years that it knows without a gap.
        as_of: a day of the month in which they begin.
    """
    return _runs(replace(schedule, phone=""), _Shared(calendar), as_of.replace(day=1))


class _Shared:
    """A calendar that is equal to none but itself, so that it need not be compared to be looked up."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def __hash__(self) -> int:
        return id(self.calendar)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shared) and other.calendar is self.calendar


# Many places have the same hours: of 10,000 invented ones, 60 differ.
@lru_cache(maxsize=4096)
def _runs(schedule: Schedule, shared: _Shared, first: datetime.date) -> tuple[Run, ...]:
    if not schedule.is_running:
        return ()
    calendar = shared.calendar
    last = calendar.last_known_day(first)
    found: list[Run] = []
    weeks = _Weeks(first, {})
    for step in range((last - first).days + 1):
        day = first + datetime.timedelta(step)
        sittings = sittings_on(schedule, calendar, day)
        if weeks.sittings.setdefault(day.isoweekday(), sittings) != sittings:
            found += _closed(weeks, day - datetime.timedelta(1))
            weeks = _Weeks(day, {day.isoweekday(): sittings})
    return (*found, *_closed(weeks, last))


def _closed(weeks: _Weeks, last: datetime.date) -> Iterator[Run]:
    each = dict.fromkeys(sitting for day in sorted(weeks.sittings) for sitting in weeks.sittings[day])
    for sitting in each:
        days = tuple(day for day in sorted(weeks.sittings) if sitting in weeks.sittings[day])
        yield Run(weeks.first, last, days, *sitting)


def sittings_on(schedule: Schedule, calendar: Calendar, day: datetime.date) -> tuple[Sitting, ...]:
    """Return the hours of a day that are certain, by opening."""
    told = plan(schedule, calendar, day)
    if told.state is not State.OPEN:
        return ()
    return tuple(sorted({(h.opens or 0, h.closes or 0) for h in told.hours if h.is_certain}))
