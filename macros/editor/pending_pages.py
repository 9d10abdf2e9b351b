"""What was changed and not handed in: shown field by field, taken back piece by piece, handed in by one button."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.responses import RedirectResponse, Response

from macros.editing.diff import Fate
from macros.editing.resolving import Side
from macros.editing.source.source_file import model_of
from macros.editor import answers
from macros.editor.answers import HOME
from macros.editor.before_handing_in import editor_of, files_of, set_editor, unsent
from macros.editor.changes import PendingChange, changed_paths, message_for, pending
from macros.editor.current import up_to_date
from macros.editor.hand_in_words import HandInOutcome, HandInResult
from macros.editor.handing_in import HandInChoices, hand_in
from macros.editor.plain_words import title_at, value_in_words
from macros.editor.record_check import checked_by
from macros.editor.security import TOKEN, EditorToken
from macros.editor.store import NotSaved, Refused, Store
from macros.editor.undo import undo_change, undo_field, undo_name
from macros.editor.unfinished import state_of
from macros.records.model.registry import KINDS
from macros.records.problems import ProblemsFound
from macros.site.session import Session

Pairs = Sequence[tuple[str, str]]
_PLACE = f"{HOME}changes/"
_CHOICE = "_choice."


class PendingPages:
    """Answers for one project.

    Args:
        store: its records as files.
        token: goes into each form.
    """

    def __init__(self, store: Store, token: EditorToken) -> None:
        self._store, self._root, self._token = store, store.root, token

    def show(self, session: Session, note: str = "", alert: str = "", outcome: HandInOutcome | None = None) -> Response:
        """Return the page of all that was not handed in.

        Args:
            session: the records as they stand.
            note: what went well, to be said first.
            alert: what went wrong.
            outcome: what came of handing in.
        """
        found = self._found(session)
        states = self._states(session, found)
        name, address = editor_of(self._root)
        data = {
            "note": note,
            "alert": alert,
            "outcome": outcome,
            "asks_name": outcome is not None and outcome.result is HandInResult.NO_NAME,
            "changes": [_row(change, states[change.path]) for change in found],
            "unsent": unsent(self._root),
            "message": message_for(_ready(found, states)),
            "count": len(_ready(found, states)),
            "editor": (name, address),
            "conflicts": [_conflict(self._root, one) for one in outcome.conflicts] if outcome else [],
            "sides": Side,
            "token_name": TOKEN,
            "token": self._token.form,
            "site_name": session.site.name,
            "place": "changes",
            "address": _PLACE,
        }
        is_bad = bool(alert) or (outcome is not None and not outcome.is_good)
        return answers.page("pending.html", data, HTTPStatus.CONFLICT if is_bad else HTTPStatus.OK)

    def _found(self, session: Session) -> tuple[PendingChange, ...]:
        # The preview beside needs a moment to see what was saved.
        return pending(self._root, up_to_date(self._root, session, changed_paths(self._root)))

    def _states(self, session: Session, found: Sequence[PendingChange]) -> dict[str, tuple[bool, bool]]:
        """Return path → whether it waits since its record is wrong, and whether it is a draft."""
        states = {change.path: state_of(self._store, session, change.change.kind, change.change.id) for change in found}
        held = files_of((path for path, (is_wrong, _) in states.items() if is_wrong), states)
        return {path: (path in held, is_draft) for path, (_, is_draft) in states.items()}

    def hand_in_all(self, session: Session) -> Response:
        """Hand in everything for the reasons that were said when it was saved."""
        found = self._found(session)
        message = message_for(_ready(found, self._states(session, found)))
        return self.show(session, outcome=hand_in(self._root, message))

    def undo(self, session: Session, pairs: Pairs) -> Response:
        """Take back a whole change, or one field of it."""
        sent = dict(pairs)
        found = (one for one in self._found(session) if one.path == sent.get("path"))
        change = next(found, None)
        if change is None:
            return RedirectResponse(_PLACE, HTTPStatus.SEE_OTHER)
        try:
            self._undo(session, change, sent.get("field", ""))
        except (NotSaved, ProblemsFound) as error:
            return self.show(session, alert=str(error))
        return RedirectResponse(f"{_PLACE}?note=undone", HTTPStatus.SEE_OTHER)

    def _undo(self, session: Session, change: PendingChange, field: str) -> None:
        """Take back.

        Raises:
            NotSaved: it can't be done; nothing has changed.
        """
        if not field:
            undo_change(self._root, change)
            return
        one = change.change
        name = undo_name(KINDS[one.kind], field)
        if isinstance(done := undo_field(self._store, one.kind, one.id, name, checked_by(lambda: session)), Refused):
            raise NotSaved(f"没有撤销，因为那样会有错误：{'；'.join(fault.message for fault in done.faults)}")

    def hand_in(self, session: Session, pairs: Pairs) -> Response:
        """Hand in everything, and say what came of it."""
        sent = dict(pairs)
        if sent.get("name") and sent.get("email"):
            set_editor(self._root, sent["name"], sent["email"])
        message = sent.get("message", "").strip()
        if not message:
            return self.show(session, alert="请用一句话写明为什么改，再提交。")
        outcome = hand_in(self._root, message, _choices(sent))
        return self.show(session, outcome=outcome)


def _ready(found: Sequence[PendingChange], states: Mapping[str, tuple[bool, bool]]) -> Sequence[PendingChange]:
    """Return the changes that can be handed in; all of them where none can, so that it is said why."""
    return [change for change in found if not states[change.path][0]] or found


def _row(change: PendingChange, state: tuple[bool, bool]) -> dict[str, Any]:
    one, (is_faulty, is_draft) = change.change, state
    is_record = one.kind in KINDS and one.fate is not Fate.REMOVED
    return {
        "heading": one.heading,
        "label": one.label,
        "fate": one.fate.value,
        "path": change.path,
        "address": f"{HOME}records/{one.kind}/{one.id}/" if is_record else "",
        "fields": one.fields,
        "undoes_fields": is_record and one.fate is Fate.CHANGED,
        "reasons": change.reasons,
        "is_faulty": is_faulty,
        "is_draft": is_draft,
    }


def _conflict(root: Path, one: Any) -> dict[str, Any]:
    """Return a place that two people changed, in words."""
    model, conflict = model_of(one.path), one.conflict
    said = {
        side: value_in_words(model, conflict.steps, value) if model else str(value or "（没有）")
        for side, value in (("mine", conflict.mine), ("theirs", conflict.theirs))
    }
    title = title_at(model, conflict.steps) if model else "整个文件"
    name = f"{_CHOICE}{one.path}:{conflict.name}"
    return {"name": name, "title": f"{one.path}：{title}", "may_be_both": conflict.may_be_both, **said}


def _choices(sent: Mapping[str, str]) -> HandInChoices:
    sides: dict[str, dict[str, Side]] = defaultdict(dict)
    for name, value in sent.items():
        if name.startswith(_CHOICE) and value in set(Side):
            path, _, field = name.removeprefix(_CHOICE).partition(":")
            sides[path][field] = Side(value)
    return HandInChoices(sent.get("upstream", ""), sides)
