"""Periods that an aim is set for: a date, half a year, a quarter, the end of a year, a five-year plan, and spans of these.

Plans are written in many ways that mean the same; each has one reading and one form for machines.

>>> period = Period.parse("2022年三季度")
>>> period.iso, str(period), period.last_day.isoformat()
('2022第三季度', '2022 年第三季度', '2022-09-30')
>>> str(Period.parse("2022年3月至6月")), Period.parse("“十四五”期间").iso
('2022 年 3 月至 6 月', '“十四五”期间')
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from macros.records.model.dates import CACHED_DATES, PARTIAL_DATE, PartialDate

_POINT = (
    rf"(?:{PARTIAL_DATE.pattern}|[12]\d{{3}}(?:[上下]半年|(?:第[一二三四]|前[二三])季度|年[初中底]前?|年\d{{1,2}}月(?:[初中底]|[上中下]旬)前?"
    r"|年\d{1,2}月\d{1,2}日前)|“十[一二三四五六七八九]?五”(?:期间|末))"
)
ISO = re.compile(f"{_POINT}(?:—{_POINT})?")
"""The form of `Period.iso`."""

_LONGEST = 60
_NUMERALS = "一二三四五六七八九"
_YEAR = r"([12]\d{3})"
_SPAN = re.compile(
    rf"([^—–~～至到]+?)(?:[—–~～至到]{{1,2}}|(?<=[年月日度])-|(?<=年\d)-(?=\d{{1,2}}月)|(?<=^\d{{4}})-(?={_YEAR}年?$))([^—–~～至到]+)",
    re.ASCII,
)
_DATE = re.compile(rf"{_YEAR}年度?(?:(\d{{1,2}})(?:月(?:(\d{{1,2}})日)?)?)?", re.ASCII)
_PART_OF_DATE = re.compile(r"(?:(\d{1,2})月)?(?:(\d{1,2})日)?", re.ASCII)
_HALF = re.compile(rf"{_YEAR}年?([上下])半年", re.ASCII)
_QUARTER = re.compile(rf"{_YEAR}(?:年|-)?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))", re.ASCII)
_FIRST_QUARTERS = re.compile(rf"{_YEAR}年?前([二两三23])个?季度", re.ASCII)
_PART_OF_YEAR = re.compile(rf"{_YEAR}年?年?([初中底末])(前)?", re.ASCII)
_PART_OF_MONTH = re.compile(rf"{_YEAR}年(\d{{1,2}})月(初|上旬|中旬|中|下旬|底|末)(前)?", re.ASCII)
_BY_DAY = re.compile(rf"{_YEAR}年(\d{{1,2}})月(\d{{1,2}})日(?:之|以)?前", re.ASCII)
_PLAN = re.compile(r"[“\"]?十([一二三四五六七八九]?)五[”\"]?(?:规划)?(期间|时期|末|期末)?")
_MONTHS_OF_YEAR = {"初": (1, 1), "中": (6, 7), "底": (12, 12)}
_DAYS_OF_MONTH = {"初": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31)}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span that an aim is set for; periods sort by when they begin, then by when they end.

    Attributes:
        first_day: first day of the span.
        last_day: last day of the span.
        iso: the value for machines: ISO 8601 where that has a form, else the shortest Chinese one.
        text: how citizens read it, e.g. ``2022 年下半年``.
    """

    first_day: datetime.date
    last_day: datetime.date
    iso: str
    text: str

    @classmethod
    @lru_cache(maxsize=CACHED_DATES)
    def parse(cls, text: str) -> Period:
        """Read a period.

        Raises:
            ValueError: the text is none, or there are no such days.
        """
        plain = re.sub(r"\s", "", text).removeprefix("到")
        if len(plain) > _LONGEST:
            raise ValueError(text)
        return _span(plain) or _point(plain)

    def __str__(self) -> str:
        return self.text


def _point(text: str) -> Period:
    for read in _READERS:
        if period := read(text):
            return period
    raise ValueError(text)


def _date(text: str) -> Period | None:
    match = _DATE.fullmatch(text)
    if match:
        date = PartialDate.parse("-".join([match[1], *(part.zfill(2) for part in match.groups()[1:] if part)]))
    elif re.fullmatch(r"[\d-]+", text):
        date = PartialDate.parse(text)
    else:
        return None
    return Period(date.first_day, date.last_day, date.iso, str(date))


