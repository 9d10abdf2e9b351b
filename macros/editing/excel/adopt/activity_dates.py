"""When an activity takes place, as lists say it in one cell or two.

>>> read_occurrences("9月5日（周六）上午9:30-11:00", 2026).dates
(OnDay(date='2026-09-05', opens='9:30', closes='11:00'),)
>>> read_occurrences("9月每周六 14:00-15:30", 2026).weekly[0].from_date
'2026-09-01'

As with opening hours every part of a text must be understood, or nothing of it is taken: people come on a day that is wrong.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass, field, replace

from macros.editing.excel.adopt.days_said import EachWeek, Occurrences, OnDay
from macros.editing.excel.adopt.opening_text import AFTERNOON, DASHES, days_named, written_time
from macros.records.model.dates import Time
from macros.records.model.weekdays import weekday_name

LONGEST_RUN = 7
"""Days of a span that are taken for each of its days; a longer one is often a time in which something is on now and then."""
_LONGEST = 300
_EARLIEST = 6 * 60
"""Minute of the day before which hardly anything begins or ends: 2:30 is a slip for 14:30."""
_EVENING, _LATE = 17 * 60, ("晚上", "晚", "夜间")
_YEAR = r"(?:(20\d\d)[年./-]|(\d\d)年)?"
_FULL_DATE = re.compile(r"20(\d\d)[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)[日号]?")
_DATE = re.compile(rf"{_YEAR}(\d{{1,2}})月(\d{{1,2}})(?![\d:点时])[日号]?")
_MONTHS = re.compile(rf"{_YEAR}(\d{{1,2}})月(?:份)?(?:-(\d{{1,2}})月(?:份)?)?(?!\d)")
_NEXT = re.compile(r"[、,和及](\d{1,2})(?:(?=[、,和及-]\d{1,2}[日号、,和及-])|(?![\d:.点时])[日号])")
_TO = re.compile(r"-(?:(\d{1,2})月)?(\d{1,2})[日号]")
_TO_FULL = re.compile(r"-20(\d\d)[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)[日号]?")
_SIGN = "[一二三四五六日天]"
_WEEKDAYS = rf"周{_SIGN}(?:[-、,和及]?周?{_SIGN})*+"
_WEEKLY = re.compile(rf"每(?:个|逢)?({_WEEKDAYS}|周末|双休日|工作日|天|日)|逢({_WEEKDAYS}|周末)|(工作日)")
_NAMED = re.compile(rf"\(?({_WEEKDAYS})\)?")
_HALF = r"(?:(上午|早上|早|中午|下午|晚上|晚|夜间) ?)?"
_CLOCK = r"(\d{1,2})(?:[:点时](半|[0-5]\d)?分?|\.([0-5]\d))(?::00)?"
_SPAN = re.compile(rf"{_HALF}{_CLOCK}-{_HALF}{_CLOCK}")
_BEGIN = re.compile(rf"{_HALF}{_CLOCK}(?!\d|-)(?:开始|起)?")
_WHOLE_DAY = re.compile("全天|一整天|整天")
_NOISE = re.compile(r"[\s,;。()、:/和及]|活动|时间|日期|举办|举行")

_PART = re.compile("(?<=.)[,;。()]")


class _Doubt(Exception):
    """Raised with a question in Chinese."""


@dataclass
class _Group:
    """Days that share their times."""

    days: list[datetime.date] = field(default_factory=list)
    span: tuple[datetime.date, datetime.date] | None = None
    weekly: tuple[str, ...] = ()
    times: list[tuple[str, str]] = field(default_factory=list)
    is_whole_day: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether another day is none of these."""
        return bool(self.has_days and (self.times or self.is_whole_day)) or bool(self.weekly and self.span)

    @property
    def has_days(self) -> bool:
        return bool(self.days or self.span or self.weekly)


