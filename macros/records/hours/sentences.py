"""The sentence about today: is the place open now, and if not, when next.

``overrides/assets/javascripts/opening/sentence.js`` says the same in the browser, word for word; the table
``tests/records/hours/cases.yml`` holds both.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from macros.records.hours.holidays import Calendar
from macros.records.hours.plan import DayPlan, State, Why, plan
from macros.records.hours.schedule import DAY, OpenHours, Schedule
from macros.records.model.weekdays import weekday_name

LONGEST_WAIT = 366
"""Number of days ahead among which the next opening is looked for."""

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of time in China.

    Attributes:
        day: the day.
        minutes: minutes since its midnight.
    """

    day: datetime.date
    minutes: int


def sentence(schedule: Schedule, calendar: Calendar, now: Moment) -> str:
    """Return what a visitor is told at a moment; empty where nothing is known.

    Args:
        schedule: what the place says of its hours.
        calendar: the public holidays.
        now: the moment.
    """
    if not schedule.is_running:
        return ""
    told = _Telling(schedule, calendar)
    last_night = Moment(now.day - datetime.timedelta(1), now.minutes + DAY)
    # What is open by the hours of the day itself needs no word about the night before.
    if told.parts_where(_goes_on, last_night) - told.parts_where(_is_open, now):
        return told.about(last_night, "昨晚")
    return told.about(now, "今天")


@dataclass(frozen=True)
class _Telling:
    schedule: Schedule
    calendar: Calendar

    def about(self, now: Moment, when: str) -> str:
        """Tell about the place itself, then about its parts."""
        main, parts = self._plans(now.day)
        if main.state is State.SILENT and not parts:
            return ""
        if main.state is State.SILENT and all(each.state is not State.OPEN for each in parts.values()):
            main, parts = next(iter(parts.values())), {}
        if main.state is State.UNKNOWN:
            return self._careful(main, now.day, when)
        begin = f"{when}（{weekday_name(now.day)}{'，' if main.holiday else ''}{main.holiday}）"
        texts = [self._state(main, now.minutes)] if main.state is not State.SILENT else []
        if _is_timeless(main):
            texts = [f"{texts[0]}，{self._ask}"]
        is_open = main.state is not State.CLOSED
        texts += [text for name, each in parts.items() if (text := self._of_part(name, each, now.minutes, is_open))]
        return begin + "；".join(texts) + self._next(main, parts, now)

    def parts_where(self, holds: Callable[[OpenHours, int], bool], now: Moment) -> set[str]:
        """Return the parts of the place, itself as an empty name, of whose hours of a day something holds."""
        main, parts = self._plans(now.day)
        return {
            part for part, each in {"": main, **parts}.items() if any(holds(hours, now.minutes) for hours in each.hours)
        }

    def _plans(self, day: datetime.date) -> tuple[DayPlan, dict[str, DayPlan]]:
        """Return the plan of the place itself, and of its parts as far as something is known of them."""
        plans = {part: plan(self.schedule, self.calendar, day, part) for part in self.schedule.parts}
        main = plan(self.schedule, self.calendar, day)
        return main, {part: each for part, each in plans.items() if each.state is not State.SILENT}

    def _careful(self, told: DayPlan, day: datetime.date, when: str) -> str:
        today = f"{when}（{weekday_name(day)}）"
        known = {
            Why.HOLIDAY: f"{when}是{told.holiday}，是否开放没有公布",
            Why.ANNOUNCED: f"{when}是{told.holiday}，是否开放另行通知{_after_colon(told.reason)}",
            Why.WORKED: f"{today}是调休上班日，是否开放没有公布",
            Why.YEAR: f"{told.reason} 年的放假安排还没有查到，{today}是否开放没有公布",
            Why.SEASON: f"{today}的开放时间分季节（{told.reason}），没有写明从几月到几月",
            Why.EXPIRED: f"开放时间只写到 {told.reason}，{today}是否开放没有公布",
            Why.NOTE: f"{today}和平时不同{_after_colon(told.reason)}",
        }
        return f"{known[told.why or Why.NOTE]}，{self._ask}"

    @property
    def _demand(self) -> str:
        """What is demanded of everyone who comes while it is open."""
        return "，须预约" if self.schedule.must_book else ""

    @property
    def _ask(self) -> str:
        return f"请先打电话 {self.schedule.phone} 问清楚" if self.schedule.phone else "请先问清楚再去"

    def _next(self, main: DayPlan, parts: dict[str, DayPlan], now: Moment) -> str:
        """Say when the place opens next, if it is over for today and the next opening is certain."""
        plans = [main] if main.state is not State.SILENT else list(parts.values())
        if not all(_is_over(each, now.minutes) for each in plans):
            return ""
        for ahead in range(1, LONGEST_WAIT + 1):
            day = now.day + datetime.timedelta(ahead)
            main, parts = self._plans(day)
            plans = [main] if main.state is not State.SILENT else list(parts.values())
            if not plans or any(each.state is State.UNKNOWN for each in plans):
                return ""
            if opening := [hours for each in plans for hours in each.hours]:
                return f"。下次开放：{_spaced(_day(day, ahead, now.day.year), _first_opening(opening))}"
        return ""

    def _of_part(self, name: str, told: DayPlan, minutes: int, is_open: bool) -> str:
        if told.state is State.UNKNOWN:
            return f"{name}是否开放没有公布" if is_open else ""
        if told.state is State.CLOSED and not is_open:
            return ""
        return _spaced(name, self._state(told, minutes))

    def _state(self, told: DayPlan, minutes: int) -> str:
        """Say the hours of a day and how they stand: ``9:00–17:00，现在开放``."""
        if told.state is State.CLOSED:
            return f"不开放{_after_colon(told.reason)}"
        special = "按特别时间开放：" if told.is_special else ""
        hours = sorted(told.hours, key=lambda h: (h.opens if h.opens is not None else h.closes or 0, h.closes or 0))
        if _is_timeless(told):
            return f"是开放日{''.join(dict.fromkeys(map(_remark, hours)))}，几点开门没有公布"
        if all(each.is_certain and (each.opens, each.closes) == (0, DAY) for each in hours):
            return f"{special}全天开放{self._demand}"
        spans = "、".join(dict.fromkeys(f"{span(each)}{_remark(each)}" for each in hours if span(each)))
        return f"{special}{spans}，{self._stand(hours, minutes)}"

    def _stand(self, hours: list[OpenHours], minutes: int) -> str:
        whole = [h for h in hours if h.opens is not None and h.closes is not None]
        running = [h for h in whole if (h.opens or 0) <= minutes < (h.closes or 0)]
        welcome = [h for h in running if not _is_too_late(h, minutes)]
        if any(h.is_certain for h in welcome):
            return f"现在开放{self._demand}"
        if welcome:
            return "现在只接待预约的人" if welcome[0].booking else "现在在开放时间内，请先看说明"
        if any(h.closes is None and h.opens is not None and h.opens <= minutes for h in hours):
            return "几点关门没有公布"
        if any(h.opens is None and h.closes is not None and minutes < h.closes for h in hours):
            return "几点开门没有公布"
        if any(h.opens is not None and h.opens > minutes for h in hours):
            return "还没到开放时间"
        return f"已过最晚入场时间 {clock_time(running[0].last_entry or 0)}" if running else "已经关门"


