"""What the preview shows right now: the last good site, and what is to be said of the last change."""

from __future__ import annotations

import json
import re
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from macros.records.problems import Problem

TEMPORARY = "kepu-"
"""How the folders begin that the preview builds in; an editor has no use for them, and a page need not know them."""


def without_temporary(text: str) -> str:
    """Return a text without the temporary folders that it names; what lies in them stays."""
    folder = Path(tempfile.gettempdir())
    # An error of the system names a path as Python writes it, with backslashes doubled.
    forms = {str(place).replace("\\", sign) for place in (folder, folder.resolve()) for sign in ("\\", "\\\\", "/")}
    names = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.sub(rf"(?:{names})[/\\]+{TEMPORARY}\w+[/\\]*", "", text)


class PreviewedSite(Protocol):
    """A site of which one file after the other can be read, made before or only then."""

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none.

        Args:
            name: path below the site's root, POSIX form, without ``..``.
        """
        ...


@dataclass(frozen=True)
class UpdateOutcome:
    """What became of a change.

    Attributes:
        failed: the site does not show the change.
        summary: one line in Chinese.
        problems: what is wrong; after a good change these are notices.
        details: where a program stopped without naming problems; else empty.
    """

    failed: bool = False
    summary: str = ""
    problems: tuple[Problem, ...] = field(default=())
    details: str = ""

    def __str__(self) -> str:
        lines = [*map(str, self.problems), self.summary, self.details]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class Step:
    """One thing that the preview does after a change.

    Attributes:
        outcome: what to say.
        site: what to show from now on; None leaves what is shown.
    """

    outcome: UpdateOutcome
    site: PreviewedSite | None = None


class SiteMaker(Protocol):
    """Makes sites from the project's files."""

    def update(self, changed: Collection[Path]) -> Iterator[Step]:
        """Yield what is to be shown and said after a change.

        Args:
            changed: the files that changed; empty at the first time.
        """
        ...

    def inspect(self) -> UpdateOutcome | None:
        """Look closely at what is shown while nothing changes; None if there is nothing to add."""
        ...

    def interrupt(self) -> None:
        """End a closer look, called from another thread: something has changed."""
        ...


class Preview:
    """The state that the maker writes and the browsers read; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], object]] = []
        self._closed = False
        self._outcome = UpdateOutcome()
        self._site: PreviewedSite | None = None
        self._version = 0

    @property
    def shown(self) -> tuple[PreviewedSite | None, int]:
        """The site that is shown, None before the first, and its number, 0 before the first."""
        with self._lock:
            return self._site, self._version

    @property
    def closed(self) -> bool:
        """Whether the preview has ended."""
        with self._lock:
            return self._closed

    def apply(self, step: Step) -> None:
        """Show and say what a step asks for, and tell the browsers."""
        with self._lock:
            self._outcome = step.outcome
            if step.site is not None and step.site is not self._site:
                self._site = step.site
                self._version += 1
            self._notify()

    def close(self) -> None:
        """Send the browsers away."""
        with self._lock:
            self._closed = True
            self._notify()

    @contextmanager
    def listening(self, listener: Callable[[], object]) -> Iterator[None]:
        """Call a function after each change of the state, from any thread, as long as the block runs."""
        with self._lock:
            self._listeners.append(listener)
        try:
            yield
        finally:
            with self._lock:
                self._listeners.remove(listener)

    def _notify(self) -> None:
        for listener in self._listeners:
            listener()

    def as_json(self) -> str:
        """Return the state as the script in the browser reads it, in one line."""
        with self._lock:
            outcome = {**vars(self._outcome), "problems": [problem.as_data for problem in self._outcome.problems]}
            return json.dumps({"version": self._version, **outcome}, ensure_ascii=False)
