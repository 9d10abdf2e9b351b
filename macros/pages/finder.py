"""The data of a finder: what a browser needs to choose among all records of a kind.

A finder's form stands on the first page of a kind's list; its data lie in a file of their own that a browser fetches
when someone makes the first choice. Places in lists stand for terms, badges and records, which keeps the file small.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from macros.library import Library
from macros.library.facets import Facet
from macros.pages.cards import Badge, badges_of, traits_of
from macros.pages.order import day_of, newest_first
from macros.records.kinds import Record
from macros.records.terms import Term

Item = TypeVar("Item")

FOLDER = "assets/finder"
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

    @cached_property
    def path(self) -> str:
        """Where the data lie below the site's root; the name changes with the content, so that no cache is stale."""
        return f"{FOLDER}/{self.kind}.{hashlib.sha256(self.content).hexdigest()[:16]}.json"

    @cached_property
    def content(self) -> bytes:
        """The data as JSON.

        ``facets``: name of each facet → ids of its terms; ``badges``: (label, style); ``records``: (id, name, summary,
        facts, places of badges, for each facet the places of its terms), by pinyin; ``newest``: places of records, the
        newest first, or null if no date is known.
        """
        terms = {facet: self._terms(facet) for facet in self._facets}
        badges = _places(badge for record in self._records for badge in badges_of(self.library, record))
        data = {
            "facets": {facet.name: [term.id for term in terms[facet]] for facet in terms},
            "badges": list(badges),
            "records": [self._row(record, terms, badges) for record in self._records],
            "newest": self._newest(),
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

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

    def _terms(self, facet: Facet) -> Mapping[Term, int]:
        return _places(sorted({term for record in self._records for term in self.library.terms(record, facet)}))

    def _row(
        self, record: Record, terms: Mapping[Facet, Mapping[Term, int]], badges: Mapping[Badge, int]
    ) -> Sequence[Any]:
        return (
            record.id,
            record.heading,
            record.summary,
            " · ".join(traits_of(record)),
            [badges[badge] for badge in badges_of(self.library, record)],
            [[places[term] for term in self.library.terms(record, facet)] for facet, places in terms.items()],
        )

    def _newest(self) -> list[int] | None:
        places = {record.id: place for place, record in enumerate(self._records)}
        return (
            [places[record.id] for record in newest_first(self.library, self._records)] if self.knows_newest else None
        )


def _places(items: Iterable[Item]) -> dict[Item, int]:
    """Return each different item with its place in the order of first appearance."""
    return {item: place for place, item in enumerate(dict.fromkeys(items))}
