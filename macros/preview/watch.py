"""Watches what a site is made from."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

_LONGEST_START_SECONDS = 5.0


class Watcher:
    """Reports changes of files and folders, until it is stopped.

    Args:
        watched: files, and folders with all that is below them.
        changed: called from a thread of the watcher with the files of each burst of changes.
    """

    def __init__(self, watched: Sequence[Path], changed: Callable[[frozenset[Path]], None]) -> None:
        self._changed = changed
        self._stopped = threading.Event()
        folders = [path for path in watched if path.is_dir()]
        others = [path.absolute() for path in watched if not path.is_dir()]
        # Many editors save by putting a new file in the place of the old one, which only the folder around it notices.
        parents = sorted({path.parent for path in others if path.parent.is_dir()})
        places = ((folders, True, DefaultFilter()), (parents, False, _Only(others)))
        watches = [(*place, threading.Event()) for place in places if place[0]]
        self._ready = [ready for *_, ready in watches]
        self._threads = [threading.Thread(target=self._watch, args=watch, daemon=True) for watch in watches]

    def start(self) -> None:
        """Begin to watch; from the return on no change is missed."""
        for thread in self._threads:
            thread.start()
        for ready in self._ready:
            ready.wait(_LONGEST_START_SECONDS)

    def stop(self) -> None:
        """End watching, and wait for that."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _watch(
        self, paths: Sequence[Path], recursive: bool, accepts: Callable[[Change, str], bool], ready: threading.Event
    ) -> None:
        """Report the changes below some folders, and tell when the first could be seen."""
        changes = watch(
            *paths,
            watch_filter=accepts,
            debounce=400,
            step=50,
            stop_event=self._stopped,
            rust_timeout=100,
            yield_on_timeout=True,
            recursive=recursive,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )
        for burst in changes:
            ready.set()
            if burst:
                self._changed(frozenset(Path(path) for _, path in burst))


class _Only(DefaultFilter):
    """Lets through the changes of certain files alone."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._names = {str(file) for file in files}
        super().__init__()

    def __call__(self, change: Change, path: str) -> bool:
        return path in self._names and super().__call__(change, path)
