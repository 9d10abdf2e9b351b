"""The finder of one kind: what a browser needs to choose among all its records.

A finder's form stands on the first page of a kind's list; its data lie in files of their own that a browser fetches when
someone makes the first choice. One among some records of a kind, with sides of its own, stands where these are listed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from macros.library.facets import DAY, Facet
from macros.library.library import Library
from macros.library.sorting import day_of
from macros.pages.cards import Badge, badges_of, traits_of, visit_of
from macros.pages.finder_columns import column, sets
from macros.pages.finder_days import dates_of_activities, hours_of_bases
from macros.records.model.kinds import Record
from macros.records.model.outings import Activity
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term
from macros.text.notation import json_line

Item = TypeVar("Item")


@dataclass(frozen=True)
class Finder:
    """The finder of one kind.

    Attributes:
        library: the records.
        kind: the kind of the records.
        records: the records among which it chooses, in the order in which it shows them.
        sides: the facets, where they aren't those of the kind.
        line: what decides whether one goes, in a line of a card.
    """

    library: Library
    kind: str
    records: tuple[Record, ...]
    sides: tuple[Facet, ...] | None = None
    line: Callable[[Library, Record], str] = visit_of

    @property
    def path(self) -> str:
        """Where the file lies that is fetched first; the name changes with the content, so that no cache is stale."""
        return next(iter(self.files))

    @property
    def content(self) -> bytes:
        """The file that is fetched first."""
        return self.files[self.path]

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """All files, paths below the site's root."""
        return files_of(self.kind, self._data())

    @property
    def counter(self) -> str:
        """The word that counts records of the kind."""
        return KINDS[self.kind].counter

    @property
    def day(self) -> Facet:
        """The facet in whose place the form asks for a day."""
        return DAY

    @property
    def has_hours(self) -> bool:
        """Whether the form asks for the day of a visit, on which places are open or not."""
        return DAY in self._sides

    @property
    def has_dates(self) -> bool:
        """Whether the form asks for the days on which something takes place."""
        return self.kind == Activity.kind

    @property
    def knows_newest(self) -> bool:
        """Whether the date of any record is known, so that it makes sense to ask for the newest."""
        return any(day_of(self.library, record) for record in self.records)

    @property
    def has_applications(self) -> bool:
        """Whether the form asks for what can be applied for, which the browser decides by the reader's day."""
        return self.kind == "policies" and bool(self.library.applications)

    @property
    def _sides(self) -> tuple[Facet, ...]:
        return self.library.facets(self.kind) if self.sides is None else self.sides

    @property
    def _facets(self) -> tuple[Facet, ...]:
        return tuple(facet for facet in self._sides if facet is not DAY)

    def _data(self) -> Data:
        terms = {facet: self._terms(facet) for facet in self._facets}
        badges = _places(badge for record in self.records for badge in badges_of(self.library, record))
        return Data(
            {facet.name: [term.id for term in terms[facet]] for facet in terms},
            list(badges),
            [self._row(record, terms, badges) for record in self.records],
            [day_of(self.library, record) for record in self.records],
            tuple(self._periods()) if self.has_applications else (),
            dict(self._days()),
        )

    def _days(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        if self.has_hours:
            yield "hours", hours_of_bases(self.library, self.records)
        if self.has_dates:
            yield "dates", dates_of_activities(self.records, self.library.as_of.first_day)

    def _periods(self) -> Iterator[Period]:
        places = {record.id: place for place, record in enumerate(self.records)}
        for item in self.library.applications:
            opens, closes = (date.iso if date else None for date in (item.opens, item.closes))
            yield places[item.policy.id], opens, closes

    def _terms(self, facet: Facet) -> Mapping[Term, int]:
        return _places(sorted({term for record in self.records for term in self.library.terms(record, facet)}))

    def _row(self, record: Record, terms: Mapping[Facet, Mapping[Term, int]], badges: Mapping[Badge, int]) -> Row:
        return (
            record.id,
            record.heading,
            record.summary,
            self.line(self.library, record),
            " · ".join(traits_of(record)),
            [badges[badge] for badge in badges_of(self.library, record)],
            [[places[term] for term in self.library.terms(record, facet)] for facet, places in terms.items()],
        )


def _places(items: Iterable[Item]) -> dict[Item, int]:
    """Return each different item with its place in the order of first appearance."""
    return {item: place for place, item in enumerate(dict.fromkeys(items))}


FOLDER = "assets/finder"

WHOLE = 500
"""Records of a finder that lie in one file: about 22 KB compressed, less than what 24 cards out of many files take."""

TEXTS_IN_FILE = 16
"""Records whose texts share a file: a few for cards far apart, not too many files for a host."""

Row = tuple[str, str, str, str, str, Sequence[int], Sequence[Sequence[int]]]
"""A record: id, name, summary, visit, facts, places of its badges, and for each facet the places of its terms."""

Period = tuple[int, str | None, str | None]
"""When one can apply: place of the record, first and last day, of some only month or year; None where nobody says."""

TERMS = 6
"""Where a row has its terms; all before are texts that cards show."""


@dataclass(frozen=True)
class Data:
    """What a finder knows.

    Attributes:
        facets: name of each facet → ids of its terms.
        badges: label and style of each badge.
        records: the records by pinyin.
        days: the day by which each record is new, as text that sorts; empty if none is known.
        applications: when one can apply under which records.
        apart: what is fetched when somebody chooses a day: ``hours`` of places, ``dates`` of what takes place.
    """

    facets: Mapping[str, Sequence[str]]
    badges: Sequence[tuple[str, str]]
    records: Sequence[Row]
    days: Sequence[str]
    applications: Sequence[Period] = ()
    apart: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def newest(self) -> list[int] | None:
        """Places of the records, the newest first, what is equally new in their order; None if no day is known."""
        places = range(len(self.days))
        return sorted(places, key=self.days.__getitem__, reverse=True) if any(self.days) else None


def files_of(kind: str, data: Data) -> dict[str, bytes]:
    """Return the files of a finder, paths below the site's root, the one that is fetched first before all others."""
    whole = len(data.records) <= WHOLE
    by_day = {f"{name}.json": json_line(content) for name, content in data.apart.items()}
    apart = {**({} if whole else _apart(data)), **by_day}
    folder = f"{kind}/{_name(apart.values())}/"
    days = {name: f"{folder}{name}.json" for name in data.apart}
    applications = {"applications": data.applications} if data.applications else {}
    first = json_line((_whole(data) if whole else _first(data, folder)) | days | applications)
    return {
        f"{FOLDER}/{kind}.{_name([first])}.json": first,
        **{f"{FOLDER}/{folder}{name}": content for name, content in apart.items()},
    }


def _whole(data: Data) -> dict[str, Any]:
    return {"facets": data.facets, "badges": data.badges, "records": data.records, "newest": data.newest}


def _first(data: Data, folder: str) -> dict[str, Any]:
    """Return what is fetched first of many records: for each facet, which terms each record has."""
    terms = zip(*(row[TERMS] for row in data.records), strict=True)
    return {
        "facets": data.facets,
        "badges": data.badges,
        "terms": [sets([tuple(places) for places in column]) for column in terms],
        "texts": {"folder": folder, "size": TEXTS_IN_FILE},
        "dated": any(data.days),
    }


def _apart(data: Data) -> dict[str, bytes]:
    """Return what is fetched when it is needed: texts, and the place of each record's day among all days."""
    starts = range(0, len(data.records), TEXTS_IN_FILE)
    texts = (json_line([row[:TERMS] for row in data.records[start : start + TEXTS_IN_FILE]]) for start in starts)
    files = {f"{number}.json": content for number, content in enumerate(texts)}
    days = {day: place for place, day in enumerate(sorted(set(data.days)))}
    return {**files, "days.json": json_line(column([days[day] for day in data.days]))}


def _name(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:16]
