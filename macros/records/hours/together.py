"""On which days of the week several places are open, for those who go from one to the other on one day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from macros.records.hours.in_words import weekdays_in_words
from macros.records.hours.schedule import schedule_of
from macros.records.model.kinds import Base, Record
from macros.records.model.opening import DAYS

_EACH = frozenset(range(1, len(DAYS.choice.terms) + 1))


def open_weekdays(place: Record, today: datetime.date) -> frozenset[int]:
    """Return the days of the week, 1 to 7, on which a place opens in some season or week; empty if none is known.

    Args:
        place: a base; what of other kinds says no hours.
        today: hours that ended before are left out.
    """
    regular = schedule_of(place.opening_fields).regular if isinstance(place, Base) else ()
    lasting = [entry for entry in regular if not (entry.last and entry.last < today)]
    own = [entry for entry in lasting if not entry.part] or lasting
    return frozenset(day for entry in own for day in entry.days)


def days_in_short(days: Iterable[int]) -> str:
    """Return days of the week, 1 to 7, in short: ``周二至周日``."""
    return weekdays_in_words(DAYS.choice.terms[day - 1] for day in days)


def common_weekdays(places: Iterable[Record], today: datetime.date) -> tuple[int, ...]:
    """Return the days on which all places open whose days are known: all seven if those of none are, none if they share none."""
    common = _EACH
    for place in places:
        common &= open_weekdays(place, today) or _EACH
    return tuple(sorted(common))
