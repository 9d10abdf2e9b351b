"""A window of the editor without a browser: the application as `kepu edit` makes it, asked in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

from httpx import ASGITransport, BaseTransport, Client, Request, Response
from starlette.applications import Starlette

from macros.editor.answers import HOME
from macros.editor.application import Editor
from macros.editor.security import OPENING, TOKEN, EditorToken
from macros.preview.server import create_application
from macros.preview.state import Preview
from macros.records.problems import Problem
from macros.site.session import Session
from tests.editor.browser import Pair, sent_by
from tests.support import open_session

HOST = "127.0.0.1:8000"
FORM = "application/x-www-form-urlencoded"


class Records:
    """The records of a project, read anew whenever a file is another."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: tuple[dict[Path, int], Session] | None = None

    @property
    def session(self) -> Session:
        """The records as their files stand."""
        files = {path: path.stat().st_mtime_ns for path in (self.root / "data").rglob("*")}
        if self._read is None or self._read[0] != files:
            self._read = files, open_session(self.root)
        return self._read[1]

    @property
    def checked(self) -> tuple[Session, list[Problem]]:
        """The same, with what is wrong with them."""
        return self.session, self.session.problems()


class InThisProcess(BaseTransport):
    """Asks an application without a socket."""

    def __init__(self, application: Starlette) -> None:
        self._transport = ASGITransport(application)

    def handle_request(self, request: Request) -> Response:
        """Return the whole answer."""

        async def ask() -> Response:
            answer = await self._transport.handle_async_request(request)
            return Response(answer.status_code, headers=answer.headers, content=await answer.aread())

        # A browser that a test before this one started has a loop in this thread for as long as all tests run.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, ask()).result()


class Window:
    """One editor over a project, and a browser that was let in."""

    def __init__(self, root: Path) -> None:
        self.root, self.token = root, EditorToken()

    @cached_property
    def application(self) -> Starlette:
        """The application of preview and editor."""
        return create_application(Preview(), "/", Editor(self.root, Records(self.root), self.token).routes)

    def stranger(self) -> Client:
        """Return a browser that was not let in."""
        return Client(transport=InThisProcess(self.application), base_url=f"http://{HOST}", follow_redirects=True)

    @cached_property
    def browser(self) -> Client:
        """The browser that was let in by the address with the token."""
        browser = self.stranger()
        assert browser.get(HOME, params={OPENING: self.token.secret}).status_code == 200
        return browser

    def get(self, address: str) -> Response:
        """Return a page below the editor's home."""
        return self.browser.get(HOME + address)

    def post(self, address: str, pairs: Iterable[Pair], **headers: str) -> Response:
        """Send a form, as a page of the editor does."""
        own = {"Origin": f"http://{HOST}", "Content-Type": FORM, **headers}
        return self.browser.post(HOME + address, content=urlencode(list(pairs)), headers=own)

    def form(self, address: str) -> list[Pair]:
        """Return what a page's form sends if nothing is touched."""
        return sent_by(self.get(address).text)

    @property
    def signed(self) -> Pair:
        """The pair that each form brings."""
        return TOKEN, self.token.form


def changed(pairs: Iterable[Pair], **values: str) -> list[Pair]:
    """Return what a form sends with other values; ``__`` stands for the point in a name."""
    others = {name.replace("__", "."): value for name, value in values.items()}
    return [(name, others.get(name, value)) for name, value in pairs]
