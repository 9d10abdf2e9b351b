"""The inventory of a finished site: ``build.json`` names every file by its SHA-256, so that anyone can prove a copy.

It is written last and says nothing of itself; the name of a release carries the hash of the inventory instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from macros.publishing.crawl.site_files import list_files
from macros.publishing.release import companions
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.guards import GENERATOR, MARKER

_SHOWN = 5
_LARGEST = 100_000_000
"""Bytes of ``build.json``; 100,000 records make 25 MB."""
_INDEX = "index.html"


@dataclass(frozen=True)
class Inventory:
    """What ``build.json`` says.

    Attributes:
        facts: commit, day, mode, counts.
        files: path below the site's folder, POSIX form → SHA-256 in hexadecimal digits; all but ``build.json``.
        digest: SHA-256 of ``build.json`` itself: the one name of a build.
    """

    facts: Mapping[str, Any]
    files: Mapping[str, str]
    digest: str

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages among the files."""
        return tuple(name for name in self.files if name.endswith(".html"))

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of the pages, relative to the site's root, as readers see them."""
        return frozenset(name.removesuffix(_INDEX) for name in self.files if f"/{name}".endswith(f"/{_INDEX}"))


def encode_inventory(facts: Mapping[str, Any], files: Mapping[str, str]) -> bytes:
    """Return ``build.json``.

    Args:
        facts: what it says of the build, in this order.
        files: path → SHA-256.
    """
    pages = sum(name.endswith(".html") for name in files)
    note = {"generator": GENERATOR, **facts, "pages": pages, "files": dict(sorted(files.items()))}
    return (json.dumps(note, ensure_ascii=False, indent=1) + "\n").encode()


def read_inventory(place: Path) -> Inventory:
    """Read the inventory of a site.

    Args:
        place: the site's folder, or a ``build.json``.

    Raises:
        PublishingError: there is none, or it is not one of this program's.
    """
    path = place / MARKER if place.is_dir() else place
    try:
        if path.stat().st_size > _LARGEST:
            raise PublishingError(f"{path}：有 {path.stat().st_size // 1_000_000} MB，太大，不像是 build.json。")
        content = path.read_bytes()
        note = json.loads(content)
    except (OSError, ValueError, RecursionError):
        raise PublishingError(f"{place}：没有能读的 build.json；请先用 kepu build 生成网站。") from None
    files = note.pop("files", None) if isinstance(note, dict) else None
    if not _is_listing(files) or note.get("generator") != GENERATOR:
        raise PublishingError(f"{path}：不是这个版本生成的 build.json，里面没有文件清单；请重新运行 kepu build。")
    return Inventory(note, files, hashlib.sha256(content).hexdigest())


def _is_listing(files: object) -> TypeGuard[dict[str, str]]:
    return isinstance(files, dict) and all(isinstance(digest, str) for digest in files.values())


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def differences(folder: Path, inventory: Inventory) -> Iterator[str]:
    """Yield in Chinese how a folder differs from its inventory: files changed, missing, added, or links.

    A compressed copy beside a file is no addition if it holds that very file.

    Raises:
        OSError: a file can't be read.
    """
    names, links = list_files(folder)
    present = set(names) - set(links) - {MARKER}
    yield from (f"{name} 是符号链接" for name in links)
    yield from (f"{name} 缺失" for name in sorted(inventory.files.keys() - present - set(links)))
    for name in sorted(present - inventory.files.keys()):
        if not _is_companion(folder, name, inventory):
            yield f"{name} 是多出来的"
    for name in sorted(present & inventory.files.keys()):
        if digest_of(folder / name) != inventory.files[name]:
            yield f"{name} 的内容变了"


def _is_companion(folder: Path, name: str, inventory: Inventory) -> bool:
    """Tell whether a file is a faithful compressed copy of one in the inventory."""
    source = companions.origin(name)
    if source is None or source not in inventory.files:
        return False
    content = companions.unpacked(name, (folder / name).read_bytes())
    return content is not None and hashlib.sha256(content).hexdigest() == inventory.files[source]


def prove(folder: Path, what: str) -> Inventory:
    """Return the inventory of a site after every file was compared with it.

    Args:
        folder: the site.
        what: how to call it in a message.

    Raises:
        PublishingError: a file is missing, changed or added.
    """
    inventory = read_inventory(folder)
    if found := list(differences(folder, inventory)):
        raise PublishingError(f"{what}和它的 build.json 不一致：{first_few(found)}。没有发布任何东西。")
    return inventory


def first_few(differences: Sequence[str]) -> str:
    """Return the first few of many differences, and how many there are."""
    more = f"；等 {len(differences)} 处" if len(differences) > _SHOWN else ""
    return "；".join(differences[:_SHOWN]) + more
