"""Facets: the sides from which each kind of record can be looked at, declared in one place.

A facet gives every record its terms; finders, facet pages, cards' filters and search all read this table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from macros.records.hours.schedule import schedule_of
from macros.records.hours.weekly import Week, week_of
from macros.records.model.bound import cached_per_record
from macros.records.model.dates import PartialDate
from macros.records.model.description import Form, fields_of
from macros.records.model.kinds import Base, Place, Record
from macros.records.model.outings import Route
from macros.records.model.terms import Term, vocabulary
from macros.records.model.weekdays import WEEKDAYS
from macros.records.region import Region

TermsOf = Callable[[Record, PartialDate], tuple[Term, ...]]


@dataclass(frozen=True)
class Facet:
    """One side of a kind.

    Attributes:
        name: name in addresses and in filters, e.g. ``town``.
        title: Chinese title.
        terms: gives a record's terms on a day.
        vocabulary: name of the vocabulary that the terms come from; empty for a closed choice.
    """

    name: str
    title: str
    terms: TermsOf
    vocabulary: str = ""

    def title_in(self, region: Region) -> str:
        """Return the title in a region: what the level below a district is called depends on it."""
        return region.town_word if self.name == "town" else self.title


@dataclass(frozen=True)
class Group:
    """Records that share something: a term, or an initial letter."""

    label: str
    records: tuple[Record, ...]
    term: Term | None = None

    def among(self, identifiers: Container[str]) -> Group:
        """Return the group with those of its records alone that have one of these ids."""
        return replace(self, records=tuple(record for record in self.records if record.id in identifiers))


def _field(name: str, title: str, attribute: str, vocabulary: str = "") -> Facet:
    read = attrgetter(attribute)

    def terms(record: Record, as_of: PartialDate) -> tuple[Term, ...]:
        value = read(record)
        return value if isinstance(value, tuple) else (value,) if value else ()

    return Facet(name, title, terms, vocabulary)


def highest_level(record: Record, as_of: PartialDate) -> Term | None:
    """Return the highest level among the recognitions that a record holds on a day, or None.

    The level belongs to the recognition; aims and lapsed recognitions don't count (docs/dev/decisions.md, 14).
    """
    held = [r.level for r in record.recognitions if r.is_current(as_of)] if isinstance(record, Place) else []
    return min(held, default=None)


def _levels(record: Record, as_of: PartialDate) -> tuple[Term, ...]:
    level = highest_level(record, as_of)
    return (level,) if level else ()


def _yes_or_no(name: str, title: str, group: str, attribute: str, terms: Mapping[bool, tuple[str, str]]) -> Facet:
    """Return the facet of a field that is true, false or unknown; what is unknown has no term."""
    values = dict(zip(terms, vocabulary(name, dict(terms.values())).terms, strict=True))

    def of_record(record: Record, as_of: PartialDate) -> tuple[Term, ...]:
        part: Any = getattr(record, group)
        value = getattr(part, attribute) if part else None
        return () if value is None else (values[value],)

    return Facet(name, title, of_record)


@cached_per_record
def week_of_base(base: Base, as_of: PartialDate) -> Week:
    """Return on which days of the week a base opens, holidays left aside."""
    return week_of(schedule_of(base.opening_fields), as_of.first_day)


_WEEKDAYS = vocabulary("weekdays", WEEKDAYS).terms


def _weekdays(record: Record, as_of: PartialDate) -> tuple[Term, ...]:
    return tuple(_WEEKDAYS[day - 1] for day in week_of_base(record, as_of).days) if isinstance(record, Base) else ()


DAY = Facet("day", "星期", _weekdays)
"""Days of the week for pages and search; finders ask for a date instead, which knows holidays too."""

PRICE = _yes_or_no("price", "票价", "admission", "free", {True: ("free", "免费"), False: ("paid", "收费")})
BOOKING = _yes_or_no(
    "booking", "预约", "reservation", "required", {False: ("not-needed", "不用预约"), True: ("needed", "要预约")}
)
GROUP_SIZES = vocabulary("group-sizes", {str(size): f"{size} 人" for size in (20, 40, 50, 100, 200, 300)}).terms
"""Groups of which it is worked out whether a place receives them at once: half a class, classes, a whole grade."""


def _sizes(record: Record, as_of: PartialDate) -> tuple[Term, ...]:
    """Return the groups that a place receives at once, or for which a route has room; where the most is not published, none."""
    visit = record.group_visit if isinstance(record, Base) else None
    least = visit.min if visit else None
    most = record.group_max if isinstance(record, Route) else visit.max if visit else None
    return tuple(term for term in GROUP_SIZES if most is not None and (least or 0) <= int(term.id) <= most)


def _grades(record: Record, as_of: PartialDate) -> tuple[Term, ...]:
    return record.group_visit.stages if isinstance(record, Base) and record.group_visit else ()


def _subjects(record: Record, as_of: PartialDate) -> tuple[Term, ...]:
    links = record.group_visit.textbook if isinstance(record, Base) and record.group_visit else ()
    return tuple(dict.fromkeys(link.subject for link in links))


GRADE = Facet("grade", "接待学段", _grades, "school-stages")
GROUP_SIZE = Facet("size", "团体人数", _sizes)
SUBJECT = Facet("subject", "课本学科", _subjects, "subjects")

LEVEL = Facet("level", "级别", _levels, "levels")
TOWN = _field("town", "镇街", "town", "towns")
TYPE = _field("type", "类型", "type", "types")
FIELD = _field("field", "领域", "fields", "fields")
AUDIENCE = _field("audience", "适合人群", "audience", "audiences")
STATUS = _field("status", "状态", "status")

STAGE = _field("grade", "适合学段", "stages", "school-stages")
THEME = _field("theme", "主题", "themes", "route-themes")


_LENGTHS = vocabulary(
    "duration", {"two-hours": "两小时以内", "half-day": "半天", "day": "一天", "longer": "一天以上"}
).terms
_LONGEST = (120, 240, 480)
"""Minutes at which a route is still of the length of the same place in `_LENGTHS`."""


def _durations(record: Record, as_of: PartialDate) -> tuple[Term, ...]:
    total = record.total if isinstance(record, Route) else None
    return () if total is None else (_LENGTHS[bisect_left(_LONGEST, total)],)


DURATION = Facet("duration", "时长", _durations)

FACETS: dict[str, tuple[Facet, ...]] = {
    "bases": (
        DAY,
        PRICE,
        BOOKING,
        LEVEL,
        FIELD,
        _field("category", "类别", "category", "categories"),
        AUDIENCE,
        TOWN,
        _field("facility", "设施", "facilities", "facilities"),
        GRADE,
        GROUP_SIZE,
        SUBJECT,
        STATUS,
    ),
    "activities": (TYPE, PRICE, AUDIENCE, STAGE, TOWN, FIELD),
    "routes": (
        STAGE,
        Facet("size", "去多少人", _sizes),
        DURATION,
        THEME,
        AUDIENCE,
        _field("town", "镇街", "towns", "towns"),
    ),
    "incubators": (LEVEL, TYPE, TOWN, STATUS),
    "policies": (
        _field("type", "体裁", "type", "types"),
        _field("theme", "主题", "theme", "themes"),
        _field("validity", "有效性", "validity", "validity"),
    ),
    "platforms": (LEVEL, TYPE, _field("stage", "阶段", "stage"), TOWN),
    "targets": (_field("programme", "所属工程", "part_of", "programmes"),),
    "articles": (FIELD, AUDIENCE),
}
"""The facets of kinds that have their own order or names; of others, see `facets_of`."""


@lru_cache(maxsize=64)
def facets_of(model: type[Record]) -> tuple[Facet, ...]:
    """Return the facets of a kind: those declared for it, or else each field that is chosen from a list."""
    chosen = (field for field in fields_of(model) if field.form in (Form.TERM, Form.CHOICE))
    fields = (_field(field.name, field.title, field.attribute, field.vocabulary) for field in chosen)
    return FACETS[model.kind] if model.kind in FACETS else tuple(fields)
