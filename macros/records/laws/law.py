"""Laws of one record, which need no other record to be checked and are checked once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import update_wrapper
from typing import Any, TypeVar

from macros.records.collection import Collection
from macros.records.model.kinds import Record
from macros.records.problems import Problem

Checked = TypeVar("Checked", bound=Record)
Law = Callable[[Collection], Iterator[Problem]]


class LawOfOne:
    """A law that says how one record must be, whatever the others are; as a law, it goes over all records of its kind.

    Attributes:
        model: the class of records that it binds.
        check: yields its breaches by one record.
        demands: names of fields that it misses where another is there.
    """

    def __init__(
        self, model: type[Record], check: Callable[[Any], Iterator[Problem]], demands: Iterable[str] = ()
    ) -> None:
        self.model = model
        self.check = check
        self.demands = frozenset(demands)
        update_wrapper(self, check)

    def __call__(self, collection: Collection) -> Iterator[Problem]:
        """Yield every breach."""
        for record in collection.of(self.model):
            yield from self.check(record)


def of_one(model: type[Checked], *demands: str) -> Callable[[Callable[[Checked], Iterator[Problem]]], LawOfOne]:
    """Make a law of a function that checks one record of a kind; `demands` as in `LawOfOne`."""
    return lambda check: LawOfOne(model, check, demands)
