"""The web server of the preview: the last good site, and what the script in its pages needs.

It answers on this machine's own address alone, and only to its own pages: without a look at ``Host`` and ``Origin`` any
site that an editor visits could read the preview, by a name that leads here (DNS rebinding) or by a request of its own.
"""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from http import HTTPStatus
from mimetypes import MimeTypes
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from macros.preview.state import Preview, PreviewedSite, without_temporary

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

HOST = "127.0.0.1"
"""The preview shows drafts, so only this machine may see it."""

RESERVED = "/__kepu__/"
"""Addresses below are the preview's own, whatever the site holds."""

_OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?", re.IGNORECASE)
_TOOLS = Path(__file__).parent
_TOOL_NAMES = ("overlay.js", "overlay.css", "waiting.css")
_HEARTBEAT_SECONDS = 15.0
_LONGEST_END_SECONDS = 2
_PORTS_TRIED = 50
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

# Not the types of the machine: the registry of Windows likes to call scripts plain text.
_TYPES = MimeTypes()
for _ending, _type in {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".ics": "text/calendar",
    ".csv": "text/csv",
    ".md": "text/markdown",
}.items():
    _TYPES.add_type(_type, _ending)
_TEXTS = {"application/json", "application/manifest+json", "application/xml", "image/svg+xml"}


