"""Gather what the self-check before an inspection looks at, from a project's folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from macros.editing.inspection.attachment_text import LARGEST_ATTACHMENT, AttachmentContent, read_attachment
from macros.editing.inspection.outside_results import OutsideResults, read_axe_results, read_link_results
from macros.editing.inspection.self_check import Inspected, InspectionResult, inspect_site
from macros.media.file_types import DOCUMENTS
from macros.pages.handwritten import CONTENT
from macros.pages.site_settings import Mode
from macros.records.load import PERMITTED, WORDING
from macros.records.problems import Problem, ProblemsFound
from macros.records.wordlists import Permission, WrongWord
from macros.site.configuration import read_configuration
from macros.site.link_checks import LinkChecks
from macros.site.pdf_cache import PdfCache
from macros.site.pdf_reading import PdfReading
from macros.site.pool import processors
from macros.site.session import Session, open_session

_TERMS = "data/terms"
_LARGEST_TEXT = 1_000_000
Item = TypeVar("Item")


def inspect_project(root: Path, links: Path | None = None, axe: Path | None = None) -> tuple[InspectionResult, Session]:
    """Look at a project as an inspector would, whatever is wrong with it.

    Args:
        root: the project's folder.
        links: what the nightly check of links left, if it is given.
        axe: what axe found, if it is given.

    Returns:
        What was found, and the session that it was found in.

    Raises:
        ProblemsFound: the configuration, or one of the two files, can't be read at all.
    """
    outside = OutsideResults(
        read_link_results(links.name, _result(links)) if links else None,
        read_axe_results(axe.name, _result(axe)) if axe else None,
    )
    session, problems = _session(root)
    with _AttachmentReaders(session.root) as readers:
        # They are read beside everything else that is looked at.
        contents = readers.begin(_documents(session))
        found = [*problems, *session.problems(), *_unreachable(session)]
        attachments = {path: content.result() for path, content in contents.items()}
        readers.cache.forget_others()
    words = _listed(session, WORDING, WrongWord)
    inspected = Inspected(
        session.library,
        {path.relative_to(root).as_posix(): text for path in _files(session) if (text := _text(path)) is not None},
        attachments,
        sorted(set(found)),
        words,
        _listed(session, PERMITTED, Permission),
        dict(_notes(session, is_listed=bool(words))),
        outside,
    )
    return inspect_site(inspected), session


def _result(path: Path) -> bytes:
    """Return a file's bytes; none of one that can't be read or is too large, which no reader takes."""
    return (_bytes(path) or b"")[:LARGEST_ATTACHMENT]


def _session(root: Path) -> tuple[Session, list[Problem]]:
    """Open a session; a site that lacks a code is looked at as a preview, and the lack is told."""
    try:
        return open_session(root), []
    except ProblemsFound as found:
        return open_session(root, read_configuration(root, Mode.PREVIEW)), found.problems


def _unreachable(session: Session) -> Iterator[Problem]:
    """Yield the pages that no link leads to, also where something else is wrong."""
    links = LinkChecks(session.written, lambda path: True, session.site.url, needs_corrections=False)
    yield from links.unreachable()


def _listed(session: Session, name: str, kind: type[Item]) -> tuple[Item, ...]:
    cached = session.loaded.files.get(f"{_TERMS}/{name}.yml")
    return tuple(one for one in (cached.value if cached else None) or () if isinstance(one, kind))


def _files(session: Session) -> Iterator[Path]:
    """Yield the files whose wording is looked at, sorted; the two lists of the self-check itself are none of them."""
    lists = {session.root / _TERMS / f"{name}.yml" for name in (WORDING, PERMITTED)}
    yield session.root / "mkdocs.yml"
    yield from (path for path in sorted((session.root / "data").rglob("*.yml")) if path not in lists)
    yield from sorted((session.root / CONTENT).rglob("*.md"))
    own = (
        session.theme.folders[0]
        if session.theme.folders[0].is_relative_to(session.root)
        else session.root / "overrides"
    )
    yield from sorted(path for kind in ("*.html", "*.js") for path in own.rglob(kind))


def _text(path: Path) -> str | None:
    try:
        raw = path.read_bytes() if path.stat().st_size <= _LARGEST_TEXT else b""
    except OSError:
        return None
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _documents(session: Session) -> list[str]:
    """Return the attachments that are published, relative to the project's root, sorted."""
    names = sorted(session.static_files.published)
    return [f"{CONTENT}/{name}" for name in names if Path(name).suffix.lower() in DOCUMENTS]


class _AttachmentReaders(AbstractContextManager["_AttachmentReaders"]):
    """Threads that read attachments, each with a process for PDFs.

    Args:
        root: the project's folder.

    Attributes:
        cache: the texts of PDFs that were read before.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._stack = root, ExitStack()
        self.cache = PdfCache(root)
        self._pdfs: SimpleQueue[PdfReading] = SimpleQueue()
        for _ in range(processors()):
            self._pdfs.put(self._stack.enter_context(PdfReading()))
        self._threads = self._stack.enter_context(ThreadPoolExecutor(processors()))

    def __exit__(self, *raised: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._stack.close()

    def begin(self, paths: Iterable[str]) -> dict[str, Future[AttachmentContent]]:
        """Begin to read files; return what will stand in each."""
        return {path: self._threads.submit(self._read, path) for path in paths}

    def _read(self, path: str) -> AttachmentContent:
        raw = _bytes(self._root / path)
        if raw is None:
            return AttachmentContent(unread="文件打不开，请检查")
        pdfs = self._pdfs.get()
        try:
            return read_attachment(path, raw, lambda pdf: self.cache.text(pdf, pdfs.read))
        finally:
            self._pdfs.put(pdfs)


def _bytes(path: Path) -> bytes | None:
    """Return a file's bytes, of one that is too large only as many as tell so; None if it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_ATTACHMENT + 1)
    except OSError:
        return None


def _notes(session: Session, *, is_listed: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield what a person has to look at because the project does not say it."""
    if not is_listed:
        yield "wording", [f"没有 {_TERMS}/{WORDING}.yml，错词没有查；可以从别的网站拿来用。"]
    if session.site.mode is not Mode.COLUMN and (missing := session.site.missing()):
        yield "tags", [f"现在是 {session.site.mode} 模式，没有配置 {'、'.join(missing)}；正式上线前要填。"]
