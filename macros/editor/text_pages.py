"""A record whose file can't be read, by its text: each fault with the way to its line, and what was last handed in given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.responses import RedirectResponse, Response

from macros.editing.resolving import Side
from macros.editor import answers
from macros.editor.answers import HOME
from macros.editor.guidance import form_message
from macros.editor.raw_text import (
    RawText,
    chosen,
    conflicts_in,
    give_back,
    handed_in,
    heading_of,
    mended,
    open_text,
    save_text,
)
from macros.editor.record_check import check
from macros.editor.security import TOKEN, EditorToken
from macros.editor.sent_form import CHOICE, DIGEST, DO, UNFINISHED
from macros.editor.store import NotSaved, path_of
from macros.records import reading
from macros.records.load import read_document
from macros.records.problems import Problem, ProblemsFound
from macros.site.session import Session

Pairs = Sequence[tuple[str, str]]
_TEXT = "_text"
_BESIDE = 1
"""Lines around a fault that are shown with it."""


class TextPages:
    """Answers for one project.

    Args:
        root: the project's folder.
        token: goes into each form.
    """

    def __init__(self, root: Path, token: EditorToken) -> None:
        self._root, self._token = root, token

    def show(self, session: Session, kind: str, identifier: str) -> Response:
        """Return the text of a record's file as it lies there.

        Args:
            session: the records as they stand.
            kind: its kind.
            identifier: its id.
        """
        try:
            opened = open_text(self._root, kind, identifier)
        except NotSaved as error:
            return self._not_text(session, kind, identifier, str(error))
        note = "这个文件不是 UTF-8 编码；下面已经认出来了，保存时改成 UTF-8。" if opened.is_converted else ""
        return self._page(session, kind, identifier, opened, note=note)

    def save(self, session: Session, pairs: Pairs, kind: str, id: str) -> Response:
        """Save a text, put right in it what is certain, take what was chosen, or give back what was handed in."""
        sent = dict(pairs)
        try:
            path = path_of(kind, id)
        except NotSaved as error:
            return answers.message("打不开这条记录", str(error), HTTPStatus.NOT_FOUND)
        try:
            if sent.get(DO) == "give-back":
                give_back(self._root, path, sent.get(DIGEST, ""))
                return self._to(kind, id, "given-back")
            opened = replace(open_text(self._root, kind, id), digest=sent.get(DIGEST, ""))
        except NotSaved as error:
            return self._not_text(session, kind, id, str(error))
        text = sent.get(_TEXT, "").replace("\r\n", "\n")
        if sent.get(DO) == "mend":
            text, fixes = mended(path, text)
            note = (
                f"改了 {len(fixes)} 处，还没有保存：{'；'.join(fixes)}。"
                if fixes
                else "没有能替你改的；请照下面说的改。"
            )
            return self._page(session, kind, id, replace(opened, text=text), note=note)
        return self._saved(session, kind, id, opened, text, sent)

    def _saved(
        self, session: Session, kind: str, identifier: str, opened: RawText, text: str, sent: dict[str, str]
    ) -> Response:
        try:
            if sent.get(DO) == "choose":
                sides = {
                    name.removeprefix(CHOICE): Side(value) for name, value in sent.items() if _is_choice(name, value)
                }
                text = chosen(opened.path, text, sides)
            if not sent.get(UNFINISHED):
                read_document(opened.path, text.encode())
            save_text(self._root, opened, text, "改好读不出来的文件")
        except (NotSaved, ProblemsFound) as error:
            alert = str(error) if isinstance(error, NotSaved) else "还是读不出来，没有保存；改好下面的几处再保存。"
            return self._page(session, kind, identifier, replace(opened, text=text), alert=alert)
        return self._to(kind, identifier, "saved")

    def _page(
        self, session: Session, kind: str, identifier: str, opened: RawText, note: str = "", alert: str = ""
    ) -> Response:
        found = [problem for _, problem in check(session, kind, identifier, opened.text) if problem.path == opened.path]
        data = {
            **self._common(session, kind, identifier),
            "text": opened.text,
            "digest": opened.digest,
            "faults": [_fault(problem, opened.text) for problem in found],
            "choices": conflicts_in(opened.path, opened.text),
            "sides": Side,
            "choice": CHOICE,
            "note": note,
            "alert": alert,
            "gives_back": handed_in(self._root, opened.path) is not None,
        }
        return answers.page("text.html", data, HTTPStatus.UNPROCESSABLE_ENTITY if alert else HTTPStatus.OK)

    def _not_text(self, session: Session, kind: str, identifier: str, alert: str) -> Response:
        """Return what can be said of a file of which there is no text."""
        path = path_of(kind, identifier)
        data = {
            **self._common(session, kind, identifier),
            "text": None,
            "digest": _digest(self._root / path),
            "faults": [],
            "choices": (),
            "note": "",
            "alert": alert,
            "gives_back": handed_in(self._root, path) is not None,
        }
        return answers.page("text.html", data, HTTPStatus.UNPROCESSABLE_ENTITY)

    def _common(self, session: Session, kind: str, identifier: str) -> dict[str, Any]:
        return {
            "kind": kind,
            "label": session.loaded.collection.kind_label(kind),
            "heading": heading_of(self._root, kind, identifier),
            "address": f"{HOME}records/{kind}/{identifier}/",
            "token_name": TOKEN,
            "token": self._token.form,
            "site_name": session.site.name,
        }

    def _to(self, kind: str, identifier: str, note: str) -> Response:
        return RedirectResponse(f"{HOME}records/{kind}/{identifier}/?note={note}", HTTPStatus.SEE_OTHER)


def _is_choice(name: str, value: str) -> bool:
    return name.startswith(CHOICE) and value in set(Side)


def _digest(path: Path) -> str:
    try:
        return reading.digest_of(path.read_bytes()).hex()
    except OSError:
        return ""


def _fault(problem: Problem, text: str) -> dict[str, Any]:
    """Return a fault with the lines around it."""
    lines = text.split("\n")
    first = max(1, problem.line - _BESIDE)
    beside = [(first + at, line) for at, line in enumerate(lines[first - 1 : problem.line + _BESIDE])]
    return {
        "line": problem.line,
        "column": problem.column,
        "message": form_message(problem),
        "lines": [
            {"number": number, "text": line[:120], "is_meant": number == problem.line} for number, line in beside
        ],
    }
