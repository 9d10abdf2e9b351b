"""The site map for search engines, and what robots may do.

One file holds what the protocol allows (sitemaps.org, 0.9: 50,000 addresses and 50 MB); a larger site has an index in its
place. An entry is far below the 1,048 bytes at which so many would be 50 MB, so addresses alone are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from urllib.parse import quote

from markupsafe import escape

from macros.exports.files import Maker
from macros.records.model.dates import PartialDate

ADDRESS = "sitemap.xml"
LONGEST = 50_000
"""Addresses of one file."""

Entry = tuple[str, PartialDate | None]
"""Address of a page relative to the site's root, and the date of its last known change."""

TwinOf = Callable[[str], str]


def _no_twin(address: str) -> str:
    return ""


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemaps(site_url: str, entries: Sequence[Entry], twin_of: TwinOf = _no_twin) -> dict[str, Maker]:
    """Return the site map, paths below the site's root: one file, or an index and the files that it names.

    Args:
        site_url: address of the start page with a final slash.
        entries: the pages that search engines may list.
        twin_of: returns where a page stands in traditional characters; empty where it does not.
    """
    longest = LONGEST if twin_of is _no_twin else LONGEST // 2
    if len(entries) <= longest:
        return {ADDRESS: lambda: sitemap(site_url, entries, twin_of).encode()}
    starts = range(0, len(entries), longest)
    parts = {
        f"sitemap-{number}.xml": partial(_part, site_url, entries[start : start + longest], twin_of)
        for number, start in enumerate(starts, 1)
    }
    return {ADDRESS: lambda: index(f"{site_url}{name}" for name in parts).encode(), **parts}


def _part(site_url: str, entries: Iterable[Entry], twin_of: TwinOf) -> bytes:
    return sitemap(site_url, entries, twin_of).encode()


def sitemap(site_url: str, entries: Iterable[Entry], twin_of: TwinOf = _no_twin) -> str:
    """Return a site map; the dates are the records', a page without one has no ``lastmod``."""
    lines = [f"<urlset {_NAMESPACE}>" if twin_of is _no_twin else f"<urlset {_NAMESPACE} {_LINKS}>"]
    for address, modified in entries:
        date = f"<lastmod>{modified.iso}</lastmod>" if modified else ""
        twin = twin_of(address)
        places = [escape(site_url + quote(place)) for place in (address, twin)] if twin else []
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{place}"/>'
            for tag, place in zip(("zh-Hans", "zh-Hant", "x-default"), (*places, *places[:1]), strict=False)
        )
        for place in places or [escape(site_url + quote(address))]:
            lines.append(f"<url><loc>{place}</loc>{date}{links}</url>")
    return _HEAD + "\n".join([*lines, "</urlset>", ""])


def index(addresses: Iterable[str]) -> str:
    """Return an index of site maps.

    It has no dates: a new page moves others to the next file, whose content then changes without any page of it.

    Args:
        addresses: absolute addresses of the site maps.
    """
    entries = (f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses)
    return _HEAD + "\n".join([f"<sitemapindex {_NAMESPACE}>", *entries, "</sitemapindex>", ""])


def robots(site_url: str, public: bool) -> str:
    """Return ``robots.txt``: a preview is closed to robots; a public site names its site map if it knows its address."""
    if not public:
        return "User-agent: *\nDisallow: /\n"
    location = f"Sitemap: {site_url}{ADDRESS}\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{location}"
