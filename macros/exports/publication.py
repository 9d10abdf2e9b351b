"""The publication: the records with what every file for machines must know of the site that they stand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from macros.addresses.redirects import Redirect, record_redirects
from macros.library.library import Library
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS


@dataclass(frozen=True)
class Publication:
    """What is published, and where.

    Attributes:
        library: the records.
        name: the site's name.
        description: one sentence about the site.
        url: address of the start page with a final slash, or empty if it is not known.
        publisher: who publishes the site, or empty if it is not known.
        locale: language of the content.
        page_redirects: where former addresses of pages lead that are no records.
        twin_of: returns the address of a page's twin in traditional characters, empty where it has none.
    """

    library: Library
    name: str
    description: str = ""
    url: str = ""
    publisher: str = ""
    locale: str = "zh-CN"
    page_redirects: tuple[Redirect, ...] = ()
    twin_of: Callable[[str], str] = lambda address: ""

    def absolute(self, address: str) -> str | None:
        """Return the whole address of a page or file, or None if the site's own address is not known."""
        return self.url + quote(address) if self.url else None

    @cached_property
    def record_redirects(self) -> Mapping[str, Redirect]:
        """The old addresses of records, each with where it leads."""
        return record_redirects(self.library)

    @cached_property
    def records(self) -> dict[str, tuple[Record, ...]]:
        """All published records by kind, merged ones too, in the order of their ids; a kind may have none."""
        groups: dict[str, list[Record]] = {kind: [] for kind in KINDS}
        for record in self.library.published.values():
            groups[record.kind].append(record)
        return {kind: tuple(records) for kind, records in groups.items()}
