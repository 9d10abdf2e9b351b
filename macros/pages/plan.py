"""The plan: which pages exist, at which address, from which template, with which data.

Addresses are those of records.md. What a page looks like stands in ``overrides/pages/``; a page that is not planned
here, and not written by hand in ``content/``, does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.library import Group, Library
from macros.library.facets import Facet
from macros.records.dates import PartialDate
from macros.records.kinds import Record

PAGE_SIZE = 24


@dataclass(frozen=True)
class Crumb:
    """One step of the way from the start page."""

    title: str
    address: str


@dataclass(frozen=True)
class PlannedPage:
    """A page that is going to be made.

    Attributes:
        address: address relative to the site's root, with a final slash; empty for the start page.
        template: name of the template under ``overrides/pages/``.
        title: what the page is called.
        description: one sentence for search engines.
        trail: the way from the start page, the page itself left out.
        section: the kind that the page belongs to, or empty.
        data: what the template gets beside the page itself.
        source: the file that readers may correct, relative to the project's root, or empty.
        modified: the date of the last known change, or None.
        indexed: whether search engines may list the page.
    """

    address: str
    template: str
    title: str
    description: str
    trail: tuple[Crumb, ...] = ()
    section: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    modified: PartialDate | None = None
    indexed: bool = True

    @property
    def depth(self) -> int:
        """How many folders the page lies below the site's root."""
        return self.address.count("/")


HOME = Crumb("首页", "")


def plan(library: Library) -> Iterator[PlannedPage]:
    """Yield every page that is made from records, in a fixed order."""
    for kind in library.kinds():
        yield from _lists(library, kind)
        yield from _facet_pages(library, kind)
        if kind != "articles":
            yield from _records(library, kind)
    yield _alphabet(library)
    yield _site_map(library)


def _crumb(library: Library, kind: str) -> Crumb:
    return Crumb(library.kind_label(kind), f"{kind}/")


def _lists(library: Library, kind: str) -> Iterator[PlannedPage]:
    label = library.kind_label(kind)
    records = library.records(kind)
    description = f"{label}：共 {len(records)} 条。"
    common = {"kind": kind, "facets": _facet_groups(library, kind), "total": len(records)}
    yield from _paged(f"{kind}/", "list.html", label, description, (HOME,), kind, records, common)


def _facet_groups(library: Library, kind: str) -> tuple[tuple[Facet, tuple[Group, ...]], ...]:
    found = ((facet, library.groups(kind, facet)) for facet in library.facets(kind))
    return tuple((facet, groups) for facet, groups in found if groups)


def _facet_pages(library: Library, kind: str) -> Iterator[PlannedPage]:
    label = library.kind_label(kind)
    for facet, groups in _facet_groups(library, kind):
        for group in groups:
            assert group.term is not None
            title = f"{label}：{group.label}"
            description = f"{facet.title}为“{group.label}”的{label}，共 {len(group.records)} 条。"
            address = f"{kind}/by/{facet.name}/{group.term.id}/"
            data = {"kind": kind, "facet": facet, "term": group.term, "total": len(group.records)}
            trail = (HOME, _crumb(library, kind))
            yield from _paged(address, "term.html", title, description, trail, kind, group.records, data)


def _paged(
    address: str,
    template: str,
    title: str,
    description: str,
    trail: tuple[Crumb, ...],
    kind: str,
    records: Sequence[Record],
    data: Mapping[str, Any],
) -> Iterator[PlannedPage]:
    count = max(1, -(-len(records) // PAGE_SIZE))
    addresses = [address, *(f"{address}page/{number}/" for number in range(2, count + 1))]
    for number, here in enumerate(addresses, 1):
        shown = records[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        yield PlannedPage(
            here,
            template,
            title if number == 1 else f"{title}（第 {number} 页）",
            description,
            trail if number == 1 else (*trail, Crumb(title, address)),
            kind,
            {**data, "records": shown, "number": number, "addresses": tuple(addresses)},
        )


def _records(library: Library, kind: str) -> Iterator[PlannedPage]:
    for record in library.published.values():
        if record.kind == kind:
            yield PlannedPage(
                library.address(record),
                f"{kind}.html",
                record.heading,
                record.summary,
                (HOME, _crumb(library, kind)),
                kind,
                {"record": record},
                record.document.path,
                library.modified(record),
            )


def _alphabet(library: Library) -> PlannedPage:
    data = {"groups": library.alphabet}
    return PlannedPage("az/", "alphabet.html", "拼音索引", "全部条目按拼音首字母排列。", (HOME,), data=data)


def _site_map(library: Library) -> PlannedPage:
    kinds = tuple((kind, _facet_groups(library, kind)) for kind in library.kinds())
    return PlannedPage("site-map/", "site-map.html", "网站地图", "本站全部栏目和页面。", (HOME,), data={"kinds": kinds})
