"""What a list says of when an activity takes place, and of which year it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class OnDay:
    """A day of an activity.

    Attributes:
        date: as records have it, e.g. ``2026-09-05``.
        opens: time at which it begins; empty if the list does not say it.
        closes: time at which it ends; may be empty.
    """

    date: str
    opens: str = ""
    closes: str = ""


@dataclass(frozen=True)
class EachWeek:
    """Days of each week between two days.

    Attributes:
        days: e.g. ``("周六",)``.
        from_date: the first day that it may be.
        to_date: the last.
        opens: time at which it begins; may be empty.
        closes: time at which it ends; may be empty.
    """

    days: tuple[str, ...]
    from_date: str
    to_date: str
    opens: str = ""
    closes: str = ""


@dataclass(frozen=True)
class Occurrences:
    """What a text says of when something takes place.

    Attributes:
        dates: the days that are certain, in the order of the text.
        weekly: what is on each week.
        doubt: why nothing was taken, as a question in Chinese; empty if all is certain.
        notice: what was understood and should be looked at; may be empty.
    """

    dates: tuple[OnDay, ...] = ()
    weekly: tuple[EachWeek, ...] = ()
    doubt: str = ""
    notice: str = ""


def year_of(*texts: str) -> int | None:
    """Return the year that the first text with years names; None if it names several, or none has one.

    >>> year_of("全国科普月活动一览表", "2026年9月活动")
    2026
    """
    for text in texts:
        years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", unicodedata.normalize("NFKC", text)))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
