"""One render session: load → validate → relate → plan, and whatever the doors need of it.

The session is the pure core joined together. It knows no MkDocs and writes nothing, so `kepu check` can use it alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from macros.addresses.redirects import Redirect
from macros.exports import export_all
from macros.exports.files import Files, Jobs, ready
from macros.exports.publication import Publication
from macros.library.library import Library
from macros.pages.alert import AlertFile, read_alert
from macros.pages.assets import IMAGES, SCRIPTS, STYLESHEETS, Assets
from macros.pages.handwritten import HandwrittenPages, read_pages
from macros.pages.inline import Expansion
from macros.pages.layout import PageLayout
from macros.pages.picture_files import PICTURES, PictureFiles
from macros.pages.plan import PlannedPage, plan
from macros.pages.plan.record_pages import page_of
from macros.pages.plan.redirect_pages import redirect_page
from macros.pages.render import Renderer
from macros.pages.site_settings import SHARED, Site
from macros.pages.static_files import StaticFiles, faults, find_static_files, notices
from macros.pages.theme import Theme
from macros.publishing.release.headers import policy_of
from macros.publishing.release.metadata import GENERATED
from macros.records.load import Loaded, check_laws, read
from macros.records.model.dates import PartialDate
from macros.records.problems import Problem, has_errors
from macros.search.documents import SearchDocument
from macros.search.index import index_files
from macros.site.address_checks import taken_addresses
from macros.site.configuration import Configuration, read_configuration
from macros.site.git import BuildDay, as_of
from macros.site.link_checks import LinkChecks
from macros.site.notes_beside import notes_beside
from macros.site.page_files import markdown_at, page_jobs, written_markdown
from macros.site.picture_cache import SmallerPictureFiles
from macros.site.search_files import documents_of
from macros.site.share_pictures import SharePictures, font_notices
from macros.site.shown_words import PATH as WORDS
from macros.site.twin_pages import TwinPages, problems_of_twins, twin_pages
from macros.site.written_pages import WrittenPages


@dataclass(frozen=True)
class Session:
    """Everything that one build or check works with.

    Attributes:
        root: the project's folder.
        site: what the configuration says.
        day: the day on which "now" is decided.
        theme: templates, styles and scripts.
        published: addresses of the last build's pages, where they are known.
        previous: what was read before, so that only what changed is read.
        changed: the files that changed since then; None if nobody watched.
        shows_all: whether what waits for its day, and what is over, is shown too, as in the preview.
    """

    root: Path
    site: Site
    day: BuildDay
    theme: Theme
    published: frozenset[str] = frozenset()
    previous: Loaded | None = None
    changed: frozenset[Path] | None = None
    shows_all: bool = False

    @property
    def as_of(self) -> PartialDate:
        """The day on which "now" is decided."""
        return self.day.date

    @cached_property
    def loaded(self) -> Loaded:
        """The records as read; the laws across records are not yet asked for."""
        return read(self.root, self.as_of, self.previous, self.changed, self.site.region)

    @cached_property
    def checked(self) -> Loaded:
        """The records as read and checked."""
        return check_laws(self.loaded)

    @cached_property
    def library(self) -> Library:
        """The records, related."""
        return Library(self.loaded.collection, self.shows_all)

    @cached_property
    def renderer(self) -> Renderer:
        """Makes HTML of planned pages."""
        return Renderer(self.library, self.site, self.theme, PictureFiles(self.root))

    @property
    def assets(self) -> Assets:
        """The styles and scripts that pages refer to."""
        return self.renderer.assets

    @cached_property
    def layout(self) -> PageLayout:
        """Makes whole pages."""
        return PageLayout(self.renderer, policy_of, self.alert.alert)

    @cached_property
    def twins(self) -> TwinPages:
        """Makes the pages in the scripts that the configuration asks for."""
        return twin_pages(self.library, self.renderer, self.layout)

    @cached_property
    def planned(self) -> Mapping[str, PlannedPage]:
        """The pages made from records, by address."""
        withdrawn = {page.planned.address: page.planned for page in self.handwritten.withdrawn}
        redirects = {redirect.old: redirect_page(redirect) for redirect in self._page_redirects}
        return {**redirects, **withdrawn, **self._made}

    @cached_property
    def _made(self) -> Mapping[str, PlannedPage]:
        return {page.address: page for page in plan(self.library, self.published, self.site.options)}

    @cached_property
    def _page_redirects(self) -> tuple[Redirect, ...]:
        by_hand = (*self.handwritten.pages, *self.handwritten.withdrawn)
        return tuple(redirect for page in by_hand for redirect in page.redirects)

    @cached_property
    def handwritten(self) -> HandwrittenPages:
        """The pages written by hand."""
        return read_pages(self.root, self.library)

    @cached_property
    def alert(self) -> AlertFile:
        """A word to everyone, if there is one."""
        return read_alert(self.root, self.library)

    @cached_property
    def static_files(self) -> StaticFiles:
        """The files under ``content/`` that are published as they lie, and those that are not."""
        return find_static_files(self.library, self.handwritten)

    @cached_property
    def pictures(self) -> SmallerPictureFiles:
        """The smaller pictures that pages show; with all that is shown, also those of a record that is not saved yet."""
        names = self.handwritten.files if self.shows_all else self.static_files.shown
        return SmallerPictureFiles(self.root, self.renderer.pictures, sorted(names))

    @cached_property
    def shared(self) -> SharePictures:
        """The pictures that are shown beside links to records."""
        return SharePictures(self.root, self.site, self.library)

    @cached_property
    def written(self) -> WrittenPages:
        """The pages by hand, made whole."""
        return WrittenPages(self.handwritten, self.library, self.planned, self.renderer, self.layout)

    @property
    def expansions(self) -> Mapping[str, Expansion]:
        """The hand-written pages with their macros worked out, by the file's path below ``content/``."""
        return self.written.expansions

    def problems(self, checked: Loaded | None = None) -> list[Problem]:
        """Return everything that is wrong in data and content, sorted; ``checked`` are the records, where they were checked."""
        found = [
            *(checked or self.checked).problems,
            *self.handwritten.problems,
            *self.alert.problems,
            *self._taken(),
            *self._ahead(),
        ]
        found += (*faults(self.root, self.handwritten, self.static_files), *font_notices(self.site))
        if self.day.notice:
            found.append(self.day.notice)
        links = LinkChecks(self.written, self._has_file, self.site.url, not self.site.corrections_template)
        found += (*self.written.problems, *links.problems())
        found += () if has_errors(found) else links.unreachable()
        found += notices(self.library, self.static_files, is_certain=not has_errors(found))
        found += problems_of_twins(self.library, self.handwritten, self.site.traditional)
        return sorted(set(found))

    def _has_file(self, path: str) -> bool:
        """Tell whether a file beside the pages is published at a path."""
        is_made = path in self.beside or path in GENERATED or path in self.handwritten.files
        return is_made or self.file_at(path) is not None or self.theme.find(path) is not None

    def _taken(self) -> Iterator[Problem]:
        pictures = (f"{IMAGES}{name}" for name in self.theme.files(IMAGES))
        others = (*self.static_files.published, *pictures)
        yield from taken_addresses(self.root, self.handwritten, self._made, tuple(self.beside), others)

    def _ahead(self) -> Iterator[Problem]:
        """Yield what is wrong in pages that wait for their day: else the build of that day would stop."""
        if waiting := {page.path for page in self.handwritten.waiting}:
            ahead = replace(self, shows_all=True, previous=self.loaded, changed=frozenset())
            links = LinkChecks(ahead.written, ahead._has_file, self.site.url, needs_corrections=False)
            yield from (one for one in (*ahead.written.problems, *links.problems()) if one.path in waiting)

    @cached_property
    def pages(self) -> tuple[PlannedPage, ...]:
        """All pages, by hand and made from records, in the order of their addresses."""
        by_hand = (page.planned for page in self.handwritten.pages)
        return tuple(sorted((*by_hand, *self.planned.values()), key=lambda page: page.address))

    def files(self) -> Files:
        """Return the files beside the pages that are made from records, by path below the site's root; made when read."""
        return (
            self.beside | ready({**self.index, **self.words}) | self._static | self.pictures.files | self.shared.files
        )

    def page_at(self, address: str) -> PlannedPage | None:
        """Return the planned page at an address; that of a record without planning all others."""
        kind, _, rest = address.partition("/")
        record = self.library.get(rest.removesuffix("/"))
        is_of_record = record and kind != "articles" and address == self.library.address(record)
        page = page_of(self.library, record) if record and is_of_record else None
        return page or self.planned.get(address)

    def file_at(self, path: str) -> bytes | None:
        """Return the file beside the pages at a path; None if there is none."""
        if path.startswith("assets/search/"):
            return self.index.get(path)
        if path == WORDS:
            return self.words.get(path)
        if path.startswith((STYLESHEETS, SCRIPTS)):
            return self.assets.files.get(path)
        if path.endswith("index.md"):
            return markdown_at(self.written, self.page_at(path.removesuffix("index.md")), path)
        if path.startswith((PICTURES, SHARED)):
            return (self.pictures.files | self.shared.files).get(path)
        return (self.finders if path.startswith("assets/finder/") else self.beside).get(path)

    def jobs(self) -> Jobs:
        """Return everything that is made from records, cut into independent jobs."""
        beside = (self.beside | self._static).jobs()
        pages = page_jobs(self.twins, self.renderer, list(self.planned.values()))
        pages += [partial(written_markdown, self.written)] if self.site.markdown else []
        pages += [partial(self.twins.written, self.written)] if self.twins.twin else []
        return Jobs([self._indexed, *beside.heavy], [*self.pictures.jobs(), *self.shared.jobs(), *beside.light, *pages])

    def _indexed(self) -> Iterator[tuple[str, bytes]]:
        yield from self.index.items()
        yield from self.words.items()

    @cached_property
    def beside(self) -> Files:
        """The files for machines, the notes for crawlers, and the page for dead links; made when read."""
        return export_all(self.publication) | notes_beside(self.site, self.library, self.twins, self.pages)

    @cached_property
    def finders(self) -> Files:
        """The data of the finders, which are named after their content."""
        finders = {id(finder): finder for page in self.planned.values() if (finder := page.data.get("finder"))}
        files = (item for finder in finders.values() for item in finder.files.items())
        return ready(dict(files))

    @property
    def _static(self) -> Files:
        """What pages refer to under names made of its content."""
        return self.finders | ready(self.assets.files)

    @cached_property
    def documents(self) -> tuple[SearchDocument, ...]:
        """What search knows of each page."""
        return documents_of(self.library, self.written)

    @cached_property
    def index(self) -> Mapping[str, bytes]:
        """The search index, in a folder named after its content, so that two builds never mix in a cache."""
        return index_files(self.documents, self.library.collection)

    @property
    def words(self) -> Mapping[str, bytes]:
        """The table by which browsers show what scripts say in traditional characters; none where no page is in them."""
        return self.twins.words((*self.index.items(), *self.finders.items()), self.documents) if self.twins.twin else {}

    @cached_property
    def publication(self) -> Publication:
        """The records with what files for machines must know of the site."""
        site = self.site
        publisher = site.portal.get("organizer", "")
        about = (site.name, site.description, site.url, publisher, site.locale)
        return Publication(self.library, *about, self._page_redirects, site.twin_of)


def open_session(
    root: Path,
    configuration: Configuration | None = None,
    *,
    day: BuildDay | None = None,
    published: frozenset[str] = frozenset(),
    previous: Loaded | None = None,
    changed: frozenset[Path] | None = None,
    shows_all: bool = False,
) -> Session:
    """Open a session over a project; every entry point does it here.

    Args:
        root: the project's folder.
        configuration: what its configuration says, where that was read already.
        day: the day on which "now" is decided; None for the one that git or the environment knows.
        published: addresses of the last build's pages, where they are known.
        previous: what was read of it before, if anything.
        changed: the files that changed since then; None if nobody watched.
        shows_all: whether what waits for its day, and what is over, is shown too.

    Raises:
        ProblemsFound: configuration or date are unusable.
    """
    settings = configuration or read_configuration(root)
    return Session(root, settings.site, day or as_of(root), settings.theme, published, previous, changed, shows_all)
