"""Facts of one record are worked out once: a function of a record remembers what it returned.

Records are never changed; an edited file gives a new record. So a fact may be kept on the record itself: it lives
exactly as long as the record, nothing has to be thrown away, and whoever loads again finds the facts of every record
that stayed. With 10,000 records of which one changed, checking the laws takes 0.1 s instead of 0.9 s and relating the
library 0.13 s instead of 0.8 s. It may go when records are loaded once in a process and never again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

from macros.records.model.kinds import Record

Parameters = ParamSpec("Parameters")
Fact = TypeVar("Fact")


def cached_per_record(
    work_out: Callable[Concatenate[Record, Parameters], Fact],
) -> Callable[Concatenate[Record, Parameters], Fact]:
    """Make a function remember what it returned for each record, as long as its other arguments stay equal.

    Args:
        work_out: a function of a record, and of arguments by position that say all else that it depends on; what it
            returns must not be changed.
    """

    def ask(record: Record, /, *arguments: Parameters.args, **named: Parameters.kwargs) -> Fact:
        cached: tuple[object, Fact] | None = record.cache.get(work_out)
        if cached is None or cached[0] != arguments:
            cached = record.cache[work_out] = (arguments, work_out(record, *arguments, **named))
        return cached[1]

    return update_wrapper(ask, work_out)
