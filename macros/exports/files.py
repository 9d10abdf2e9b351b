"""Files that are made only when someone reads them, so that a check, which needs their names alone, stays fast."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

Maker = Callable[[], bytes]

Job = Callable[[], Iterator[tuple[str, bytes]]]
"""Makes some files and yields their paths and contents, one after the other, so that they need not be held at once."""

_FILES_IN_JOB = 500
"""Small files of one job: enough that starting it costs nothing beside them."""


@dataclass(frozen=True)
class Together:
    """Files that are faster made in one go than one by one, since they are made from the same values.

    Attributes:
        paths: the files; each has a maker of its own too, with the same bytes.
        make: makes all of them.
    """

    paths: tuple[str, ...]
    make: Job


class Jobs(NamedTuple):
    """Jobs that make files.

    Attributes:
        heavy: those that look at many records and hold much.
        light: the others, of about the same size each.
    """

    heavy: list[Job]
    light: list[Job]


class Files(Mapping[str, bytes]):
    """Files by path below the site's root; each is made anew at every reading and never kept.

    Args:
        makers: path → what makes the file's content.
        together: files that are made in one go where all are wanted.
    """

    def __init__(self, makers: Mapping[str, Maker], together: Iterable[Together] = ()) -> None:
        self._makers = dict(makers)
        self._together = tuple(together)

    def __getitem__(self, path: str) -> bytes:
        return self._makers[path]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __contains__(self, path: object) -> bool:
        return path in self._makers

    def __or__(self, other: Files) -> Files:
        """Return the files of both; of two with one path the other's."""
        others = (group for group in self._together if other._makers.keys().isdisjoint(group.paths))
        return Files({**self._makers, **other._makers}, (*others, *other._together))

    def jobs(self) -> Jobs:
        """Return jobs that together make each file once, independent of one another."""
        whole = [group for group in self._together if self._makers.keys() >= set(group.paths)]
        covered = {path for group in whole for path in group.paths}
        left = [path for path in self._makers if path not in covered]
        chunks = (left[start : start + _FILES_IN_JOB] for start in range(0, len(left), _FILES_IN_JOB))
        return Jobs([group.make for group in whole], [partial(self._read, chunk) for chunk in chunks])

    def _read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((path, self._makers[path]()) for path in paths)


def ready(files: Mapping[str, bytes]) -> Files:
    """Return files that are made already."""
    return Files({path: partial(bytes, content) for path, content in files.items()})
