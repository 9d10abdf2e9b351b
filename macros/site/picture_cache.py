"""The smaller pictures of a site, made once for each state of a picture and kept beside the project.

What is kept is a reason to do less and nothing else: named after the picture's bytes and the way it is made, checked when it is read,
made anew where it is missing or damaged. A site whose pictures did not change copies them; what no page shows any more goes with
the next build.
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path

from macros.exports.files import Files, Job
from macros.media.decoding import BrokenPicture
from macros.media.renditions import recipe, renditions
from macros.pages.handwritten import CONTENT
from macros.pages.picture_files import PICTURES, PictureFiles, SmallerPictures
from macros.records.problems import Problem, ProblemsFound
from macros.records.reading import mapped
from macros.site.whole_files import link_on

FOLDER = ".kepu-pictures"
_ENTRY = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}\.zip|tmp\w+\.part")
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
        wanted = {self._entry(made).name for made in self._made.values()}
        folder = self.root / FOLDER
        if folder.is_symlink() or not folder.is_dir():
            return
        for path in folder.iterdir():
            if _ENTRY.fullmatch(path.name) and path.name not in wanted:
                with suppress(OSError):
                    path.unlink()

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
        entry, wanted = self._entry(smaller), set(smaller.paths.values())
        is_usable = not link_on(self.root, f"{FOLDER}/{entry.name}")
        if is_usable and (kept := _read(entry)) and kept.keys() == wanted:
            return kept
        where = f"{CONTENT}/{name}"
        try:
            with mapped(self.root, self.root / where) as raw:
                made = renditions(raw[:])
        except BrokenPicture as error:
            raise ProblemsFound([Problem(where, 1, 1, str(error), "broken-picture")]) from None
        if is_usable:
            _write(entry, made)
        return made

    def _entry(self, smaller: SmallerPictures) -> Path:
        name = next(iter(smaller.paths)).removeprefix(PICTURES).split("/")[1]
        return self.root / FOLDER / f"{recipe()}-{name[:16]}.zip"


def _read(entry: Path) -> dict[str, bytes]:
    """Return what is kept, or nothing if that is damaged: each file in a ZIP has a check sum."""
    try:
        with zipfile.ZipFile(entry) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, NotImplementedError, RuntimeError):
        return {}


def _write(entry: Path, made: dict[str, bytes]) -> None:
    """Keep what was made; a disk that does not allow it costs only time later."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in made.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    with suppress(OSError):
        if not entry.parent.is_dir():
            entry.parent.mkdir(exist_ok=True)
            # So the folder is no part of anyone's project, whatever its own list says.
            (entry.parent / ".gitignore").write_text("*\n", "utf-8")
        handle, aside = tempfile.mkstemp(dir=entry.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(packed.getvalue())
        Path(aside).replace(entry)
