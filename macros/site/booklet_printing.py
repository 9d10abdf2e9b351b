"""Print the booklets of a finished site as PDF, by Chromium.

Chromium writes page numbers at the foot of pages, but can't refer to them (CSS Generated Content for Paged Media,
``target-counter``). So each booklet is printed twice: the links of its contents lead, in the PDF, to pages; their numbers
are written into the contents, and the second PDF is the one.
"""

from __future__ import annotations

import http.server
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from pypdf import PdfReader

from macros.publishing.release.errors import PublishingError

PAPERS = ("A4", "A5")
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_LONGEST = 300
"""Seconds that one booklet may take; one of 200 places takes three."""

_BOOKLET = 'class="booklet"'
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
_LINK = re.compile(r'<a href="(\.[^"]*)"')
_PLACE = re.compile(r'(data-page-of="([^"]+)">)')


def booklets_of(site: Path) -> list[str]:
    """Return the addresses of the booklets of a finished site, sorted."""
    pages = sorted((site / "booklet").rglob("index.html"))
    found = [page for page in pages if _BOOKLET in page.read_text("utf-8")]
    return [f"{page.parent.relative_to(site).as_posix()}/" for page in found]


def print_booklets(site: Path, paper: str, out: Path) -> Iterator[Path]:
    """Print every booklet of a site; yield each file when it is written.

    Args:
        site: the finished site.
        paper: one of `PAPERS`.
        out: the folder of the files, which are named after the booklets: ``booklet-bases-A5.pdf``.

    Raises:
        PublishingError: the site has no booklets, or there is no Chromium, or it prints nothing.
        OSError: the disk does not allow it.
    """
    addresses, program = booklets_of(site), _program()
    if not addresses:
        raise PublishingError(f"{site}：里面没有小册子；请先在 mkdocs.yml 里写 booklets: true，再运行 kepu build。")
    out.mkdir(parents=True, exist_ok=True)
    for address in addresses:
        path = out / f"{address.strip('/').replace('/', '-')}-{paper}.pdf"
        path.write_bytes(_printed(site, address, paper, program))
        yield path


def _program() -> str:
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if not found:
        raise PublishingError("找不到 Chromium（或 Chrome、Edge），印不了 PDF；请先安装，或在浏览器里打开小册子打印。")
    return found


def _printed(site: Path, address: str, paper: str, program: str) -> bytes:
    html = _prepared((site / address / "index.html").read_text("utf-8"), paper)
    pages = page_numbers(_pdf(site, address, html, program))
    return _pdf(site, address, _PLACE.sub(lambda found: f"{found[1]}{pages.get(found[2], '')}", html), program)


def _prepared(html: str, paper: str) -> str:
    """Return a booklet's page for a paper; what it prints of its address, and where its links lead, is the published site."""
    html = _POLICY.sub("", html).replace("</head>", f"<style>@page {{ size: {paper}; }}</style>\n</head>", 1)
    canonical = _CANONICAL.search(html)
    if not canonical:
        return html
    base = canonical[1]
    html = html.replace("<html ", f'<html data-address="{base}" ', 1)
    return _LINK.sub(lambda found: f'<a href="{urljoin(base, found[1])}"', html)


def page_numbers(pdf: bytes) -> Mapping[str, int]:
    """Return on which page of a PDF, from 1, the places lie to which its links lead, by their anchors."""
    reader = PdfReader(BytesIO(pdf))
    return {
        name.lstrip("/"): int(reader.get_destination_page_number(place) or 0) + 1
        for name, place in reader.named_destinations.items()
    }


def _pdf(site: Path, address: str, html: str, program: str) -> bytes:
    """Return a page as PDF, with whatever stands beside it on the site."""
    with tempfile.TemporaryDirectory() as folder, _served(site, address, html.encode()) as base:
        path = Path(folder) / "booklet.pdf"
        command = [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
        ]
        command += ["--virtual-time-budget=10000", f"--print-to-pdf={path}", f"{base}{address}"]
        try:
            subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False)
            return path.read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise PublishingError(f"{address}：{program} 没有印出 PDF；请在浏览器里打开这一页打印。") from None


@contextmanager
def _served(site: Path, address: str, page: bytes) -> Iterator[str]:
    """Serve a site on this machine alone, with another page in place of one of its own."""
    handler = partial(_Handler, {f"/{address}": page}, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, pages: Mapping[str, bytes], *arguments: Any, **named: Any) -> None:
        self._pages = pages
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        page = self._pages.get(self.path)
        if page is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)
        return None

    def log_message(self, format: str, *args: object) -> None:
        pass
