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
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Result = TypeVar("Result")
Job = TypeVar("Job")

_MANY_JOBS = 100
"""A worker shares the memory that it only reads, but every look at an object writes its count of references. Where there are
so many jobs, a worker ends after each, and what it copied is given back: of 100,000 records workers would come to hold all,
each for itself. To begin a new one takes 25 ms then, which with few records is more than it is worth."""


def in_parallel(jobs: Sequence[Callable[[], Result]], few: bool = False) -> Iterator[Result]:
    """Yield what each job returns, in any order.

    Args:
        jobs: in the order in which they begin.
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
    most = 1 if len(jobs) >= _MANY_JOBS else None
    with multiprocessing.get_context("fork").Pool(processors(), gc.enable, maxtasksperchild=most) as pool:
        yield from pool.imap_unordered(_do, range(len(jobs)))


@contextmanager
def beside(job: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Do a job on another processor while the block does something else; where there is one processor, when it is asked for.

    Args:
        job: changes nothing that is needed here, since a copy of this process does it; what it returns travels back.

    Yields:
        Waits for what the job returns. A job that fails there is done again here, where it raises what it raises.
    """
    if processors() == 1:
        yield job
        return
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    worker = context.Process(target=_send, args=(sending, job), daemon=True)
    worker.start()
    sending.close()
    try:
        yield partial(_received, receiving, job)
    finally:
        receiving.close()
        worker.join()


def _send(sending: Connection, job: Callable[[], object]) -> None:
    with suppress(Exception):
        sending.send(job())


def _received(receiving: Connection, job: Callable[[], Result]) -> Result:
    try:
        result: Result = receiving.recv()
    except EOFError:
        return job()
    return result


def spread(heavy: Sequence[Job], light: Sequence[Job]) -> list[Job]:
    """Return jobs in an order in which heavy ones seldom meet, so that little memory is needed at once.

    The first heavy job begins; none is left for the end, where it would keep all others waiting.
    """
    between = max(1, len(light) * 4 // 5 // max(1, len(heavy)))
    ordered: list[Job] = []
    for number, job in enumerate(heavy):
        ordered += [job, *light[number * between : (number + 1) * between]]
    return [*ordered, *light[len(heavy) * between :]]


def processors() -> int:
    """Return how many workers can run side by side: 1 where the system can't fork safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


class _Work:
    """What the workers inherit; it never travels between processes."""

    jobs: Sequence[Callable[[], Any]]


def _do(number: int) -> Any:
    return _Work.jobs[number]()
