"""What the page for tables is sent: a file, or the cells that were read of it with what was answered since.

Nothing is kept between two requests: the cells go along in the form, packed. A workbook itself would be too large for that, and
of its pictures, formulas and macros nothing is ever read.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from macros.editor.security import TOKEN, EditorToken, body_of
from macros.spreadsheets.csv_file import read_csv
from macros.spreadsheets.reader import read_xlsx
from macros.spreadsheets.sheets import Cell, Nature, Unusable, Worksheet

if TYPE_CHECKING:
    from starlette.requests import Request

CELLS, NAME, KIND, TITLE, MARK, ASKED, SKIPS = "_cells", "_name", "_kind", "_title", "_mark", "_asked", "_skips"
COLUMN, ANSWER = "column.", "answer."
_LARGEST_UNPACKED = 60_000_000
_BOUNDARY = re.compile(r'multipart/form-data\s*;.*?\bboundary="?([^";,\s]{1,70})"?', re.IGNORECASE)
_NAMED = re.compile(rb'\bname="([^"]*)"')
_FILE_NAMED = re.compile(rb'\bfilename="([^"]*)"')
_BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xd8", b"\x89PNG")
_AGAIN = "这一页读不出来；请重新选文件。"


@dataclass(frozen=True)
class SentTable:
    """A table with what an editor said of it so far.

    Attributes:
        name: what its file is called, without folders.
        worksheets: its sheets.
        kind: the kind of its records; empty to find out.
        title: what the source of its records is called; empty to take what stands above the list.
        mark: the nature of that source, as cells say it.
        columns: heading of the list → title of our column; empty where nobody knows.
        answers: key of a question → what was said to it.
        asked: keys of the questions that the editor saw.
        skips_conflicts: whether rows that changed on both sides stay as they are.
    """

    name: str
    worksheets: Sequence[Worksheet]
    kind: str = ""
    title: str = ""
    mark: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    skips_conflicts: bool = False

    @property
    def stem(self) -> str:
        """The name without what says how it is written."""
        return PurePosixPath(self.name).stem


async def file_of(request: Request, token: EditorToken) -> tuple[str, bytes]:
    """Return the name and the bytes of the file that a form of several parts brings; both empty if none was chosen.

    Raises:
        HTTPException: the body is no such form, too large, or not one of this editor's.
    """
    found = _BOUNDARY.match(request.headers.get("content-type", ""))
    if not found:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "这不是编辑器的表单。")
    parts = dict(_parts(await body_of(request), found[1].encode("latin-1", "replace")))
    if not token.is_form(parts.get(TOKEN, ("", b""))[1].decode("ascii", "replace")):
        raise HTTPException(HTTPStatus.FORBIDDEN, "这一页是以前打开的；请刷新以后再试。")
    return parts.get("file", ("", b""))


def _parts(body: bytes, boundary: bytes) -> list[tuple[str, tuple[str, bytes]]]:
    """Return name → name of the file and content, of each part (RFC 7578)."""
    found = []
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name, file = _NAMED.search(head), _FILE_NAMED.search(head)
        if name:
            called = file[1].decode("utf-8", "replace") if file else ""
            found.append((name[1].decode("utf-8", "replace"), (re.split(r"[/\\]", called)[-1], content)))
    return found


def read_table(name: str, raw: bytes) -> SentTable:
    """Return the table in a file, by what it holds and not by its name.

    Raises:
        Unusable: there is none.
    """
    if not raw:
        raise Unusable("还没有选文件，或者文件是空的；请选一个表格")
    is_text = b"\0" not in raw[:4096] and not raw.startswith(_BINARY)
    is_utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    sheets = [read_csv(PurePosixPath(name).stem or "表", raw)] if is_text or is_utf16 else read_xlsx(raw)
    return SentTable(name[-200:], sheets)


def packed(worksheets: Sequence[Worksheet]) -> str:
    """Return sheets as one word for a form."""
    plain = [
        [
            sheet.name,
            [[number, [[at, cell.text, cell.nature.value] for at, cell in row.items()]] for number, row in sheet.rows.items()],
            sheet.merged,
        ]
        for sheet in worksheets
    ]  # fmt: skip
    return base64.b64encode(zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), 6)).decode()


def unpacked(word: str) -> list[Worksheet]:
    """Return what `packed` made a word of.

    Raises:
        HTTPException: it is no such word.
    """
    try:
        unpacker = zlib.decompressobj()
        plain = json.loads(unpacker.decompress(base64.b64decode(word, validate=True), _LARGEST_UNPACKED))
        return [_sheet(name, rows, merged) for name, rows, merged in plain]
    except (binascii.Error, zlib.error, ValueError, TypeError, KeyError, RecursionError):
        raise HTTPException(HTTPStatus.BAD_REQUEST, _AGAIN) from None


def _sheet(name: str, rows: list[list[object]], merged: list[str]) -> Worksheet:
    made = {
        int(str(number)): {int(at): Cell(str(text), Nature(nature)) for at, text, nature in cells}  # type: ignore[attr-defined]
        for number, cells in rows
    }
    return Worksheet(str(name), made, tuple(map(str, merged)))


def answered(pairs: Sequence[tuple[str, str]]) -> SentTable:
    """Return the table in a form.

    Raises:
        HTTPException: there is none in it.
    """
    sent = {name: value.strip() for name, value in pairs}
    if CELLS not in sent:
        raise HTTPException(HTTPStatus.BAD_REQUEST, _AGAIN)
    return SentTable(
        sent.get(NAME, "")[-200:],
        unpacked(sent[CELLS]),
        sent.get(KIND, ""),
        sent.get(TITLE, "")[:300],
        sent.get(MARK, ""),
        {name.removeprefix(COLUMN): value for name, value in sent.items() if name.startswith(COLUMN)},
        {name.removeprefix(ANSWER): value for name, value in sent.items() if name.startswith(ANSWER) and value},
        frozenset(sent.get(ASKED, "").split()),
        sent.get(SKIPS) == "1",
    )
