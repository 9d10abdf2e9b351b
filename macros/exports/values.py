"""A record as plain data, from which the files for machines are made.

Field names are those of the files. Every field is there; what is not known is null or an empty list. Dates keep the
precision that they are known with, as text. What follows from records stands apart, under ``derived``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import quote

from macros.exports.publication import Publication
from macros.records.model.dates import PartialDate, Time
from macros.records.model.description import FieldDescription, fields_in_files, fields_of
from macros.records.model.festivals import HolidayName
from macros.records.model.fields import FileName, Phones, Prose, Reference
from macros.records.model.groups import FieldGroup, Source
from macros.records.model.kinds import Base, Policy, Record
from macros.records.model.outings import Activity, Route
from macros.records.model.periods import Period
from macros.records.model.seasons import Season
from macros.records.model.terms import Term
from macros.records.model.walk import mentions
from macros.text.notation import Values

TEXT: Values = {"type": "string"}
DAY: Values = {"type": "string", "format": "date"}
_FLAG: Values = {"type": "boolean"}

HIDDEN = frozenset({"draft", "stamp"})
"""Fields that say nothing about a published record, or that only the page of the passport needs."""

_AS_IT_IS = frozenset({type(None), bool, str, Prose, Reference, FileName, HolidayName, Phones, Season})
_LARGEST_EXACT = 2**53


def described(properties: Values, title: str = "") -> Values:
    """Return the schema of an object whose properties are always there."""
    schema: Values = {"type": "object", "required": list(properties), "properties": properties}
    return {"title": title, **schema} if title else schema


def list_of(schema: Values) -> Values:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def nullable(schema: Values) -> Values:
    """Return the schema of a value that may be unknown."""
    return {"anyOf": [schema, {"type": "null"}]}


@cache
def shown_fields(model: type[FieldGroup]) -> tuple[FieldDescription, ...]:
    """Return the fields of a kind or a part that machines get."""
    fields = fields_in_files(model) if issubclass(model, Record) else fields_of(model)
    return tuple(field for field in fields if field.name not in HIDDEN)


def record_values(publication: Publication, record: Record) -> Values:
    """Return all that is published of a record: its id, its kind, its fields and what follows from them."""
    return {
        "id": record.id,
        "kind": record.kind,
        **_fields(publication, record),
        **(_hours_of_first_form(publication, record) if isinstance(record, Base) else {}),
        "derived": {fact.name: fact.of(publication, record) for fact in DERIVED},
    }


_LATER_CONDITIONS = ("part", "booking", "weeks", "from_date", "to_date", "note")
"""Fields of regular hours that the first version did not have; who does not know them would take the hours for more."""


def _hours_of_first_form(publication: Publication, base: Base) -> Values:
    """Return the lists of hours as the first version promised them: each entry whole, and of the whole place."""
    every = _all_hours(publication, base) or {}
    opening = [entry for entry in every["opening"] if not any(entry[name] for name in _LATER_CONDITIONS)]
    return {
        "opening": [entry for entry in opening if entry["from"] and entry["to"] and entry["from"] < entry["to"]],
        "special_hours": [entry for entry in every["special_hours"] if not entry["part"]],
        "closures": [entry for entry in every["closures"] if not entry["part"]],
    }


def _all_hours(publication: Publication, record: Record) -> Values | None:
    if not isinstance(record, Base):
        return None
    lists = {"opening": record.opening, "special_hours": record.special_hours, "closures": record.closures}
    return {name: _list(publication, entries) for name, entries in lists.items()}


def _fields(publication: Publication, part: FieldGroup) -> Values:
    return {
        # Most values are texts, or nothing: a call for each of them takes half of all the time.
        name: value if type(value := getattr(part, attribute)) in _AS_IT_IS else plain(publication, value)
        for name, attribute in _names(type(part))
    }


@cache
def _names(model: type[FieldGroup]) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.attribute) for field in shown_fields(model))


def plain(publication: Publication, value: Any) -> Any:
    """Return a value of a record as JSON can hold it."""
    if type(value) in _AS_IT_IS:
        return value
    form = _FORMS.get(type(value), _fields)
    return form(publication, value)


def _list(publication: Publication, values: tuple[Any, ...]) -> list[Any]:
    return [plain(publication, value) for value in values]


def _term(publication: Publication, term: Term) -> Values:
    return {"id": term.id, "label": term.label}


def _time(publication: Publication, time: PartialDate | Period | Time) -> str:
    return time.iso


def _number(publication: Publication, value: Decimal) -> int | float | str:
    """Return a number; one that a double can't hold stays as it was written."""
    if abs(value) > _LARGEST_EXACT:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)


