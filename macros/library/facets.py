"""Facets: the sides from which each kind of record can be looked at, declared in one place.

A facet gives every record its terms; finders, facet pages, cards' filters and search all read this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Place, Record
from macros.records.model.terms import Term

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


LEVEL = Facet("level", "级别", _levels, "levels")
TOWN = _field("town", "镇街", "town", "towns")
TYPE = _field("type", "类型", "type", "types")
FIELD = _field("field", "领域", "fields", "fields")
AUDIENCE = _field("audience", "适合人群", "audience", "audiences")
STATUS = _field("status", "状态", "status")

FACETS: dict[str, tuple[Facet, ...]] = {
    "bases": (LEVEL, FIELD, _field("category", "类别", "category", "categories"), AUDIENCE, TOWN, STATUS),
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
