"""Pages written by hand: the Markdown files under ``content/``, with their front matter checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from macros.addresses.redirects import FormerAddress, Redirect
from macros.library.library import Library
from macros.pages.plan import HOME, Crumb, PlannedPage
from macros.pages.plan.record_pages import withdrawn_page
from macros.records import frontmatter
from macros.records.laws.references import is_draft
from macros.records.messages import translate
from macros.records.model.fields import BoolField, FullDateField, Line
from macros.records.model.groups import FieldGroup, optional, several, titled
from macros.records.model.kinds import Record
from macros.records.model.timing import Timing, timing_of
from macros.records.problems import Problem, ProblemsFound
from macros.records.reading import read_bytes
from macros.records.scan import leads_outside, left_by_a_program
from macros.records.yaml.document import Document
from macros.text import file_names

CONTENT = "content"
_FILES, _ARTICLES = "files/", "articles/"
_LEFT_OUT = "templates/"
"""What lies here, the engine takes for its own and publishes nothing of."""
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


ALERT = "alert.md"
"""A word to everyone, which is no page (`macros.pages.alert`)."""


class PageFields(FieldGroup):
    """The front matter of a page that is not an article."""

    title: Line = titled("标题")
    description: Line = titled("描述", "一句话说清这一页讲什么，搜索引擎会显示它")
    macros: BoolField | None = optional("是否用宏", "写 否，页面里的 {{ }} 就原样显示")
    former_addresses: tuple[FormerAddress, ...] = several(
        "旧网址", "文件移动或改名以后写原来的网址，旧网址会自动跳转", example="guide/visit/"
    )
    publish_from: FullDateField | None = optional("从哪天起发布", "到这一天才出现在网站上；现在就发布的不写")
    publish_until: FullDateField | None = optional("发布到哪天", "最后一天；过了以后这一页只说已经下线")


@dataclass(frozen=True)
class HandwrittenPage:
    """A page of ``content/``.

    Attributes:
        uri: path below ``content/``, e.g. ``about.md``.
        planned: what head and templates need to know of it.
        body: the Markdown after the front matter.
        body_line: line of the file at which the body begins, from 1.
        uses_macros: whether ``{{ … }}`` in the body is worked out.
        front: the front matter.
        former_addresses: addresses that lead on to the page, each with a final slash.
        timing: how the page stands to the day of the build.
    """

    uri: str
    planned: PlannedPage
    body: str
    body_line: int
    uses_macros: bool = True
    front: Document | None = None
    former_addresses: tuple[str, ...] = ()
    timing: Timing = Timing.CURRENT

    @property
    def path(self) -> str:
        """The file, relative to the project's root."""
        return f"{CONTENT}/{self.uri}"

    @property
    def redirects(self) -> tuple[Redirect, ...]:
        """Where the former addresses lead."""
        title, address = self.planned.title, self.planned.address
        return tuple(Redirect(former, address, title) for former in self.former_addresses)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column in the file, from 1, of an offset in the body."""
        line = self.body.count("\n", 0, offset) + self.body_line
        return line, offset - self.body.rfind("\n", 0, offset)

    def locate(self, *path: str | int) -> tuple[int, int]:
        """Return line and column, from 1, of a value in the front matter."""
        return self.front.locate(path) if self.front else (1, 1)


@dataclass(frozen=True)
class HandwrittenPages:
    """All pages of ``content/`` that could be read, and what is wrong with the others.

    Attributes:
        pages: the pages.
        problems: what is wrong.
        files: paths below ``content/`` of the files that are no pages, sorted.
        withdrawn: the pages whose last day is over: what is planned for each says so.
        waiting: the pages whose first day has not come.
    """

    pages: tuple[HandwrittenPage, ...]
    problems: tuple[Problem, ...]
    files: tuple[str, ...] = ()
    withdrawn: tuple[HandwrittenPage, ...] = ()
    waiting: tuple[HandwrittenPage, ...] = ()


def read_pages(root: Path, library: Library) -> HandwrittenPages:
    """Read every Markdown page under ``content/``.

    Args:
        root: the project's folder.
        library: knows the articles, whose front matter the loader has checked already.
    """
    pages: list[HandwrittenPage] = []
    problems: list[Problem] = []
    found_uris = uris(root / CONTENT)
    leftovers = {uri for uri in found_uris if left_by_a_program(PurePosixPath(uri).name)}
    for uri in found_uris:
        if uri in leftovers or uri == ALERT:
            continue
        try:
            _refuse_name(uri)
            if uri.endswith(".md"):
                is_article = uri.startswith(_ARTICLES)
                pages += _read_article(root, uri, library) if is_article else [_read_page(root, uri, library)]
        except ProblemsFound as found:
            problems += found.problems
    files = tuple(uri for uri in found_uris if uri in leftovers or PurePosixPath(uri).suffix not in _MARKDOWN)
    shown = tuple(page for page in pages if library.shows_all or page.timing is Timing.CURRENT)
    left_out = [page for page in pages if page not in shown]
    withdrawn = tuple(page for page in left_out if page.timing is Timing.OVER)
    waiting = tuple(page for page in left_out if page.timing is Timing.PENDING)
    faults = (*problems, *_same_file(found_uris), *_same_address(pages))
    return HandwrittenPages(shown, faults, files, withdrawn, waiting)


def uris(content: Path) -> list[str]:
    """Return the paths of all files below ``content/``, without hidden ones and links that lead outside."""
    found = (path for path in content.rglob("*") if path.is_file() and not leads_outside(path, content))
    below = (path.relative_to(content).as_posix() for path in found)
    return sorted(uri for uri in below if not any(part.startswith(".") for part in uri.split("/")))


def _refuse_name(uri: str) -> None:
    """Refuse a file that MkDocs would publish otherwise than its editor means; the loader looks at the articles' names.

    Raises:
        ProblemsFound: the name does not belong there.
    """
    path = PurePosixPath(uri)
    if uri.startswith(_LEFT_OUT):
        message = f"{CONTENT}/{_LEFT_OUT} 里的文件不会发布，这个名字是生成程序自己用的；请给文件夹改名"
        raise ProblemsFound([Problem(f"{CONTENT}/{uri}", 1, 1, message, "reserved-id")])
    is_article = uri.startswith(_ARTICLES) and path.suffix == ".md"
    objection = next(filter(None, map(file_names.objection, path.parts)), None)
    if objection and not is_article:
        raise ProblemsFound([Problem(f"{CONTENT}/{uri}", 1, 1, objection, "wrong-file-name")])
    if uri.startswith(_ARTICLES):
        return
    if path.suffix.lower() not in _MARKDOWN:
        return
    if path.suffix != ".md":
        rule, message = "wrong-extension", f"扩展名 “{path.suffix}” 不对；请把文件改名为 {path.stem}.md"
    elif uri.startswith(_FILES):
        rule, message = (
            "stray-page",
            "content/files/ 里不放 Markdown 页面，它会变成网站的一页；请移走，或换成 PDF 等格式",
        )
    elif path.stem.lower() == "readme":
        rule, message = "reserved-id", f"文件名 “{path.stem}” 是保留的；请改名为 index.md，或移出 content/"
    else:
        return
    raise ProblemsFound([Problem(f"{CONTENT}/{uri}", 1, 1, message, rule)])


def _read_article(root: Path, uri: str, library: Library) -> Iterator[HandwrittenPage]:
    path = root / CONTENT / uri
    where = f"{CONTENT}/{uri}"
    article = library.collection.records.get(path.stem)
    if article is None or article.document.path != where or is_draft(article):
        return  # The loader reports what is wrong with it.
    yield article_page(library, article, read_bytes(root, path))


def article_page(library: Library, article: Record, raw: bytes) -> HandwrittenPage:
    """Return the page of an article.

    Args:
        library: knows how it stands to the day of the build.
        article: what its front matter says.
        raw: its file, which need not lie there yet.

    Raises:
        ProblemsFound: the front matter does not end.
    """
    where = article.document.path
    uri = where.removeprefix(f"{CONTENT}/")
    page = frontmatter.read(where, raw)
    trail = (HOME, Crumb(library.kind_label("articles"), _ARTICLES))
    planned = PlannedPage(
        address_of(uri), "article.html", article.heading, article.summary, trail, "articles",
        {"record": article}, where, library.modified(article),
    )  # fmt: skip
    timing = library.timing(article)
    if timing is Timing.OVER and not library.shows_all:
        planned = withdrawn_page(planned.address, article.heading, article.publish_until, trail, "articles")
    return HandwrittenPage(uri, planned, page.body, page.body_line, front=page.document, timing=timing)


def _read_page(root: Path, uri: str, library: Library) -> HandwrittenPage:
    where = f"{CONTENT}/{uri}"
    page = frontmatter.read(where, read_bytes(root, root / where))
    try:
        fields = PageFields.model_validate(page.document.data)
    except ValidationError as error:
        raise ProblemsFound(translate(error, PageFields, page.document)) from None
    since, until = fields.publish_from, fields.publish_until
    if since and until and until < since:
        message = f"发布到哪天 {until.iso} 早于从哪天起发布 {since.iso}；请核对这两个日期"
        raise ProblemsFound([page.document.problem(("publish_until",), message, "dates-out-of-order")])
    timing = timing_of(since, until, library.as_of)
    way = (HOME,) if address_of(uri) else ()
    data = {"timing": timing, "timed": fields}
    planned = PlannedPage(
        address_of(uri), "written.html", fields.title, fields.description, way, data=data, source=where
    )
    if timing is Timing.OVER and not library.shows_all:
        planned = withdrawn_page(planned.address, fields.title, until, way)
    return HandwrittenPage(
        uri,
        planned,
        page.body,
        page.body_line,
        fields.macros is not False,
        page.document,
        fields.former_addresses,
        timing,
    )


def _same_file(uris: Iterable[str]) -> Iterator[Problem]:
    """Windows and macOS can't have two files whose names differ only in case."""
    owners: dict[str, str] = {}
    for uri in uris:
        owner = owners.setdefault(file_names.same_on_windows(uri), uri)
        if owner != uri:
            message = f"文件名和 {CONTENT}/{owner} 只差大小写，Windows 上只能有一个；请给其中一个改名"
            yield Problem(f"{CONTENT}/{uri}", 1, 1, message, "wrong-file-name")


