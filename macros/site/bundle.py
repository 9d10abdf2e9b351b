"""The bundle: a finished site as one zip that opens from a folder, without a server, with search and finders.

For computers of a village library or an exhibition that have no network. From ``file:`` addresses browsers load no modules and
fetch no data, show the list of a folder's files in place of its page, and start no worker. So modules become classic scripts
(`macros.pages.scripts`), data become scripts that hand in their text (``bundle/runtime.js``), and links to a folder lead to its
``index.html``. Everything else is as it is on the site.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from macros.exports.files import Jobs
from macros.pages.assets import CLASSIC_SCRIPTS, SCRIPTS, bare_script
from macros.pages.scripts import classic
from macros.publishing.crawl.site_files import list_files
from macros.publishing.release.inventory import digest_of
from macros.publishing.release.metadata import GENERATED
from macros.site.session import Session
from macros.site.write import WrittenFiles, write

ADDRESS = "data/offline.zip"
"""Where the site offers it; without a day in its name, so that the address lives on."""

START = "打开网站.html"
FOLDER = "site/"
"""Apart from the page to open, so that it is found among some thirty folders."""

_DATA = ("assets/search/", "assets/finder/")
"""Folders of what scripts fetch; nothing else does."""
# Files for servers and crawlers.
_LEFT_OUT = re.compile(
    r"404\.html|robots\.txt|sitemap[\w-]*\.xml|_redirects|redirects\..*|" + "|".join(map(re.escape, GENERATED))
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_SCRIPT = re.compile(r'<script type="module" src="([^"]*/)?(assets/javascripts/[0-9a-f]{16}/)([^"]+)"')
_PRELOAD = re.compile(r'<link rel="modulepreload"[^>]*>\n?')
_ADDRESS = re.compile(r'(?<=\s)(href|action)="([^"]*)"')
# What a script makes cards of, which puts an id behind the address.
_TEMPLATE = re.compile(r"(<template\b.*?</template>)", re.DOTALL)
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="0; url=)([^"]*)"')
_FOLDER = re.compile(r"(?![a-z][a-z0-9+.-]*:|/|#|\?)((?:[^?#]*/)?(?:\.\.?/?)?)(?=[?#]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Bundle:
    """A finished site's bundle.

    Attributes:
        folder: the site.
        runtime: the script that all pages of the bundle need first.
        start: the page to open, which leads to the start page.
    """

    folder: Path
    runtime: str
    start: str

    def write(self, path: Path) -> int:
        """Write the zip, with the same bytes for the same site; return its size in bytes.

        Raises:
            OSError: the disk does not allow it.
        """
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in (START, self.start.encode()), *self.files():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.external_attr = 0o644 << 16
                made.writestr(entry, content, None if _is_packed(name) else zipfile.ZIP_DEFLATED)
        return path.stat().st_size

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the site as they stand in the bundle, path and content."""
        names = [name for name in list_files(self.folder)[0] if name != ADDRESS and not _LEFT_OUT.fullmatch(name)]
        for name in names:
            yield from ((f"{FOLDER}{path}", content) for path, content in self._file(name))
        for scripts in sorted({build for name in names if (build := _build_of(name))}):
            yield f"{FOLDER}{scripts}bundle.js", bare_script(self.runtime).encode()

    def _file(self, name: str) -> Iterable[tuple[str, bytes]]:
        content = (self.folder / name).read_bytes()
        if name.endswith(".html"):
            return [(name, bundled_page(content.decode()).encode())]
        if name.startswith(SCRIPTS):
            return _script(name, content)
        if name.startswith(_DATA):
            text = json.dumps(content.decode(), ensure_ascii=False)
            return [(f"{name}.js", f"kepuBundle.file({json.dumps(name)}, {text});\n".encode())]
        return [(name, content)]


def offer_bundle(folder: Path, session: Session) -> WrittenFiles:
    """Make the bundle of a site and offer it on the page of the open data; in the bundle that page offers none.

    Args:
        folder: the site with all its pages.
        session: the session that it was made from.

    Returns:
        What was written.
    """
    data = session.planned["data/"]
    runtime = session.assets.theme.read(f"{SCRIPTS}bundle/runtime.js")
    start = session.renderer.render("pages/bundle.html", data, {"folder": FOLDER})
    size = Bundle(folder, runtime, start).write(folder / ADDRESS)
    offer = {"address": ADDRESS, "size": size, "start": START}
    page = session.layout.page(replace(data, data={**data.data, "bundle": offer}))
    written = write(folder, Jobs([], [lambda: iter([("data/index.html", page)])]))
    written.hashes[ADDRESS] = digest_of(folder / ADDRESS)
    return written


def _script(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """Return a script of a build; what stands at a lasting address for other programmes is left out."""
    build = _build_of(name)
    module = name.removeprefix(build)
    if module in CLASSIC_SCRIPTS:
        return [(name, content)]
    return [(name, classic(module, content.decode()).encode())] if build else []


def _build_of(name: str) -> str:
    """Return the folder of a build's scripts in which a file lies; empty for another file."""
    found = re.match(rf"{SCRIPTS}[0-9a-f]{{16}}/", name)
    return found[0] if found else ""


def bundled_page(html: str) -> str:
    """Return a page as it stands in the bundle.

    Args:
        html: the page of the site.
    """
    # A file is of no origin in some browsers, so that 'self' matches nothing.
    html = _POLICY.sub(lambda found: found[0].replace("'self'", "'self' file:"), html, count=1)
    html = _SCRIPT.sub(
        lambda found: f'<script defer src="{found[1] or ""}{found[2]}{found[3]}"', _PRELOAD.sub("", _started(html))
    )
    html = _REFRESH.sub(lambda found: f'{found[1]}{whole(found[2])}"', html)
    parts = _TEMPLATE.split(html)
    parts[::2] = [_ADDRESS.sub(lambda found: f'{found[1]}="{whole(found[2])}"', part) for part in parts[::2]]
    return "".join(parts)


def _started(html: str) -> str:
    """Return a page with the bundle's own script before its first module."""
    found = _SCRIPT.search(html)
    if not found:
        return html
    script = f'<script src="{found[1] or ""}{found[2]}bundle.js"></script>\n'
    return html[: found.start()] + script + html[found.start() :]


def whole(address: str) -> str:
    """Return the address of a page with the name of its file: ``../bases/?town=x`` becomes ``../bases/index.html?town=x``.

    Args:
        address: as written in a page; one of another site, or of a file, stays as it is.
    """
    found = _FOLDER.match(address)
    if not found or not found[1]:
        return address
    folder = found[1] if found[1].endswith("/") else f"{found[1]}/"
    return f"{folder}index.html{address[found.end() :]}"


def _is_packed(name: str) -> bool:
    """Tell whether a file is packed already, so that packing it again costs time and wins nothing."""
    return name.lower().endswith((".webp", ".jpg", ".jpeg", ".png", ".pdf", ".xlsx", ".docx", ".zip", ".mp3", ".mp4"))
