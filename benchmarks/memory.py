"""The memory of a running command with all the processes that it started.

Processes that were forked share memory until one of them writes, so the sum of what each holds counts pages several
times. Linux tells of each process its proportional share (``Pss``: a page that three share counts a third); the sum of
the shares is what the machine really gives.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

KILOBYTE = 1024
_PROCESSES = Path("/proc")
_SHARE = re.compile(rb"^Pss: +(\d+) kB", re.MULTILINE)
_SHORTEST_PAUSE_SECONDS = 0.05
_PAUSE_FOR_EACH_SECOND = 30


class SharedMemory:
    """Watches a command and keeps the most bytes that its processes held together; 0 as long as there is one only.

    Of a single process the system itself keeps the peak, exactly and for nothing; asking for shares costs time that
    grows with the memory, so they are asked for only where there are several processes.

    Args:
        process: id of the command's first process.
    """

    def __init__(self, process: int) -> None:
        self.peak = 0
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> SharedMemory:
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = _SHORTEST_PAUSE_SECONDS
        while not self._ended.wait(pause):
            started = time.perf_counter()
            processes = list(_with_children(self._process))
            if len(processes) > 1:
                self.peak = max(self.peak, sum(map(_share, processes)))
            # The system looks at every page of memory to answer; of gigabytes this takes time that the command lacks.
            pause = max(_SHORTEST_PAUSE_SECONDS, _PAUSE_FOR_EACH_SECOND * (time.perf_counter() - started))


def _with_children(process: int) -> Iterator[int]:
    """Yield a process and all that descend from it; those that end meanwhile are left out."""
    yield process
    with suppress(OSError):
        for children in (_PROCESSES / str(process) / "task").glob("*/children"):
            for child in children.read_text("ascii").split():
                yield from _with_children(int(child))


def _share(process: int) -> int:
    """Return the bytes that count as this process's; 0 where the system does not tell."""
    with suppress(OSError):
        if found := _SHARE.search((_PROCESSES / str(process) / "smaps_rollup").read_bytes()):
            return int(found[1]) * KILOBYTE
    return 0
