"""One render session: load → validate → relate → plan, and whatever the doors need of it.

The session is the pure core joined together. It knows no MkDocs and writes nothing, so `kepu check` can use it alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.exports import sitemap
from macros.library import Library
from macros.pages.handwritten import HandwrittenPages, read_pages
from macros.pages.inline import Expansion, Inline
from macros.pages.macros import PageMacros
from macros.pages.plan import PlannedPage, plan
from macros.pages.render import Renderer
from macros.pages.site import Mode, Site
from macros.records.dates import PartialDate
from macros.records.load import Loaded, load
from macros.records.problems import Problem, ProblemsFound


@dataclass(frozen=True)
class Session:
    """Everything that one build or check works with.

    Attributes:
        root: the project's folder.
        site: what the configuration says.
        as_of: the day on which "now" is decided.
        templates: folder of the theme's templates, ``overrides/``.
    """

    root: Path
    site: Site
    as_of: PartialDate
    templates: Path

    @cached_property
    def loaded(self) -> Loaded:
        """The records as read and checked."""
        return load(self.root, self.as_of)

    @cached_property
    def library(self) -> Library:
        """The records, related."""
        return Library(self.loaded.collection)

    @cached_property
    def renderer(self) -> Renderer:
        """Makes HTML of planned pages."""
        return Renderer(self.library, self.site, self.templates)

    @cached_property
    def planned(self) -> Mapping[str, PlannedPage]:
        """The pages made from records, by address."""
        return {page.address: page for page in plan(self.library)}

    @cached_property
    def handwritten(self) -> HandwrittenPages:
        """The pages written by hand."""
        return read_pages(self.root, self.library)

    @cached_property
    def expansions(self) -> Mapping[str, Expansion]:
        """The hand-written pages with their macros worked out, by the file's path below ``content/``.

        Raises:
            ProblemsFound: with the problems of all pages.
        """
        inline = Inline(PageMacros(self.library, self.renderer))
        found: dict[str, Expansion] = {}
        problems: list[Problem] = []
        for page in self.handwritten.pages:
            try:
                found[page.uri] = inline.expand(page)
            except ProblemsFound as error:
                problems += error.problems
        if problems:
            raise ProblemsFound(problems)
        return found

    def problems(self) -> list[Problem]:
        """Return everything that is wrong in data and content, sorted."""
        found = [*self.loaded.problems, *self.handwritten.problems, *self._collisions()]
        try:
            _ = self.expansions
        except ProblemsFound as error:
            found += error.problems
        return sorted(set(found))

    def _collisions(self) -> Iterator[Problem]:
        """Two pages never share an address: a page by hand would be replaced by a made one without a word."""
        for page in self.handwritten.pages:
            if page.planned.address in self.planned:
                message = f"网址 /{page.planned.address} 已经有自动生成的页面；请给这个文件改名"
                yield Problem(page.path, 1, 1, message, "address-taken")

    @cached_property
    def pages(self) -> tuple[PlannedPage, ...]:
        """All pages, by hand and made from records, in the order of their addresses."""
        by_hand = (page.planned for page in self.handwritten.pages)
        return tuple(sorted((*by_hand, *self.planned.values()), key=lambda page: page.address))

    def files(self) -> dict[str, str]:
        """Return the files beside the pages that are made from records: path below the site's root → text."""
        public = self.site.mode is not Mode.PREVIEW
        files = {"robots.txt": sitemap.robots(self.site.url, public), "build.json": self._build_note()}
        if self.site.url:
            files["sitemap.xml"] = sitemap.sitemap(
                (self.site.canonical(page.address) or "", page.modified) for page in self.pages if page.indexed
            )
        return files

    def _build_note(self) -> str:
        """Return ``build.json``, by which a folder is known to be a build of ours and may be replaced by the next."""
        counts = {kind: len(self.library.records(kind)) for kind in self.library.kinds()}
        note = {"generator": "kepu", "as_of": self.as_of.iso, "mode": self.site.mode, "records": counts}
        return json.dumps(note, ensure_ascii=False, indent=2) + "\n"