def _by_day(text: str) -> Period | None:
    match = _BY_DAY.fullmatch(text)
    if not match:
        return None
    date = PartialDate(*map(int, match.groups()))
    iso = f"{date.year}年{date.month}月{date.day}日前"
    return Period(date.first_day, date.first_day, iso, f"{date}前")


def _half(text: str) -> Period | None:
    match = _HALF.fullmatch(text)
    if not match:
        return None
    first, last = (1, 6) if match[2] == "上" else (7, 12)
    return _months(match[1], first, last, f"{match[1]}{match[2]}半年", f"{match[2]}半年")


def _quarter(text: str) -> Period | None:
    match = _QUARTER.fullmatch(text)
    if not match:
        return None
    number = int(match[3]) if match[3] else _number(match[2])
    name = f"第{_NUMERALS[number - 1]}季度"
    return _months(match[1], number * 3 - 2, number * 3, f"{match[1]}{name}", name)


def _first_quarters(text: str) -> Period | None:
    match = _FIRST_QUARTERS.fullmatch(text)
    if not match:
        return None
    number = _number(match[2].replace("两", "二"))
    name = f"前{_NUMERALS[number - 1]}季度"
    return _months(match[1], 1, number * 3, f"{match[1]}{name}", name)


def _part_of_year(text: str) -> Period | None:
    match = _PART_OF_YEAR.fullmatch(text)
    if not match or (match[3] and match[2] not in "底末"):
        return None
    part = match[2].replace("末", "底")
    before = match[3] or ""
    period = _months(match[1], *_MONTHS_OF_YEAR[part], f"{match[1]}年{part}{before}", "")
    return Period(period.first_day, period.last_day, period.iso, f"{match[1]} 年{part}{before}")


def _part_of_month(text: str) -> Period | None:
    match = _PART_OF_MONTH.fullmatch(text)
    if not match or (match[4] and match[3] not in "底末"):
        return None
    part, before = match[3].replace("末", "底"), match[4] or ""
    whole = PartialDate(int(match[1]), int(match[2]))
    first, last = _DAYS_OF_MONTH[part]
    return Period(
        whole.first_day.replace(day=first), whole.last_day.replace(day=min(last, whole.last_day.day)),
        f"{match[1]}年{match[2]}月{part}{before}", f"{whole}{part}{before}",
    )  # fmt: skip


def _plan(text: str) -> Period | None:
    match = _PLAN.fullmatch(text)
    if not match:
        return None
    number = 10 + (_number(match[1]) if match[1] else 0)
    first = 2001 + 5 * (number - 10)
    is_end = bool(match[2]) and match[2].endswith("末")
    name = f"“十{match[1]}五”{'末' if is_end else '期间'}"
    return Period(datetime.date(first + 4 if is_end else first, 1, 1), datetime.date(first + 4, 12, 31), name, name)


def _span(text: str) -> Period | None:
    match = _SPAN.fullmatch(text)
    if not match:
        return None
    first, last = _point(match[1]), _point(_completed(match[1], match[3]))
    if last.last_day <= first.last_day:
        raise ValueError(text)
    iso = f"{first.iso}—{last.iso}"
    if len(first.iso) == len(last.iso) == len("2021"):
        return Period(first.first_day, last.last_day, iso, f"{iso} 年")
    year = f"{first.first_day.year} 年"
    shown = last.text.removeprefix(year).strip() if first.text.startswith(year) else last.text
    return Period(first.first_day, last.last_day, iso, f"{first.text} 至 {shown}")


def _completed(first: str, last: str) -> str:
    """Return the end of a span with the year, and the month, that only its beginning has."""
    if re.match(rf"{_YEAR}|[“\"]?十", last):
        return last
    year = re.match(_YEAR, first)
    day = re.fullmatch(r"(\d{1,2})日", last, re.ASCII)
    month = re.match(rf"{_YEAR}年(\d{{1,2}})月\d", first)
    return f"{year[1] if year else ''}年{f'{month[2]}月' if day and month else ''}{last}"


def _months(year: str, first: int, last: int, iso: str, name: str) -> Period:
    end = calendar.monthrange(int(year), last)[1]
    return Period(datetime.date(int(year), first, 1), datetime.date(int(year), last, end), iso, f"{year} 年{name}")


def _number(numeral: str) -> int:
    return _NUMERALS.index(numeral) + 1 if numeral in _NUMERALS else int(numeral)


_READERS: tuple[Callable[[str], Period | None], ...] = (
    _half, _quarter, _first_quarters, _part_of_year, _part_of_month, _by_day, _plan, _date,
)  # fmt: skip