@dataclass
class _Reader:
    """A text while it is read from left to right."""

    text: str
    year: int | None
    month: int = 0
    groups: list[_Group] = field(default_factory=lambda: [_Group()])

    def run(self) -> None:
        at = 0
        while at < len(self.text):
            for pattern, take in self._steps:
                if (match := pattern.match(self.text, at)) and take(self, match):
                    at = match.end()
                    break
            else:
                raise _Doubt(f"“{_PART.split(self.text[at:])[0][:40]}” 看不懂；是哪几天、几点到几点？")

    @property
    def group(self) -> _Group:
        return self.groups[-1]

    def _begin(self) -> _Group:
        """Return the group that takes another day: a new one, once times were said of days."""
        if self.group.is_closed:
            self.groups.append(_Group())
        return self.group

    def _day(self, year: int | None, month: int, day: int) -> datetime.date:
        self.year, self.month = year or self.year, month
        if self.year is None:
            raise _Doubt("没有写年份，标题和文件名里也没有；是哪一年？")
        try:
            return datetime.date(self.year, month, day)
        except ValueError:
            raise _Doubt(f"没有 {month} 月 {day} 日这一天；是哪一天？") from None

    def _take_full_date(self, match: re.Match[str]) -> bool:
        self._begin().days.append(self._day(2000 + int(match[1]), int(match[2]), int(match[3])))
        return True

    def _take_date(self, match: re.Match[str]) -> bool:
        year = int(match[1] or 0) or (2000 + int(match[2]) if match[2] else None)
        self._begin().days.append(self._day(year, int(match[3]), int(match[4])))
        return True

    def _take_next(self, match: re.Match[str]) -> bool:
        if not self.group.days or self.group.is_closed:
            return False
        self.group.days.append(self._day(None, self.month, int(match[1])))
        return True

    def _take_end(self, match: re.Match[str]) -> bool:
        return self._to(None, int(match[1] or self.month), int(match[2]))

    def _take_full_end(self, match: re.Match[str]) -> bool:
        return self._to(2000 + int(match[1]), int(match[2]), int(match[3]))

    def _to(self, year: int | None, month: int, day: int) -> bool:
        group = self.group
        if not group.days or group.is_closed or group.span:
            return False
        first, last = group.days[-1], self._day(year, month, day)
        if last <= first:
            raise _Doubt(f"{last} 不晚于 {first}；到哪一天止？")
        if len(group.days) > 1:
            raise _Doubt("有几段日子；是哪几天？")
        group.span = (first, last)
        group.days += [first + datetime.timedelta(step) for step in range(1, min((last - first).days, LONGEST_RUN) + 1)]
        return True

    def _take_months(self, match: re.Match[str]) -> bool:
        group = self._begin()
        if group.has_days and not group.weekly:
            return False
        year = int(match[1] or 0) or (2000 + int(match[2]) if match[2] else None)
        first = self._day(year, int(match[3]), 1)
        last = self._day(None, int(match[4] or match[3]), 1)
        group.span = (first, last.replace(day=calendar.monthrange(last.year, last.month)[1]))
        if last < first:
            raise _Doubt(f"“{match[0]}” 从哪天起、到哪天止？")
        return True

    def _take_weekly(self, match: re.Match[str]) -> bool:
        word = match[1] or match[2] or match[3]
        group = self._begin()
        if group.weekly:
            return False
        group.weekly = days_named({"天": "每天", "日": "每日"}.get(word, word))
        return bool(group.weekly)

    def _take_named(self, match: re.Match[str]) -> bool:
        """Hold days of the week beside dates against them."""
        named, days = days_named(match[1]), self.group.days
        if not named or not days:
            return False
        beside = days[-1:] if len(named) == 1 else days
        if set(named) != {weekday_name(day) for day in beside}:
            said = "、".join(f"{day.month} 月 {day.day} 日是{weekday_name(day)}" for day in beside[:LONGEST_RUN])
            raise _Doubt(f"写的是{match[1]}，{said}；哪个对？")
        return True

    def _take_span(self, match: re.Match[str]) -> bool:
        first, hour, minutes, dotted, second, last_hour, last_minutes, last_dotted = match.groups()
        second = second or (first if first in AFTERNOON else None)
        opens = _time(first, hour, minutes or dotted)
        closes = _time(second, last_hour, last_minutes or last_dotted)
        if Time.parse(closes) <= Time.parse(opens):
            raise _Doubt(f"“{match[0]}” 是几点到几点？")
        self.group.times.append((opens, closes))
        return True

    def _take_begin(self, match: re.Match[str]) -> bool:
        self.group.times.append((_time(match[1], match[2], match[3] or match[4]), ""))
        return True

    def _take_whole_day(self, match: re.Match[str]) -> bool:
        self.group.is_whole_day = True
        return True

    def _take_noise(self, match: re.Match[str]) -> bool:
        return True

    _steps = (
        (_FULL_DATE, _take_full_date), (_DATE, _take_date), (_TO_FULL, _take_full_end), (_TO, _take_end), (_NEXT, _take_next),
        (_SPAN, _take_span), (_BEGIN, _take_begin), (_MONTHS, _take_months), (_WEEKLY, _take_weekly), (_NAMED, _take_named),
        (_WHOLE_DAY, _take_whole_day), (_NOISE, _take_noise),
    )  # fmt: skip

    def result(self) -> Occurrences:
        """Return what the groups say.

        Raises:
            _Doubt: it is not certain.
        """
        if len({bool(group.times) for group in self.groups if not group.is_whole_day}) > 1:
            raise _Doubt("有的日子没有写几点；各是几点到几点？")
        found = Occurrences()
        for group in self.groups:
            if not group.has_days:
                raise _Doubt("没有写哪一天；是哪一天？")
            times = list(dict.fromkeys(group.times)) or [("", "")]
            if group.weekly:
                found = replace(found, weekly=(*found.weekly, *_each_week(group, times)))
            else:
                found = _with_days(found, group, times)
        return found