def _goes_on(hours: OpenHours, minutes: int) -> bool:
    return hours.opens is not None and hours.closes is not None and minutes < hours.closes


def _is_open(hours: OpenHours, minutes: int) -> bool:
    """Tell whether whoever comes now is let in for certain."""
    is_begun = hours.is_certain and (hours.opens or 0) <= minutes
    return is_begun and _goes_on(hours, minutes) and not _is_too_late(hours, minutes)


def _is_over(told: DayPlan, minutes: int) -> bool:
    """Tell whether nobody is let in any more on a day."""
    if told.state is not State.OPEN:
        return True
    return all(h.closes is not None and (h.closes <= minutes or _is_too_late(h, minutes)) for h in told.hours)


def _is_too_late(hours: OpenHours, minutes: int) -> bool:
    return hours.last_entry is not None and hours.last_entry < minutes


def _day(day: datetime.date, ahead: int, year: int) -> str:
    if ahead < _WEEK:
        return weekday_name(day)
    return f"{f'{day.year} 年 ' if day.year != year else ''}{day.month} 月 {day.day} 日（{weekday_name(day)}）"


def _first_opening(opening: Iterable[OpenHours]) -> str:
    first = min(opening, key=lambda hours: (hours.opens is None, hours.opens or 0))
    return f"{'' if first.opens is None else clock_time(first.opens)}{_remark(first)}"


def _spaced(before: str, after: str) -> str:
    """Join a word and what follows; Chinese and a digit stand apart, a closing bracket keeps its own distance."""
    return f"{before} {after}" if after[:1].isdigit() and not before.endswith("）") else before + after


def span(hours: OpenHours) -> str:
    """Return hours in words: ``9:00–17:00``, ``全天``, ``18:00–次日 2:00``, ``9:00 开门``; empty if none are known."""
    if hours.opens is None:
        return "" if hours.closes is None else f"{clock_time(hours.closes)} 关门"
    if hours.closes is None:
        return f"{clock_time(hours.opens)} 开门"
    return (
        "全天" if (hours.opens, hours.closes) == (0, DAY) else f"{clock_time(hours.opens)}–{clock_time(hours.closes)}"
    )


def _remark(hours: OpenHours) -> str:
    remarks = "，".join(filter(None, ["须预约" if hours.booking else "", hours.note]))
    return f"（{remarks}）" if remarks else ""


def _is_timeless(told: DayPlan) -> bool:
    """Tell whether it is known that a place opens on a day, but not when."""
    return told.state is State.OPEN and all(each.opens is None and each.closes is None for each in told.hours)


def clock_time(minutes: int) -> str:
    """Return minutes since midnight as people say them: ``9:30``, ``次日 0:30`` above 1440."""
    next_day = "次日 " if minutes > DAY else ""
    return f"{next_day}{(minutes - DAY if next_day else minutes) // 60}:{minutes % 60:02}"


def _after_colon(text: str) -> str:
    return f"：{text}" if text else ""
