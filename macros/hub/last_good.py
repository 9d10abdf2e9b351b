"""The state folder: of each member the files of its last good state, so that a district that fails keeps its place.

``STATE/ID/`` holds the files as they were read, under their own paths; ``STATE/.ID.new/`` what was fetched and is not yet
known to be good. A file is taken only if it is the one that ``build.json`` names, so files of two builds never meet.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.hub.distrust import mapping, parsed, rows
from macros.hub.member_files import MemberFailed, MemberFiles
from macros.library.facets import facets_of
from macros.publishing.release.guards import GENERATOR, MARKER
from macros.records.model.registry import KINDS
from macros.search.index import FORMAT

API = "api/v1/index.json"
FEED = "feed.json"
MANIFEST = "assets/search/manifest.json"
API_VERSION = "1"

_TABLES = ("facets.json", "wishes.json", "fulfilled.json", "days.json", "readings.json")
_BUILD = re.compile(r"[0-9a-f]{16}")
_SMALL, _LARGE = 4_000_000, 128_000_000
"""Most bytes of a file that grows with nothing, and of one that grows with the records."""

_MOST_FILES = 20_000
"""Most files of one index: 100,000 records have 12,500 of snippets and some hundred of postings."""


def vocabularies() -> tuple[str, ...]:
    """Return the names of the vocabularies whose order finders keep."""
    names = {facet.vocabulary for model in KINDS.values() for facet in facets_of(model) if facet.vocabulary}
    return ("kinds", *sorted(names))


@dataclass(frozen=True)
class KeptFiles:
    """The files of one state of a member.

    Attributes:
        folder: where they lie.
    """

    folder: Path

    def json(self, path: str) -> Any:
        """Return what a file says; None if the member has none such.

        Raises:
            MemberFailed: it is broken.
        """
        place = self.folder / path
        return parsed(place.read_bytes(), path) if place.is_file() else None

    def text(self, path: str) -> str:
        """Return the text of a file.

        Raises:
            MemberFailed: it is not there, or no UTF-8.
        """
        try:
            return (self.folder / path).read_bytes().decode("utf-8")
        except (OSError, ValueError):
            raise MemberFailed(f"{path} 读不了") from None

    @property
    def index_folder(self) -> str:
        """The folder of the search index."""
        return _index_folder(self.json(MANIFEST))

    @property
    def as_of(self) -> str:
        """The day of the data."""
        return str(mapping(self.json(MARKER)).get("as_of", ""))


def fetch(files: MemberFiles, state: Path, identifier: str) -> None:
    """Bring the files of a member into the state folder, to be looked at; nothing, if they are those that are there.

    Args:
        files: where they come from.
        state: the state folder.
        identifier: the member.

    Raises:
        MemberFailed: one of them can't be read, or is none of those that the member's inventory names.
    """
    fresh = fresh_folder(state, identifier)
    shutil.rmtree(fresh, ignore_errors=True)
    marker = files.read(MARKER, _LARGE)
    kept = state / identifier / MARKER
    if kept.is_file() and kept.read_bytes() == marker:
        return
    hashes = _hashes(marker)
    try:
        _write(fresh / MARKER, marker)
        for path, limit in _wanted(files, hashes, fresh):
            _write(fresh / path, _checked(files, path, limit, hashes))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def fresh_folder(state: Path, identifier: str) -> Path:
    """Return where what was fetched waits."""
    return state / f".{identifier}.new"


def accept(state: Path, identifier: str) -> None:
    """Make what was fetched the last good state."""
    fresh, kept, old = fresh_folder(state, identifier), state / identifier, state / f".{identifier}.old"
    shutil.rmtree(old, ignore_errors=True)
    if kept.exists():
        kept.rename(old)
    fresh.rename(kept)
    shutil.rmtree(old, ignore_errors=True)


def recover(state: Path, identifier: str) -> None:
    """Undo what a run that was killed between two renames left."""
    kept, old = state / identifier, state / f".{identifier}.old"
    if old.is_dir() and not kept.exists():
        old.rename(kept)


def _hashes(marker: bytes) -> Mapping[str, Any]:
    facts = mapping(parsed(marker, MARKER))
    if facts.get("generator") != GENERATOR:
        raise MemberFailed("build.json 不是本程序生成的网站的")
    return mapping(facts.get("files"))


def _wanted(files: MemberFiles, hashes: Mapping[str, Any], fresh: Path) -> Iterator[tuple[str, int]]:
    """Yield the paths of what is read, each with the most bytes; what one says decides what is read after it."""
    yield API, _SMALL
    _refuse_version(mapping(KeptFiles(fresh).json(API)))
    optional = [FEED, *(f"api/v1/terms/{name}.json" for name in vocabularies())]
    yield from ((path, _SMALL) for path in optional if path in hashes)
    yield from ((f"data/{kind}.json", _LARGE) for kind in KINDS if f"data/{kind}.json" in hashes)
    yield MANIFEST, _SMALL
    folder = KeptFiles(fresh).index_folder
    yield f"{folder}index.json", _LARGE
    index = mapping(KeptFiles(fresh).json(f"{folder}index.json"))
    if index.get("format") != FORMAT:
        raise MemberFailed("搜索索引是别的版本的程序生成的；请用同一版本重新生成这个区的网站")
    yield from ((f"{folder}{name}", _LARGE) for name in _TABLES if f"{folder}{name}" in hashes)
    parts = [path for path in hashes if re.fullmatch(rf"{re.escape(folder)}(postings/\d+\.txt|texts/\d+\.json)", path)]
    if len(parts) > _MOST_FILES:
        raise MemberFailed("搜索索引的文件太多")
    yield from ((path, _SMALL) for path in parts)


def _refuse_version(api: Mapping[str, Any]) -> None:
    version = api.get("version")
    if version != API_VERSION:
        shown = str(version)[:20] if isinstance(version, str | int) else "不明"
        raise MemberFailed(f"开放数据是第 {shown} 版，本程序只读第 {API_VERSION} 版；请两边用同一版本的程序")
    if not rows(api.get("kinds")):
        raise MemberFailed(f"{API} 里没有种类")


def _checked(files: MemberFiles, path: str, limit: int, hashes: Mapping[str, Any]) -> bytes:
    content = files.read(path, limit)
    if hashlib.sha256(content).hexdigest() != hashes.get(path):
        raise MemberFailed(f"{path} 和 build.json 里记的不一样，可能正在更新")
    return content


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _index_folder(manifest: Any) -> str:
    build = mapping(manifest).get("build")
    if not isinstance(build, str) or not _BUILD.fullmatch(build):
        raise MemberFailed(f"{MANIFEST} 的写法不对")
    return f"assets/search/{build}/"
