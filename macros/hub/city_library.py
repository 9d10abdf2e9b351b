"""The library that the templates of a district's site ask, answered by a city.

Header, layout, tiles and head of a page are those of a district: they ask a library for kinds and their names, which a city
has too. It has no records of its own; what needs one finds none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from macros.hub.city import City
from macros.library.library import Library
from macros.records.collection import Collection
from macros.records.model.terms import Term


@dataclass(frozen=True, kw_only=True)
class CityLibrary(Library):
    """A library without records that knows the kinds of a city.

    Attributes:
        city: the city.
    """

    city: City

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that any district has."""
        return self.city.kinds

    def kind_label(self, kind: str) -> str:
        """Return what people call a kind."""
        return self.city.words[kind].label if kind in self.city.words else kind

    def kind_term(self, kind: str) -> Term | None:
        """Return what describes a kind."""
        words = self.city.words.get(kind)
        return Term("kinds", kind, words.label, help=words.help) if words else None

    def count(self, kind: str) -> int:
        """Return how many records of a kind the city lists."""
        return len(self.city.of_kind(kind))

    @property
    def news(self) -> tuple[Any, ...]:
        """What became known; the head of a page asks whether there is any, and so a feed."""
        return self.city.news

    @property
    def changes(self) -> tuple[Any, ...]:
        """None of its own: the start page of a city tells the districts' news itself."""
        return ()


def library_of(city: City) -> CityLibrary:
    """Return the library that templates ask."""
    return CityLibrary(Collection({}, {}, city.as_of), city=city)
