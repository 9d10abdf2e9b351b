"""The city: its districts, and what all of them have, in the order in which it is shown."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from macros.hub.city_entries import CityEntry, CityTime
from macros.hub.city_news import CityNews
from macros.records.model.dates import PartialDate
from macros.records.model.registry import KINDS

_AHEAD = 92
"""Days that the agenda looks ahead."""


@dataclass(frozen=True)
class CityDistrict:
    """One member, as pages tell of it.

    Attributes:
        id: name in addresses.
        name: name for people.
        home: address of its own site.
        as_of: day of its data, or None if it was never read.
        failure: why it could not be read this time, or empty.
        counts: kind → how many records are listed.
    """

    id: str
    name: str
    home: str
    as_of: PartialDate | None
    failure: str
    counts: Mapping[str, int]

    @property
    def address(self) -> str:
        """Address of its page in the city's site."""
        return f"districts/{self.id}/"

    @property
    def total(self) -> int:
        """How many records it lists."""
        return sum(self.counts.values())


class CityAgendaEntry(NamedTuple):
    """One time of one activity."""

    entry: CityEntry
    time: CityTime


class CityAgendaDay(NamedTuple):
    """What is on on one day."""

    day: datetime.date
    times: tuple[CityAgendaEntry, ...]


class KindWords(NamedTuple):
    """What people call a kind, and what it is."""

    label: str
    help: str


@dataclass(frozen=True)
class City:
    """All that was read of the districts.

    Attributes:
        districts: the districts, in the order of ``hub.yml``.
        entries: all records, in any order.
        news: what became known, the newest first.
        words: kind → its words.
        vocabularies: vocabulary → labels, in their order.
        as_of: the day on which "now" is decided.
    """

    districts: tuple[CityDistrict, ...]
    entries: tuple[CityEntry, ...]
    news: tuple[CityNews, ...]
    words: Mapping[str, KindWords]
    vocabularies: Mapping[str, Sequence[str]]
    as_of: PartialDate

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that any district has, in their order."""
        return tuple(kind for kind in KINDS if self._by_kind.get(kind))

    def of_kind(self, kind: str) -> tuple[CityEntry, ...]:
        """Return the records of a kind that a list shows: what is alive first, then by pinyin, or by the next day."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[CityEntry, ...]]:
        found: defaultdict[str, list[CityEntry]] = defaultdict(list)
        today = self.as_of.first_day
        for entry in self.entries:
            if not entry.times or entry.ahead(today):
                found[entry.kind].append(entry)
        return {kind: tuple(sorted(entries, key=self._place)) for kind, entries in found.items()}

    def _place(self, entry: CityEntry) -> tuple[object, ...]:
        ahead = entry.ahead(self.as_of.first_day)
        # A district may have been built on another day: what lies ahead is worked out for this one.
        is_over = not entry.is_current and not ahead
        return (
            is_over or entry.cancelled,
            ahead[0].start if ahead else "",
            entry.order,
            self._order[entry.district],
            entry.id,
        )

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {district.id: place for place, district in enumerate(self.districts)}

    @cached_property
    def by_id(self) -> Mapping[str, CityDistrict]:
        """The districts by id."""
        return {district.id: district for district in self.districts}

    def address(self, entry: CityEntry) -> str:
        """Return the absolute address of a record's page in its district."""
        return self.by_id[entry.district].home + entry.path

    @cached_property
    def agenda(self) -> tuple[CityAgendaEntry, ...]:
        """What is on from today on, in its order."""
        return tuple(
            sorted(self._times(), key=lambda item: (item.time.start, self._order[item.entry.district], item.entry.id))
        )

    def _times(self) -> Iterator[CityAgendaEntry]:
        today = self.as_of.first_day
        last = today + datetime.timedelta(_AHEAD)
        for entry in self.of_kind("activities"):
            yield from (CityAgendaEntry(entry, time) for time in entry.ahead(today) if time.day <= last)


def by_day(times: Sequence[CityAgendaEntry]) -> tuple[CityAgendaDay, ...]:
    """Return times, in their order, day by day."""
    days: defaultdict[datetime.date, list[CityAgendaEntry]] = defaultdict(list)
    for item in times:
        days[item.time.day].append(item)
    return tuple(CityAgendaDay(day, tuple(found)) for day, found in days.items())
