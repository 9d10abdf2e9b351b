"""Records from a table: somebody else's list is read, asked about and added whole; an exported table is shown and taken over."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.responses import Response

from macros.editing import wording
from macros.editing.excel.adopt.listing import is_exported
from macros.editing.excel.adopt.wordbook import NAME, Wordbook
from macros.editing.excel.export import sheets_of
from macros.editor import answers, sent_table
from macros.editor.answers import HOME
from macros.editor.list_review import MOST_SHOWN, ListReview, in_window
from macros.editor.locking import STATE, Busy, locked
from macros.editor.reasons import remember
from macros.editor.security import TOKEN, EditorToken
from macros.editor.sent_table import SentTable, packed, read_table
from macros.records.problems import ProblemsFound
from macros.site.list_adoption import KINDS_IN_LISTS, wordbook_of
from macros.site.os_errors import explain
from macros.site.session import Session, open_session
from macros.site.table_import import Plan, plan_of, write
from macros.site.whole_files import undone_on_failure, write_files
from macros.spreadsheets.sheets import Unusable

PLACE = f"{HOME}adopt/"
_WORDBOOK = f"{STATE}/{NAME}"
_CHANGED = "添加之前又有了新的问题，什么也没有写；请看一看再添加。"

Pairs = Sequence[tuple[str, str]]


class TablePages:
    """Answers for one project.

    Args:
        root: the project's folder.
        token: goes into each form.
    """

    def __init__(self, root: Path, token: EditorToken) -> None:
        self._root, self._token = root, token

    def ask(self, session: Session, alert: str = "") -> Response:
        """Return the page on which a file is chosen or dropped."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if alert else HTTPStatus.OK
        return answers.page("table.html", self._common(session, alert=alert), status)

    def look(self, session: Session, name: str, raw: bytes) -> Response:
        """Return what a file would give; nothing is written."""
        try:
            return self._look(session, read_table(name, raw))
        except Unusable as reason:
            return self.ask(session, in_window(f"没有读“{name[-80:]}”：{reason}。" if raw else f"{reason}。"))

    def answer(self, session: Session, pairs: Pairs) -> Response:
        """Return the same after more was answered."""
        try:
            return self._look(session, sent_table.answered(pairs))
        except Unusable as reason:
            return self.ask(session, in_window(f"{reason}。"))

    def _look(self, session: Session, sent: SentTable, alert: str = "") -> Response:
        if is_exported(sent.worksheets, sheets_of(session.loaded.collection)):
            return self._changes(session, sent, plan_of(session, sent.worksheets, _all), alert)
        return self._list(session, ListReview(session, sent, self._wordbook(session)), alert)

    def take(self, session: Session, pairs: Pairs) -> Response:
        """Write all that a table gives, or nothing, and say what was written."""
        sent = sent_table.answered(pairs)
        try:
            with locked(self._root):
                # What others saved a moment ago counts too.
                return self._take(open_session(self._root), sent)
        except (Busy, ProblemsFound) as error:
            return self._look(session, sent, in_window(str(error)))
        except OSError as error:
            return self._look(session, sent, explain(error).replace("再运行一次", "再试一次"))
        except Unusable as reason:
            return self.ask(session, in_window(f"{reason}。"))

    def _take(self, session: Session, sent: SentTable) -> Response:
        if is_exported(sent.worksheets, sheets_of(session.loaded.collection)):
            plan = plan_of(session, sent.worksheets, _all)
            if plan.complaints or (plan.conflicts and not sent.skips_conflicts):
                return self._changes(session, sent, plan)
            write(self._root, plan)
            return self._done(session, sent, plan, f"用表格“{sent.stem}”改的")
        wordbook = self._wordbook(session)
        before = dict(wordbook.rows)
        review = ListReview(session, sent, wordbook)
        planned = review.outcome.planned
        if planned is None or planned.complaints or not review.keys <= sent.asked:
            return self._list(session, review, _CHANGED)
        with undone_on_failure(self._root, planned.files):
            write_files(self._root, planned.files)
        if wordbook.rows != before:
            write_files(self._root, {_WORDBOOK: wordbook.content()})
        return self._done(session, sent, planned, f"从表格“{sent.stem}”添加")

    def _done(self, session: Session, sent: SentTable, plan: Plan, reason: str) -> Response:
        for path in plan.files:
            remember(self._root, path, reason)
        kinds, written = session.loaded.collection, []
        for path, draft in plan.drafts.items():
            address = f"{HOME}records/{draft.kind}/{PurePosixPath(path).stem}/"
            heading = draft.heading or PurePosixPath(path).stem
            written.append((address, heading, kinds.kind_label(draft.kind), path in plan.added))
        data = {**self._common(session), "file": sent.name, "written": written}
        return answers.page("table-done.html", data)

    def _list(self, session: Session, review: ListReview, alert: str = "") -> Response:
        collection = session.loaded.collection
        data = {
            **self._common(session, alert, review.sent),
            "review": review,
            "label": review.listing.label,
            "counter_of": collection.kind_label,
            "kinds": [(kind, collection.kind_label(kind)) for kind in KINDS_IN_LISTS],
            "asked": " ".join(sorted(review.keys)),
            "home_of_present": lambda record: f"{HOME}records/{record.kind}/{record.id}/",
        }
        status = HTTPStatus.CONFLICT if alert else HTTPStatus.OK
        return answers.page("table-list.html", data, status)

    def _changes(self, session: Session, sent: SentTable, plan: Plan, alert: str = "") -> Response:
        rows = [
            (change.heading, change.title, *wording.excerpts(change.before, change.after)) for change in plan.changes
        ]
        data = {
            **self._common(session, alert, sent),
            "changes": rows[:MOST_SHOWN],
            "total": len(rows),
            "added": [(draft.heading or path) for path, draft in plan.drafts.items() if path in plan.added],
            "notices": [in_window(notice) for notice in plan.notices[:MOST_SHOWN]],
            "conflicts": [in_window(str(conflict)) for conflict in plan.conflicts],
            "faults": [in_window(str(found)) for found in plan.complaints[:MOST_SHOWN]],
            "has_work": bool(plan.files),
        }
        is_bad = bool(alert or plan.complaints)
        return answers.page("table-changes.html", data, HTTPStatus.CONFLICT if is_bad else HTTPStatus.OK)

    def _common(self, session: Session, alert: str = "", sent: SentTable | None = None) -> dict[str, Any]:
        carried = [(sent_table.CELLS, packed(sent.worksheets)), (sent_table.NAME, sent.name)] if sent else []
        return {
            "alert": alert,
            "sent": sent,
            "carried": carried,
            "names": sent_table,
            "address": PLACE,
            "token_name": TOKEN,
            "token": self._token.form,
            "site_name": session.site.name,
            "place": "adopt",
        }

    def _wordbook(self, session: Session) -> Wordbook:
        """Return what editors of this machine said of headings and words of lists; what is wrong by now is left out."""
        path = self._root / _WORDBOOK
        try:
            book = wordbook_of(session.checked.collection, path.read_bytes() if path.is_file() else None)
        except (OSError, Unusable):
            return Wordbook()
        for key in book.wrong:
            book.rows.pop(key, None)
        book.complaints.clear()
        return book


def _all(items: Sequence[Any], label: str) -> Sequence[Any]:
    """Show no progress."""
    return items
