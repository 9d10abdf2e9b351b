"""Which files under ``content/`` are published as they lie: those that a published record or a page by hand names.

A file that nothing names is somebody's working paper, or was laid into the wrong folder; it stays out of the site, and the
editor is told.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from macros.library.library import Library
from macros.media import file_types, svg, svg_fixes
from macros.media.content_checks import Finding, check_content
from macros.pages.handwritten import CONTENT, HandwrittenPage, HandwrittenPages
from macros.records.laws.references import is_draft
from macros.records.model.kinds import Record
from macros.records.model.walk import mentions
from macros.records.problems import Level, Problem, ProblemsFound
from macros.records.reading import mapped, read_bytes
from macros.records.scan import ARTICLES, FILES, left_by_a_program, leftover
from macros.text.markdown import MarkupKind, find_markup

_ATTRIBUTE = re.compile(
    r"\b(?:src|href|data|poster|srcset)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_SOURCE = re.compile(r"\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ARTICLES = ARTICLES.removeprefix(f"{CONTENT}/") + "/"
_OF_RECORDS = FILES.removeprefix(f"{CONTENT}/") + "/"


@dataclass(frozen=True)
class StaticFiles:
    """The files beside the pages.

    Attributes:
        published: paths below ``content/`` of the files that are published.
        drafts: path of each file that only a draft names → the draft's own file, relative to the project's root; empty for
            what waits for its day, or is over.
        unused: paths of the files that nothing names, sorted.
        shown: paths of the published files that a page may show as a picture.
    """

    published: frozenset[str]
    drafts: dict[str, str]
    unused: tuple[str, ...]
    shown: frozenset[str] = frozenset()


def find_static_files(library: Library, by_hand: HandwrittenPages) -> StaticFiles:
    """Return which files are published, and which are not.

    Args:
        library: the records.
        by_hand: the pages by hand, and all files beside them.
    """
    files = frozenset(name for name in by_hand.files if not left_by_a_program(posixpath.basename(name)))
    named = {name for record in library.published.values() for name in _named_by_record(record)}
    named.update(name for page in by_hand.pages for name in _named_by_page(page))
    unpublished = files - named
    drafts = {
        name: record.document.path if is_draft(record) else ""
        for record in library.collection.records.values()
        if record.id not in library.published
        for name in _named_by_record(record)
        if name in unpublished
    }
    timed = (*by_hand.waiting, *by_hand.withdrawn)
    drafts |= {name: "" for page in timed for name in _named_by_page(page) if name in unpublished}
    shown = {name for record in library.published.values() for name in _shown_by_record(record)}
    shown.update(name for page in by_hand.pages for name in _shown_by_page(page))
    return StaticFiles(files & named, drafts, tuple(sorted(unpublished - drafts.keys())), files & named & shown)


def _shown_by_record(record: Record) -> Iterator[str]:
    for name in (*(image.file for image in getattr(record, "images", ())), *mentions(record).images):
        yield f"{_OF_RECORDS}{record.kind}/{record.id}/{name}"


def _shown_by_page(page: HandwrittenPage) -> Iterator[str]:
    if "![" not in page.body and "<" not in page.body:
        return
    pictures = [piece.text for piece in find_markup(page.body) if piece.kind is MarkupKind.IMAGE]
    for address in (*pictures, *(unescape(one[1] or one[2] or one[3]) for one in _SOURCE.finditer(page.body))):
        yield _path(posixpath.dirname(page.uri), address)
        yield _path(page.planned.address, address)


def _named_by_record(record: Record) -> Iterator[str]:
    mentioned = mentions(record)
    for name in (*mentioned.files, *mentioned.images):
        yield f"{_OF_RECORDS}{record.kind}/{record.id}/{name}"
    for address in mentioned.addresses:
        yield _path(f"{record.kind}/{record.id}", address)


def _named_by_page(page: HandwrittenPage) -> Iterator[str]:
    """Yield what a page may name: the engine reads Markdown's addresses from the file, a browser others from the page."""
    for address in _addresses(page.body):
        yield _path(posixpath.dirname(page.uri), address)
        yield _path(page.planned.address, address)


def _addresses(markdown: str) -> Iterator[str]:
    yield from (piece.text for piece in find_markup(markdown) if piece.kind is not MarkupKind.HTML)
    for match in _ATTRIBUTE.finditer(markdown):
        for candidate in (match[1] or match[2] or match[3] or "").split(","):
            yield unescape(candidate.strip().split(" ")[0])


