"""Gather what the self-check before an inspection looks at, from a project's folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from macros.editing.inspection.attachment_text import LARGEST_ATTACHMENT, AttachmentContent, read_attachment
from macros.editing.inspection.inspection import Inspected, InspectionResult, inspect_site
from macros.media.file_types import DOCUMENTS
from macros.pages.handwritten import CONTENT
from macros.pages.site_settings import Mode
from macros.records.load import PERMITTED, WORDING
from macros.records.problems import Problem, ProblemsFound
from macros.records.wordlists import Permission, WrongWord
from macros.site.configuration import read_configuration
from macros.site.link_checks import LinkChecks
from macros.site.pdf_reading import PdfReading
from macros.site.session import Session, open_session

_TERMS = "data/terms"
_LARGEST_TEXT = 1_000_000
Item = TypeVar("Item")


def inspect_project(root: Path) -> tuple[InspectionResult, Session]:
    """Look at a project as an inspector would, whatever is wrong with it.

    Args:
        root: the project's folder.

    Returns:
        What was found, and the session that it was found in.

    Raises:
        ProblemsFound: the configuration can't be read at all.
    """
    session, problems = _session(root)
    found = [*problems, *session.problems(), *_unreachable(session)]
    words = _listed(session, WORDING, WrongWord)
    inspected = Inspected(
        session.library,
        {path.relative_to(root).as_posix(): text for path in _files(session) if (text := _text(path)) is not None},
        dict(_attachments(session)),
        sorted(set(found)),
        words,
        _listed(session, PERMITTED, Permission),
        dict(_notes(session, is_listed=bool(words))),
    )
    return inspect_site(inspected), session


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
    templates = session.templates if session.templates.is_relative_to(session.root) else session.root / "overrides"
    yield from sorted(path for kind in ("*.html", "*.js") for path in templates.rglob(kind))


def _text(path: Path) -> str | None:
    try:
        raw = path.read_bytes() if path.stat().st_size <= _LARGEST_TEXT else b""
    except OSError:
        return None
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _attachments(session: Session) -> Iterator[tuple[str, AttachmentContent]]:
    with PdfReading() as pdfs:
        for name in sorted(session.static_files.published):
            path = session.root / CONTENT / name
            if path.suffix.lower() in DOCUMENTS and (raw := _bytes(path)) is not None:
                yield f"{CONTENT}/{name}", read_attachment(f"{CONTENT}/{name}", raw, pdfs.read)


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
