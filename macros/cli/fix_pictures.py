"""The part of `kepu fix` that takes off pictures what they say of people and places, and makes heavy photos smaller."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from macros.cli.arguments import existing
from macros.media.dimensions import dimensions
from macros.media.file_types import Buffer
from macros.media.pictures import in_words, metadata_of_picture
from macros.media.shrinking import fitted, is_too_large
from macros.media.stripping import stripped
from macros.media.svg_fixes import mended
from macros.pages.handwritten import CONTENT, uris
from macros.records.collection import Collection
from macros.records.model.walk import mentions
from macros.records.problems import ProblemsFound
from macros.records.reading import LARGEST_FILE, mapped
from macros.records.scan import FILES
from macros.site.session import open_session
from macros.site.whole_files import link_on
from macros.text.markdown import MarkupKind, find_markup

_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_PHOTOS = (".jpg", ".jpeg", ".png")
_LARGEST_PHOTO = 100_000_000


def fixed_pictures(root: Path, paths: Sequence[Path]) -> Iterator[tuple[str, bytes, str]]:
    """Yield path, new content and message of each picture that says more than it shows, or is larger than a page needs.

    Args:
        root: the project's folder.
        paths: only what lies below these; empty means everything below ``content/``.

    Raises:
        ProblemsFound: a picture can't be read.
    """
    places = [existing(root, path) for path in paths]
    is_wanted_whole: Callable[[str], bool] | None = None
    for uri in uris(root / CONTENT):
        path = root / CONTENT / uri
        is_wanted = not places or any(path.resolve().is_relative_to(place) for place in places)
        if not is_wanted or link_on(root, f"{CONTENT}/{uri}"):
            continue
        with mapped(root, path) as raw:
            if uri.lower().endswith(_PHOTOS) and len(raw) <= _LARGEST_PHOTO and is_too_large(raw[:]):
                is_wanted_whole = is_wanted_whole or _wanted_whole(root)
                if not is_wanted_whole(uri) and (made := fitted(raw[:])):
                    yield f"{CONTENT}/{uri}", made, f"{_told(raw[:])} → {_told(made)}；拍摄地点、作者和设备也去掉了"
                    continue
            made, what = _drawing(raw) if uri.lower().endswith(".svg") else _picture(uri, raw)
        if what:
            yield f"{CONTENT}/{uri}", made, f"去掉了{what}；图片本身不变"


def _wanted_whole(root: Path) -> Callable[[str], bool]:
    """Return what tells whether a file is one that people open by a link or an attachment, such as a scan or a plan.

    What belongs to a record that can't be read may be one, since nobody knows what it says.
    """
    try:
        session = open_session(root)
    except ProblemsFound:
        return lambda uri: True
    collection = session.loaded.collection
    names = {*_attached(collection), *_linked((page.uri, page.body) for page in session.handwritten.pages)}
    return lambda uri: uri in names or not collection.unreadable.isdisjoint(uri.split("/"))


def _attached(collection: Collection) -> Iterator[str]:
    folder = FILES.removeprefix(f"{CONTENT}/")
    for record in collection.records.values():
        home = f"{folder}/{record.kind}/{record.id}"
        yield from (f"{home}/{one.file}" for one in getattr(record, "attachments", ()) if one.file)
        yield from (
            posixpath.normpath(f"{record.kind}/{record.id}/{unquote(one)}") for one in mentions(record).addresses
        )


def _linked(pages: Iterator[tuple[str, str]]) -> Iterator[str]:
    for uri, body in pages:
        for piece in find_markup(body):
            if piece.kind is MarkupKind.LINK:
                yield posixpath.normpath(posixpath.join(posixpath.dirname(uri), unquote(piece.text)))


def _told(raw: bytes) -> str:
    """Return how large a photo is: its sides and its weight."""
    width, height = dimensions(raw) or (0, 0)
    return f"{width}×{height}，{len(raw) / 1000:,.0f} KB"


def _picture(uri: str, raw: Buffer) -> tuple[bytes, str]:
    if not uri.lower().endswith(_PICTURES):
        return b"", ""
    position, details = metadata_of_picture(raw)
    made = stripped(raw[:]) if position or details else raw[:]
    place = [f"拍摄地点（{in_words(position)}）"] if position else []
    return made, "、".join([*place, *details]) if made != raw[:] else ""


def _drawing(raw: Buffer) -> tuple[bytes, str]:
    made = mended(raw[:]) if len(raw) <= LARGEST_FILE else None
    return made or b"", "绘图软件自己的记录" if made else ""
