"""Laws about order in time; partial dates are out of order only if certainly so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, pairwise

from macros.records.collection import Collection
from macros.records.laws.law import of_one
from macros.records.model.bound import cached_per_record
from macros.records.model.dates import PartialDate
from macros.records.model.description import fields_of
from macros.records.model.groups import FieldGroup, Recognition
from macros.records.model.kinds import Authored, Policy, Record
from macros.records.model.walk import ValuePath, find, groups_within
from macros.records.problems import Problem

_AIMED_AT = ("applied", "planned")


@of_one(Policy)
def dates_in_order(record: Policy) -> Iterator[Problem]:
    """The dates of a policy follow one another; partial dates are out of order only if certainly so."""
    orders = (("adopted", "published"), ("written", "published"), ("effective_from", "effective_to"), ("adopted", "revised"))  # fmt: skip
    for first, second in orders:
        yield from _out_of_order(record, getattr(record, first), getattr(record, second), first, second)
    if (guide := record.applies_to) and guide.from_ and guide.until and guide.until.is_certainly_before(guide.from_):
        message = f"截止日期 {guide.until.iso} 早于开始日期 {guide.from_.iso}；请核对这两个日期"
        yield record.document.problem(("applies_to", "until"), message, "dates-out-of-order")


def _out_of_order(
    record: Record, first: PartialDate | None, second: PartialDate | None, earlier: str, later: str
) -> Iterator[Problem]:
    if first and second and second.is_certainly_before(first):
        fields = type(record).model_fields
        message = f"{fields[later].title} {second.iso} 早于{fields[earlier].title} {first.iso}；请核对这两个日期"
        yield record.document.problem((later,), message, "dates-out-of-order")


@of_one(Record)
def publishing_ends_after_it_begins(record: Record) -> Iterator[Problem]:
    """What is published between two days is so on one day at least."""
    yield from _out_of_order(record, record.publish_from, record.publish_until, "publish_from", "publish_until")


@of_one(Record)
def recognition_ends_after_it_begins(record: Record) -> Iterator[Problem]:
    """A recognition's validity ends after the recognition was given."""
    for path, part in find(record, (Recognition,)):
        if part.year and part.valid_to and part.valid_to.is_certainly_before(part.year):
            message = f"有效期至 {part.valid_to.iso} 早于认定时间 {part.year.iso}；请核对"
            yield record.document.problem((*path, "valid_to"), message, "dates-out-of-order")


def nothing_happened_in_the_future(collection: Collection) -> Iterator[Problem]:
    """A date that tells of what has happened does not lie after the day of the build."""
    today = collection.as_of
    for record in collection.records.values():
        last = last_past_date(record)
        if last is None or not today.is_certainly_before(last):
            continue
        for path, date in _past_dates(record):
            if today.is_certainly_before(date):
                message = f"日期 {date.iso} 在将来（今天按 {today.iso} 算）；请核对"
                yield record.document.problem(path, message, "date-in-future")


@cached_per_record
def last_past_date(record: Record) -> PartialDate | None:
    """Return the last date of what has happened that a record tells of; None if it tells of nothing that has."""
    dates = (date for group in groups_within(record) for _, date in _past_dates_of(group))
    return max(dates, key=lambda date: date.first_day, default=None)


def _past_dates(record: Record) -> Iterator[tuple[ValuePath, PartialDate]]:
    """Yield the dates of what has happened, each with its path."""
    groups: Iterator[tuple[ValuePath, FieldGroup]] = chain([((), record)], find(record, (FieldGroup,)))
    for path, group in groups:
        for name, date in _past_dates_of(group):
            yield (*path, name), date


def _past_dates_of(group: FieldGroup) -> Iterator[tuple[str, PartialDate]]:
    if isinstance(group, Recognition) and group.stage.id in _AIMED_AT:
        return
    for attribute, name in _past_fields(type(group)):
        if date := getattr(group, attribute):
            yield name, date


@cache
def _past_fields(model: type[FieldGroup]) -> tuple[tuple[str, str], ...]:
    return tuple((field.attribute, field.name) for field in fields_of(model) if field.is_past)


@of_one(Authored)
def changes_go_forward(record: Authored) -> Iterator[Problem]:
    """Change notes stand in the order of their dates, the newest first or last, so that none is out of place."""
    days = [change.date for change in record.changes]
    if any(a < b for a, b in pairwise(days)) and any(b < a for a, b in pairwise(days)):
        yield record.document.problem(("changes",), "更新说明没有按日期排；请按先后排好", "changes-out-of-order")