def _with_days(found: Occurrences, group: _Group, times: list[tuple[str, str]]) -> Occurrences:
    notice = found.notice
    if group.span:
        first, last = group.span
        if not group.days or (last - first).days >= LONGEST_RUN:
            raise _Doubt(_too_long(first, last))
        notice = f"一段日子不超过 {LONGEST_RUN} 天的，按每天都有写了；不是每天都有的，请删掉几天"
    days = (OnDay(day.isoformat(), *time) for day in dict.fromkeys(group.days) for time in times)
    return replace(found, dates=(*found.dates, *days), notice=notice)


def _each_week(group: _Group, times: list[tuple[str, str]]) -> list[EachWeek]:
    if not group.span:
        raise _Doubt("没有写从哪天起、到哪天止；是哪一天到哪一天？")
    first, last = group.span
    if any(not first <= day <= last for day in group.days):
        raise _Doubt("有几段日子；是哪几天？")
    return [EachWeek(group.weekly, first.isoformat(), last.isoformat(), *time) for time in times]


def read_occurrences(text: str, year: int | None) -> Occurrences:
    """Return when something takes place, or why that is not certain.

    Args:
        text: what the columns of date and time say, e.g. ``9月5日、12日 9:30-11:00``, ``2026.9.5 全天``.
        year: the year of dates that have none; None if it is not known.
    """
    if len(text) > _LONGEST:
        return Occurrences(doubt="太长；是哪几天、几点到几点？")
    reader = _Reader(_plain(text), year)
    try:
        reader.run()
        return reader.result()
    except _Doubt as doubt:
        return Occurrences(doubt=str(doubt))


def names_days(text: str) -> bool:
    """Tell whether a text names a day, so that it is read before one that has only times."""
    plain = _plain(text)
    return any(pattern.search(plain) for pattern in (_FULL_DATE, _DATE, _MONTHS, _WEEKLY))


def _plain(text: str) -> str:
    """Return a text with one spelling for each sign: half-width, hyphens for spans, 周 for a day of the week."""
    plain = DASHES.sub("-", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"(?<=\d) *(?=[年月日号:.点时])|(?<=[年月:.点时]) *(?=\d)", "", plain)
    return re.sub(rf"(?:星期|礼拜)(?={_SIGN})", "周", plain)


def _too_long(first: datetime.date, last: datetime.date) -> str:
    return f"从 {first} 到 {last} 有 {(last - first).days + 1} 天；是每天都有，还是哪几天？"


def _time(half: str | None, hour: str, minutes: str | None) -> str:
    written = written_time(half, hour, minutes)
    is_early = written is None or Time.parse(written).minutes < (_EVENING if half in _LATE else _EARLIEST)
    if written is None or is_early:
        raise _Doubt(f"“{hour}:{minutes or '00'}” 是上午还是下午几点？")
    return written
