"""Days of the week as people write them: single days, spans and words such as 每天."""

from __future__ import annotations

import datetime
import re

_DAYS = "一二三四五六日"
_DAY = r"(?:周|星期|礼拜)?([一二三四五六日天])"
_SPAN = re.compile(rf"{_DAY} ?(?:至|到|~|～|-|—|–)+ ?{_DAY}")
_SINGLE = re.compile(_DAY)
_WORDS = {"每天": _DAYS, "每日": _DAYS, "天天": _DAYS, "工作日": _DAYS[:5], "周末": _DAYS[5:], "双休日": _DAYS[5:]}


WEEKDAYS = dict(
    zip(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        (f"周{day}" for day in _DAYS),
        strict=True,
    )
)
"""Days of the week as addresses name them → as people do; browsers know the words too (``overrides/assets/javascripts/days.js``)."""


def weekday_name(day: datetime.date) -> str:
    """Return the day of the week, e.g. ``周六``."""
    return f"周{_DAYS[day.weekday()]}"


def weekdays(text: str) -> list[str] | None:
    """Return the days that a word or a span stands for, or None if it is neither.

    ``周二至周日`` gives 周二 … 周日, ``周六到周一`` goes over the end of the week, ``每天`` gives all seven.
    """
    word = text.strip()
    if span := _SPAN.fullmatch(word):
        first, last = (_DAYS.index(day.replace("天", "日")) for day in span.groups())
        found = [_DAYS[(first + step) % 7] for step in range((last - first) % 7 + 1)]
    elif single := _SINGLE.fullmatch(word):
        found = [single[1].replace("天", "日")]
    else:
        found = list(_WORDS.get(word, ""))
    return [f"周{day}" for day in found] or None