def _same_address(pages: Iterable[HandwrittenPage]) -> Iterator[Problem]:
    """Two pages by hand never share an address; that files differ in case alone is told of their names."""
    owners: dict[str, HandwrittenPage] = {}
    for page in pages:
        owner = owners.setdefault(page.planned.address.casefold(), page)
        if owner is not page and file_names.same_on_windows(owner.uri) != file_names.same_on_windows(page.uri):
            message = f"网址 /{page.planned.address} 已经是 {owner.path} 的；请给其中一个文件改名"
            yield Problem(page.path, 1, 1, message, "address-taken")


def collisions(pages: Collection[HandwrittenPage], made: Collection[str], files: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each former address that something else has: a page, a file or another former address.

    A page can't lie below a file either.

    Args:
        pages: the pages by hand.
        made: addresses of the pages that are made from records.
        files: paths of all other files of the site.
    """
    names = {path.casefold(): f"文件 {path} " for path in files}
    for page in pages:
        if owner := _file_above(page.planned.address.casefold(), names):
            message = f"网址 /{page.planned.address} 要放在{owner}的位置；请给这个文件夹改名"
            yield Problem(page.path, 1, 1, message, "address-taken")
    if not any(page.former_addresses for page in pages):
        return
    owners = {address.casefold(): "自动生成的页面" for address in made}
    owners |= {page.planned.address.casefold(): f" {page.path} " for page in pages}
    for page in pages:
        for position, address in enumerate(page.former_addresses):
            wanted = address.casefold()
            if owner := owners.get(wanted) or _file_above(wanted, names):
                message = f"旧网址 “{address}” 已经是{owner}的，不能再转到这里；请删掉这一项，或改正"
                yield Problem(page.path, *page.locate("former_addresses", position), message, "former-address-taken")
            owners.setdefault(wanted, f" {page.path} ")


def _file_above(address: str, names: Mapping[str, str]) -> str | None:
    """Return the file that stands where an address needs a folder, or None."""
    steps = address.split("/")[:-1]
    above = ("/".join(steps[:count]) for count in range(1, len(steps) + 1))
    return next((names[path] for path in above if path in names), None)


def address_of(uri: str) -> str:
    """Return the address of a Markdown file below ``content/``, as MkDocs gives it."""
    stem = uri.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return stem.removesuffix("index")
    return f"{stem}/"
