"""Records that are not finished: kept as drafts, which nobody publishes, and taken up later."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from macros.editor.changes import contents_at_head
from macros.editor.record_check import check
from macros.editor.sent_form import FINISHED, UNFINISHED, SentForm
from macros.editor.store import NotSaved, OpenedRecord, Store
from macros.records.load import is_withheld, read_document
from macros.records.model.description import withholding_field
from macros.records.problems import ProblemsFound, has_errors
from macros.site import git
from macros.site.git import GitError
from macros.site.session import Session


class Keeping(StrEnum):
    """How a record is kept that is not finished; the value is its name in templates."""

    AS_DRAFT = "draft"
    ON_THIS_MACHINE = "here"


def keeping_of(root: Path, opened: OpenedRecord, is_new: bool) -> Keeping:
    """Return how a record is kept while it is not finished.

    A draft can be handed in and is not published. What readers see already must not vanish because somebody is about to
    change it: it stays here until it is whole.

    Args:
        root: the project's folder.
        opened: the record.
        is_new: whether it has no file yet.
    """
    if not withholding_field(opened.model):
        return Keeping.ON_THIS_MACHINE
    is_seen = not is_new and not is_withheld(opened.model, opened.data) and _was_published(root, opened)
    return Keeping.ON_THIS_MACHINE if is_seen else Keeping.AS_DRAFT


def _was_published(root: Path, opened: OpenedRecord) -> bool:
    """Tell whether the record was handed in as one that is published; where git keeps no history every file was."""
    try:
        git.resolve(root, "HEAD")
        raw = contents_at_head(root, [opened.path])[opened.path]
        return raw is not None and not is_withheld(opened.model, read_document(opened.path, raw).data)
    except (GitError, ProblemsFound):
        return True


def marked_by(root: Path, form: SentForm) -> SentForm:
    """Return a form whose record is made a draft, or is one no more, where its buttons say so.

    Args:
        root: the project's folder.
        form: what was sent.
    """
    field = withholding_field(form.opened.model)
    if form.value(UNFINISHED) and keeping_of(root, form.opened, form.is_new) is Keeping.AS_DRAFT:
        return form if is_withheld(form.opened.model, form.data) else replace(form, data={**form.data, field: "是"})
    if form.value(FINISHED):
        return replace(form, data={name: value for name, value in form.data.items() if name != field})
    return form


def state_of(store: Store, session: Session, kind: str, identifier: str) -> tuple[bool, bool]:
    """Return whether a record is wrong as its file stands, and whether it is a draft; neither where there is none.

    Args:
        store: the records as files.
        session: the others.
        kind: its kind, or what stands in its place.
        identifier: its id.
    """
    try:
        opened = store.open(kind, identifier)
    except NotSaved:
        return False, False
    except ProblemsFound:
        return True, False
    found = check(session, kind, identifier, opened.text)
    is_wrong = has_errors(problem for _, problem in found)
    return is_wrong, is_withheld(opened.model, opened.data)
