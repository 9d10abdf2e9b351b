"""The site map for search engines, and what robots may do."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from macros.records.dates import PartialDate


def sitemap(pages: Iterable[tuple[str, PartialDate | None]]) -> str:
    """Return ``sitemap.xml``; the dates are the records', a page without one has no ``lastmod``.

    Args:
        pages: absolute address and date of the last known change of each page.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address, modified in pages:
        date = f"<lastmod>{modified.iso}</lastmod>" if modified else ""
        lines.append(f"<url><loc>{escape(address)}</loc>{date}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def robots(site_url: str, public: bool) -> str:
    """Return ``robots.txt``: a preview is closed to robots; a public site names its site map if it knows its address."""
    if not public:
        return "User-agent: *\nDisallow: /\n"
    location = f"Sitemap: {site_url}sitemap.xml\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{location}"
