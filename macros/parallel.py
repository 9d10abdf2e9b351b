"""Do independent jobs on all processors.

Each worker is a copy of this process as it stands, which costs nothing to make where the system can fork; it begins with
everything that was read and planned, and only what a job returns travels back. Elsewhere, and where there is little to
do, the jobs are done here, one after the other, with the same results.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Result = TypeVar("Result")


def in_parallel(jobs: Sequence[Callable[[], Result]], few: bool = False) -> Iterator[Result]:
    """Yield what each job returns, in any order.

    Args:
        jobs: the heavy ones first, so that no processor is left alone with one at the end.
        few: whether the jobs take less time than workers take to start and stop.

    Raises:
        Exception: whatever a job raises; the other jobs are given up.
    """
    if few or processors() == 1 or len(jobs) < 2:
        yield from (job() for job in jobs)
        return
    _Work.jobs = jobs
    # The collector would write into every page of memory that the copies share.
    gc.freeze()
    with multiprocessing.get_context("fork").Pool(processors()) as pool:
        yield from pool.imap_unordered(_do, range(len(jobs)))


def processors() -> int:
    """Return how many workers can run side by side: 1 where the system can't fork safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


class _Work:
    """What the workers inherit; it never travels between processes."""

    jobs: Sequence[Callable[[], Any]]


def _do(number: int) -> Any:
    return _Work.jobs[number]()
