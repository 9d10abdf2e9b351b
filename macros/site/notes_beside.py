"""The notes beside the pages: for crawlers, and for whoever follows a dead link."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from macros.exports import sitemap
from macros.exports.files import Files, Maker
from macros.library.library import Library
from macros.pages.plan import PlannedPage
from macros.pages.portable.markdown_pages import llms_txt
from macros.pages.site_settings import Mode, Site
from macros.site.twin_pages import TwinPages


def notes_beside(site: Site, library: Library, twins: TwinPages, pages: Iterable[PlannedPage]) -> Files:
    """Return the page for dead links, what robots may do, and the site map where the site's address is known."""
    public = site.mode is not Mode.PREVIEW
    notes: dict[str, Maker] = {
        "404.html": twins.layout.not_found,
        "robots.txt": lambda: sitemap.robots(site.url, public).encode(),
    }
    if site.markdown:
        notes["llms.txt"] = partial(llms_txt, site, library)
    entries = [(page.address, page.modified) for page in pages if page.indexed]
    twin_of = (site.twin_of,) if twins.twin else ()
    maps = sitemap.sitemaps(site.url, entries, *twin_of) if site.url else {}
    return Files({**notes, **maps}) | twins.files()
