"""What holds on one day: of all entries that a place has, those that count, and whether that is certain.

Dated entries come before holidays, holidays before the week. Of dated entries that of the fewest days counts, and of
several of the same days each; a closure comes before hours of the same days.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum

from macros.records.hours.holidays import Calendar, CalendarDay
from macros.records.hours.schedule import Dated, NamedDays, OpenHours, Schedule

_SUNDAY, _WORKING_DAYS, _WEEK = 7, range(1, 6), range(1, 8)


class State(Enum):
    """Whether a place is open on a day."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    SILENT = "silent"
    """Nothing is known at all, so nothing is said."""


class Why(Enum):
    """Why it is unknown whether a place is open."""

    HOLIDAY = "holiday"
    ANNOUNCED = "announced"
    WORKED = "worked"
    YEAR = "year"
    SEASON = "season"
    EXPIRED = "expired"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What holds on a day.

    Attributes:
        state: whether it is open.
        hours: when, if it is open.
        reason: why it is closed, or what is to be said of a day that is unknown; may be empty.
        why: why it is unknown.
        is_special: whether hours of the date took the place of all others.
        holiday: name of the holiday, where its rule counted.
    """

    state: State
    hours: tuple[OpenHours, ...] = ()
    reason: str = ""
    why: Why | None = None
    is_special: bool = False
    holiday: str = ""


_SILENT = DayPlan(State.SILENT)


def plan(schedule: Schedule, calendar: Calendar, day: datetime.date, part: str = "") -> DayPlan:
    """Return what holds on a day.

    Args:
        schedule: what the place says.
        calendar: the public holidays.
        day: the day, in China.
        part: the part of the place that is asked for; empty for the place itself.
    """
    if dated := _narrowest(schedule, day, part):
        return _by_date(dated, part)
    known = calendar.day(day)
    if named := _named(schedule, known):
        return _by_name(named, schedule, day, part, known.holiday or known.single_names[0])
    if known.holiday:
        return _on_holiday(schedule, day, part, known.holiday)
    if known.missing_year:
        return _unsure(schedule, day, part, known.missing_year)
    return (
        _on_worked_weekend(schedule, day, part) if known.is_worked else _by_week(schedule, day, part, day.isoweekday())
    )


def _narrowest(schedule: Schedule, day: datetime.date, part: str) -> list[Dated]:
    """Return the dated entries that count: those of the fewest days, and of these those of the part itself."""
    covering = [e for e in schedule.dated if e.first <= day <= e.last and e.part in ("", part)]
    least = min(((entry.length, not entry.part) for entry in covering), default=None)
    return [entry for entry in covering if (entry.length, not entry.part) == least]


def _by_date(dated: list[Dated], part: str) -> DayPlan:
    if closed := [entry for entry in dated if entry.is_closed]:
        return DayPlan(State.CLOSED, reason=closed[0].reason)
    if part and not dated[0].part:
        return _SILENT
    return _by_hours(tuple(entry.hours for entry in dated), tuple(entry.reason for entry in dated), is_special=True)


def _by_hours(
    hours: tuple[OpenHours, ...], notes: tuple[str, ...], is_special: bool = False, holiday: str = ""
) -> DayPlan:
    told = tuple(each for each in hours if each.opens is not None or each.closes is not None)
    if told:
        return DayPlan(State.OPEN, told, is_special=is_special, holiday=holiday)
    reason = "；".join(dict.fromkeys(filter(None, notes)))
    return DayPlan(State.UNKNOWN, reason=reason, why=Why.NOTE, holiday=holiday)


def _named(schedule: Schedule, known: CalendarDay) -> list[NamedDays]:
    """Return what is said of a holiday by name; the name of the day itself comes before that of the holiday."""
    single = [entry for entry in schedule.named if set(entry.names) & set(known.single_names)]
    return single or [entry for entry in schedule.named if set(entry.names) & set(known.names)]


def _by_name(named: list[NamedDays], schedule: Schedule, day: datetime.date, part: str, holiday: str) -> DayPlan:
    rules = {entry.rule: entry for entry in reversed(named)}
    for rule in ("closed", "announced", "as-sunday", "as-usual"):
        if rule in rules:
            return _by_rule(rule, schedule, day, part, holiday, rules[rule].reason)
    if part:
        return _SILENT
    return _by_hours(tuple(e.hours for e in named), tuple(e.reason for e in named), holiday=holiday)


def _on_holiday(schedule: Schedule, day: datetime.date, part: str, holiday: str) -> DayPlan:
    if schedule.on_holidays:
        return _by_rule(schedule.on_holidays, schedule, day, part, holiday)
    # Whoever opens on no day of the week at that time of the year does not open on a holiday either.
    usual = [_by_week(schedule, day, part, weekday, holiday) for weekday in _WEEK]
    if all(other.state in (State.CLOSED, State.SILENT) for other in usual):
        return usual[0]
    return DayPlan(State.UNKNOWN, why=Why.HOLIDAY, holiday=holiday)


def _by_rule(rule: str, schedule: Schedule, day: datetime.date, part: str, holiday: str, reason: str = "") -> DayPlan:
    if rule == "closed":
        return DayPlan(State.CLOSED, reason=reason, holiday=holiday)
    if rule == "announced":
        return DayPlan(State.UNKNOWN, reason=reason, why=Why.ANNOUNCED, holiday=holiday)
    return _by_week(schedule, day, part, _SUNDAY if rule == "as-sunday" else day.isoweekday(), holiday)


def _by_week(schedule: Schedule, day: datetime.date, part: str, weekday: int, holiday: str = "") -> DayPlan:
    own = [entry for entry in schedule.regular if entry.part == part]
    if not own:
        return _SILENT
    if all(entry.last and entry.last < day for entry in own):
        last = max(entry.last for entry in own if entry.last)
        return DayPlan(State.UNKNOWN, reason=_in_words(last), why=Why.EXPIRED, holiday=holiday)
    covering = [entry for entry in own if entry.may_cover(day, weekday)]
    if seasons := dict.fromkeys(entry.season for entry in covering if entry.spans is None):
        return DayPlan(State.UNKNOWN, reason="、".join(seasons), why=Why.SEASON, holiday=holiday)
    hours = tuple(entry.hours for entry in covering)
    return DayPlan(State.OPEN, hours, holiday=holiday) if hours else DayPlan(State.CLOSED, holiday=holiday)


def _on_worked_weekend(schedule: Schedule, day: datetime.date, part: str) -> DayPlan:
    """A place that is open both on the day and on a working day is open; one that tells them apart may be either."""
    usual = _by_week(schedule, day, part, day.isoweekday())
    if usual.state in (State.SILENT, State.UNKNOWN):
        return usual
    working = [_by_week(schedule, day, part, weekday).state for weekday in _WORKING_DAYS]
    is_alike = (usual.state is State.OPEN) == any(state is not State.CLOSED for state in working)
    return usual if is_alike else DayPlan(State.UNKNOWN, why=Why.WORKED)


def _unsure(schedule: Schedule, day: datetime.date, part: str, missing_year: int) -> DayPlan:
    """What holds whether or not the day is a holiday or a worked weekend; else it is unknown."""
    usual = _by_week(schedule, day, part, day.isoweekday())
    possible = [_on_holiday(schedule, day, part, "")]
    if day.isoweekday() not in _WORKING_DAYS:
        possible.append(_on_worked_weekend(schedule, day, part))
    if usual.state is State.SILENT or (not schedule.named and all(other == usual for other in possible)):
        return usual
    return DayPlan(State.UNKNOWN, reason=str(missing_year), why=Why.YEAR)


def _in_words(day: datetime.date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
