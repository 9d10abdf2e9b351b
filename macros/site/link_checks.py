"""What the crawl would find in pages by hand and in prose, found before anything is built, where its editor wrote it.

A link leads to a page, a file and a place that are there; pictures are the site's own; a page has one heading of the highest
level and can be reached; and the pages that every page links to exist.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from macros.library.library import Library
from macros.pages.body import Body, PageLink
from macros.pages.handwritten import CONTENT, address_of
from macros.publishing.crawl.destinations import Addresses, Destination, DestinationKind
from macros.publishing.crawl.rules import LINKED_SCHEMES
from macros.publishing.crawl.site_files import SiteDocument, read_document
from macros.records.laws.references import dangling, not_published
from macros.records.model.fields import Prose
from macros.records.model.kinds import Record
from macros.records.model.terms import near, shorten
from macros.records.model.walk import find, mentions
from macros.records.problems import Problem
from macros.site.written_pages import WrittenPages
from macros.text import allowed_links, prose

_INDEX = "index.html"
_CORRECTIONS = "corrections"

REQUIRED = {
    "": ("index.md", "首页"),
    "about/": ("about.md", "关于本站"),
    "accessibility/": ("accessibility.md", "无障碍声明"),
    "privacy/": ("privacy.md", "隐私说明"),
    "copyright/": ("copyright.md", "版权声明"),
}
"""The pages by hand that our layout links to: address → file below ``content/``, and what it is."""


class _Fault(NamedTuple):
    rule: str
    message: str


@dataclass(frozen=True)
class LinkChecks:
    """Checks the links of one session.

    Attributes:
        written: the pages by hand.
        has_file: tells whether a file beside the pages is published at a path.
        base_url: the site's own address, or empty.
        needs_corrections: whether records tell readers to look for `#corrections` on the page about the site.
    """

    written: WrittenPages
    has_file: Callable[[str], bool]
    base_url: str
    needs_corrections: bool

    def problems(self) -> Iterator[Problem]:
        """Yield everything that is wrong with links, and with what they lead to."""
        yield from self._missing_pages()
        for body in self.written.bodies.values():
            yield from self._in_page(body)
        for record in self._library.published.values():
            yield from self._in_record(record)

    @property
    def _library(self) -> Library:
        return self.written.library

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self.base_url or None)

    @cached_property
    def _by_hand(self) -> dict[str, str]:
        """Address of each page by hand → its path below ``content/``."""
        return {page.planned.address: page.uri for page in self.written.by_hand.pages}

    @cached_property
    def _unread(self) -> frozenset[str]:
        """Addresses, and paths below ``content/``, of pages whose files are wrong, which is told already."""
        by_hand = (problem.path.removeprefix(f"{CONTENT}/") for problem in self.written.by_hand.problems)
        articles = (f"articles/{identifier}.md" for identifier in self._library.collection.broken)
        paths = [path for path in (*by_hand, *articles) if path.endswith(".md")]
        return frozenset([*paths, *map(address_of, paths)])

    @cached_property
    def _documents(self) -> dict[str, SiteDocument]:
        return {}

    # --- Pages that must be there -----------------------------------------------------------------------------------

    def _missing_pages(self) -> Iterator[Problem]:
        for address, (file, title) in REQUIRED.items():
            if not (address in self._by_hand or address in self.written.planned or address in self._unread):
                message = (
                    f"没有{title}这一页，每一页都有链接通到它；请新建 {CONTENT}/{file}，可以照别的网站的同名文件写"
                )
                yield Problem(f"{CONTENT}/{file}", 1, 1, message, "missing-page")
        about = self.written.bodies.get(self._by_hand.get("about/", ""))
        document = self._document("about/") if about and self.needs_corrections else None
        if about and document and _CORRECTIONS not in (document.identifiers or ()):
            message = (
                "没有名叫 corrections 的标题，每条记录的“内容有误？”都链接到那里；"
                "请写一个，例如 ## 内容有误怎么办 {#corrections}"
            )
            yield Problem(about.page.path, about.page.body_line, 1, message, "dead-anchor")

    def unreachable(self) -> Iterator[Problem]:
        """Yield pages by hand that no link leads to from the start page; of a page that is wrong nobody knows where it leads.

        The layout links to some of them, and lists to articles.
        """
        bodies = {body.page.planned.address: body for body in self.written.bodies.values()}
        linked = {address for record in self._library.published.values() for address in self._named_by(record)}
        waiting = [address for address, body in bodies.items() if address in REQUIRED or body.page.planned.section]
        waiting += linked
        reached = set(waiting)
        while waiting:
            body = bodies.get(waiting.pop())
            for link in body.links if body else ():
                address = self._target(body.page.planned.address, self._written(body, link)) if body else ""
                if address not in reached:
                    reached.add(address)
                    waiting.append(address)
        for address, body in bodies.items():
            if address not in reached:
                message = "从首页出发，没有链接通到这一页，读者找不到它；请在能到达的页面上加一个链接，或删掉这一页"
                yield Problem(body.page.path, 1, 1, message, "unreachable-page")

    def _named_by(self, record: Record) -> Iterator[str]:
        for address in mentions(record).addresses:
            yield self._target(self._library.address(record), address)

    def _target(self, directory: str, address: str) -> str:
        """Return the address of the page that a link leads to, without what stands behind ``#``."""
        path = address.partition("#")[0]
        return self._addresses.resolve(directory, path).name.removesuffix(_INDEX) if path else directory

    # --- Pages and records ------------------------------------------------------------------------------------------

    def _in_page(self, body: Body) -> Iterator[Problem]:
        for link in body.links:
            if fault := self._of_page(body, link):
                yield Problem(body.page.path, link.line, link.column, fault.message, fault.rule)
        yield from self._in_whole_page(body)

    def _written(self, body: Body, link: PageLink) -> str:
        return self.written.targets.address(body.page, link.address)

    def _of_page(self, body: Body, link: PageLink) -> _Fault | None:
        identifier = allowed_links.record_id(link.address)
        if identifier is not None and (link.is_file or not self._library.get(identifier, withdrawn=True)):
            return self._of_identifier(identifier, link)
        directory = body.page.planned.address
        return self._fault(directory, self._written(body, link), link, posixpath.dirname(body.page.uri))

    def _of_identifier(self, identifier: str, link: PageLink) -> _Fault | None:
        collection = self._library.collection
        if link.is_file:
            return _Fault("missing-asset", f"图片不能写 “{shorten(link.address)}”；请写图片文件的名字")
        if identifier in collection.broken:
            return None
        if objection := not_published(collection, identifier):
            said = objection.removeprefix("它")
            return _Fault("reference-to-draft", f"“{identifier}” {said}；请先发布它，或去掉这个链接")
        return _Fault("dangling-reference", dangling(collection, identifier, ()))

    def _in_record(self, record: Record) -> Iterator[Problem]:
        """A link in prose that leads into the site; all others are looked at when the record is checked."""
        home = self._library.address(record)
        faults = {
            address: self._fault(home, address, PageLink(address, False, 1, 1), None)
            for address in mentions(record).addresses
            if not allowed_links.objection_to_link(address)
        }
        if record.kind == "articles" or not any(faults.values()) or self._library.successor(record) is not record:
            return
        for path, text in find(record, (Prose,)):
            for link in prose.site_links(text):
                if fault := faults.get(link.name):
                    yield record.document.problem_in_text(path, link.line, link.column, fault.message, fault.rule)

    def _in_whole_page(self, body: Body) -> Iterator[Problem]:
        """A page has one heading of the highest level, and no name twice."""
        page = body.page
        html = self.written.whole(page.uri) or ""
        # The title of an article is its heading already.
        for heading in body.headings[0 if page.planned.section else 1 :]:
            reason = "标题已经由开头的 title 给出" if page.planned.section else "这一页已经有一个一级标题"
            message = f"{reason}，一页只能有一个；请把这一行改成 “## ” 开头"
            yield Problem(page.path, heading.line, heading.column, message, "headings")
        document = read_document(f"{page.planned.address}{_INDEX}", html)
        self._documents[page.planned.address] = document
        for name in document.repeated:
            own = [mark for mark in body.names if mark.name == name]
            message = f"名字 “{name}” 在这一页已经有了，链接只能到第一处；请换一个"
            for mark in own[1:] or own:
                yield Problem(page.path, mark.line, mark.column, message, "duplicate-id")
            if not own:
                yield Problem(page.path, page.body_line, 1, message, "duplicate-id")

    # --- One link ---------------------------------------------------------------------------------------------------

    def _fault(self, directory: str, address: str, link: PageLink, folder: str | None) -> _Fault | None:
        """Return what is wrong with a link.

        Args:
            directory: address of the page that it stands on.
            address: as it stands there.
            link: as it was written.
            folder: folder below ``content/`` of the file that it stands in; None for the prose of a record.
        """
        written, (path, _, fragment) = shorten(unquote(link.address)), address.partition("#")
        if not address or (link.is_file and not path):
            return _Fault("dead-link", "地址是空的；请在圆括号里写上地址")
        if not path or path.startswith("?"):
            return self._in_target(directory, fragment, written)
        destination = self._addresses.resolve(directory, path)
        if destination.kind is DestinationKind.INSIDE:
            return self._inside(destination.name, fragment, link, folder)
        return _outside(destination, link.is_file, written, address)

    def _inside(self, name: str, fragment: str, link: PageLink, folder: str | None) -> _Fault | None:
        written = shorten(unquote(link.address))
        address = name.removesuffix(_INDEX) if f"/{name}".endswith(f"/{_INDEX}") else None
        if address is not None and self._has_page(address):
            return self._in_target(address, fragment, written)
        source = posixpath.normpath(posixpath.join(folder or "", unquote(link.address).partition("#")[0]))
        if self.has_file(name) or source in self._unread or self._is_unread(address or f"{name}/"):
            return None
        if link.is_file:
            return _Fault("missing-asset", f"图片 “{written}” 不存在；{self._near_files(link, folder)}")
        if address is None and self._has_page(f"{name}/"):
            return _Fault("dead-link", f"链接 “{written}” 少了结尾的 “/”；请在末尾补上")
        return _Fault("dead-link", f"链接 “{written}” 指向的页面或文件不存在；{self._near_pages(link, folder)}")

    def _has_page(self, address: str) -> bool:
        return address in self._by_hand or address in self.written.planned

    def _is_unread(self, address: str) -> bool:
        return address in self._unread or address.rstrip("/").rpartition("/")[2] in self._library.collection.broken

    def _in_target(self, address: str, fragment: str, written: str) -> _Fault | None:
        """Return what is wrong with the place in a page that is there."""
        place = unquote(fragment).partition(":~:")[0]
        if not place or place.lower() == "top":
            return None
        document = self._document(address)
        names = document.identifiers if document else None
        if names is None or place in names or fragment in names:
            return None
        close = near(place, names)
        hint = f"相近的有：{'、'.join(f'#{name}' for name in close)}；" if close else ""
        message = f"链接 “{written}” 指向的位置 “#{shorten(place)}” 在那一页里没有；{hint}请改正 “#” 后面的名字"
        return _Fault("dead-anchor", message)

    def _document(self, address: str) -> SiteDocument | None:
        """Return what can be linked to in a page; None if it is wrong itself."""
        if address not in self._documents:
            uri = self._by_hand.get(address)
            page = self.written.planned.get(address)
            html = self.written.whole(uri) if uri else self.written.layout.page(page).decode() if page else None
            if html is None:
                return None
            self._documents[address] = read_document(f"{address}{_INDEX}", html)
        return self._documents[address]

    def _near_pages(self, link: PageLink, folder: str | None) -> str:
        if folder is None:
            return "请改正；要链接到记录，请写 id:编号"
        written = unquote(link.address.partition("#")[0])
        own = [uri for uri in self._by_hand.values() if uri.endswith(".md")]
        lists = [f"{kind}/index.md" for kind in self._library.kinds()]
        close = near(written, (posixpath.relpath(uri, folder or ".") for uri in (*own, *lists)))
        return f"{_listed(close)}请改正；要链接到记录，请写 id:编号"

    def _near_files(self, link: PageLink, folder: str | None) -> str:
        files = [file for file in self.written.by_hand.files if posixpath.dirname(file) == (folder or "")]
        close = near(unquote(link.address), (posixpath.relpath(file, folder or ".") for file in files))
        return f"{_listed(close)}请把图片放进 {posixpath.join(CONTENT, folder or '')}/，或改正文件名".replace("//", "/")


def _listed(close: Iterable[str]) -> str:
    names = "、".join(close)
    return f"相近的有：{names}；" if names else ""


def _outside(destination: Destination, is_file: bool, written: str, address: str) -> _Fault | None:
    if destination.kind is DestinationKind.OUTSIDE:
        return _Fault("outside-site", f"地址 “{written}” 离开了本站；请改成本站内的相对地址，或写出完整的网址")
    if destination.kind is DestinationKind.FOREIGN and is_file:
        where = f"在别的网站（{shorten(destination.name)}）上，读者打开页面时会联系那里"
        return _Fault("foreign-request", f"图片 “{written}” {where}；请把图片放进 content/，只写文件名")
    if destination.kind is DestinationKind.SCHEME:
        is_good = address.lower().startswith("data:image/") if is_file else destination.name in LINKED_SCHEMES
        if not is_good:
            message = f"地址 “{written}” 不能以 “{destination.name}” 开头；可以写 https://…、mailto:…、tel:…、id:编号 或文件名"
            return _Fault("forbidden-scheme", message)
    return None
