"""The pictures of a site that message programs show beside links, made once for each state of their words and kept.

They need a font that has the district's characters. None comes with the generator: a site names its own (``share_font``), and
without one, or if it is not there, there are no pictures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from macros.exports.files import Files, Job
from macros.library.library import Library
from macros.media.share_picture import ShareWords, UnusableFont, draw, recipe
from macros.pages.cards import standing_of, visit_of
from macros.pages.site_settings import SHARED, Site
from macros.records.model.kinds import Record
from macros.records.problems import Level, Problem, ProblemsFound
from macros.site.entry_cache import EntryCache

FOLDER = ".kepu-share-pictures"
_IN_JOB = 50
_NAME = "share.png"


@dataclass(frozen=True)
class SharePictures:
    """The pictures of the records that have a page.

    Attributes:
        root: the project's folder.
        site: the site.
        library: the records.
    """

    root: Path
    site: Site
    library: Library

    @cached_property
    def files(self) -> Files:
        """Each picture by its path below the site's root; made when read. None without a font or without the site's own address."""
        return Files(
            {f"{SHARED}{record.kind}/{record.id}.png": partial(self._picture, record) for record in self._records}
        )

    def jobs(self) -> list[Job]:
        """Return jobs that together make each picture once."""
        paths = list(self.files)
        return [partial(self._all, paths[start : start + _IN_JOB]) for start in range(0, len(paths), _IN_JOB)]

    def forget_others(self) -> None:
        """Delete what is kept of words that no record says any more."""
        self._cache.forget_others({self._entry(self._words(record)) for record in self._records})

    @property
    def _records(self) -> Sequence[Record]:
        return tuple(self.library.published.values()) if self.site.share_font and self.site.url else ()

    @property
    def _cache(self) -> EntryCache:
        return EntryCache(self.root, FOLDER)

    def _all(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        return ((path, self.files[path]) for path in paths)

    @cached_property
    def _font(self) -> bytes:
        return (self.root / self.site.share_font).read_bytes()

    @cached_property
    def _way(self) -> str:
        return hashlib.sha256(recipe().encode() + self._font).hexdigest()[:16]

    def _words(self, record: Record) -> ShareWords:
        line = " · ".join(filter(None, [*standing_of(self.library, record), visit_of(self.library, record)]))
        return ShareWords(self.site.name, self.library.kind_label(record.kind), record.heading, record.summary, line)

    def _entry(self, words: ShareWords) -> str:
        return f"{self._way}-{hashlib.sha256(repr(words).encode()).hexdigest()[:32]}.zip"

    def _picture(self, record: Record) -> bytes:
        words = self._words(record)
        entry = self._entry(words)
        if cached := self._cache.read(entry).get(_NAME):
            return cached
        try:
            made = draw(words, self._font)
        except UnusableFont:
            message = f"share_font 里的 “{self.site.share_font}” 不是能用的字体；请换成 .ttf、.otf 或 .ttc 文件"
            raise ProblemsFound([Problem("mkdocs.yml", 1, 1, message, "configuration")]) from None
        self._cache.write(entry, {_NAME: made})
        return made


def font_notices(site: Site) -> list[Problem]:
    """Return a notice where the font that a site names is not there."""
    if not site.missing_font:
        return []
    message = f"share_font 里的字体 “{site.missing_font}” 不存在，没有做分享图；请把字体文件放到那里，或去掉这个设置"
    return [Problem("mkdocs.yml", 1, 1, message, "share-font", Level.NOTICE)]
