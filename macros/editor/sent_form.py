"""What a browser sent of a record's form, with what the pages around it hand on."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException

from macros.editing.resolving import Side
from macros.editor.put_right import put_right
from macros.editor.store import Choices, NotSaved, OpenedRecord, Store
from macros.editor.submitted import before_in, data_of
from macros.records.collection import Collection
from macros.records.problems import ProblemsFound

Pairs = Sequence[tuple[str, str]]
BASE, PAGE, REASON, DIGEST, CHOICE, UNFINISHED = "_base", "_page", "_reason", "_digest", "_choice.", "_unfinished"
DO, NEW, ANNOUNCES, ANNOUNCEMENT, FINISHED, WORD = "_do", "_new", "_announces", "_announcement", "_finished", "_word"
"""Names of what the editor's own pages send; no field of a record begins with this sign."""

_OF_QUESTION = (REASON, DIGEST, UNFINISHED, DO, ANNOUNCES, ANNOUNCEMENT, WORD)


@dataclass(frozen=True)
class SentForm:
    """What a browser sent of a record's form.

    Attributes:
        opened: the record as the form was opened on it.
        data: its values by the form.
        page: of an article, the Markdown by the form; None for others.
        pairs: all that was sent, but for the token.
    """

    opened: OpenedRecord
    data: dict[str, Any]
    page: str | None
    pairs: Pairs

    def value(self, name: str) -> str:
        """Return what the form says under a name of the editor's own; empty if nothing."""
        return next((value for key, value in self.pairs if key == name), "")

    @property
    def is_new(self) -> bool:
        """Whether the record has no file yet."""
        return bool(self.value(NEW))

    @property
    def choices(self) -> Choices:
        """What was chosen where two versions contradict each other."""
        sides = {name.removeprefix(CHOICE): value for name, value in self.pairs if name.startswith(CHOICE)}
        return Choices(self.value(DIGEST), {name: Side(value) for name, value in sides.items() if value in set(Side)})

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What a page that asks something must hand on, so that the form is not lost."""
        return [pair for pair in self.pairs if pair[0] not in _OF_QUESTION and not pair[0].startswith(CHOICE)]


def base_text(opened: OpenedRecord) -> str:
    """Return the text that a form was opened on, as the form carries it: browsers change the ends of lines."""
    return base64.b64encode(opened.text.encode()).decode()


def read_form(store: Store, collection: Collection, kind: str, identifier: str, pairs: Pairs) -> SentForm:
    """Return what a form says.

    Args:
        store: the records as files.
        collection: the records as they stand.
        kind: of the record.
        identifier: its id.
        pairs: what was sent, without the token.

    Raises:
        HTTPException: it is no form of a record.
    """
    text = next((value for name, value in pairs if name == BASE), "")
    try:
        opened = store.opened_as(kind, identifier, base64.b64decode(text, validate=True).decode())
    except (binascii.Error, UnicodeDecodeError, ProblemsFound, NotSaved):
        message = "这一页的表单不完整，什么也没有写；请从列表里重新打开。"
        raise HTTPException(HTTPStatus.BAD_REQUEST, message) from None
    before = before_in(pairs)
    data = data_of(opened.model, pairs, opened.data if before is None else before)
    data = put_right(opened.model, data, opened.data, collection)
    page = next((value for name, value in pairs if name == PAGE), None)
    return SentForm(opened, data, page, pairs)
