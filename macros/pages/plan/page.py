"""A page that is going to be made, and its place among the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.records.dates import PartialDate


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


HOME = Crumb("首页", "")
