"""Deadlines: days that citizens or editors must not miss, as far as records tell of them."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from macros.records.model.bound import cached_per_record
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Place, Policy, Record


class Matter(StrEnum):
    """What ends on a day; the value is how people call it."""

    APPLICATION = "申请截止"
    RECOGNITION = "认定到期"
    REVIEW = "应当核对"


@dataclass(frozen=True)
class Deadline:
    """A day that something of a record ends.

    Attributes:
        record: the record.
        matter: what ends.
        date: the day, or the month or year in which it lies.
        about: what it is about, if the record has several of the kind, such as the title of a recognition.
        key: what tells it from others of the record and the matter, and stays when the day is moved.
    """

    record: Record
    matter: Matter
    date: PartialDate
    about: str = ""
    key: str = ""


@dataclass(frozen=True)
class Application:
    """What can be applied for, and when.

    Attributes:
        policy: the policy.
        opens: the first day, or None if it has begun long ago or nobody says.
        closes: the last day, or None if there is none; never later than the policy's own end.
    """

    policy: Policy
    opens: PartialDate | None
    closes: PartialDate | None

    def is_ahead(self, day: PartialDate) -> bool:
        """Tell whether it has not begun on a day."""
        return self.opens is not None and self.opens.first_day > day.first_day

    @property
    def order(self) -> tuple[bool, datetime.date, datetime.date]:
        """Key by which the nearest last day comes first, and what has none comes last."""
        opens = self.opens.first_day if self.opens else datetime.date.min
        return self.closes is None, self.closes.last_day if self.closes else datetime.date.max, opens


def application_of(policy: Record) -> Application | None:
    """Return what can be applied for under a policy, past or ahead; None if nothing can."""
    if not isinstance(policy, Policy) or not policy.applies_to:
        return None
    ends = [date for date in (policy.applies_to.until, policy.effective_to) if date]
    return Application(policy, policy.applies_to.from_, min(ends, key=lambda date: date.last_day, default=None))


@cached_per_record
def deadlines_of(record: Record, months: int | None) -> tuple[Deadline, ...]:
    """Return the deadlines of one record, past ones too.

    Args:
        record: the record.
        months: months until a record of its kind is due for its next review, or None.
    """
    return tuple(_deadlines(record, months))


def _deadlines(record: Record, months: int | None) -> Iterator[Deadline]:
    if isinstance(record, Policy) and record.applies_to and record.applies_to.until:
        yield Deadline(record, Matter.APPLICATION, record.applies_to.until)
    for recognition in record.recognitions if isinstance(record, Place) else ():
        if recognition.stage.id == "held" and recognition.valid_to:
            key = f"{recognition.level.id} {recognition.title}"
            yield Deadline(record, Matter.RECOGNITION, recognition.valid_to, recognition.title, key)
    if review := next_review(record, months):
        yield Deadline(record, Matter.REVIEW, review)


def next_review(record: Record, months: int | None) -> PartialDate | None:
    """Return the day on which a record is due for its next review; None if it was never reviewed or has no term."""
    return months_later(record.reviewed_on, months) if record.reviewed_on and months else None


def months_later(date: PartialDate, months: int) -> PartialDate:
    """Return the same day some months later, or the last day of that month if it has no such day."""
    first = date.first_day
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    return PartialDate(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
