"""Laws of one record, which need no other record to be judged and are judged once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import update_wrapper
from typing import Any, TypeVar

from macros.records.collection import Collection
from macros.records.model.kinds import Record
from macros.records.problems import Problem

Judged = TypeVar("Judged", bound=Record)
Law = Callable[[Collection], Iterator[Problem]]


class LawOfOne:
    """A law that says how one record must be, whatever the others are; as a law, it goes over all records of its kind.

    Attributes:
        model: the class of records that it binds.
        judge: yields its breaches by one record.
    """

    def __init__(self, model: type[Record], judge: Callable[[Any], Iterator[Problem]]) -> None:
        self.model = model
        self.judge = judge
        update_wrapper(self, judge)

    def __call__(self, collection: Collection) -> Iterator[Problem]:
        """Yield every breach."""
        for record in collection.of(self.model):
            yield from self.judge(record)


def of_one(model: type[Judged]) -> Callable[[Callable[[Judged], Iterator[Problem]]], LawOfOne]:
    """Make a law of a function that judges one record of a kind."""
    return lambda judge: LawOfOne(model, judge)
