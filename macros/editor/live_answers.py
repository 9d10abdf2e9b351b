"""What the scripts of a form ask while somebody types: its faults, the page of what was typed, and a prose as it will read."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import quote

from starlette.responses import JSONResponse, Response

from macros.editor.draft import page_of_draft, record_of
from macros.editor.fault_summary import address_of_other, message_of, names_of
from macros.editor.record_check import check
from macros.editor.sent_form import SentForm
from macros.editor.store import NotSaved, Store
from macros.records.problems import Level
from macros.site.session import Session
from macros.text import prose


class LiveAnswers:
    """Answers for one project.

    Args:
        store: its records as files.
        base_path: the folder of the site on its host.
    """

    def __init__(self, store: Store, base_path: str = "/") -> None:
        self._store, self._base_path = store, base_path

    def check(self, session: Session, form: SentForm) -> Response:
        """Return the faults of what a form says, for the script that puts them at their fields."""
        try:
            text = self._store.text_of(form.opened, form.data, form.page)
        except NotSaved as error:
            return JSONResponse({"problems": [{"names": [], "level": Level.ERROR.value, "message": str(error)}]})
        found = check(session, form.opened.kind, form.opened.id, text)
        problems = [
            {
                "names": list(names_of(path)),
                "level": problem.level.value,
                "message": message_of(path, problem),
                "address": address_of_other(path, problem),
            }
            for path, problem in found
        ]
        return JSONResponse({"problems": problems, "changed": text != form.opened.text})

    def look(self, session: Session, form: SentForm) -> Response:
        """Return the page of the record as the form has it; nothing while it is wrong, or where only the whole site shows it."""
        try:
            text = self._store.text_of(form.opened, form.data, form.page)
        except NotSaved:
            return Response(status_code=HTTPStatus.NO_CONTENT)
        record = record_of(session, form.opened.kind, form.opened.id, text)
        made = page_of_draft(session, record, text) if record else None
        if made is None:
            return Response(status_code=HTTPStatus.NO_CONTENT)
        # Never shown as a page of this address: the script takes it apart.
        return Response(made, headers={"Content-Type": "text/plain; charset=utf-8"})

    def prose(self, session: Session, pairs: Sequence[tuple[str, str]], kind: str, id: str) -> Response:
        """Return a prose of a record as pages show it; an article's pictures lie where those of its record do."""
        library, found = session.library, session.loaded.collection.files.get((kind, id), {})

        def link(name: str) -> str | None:
            record = library.get(name.removeprefix("id:"), withdrawn=True)
            return f"{self._base_path}{library.address(record)}" if record else None

        def picture(name: str) -> str | None:
            own = name.rpartition("/")[2]
            return f"{self._base_path}files/{kind}/{id}/{quote(own)}" if own in found else None

        made = prose.render(dict(pairs).get("_text", ""), link, picture)
        return Response(made, headers={"Content-Type": "text/plain; charset=utf-8"})
