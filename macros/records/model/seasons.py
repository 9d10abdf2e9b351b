"""Seasons as people write them: months or days that come every year, or words that name neither."""

from __future__ import annotations

import calendar
import re

YearDay = int
"""A day of any year: the month times 100, and the day."""

_TO = r"(?:至|到|-|–|—|~|～)+"
_DAY = r"(\d{1,2}) ?月(?: ?(\d{1,2}) ?[日号])?"
_SPAN = re.compile(
    rf"(?:每年)?(\d{{1,2}})(?: ?月(?: ?(\d{{1,2}}) ?[日号])?)? ?{_TO} ?(?:次年|翌年|第二年)? ?{_DAY}(?:底|末)?"
)
_MONTH = re.compile(r"(?:每年)?(\d{1,2}) ?月?")
_SEPARATORS = re.compile(r"[、，,和及]")
_IN_BRACKETS = re.compile(r"[^\d（(]*[（(]([^（()）]*)[）)]")
_LEAP_YEAR = 2024


class Season(str):
    """A season as written.

    >>> Season("11月—次年3月").spans
    ((1101, 331),)
    >>> Season("夏季").spans is None
    True
    """

    __slots__ = ()

    @property
    def spans(self) -> tuple[tuple[YearDay, YearDay], ...] | None:
        """First and last days, each span once a year, over the New Year where the first is later; None if only named."""
        brackets = _IN_BRACKETS.fullmatch(self)
        spans = [_span(part.strip()) for part in _SEPARATORS.split(brackets[1] if brackets else self)]
        return tuple(span for span in spans if span) if all(spans) else None


def _span(text: str) -> tuple[YearDay, YearDay] | None:
    if single := _MONTH.fullmatch(text):
        first, last = _day(single[1], None, 1), _day(single[1], None, 31)
    elif span := _SPAN.fullmatch(text):
        first, last = _day(span[1], span[2], 1), _day(span[3], span[4], 31)
    else:
        return None
    return (first, last) if first and last else None


def _day(month: str, day: str | None, otherwise: int) -> YearDay | None:
    """Return a day, or None if there is none; of a month alone the first or the last."""
    if not 1 <= int(month) <= 12:
        return None
    length = calendar.monthrange(_LEAP_YEAR, int(month))[1]
    number = int(day) if day else min(otherwise, length)
    return int(month) * 100 + number if 1 <= number <= length else None
