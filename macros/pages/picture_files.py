"""The pictures of a project as pages need them: how large each is shown, and which smaller ones are made of it.

A page names them before they are made: their names follow from the picture's bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from macros.media.dimensions import Dimensions, dimensions
from macros.media.renditions import planned, recipe
from macros.pages.handwritten import CONTENT
from macros.records.problems import ProblemsFound
from macros.records.reading import mapped

PICTURES = "assets/pictures/"
_RASTER = (".jpg", ".jpeg", ".png", ".webp")


class SmallerPictures(NamedTuple):
    """What is made of a picture, each by its path below the site's root.

    Attributes:
        widths: width in pixels → a WebP, the smallest first.
        fallback: for what knows no WebP; empty where the picture itself is as good.
        paths: all of them → the end of the file's name, by which `macros.media.renditions` knows it.
    """

    widths: Mapping[int, str]
    fallback: str
    paths: Mapping[str, str]


class PictureFacts(NamedTuple):
    """How large a picture is shown in pixels, and what is made of it."""

    size: Dimensions | None = None
    smaller: SmallerPictures | None = None


NO_FACTS = PictureFacts()


@dataclass(frozen=True)
class PictureFiles:
    """The pictures of a project.

    Attributes:
        root: the project's folder; None knows no picture.
    """

    root: Path | None = None

    def facts(self, name: str) -> PictureFacts:
        """Return what pages need of a picture; nothing if it is not there, is none, or lies elsewhere.

        Args:
            name: its path below the site's root.
        """
        if self.root is None:
            return NO_FACTS
        content = (self.root / CONTENT).resolve()
        try:
            path = (content / name).resolve()
            if not path.is_relative_to(content) or not path.is_file():
                return NO_FACTS
            status = path.stat()
            return _read(content, path, status.st_mtime_ns, status.st_size)
        except (OSError, ValueError, ProblemsFound):
            return NO_FACTS


NO_PICTURES = PictureFiles()


@lru_cache(maxsize=100_000)
def _read(content: Path, path: Path, modified: int, size: int) -> PictureFacts:
    """Read a file once for each state that it had."""
    with mapped(content, path) as raw:
        shown = dimensions(raw)
        whole = raw[:] if shown and path.suffix.lower() in _RASTER else b""
    wanted = planned(whole) if whole else None
    if wanted is None:
        return PictureFacts(shown)
    start = f"{PICTURES}{recipe()}/{sha256(whole).hexdigest()[:16]}-"
    names = [*wanted.widths.values(), *filter(None, [wanted.fallback])]
    widths = {width: start + name for width, name in wanted.widths.items()}
    fallback = start + wanted.fallback if wanted.fallback else ""
    return PictureFacts(shown, SmallerPictures(widths, fallback, {start + name: name for name in names}))
