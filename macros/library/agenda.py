"""What is on: the times of activities that lie ahead, by day, at a place, of a series."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from macros.records.hours.occurrences import Occurrence, occurrences_of
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Record
from macros.records.model.outings import Activity
from macros.records.model.weekdays import weekday_name

SHOWN = 40
"""Times that an agenda names; all activities stand on the list below it."""


class AgendaEntry(NamedTuple):
    """One time of one activity.

    Attributes:
        activity: what takes place.
        occurrence: when.
    """

    activity: Activity
    occurrence: Occurrence


class AgendaDay(NamedTuple):
    """What is on on one day.

    Attributes:
        day: the day.
        times: what takes place, in its order.
    """

    day: datetime.date
    times: tuple[AgendaEntry, ...]


class AgendaMonth(NamedTuple):
    """A month in which something takes place.

    Attributes:
        date: the month.
        total: how many times something does.
    """

    date: PartialDate
    total: int

    @property
    def address(self) -> str:
        """Address of its page."""
        return f"{Activity.kind}/{self.date.iso}/"


class PastYear(NamedTuple):
    """The activities whose last day lay in a year.

    Attributes:
        year: the year.
        activities: all of them that are over, the latest first.
    """

    year: int
    activities: tuple[Activity, ...]

    @property
    def address(self) -> str:
        """Address of its first page."""
        return f"{Activity.kind}/past/{self.year}/"


def months_of(records: Iterable[Record], since: datetime.date = datetime.date.min) -> tuple[AgendaMonth, ...]:
    """Return the months in which something takes place, in their order, from that of a day on."""
    days = (time.occurrence.day for time in times_of_all(records))
    counts = Counter((day.year, day.month) for day in days if day >= since.replace(day=1))
    return tuple(AgendaMonth(PartialDate(*month), counts[month]) for month in sorted(counts))


def is_ahead(activity: Activity, today: datetime.date) -> bool:
    """Tell whether an activity takes place today or later."""
    return not activity.cancelled and bool(occurrences_of(activity)) and not is_over(activity, today)


def is_over(activity: Activity, today: datetime.date) -> bool:
    """Tell whether the last day of an activity lies behind, or would if it had not been cancelled."""
    times = occurrences_of(activity)
    return bool(times) and times[-1].day < today


def ahead(activity: Activity, today: datetime.date) -> tuple[Occurrence, ...]:
    """Return the times of an activity from a day on."""
    return tuple(occurrence for occurrence in occurrences_of(activity) if occurrence.day >= today)


def agenda(records: Iterable[Record], today: datetime.date, limit: int = SHOWN) -> tuple[AgendaDay, ...]:
    """Return what is on from a day on, day by day, the next times; what was cancelled is among it, and says so."""
    days = groupby(times_from(records, today)[:limit], key=lambda time: time.occurrence.day)
    return tuple(AgendaDay(day, tuple(found)) for day, found in days)


def times_from(records: Iterable[Record], day: datetime.date) -> list[AgendaEntry]:
    """Return the times of all activities from a day on, in their order."""
    return sorted(_times(records, day), key=_order)


def _order(time: AgendaEntry) -> tuple[object, ...]:
    return *time.occurrence.order, time.activity.id


def _times(records: Iterable[Record], today: datetime.date) -> Iterator[AgendaEntry]:
    for record in records:
        if isinstance(record, Activity):
            yield from (AgendaEntry(record, occurrence) for occurrence in ahead(record, today))


def times_of_all(records: Iterable[Record]) -> list[AgendaEntry]:
    """Return all times of all activities, past ones too, in their order."""
    return times_from(records, datetime.date.min)


def offered(records: Iterable[Record], today: datetime.date) -> tuple[Record, ...]:
    """Return the records among which people choose: all but activities that are over."""
    return tuple(record for record in records if not (isinstance(record, Activity) and is_over(record, today)))


def past_years(records: Iterable[Record], today: datetime.date) -> tuple[PastYear, ...]:
    """Return the activities that are over, by years, the latest first."""
    past = [record for record in records if isinstance(record, Activity) and is_over(record, today)]
    past.sort(key=lambda activity: (*occurrences_of(activity)[-1].order, activity.id), reverse=True)
    years = groupby(past, key=lambda activity: occurrences_of(activity)[-1].day.year)
    return tuple(PastYear(year, tuple(found)) for year, found in years)


def order_of(activity: Activity, today: datetime.date) -> int:
    """Return the key by which lists stand: the next first; of those that are over, the last first."""
    times = occurrences_of(activity)
    coming = next((time.day for time in times if time.day >= today), None)
    return coming.toordinal() if coming else -times[-1].day.toordinal() if times else 0


def days_of_activity(activity: Activity) -> str:
    """Return when an activity is, in words that stay true: ``2026-09-19（周六）9:30–11:00``, ``2026-09-05 至 2026-12-26，共 17 次``."""
    times = occurrences_of(activity)
    if not times:
        return ""
    first, last = times[0], times[-1]
    if first.day == last.day:
        return f"{first.day}（{weekday_name(first.day)}）{first.hours}"
    return f"{first.day} 至 {last.day}，共 {len(times)} 次"
