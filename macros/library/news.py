"""News: what became known of a record on which day, for feeds, updates and the history that machines read.

Only dates that stand in records count; there is no clock. A date that is not known to the day gives no news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from macros.library.agenda import days_of_activity
from macros.library.deadlines import application_of
from macros.records.hours.occurrences import occurrences_of
from macros.records.model.bound import cached_per_record
from macros.records.model.dates import PartialDate
from macros.records.model.description import fields_of
from macros.records.model.kinds import Authored, Policy, Record
from macros.records.model.outings import Activity

APPLICATIONS = "applications/"
"""Address of the page of what can be applied for, beside which its feed lies."""


class Occasion(StrEnum):
    """What made the news."""

    CHANGE = "change"
    PUBLICATION = "publication"
    REVIEW = "review"
    APPLICATION = "application"


@dataclass(frozen=True)
class News:
    """One thing that became known of a record.

    Attributes:
        record: the record.
        occasion: what made the news.
        date: the day, known in full.
        text: what happened, in one sentence.
        fields: names of the fields concerned, as in the record's file.
        number: 1, or higher for the second, third … news of the same occasion on the same day.
    """

    record: Record
    occasion: Occasion
    date: PartialDate
    text: str
    fields: tuple[str, ...] = ()
    number: int = 1

    @property
    def key(self) -> str:
        """Name that no other news of the record has and that stays, e.g. ``change-2026-06-01``."""
        suffix = f"-{self.number}" if self.number > 1 else ""
        return f"{self.occasion}-{self.date.iso}{suffix}"

    @property
    def field_titles(self) -> tuple[str, ...]:
        """The fields concerned as people call them; a name that is no field stays as it is."""
        titles = {field.name: field.title for field in fields_of(type(self.record))}
        return tuple(titles.get(name, name) for name in self.fields)


@cached_per_record
def news_of(record: Record) -> tuple[News, ...]:
    """Return the news of one record: its changes, the publication of a policy or an activity, a review that changed nothing."""
    changes = tuple(_changes(record))
    return (*changes, *_news_beside(record, {change.date for change in changes}))


def _news_beside(record: Record, changed: Container[PartialDate]) -> Iterator[News]:
    if isinstance(record, Policy) and record.published and record.published.is_full:
        yield News(record, Occasion.PUBLICATION, record.published, "文件发布。")
    if isinstance(record, Activity) and (announced := _announced_on(record)):
        yield News(record, Occasion.PUBLICATION, announced, f"活动公布：{days_of_activity(record)}。")
    if record.reviewed_on and record.reviewed_on not in changed:
        yield News(record, Occasion.REVIEW, record.reviewed_on, "编辑核对了全部内容。")


def _announced_on(activity: Activity) -> PartialDate | None:
    """Return the day on which an activity was announced: that of its earliest source; None if no source says before it began."""
    days = [source.published for source in activity.sources if source.published and source.published.is_full]
    times = occurrences_of(activity)
    before = [day for day in days if times and day.first_day <= times[0].day]
    return min(before, default=None)


def _changes(record: Record) -> Iterator[News]:
    counts: Counter[PartialDate] = Counter()
    for change in record.changes if isinstance(record, Authored) else ():
        counts[change.date] += 1
        yield News(record, Occasion.CHANGE, change.date, change.text, change.fields, counts[change.date])


def application_news(policies: Iterable[Record], as_of: PartialDate) -> tuple[News, ...]:
    """Return that one can apply under policies, for the feed of applications; what is over by now stays, since it says until when.

    Args:
        policies: the policies.
        as_of: the day after which nothing is told yet.
    """
    found = (news for policy in policies if (news := _application_news(policy)))
    return newest_first(news for news in found if news.date.first_day <= as_of.first_day)


def _application_news(policy: Record) -> News | None:
    application = application_of(policy)
    if application is None:
        return None
    dates = (application.opens, application.policy.published, application.policy.reviewed_on)
    date = next((date for date in dates if date and date.is_full), None)
    until = f"{application.closes}截止" if application.closes else "没有写截止日期"
    return News(policy, Occasion.APPLICATION, date, f"可以申请，{until}。") if date else None


def newest_first(news: Iterable[News]) -> tuple[News, ...]:
    """Return news in the order in which readers get them; what is equally new keeps its order."""
    return tuple(sorted(news, key=lambda item: item.date.first_day, reverse=True))
