"""The entries of a record about its hours, made ready to be asked: numbers and dates instead of what editors write."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from macros.records.model.dates import PartialDate, Time
from macros.records.model.opening import DAYS, Closure, HolidayHours, Opening, OpeningFields, SpecialHours
from macros.records.model.terms import Term

DAY = 24 * 60
"""Minutes of a day."""

LATEST_NIGHT, EARLIEST_EVENING = 6 * 60, 12 * 60
DAY_NUMBERS = {term.id: number for number, term in enumerate(DAYS.choice, 1)}
_LAST_WEEK = -1


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Hours of one entry, in minutes since midnight; None for what is not known.

    Attributes:
        opens: when it opens.
        closes: when it closes; above 1440 if it goes on past midnight.
        last_entry: after when nobody is let in, if there is such a rule; above 1440 past midnight.
        booking: whether only those who booked are let in.
        note: what else must be known before one goes.
    """

    opens: int | None = None
    closes: int | None = None
    last_entry: int | None = None
    booking: bool = False
    note: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether who comes between the hours finds it open."""
        return self.opens is not None and self.closes is not None and not self.booking and not self.note


@dataclass(frozen=True, slots=True)
class Regular:
    """Hours of some days of the week.

    Attributes:
        hours: the hours.
        part: the part of the place that they are of; empty for the place itself.
        days: days of the week, 1 to 7.
        weeks: which of the month's, 1 to 5, or -1 for the last; empty for each.
        season: its name as written; empty for all the year.
        spans: the days of the year that the season has; None if they are not known.
        first: first day, or None.
        last: last day, or None.
    """

    hours: OpenHours
    part: str = ""
    days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    season: str = ""
    spans: tuple[tuple[int, int], ...] | None = ()
    first: datetime.date | None = None
    last: datetime.date | None = None

    def may_cover(self, day: datetime.date, weekday: int) -> bool:
        """Tell whether the entry is of a day, whatever days an unknown season has."""
        if weekday not in self.days or (self.first and day < self.first) or (self.last and self.last < day):
            return False
        return self._has_week(day) and (not self.spans or any(is_within(span, day) for span in self.spans))

    def _has_week(self, day: datetime.date) -> bool:
        is_last = (day + datetime.timedelta(7)).month != day.month
        return not self.weeks or (day.day + 6) // 7 in self.weeks or (is_last and _LAST_WEEK in self.weeks)


@dataclass(frozen=True, slots=True)
class Dated:
    """What differs on some days of one year.

    Attributes:
        first: first day.
        last: last day.
        hours: the hours; their note is left empty.
        reason: why they differ, or what is to be said of them.
        part: as in `Regular`.
        is_closed: whether it is closed.
    """

    first: datetime.date
    last: datetime.date
    hours: OpenHours
    reason: str = ""
    part: str = ""
    is_closed: bool = False

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class NamedDays:
    """What differs on holidays of some names, every year.

    Attributes:
        names: names as in `macros.records.hours.holidays.CalendarDay`.
        rule: id of the rule; empty if there are hours or a note alone.
        hours: the hours.
        reason: as in `Dated`.
    """

    names: tuple[str, ...]
    rule: str
    hours: OpenHours
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that a place says of its hours.

    Attributes:
        regular: hours by the week.
        dated: what differs on dates.
        on_holidays: id of the rule for public holidays; empty if none is known.
        named: what differs on holidays by name.
        is_running: whether the place receives anybody at present; of one that is closed down, hours mean nothing.
        phone: whom to call where something is not known; may be empty.
        must_book: whether nobody is let in who has not booked, on any day.
    """

    regular: tuple[Regular, ...] = ()
    dated: tuple[Dated, ...] = ()
    on_holidays: str = ""
    named: tuple[NamedDays, ...] = ()
    is_running: bool = True
    phone: str = ""
    must_book: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that have entries of their own, in the order in which they are first named."""
        named = [*(entry.part for entry in self.regular), *(entry.part for entry in self.dated)]
        return tuple(dict.fromkeys(filter(None, named)))


def schedule_of(fields: OpeningFields) -> Schedule:
    """Return the hours of a place."""
    return Schedule(
        tuple(map(regular_of, fields.opening)),
        tuple(_dated(fields)),
        fields.on_holidays.id if fields.on_holidays else "",
        tuple(map(_named, fields.holiday_hours)),
        fields.status is None or fields.status.id == "open",
        fields.phone,
        fields.must_book,
    )


def regular_of(opening: Opening) -> Regular:
    """Return one entry of regular hours."""
    return Regular(
        hours_of(opening.from_, opening.to, opening.last_entry, bool(opening.booking), opening.note or ""),
        opening.part or "",
        tuple(sorted({DAY_NUMBERS[day.id] for day in opening.days})),
        tuple(map(_week, opening.weeks)),
        opening.season or "",
        opening.season.spans if opening.season else (),
        _first_day(opening.from_date),
        _first_day(opening.to_date),
    )


def _week(term: Term) -> int:
    return _LAST_WEEK if term.id == "last" else int(term.id)


def _first_day(date: PartialDate | None) -> datetime.date | None:
    return date.first_day if date else None


def hours_of(
    opens: Time | None, closes: Time | None, last_entry: Time | None = None, booking: bool = False, note: str = ""
) -> OpenHours:
    """Return hours; those that close early in the next morning go on past midnight."""
    if opens and closes and goes_past_midnight(opens, closes):
        last = last_entry.minutes + (DAY if last_entry < opens else 0) if last_entry else None
        return OpenHours(opens.minutes, closes.minutes + DAY, last, booking, note)
    minutes = [time.minutes if time else None for time in (opens, closes, last_entry)]
    return OpenHours(minutes[0], minutes[1], minutes[2], booking, note)


def goes_past_midnight(opens: Time, closes: Time) -> bool:
    """Tell whether hours such as 18:00 to 2:00 are meant to end on the next day; 9:00 to 5:00 is a slip."""
    return closes < opens and closes.minutes <= LATEST_NIGHT and opens.minutes >= EARLIEST_EVENING


def _dated(fields: OpeningFields) -> Iterator[Dated]:
    for closure in fields.closures:
        yield Dated(*_span(closure), OpenHours(), closure.reason, closure.part or "", is_closed=True)
    for special in fields.special_hours:
        yield Dated(*_span(special), hours_of(special.from_, special.to), special.note or "", special.part or "")


def _span(part: Closure | SpecialHours) -> tuple[datetime.date, datetime.date]:
    return part.from_date.first_day, (part.to_date or part.from_date).first_day


def _named(entry: HolidayHours) -> NamedDays:
    names = tuple(holiday.name for holiday in entry.holidays)
    return NamedDays(names, entry.rule.id if entry.rule else "", hours_of(entry.from_, entry.to), entry.note or "")


def is_within(span: tuple[int, int], day: datetime.date) -> bool:
    """Tell whether a day lies in a span of every year, which may go over the New Year."""
    first, last = span
    number = day.month * 100 + day.day
    return first <= number <= last if first <= last else number >= first or number <= last
