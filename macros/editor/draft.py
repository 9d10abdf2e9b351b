"""The page of a record as it would be once it is saved, made by the code that makes the site, with nothing written."""

from __future__ import annotations

from dataclasses import replace

from macros.editor.store import path_of
from macros.pages.handwritten import article_page
from macros.pages.plan.record_pages import page_of
from macros.records.load import read_document, validated
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.records.problems import ProblemsFound
from macros.site.session import Session
from macros.site.written_pages import WrittenPages


def record_of(session: Session, kind: str, identifier: str, text: str) -> Record | None:
    """Return the record that a text is; None if something in it is wrong.

    Args:
        session: the vocabularies.
        kind: its kind.
        identifier: its id, which may be new.
        text: the whole text of its file.
    """
    try:
        document = read_document(path_of(kind, identifier), text.encode())
        return validated(document, identifier, KINDS[kind], session.loaded.collection.vocabularies)
    except ProblemsFound:
        return None


def page_of_draft(session: Session, record: Record, text: str) -> bytes | None:
    """Return the page of a record among all others as they stand; None if it has none of its own.

    Args:
        session: the others.
        record: the record, whatever its file says by now.
        text: the whole text of its file as it would be.
    """
    collection = session.loaded.collection
    among = replace(collection, records={**collection.records, record.id: record})
    drafted = replace(session)
    # A session reads its records when it is first asked for them; this one has them already.
    drafted.__dict__["loaded"] = replace(session.loaded, collection=among)
    if record.document.path.endswith(".md"):
        return _page_of_text(session, drafted, record, text)
    page = page_of(drafted.library, record)
    return drafted.layout.page(page) if page else None


def _page_of_text(session: Session, drafted: Session, record: Record, text: str) -> bytes | None:
    """Return the page of an article; what other pages link to is that of before, since planning all takes too long."""
    others = session.written
    written = WrittenPages(others.by_hand, drafted.library, others.planned, drafted.renderer, drafted.layout)
    try:
        return written.draft(article_page(drafted.library, record, text.encode())).encode()
    except ProblemsFound:
        return None
