"""Assess the quality of the records: what is missing, overdue, expired, there twice, or left lying too long.

The limits for columns are those of the state inspection of public websites (docs/dev/decisions.md, 21): news two weeks,
notices and policies six months, no blank column.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from macros.library.deadlines import months_later
from macros.library.library import Library
from macros.records.model.bound import cached_per_record
from macros.records.model.dates import PartialDate
from macros.records.model.description import fields_in_files, fields_of
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Place, Policy, Record
from macros.records.model.registry import KINDS
from macros.records.model.timing import Timing

NEWS_DAYS = 14
POLICY_MONTHS = 6
Figure = str | int


@dataclass(frozen=True)
class Share:
    """How many of the records of a kind have a field.

    Attributes:
        kind: the kind's name for people.
        field: the field's title.
        filled: how many records have it.
        total: how many records there are.
    """

    kind: str
    field: str
    filled: int
    total: int

    @property
    def percent(self) -> int:
        """The share in whole percent, rounded down, so that 100 means all."""
        return self.filled * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class ReportTable:
    """One part of the report.

    Attributes:
        title: what it is about.
        columns: titles of the columns.
        rows: the rows; none means that nothing is to be done.
        fine: what to say if there are none.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]
    fine: str = "没有。"


@dataclass(frozen=True)
class Report:
    """The quality of all published records on one day.

    Attributes:
        as_of: the day.
        shares: completeness by kind and expected field.
        tables: what is to be done, by subject.
        title: what it is about.
        scope: what it covers, in a sentence.
    """

    as_of: PartialDate
    shares: tuple[Share, ...]
    tables: tuple[ReportTable, ...]
    title: str = "数据质量报告"
    scope: str = "只算已发布的记录。"


def assess(library: Library) -> Report:
    """Return the report on a library's published records."""
    shares = tuple(_shares(library))
    tables = (
        _overview(library, shares),
        ReportTable("各项完整度", ("种类", "字段", "已填", "应填", "完整度"), tuple(map(_share_row, shares))),
        ReportTable("该核对了", ("种类", "名称", "文件", "上次核对", "应在此前核对"), tuple(_overdue(library))),
        ReportTable("已过有效期", ("种类", "名称", "文件", "什么", "有效期至"), tuple(_expired(library))),
        ReportTable("定时发布", ("种类", "名称", "文件", "从哪天起", "到哪天"), tuple(_timed(library))),
        ReportTable("没有图片", ("种类", "名称", "文件"), tuple(_without_pictures(library)), "都有图片。"),
        ReportTable("可能重复", ("相同的项", "值", "名称", "文件"), tuple(_duplicates(library))),
        ReportTable("栏目更新", ("栏目", "最近更新", "期限", "情况"), tuple(column_states(library))),
    )
    return Report(library.as_of, shares, tables)


def _records(library: Library) -> Iterator[Record]:
    for kind in KINDS:
        yield from sorted(library.records(kind), key=lambda record: record.id)


def _without_pictures(library: Library) -> Iterator[tuple[Figure, ...]]:
    for record in _records(library):
        if isinstance(record, Place) and not record.images:
            yield _row(library, record)


def _row(library: Library, record: Record, *more: Figure) -> tuple[Figure, ...]:
    return (library.kind_label(record.kind), record.heading, record.document.path, *more)


def _shares(library: Library) -> Iterator[Share]:
    for kind, model in KINDS.items():
        records = library.records(kind)
        label = library.kind_label(kind)
        for _, title, read in _expected(model):
            yield Share(label, title, sum(_is_filled(read(record)) for record in records), len(records))


def _expected(model: type[Record]) -> Iterator[tuple[str, str, Callable[[Record], Any]]]:
    """Yield path as in files, title and reader of each expected field of a kind, and of the groups within it that stand alone."""
    for field in fields_in_files(model):
        if field.expected:
            yield field.name, field.title, attrgetter(field.attribute)
        if field.group and not field.is_list:
            for inner in fields_of(field.group):
                if inner.expected:
                    path = f"{field.name}.{inner.name}"
                    yield path, f"{field.title}·{inner.title}", _inside(field.attribute, inner.attribute)


@cached_per_record
def missing(record: Record) -> tuple[str, ...]:
    """Return the titles of the expected fields that a record lacks, in the order of files; of a group that it lacks, the group's.

    What is not to be published is not lacking.
    """
    titles: list[str] = []
    undisclosed = getattr(record, "undisclosed", ())
    for path, title, read in _expected(type(record)):
        if not _is_filled(read(record)) and title.partition("·")[0] not in titles and path not in undisclosed:
            titles.append(title)
    return tuple(titles)


def last_review(record: Record) -> str:
    """Return the day on which a record was last held against its sources; empty if it never was."""
    return record.reviewed_on.iso if record.reviewed_on else ""


def is_unreviewed(library: Library, record: Record) -> bool:
    """Tell whether nobody ever held a record against its sources, though its kind has a term for that."""
    term = library.kind_term(record.kind)
    return record.reviewed_on is None and term is not None and bool(term.months)


