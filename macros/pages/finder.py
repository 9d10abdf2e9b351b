"""The finder of one kind: what a browser needs to choose among all its records.

A finder's form stands on the first page of a kind's list; its data lie in files of their own that a browser fetches when
someone makes the first choice (`macros.pages.finderfiles`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from macros.library import Library
from macros.library.facets import Facet
from macros.pages.cards import Badge, badges_of, traits_of
from macros.pages.finderfiles import Data, Row, files_of
from macros.pages.order import day_of
from macros.records.kinds import Record
from macros.records.terms import Term

Item = TypeVar("Item")

KINDS_WITH_FINDER = ("bases", "incubators", "policies", "platforms", "articles")


@dataclass(frozen=True)
class Finder:
    """The finder of one kind.

    Attributes:
        library: the records.
        kind: the kind among whose records it chooses.
    """

    library: Library
    kind: str

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
    def knows_newest(self) -> bool:
        """Whether the date of any record is known, so that it makes sense to ask for the newest."""
        return any(day_of(self.library, record) for record in self._records)

    @property
    def _records(self) -> tuple[Record, ...]:
        return self.library.records(self.kind)

    @property
    def _facets(self) -> tuple[Facet, ...]:
        return self.library.facets(self.kind)

    def _data(self) -> Data:
        terms = {facet: self._terms(facet) for facet in self._facets}
        badges = _places(badge for record in self._records for badge in badges_of(self.library, record))
        return Data(
            {facet.name: [term.id for term in terms[facet]] for facet in terms},
            list(badges),
            [self._row(record, terms, badges) for record in self._records],
            [day_of(self.library, record) for record in self._records],
        )

    def _terms(self, facet: Facet) -> Mapping[Term, int]:
        return _places(sorted({term for record in self._records for term in self.library.terms(record, facet)}))

    def _row(self, record: Record, terms: Mapping[Facet, Mapping[Term, int]], badges: Mapping[Badge, int]) -> Row:
        return (
            record.id,
            record.heading,
            record.summary,
            " · ".join(traits_of(record)),
            [badges[badge] for badge in badges_of(self.library, record)],
            [[places[term] for term in self.library.terms(record, facet)] for facet, places in terms.items()],
        )


def _places(items: Iterable[Item]) -> dict[Item, int]:
    """Return each different item with its place in the order of first appearance."""
    return {item: place for place, item in enumerate(dict.fromkeys(items))}
