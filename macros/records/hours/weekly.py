"""The week of a place, holidays left aside: on which days it opens, for cards and lists, which know no date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from macros.records.hours.in_words import weekdays_in_words
from macros.records.hours.schedule import Regular, Schedule, is_within
from macros.records.model.opening import DAYS, WEEKS

_LEAP_YEAR_BEGINS = datetime.date(2024, 1, 1)
_WEEK_LABELS = {-1 if week.id == "last" else int(week.id): week.label for week in WEEKS.choice}


@dataclass(frozen=True, slots=True)
class Week:
    """On which days of the week a place opens.

    Attributes:
        days: those of every week, 1 to 7; of a place that opens on none in every week, those of some weeks.
        text: the same in short, with its conditions: ``周二至周日``, ``每月第一个周日``; empty if no day is known.
    """

    days: tuple[int, ...] = ()
    text: str = ""


def week_of(schedule: Schedule, as_of: datetime.date) -> Week:
    """Return on which days a place opens.

    Parts of the place count only where nothing is said of the place itself; seasons without days of the year, never.

    Args:
        schedule: what the place says.
        as_of: today; hours that ended before are left out.
    """
    entries = [e for e in schedule.regular if e.spans is not None and not (e.last and e.last < as_of)]
    own = [entry for entry in entries if not entry.part] or entries
    always = tuple(day for day in range(1, 8) if _is_every_week(own, day, as_of))
    if not schedule.is_running or not own:
        return Week()
    if always:
        return Week(always, _in_short(always))
    days = tuple(sorted({day for entry in own for day in entry.days}))
    return Week(days, "；".join(dict.fromkeys(map(_phrase, own))))


def _is_every_week(entries: Iterable[Regular], day: int, as_of: datetime.date) -> bool:
    """Tell whether a day is open in every week; seasons may make up the year together."""
    lasting = [e for e in entries if day in e.days and not e.weeks and not e.last and not (e.first and e.first > as_of)]
    spans = tuple(span for entry in lasting for span in entry.spans or ())
    return any(not entry.spans for entry in lasting) or (bool(spans) and _cover_year(spans))


@lru_cache(maxsize=256)
def _cover_year(spans: tuple[tuple[int, int], ...]) -> bool:
    days = (_LEAP_YEAR_BEGINS + datetime.timedelta(step) for step in range(366))
    return all(any(is_within(span, day) for span in spans) for day in days)


def _phrase(entry: Regular) -> str:
    """Return the days of an entry with their conditions."""
    weeks = "、".join(_WEEK_LABELS[week] for week in entry.weeks)
    dates = (
        f"{_date(entry.first)}{'至' if entry.last else '起'}{_date(entry.last)}" if entry.first or entry.last else ""
    )
    days = f"{f'每月{weeks}' if weeks else ''}{_in_short(entry.days)}"
    return " ".join(filter(None, [entry.part, entry.season, dates, days]))


def _date(day: datetime.date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _in_short(days: Iterable[int]) -> str:
    return weekdays_in_words(DAYS.choice.terms[day - 1] for day in days)
