"""The part of `kepu fix` that takes off pictures what they say of people and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from macros.cli.arguments import existing
from macros.media.pictures import in_words, metadata_of_picture
from macros.media.stripping import stripped
from macros.pages.handwritten import CONTENT, uris
from macros.records.reading import mapped

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
        if is_wanted and uri.lower().endswith(_PICTURES) and not path.is_symlink():
            with mapped(root, path) as raw:
                position, details = metadata_of_picture(raw)
                made = stripped(raw[:]) if position or details else raw
                if made != raw:
                    what = [f"拍摄地点（{in_words(position)}）"] if position else []
                    yield f"{CONTENT}/{uri}", bytes(made), f"去掉了{'、'.join([*what, *details])}；图片本身不变"
