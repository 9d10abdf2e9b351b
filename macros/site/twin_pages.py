"""The pages in traditional characters of one session: each is made of the finished page, with a head of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from macros.exports.files import Files
from macros.library.library import Library
from macros.library.traditional_names import doubtful_names, traditional
from macros.pages.handwritten import HandwrittenPages
from macros.pages.layout import PageLayout
from macros.pages.plan import PlannedPage
from macros.pages.render import Renderer
from macros.pages.site_settings import OFF, TRADITIONAL
from macros.pages.theme import Theme
from macros.pages.twin import Twin
from macros.records.problems import Level, Problem
from macros.search.documents import SearchDocument
from macros.site.configuration import FILE
from macros.site.shown_words import PATH, shown_words
from macros.site.written_pages import WrittenPages


@dataclass(frozen=True)
class TwinPages:
    """Makes pages in both scripts.

    Attributes:
        layout: makes whole pages in simplified characters.
        other: makes what stands around the same articles in the other script, not yet converted.
        twin: makes a page's twin; None where there are none.
        theme: templates and scripts, whose words are shown.
    """

    layout: PageLayout
    other: PageLayout
    twin: Twin | None
    theme: Theme

    def pages(self, pages: Iterable[PlannedPage]) -> Iterator[tuple[str, bytes]]:
        """Yield paths and contents of pages that are made from records, and of their twins; articles are rendered once."""
        for page in pages:
            yield from self.both(page, self.layout.article(page))

    def both(self, page: PlannedPage, content: Markup) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of a page with this article, and of its twin."""
        head = self.layout.head(page)
        yield f"{page.address}index.html", self.layout.around(page, content, head=head).encode()
        if self.twin and self._has_twin(page):
            yield _path(page), self._converted(self.twin, self.other.around(page, content, head=head), page.address)

    def written(self, written: WrittenPages) -> Iterator[tuple[str, bytes]]:
        """Yield paths and contents of the twins of pages by hand."""
        for body in written.bodies.values():
            page = body.page.planned
            if self.twin and self._has_twin(page):
                whole = written.whole(body.page.uri, self.other) or ""
                yield _path(page), self._converted(self.twin, whole, page.address)

    def read(self, path: str, page: PlannedPage | None, written: WrittenPages) -> bytes | None:
        """Return the twin of one page; None where there is none.

        Args:
            path: of the file, below the site's root.
            page: the page made from records whose twin should lie there, if there is one.
            written: the pages by hand.
        """
        if self.twin and page and self._has_twin(page):
            whole = self.other.around(page, self.layout.article(page), head=self.layout.head(page))
            return self._converted(self.twin, whole, page.address)
        return None if page else dict(self.written(written)).get(path)

    def prepare(self, pages: Iterable[PlannedPage]) -> None:
        """Make what all workers need; see `PageLayout.prepare`."""
        self.layout.prepare(pages)
        if self.twin:
            self.other.prepare(pages)

    def files(self) -> Files:
        """Return the page for dead links among the twins, which hosts that look for the nearest one find."""
        twin = self.twin
        if not twin:
            return Files({})
        return Files({f"{TRADITIONAL}404.html": lambda: self._converted(twin, self.other.not_found().decode(), "")})

    def words(self, data: Iterable[tuple[str, bytes]], documents: Iterable[SearchDocument]) -> dict[str, bytes]:
        """Return the table by which browsers convert what scripts show, by its path; empty where there are no twins.

        Args:
            data: the files of the index and of the finders.
            documents: what search knows of each page.
        """
        if not self.twin:
            return {}
        texts = (text for one in documents for text in (one.name, one.summary, one.body))
        return {PATH: shown_words(self.twin.convert, self.theme, data, texts)}

    def _has_twin(self, page: PlannedPage) -> bool:
        return self.layout.site.has_twin(page.address)

    def _converted(self, twin: Twin, html: str, address: str) -> bytes:
        return twin.page(html, address).encode()


def twin_pages(library: Library, renderer: Renderer, layout: PageLayout) -> TwinPages:
    """Return what makes the pages of a site in the scripts that its configuration asks for."""
    site = renderer.site
    if site.traditional == OFF:
        return TwinPages(layout, layout, None, renderer.theme)
    other = layout.of(replace(renderer, site=site.in_traditional))
    return TwinPages(layout, other, Twin(site, traditional(library.collection).convert), renderer.theme)


def problems_of_twins(library: Library, by_hand: HandwrittenPages, traditional: str) -> Iterator[Problem]:
    """Yield which pages by hand lie where the twins do, and one notice about all names whose conversion may be wrong."""
    if traditional == OFF:
        return
    for page in by_hand.pages:
        if page.planned.address.startswith(TRADITIONAL):
            message = f"网址 /{page.planned.address} 在繁体版的文件夹里，那里的页面自动生成；请给这个文件改名"
            yield Problem(page.path, 1, 1, message, "address-taken")
    if message := doubtful_names(library.collection):
        yield Problem(FILE, 1, 1, message, "doubtful-traditional", Level.NOTICE)


def _path(page: PlannedPage) -> str:
    return f"{TRADITIONAL}{page.address}index.html"
