"""Laws about order in time; partial dates are out of order only if certainly so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from macros.records.collection import Collection
from macros.records.laws.law import of_one
from macros.records.model.dates import PartialDate
from macros.records.model.groups import Closure, Opening, Recognition, SpecialHours
from macros.records.model.kinds import Authored, Base, Policy, Record
from macros.records.model.walk import ValuePath, find
from macros.records.problems import Problem


@of_one(Policy)
def dates_in_order(record: Policy) -> Iterator[Problem]:
    """The dates of a policy follow one another; partial dates are out of order only if certainly so."""
    orders = (("adopted", "published"), ("written", "published"), ("effective_from", "effective_to"), ("adopted", "revised"))  # fmt: skip
    for first, second in orders:
        yield from _out_of_order(record, getattr(record, first), getattr(record, second), first, second)


def _out_of_order(
    record: Record, first: PartialDate | None, second: PartialDate | None, earlier: str, later: str
) -> Iterator[Problem]:
    if first and second and second.is_certainly_before(first):
        fields = type(record).model_fields
        message = f"{fields[later].title} {second.iso} 早于{fields[earlier].title} {first.iso}；请核对这两个日期"
        yield record.document.problem((later,), message, "dates-out-of-order")


@of_one(Base)
def spans_in_order(record: Base) -> Iterator[Problem]:
    """Hours close after they open, and a span of days ends after it begins."""
    for path, part in find(record, (Opening, SpecialHours, Closure)):
        if isinstance(part, Opening | SpecialHours) and part.from_ and part.to and part.to <= part.from_:
            message = f"关门 {part.to} 不晚于开门 {part.from_}；请核对"
            yield record.document.problem((*path, "to"), message, "hours-out-of-order")
        if isinstance(part, Opening) and part.last_entry and not part.from_ <= part.last_entry <= part.to:
            message = f"最晚入场 {part.last_entry} 不在开门 {part.from_} 和关门 {part.to} 之间；请核对"
            yield record.document.problem((*path, "last_entry"), message, "hours-out-of-order")
        if isinstance(part, SpecialHours | Closure) and part.to_date and part.to_date < part.from_date:
            message = f"结束日期 {part.to_date.iso} 早于开始日期 {part.from_date.iso}；请核对"
            yield record.document.problem((*path, "to_date"), message, "dates-out-of-order")


@of_one(Record)
def recognition_ends_after_it_begins(record: Record) -> Iterator[Problem]:
    """A recognition's validity ends after the recognition was given."""
    for path, part in find(record, (Recognition,)):
        if part.year and part.valid_to and part.valid_to.is_certainly_before(part.year):
            message = f"有效期至 {part.valid_to.iso} 早于认定时间 {part.year.iso}；请核对"
            yield record.document.problem((*path, "valid_to"), message, "dates-out-of-order")


def nothing_reviewed_in_the_future(collection: Collection) -> Iterator[Problem]:
    """A review or a change does not lie after the day of the build."""
    today = collection.as_of
    for record in collection.records.values():
        days: list[tuple[ValuePath, PartialDate]] = []
        if record.reviewed_on:
            days.append((("reviewed_on",), record.reviewed_on))
        for number, change in enumerate(record.changes if isinstance(record, Authored) else ()):
            days.append((("changes", number, "date"), change.date))
        for path, day in days:
            if day > today and today.is_certainly_before(day):
                message = f"日期 {day.iso} 在将来（今天按 {today.iso} 算）；请核对"
                yield record.document.problem(path, message, "date-in-future")


@of_one(Authored)
def changes_go_forward(record: Authored) -> Iterator[Problem]:
    """Change notes stand in the order of their dates, the newest first or last, so that none is out of place."""
    days = [change.date for change in record.changes]
    if any(a < b for a, b in pairwise(days)) and any(b < a for a, b in pairwise(days)):
        yield record.document.problem(("changes",), "更新说明没有按日期排；请按先后排好", "changes-out-of-order")
