"""A new record: first its name, since the name tells whether there is one already; then the form, as for any other."""

from __future__ import annotations

from difflib import SequenceMatcher
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response

from macros.editing.new import compose, objection, propose
from macros.editor import answers
from macros.editor.answers import HOME
from macros.editor.form_pages import RecordPages
from macros.editor.plain_words import name_of
from macros.editor.store import NotSaved, Store
from macros.records.collection import Collection
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.records.problems import ProblemsFound
from macros.site.session import Session
from macros.text.fold import fold

_NEAR = 0.6
_MOST_NEAR = 6
PLACE = f"{HOME}new/"


class NewPages:
    """Answers for one project.

    Args:
        store: its records as files.
        pages: shows forms.
    """

    def __init__(self, store: Store, pages: RecordPages) -> None:
        self._store, self._pages = store, pages

    def ask(self, session: Session, sent: QueryParams) -> Response:
        """Return the question after kind and name, the records that are called alike, or the way to the form."""
        collection = session.loaded.collection
        copied = self._copied(sent.get("copy", ""))
        kind, name = copied[0] if copied else sent.get("kind", ""), " ".join(sent.get("name", "").split())
        identifier = sent.get("id", "").strip() or (propose(name, collection) if name else "")
        refused = objection(identifier, collection) if identifier else None
        near = near_names(collection, name) if name else []
        if kind in KINDS and name and identifier and not refused and (not near or sent.get("sure") == name):
            more = urlencode({"name": name, **({"copy": sent["copy"]} if copied else {})})
            return RedirectResponse(f"{PLACE}{kind}/{identifier}/?{more}", HTTPStatus.SEE_OTHER)
        data = {
            "kinds": [(one, collection.kind_label(one)) for one in KINDS],
            "kind": kind,
            "name": name,
            "identifier": identifier,
            "asks_id": bool(name and (refused or not identifier)),
            "refused": refused or "",
            "near": [(one, collection.kind_label(one.kind)) for one in near],
            "copy": sent.get("copy", "") if copied else "",
            "site_name": session.site.name,
            "place": "new",
        }
        return answers.page("new.html", data)

    def form(self, session: Session, kind: str, identifier: str, sent: QueryParams) -> Response:
        """Return the form of a record that has no file yet, filled in by the one that it is a copy of."""
        collection = session.loaded.collection
        if kind not in KINDS or objection(identifier, collection):
            return RedirectResponse(PLACE, HTTPStatus.SEE_OTHER)
        field, name = name_of(KINDS[kind]), " ".join(sent.get("name", "").split())
        text = compose(kind, {field: name or identifier}, collection.vocabularies)
        try:
            opened = self._store.opened_as(kind, identifier, text)
        except (NotSaved, ProblemsFound) as error:
            return answers.message("不能这样新建", str(error), HTTPStatus.BAD_REQUEST)
        copied = self._copied(sent.get("copy", ""))
        data = {**copied[1], **opened.data} if copied and copied[0] == kind else opened.data
        return self._pages.show_new(session, opened, data)

    def _copied(self, place: str) -> tuple[str, dict[str, Any]] | None:
        """Return kind and values of the record that is copied."""
        kind, _, identifier = place.partition("/")
        try:
            return (kind, self._store.open(kind, identifier).data) if place else None
        except (NotSaved, ProblemsFound):
            return None


def near_names(collection: Collection, name: str) -> list[Record]:
    """Return the records that are called alike, the most alike first.

    Args:
        collection: all records.
        name: what the new one shall be called.
    """
    wanted = fold(name)
    found = []
    for record in collection.records.values():
        ratio = max(_likeness(wanted, fold(one)) for one in record.names)
        if ratio >= _NEAR:
            found.append((-ratio, record.id, record))
    return [record for *_, record in sorted(found, key=lambda row: row[:2])[:_MOST_NEAR]]


def _likeness(one: str, other: str) -> float:
    if len(one) > 1 and len(other) > 1 and (one in other or other in one):
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR else 0.0
