"""Where links of pages by hand lead: to records by their ids, to pages and files as they lie in ``content/``.

An address is read from the file that it stands in, as GitHub and editor programs do; what is no file is read from the page,
as browsers do.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from macros.library.library import Library
from macros.pages.handwritten import HandwrittenPage
from macros.pages.render import relative
from macros.text import allowed_links

_PATH = re.compile(r"[^?#]*")
_NOT_RELATIVE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|\\|$")


@dataclass(frozen=True)
class LinkTargets:
    """What links of pages by hand may lead to.

    Attributes:
        library: knows the records.
        by_hand: address of each page by hand, by its path below ``content/``.
        planned: addresses of the pages that are made from records; they are written with ``index.md`` at the end.
        files: paths below ``content/`` of the files beside the pages.
    """

    library: Library
    by_hand: Mapping[str, str]
    planned: Container[str]
    files: Container[str]

    @cached_property
    def _addresses_by_hand(self) -> frozenset[str]:
        # A page by hand that is over is planned like one from records, and may be linked to as such.
        return frozenset(self.by_hand.values())

    def address(self, page: HandwrittenPage, written: str) -> str:
        """Return what stands in a page for an address as an editor wrote it; what is unknown stays as it is.

        Args:
            page: the page that the address stands on.
            written: the address, e.g. ``id:luyuan``, ``../about.md#corrections`` or ``https://example.org/``.
        """
        identifier = allowed_links.record_id(written)
        if identifier is not None:
            record = self.library.get(identifier, withdrawn=True)
            return relative(self.library.address(record), page.planned.depth) if record else written
        target = self.source(page, written)
        if target is None:
            return written
        path = _PATH.match(written)
        return relative(target, page.planned.depth) + written[path.end() if path else 0 :]

    def source(self, page: HandwrittenPage, written: str) -> str | None:
        """Return the address, relative to the site's root, of the page or file whose path was written; None for no path."""
        path = _PATH.match(written)
        if path is None or _NOT_RELATIVE.match(written) or not path[0]:
            return None
        source = posixpath.normpath(posixpath.join(posixpath.dirname(page.uri), unquote(path[0])))
        if source in self.by_hand:
            return self.by_hand[source]
        address = source.removesuffix("index.md")
        if address != source and (address in self.planned or address in self._addresses_by_hand):
            return address
        return source if source in self.files else None
