"""Which files under ``content/`` are published as they lie: those that a published record or a page by hand names.

A file that nothing names is somebody's working paper, or was laid into the wrong folder; it stays out of the site, and the
editor is told.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from macros.library.library import Library
from macros.pages.handwritten import CONTENT, HandwrittenPage, HandwrittenPages
from macros.records.model.kinds import Record
from macros.records.model.walk import mentions
from macros.records.problems import Level, Problem
from macros.records.scan import FILES
from macros.text.markdown import MarkupKind, find_markup

_ATTRIBUTE = re.compile(
    r"\b(?:src|href|data|poster|srcset)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_OF_RECORDS = FILES.removeprefix(f"{CONTENT}/") + "/"


@dataclass(frozen=True)
class StaticFiles:
    """The files beside the pages.

    Attributes:
        published: paths below ``content/`` of the files that are published.
        drafts: path of each file that only a draft names → the draft's own file, relative to the project's root.
        unused: paths of the files that nothing names, sorted.
    """

    published: frozenset[str]
    drafts: dict[str, str]
    unused: tuple[str, ...]


def find_static_files(library: Library, by_hand: HandwrittenPages) -> StaticFiles:
    """Return which files are published, and which are not.

    Args:
        library: the records.
        by_hand: the pages by hand, and all files beside them.
    """
    files = frozenset(by_hand.files)
    named = {name for record in library.published.values() for name in _named_by_record(record)}
    named.update(name for page in by_hand.pages for name in _named_by_page(page))
    unpublished = files - named
    drafts = {
        name: record.document.path
        for record in library.collection.records.values()
        if record.id not in library.published
        for name in _named_by_record(record)
        if name in unpublished
    }
    return StaticFiles(files & named, drafts, tuple(sorted(unpublished - drafts.keys())))


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


def notices(library: Library, by_hand: HandwrittenPages, found: StaticFiles) -> Iterator[Problem]:
    """Yield a notice for each file that is not published, and for each folder that belongs to no record.

    Where a record or a page can't be read, nobody knows what it names, and only its own fault is told.

    Args:
        library: the records.
        by_hand: the pages by hand.
        found: what `find_static_files` returned for them.
    """
    for name, draft in sorted(found.drafts.items()):
        yield _notice(name, f"只有草稿 {draft} 用到这个文件，现在不发布；草稿发布时它会一起发布", "file-of-draft")
    if by_hand.problems:
        return
    records = library.collection.records
    owners = {f"{_OF_RECORDS}{record.kind}/{record.id}": record.document.path for record in records.values()}
    stray: dict[str, None] = {}
    for name in found.unused:
        place = "/".join(name.split("/")[:3])
        if place in owners:
            move = f"把它移到 {CONTENT}/{place}/ 里，再" if name.count("/") > place.count("/") + 1 else ""
            yield _notice(name, _unused(f"{move}在 {owners[place]} 里写上它的名字"), "unused-file")
        elif not name.startswith(_OF_RECORDS):
            yield _notice(name, _unused("在页面里链接它"), "unused-file")
        elif place.rpartition("/")[2] not in library.collection.unreadable:
            stray[place] = None
    for place in stray:
        message = "不属于任何记录；文件要放在 content/files/种类/id/ 里，请移走或改名"
        yield _notice(place, message, "stray-record-files")


def _unused(remedy: str) -> str:
    return f"没有记录或页面用到这个文件，不会发布；要发布，请{remedy}，不要了请删掉"


def _notice(name: str, message: str, rule: str) -> Problem:
    return Problem(f"{CONTENT}/{name}", 1, 1, message, rule, Level.NOTICE)
