"""Files that are made only when someone reads them, so that a check, which needs their names alone, stays fast."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

Maker = Callable[[], bytes]


class Files(Mapping[str, bytes]):
    """Files by path below the site's root; each is made anew at every reading and never kept.

    Args:
        makers: path → what makes the file's content.
    """

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        self._makers = dict(makers)

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
        return Files({**self._makers, **other._makers})
