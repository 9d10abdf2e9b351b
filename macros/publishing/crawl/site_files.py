"""The files of a finished site, read for the crawl: what each refers to, and the places that links can lead to."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from pathlib import Path, PurePosixPath

from macros.publishing.crawl.link_extraction import (
    LinkReference,
    Marks,
    Use,
    in_manifest,
    in_robots,
    in_script,
    in_style,
    in_xml,
    read_marks,
)
from macros.publishing.crawl.tags import is_broken, placed_tokens, tokens

# A page has hundreds of marks: what is asked of each is asked without a step in Python.
_REFERENCES, _IDENTIFIERS = attrgetter("references"), attrgetter("identifiers")
_IDENTIFIER, _NOINDEX = attrgetter("identifier"), attrgetter("noindex")

_PAGES = {".html", ".htm"}
_MARKED_UP = {*_PAGES, ".svg"}
_READERS: dict[str, Callable[[str], Iterable[LinkReference]]] = {
    ".css": in_style,
    ".js": in_script,
    ".mjs": in_script,
    ".webmanifest": in_manifest,
    "manifest.json": in_manifest,
    ".xml": in_xml,
    "robots.txt": in_robots,
}


@dataclass(frozen=True, slots=True)
class SiteDocument:
    """A file that refers to others.

    Attributes:
        name: POSIX form, relative to the site's folder.
        directory: where its relative addresses start from, ``""`` or with a slash at the end.
        references: each once, in order.
        identifiers: the places that links can lead to; None where the crawl does not know them.
        repeated: the ids that more than one tag has.
        broken: a tag is never closed.
        noindex: the page asks search engines to leave it out.
    """

    name: str
    directory: str
    references: tuple[LinkReference, ...]
    identifiers: frozenset[str] | None = None
    repeated: tuple[str, ...] = ()
    broken: bool = False
    noindex: bool = False

    @property
    def is_page(self) -> bool:
        """Tell whether a browser shows it as a page."""
        return PurePosixPath(self.name).suffix in _PAGES

    @property
    def leads_on(self) -> bool:
        """Tell whether a browser leaves the page by itself."""
        return any(reference.use is Use.REDIRECT for reference in self.references)


def list_files(folder: Path) -> tuple[list[str], list[str]]:
    """Return the files below a folder and the symbolic links among its entries, sorted, POSIX form, relative to it."""
    files: list[str] = []
    links: list[str] = []
    waiting = [""]
    while waiting:
        directory = waiting.pop()
        with os.scandir(folder / directory) as entries:
            for entry in entries:
                name = directory + entry.name
                if entry.is_symlink():
                    links.append(name)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                else:
                    files.append(name)
    return sorted(files), sorted(links)


def can_be_read(name: str) -> bool:
    """Tell whether the crawl knows how files of this name refer to others."""
    path = PurePosixPath(name)
    return path.suffix in _MARKED_UP or path.suffix in _READERS or path.name in _READERS


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    with path.open("rb", buffering=0) as file:
        return file.read().decode("utf-8-sig")


def read_document(name: str, source: str) -> SiteDocument:
    """Return what a file refers to.

    Raises:
        ValueError: a web app manifest is not a JSON object.
    """
    path = PurePosixPath(name)
    directory = name[: len(name) - len(path.name)]
    if path.suffix in _MARKED_UP:
        return _read_markup(name, directory, source)
    reader = _READERS.get(path.name) or _READERS[path.suffix]
    return SiteDocument(name, directory, tuple(dict.fromkeys(reader(source))))


def tag_places(source: str, matches: Callable[[Marks], bool]) -> Iterator[int]:
    """Yield the offsets of the tags of a page that mean something certain to the crawl."""
    for offset, token in placed_tokens(source):
        marks = read_marks(token)
        if marks and matches(marks):
            yield offset


def broken_tags(source: str) -> Iterator[int]:
    """Yield the offsets of the tags of a page that are never closed."""
    return (offset for offset, token in placed_tokens(source) if is_broken(token))


def _read_markup(name: str, directory: str, source: str) -> SiteDocument:
    """Return what a page or a drawing refers to."""
    found = tokens(source)
    marks = list(filter(None, map(read_marks, found)))
    identifiers = list(filter(None, map(_IDENTIFIER, marks)))
    unique = frozenset(identifiers)
    repeated = () if len(unique) == len(identifiers) else _repeated(identifiers)
    return SiteDocument(
        name,
        directory,
        tuple(dict.fromkeys(chain.from_iterable(map(_REFERENCES, marks)))),
        unique.union(chain.from_iterable(map(_IDENTIFIERS, marks))),
        repeated,
        any(is_broken(token) for token in found if token[-1] != ">"),
        any(map(_NOINDEX, marks)),
    )


def _repeated(identifiers: Iterable[str]) -> tuple[str, ...]:
    """Return what stands more than once in a list, in order of first appearance."""
    return tuple(identifier for identifier, count in Counter(identifiers).items() if count > 1)
