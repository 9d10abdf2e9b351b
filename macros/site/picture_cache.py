"""The smaller pictures of a site, made once for each state of a picture and kept beside the project.

They are named after the picture's bytes and the way they are made. A site whose pictures did not change copies them; what no page
shows any more goes with the next build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from macros.exports.files import Files, Job
from macros.media.decoding import BrokenPicture
from macros.media.renditions import recipe, renditions
from macros.pages.handwritten import CONTENT
from macros.pages.picture_files import PICTURES, PictureFiles, SmallerPictures
from macros.records.problems import Problem, ProblemsFound
from macros.records.reading import mapped
from macros.site.entry_cache import EntryCache

FOLDER = ".kepu-pictures"
_FEW = 4
_MOST_JOBS = 48
"""Pictures of a job, and jobs: enough for all processors, and few enough that workers need not end after each."""


@dataclass(frozen=True)
class SmallerPictureFiles:
    """The smaller pictures of a site.

    Attributes:
        root: the project's folder.
        pictures: knows the pictures.
        names: paths below ``content/`` of those that pages may show.
    """

    root: Path
    pictures: PictureFiles
    names: Sequence[str]

    @cached_property
    def files(self) -> Files:
        """Each file by its path below the site's root; made when read."""
        return Files(
            {path: partial(self._file, name, path) for name, made in self._made.items() for path in made.paths}
        )

    def jobs(self) -> list[Job]:
        """Return jobs that together make each file once; pictures that are the same bytes are made by one."""
        first = list({next(iter(made.paths)): name for name, made in self._made.items()}.values())
        size = max(_FEW, -(-len(first) // _MOST_JOBS))
        return [partial(self._all, first[start : start + size]) for start in range(0, len(first), size)]

    def forget_others(self) -> None:
        """Delete what is kept of pictures that no page shows any more; what can't be deleted stays."""
        self._cache.forget_others({_entry(made) for made in self._made.values()})

    @property
    def _cache(self) -> EntryCache:
        return EntryCache(self.root, FOLDER)

    @cached_property
    def _made(self) -> dict[str, SmallerPictures]:
        facts = ((name, self.pictures.facts(name).smaller) for name in self.names)
        return {name: smaller for name, smaller in facts if smaller}

    def _all(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        for name in names:
            made = self._contents(name)
            yield from ((path, made[end]) for path, end in self._made[name].paths.items())

    def _file(self, name: str, path: str) -> bytes:
        return self._contents(name)[self._made[name].paths[path]]

    def _contents(self, name: str) -> dict[str, bytes]:
        """Return what is made of a picture, by the end of its file's name.

        Raises:
            ProblemsFound: the picture can't be decoded.
        """
        smaller = self._made[name]
        entry, cached = _entry(smaller), self._cache.read(_entry(smaller))
        if cached and cached.keys() == set(smaller.paths.values()):
            return cached
        where = f"{CONTENT}/{name}"
        try:
            with mapped(self.root, self.root / where) as raw:
                made = renditions(raw[:])
        except BrokenPicture as error:
            raise ProblemsFound([Problem(where, 1, 1, str(error), "broken-picture")]) from None
        self._cache.write(entry, made)
        return made


def _entry(smaller: SmallerPictures) -> str:
    name = next(iter(smaller.paths)).removeprefix(PICTURES).split("/")[1]
    return f"{recipe()}-{name[:16]}.zip"
