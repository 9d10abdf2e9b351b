"""The days on which an activity takes place, worked out of what its record says.

Example: ``weekly: [{days: [周六], from: 9:30, from_date: 2026-09-05, to_date: 2026-09-20, except: [2026-09-12]}]`` gives
2026-09-05 and 2026-09-19, each from minute 570 on.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from macros.records.hours.schedule import DAY, DAY_NUMBERS, hours_of
from macros.records.hours.sentences import clock_time
from macros.records.model.bound import cached_per_record
from macros.records.model.dates import Time
from macros.records.model.outings import Activity
from macros.records.model.recurrence import WeeklyDates

LONGEST_SPAN = 800
"""Days from the first to the last of a weekly rule: two school years; a slip in the year would make thousands of pages."""


class Occurrence(NamedTuple):
    """One time that an activity takes place; sorts by time, and what has no hour comes first on its day.

    Attributes:
        day: the day.
        begins: minutes since midnight, or None if the hour is not known.
        ends: minutes since midnight, above 1440 past midnight; None if not known.
        note: what is different on that day.
        state: id of `macros.records.model.recurrence.PLACES`; empty if nothing is said of that day alone.
    """

    day: datetime.date
    begins: int | None
    ends: int | None
    note: str = ""
    state: str = ""

    @property
    def order(self) -> tuple[datetime.date, int, int]:
        """Key by which times follow one another."""
        return self.day, -1 if self.begins is None else self.begins, -1 if self.ends is None else self.ends

    @property
    def starts_at(self) -> str:
        """When it begins as ISO 8601 has it: ``2026-09-19T09:30:00+08:00``, or the day alone if the hour is not known."""
        return self.day.isoformat() if self.begins is None else _iso(self.day, self.begins)

    @property
    def ends_at(self) -> str:
        """When it ends, as `starts_at`; empty if the hour is not known."""
        return "" if self.ends is None else _iso(self.day, self.ends)

    @property
    def hours(self) -> str:
        """The hours in words, e.g. ``9:30–11:00``, ``9:30 开始``; empty if they are not known."""
        if self.begins is None:
            return "" if self.ends is None else f"到 {clock_time(self.ends)}"
        return (
            f"{clock_time(self.begins)} 开始"
            if self.ends is None
            else f"{clock_time(self.begins)}–{clock_time(self.ends)}"
        )


@cached_per_record
def occurrences_of(activity: Activity) -> tuple[Occurrence, ...]:
    """Return all times at which an activity takes place, past ones too, in their order, each once."""
    return tuple(sorted(dict.fromkeys(times_of(activity)), key=lambda occurrence: occurrence.order))


def times_of(activity: Activity) -> Iterator[Occurrence]:
    """Yield the times that a record names, one after the other as it names them."""
    for date in activity.dates:
        state = date.state.id if date.state else ""
        yield _occurrence(date.date.first_day, date.from_, date.to, date.note or "", state)
    for rule in activity.weekly:
        yield from _weekly(rule)


def _weekly(rule: WeeklyDates) -> Iterator[Occurrence]:
    for day in days_of(rule):
        yield _occurrence(day, rule.from_, rule.to, rule.note or "")


def days_of(rule: WeeklyDates) -> Iterator[datetime.date]:
    """Yield the days of a weekly rule, in their order; of a rule that is far too long, none."""
    first, last = rule.from_date.first_day, rule.to_date.first_day
    weekdays = {DAY_NUMBERS[day.id] for day in rule.days}
    without = {date.first_day for date in rule.except_}
    length = (last - first).days
    for number in range(length + 1 if length <= LONGEST_SPAN else 0):
        day = first + datetime.timedelta(number)
        if day.isoweekday() in weekdays and day not in without:
            yield day


def _occurrence(day: datetime.date, begins: Time | None, ends: Time | None, note: str, state: str = "") -> Occurrence:
    hours = hours_of(begins, ends)
    return Occurrence(day, hours.opens, hours.closes, note, state)


def _iso(day: datetime.date, minutes: int) -> str:
    on = day + datetime.timedelta(minutes // DAY)
    return f"{on}T{minutes % DAY // 60:02}:{minutes % 60:02}:00+08:00"
