"""Lists and indexes that were published once and have nothing left to show: they go on answering.

Only a build that is told what was published last knows of them; an address that is planned again is no retired one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from macros.library.facets import Facet
from macros.library.library import Library
from macros.records.model.terms import Term

_LIST = re.compile(r"(?P<kind>[a-z]+)/(?:by/(?P<facet>[a-z]+)/(?P<term>[a-z0-9-]+)/)?(?:page/(?P<page>\d+)/)?")
# Pages that come and go with the number of records: of letters, of months, of what is related to a record; and a route's sheet.
_SPREAD = re.compile(
    r"(?:az/(?:[a-z]|other)/|updates/\d{4}-\d{2}/|activities/(?:\d{4}-\d{2}(?:-\d{2})?|past/\d{4})/|routes/[a-z0-9-]+/sheet/|[a-z]+/[a-z0-9-]+/related/)(?:page/\d+/)?"
)

# Pages that are made only where records have something for them.
_OPTIONAL = re.compile(r"(?:quiz|passport)/(?:[a-z0-9-]+/)*")


class EmptyList(NamedTuple):
    """The list of a term that is left without records, and keeps an empty page."""

    address: str
    kind: str
    facet: Facet
    term: Term


class RetiredList(NamedTuple):
    """A page of a list that leads on.

    Attributes:
        address: where it was.
        target: the page above it that goes on answering.
        kind: the kind that the list was of, whose records are in the target; empty for indexes over all kinds.
    """

    address: str
    target: str
    kind: str = ""


def retired(
    library: Library, published: Collection[str], present: Collection[str]
) -> Iterator[EmptyList | RetiredList]:
    """Yield what becomes of each list that was published and is not planned any more.

    Args:
        library: the records.
        published: addresses of the last build's pages.
        present: addresses of the pages that have something to show.
    """
    for address in sorted(set(published) - set(present)):
        if _SPREAD.fullmatch(address):
            if target := _nearest(address, present):
                yield RetiredList(address, target)
        elif _OPTIONAL.fullmatch(address):
            yield RetiredList(address, _nearest(address, present) or "site-map/")
        elif (found := _LIST.fullmatch(address)) and found["kind"] in library.kinds():
            yield _of_kind(library, address, found)


def _nearest(address: str, present: Collection[str]) -> str | None:
    """Return the nearest page above, e.g. of a page of a letter the letter or the index; None if there is none."""
    steps = address.split("/")[:-1]
    above = ("/".join(steps[:count]) + "/" for count in range(len(steps) - 1, 0, -1))
    return next((place for place in above if place in present), None)


def _of_kind(library: Library, address: str, found: re.Match[str]) -> EmptyList | RetiredList:
    kind = found["kind"]
    if found["page"]:
        return RetiredList(address, address[: found.start("page") - len("page/")], kind)
    facet = next((facet for facet in library.facets(kind) if facet.name == found["facet"]), None)
    vocabulary = library.collection.vocabularies.get(facet.vocabulary) if facet else None
    term = vocabulary.find(found["term"]) if vocabulary else None
    return EmptyList(address, kind, facet, term) if facet and term else RetiredList(address, f"{kind}/", kind)
