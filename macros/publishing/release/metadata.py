"""The last step of every build: what can be known of finished files only — headers and the inventory."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from macros.publishing.crawl.site_files import list_files
from macros.publishing.release import headers
from macros.publishing.release.guards import MARKER
from macros.publishing.release.inventory import encode_inventory

GENERATED = ("_headers", "headers.nginx.conf", "headers.caddy", MARKER)
"""The files that are written here, so that nothing else may claim their names."""


def write_metadata(
    folder: Path,
    facts: Mapping[str, Any],
    base_url: str,
    hashed: Mapping[str, str] = MappingProxyType({}),
    inline: headers.InlineCode | None = None,
    ancestors: Sequence[str] = (),
) -> None:
    """Write headers and inventory into a site that is otherwise finished.

    Args:
        folder: the site.
        facts: what ``build.json`` tells of the build; must not depend on clock, time zone or machine.
        base_url: address of the start page, or empty if it is not known.
        hashed: path → SHA-256 of files that need not be read again.
        inline: what the pages may run and apply; None to allow what stands in them.
        ancestors: origins of the other sites that may show our lists in a frame.

    Raises:
        OSError: the disk does not allow it.
    """
    names = [name for name in list_files(folder)[0] if name not in GENERATED]
    found = headers.InlineCode()
    hashes = {name: hashed.get(name) or _read(folder / name, found) for name in names}
    base = urlsplit(base_url).path or "/"
    for name, content in headers.files(inline or found, base, names, ancestors).items():
        (folder / name).write_bytes(content)
        hashes[name] = hashlib.sha256(content).hexdigest()
    (folder / MARKER).write_bytes(encode_inventory(facts, hashes))


def _read(path: Path, inline: headers.InlineCode) -> str:
    """Read a file once for both purposes; return its hash."""
    content = path.read_bytes()
    if path.suffix == ".html":
        # What is not UTF-8 is reported by the crawl, with its remedy.
        inline.read(content.decode("utf-8", "replace"))
    return hashlib.sha256(content).hexdigest()
