"""Another id for a record, by form: the name in its address, in every reference and in the name of its file."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from starlette.responses import RedirectResponse, Response

from macros.editing.new import objection, propose
from macros.editing.rename import CannotRename
from macros.editor import answers
from macros.editor.answers import HOME
from macros.editor.locking import Busy, locked
from macros.editor.reasons import forget, reasons, remember
from macros.editor.security import TOKEN, EditorToken
from macros.editor.store import path_of
from macros.records.problems import Level, ProblemsFound
from macros.site.os_errors import explain
from macros.site.renaming import RenameFaults, finish_interrupted, rename_record
from macros.site.session import Session


class RenamePages:
    """Answers for one project.

    Args:
        root: the project's folder.
        token: goes into each form.
    """

    def __init__(self, root: Path, token: EditorToken) -> None:
        self._root, self._token = root, token

    def ask(self, session: Session, kind: str, identifier: str, wanted: str = "", alert: str = "") -> Response:
        """Return the question after the new id, with a proposal from what the record is called.

        Args:
            session: the records as they stand.
            kind: of the record.
            identifier: its present id.
            wanted: what was typed before; empty at first.
            alert: why that can't be.
        """
        record = session.loaded.collection.records.get(identifier)
        if record is None or record.kind != kind:
            text = "没有这样的记录，或者它现在有错误；请从列表里打开，改好再试。"
            return answers.message("现在不能改", text, HTTPStatus.NOT_FOUND)
        data = {
            "heading": record.heading,
            "address": f"{HOME}records/{kind}/{identifier}/",
            "identifier": identifier,
            "wanted": wanted or propose(record.heading, session.loaded.collection) or identifier,
            "alert": alert,
            "token_name": TOKEN,
            "token": self._token.form,
            "site_name": session.site.name,
        }
        return answers.page("rename.html", data, HTTPStatus.UNPROCESSABLE_ENTITY if alert else HTTPStatus.OK)

    def rename(self, session: Session, pairs: Sequence[tuple[str, str]], kind: str, id: str) -> Response:
        """Rename, and lead to the record; or ask again and say why not."""
        wanted = dict(pairs).get("id", "").strip()
        if wanted == id:
            return self._lead_to(kind, id, "same")
        try:
            path_of(kind, id)
            with locked(self._root):
                finish_interrupted(self._root)
                rename_record(self._root, id, wanted)
                self._carry_reasons(kind, id, wanted)
        except RenameFaults as found:
            said = "；".join(str(problem.message) for problem in found.problems if problem.level is Level.ERROR)
            return self.ask(session, kind, id, wanted, f"没有改。{found}{said}")
        except CannotRename as reason:
            taken = objection(wanted, session.loaded.collection)
            return self.ask(session, kind, id, wanted, f"没有改：{taken or reason}")
        except (Busy, ProblemsFound) as error:
            return self.ask(session, kind, id, wanted, f"没有改：{error}")
        except OSError as error:
            return self.ask(session, kind, id, wanted, f"没有改：{explain(error)}")
        return self._lead_to(kind, wanted, "renamed")

    def _carry_reasons(self, kind: str, old: str, new: str) -> None:
        """Let what was said of the record's changes go with it."""
        before, after = path_of(kind, old), path_of(kind, new)
        for reason in (*reasons(self._root).get(before, ()), "改了网址里用的名字"):
            remember(self._root, after, reason)
        forget(self._root, [before])

    def _lead_to(self, kind: str, identifier: str, note: str) -> Response:
        return RedirectResponse(f"{HOME}records/{kind}/{identifier}/?note={note}", HTTPStatus.SEE_OTHER)
