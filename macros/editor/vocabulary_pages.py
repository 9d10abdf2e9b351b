"""The pages of vocabularies: the list of all, and each as a form in which words are added, changed, moved and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from macros.editing.source.splice import CannotSplice
from macros.editor import answers
from macros.editor.answers import HOME
from macros.editor.form import form_of
from macros.editor.locking import Busy, locked
from macros.editor.security import TOKEN, EditorToken
from macros.editor.submitted import action_in, before_in, data_of
from macros.editor.vocabulary_form import VocabularyForm, rows_of, still_used, text_with, words_of
from macros.records import yaml
from macros.records.collection import Collection
from macros.records.load import HOLIDAYS, PERMITTED, READINGS, SYNONYMS, TRADITIONAL, WISHES, WORDING
from macros.records.problems import ProblemsFound
from macros.records.reading import digest_of, read_bytes
from macros.site.os_errors import explain
from macros.site.session import Session
from macros.site.whole_files import write_files

_LISTS = frozenset({READINGS, SYNONYMS, HOLIDAYS, WISHES, WORDING, PERMITTED, TRADITIONAL})
_DIGEST = "_digest"
_CHANGED = "这个词表刚刚被别人改了，所以没有保存；请记下你改的，重新打开再改一次。"

Pairs = Sequence[tuple[str, str]]


class VocabularyPages:
    """Answers for one project.

    Args:
        root: the project's folder.
        token: goes into each form.
    """

    def __init__(self, root: Path, token: EditorToken) -> None:
        self._root, self._token = root, token

    def all(self, session: Session) -> Response:
        """Return the list of vocabularies."""
        vocabularies = session.loaded.collection.vocabularies
        shown = {name: tuple(vocabulary) for name, vocabulary in sorted(vocabularies.items()) if name not in _LISTS}
        return answers.page(
            "vocabularies.html", {"vocabularies": shown, "site_name": session.site.name, "place": "terms"}
        )

    def show(self, session: Session, name: str, note: str = "") -> Response:
        """Return the form of a vocabulary as its file stands."""
        try:
            raw, data = self._read(session, name)
        except ProblemsFound as found:
            return answers.message("这个词表读不出来", str(found))
        said = "已经保存。还没有提交，别人还看不到。" if note == "saved" else ""
        return self._page(session, name, rows_of(data), digest_of(raw).hex(), note=said)

    def save(self, session: Session, pairs: Pairs, name: str) -> Response:
        """Save what a form says, or return the form with what is wrong; it is never lost."""
        sent, before = dict(pairs).get(_DIGEST, ""), before_in(pairs)
        rows = data_of(VocabularyForm, pairs, {} if before is None else before)
        if action_in(pairs):
            return self._page(session, name, rows, sent)
        try:
            with locked(self._root):
                raw, data = self._read(session, name)
                if digest_of(raw).hex() != sent:
                    return self._page(session, name, rows, sent, alert=_CHANGED)
                alert = self._write(session.loaded.collection, name, raw, words_of(rows, data), data)
        except (Busy, ProblemsFound) as error:
            alert = _messages(error)
        except (CannotSplice, ValueError):
            alert = "这样改写不进文件，什么也没有写；请一处一处地改，看是哪一处。"
        except OSError as error:
            alert = explain(error)
        if alert:
            return self._page(session, name, rows, sent, alert=alert)
        return RedirectResponse(f"{HOME}terms/{name}/?note=saved", HTTPStatus.SEE_OTHER)

    def _write(
        self, collection: Collection, name: str, raw: bytes, entries: dict[str, Any], data: dict[str, Any]
    ) -> str:
        """Write the file; return why it was not written, or an empty text."""
        if used := still_used(name, data.keys() - entries.keys(), collection):
            label, headings = next(iter(used.items()))
            more = "等" if len(headings) > 3 else ""
            return f"“{label}”还有记录在用（{'、'.join(headings[:3])}{more}），不能删；请先改那些记录。"
        made = text_with(name, raw.decode("utf-8"), entries).encode()
        if made != raw:
            write_files(self._root, {f"data/terms/{name}.yml": made})
        return ""

    def _read(self, session: Session, name: str) -> tuple[bytes, dict[str, Any]]:
        if name in _LISTS or name not in session.loaded.collection.vocabularies:
            raise HTTPException(HTTPStatus.NOT_FOUND, "没有这个词表。")
        where = f"data/terms/{name}.yml"
        raw = read_bytes(self._root, self._root / where)
        data = yaml.read(where, raw).data
        text_with(name, raw.decode("utf-8"), data)
        return raw, data

    def _page(
        self, session: Session, name: str, rows: dict[str, Any], digest: str, note: str = "", alert: str = ""
    ) -> Response:
        data = {
            "name": name,
            "place": "terms",
            "digest": digest,
            "token_name": TOKEN,
            "token": self._token.form,
            "form": form_of(VocabularyForm, rows, session.loaded.collection),
            "note": note,
            "alert": alert,
            "site_name": session.site.name,
        }
        return answers.page("vocabulary.html", data)


def _messages(error: Exception) -> str:
    if isinstance(error, ProblemsFound):
        return "；".join(problem.message for problem in error.problems)
    return str(error)
