"""The updates: a list of months, and for each month its days, over as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from macros.library.library import Library
from macros.library.news import News
from macros.pages.plan.page import HOME, Crumb, PlannedPage, paginate
from macros.records.model.dates import PartialDate

PAGE_SIZE = 120
"""Changes of a page."""

UPDATES = Crumb("最近更新", "updates/")

Month = tuple[PartialDate, tuple[News, ...]]


@dataclass(frozen=True)
class Day:
    """A day on which something changed.

    Attributes:
        date: the day.
        address: address of the page on which they begin.
    """

    date: PartialDate
    address: str

    @property
    def anchor(self) -> str:
        """Name of the place on the page."""
        return f"day-{self.date.day}"


def update_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the list of months in which records changed, and the pages of each of them."""
    months = _months(library)
    description = "本站的记录最近改了什么；更早的按月查看。"
    modified = library.changes[0].date if library.changes else None
    data = {"months": months}
    yield PlannedPage(UPDATES.address, "updates.html", UPDATES.title, description, (HOME,), "", data, "", modified)
    for month, news in months:
        yield from _month(month, news, months)


def _month(month: PartialDate, news: tuple[News, ...], months: tuple[Month, ...]) -> Iterator[PlannedPage]:
    address, title = f"{UPDATES.address}{month.iso}/", f"{month}的更新"
    days = _days(address, news)
    for part in paginate(address, news, PAGE_SIZE):
        yield PlannedPage(
            part.address,
            "updates-month.html",
            part.titled(title),
            f"{month}本站的记录改了什么，共 {len(news)} 处。",
            part.trail((HOME, UPDATES), title),
            data={
                "month": month,
                "months": months,
                "days": days,
                "total": len(news),
                "news": part.items,
                "number": part.number,
                "addresses": part.addresses,
            },
            modified=news[0].date,
        )


def _days(address: str, news: tuple[News, ...]) -> tuple[Day, ...]:
    """Return the days of a month, the last first."""
    days: dict[PartialDate, Day] = {}
    for part in paginate(address, news, PAGE_SIZE):
        for item in part.items:
            days.setdefault(item.date, Day(item.date, part.address))
    return tuple(days.values())


def _months(library: Library) -> tuple[Month, ...]:
    """Return the changes by month, the newest first."""
    groups = groupby(library.changes, key=lambda item: PartialDate(item.date.year, item.date.month))
    return tuple((month, tuple(news)) for month, news in groups)
