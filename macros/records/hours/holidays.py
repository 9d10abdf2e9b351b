"""The calendar of public holidays: which days are off, which weekends are worked, and what each day is called."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from macros.records.model.festivals import ORDINALS

_SHORT = {"劳动节": "五一", "清明节": "清明", "端午节": "端午", "中秋节": "中秋", "国庆节": "国庆"}
# Days off by law in every year, whatever the notice of the year says (全国年节及纪念日放假办法).
_BY_LAW = {(1, 1): "元旦第一天", (5, 1): "劳动节第一天", (10, 1): "国庆节第一天", (10, 2): "国庆节第二天", (10, 3): "国庆节第三天"}  # fmt: skip
# The last days of December may belong to the New Year's holiday, of which the next year's notice tells.
_OPEN_END = 29


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of one year, as the State Council's notice has it.

    Attributes:
        name: one of `macros.records.model.festivals.HOLIDAYS`.
        first: first day off.
        last: last day off.
        day: the festival itself; of 春节 the first day of the lunar year.
        work: weekends that are worked in exchange.
    """

    name: str
    first: datetime.date
    last: datetime.date
    day: datetime.date
    work: tuple[datetime.date, ...] = ()

    @property
    def short(self) -> str:
        """What people call it before 假期."""
        return _SHORT.get(self.name, self.name)

    def days(self) -> Iterator[datetime.date]:
        """Yield its days off."""
        for step in range((self.last - self.first).days + 1):
            yield self.first + datetime.timedelta(step)

    def single_days(self) -> Iterator[tuple[datetime.date, str]]:
        """Yield the days that have names of their own, such as 除夕 or 国庆节第一天."""
        if self.name == "春节":
            yield self.day - datetime.timedelta(1), "除夕"
            yield from ((self.day + datetime.timedelta(n), f"初{word}") for n, word in enumerate(ORDINALS))
            return
        for step, word in enumerate(ORDINALS):
            if (day := self.day + datetime.timedelta(step)) <= self.last:
                yield day, f"{self.name}第{word}天"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What the calendar says of one day.

    Attributes:
        missing_year: the year whose notice would say if the day is a holiday or a worked weekend; 0 if that is known.
        holiday: name for people, e.g. ``国庆假期``; empty if it is none.
        names: names of the holidays that it belongs to.
        single_names: names of the day itself, e.g. ``初一``.
        is_worked: whether it is a weekend that is worked.
    """

    missing_year: int = 0
    holiday: str = ""
    names: tuple[str, ...] = ()
    single_names: tuple[str, ...] = ()
    is_worked: bool = False


_ORDINARY = CalendarDay()


@dataclass(frozen=True)
class Calendar:
    """The public holidays of some years.

    Attributes:
        years: holidays by year.
    """

    years: Mapping[int, tuple[Holiday, ...]] = field(default_factory=dict)
    _days: Mapping[datetime.date, CalendarDay] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_days", _named_days(holiday for year in self.years.values() for holiday in year))

    def day(self, day: datetime.date) -> CalendarDay:
        """Return what is known of a day."""
        if found := self._days.get(day):
            return found
        if by_law := _BY_LAW.get((day.month, day.day)):
            name = by_law[: by_law.index("第")]
            return CalendarDay(0, f"{_SHORT.get(name, name)}假期", (name,), (by_law,))
        if day.year not in self.years:
            return CalendarDay(day.year)
        is_end = day.month == 12 and day.day >= _OPEN_END and day.year + 1 not in self.years
        return CalendarDay(day.year + 1) if is_end else _ORDINARY

    def next_span(self, name: str, since: datetime.date) -> tuple[datetime.date, datetime.date] | None:
        """Return the first and the last day off of a holiday that is not over on a day, or None if nobody can tell yet.

        In a year without a notice these are the days off by law.
        """
        told = [(one.first, one.last) for year in self.years.values() for one in year if one.name == name]
        for year in (since.year, since.year + 1):
            days = [datetime.date(year, *day) for day, text in _BY_LAW.items() if text.startswith(name)]
            if days and year not in self.years:
                told.append((days[0], days[-1]))
        return min((span for span in told if span[1] >= since), default=None)

    def last_known_day(self, since: datetime.date) -> datetime.date:
        """Return the last day of the years without a gap from a day on; of years that are not known, of the day's year."""
        year = since.year
        while year + 1 in self.years:
            year += 1
        return datetime.date(year, 12, 31)


def _named_days(holidays: Iterable[Holiday]) -> dict[datetime.date, CalendarDay]:
    off: dict[datetime.date, list[Holiday]] = defaultdict(list)
    single: dict[datetime.date, list[str]] = defaultdict(list)
    worked: set[datetime.date] = set()
    for holiday in holidays:
        worked.update(holiday.work)
        for day in holiday.days():
            off[day].append(holiday)
        for day, name in holiday.single_days():
            single[day].append(name)
    found = {}
    for day in {*off, *single, *worked}:
        label = "、".join(holiday.short for holiday in off[day])
        names = tuple(holiday.name for holiday in off[day])
        found[day] = CalendarDay(0, f"{label}假期" if label else "", names, tuple(single[day]), day in worked)
    return found
