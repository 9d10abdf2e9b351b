"""Laws about order in time; partial dates are out of order only if certainly so (records.md, "Types")."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from macros.records.collection import Collection
from macros.records.dates import PartialDate
from macros.records.kinds import Base, Policy, Record
from macros.records.parts import Closure, Opening, Recognition, SpecialHours
from macros.records.problems import Problem
from macros.records.walk import ValuePath, parts


def dates_in_order(collection: Collection) -> Iterator[Problem]:
    """The dates of a policy follow one another; partial dates are out of order only if certainly so."""
    orders = (("adopted", "published"), ("written", "published"), ("effective_from", "effective_to"), ("adopted", "revised"))  # fmt: skip
    for record in collection.of(Policy):
        for first, second in orders:
            yield from _out_of_order(record, getattr(record, first), getattr(record, second), first, second)


def _out_of_order(
    record: Record, first: PartialDate | None, second: PartialDate | None, earlier: str, later: str
) -> Iterator[Problem]:
    if first and second and second.is_certainly_before(first):
        fields = type(record).model_fields
        message = f"{fields[later].title} {second.iso} 早于{fields[earlier].title} {first.iso}；请核对这两个日期"
        yield record.document.problem((later,), message, "dates-out-of-order")


def spans_in_order(collection: Collection) -> Iterator[Problem]:
    """Hours close after they open, and a span of days ends after it begins."""
    for record in collection.of(Base):
        for path, part in parts(record):
            if isinstance(part, Opening | SpecialHours) and part.from_ and part.to and part.to <= part.from_:
                message = f"关门 {part.to} 不晚于开门 {part.from_}；请核对"
                yield record.document.problem((*path, "to"), message, "hours-out-of-order")
            if isinstance(part, Opening) and part.last_entry and not part.from_ <= part.last_entry <= part.to:
                message = f"最晚入场 {part.last_entry} 不在开门 {part.from_} 和关门 {part.to} 之间；请核对"
                yield record.document.problem((*path, "last_entry"), message, "hours-out-of-order")
            if isinstance(part, SpecialHours | Closure) and part.to_date and part.to_date < part.from_date:
                message = f"结束日期 {part.to_date.iso} 早于开始日期 {part.from_date.iso}；请核对"
                yield record.document.problem((*path, "to_date"), message, "dates-out-of-order")


def recognition_ends_after_it_begins(collection: Collection) -> Iterator[Problem]:
    """A recognition's validity ends after the recognition was given."""
    for record in collection.records.values():
        for path, part in parts(record):
            if (
                isinstance(part, Recognition)
                and part.year
                and part.valid_to
                and part.valid_to.is_certainly_before(part.year)
            ):
                message = f"有效期至 {part.valid_to.iso} 早于认定时间 {part.year.iso}；请核对"
                yield record.document.problem((*path, "valid_to"), message, "dates-out-of-order")


def nothing_reviewed_in_the_future(collection: Collection) -> Iterator[Problem]:
    """A review or a change does not lie after the day of the build."""
    for record in collection.records.values():
        days: list[tuple[ValuePath, PartialDate]] = (
            [(("reviewed_on",), record.reviewed_on)] if record.reviewed_on else []
        )
        days += [(("changes", n, "date"), change.date) for n, change in enumerate(getattr(record, "changes", ()))]
        for path, day in days:
            if collection.as_of.is_certainly_before(day):
                message = f"日期 {day.iso} 在将来（今天按 {collection.as_of.iso} 算）；请核对"
                yield record.document.problem(path, message, "date-in-future")


def changes_go_forward(collection: Collection) -> Iterator[Problem]:
    """Change notes stand in the order of their dates, the newest first or last, so that none is out of place."""
    for record in collection.records.values():
        days = [change.date for change in getattr(record, "changes", ())]
        if any(a < b for a, b in pairwise(days)) and any(b < a for a, b in pairwise(days)):
            yield record.document.problem(("changes",), "更新说明没有按日期排；请按先后排好", "changes-out-of-order")
