"""The site in the preview: every page and file is made when a browser asks for it, so an edit costs what is looked at.

Nothing keeps account of what depends on what. Making is pure: a session holds the records as they stand, and whatever is
asked of it is what a whole build would write (`tests/preview/test_live_site.py` holds the two against each other). What was read and
did not change is taken over from the session before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path, PurePosixPath

from macros.media.file_types import PICTURES
from macros.pages.handwritten import CONTENT
from macros.pages.site_settings import TRADITIONAL
from macros.preview.inspection import inspect, outcome_of
from macros.preview.state import Step, UpdateOutcome
from macros.records.load import Loaded
from macros.records.problems import Problem, ProblemsFound, has_errors, summarize
from macros.site.plugin import Engine
from macros.site.session import Session, open_session

PROGRAM = Path(__file__).resolve().parents[1]
"""A change in here starts the preview again."""

MOST_PAGES_INSPECTED = 2000
"""A site of so many pages is built as a whole in some seconds; larger ones are crawled by ``kepu build`` alone."""

_INDEX = "index.html"
_PICTURES = "assets/images/"
"""The engine copies these, so nobody else is asked first."""


class LiveSite:
    """The site of one session.

    Args:
        session: the records and pages as they stand.
        engine: makes the pages by hand.
    """

    def __init__(self, session: Session, engine: Engine) -> None:
        self.session, self._engine = session, engine
        # A browser asks for several files of the index at once, and the first makes it.
        self._index_lock = threading.Lock()

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""
        page = self.session.page_at(name.removesuffix(_INDEX)) if f"/{name}".endswith(f"/{_INDEX}") else None
        if page:
            return self.session.layout.page(page)
        if name.startswith(TRADITIONAL) and name.endswith(f"/{_INDEX}"):
            original = self.session.page_at(name.removeprefix(TRADITIONAL).removesuffix(_INDEX))
            return self.session.twins.read(name, original, self.session.written)
        if name in self.session.handwritten.files:
            file = self.session.root / CONTENT / name
            return file.read_bytes() if self._is_shown(name) and file.is_file() else None
        if name.startswith(_PICTURES):
            return self._engine.read(name, self.session)
        with self._index_lock if name.startswith("assets/search/") else nullcontext():
            made = self._made(name)
        return self._engine.read(name, self.session) if made is None else made

    def _is_shown(self, name: str) -> bool:
        if name in self.session.static_files.published:
            return True
        # A record that is being written names its pictures before it is saved.
        return self.session.shows_all and PurePosixPath(name).suffix.lower() in PICTURES

    def _made(self, name: str) -> bytes | None:
        try:
            return self.session.file_at(name)
        except ProblemsFound:  # a picture that nobody can open; the check tells of it
            return None


class LiveMaker:
    """Follows the project's files, and yields what the preview is to show and to say.

    Args:
        root: the project's folder.
        folder: an empty folder for the engine's files.
        build: returns the command line that builds the whole site into a folder, with problems as JSON.
        restart: starts the preview again, where the program itself has changed.
        pause: seconds between showing a change and checking it, in which the browser gets its page.
        shows_all: whether what waits for its day, and what is over, is shown, with a word that says so.
    """

    def __init__(
        self,
        root: Path,
        folder: Path,
        build: Callable[[Path], Sequence[str]],
        restart: Callable[[], None],
        pause: float = 1.0,
        shows_all: bool = True,
    ) -> None:
        self._shows_all = shows_all
        self._pause = pause
        self._root, self._build, self._restart = root, build, restart
        self._engine = Engine(root, folder)
        self._interrupted = threading.Event()
        self._last_good: LiveSite | None = None
        self._session: Session | None = None
        self._checked: tuple[Session, Sequence[Problem]] | None = None
        self._loaded: Loaded | None = None
        self._changed: frozenset[Path] = frozenset()
        self._problems: Sequence[Problem] = ()

    def update(self, changed: Collection[Path]) -> Iterator[Step]:
        """Yield what is to be shown and said after a change.

        A record that can be read is shown before the laws across all records are looked at, which takes longer; if one is
        broken, the last good site comes back.
        """
        self._interrupted.clear()
        if any(path.is_relative_to(PROGRAM) for path in changed):
            self._restart()
        try:
            site = self._open(changed)
            if self._last_good:
                yield Step(UpdateOutcome(), site)
                if self._interrupted.wait(self._pause):
                    # Something changed again, and the next update checks both.
                    return
            self._problems = self._check(site.session)
        except ProblemsFound as found:
            self._problems = found.problems
            yield Step(UpdateOutcome(True, summarize(found.problems), tuple(sorted(found.problems))), self._last_good)
            return
        self._last_good = site
        yield Step(UpdateOutcome(False, summarize(self._problems), tuple(self._problems)), site)

    @property
    def session(self) -> Session | None:
        """The records as they were last read, also where something is wrong with them; None before the first time."""
        return self._session

    @property
    def checked(self) -> tuple[Session, Sequence[Problem]] | None:
        """The records as they were last checked, with what was found wrong; None before the first time."""
        return self._checked

    def _open(self, changed: Collection[Path]) -> LiveSite:
        """Return the site as the files stand now.

        Raises:
            ProblemsFound: a file can't be read.
        """
        self._changed |= frozenset(changed)
        if any(not path.is_relative_to(self._root / "data") for path in self._changed):
            self._engine.outdate()
        unread = self._changed if self._loaded else None
        session = open_session(self._root, previous=self._loaded, changed=unread, shows_all=self._shows_all)
        self._loaded, self._changed = session.loaded, frozenset()
        self._session = session
        if has_errors(self._loaded.problems):
            self._checked = session, session.problems()
            raise ProblemsFound(self._checked[1])
        return LiveSite(session, self._engine)

    def _check(self, session: Session) -> list[Problem]:
        """Return the notices about a session.

        Raises:
            ProblemsFound: it breaks a law, or a page by hand is wrong.
        """
        problems = session.problems()
        self._checked = session, problems
        if has_errors(problems):
            raise ProblemsFound(problems)
        self._engine.run(session)
        return problems

    def inspect(self) -> UpdateOutcome | None:
        """Build and crawl the whole site while nothing changes; None if nothing new was found."""
        if not self._last_good or len(self._last_good.session.pages) > MOST_PAGES_INSPECTED or not self._is_good():
            return None
        found = inspect(self._build, self._root, self._interrupted.is_set)
        return outcome_of(found) if found is not None and set(found) != set(self._problems) else None

    def _is_good(self) -> bool:
        return not has_errors(self._problems)

    def interrupt(self) -> None:
        """End the closer look: something has changed."""
        self._interrupted.set()
