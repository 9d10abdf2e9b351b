"""Cut what is too long for one page into several; the first keeps the address, the others stand below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from macros.pages.plan.page import Crumb

Item = TypeVar("Item")


@dataclass(frozen=True)
class Sheet(Generic[Item]):
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


def sheets(address: str, items: Sequence[Item], size: int) -> Iterator[Sheet[Item]]:
    """Yield the pages over which items are spread; there is one even where there is no item.

    Args:
        address: address of the first page.
        items: what is spread.
        size: the most items of a page.
    """
    addresses = addresses_of(address, len(items), size)
    for number in range(1, len(addresses) + 1):
        yield Sheet(number, items[(number - 1) * size : number * size], addresses)


def addresses_of(address: str, count: int, size: int) -> tuple[str, ...]:
    """Return the addresses of the pages over which so many items are spread."""
    last = max(1, -(-count // size))
    return (address, *(f"{address}page/{number}/" for number in range(2, last + 1)))