def is_overdue(library: Library, record: Record) -> bool:
    """Tell whether the day lies behind by which a record should have been reviewed again."""
    due = library.next_review(record)
    return due is not None and due.is_certainly_before(library.as_of)


def _inside(outer: str, inner: str) -> Callable[[Record], Any]:
    return lambda record: getattr(getattr(record, outer), inner, None)


def _is_filled(value: Any) -> bool:
    if isinstance(value, FieldGroup):
        return bool(value.model_fields_set)
    return value is not None and value != ()


def _share_row(share: Share) -> tuple[Figure, ...]:
    return share.kind, share.field, share.filled, share.total, f"{share.percent}%"


def _overview(library: Library, shares: Iterable[Share]) -> ReportTable:
    rows = []
    overdue = [row[0] for row in _overdue(library)]
    for kind in KINDS:
        label, total = library.kind_label(kind), len(library.records(kind))
        own = [share for share in shares if share.kind == label]
        filled, wanted = sum(share.filled for share in own), sum(share.total for share in own)
        rows.append((label, total, f"{filled * 100 // wanted}%" if wanted else "—", overdue.count(label)))
    return ReportTable("概况", ("种类", "条数", "完整度", "该核对的"), tuple(rows))


def _overdue(library: Library) -> Iterator[tuple[Figure, ...]]:
    """Yield the records whose next review lies behind, and those never reviewed though their kind has a term."""
    for record in _records(library):
        due = library.next_review(record)
        if due is not None and is_overdue(library, record):
            yield _row(library, record, record.reviewed_on.iso if record.reviewed_on else "", due.iso)
        elif is_unreviewed(library, record):
            yield _row(library, record, "从未", "尽快")


def _expired(library: Library) -> Iterator[tuple[Figure, ...]]:
    for record in _records(library):
        for recognition in record.recognitions if isinstance(record, Place) else ():
            lapsed = recognition.valid_to and recognition.valid_to.is_certainly_before(library.as_of)
            if recognition.stage.id == "held" and recognition.valid_to and lapsed:
                yield _row(library, record, f"认定：{recognition.title}", recognition.valid_to.iso)
        if isinstance(record, Policy) and record.effective_to and library.is_expired(record):
            yield _row(library, record, "政策有效期", record.effective_to.iso)


def _timed(library: Library) -> Iterator[tuple[Figure, ...]]:
    """Yield the records that wait for their day, and those that have a last one."""
    for record in library.collection.records.values():
        if record.publish_until or library.timing(record) is Timing.PENDING:
            days = (day.iso if day else "" for day in (record.publish_from, record.publish_until))
            yield _row(library, record, *days)


def _duplicates(library: Library) -> Iterator[tuple[Figure, ...]]:
    """Yield the records that share a name, a telephone or an address with another."""
    for title, read in _IDENTIFYING.items():
        owners: dict[str, dict[str, Record]] = defaultdict(dict)
        for record in _records(library):
            for value in read(record):
                owners[value][record.id] = record
        for value in sorted(owners):
            if len(owners[value]) > 1:
                yield from ((title, value, r.heading, r.document.path) for r in owners[value].values())


def _phones(record: Record) -> Iterator[str]:
    contact = record.contact if isinstance(record, Place) else None
    if contact and contact.phone:
        yield from (number.usual for number in contact.phone.numbers)


def _addresses(record: Record) -> Iterator[str]:
    if isinstance(record, Place) and record.address:
        yield record.address


_IDENTIFYING: dict[str, Callable[[Record], Iterable[str]]] = {
    "名称": attrgetter("names"),
    "电话": _phones,
    "地址": _addresses,
}


def column_states(library: Library) -> Iterator[tuple[Figure, ...]]:
    """Yield each column with its latest day, its limit and how it stands, the news first; what has no limit must not be blank."""
    news = [item.date for item in library.news]
    yield _column(library, "更新动态", news, "2 周", lambda day: day.first_day + datetime.timedelta(days=NEWS_DAYS))
    for kind in KINDS:
        records, label = library.records(kind), library.kind_label(kind)
        days = [item.date for item in library.news if item.record.kind == kind]
        if kind == "policies":
            days += [record.published for record in records if isinstance(record, Policy) and record.published]
            limit = f"{POLICY_MONTHS} 个月"
            yield _column(library, label, days, limit, lambda day: months_later(day, POLICY_MONTHS).first_day)
        else:
            yield label, max(days).iso if days else "不详", "不能空白", "正常" if records else "空白"


def _column(
    library: Library, label: str, days: list[PartialDate], limit: str, until: Callable[[PartialDate], datetime.date]
) -> tuple[Figure, ...]:
    if not days:
        return label, "从未", limit, "空白"
    latest = max(days, key=lambda day: day.last_day)
    last = latest.last_day
    is_stale = until(PartialDate(last.year, last.month, last.day)) < library.as_of.first_day
    return label, latest.iso, limit, "超过期限" if is_stale else "正常"
