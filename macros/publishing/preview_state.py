"""What the preview shows right now: the last good site, and how the last build ended."""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import asdict
from pathlib import Path

from macros.publishing.preview_build import Outcome


class Preview:
    """The state that the builder writes and the browsers read; safe to use from several threads.

    Args:
        folder: an empty folder for the sites of this preview.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changed = threading.Condition()
        self._attempts = 0
        self._news = 0
        self._closed = False
        self._outcome = Outcome()
        self._version = 0

    @property
    def site(self) -> Path | None:
        """The folder of the last good site; None before the first."""
        with self._changed:
            return self._folder / str(self._version) if self._version else None

    @property
    def version(self) -> int:
        """The number of the last good build; 0 before the first."""
        with self._changed:
            return self._version

    def next_folder(self) -> Path:
        """Return where the next build goes to; the folder does not exist yet."""
        self._attempts += 1
        return self._folder / str(self._attempts)

    def record(self, outcome: Outcome) -> None:
        """Take note of how the build into the last `next_folder` ended, and tell the browsers."""
        with self._changed:
            previous, built = self._version, self._attempts
            self._outcome = outcome
            self._version = previous if outcome.failed else built
            self._news += 1
            self._changed.notify_all()
        # A site is kept for one build more: a page of it may be on its way to a browser.
        for number in range(1, built):
            if number != previous:
                shutil.rmtree(self._folder / str(number), ignore_errors=True)

    def close(self) -> None:
        """Send the browsers away."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait_for_news(self, seen: int, seconds: float) -> int | None:
        """Wait until there is something new to tell.

        Args:
            seen: what this method returned last time, 0 at first.
            seconds: how long to wait at most.

        Returns:
            The number of the latest news, which is ``seen`` after a wait in vain; None when the preview is closed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._news != seen, seconds)
            return None if self._closed else self._news

    def as_json(self) -> str:
        """Return the state as the script in the browser reads it, in one line."""
        with self._changed:
            return json.dumps({"version": self._version, **asdict(self._outcome)}, ensure_ascii=False)
