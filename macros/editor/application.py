"""The editor's addresses, below ``/__kepu__/edit/`` in the server of the preview, over the records that it has read anyway."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from macros.editing.questionnaire.register import FOLDER, waiting
from macros.editor import answers
from macros.editor.answers import HOME
from macros.editor.before_handing_in import left_over
from macros.editor.changes import changed_paths
from macros.editor.current import CurrentRecords, RecordsAsRead
from macros.editor.ending_pages import EndingPages
from macros.editor.form_pages import RecordPages
from macros.editor.list_question import ListQuestion, Order
from macros.editor.live_answers import LiveAnswers
from macros.editor.new_pages import NewPages
from macros.editor.pending_pages import PendingPages
from macros.editor.reference_search import find_records
from macros.editor.rename_pages import RenamePages
from macros.editor.security import EditorToken, Guard, body_of, pairs_of
from macros.editor.sent_form import SentForm, read_form
from macros.editor.sent_table import file_of
from macros.editor.store import NotSaved, Store
from macros.editor.table_pages import TablePages
from macros.editor.text_pages import TextPages
from macros.editor.unread_rows import unread_rows
from macros.editor.uploads import add_file
from macros.editor.vocabulary_pages import VocabularyPages
from macros.editor.worklist import WorkListing
from macros.records.model.registry import KINDS
from macros.records.problems import ProblemsFound
from macros.site.answering import register_in
from macros.site.session import Session

if TYPE_CHECKING:
    from starlette.requests import Request

_MOST_WAITS, _WAIT_SECONDS = 600, 0.1
Endpoint = Callable[["Request", Session], Response]
PairsEndpoint = Callable[..., Response]
"""Takes a session, the pairs of a form, and what stands in the address."""
FormEndpoint = Callable[[Session, SentForm], Response]


class Editor:
    """What answers below `HOME`.

    Args:
        root: the project's folder.
        records: the records as they stand.
        token: the secret of this editor.
    """

    def __init__(self, root: Path, records: RecordsAsRead, token: EditorToken) -> None:
        self._root, self._records, self._token = root, CurrentRecords(root, records), token
        self._store = Store(root)
        self._pages, self._pending = RecordPages(self._store, token), PendingPages(self._store, token)
        self._vocabularies = VocabularyPages(root, token)
        self._new_pages = NewPages(self._store, self._pages)
        self._tables = TablePages(root, token)
        self._live, self._endings = LiveAnswers(self._store), EndingPages(self._store, self._pages, token)
        self._renaming, self._texts = RenamePages(root, token), TextPages(root, token)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """What the server of the preview is to answer besides its own."""
        record, pages = "/records/{kind}/{id}/", self._pages
        own = [
            Route("/", self._with_session(self._list)),
            Route(record, self._record),
            Route(record, self._with_form(pages.ask), methods=["POST"]),
            Route(f"{record}save", self._with_form(pages.save), methods=["POST"]),
            Route(f"{record}hand-in", self._with_form(self._save_and_hand_in), methods=["POST"]),
            Route(f"{record}check", self._with_form(self._live.check), methods=["POST"]),
            Route(f"{record}look", self._with_form(self._live.look), methods=["POST"]),
            Route(f"{record}prose", self._with_pairs(self._live.prose), methods=["POST"]),
            Route(f"{record}files", self._file, methods=["POST"]),
            Route(f"{record}ending", self._with_session(self._ending)),
            Route(f"{record}ending", self._with_pairs(self._endings.end), methods=["POST"]),
            Route(f"{record}text", self._with_pairs(self._texts.save), methods=["POST"]),
            Route(f"{record}rename", self._with_session(self._rename)),
            Route(f"{record}rename", self._with_pairs(self._renaming.rename), methods=["POST"]),
            Route("/new/", self._with_session(self._new)),
            Route("/new/{kind}/{id}/", self._with_session(self._new_form)),
            Route("/adopt/", self._with_session(lambda request, session: self._tables.ask(session))),
            Route("/adopt/", self._table, methods=["POST"]),
            Route("/adopt/answers", self._with_pairs(self._tables.answer), methods=["POST"]),
            Route("/adopt/take", self._with_pairs(self._tables.take), methods=["POST"]),
            Route("/changes/", self._with_session(self._changes)),
            Route("/changes/undo", self._with_pairs(self._pending.undo), methods=["POST"]),
            Route("/changes/hand-in", self._with_pairs(self._pending.hand_in), methods=["POST"]),
            Route("/terms/", self._with_session(lambda request, session: self._vocabularies.all(session))),
            Route("/terms/{name}/", self._with_session(self._vocabulary)),
            Route("/terms/{name}/", self._with_pairs(self._vocabularies.save), methods=["POST"]),
            Route("/names", self._with_session(_names)),
            Route("/static/{name:path}", lambda request: answers.static_file(request.path_params["name"])),
            Route("/site/{name}", self._with_session(_site_file)),
        ]
        application = Starlette(routes=own, exception_handlers={HTTPException: _told})
        return [Mount(HOME.rstrip("/"), Guard(application, self._token, HOME))]

    def _with_session(self, endpoint: Endpoint) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            session = self._records.session
            if session is None:
                text = "马上就好，这一页会自己刷新。"
                return answers.message("正在读取记录……", text, HTTPStatus.SERVICE_UNAVAILABLE, again=True)
            return endpoint(request, session)

        return answer

    def _with_pairs(self, endpoint: PairsEndpoint) -> Callable[[Request], Awaitable[Response]]:
        """Return what reads a form, which may be large and slow to come, and answers in a thread of its own."""

        async def answer(request: Request) -> Response:
            pairs = await pairs_of(request, self._token)
            session = await self._awaited_session()
            return await run_in_threadpool(endpoint, session, pairs, **request.path_params)

        return answer

    async def _awaited_session(self) -> Session:
        """Return the records once they are read: a form that is sent at once after the start must not be lost.

        Raises:
            HTTPException: they are not read after a minute.
        """
        for _ in range(_MOST_WAITS):
            if session := self._records.session:
                return session
            await asyncio.sleep(_WAIT_SECONDS)
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, "记录还没有读完；请过一会儿再试。")

    def _with_form(self, endpoint: FormEndpoint) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers to the form of a record."""

        def answer(session: Session, pairs: Sequence[tuple[str, str]], kind: str, id: str) -> Response:
            return endpoint(session, read_form(self._store, session.loaded.collection, kind, id, pairs))

        return self._with_pairs(answer)

    def _vocabulary(self, request: Request, session: Session) -> Response:
        return self._vocabularies.show(session, request.path_params["name"], request.query_params.get("note", ""))

    async def _file(self, request: Request) -> Response:
        """Take a file for a record: its bytes are the body, its name stands in the address."""
        if not self._token.is_form(request.headers.get("x-kepu-token", "")):
            raise HTTPException(HTTPStatus.FORBIDDEN, "这一页已经过时；请重新打开这条记录。")
        raw, name = await body_of(request), request.query_params.get("name", "")
        kind, identifier = request.path_params["kind"], request.path_params["id"]
        try:
            added = await run_in_threadpool(add_file, self._root, kind, identifier, name, raw)
        except NotSaved as error:
            return JSONResponse({"message": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)
        return JSONResponse({"name": added.name, "notes": added.notes})

    async def _table(self, request: Request) -> Response:
        """Take a table: the one form of several parts, as browsers send files without scripts."""
        name, raw = await file_of(request, self._token)
        session = await self._awaited_session()
        return await run_in_threadpool(self._tables.look, session, name, raw)

    def _new(self, request: Request, session: Session) -> Response:
        return self._new_pages.ask(session, request.query_params)

    def _new_form(self, request: Request, session: Session) -> Response:
        names = request.path_params
        return self._new_pages.form(session, names["kind"], names["id"], request.query_params)

    def _rename(self, request: Request, session: Session) -> Response:
        return self._renaming.ask(session, request.path_params["kind"], request.path_params["id"])

    def _ending(self, request: Request, session: Session) -> Response:
        return self._endings.ask(session, request.path_params["kind"], request.path_params["id"])

    def _changes(self, request: Request, session: Session) -> Response:
        note = "已经撤销。" if request.query_params.get("note") == "undone" else ""
        return self._pending.show(session, note)

    def _save_and_hand_in(self, session: Session, form: SentForm) -> Response:
        answer = self._pages.save(session, form)
        return self._pending.hand_in_all(session) if answer.status_code == HTTPStatus.SEE_OTHER else answer

    def _record(self, request: Request) -> Response:
        names, session = request.path_params, self._records.session_of_forms
        note, problems = request.query_params.get("note", ""), self._records.problems_of
        try:
            return self._pages.show(session, names["kind"], names["id"], problems, note)
        except ProblemsFound:
            return self._texts.show(session, names["kind"], names["id"])

    def _list(self, request: Request, session: Session) -> Response:
        question = ListQuestion.read(request.query_params)
        listing = WorkListing(
            session.library,
            self._records.problems,
            changed_paths(self._root),
            unread_rows(self._root, session),
            waiting(register_in(self._root / FOLDER)),
        )
        kinds = [(kind, session.library.kind_label(kind)) for kind in KINDS]
        data = {
            "question": question,
            "answer": listing.answer(question),
            "counts": listing.counts(question.kind),
            "kinds": kinds,
            "orders": list(Order),
            "notice": left_over(self._root),
            "place": "list",
            "site_name": session.site.name,
        }
        return answers.page("list.html", data)


def _names(request: Request, session: Session) -> Response:
    """Return the records that a reference may name."""
    kinds = tuple(kind for kind in request.query_params.get("kinds", "").split(",") if kind in KINDS)
    collection = session.loaded.collection
    found = find_records(collection, kinds, request.query_params.get("q", "")[:100])
    return JSONResponse(
        [{"id": one.id, "label": one.heading, "kind": collection.kind_label(one.kind)} for one in found]
    )


def _site_file(request: Request, session: Session) -> Response:
    return answers.site_file(session.theme, request.path_params["name"])


def _told(request: Request, error: Exception) -> Response:
    """Say in Chinese what went wrong."""
    status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    said = isinstance(error, HTTPException) and any(character >= "\u4e00" for character in error.detail)
    text = error.detail if isinstance(error, HTTPException) and said else "没有这一页。"
    return answers.message("不能这样做" if said else "找不到", text, status)
