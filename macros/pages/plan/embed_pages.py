"""Lists without the frame of our pages, for other sites to show in theirs, and the page that gives the code for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from macros.library.agenda import offered
from macros.library.facets import TOWN
from macros.library.library import Library
from macros.pages.plan.page import HOME, PlannedPage
from macros.records.model.kinds import Record

ADDRESS = "embed/"
TITLE = "嵌入到别的网站"

MOST = 100
"""Records of one list: a frame of another page is no place for more; the rest is behind the link to the whole list."""


def embed_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the lists of each kind, whole and by town, and the page that leads to them."""
    lists = tuple(page for kind in library.kinds() for page in _of_kind(library, kind))
    description = "把本站的列表放进别的网站：选好栏目和镇街，复制一段代码。"
    yield PlannedPage(ADDRESS, "embeds.html", TITLE, description, (HOME,), data={"lists": lists}, indexed=False)
    yield from lists


def _of_kind(library: Library, kind: str) -> Iterator[PlannedPage]:
    label = library.kind_label(kind)
    yield _list(library, kind, f"{ADDRESS}{kind}/", f"{kind}/", label, library.records(kind))
    if TOWN in library.facets(kind):
        for group in library.groups(kind, TOWN):
            if group.term:
                whole = f"{kind}/by/{TOWN.name}/{group.term.id}/"
                yield _list(
                    library, kind, f"{ADDRESS}{kind}/{group.term.id}/", whole, f"{label}：{group.label}", group.records
                )


def _list(library: Library, kind: str, address: str, whole: str, title: str, records: Sequence[Record]) -> PlannedPage:
    """Return one list of what is current.

    Args:
        whole: address of the same list among our own pages.
    """
    current = [one for one in offered(records, library.as_of.first_day) if library.is_current(one)]
    facets = library.facets(kind)
    terms = {
        one.id: " ".join(f"{facet.name}={term.id}" for facet in facets for term in library.terms(one, facet))
        for one in current[:MOST]
    }
    data = {"is_bare": True, "kind": kind, "records": current[:MOST], "total": len(current), "whole": whole}
    data |= {"terms": terms, "facets": " ".join(facet.name for facet in facets)}
    return PlannedPage(address, "embed.html", title, f"{title}，共 {len(current)} 条。", data=data, indexed=False)
