"""The pages around a record's form: the form itself, what it changed, the choice where two people changed one field.

Nothing is remembered between two requests: each form carries the text of the file that it was opened on, and each page that
asks something carries the whole form on. So a window that stood open for a day, or over a start of the program, saves as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import RedirectResponse, Response

from macros.editing.announcing import announcement_of
from macros.editing.resolving import Side
from macros.editor import answers
from macros.editor.answers import HOME
from macros.editor.changes import changes_of, reason_of
from macros.editor.fault_summary import summary_of
from macros.editor.form import form_of
from macros.editor.plain_words import name_of, title_at, value_in_words
from macros.editor.record_check import FieldProblem, check, checked_by
from macros.editor.security import TOKEN, EditorToken
from macros.editor.sent_form import ANNOUNCEMENT, ANNOUNCES, CHOICE, DO, REASON, UNFINISHED, SentForm, base_text
from macros.editor.stamping import stamped
from macros.editor.store import Conflicts, NotSaved, OpenedRecord, Refused, Saved, Store
from macros.editor.submitted import action_in
from macros.editor.unfinished import keeping_of, marked_by
from macros.records.collection import address_of
from macros.records.load import is_withheld
from macros.records.model.description import fields_of
from macros.records.problems import Level, ProblemsFound, has_errors
from macros.site.git import now
from macros.site.session import Session

_NOTES = {
    "saved": "已经保存。还没有提交，别人还看不到。",
    "merged": "已经保存。这条记录刚才也有别人在改，两边的改动都在。",
    "same": "没有改动，文件没有变。",
    "draft": "已经存成草稿，不会发布。以后从列表的“还没有写完”里打开，接着写。",
    "here": "已经存在这台电脑上。还有错误，所以这一条先不提交；别的改动可以照常提交。",
    "given-back": "已经换回上次提交的样子；原来的文字收在 .kepu-edit/removed 里。",
    "renamed": "已经改好，引用它的地方也改了；旧网址会自动转过来。还没有提交，别人还看不到。",
}


class RecordPages:
    """Answers for one project.

    Args:
        store: its records as files.
        token: goes into each form.
        base_path: the folder of the site on its host.
    """

    def __init__(self, store: Store, token: EditorToken, base_path: str = "/") -> None:
        self._store, self._token, self._base_path = store, token, base_path

    def show(
        self,
        session: Session,
        kind: str,
        identifier: str,
        problems_of: Callable[[OpenedRecord], list[FieldProblem]],
        note: str = "",
    ) -> Response:
        """Return the form of a record as its file stands.

        Args:
            session: the records as they stand.
            kind: its kind.
            identifier: its id.
            problems_of: returns what is wrong with it.
            note: key of what is to be said first.

        Raises:
            ProblemsFound: the file can't be read as a record.
        """
        try:
            opened = self._store.open(kind, identifier)
        except NotSaved as error:
            return answers.message("打不开这条记录", str(error), HTTPStatus.NOT_FOUND)
        return self._form(
            session, opened, opened.data, opened.page, note=_NOTES.get(note, ""), found=problems_of(opened)
        )

    def show_new(self, session: Session, opened: OpenedRecord, data: dict[str, Any]) -> Response:
        """Return the form of a record that has no file yet.

        Args:
            session: the records as they stand.
            opened: what its file would hold if nothing were filled in.
            data: what is filled in to begin with.
        """
        return self._form(session, opened, data, opened.page, is_edited=True, is_new=True)

    def ask(self, session: Session, form: SentForm) -> Response:
        """Return what comes after the form: the form again if one of its buttons was pressed, else what was changed."""
        form = marked_by(self._store.root, form)
        if action_in(form.pairs) or form.value(DO):
            form, note, alert = stamped(form)
            return self._again(session, form, alert, note=note)
        try:
            text = self._store.text_of(form.opened, form.data, form.page)
        except NotSaved as error:
            return self._again(session, form, str(error))
        if text == form.opened.text and not form.is_new:
            return self._to(form.opened, "same")
        found = check(session, form.opened.kind, form.opened.id, text)
        if any(problem.level is Level.ERROR for _, problem in found):
            return self._again(session, form, "还有错误，没有保存；改好下面的几处再保存。", found)
        return self._changes(session, form, text)

    def confirm(self, session: Session, form: SentForm, consequences: Sequence[object]) -> Response:
        """Return what a form would change, with what follows from it.

        Args:
            session: the records as they stand.
            form: the form; it is right.
            consequences: what follows, for the template.
        """
        return self._changes(session, form, self._store.text_of(form.opened, form.data, form.page), consequences)

    def _changes(self, session: Session, form: SentForm, text: str, consequences: Sequence[object] = ()) -> Response:
        opened, collection = form.opened, session.loaded.collection
        found = changes_of(opened.text, text, opened.kind, opened.id, collection)
        heading = self._heading(session, opened, form.data)
        data = {
            "heading": heading,
            "changes": found,
            "announcement": announcement_of(opened.model, found, f"{now():%Y-%m-%d}"),
            "reason": form.value(REASON) or reason_of(heading, found),
            "carried": form.carried,
            "consequences": consequences,
        }
        return self._page(session, "changes.html", opened, data)

    def save(self, session: Session, form: SentForm) -> Response:
        """Save what a form says, or say why it was not saved; the form is never lost."""
        form = marked_by(self._store.root, form)
        try:
            if form.is_new:
                return self._create(session, form)
            outcome = self._store.save(
                form.opened,
                self._announced(session, form),
                form.value(REASON),
                page=form.page,
                choices=form.choices,
                check=checked_by(lambda: session),
                allows_errors=bool(form.value(UNFINISHED)),
            )
        except (NotSaved, ProblemsFound) as error:
            return self._again(session, form, str(error))
        if isinstance(outcome, Conflicts):
            return self._conflicts(session, form, outcome)
        if isinstance(outcome, Refused):
            return self._again(session, form, "还有错误，没有保存；改好下面的几处再保存。")
        return self._to(form.opened, _note_of(outcome, form.data))

    def _create(self, session: Session, form: SentForm) -> Response:
        """Write the file of a new record, if it is right.

        Raises:
            NotSaved: it can't be written.
            ProblemsFound: what was written could not be read again.
        """
        opened = form.opened
        text = self._store.text_of(opened, form.data, form.page)
        found = check(session, opened.kind, opened.id, text)
        if any(problem.level is Level.ERROR for _, problem in found):
            return self._again(session, form, "还有错误，没有保存；改好下面的几处再保存。", found)
        self._store.create(opened.kind, opened.id, text, form.value(REASON))
        return self._to(opened, "draft" if is_withheld(opened.model, form.data) else "saved")

    def _announced(self, session: Session, form: SentForm) -> dict[str, Any]:
        """Return what is to be saved: with an entry for readers, if the editor wants one.

        Raises:
            NotSaved: the form can't be written.
        """
        words, opened = form.value(ANNOUNCEMENT).strip(), form.opened
        if not form.value(ANNOUNCES) or not words:
            return form.data
        text = self._store.text_of(opened, form.data, form.page)
        found = changes_of(opened.text, text, opened.kind, opened.id, session.loaded.collection)
        offer = announcement_of(opened.model, found, f"{now():%Y-%m-%d}")
        if offer is None:
            return form.data
        return {**form.data, offer.field: [*form.data.get(offer.field, []), offer.worded(words)]}

    def _conflicts(self, session: Session, form: SentForm, found: Conflicts) -> Response:
        rows = [
            {
                "name": f"{CHOICE}{conflict.name}",
                "title": title_at(found.opened.model, conflict.steps),
                "mine": value_in_words(found.opened.model, conflict.steps, conflict.mine),
                "theirs": value_in_words(found.opened.model, conflict.steps, conflict.theirs),
                "may_be_both": conflict.may_be_both,
            }
            for conflict in found.conflicts
        ]
        data = {
            "heading": self._heading(session, form.opened, form.data),
            "conflicts": rows,
            "sides": Side,
            "reason": form.value(REASON),
            "digest": found.opened.digest,
            "carried": [*form.carried, *((name, form.value(name)) for name in (ANNOUNCES, ANNOUNCEMENT))],
        }
        return self._page(session, "conflicts.html", form.opened, data, HTTPStatus.CONFLICT)

    def _again(
        self, session: Session, form: SentForm, alert: str, found: Sequence[FieldProblem] | None = None, note: str = ""
    ) -> Response:
        return self._form(
            session,
            form.opened,
            form.data,
            form.page,
            note=note,
            alert=alert,
            is_edited=True,
            found=found,
            is_new=form.is_new,
        )

    def _form(
        self,
        session: Session,
        opened: OpenedRecord,
        data: dict[str, Any],
        page: str | None,
        *,
        note: str = "",
        alert: str = "",
        is_edited: bool = False,
        is_new: bool = False,
        found: Sequence[FieldProblem] | None = None,
    ) -> Response:
        collection = session.loaded.collection
        problems = self._problems(session, opened, data, page) if found is None else found
        files = collection.files.get((opened.kind, opened.id), {})
        group = form_of(opened.model, data, collection, problems, files)
        values = {
            "heading": self._heading(session, opened, data),
            "form": group,
            "faults": list(summary_of(problems, {field.name: field.title for field in group.walk()})),
            "base": base_text(opened),
            "page": page,
            "note": note,
            "alert": alert,
            "is_edited": is_edited,
            "is_new": is_new,
            "keeping": keeping_of(self._store.root, opened, is_new) if alert or is_new else None,
            "is_draft": is_withheld(opened.model, data),
            "ends": any(field.ends or field.is_succession for field in fields_of(opened.model)),
            "preview": f"{self._base_path}{address_of(opened.kind, opened.id)}",
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if alert else HTTPStatus.OK
        return self._page(session, "record.html", opened, values, status)

    def _problems(
        self, session: Session, opened: OpenedRecord, data: dict[str, Any], page: str | None
    ) -> list[FieldProblem]:
        try:
            return check(session, opened.kind, opened.id, self._store.text_of(opened, data, page))
        except NotSaved:
            return []

    def _heading(self, session: Session, opened: OpenedRecord, data: Mapping[str, Any]) -> str:
        record = session.loaded.collection.records.get(opened.id)
        return record.heading if record else str(data.get(name_of(opened.model)) or opened.id)

    def _page(
        self,
        session: Session,
        template: str,
        opened: OpenedRecord,
        data: Mapping[str, Any],
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        common = {
            "kind": opened.kind,
            "label": session.loaded.collection.kind_label(opened.kind),
            "id": opened.id,
            "address": f"{HOME}records/{opened.kind}/{opened.id}/",
            "token_name": TOKEN,
            "token": self._token.form,
            "site_name": session.site.name,
        }
        return answers.page(template, {**common, **data}, status)

    def _to(self, opened: OpenedRecord, note: str) -> Response:
        return RedirectResponse(f"{HOME}records/{opened.kind}/{opened.id}/?note={note}", HTTPStatus.SEE_OTHER)


def _note_of(saved: Saved, data: Mapping[str, Any]) -> str:
    if not saved.changed:
        return "same"
    if has_errors(saved.faults):
        return "here"
    if is_withheld(saved.opened.model, data):
        return "draft"
    return "merged" if saved.was_merged else "saved"
