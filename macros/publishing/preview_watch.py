"""Watches what a site is made from."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch


class Watcher:
    """Reports changes of files and folders, until it is stopped.

    Args:
        watched: files, and folders with all that is below them.
        changed: called from a thread of the watcher after each burst of changes.
    """

    def __init__(self, watched: Sequence[Path], changed: Callable[[], None]) -> None:
        self._changed = changed
        self._stopped = threading.Event()
        folders = [path for path in watched if path.is_dir()]
        others = [path.absolute() for path in watched if not path.is_dir()]
        # Many editors save by putting a new file in the place of the old one, which only the folder around it notices.
        parents = sorted({path.parent for path in others if path.parent.is_dir()})
        self._threads = [
            threading.Thread(target=self._watch, args=(paths, recursive, accepts), daemon=True)
            for paths, recursive, accepts in ((folders, True, DefaultFilter()), (parents, False, _Only(others)))
            if paths
        ]

    def start(self) -> None:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End watching, and wait for that."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _watch(self, paths: Sequence[Path], recursive: bool, accepts: Callable[[Change, str], bool]) -> None:
        """Report the changes below some folders."""
        changes = watch(
            *paths,
            watch_filter=accepts,
            debounce=400,
            step=50,
            stop_event=self._stopped,
            rust_timeout=200,
            recursive=recursive,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )
        for _ in changes:
            self._changed()


class _Only(DefaultFilter):
    """Lets through the changes of certain files alone."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._names = {str(file) for file in files}
        super().__init__()

    def __call__(self, change: Change, path: str) -> bool:
        return path in self._names and super().__call__(change, path)
