"""Work that is cut into independent shares: whoever has several processors hands in what does them side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class Runner(Protocol):
    """Does work and yields what each share of it gives, in any order."""

    def __call__(self, shares: Sequence[Callable[[], Result]], /) -> Iterable[Result]:
        """Do the work."""


def one_by_one(shares: Sequence[Callable[[], Result]]) -> Iterator[Result]:
    """Do one share after the other, in this process."""
    return (share() for share in shares)
