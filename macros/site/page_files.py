"""The pages of a session as files: HTML, and Markdown beside it where the site has that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from markupsafe import Markup

from macros.exports.files import Job
from macros.pages.plan import PlannedPage
from macros.pages.portable.markdown_pages import FILE, has_markdown, markdown_page
from macros.pages.render import Renderer
from macros.site.twin_pages import TwinPages
from macros.site.written_pages import WrittenPages

_FEWEST_PAGES, _MOST_PAGES, _SHARES = 25, 500, 40
"""Pages of a job at least and at most, and jobs wanted: enough that no processor waits for another's last one, and few enough
that to begin one costs nothing beside it."""


def page_jobs(twins: TwinPages, renderer: Renderer, pages: Sequence[PlannedPage]) -> list[Job]:
    """Return jobs that make all pages made from records."""
    size = min(_MOST_PAGES, max(_FEWEST_PAGES, len(pages) // _SHARES))
    return [partial(_pages, twins, renderer, pages[start : start + size]) for start in range(0, len(pages), size)]


def _pages(twins: TwinPages, renderer: Renderer, pages: Iterable[PlannedPage]) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        content = renderer.content(page)
        yield from twins.both(page, content)
        if has_markdown(renderer.site, page):
            yield f"{page.address}{FILE}", markdown_page(renderer.site, renderer.library, page, content)


def written_markdown(written: WrittenPages) -> Iterator[tuple[str, bytes]]:
    """Yield the Markdown beside the pages by hand."""
    renderer = written.renderer
    for body in written.bodies.values():
        page = body.page.planned
        if has_markdown(renderer.site, page):
            article = renderer.around(page, Markup(body.html), bool(body.headings))
            yield f"{page.address}{FILE}", markdown_page(renderer.site, written.library, page, article)


def markdown_at(written: WrittenPages, page: PlannedPage | None, path: str) -> bytes | None:
    """Return the Markdown beside one page; None if it has none.

    Args:
        written: the pages by hand.
        page: the page made from records that the Markdown would lie beside, if there is one.
        path: of the file, below the site's root.
    """
    renderer = written.renderer
    if not renderer.site.markdown:
        return None
    if page is None:
        return dict(written_markdown(written)).get(path)
    found = has_markdown(renderer.site, page)
    return markdown_page(renderer.site, renderer.library, page, renderer.content(page)) if found else None
