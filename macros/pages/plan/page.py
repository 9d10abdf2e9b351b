"""A page that is going to be made, and its place among the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from macros.records.model.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the start page."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
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
        has_feed: whether a feed lies beside the page, if the site's own address is known.
        leads_to: address of the page that took over, to which browsers go on at once; empty for a page that stays.
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
    has_feed: bool = False
    leads_to: str = ""

    @property
    def depth(self) -> int:
        """How many folders the page lies below the site's root."""
        return self.address.count("/")

    @property
    def is_over_everything(self) -> bool:
        """Whether it is a page like the open data, which shows no single kind and no single record."""
        return self.depth == 1 and self.indexed and not self.section and not self.leads_to


HOME = Crumb("首页", "")


Item = TypeVar("Item")


@dataclass(frozen=True)
class PageSlice(Generic[Item]):
    """What stands on one page of several.

    Attributes:
        number: its place among them, from 1.
        items: what stands on it.
        addresses: addresses of all of them; one tuple that they share, since a list may have thousands.
    """

    number: int
    items: Sequence[Item]
    addresses: tuple[str, ...]

    @property
    def address(self) -> str:
        """The page's own address."""
        return self.addresses[self.number - 1]

    def titled(self, title: str) -> str:
        """Return the title that all share as this page has it."""
        return title if self.number == 1 else f"{title}（第 {self.number} 页）"

    def trail(self, trail: tuple[Crumb, ...], title: str) -> tuple[Crumb, ...]:
        """Return the way to this page: that to the first, which is a step of it for all others."""
        return trail if self.number == 1 else (*trail, Crumb(title, self.addresses[0]))


def paginate(address: str, items: Sequence[Item], size: int) -> Iterator[PageSlice[Item]]:
    """Yield the pages over which items are spread; there is one even where there is no item.

    Args:
        address: address of the first page.
        items: what is spread.
        size: the most items of a page.
    """
    addresses = addresses_of(address, len(items), size)
    for number in range(1, len(addresses) + 1):
        yield PageSlice(number, items[(number - 1) * size : number * size], addresses)


def addresses_of(address: str, count: int, size: int) -> tuple[str, ...]:
    """Return the addresses of the pages over which so many items are spread."""
    last = max(1, -(-count // size))
    return (address, *(f"{address}page/{number}/" for number in range(2, last + 1)))
