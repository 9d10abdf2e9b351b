"""The part of `kepu fix` that takes off pictures what they say of people and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from macros.cli.arguments import existing
from macros.cli.writing import link_on
from macros.media.file_types import Buffer
from macros.media.pictures import in_words, metadata_of_picture
from macros.media.stripping import stripped
from macros.media.svg_fixes import mended
from macros.pages.handwritten import CONTENT, uris
from macros.records.reading import LARGEST_FILE, mapped

_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


def stripped_pictures(root: Path, paths: Sequence[Path]) -> Iterator[tuple[str, bytes, str]]:
    """Yield path, new content and message of each picture that says more than it shows.

    Args:
        root: the project's folder.
        paths: only what lies below these; empty means everything below ``content/``.

    Raises:
        ProblemsFound: a picture can't be read.
    """
    places = [existing(root, path) for path in paths]
    for uri in uris(root / CONTENT):
        path = root / CONTENT / uri
        is_wanted = not places or any(path.resolve().is_relative_to(place) for place in places)
        if not is_wanted or link_on(root, f"{CONTENT}/{uri}"):
            continue
        with mapped(root, path) as raw:
            made, what = _drawing(raw) if uri.lower().endswith(".svg") else _picture(uri, raw)
        if what:
            yield f"{CONTENT}/{uri}", made, f"去掉了{what}；图片本身不变"


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