@contextmanager
def serving(listener: socket.socket, application: Starlette) -> Iterator[None]:
    """Answer the requests that reach a socket, in a thread of its own, as long as the block runs."""
    config = uvicorn.Config(
        application,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        # The terminal is for what an editor has to know.
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_LONGEST_END_SECONDS,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def listen(port: int) -> socket.socket:
    """Return a socket that listens at a port of this machine, or at the next one that is free; 0 for any.

    Raises:
        OSError: none of the ports can be used.
        OverflowError: the port is no port.
    """
    for candidate in range(port, port + _PORTS_TRIED - 1):
        try:
            return socket.create_server((HOST, candidate))
        except OSError:
            continue
    return socket.create_server((HOST, port + _PORTS_TRIED - 1))


def create_application(preview: Preview, base_path: str, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Return what answers requests.

    Args:
        preview: what to show.
        base_path: the folder of the site on its host, ``/`` or e.g. ``/kepu/``.
        routes: what else is answered, with addresses below `RESERVED`.
    """
    pages = _Pages(preview, base_path)
    own = [
        Route(f"{RESERVED}events", _Events(preview).stream),
        *(Route(f"{RESERVED}{name}", _tool) for name in _TOOL_NAMES),
        Route(f"{RESERVED}{{name:path}}", _missing_tool),
        Route("/{name:path}", pages.answer),
    ]
    return Starlette(routes=[*routes, *own], middleware=[Middleware(_OwnPagesOnly)])


class _OwnPagesOnly:
    """Refuses requests that a foreign page sends, or that were meant for another host."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = _refusal(Headers(scope=scope)) if scope["type"] == "http" else None
        await (refused or self._app)(scope, receive, send)


def _refusal(headers: Headers) -> Response | None:
    host, origin = headers.get("host", ""), headers.get("origin")
    if not _OWN_HOST.fullmatch(host):
        return _answer("预览只在本机打开，网址要以 127.0.0.1 或 localhost 开头。".encode(), "a.txt", 421)
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        return _answer("别的网站不能使用预览。".encode(), "a.txt", 403)
    return None


class _Events:
    """Tells browsers the state of the preview."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview

    async def stream(self, request: Request) -> Response:
        """Send the state whenever it changes, until the browser or the preview ends (server-sent events)."""
        return StreamingResponse(self._states(), headers=_HEADERS, media_type="text/event-stream; charset=utf-8")

    async def _states(self) -> AsyncIterator[str]:
        loop, changed = asyncio.get_running_loop(), asyncio.Event()
        with self._preview.listening(lambda: loop.call_soon_threadsafe(changed.set)):
            while not self._preview.closed:
                changed.clear()
                yield f"data: {self._preview.as_json()}\n\n"
                while not await _is_set_in_time(changed):
                    yield ": still here\n\n"


async def _is_set_in_time(event: asyncio.Event) -> bool:
    try:
        return await asyncio.wait_for(event.wait(), _HEARTBEAT_SECONDS)
    except TimeoutError:
        return False


class _Pages:
    """Answers with pages and files of the site; in threads, since a page is made when it is asked for."""

    def __init__(self, preview: Preview, base_path: str) -> None:
        self._preview, self._base_path = preview, base_path

    def answer(self, request: Request) -> Response:
        """Return a file of the site, the page for missing ones, or, before the first site, the page that waits for it."""
        path: str = request.scope["path"]
        if not path.startswith(self._base_path):
            return RedirectResponse(self._base_path, HTTPStatus.FOUND, _HEADERS)
        site, version = self._preview.shown
        if site is None:
            waiting = (_TOOLS / "waiting.html").read_bytes()
            return _answer(_with_script(waiting, version), "waiting.html", HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            return self._file(site, path.removeprefix(self._base_path), version)
        except Exception as error:
            # A template is wrong, which shows only when a page is made; the next save may put it right.
            page = (
                (_TOOLS / "failed.html").read_text("utf-8").replace("{reason}", escape(without_temporary(f"{error}")))
            )
            failed = _with_script(page.encode(), version)
            return _answer(failed, "failed.html", HTTPStatus.INTERNAL_SERVER_ERROR)

    def _file(self, site: PreviewedSite, name: str, version: int) -> Response:
        """Return a file of a site, or its page for missing ones."""
        body, kind = _read(site, name), name if PurePosixPath(name).suffix else "index.html"
        if body is None and name and not name.endswith("/") and _read(site, f"{name}/") is not None:
            return RedirectResponse(f"{self._base_path}{name}/", HTTPStatus.FOUND, _HEADERS)
        status = HTTPStatus.OK
        if body is None:
            status, kind = HTTPStatus.NOT_FOUND, "404.html"
            body = site.read(kind) or "找不到这一页。".encode()
        return _answer(_with_script(body, version) if kind.endswith(".html") else body, kind, status)


def _tool(request: Request) -> Response:
    """Return a file that the script in the browser needs."""
    name = request.scope["path"].removeprefix(RESERVED)
    return _answer((_TOOLS / name).read_bytes(), name)


def _missing_tool(request: Request) -> Response:
    return _answer(b"", "missing.txt", HTTPStatus.NOT_FOUND)


def _answer(body: bytes, name: str, status: int = HTTPStatus.OK) -> Response:
    """Return a whole answer that no browser keeps."""
    return Response(body, status, {**_HEADERS, "Content-Type": content_type(name)})


def _read(site: PreviewedSite, name: str) -> bytes | None:
    """Return a file of a site by its decoded address path; None for none, and for a path that climbs."""
    file = name if name and not name.endswith("/") else f"{name}index.html"
    return site.read(file) if is_plain(file) else None


def is_plain(name: str) -> bool:
    """Tell whether a decoded address path stays below whatever folder it is joined to, also on Windows.

    There a backslash parts folders too, ``C:`` names a drive and ``//host`` a share, an absolute path takes the place of
    the folder it is joined to, and points and spaces at the end of a name are left out.
    """
    parts = name.split("/")
    return not set("\0\\:") & set(name) and all(part and part == part.rstrip(". ") for part in parts)


def content_type(name: str) -> str:
    """Return the media type of a file by its name, with the encoding where it is text."""
    kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind


def _with_script(page: bytes, version: int) -> bytes:
    """Return a page with the script of the preview: at its end, where the page's own ends cannot swallow it."""
    script = f'<script src="{RESERVED}overlay.js" data-version="{version}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script
