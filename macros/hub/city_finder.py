"""The finder of a kind over all districts: the form of a district's finder, with the district as its first facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from macros.hub.city import City
from macros.hub.city_entries import CityEntry
from macros.library.facets import DAY, Facet, facets_of
from macros.pages.finder import Data, Row, files_of
from macros.records.model.registry import KINDS
from macros.records.region import Region

DISTRICT = "district"
_MOST_LABELS = 40
"""Labels of a facet of which people choose one by sight; of more, as towns, the district is chosen instead."""


class CityTerm(NamedTuple):
    """What an address says of a choice."""

    id: str


class CityChoice(NamedTuple):
    """One choice of a facet; as many records as it has stand for them."""

    term: CityTerm
    label: str
    records: range


class CityFacet(NamedTuple):
    """One side from which records can be looked at."""

    name: str
    title: str

    def title_in(self, region: Region) -> str:
        """Return the title; the city says the same everywhere."""
        return self.title


@dataclass(frozen=True)
class CityFinder:
    """The finder of one kind.

    Attributes:
        city: the city.
        kind: the kind.
    """

    city: City
    kind: str

    has_hours = False
    has_dates = False
    has_applications = False
    day = DAY

    @property
    def counter(self) -> str:
        """The word that counts records of the kind."""
        return KINDS[self.kind].counter

    @property
    def path(self) -> str:
        """Where the file lies that is fetched first."""
        return next(iter(self.files))

    @property
    def knows_newest(self) -> bool:
        """Whether the date of any record is known."""
        return any(entry.modified for entry in self._entries)

    @property
    def _entries(self) -> tuple[CityEntry, ...]:
        return self.city.of_kind(self.kind)

    @cached_property
    def choices(self) -> tuple[tuple[CityFacet, tuple[CityChoice, ...]], ...]:
        """The facets with the labels that any record has: the district, then those that every district chooses by."""
        found = ((CityFacet(facet.name, facet.title), self._of_facet(facet)) for facet in facets_of(KINDS[self.kind]))
        others = tuple((facet, labels) for facet, labels in found if 0 < len(labels) <= _MOST_LABELS)
        return ((CityFacet(DISTRICT, "区县"), tuple(self._districts())), *others)

    def _districts(self) -> Iterator[CityChoice]:
        for one in self.city.districts:
            if count := sum(entry.district == one.id for entry in self._entries):
                yield CityChoice(CityTerm(one.id), one.name, range(count))

    def _of_facet(self, facet: Facet) -> tuple[CityChoice, ...]:
        if facet is DAY:
            return ()
        counts = Counter(label for entry in self._entries for label in entry.labels.get(facet.name, ()))
        order = {label: place for place, label in enumerate(self.city.vocabularies.get(facet.vocabulary, ()))}
        labels = sorted(counts, key=lambda label: (order.get(label, len(order)), -counts[label], label))
        return tuple(CityChoice(CityTerm(label), label, range(counts[label])) for label in labels)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """All files, paths below the site's root, the one that is fetched first before all others."""
        facets = {facet.name: {one.term.id: place for place, one in enumerate(found)} for facet, found in self.choices}
        badges = {
            badge: place for place, badge in enumerate(dict.fromkeys(b for one in self._entries for b in one.badges))
        }
        return files_of(
            self.kind,
            Data(
                {name: list(places) for name, places in facets.items()},
                list(badges),
                [self._row(entry, facets, badges) for entry in self._entries],
                [entry.modified for entry in self._entries],
            ),
        )

    def _row(
        self, entry: CityEntry, facets: Mapping[str, Mapping[str, int]], badges: Mapping[tuple[str, str], int]
    ) -> Row:
        traits = " · ".join(filter(None, (self.city.by_id[entry.district].name, entry.traits)))
        return (
            self.city.address(entry),
            entry.name,
            entry.summary,
            entry.in_words(),
            traits,
            [badges[badge] for badge in entry.badges],
            [self._places(entry, name, places) for name, places in facets.items()],
        )

    @staticmethod
    def _places(entry: CityEntry, name: str, places: Mapping[str, int]) -> Sequence[int]:
        labels = (entry.district,) if name == DISTRICT else entry.labels.get(name, ())
        return [places[label] for label in labels if label in places]