def _path(folder: str, address: str) -> str:
    """Return the path below the site's root to which a relative address leads; empty if it leads to another site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(folder, unquote(parts.path)))


def faults(root: Path, by_hand: HandwrittenPages, found: StaticFiles) -> Iterator[Problem]:
    """Yield what is wrong with the files beside the pages.

    What a file is called, and what a drawing holds, is looked at also if nothing names it; all else of what it holds only if
    a record, drafts included, or a page does.

    Args:
        root: the project's folder.
        by_hand: knows the files.
        found: what `find_static_files` returned for them.
    """
    for name in by_hand.files:
        # The loader looks at the names of what lies beside the articles.
        is_new = not name.startswith(_ARTICLES)
        if notice := leftover(f"{CONTENT}/{name}"):
            yield from [notice] if is_new else []
        elif is_new and (message := file_types.refusal(name)):
            yield Problem(f"{CONTENT}/{name}", 1, 1, message, "file-type")
        elif name.lower().endswith(".svg"):
            yield from _drawing_faults(root, f"{CONTENT}/{name}")
        elif name in found.published or name in found.drafts:
            yield from _content_faults(root, f"{CONTENT}/{name}")


def _drawing_faults(root: Path, where: str) -> Iterator[Problem]:
    try:
        raw = read_bytes(root, root / where)
    except ProblemsFound as found:
        yield from found.problems
        return
    if objection := svg.objection(raw):
        message = f"这个 SVG {_drawing_message(objection.found, bool(svg_fixes.mended(raw)))}"
        yield Problem(where, objection.line, objection.column, message, "file-type")


def _drawing_message(found: str, is_mendable: bool) -> str:
    if is_mendable:
        return f"里有 {found}，是绘图软件自己的记录；请运行 kepu fix 去掉，图片本身不变"
    what = f"里有 {found}，打开它会运行脚本或从别处取东西" if found else "读不出来"
    return f"{what}；请用绘图软件另存为“普通 SVG”，或导出成 PNG"


def _content_faults(root: Path, where: str) -> Iterator[Problem]:
    try:
        status = (root / where).stat()
        findings = _findings(root, where, status.st_mtime_ns, status.st_size)
    except ProblemsFound as found:
        yield from found.problems
        return
    for finding in findings:
        level = Level.ERROR if finding.is_error else Level.NOTICE
        yield Problem(where, 1, 1, finding.message, finding.rule, level)


@lru_cache(maxsize=100_000)
def _findings(root: Path, where: str, modified: int, size: int) -> tuple[Finding, ...]:
    """Return what is to be said of a file, once for each state that it had: the preview asks after every edit."""
    with mapped(root, root / where) as raw:
        return tuple(check_content(where, raw))


def notices(library: Library, found: StaticFiles, *, is_certain: bool) -> Iterator[Problem]:
    """Yield a notice for each file that is not published, and for each folder that belongs to no record.

    Args:
        library: the records.
        found: what `find_static_files` returned for them.
        is_certain: whether data and content hold no error; else nobody knows what a wrong record or page names.
    """
    if is_certain:
        for name, draft in sorted(item for item in found.drafts.items() if item[1]):
            yield _notice(name, f"只有草稿 {draft} 用到这个文件，现在不发布；草稿发布时它会一起发布", "file-of-draft")
    records = library.collection.records
    owners = {f"{_OF_RECORDS}{record.kind}/{record.id}": record.document.path for record in records.values()}
    stray: dict[str, None] = {}
    for name in found.unused:
        place = "/".join(name.split("/")[:3])
        if place not in owners and name.startswith(_OF_RECORDS):
            if place.rpartition("/")[2] not in library.collection.unreadable:
                stray[place] = None
        elif is_certain:
            yield _notice(name, _unused(_remedy(name, place, owners.get(place))), "unused-file")
    for place in stray:
        message = "不属于任何记录；文件要放在 content/files/种类/id/ 里，请移走或改名"
        yield _notice(place, message, "stray-record-files")


def _remedy(name: str, folder: str, owner: str | None) -> str:
    if owner is None:
        return "在页面里链接它"
    move = f"把它移到 {CONTENT}/{folder}/ 里，再" if name.count("/") > folder.count("/") + 1 else ""
    return f"{move}在 {owner} 里写上它的名字"


def _unused(remedy: str) -> str:
    return f"没有记录或页面用到这个文件，不会发布；要发布，请{remedy}，不要了请删掉"


def _notice(name: str, message: str, rule: str) -> Problem:
    return Problem(f"{CONTENT}/{name}", 1, 1, message, rule, Level.NOTICE)