def _source(publication: Publication, source: Source) -> Values:
    """Return a source whole: a policy of this site is told as fully as another publication; no address of a repost."""
    values = {**_fields(publication, source), "address": None}
    if source.is_repost:
        values["url"] = None
    policy = publication.library.get(source.ref) if source.ref else None
    if isinstance(policy, Policy):
        values |= {
            "title": policy.name,
            "publisher": policy.issuers[0] if policy.issuers else None,
            "published": policy.published.iso if policy.published else None,
            "url": policy.original_url,
            "address": publication.library.address(policy),
        }
    return values


# What stands here goes by the exact class, which costs a third of asking for each class in turn.
_FORMS: dict[type, Callable[[Publication, Any], Any]] = {
    tuple: _list,
    Term: _term,
    PartialDate: _time,
    Period: _time,
    Time: _time,
    Source: _source,
    Decimal: _number,
}


@dataclass(frozen=True)
class Fact:
    """Something that follows from a record.

    Attributes:
        name: name under ``derived``.
        title: what it is, in Chinese.
        schema: JSON Schema of the value.
        of: works the value out.
    """

    name: str
    title: str
    schema: Values
    of: Callable[[Publication, Record], Any]


def _ids(records: tuple[Record, ...]) -> list[str]:
    return [record.id for record in records]


def _iso(date: PartialDate | None) -> str | None:
    return date.iso if date else None


def _files(publication: Publication, record: Record) -> list[str]:
    mentioned = mentions(record)
    names = publication.library.collection.files_of(record).keys() & {*mentioned.files, *mentioned.images}
    return [quote(f"files/{record.kind}/{record.id}/{name}") for name in sorted(names)]


_OCCURRENCE: Values = {
    "type": "object",
    "properties": {"start": TEXT, "end": nullable(TEXT), "note": nullable(TEXT), "state": nullable(TEXT)},
    "required": ["start", "end", "note", "state"],
}


def _times(publication: Publication, record: Record) -> list[Values]:
    """Return when an activity takes place: what weekly rules and their exceptions come to."""
    times = publication.library.all_times(record) if isinstance(record, Activity) else ()
    return [
        {"start": time.starts_at, "end": time.ends_at or None, "note": time.note or None, "state": time.state or None}
        for time in times
    ]


DERIVED: tuple[Fact, ...] = (
    Fact("address", "网页的地址，从网站首页算起", TEXT, lambda p, r: p.library.address(r)),
    Fact("url", "网页的完整网址；网站的网址没有配置时为 null", nullable(TEXT),
         lambda p, r: p.absolute(p.library.address(r))),
    Fact("level", "今天持有的最高级别", nullable({"$ref": "Term"}), lambda p, r: plain(p, p.library.level(r))),
    Fact("is_current", "是否仍然有效：场所没有关闭，政策没有失效或废止，没有分成几条", _FLAG, lambda p, r: p.library.is_current(r)),
    Fact("is_expired", "有效期是否已过，只对政策有意义", _FLAG, lambda p, r: p.library.is_expired(r)),
    Fact("is_unverified", "是否只见于转载，待核对", _FLAG, lambda p, r: p.library.is_unverified(r.sources)),
    Fact("modified", "最近一次更新或核对的日期", nullable(DAY),
         lambda p, r: _iso(p.library.modified(r))),
    Fact("next_review", "下一次应当核对的日期", nullable(DAY),
         lambda p, r: _iso(p.library.next_review(r))),
    Fact("all_hours", "全部开放时间：也有不知道几点的、只在某些周或某段日子的、须预约的、有说明的、过半夜的、只是一部分的；不是科普基地时为 null",
         nullable({"$ref": "AllHours"}), _all_hours),
    Fact("times", "活动的每一次，过去的也有：从几时到几时（北京时间；不知道钟点的只有日子），有什么不同；不是活动时是空的",
         list_of(_OCCURRENCE), _times),
    Fact("total_minutes", "线路的总时长，多少分钟：编辑写的，或各站和路上相加；不知道或不是线路时为 null",
         nullable({"type": "integer"}), lambda p, r: r.total if isinstance(r, Route) else None),
    Fact("related", "相互提到的记录的 id", list_of(TEXT), lambda p, r: _ids(p.library.related(r))),
    Fact("replaced_by", "取代它的政策的 id", list_of(TEXT), lambda p, r: _ids(p.library.replaced_by(r))),
    Fact("files", "图片和附件的地址，从网站首页算起", list_of(TEXT), _files),
)  # fmt: skip
