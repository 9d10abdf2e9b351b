"""The web server of the preview: the last good site, and what the script in its pages needs."""

from __future__ import annotations

import os
import sys
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import MimeTypes
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from macros.preview.state import Preview, Site

_RESERVED = "/__kepu__/"
_TOOLS = Path(__file__).parent
_HEARTBEAT_SECONDS = 15.0
_PORTS_TRIED = 50

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


class PreviewServer(ThreadingHTTPServer):
    """Serves a preview.

    Args:
        address: host and port.
        preview: what to show.
        base_path: the folder of the site on its host, ``/`` or e.g. ``/kepu/``.
    """

    daemon_threads = True
    # On Windows this option would let two servers listen at one port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, address: tuple[str, int], preview: Preview, base_path: str) -> None:
        self.preview = preview
        self.base_path = base_path
        super().__init__(address, _Handler)

    @property
    def url(self) -> str:
        """The address of the start page."""
        return f"http://{self.server_address[0]!s}:{self.server_port}{self.base_path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that leaves in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def open_server(host: str, port: int, preview: Preview, base_path: str) -> PreviewServer:
    """Return a server at a port, or at the next one that is free.

    Raises:
        OSError: none of the ports can be used.
    """
    for candidate in range(port, port + _PORTS_TRIED):
        try:
            return PreviewServer((host, candidate), preview, base_path)
        except OSError:
            if candidate == port + _PORTS_TRIED - 1:
                raise
    raise AssertionError("unreachable")


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: PreviewServer

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == f"{_RESERVED}events":
            self._send_events()
        elif path.startswith(_RESERVED):
            self._send_tool(path.removeprefix(_RESERVED))
        elif not path.startswith(self.server.base_path):
            self._send_redirect(self.server.base_path)
        else:
            self._send_page(path.removeprefix(self.server.base_path))

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the terminal for what an editor has to know."""

    def _send_page(self, name: str) -> None:
        """Send a file of the site, the page for missing ones, or, before the first site, the page that waits for it."""
        site, version = self.server.preview.shown
        if site is None:
            waiting = (_TOOLS / "waiting.html").read_bytes()
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, "waiting.html", _with_script(waiting, version))
            return
        try:
            self._send_file(site, name, version)
        except ConnectionError:
            raise
        except Exception as error:
            # A template is wrong, which shows only when a page is made; the next save may mend it.
            said = (_TOOLS / "failed.html").read_text("utf-8").replace("{reason}", escape(f"{error}"))
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "failed.html", _with_script(said.encode(), version))

    def _send_file(self, site: Site, name: str, version: int) -> None:
        """Send a file of a site, or its page for missing ones."""
        body, kind = _read(site, name), name if PurePosixPath(name).suffix else "index.html"
        if body is None and name and not name.endswith("/") and _read(site, f"{name}/") is not None:
            self._send_redirect(f"{urlsplit(self.path).path}/")
            return
        status = HTTPStatus.OK
        if body is None:
            status, kind = HTTPStatus.NOT_FOUND, "404.html"
            body = site.read(kind) or "找不到这一页。".encode()
        self._send(status, kind, _with_script(body, version) if kind.endswith(".html") else body)

    def _send_tool(self, name: str) -> None:
        """Send a file that the script in the browser needs."""
        file = find_file(_TOOLS, name)
        if file is None:
            self._send(HTTPStatus.NOT_FOUND, "missing.txt", b"")
        else:
            self._send(HTTPStatus.OK, file.name, file.read_bytes())

    def _send_events(self) -> None:
        """Send the state whenever it changes, until the browser or the preview ends (server-sent events)."""
        self._send_head(HTTPStatus.OK, "text/event-stream; charset=utf-8")
        seen = 0
        while (news := self.server.preview.wait_for_news(seen, _HEARTBEAT_SECONDS)) is not None:
            line = ": still here" if news == seen else f"data: {self.server.preview.as_json()}"
            self.wfile.write(f"{line}\n\n".encode())
            seen = news

    def _send_redirect(self, location: str) -> None:
        """Send the browser to another address of this server."""
        self._send_head(HTTPStatus.FOUND, "text/plain; charset=utf-8", {"Location": location, "Content-Length": "0"})

    def _send(self, status: HTTPStatus, name: str, body: bytes) -> None:
        """Send a whole answer."""
        self._send_head(status, content_type(name), {"Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_head(self, status: HTTPStatus, content: str, headers: dict[str, str] | None = None) -> None:
        """Send the head of an answer that no browser keeps."""
        self.send_response(status)
        all_headers = {"Content-Type": content, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        for name, value in {**all_headers, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()


def _read(site: Site, name: str) -> bytes | None:
    """Return a file of a site by its decoded address path; None for none, and for a path that climbs."""
    file = name if name and not name.endswith("/") else f"{name}index.html"
    plain = "\0" not in file and not {"", ".", ".."} & set(file.split("/"))
    return site.read(file) if plain else None


def find_file(folder: Path, name: str) -> Path | None:
    """Return the file of a folder that a decoded address path names; None for none, and for one outside the folder."""
    file = folder / (name if name and not name.endswith("/") else f"{name}index.html")
    try:
        inside = file.resolve().is_relative_to(folder.resolve())
        return file if inside and file.is_file() else None
    except (OSError, ValueError):
        return None


def content_type(name: str) -> str:
    """Return the media type of a file by its name, with the encoding where it is text."""
    kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind


def _with_script(page: bytes, version: int) -> bytes:
    """Return a page with the script of the preview: at its end, where the page's own ends cannot swallow it."""
    script = f'<script src="{_RESERVED}overlay.js" data-version="{version}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script
