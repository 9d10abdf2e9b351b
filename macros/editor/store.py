"""Open and save records: the text of a file is changed where its data changed, merged with what others wrote meanwhile.

Nothing is kept in memory between opening and saving: a form carries the text that it was opened on, so that any process
can save it, also one that was started later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.editing.source.source_file import SourceFile
from macros.editing.source.splice import CannotSplice, set_value
from macros.editor.locking import Busy, locked
from macros.editor.merging import NO_SIDES, FieldConflict, Sides, merged, merged_lines
from macros.editor.reasons import remember
from macros.records import reading
from macros.records.load import read_document
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.records.problems import Problem, ProblemsFound, has_errors
from macros.records.scan import ARTICLES, IDENTIFIER, LONGEST_IDENTIFIER
from macros.site.os_errors import explain
from macros.site.whole_files import refuse_links, write_files

TEXT = "text"
"""The name of an article's text among conflicts and choices."""

RecordChecker = Callable[[str, str, str], Sequence[Problem]]
"""Returns the faults of a text, given kind, id and text (`macros.editor.record_check`)."""


class NotSaved(Exception):
    """Raised where nothing could be read or written; its text is Chinese and says what to do."""


@dataclass(frozen=True)
class OpenedRecord:
    """A record's file as it was when it was opened.

    Attributes:
        kind: its kind.
        id: its id.
        path: its file, POSIX form, relative to the project's root.
        text: the whole text, line ends and byte order mark as they are.
        digest: tells one content from another, in hexadecimal.
        data: its values, as `Document.data` has them.
        page: of an article, the Markdown below its front matter; None for others.
    """

    kind: str
    id: str
    path: str
    text: str
    digest: str
    data: dict[str, Any]
    page: str | None = None

    @property
    def model(self) -> type[Record]:
        """The class of its kind."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class Saved:
    """A record was saved.

    Attributes:
        opened: the record as it is now.
        changed: whether a byte of the file changed.
        was_merged: whether what somebody else wrote meanwhile was kept beside it.
        faults: what is still to be mended; never an error unless errors were allowed.
    """

    opened: OpenedRecord
    changed: bool
    was_merged: bool
    faults: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Conflicts:
    """Nothing was saved: fields were changed in the form and in the file, each otherwise.

    Attributes:
        opened: the record as it is now.
        data: the merged values, one's own where both changed.
        conflicts: the fields that have to be chosen.
    """

    opened: OpenedRecord
    data: dict[str, Any]
    conflicts: tuple[FieldConflict, ...]


@dataclass(frozen=True)
class Refused:
    """Nothing was saved: the record would be wrong.

    Attributes:
        data: the values as they would be.
        faults: what is wrong.
    """

    data: dict[str, Any]
    faults: tuple[Problem, ...]


@dataclass(frozen=True)
class Choices:
    """What an editor chose where two versions contradict each other.

    Attributes:
        digest: that of the file which the choice was made on; if it has changed again, the choice counts for nothing.
        sides: name of each conflict → the version; ``OURS`` is the form's, ``THEIRS`` the file's.
    """

    digest: str = ""
    sides: Sides = field(default_factory=dict)


NO_CHOICES = Choices()


def path_of(kind: str, identifier: str) -> str:
    """Return the file of a record, POSIX form, relative to the project's root.

    Raises:
        NotSaved: there is no such kind, or no such id can be.
    """
    if kind not in KINDS or not IDENTIFIER.fullmatch(identifier) or len(identifier) > LONGEST_IDENTIFIER:
        raise NotSaved("没有这样的记录；请从列表里打开")
    return f"{ARTICLES}/{identifier}.md" if kind == "articles" else f"data/{kind}/{identifier}.yml"


class Store:
    """The records of one project as files.

    Args:
        root: the project's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, kind: str, identifier: str) -> OpenedRecord:
        """Read a record.

        Raises:
            NotSaved: there is no such record, or it lies behind a link.
            ProblemsFound: its file can't be read; the problems say why.
        """
        path = path_of(kind, identifier)
        self._refuse_links(path)
        if not (self.root / path).is_file():
            raise NotSaved("这条记录已经不在了，可能刚刚改了名或删去了；请回到列表再找")
        return self._opened(kind, identifier, reading.read_bytes(self.root, self.root / path))

    def opened_as(self, kind: str, identifier: str, text: str) -> OpenedRecord:
        """Return a record as it was when its file had a text, which a form carried; its line ends may have changed on the way.

        Raises:
            NotSaved: no such record can be.
            ProblemsFound: the text is none of a record.
        """
        path_of(kind, identifier)
        return self._opened(kind, identifier, text.encode())

    def _opened(self, kind: str, identifier: str, raw: bytes) -> OpenedRecord:
        path = path_of(kind, identifier)
        data = read_document(path, raw).data
        text = raw.decode()
        page = SourceFile.of(path, text).after if path.endswith(".md") else None
        return OpenedRecord(kind, identifier, path, text, reading.digest_of(raw).hex(), dict(data), _below(page))

    def text_of(self, opened: OpenedRecord, data: dict[str, Any], page: str | None = None) -> str:
        """Return a record's text with other values; what did not change stays byte for byte.

        Args:
            opened: the record.
            data: all its values.
            page: of an article, the Markdown below; None leaves it.

        Raises:
            NotSaved: the text can't be written so that it reads as intended.
        """
        file = SourceFile.of(opened.path, opened.text)
        try:
            file = file.with_yaml(set_value(file.yaml, (), dict(data), opened.model))
        except CannotSplice:
            raise NotSaved("这样改写不进文件，什么也没有写；请把改的字段一项一项地保存，看是哪一项") from None
        if page is None or opened.page is None or _same_lines(page, opened.page):
            return file.text
        newline = "\r\n" if "\r\n" in opened.text else "\n"
        return file.text[: len(file.text) - len(opened.page)] + _with_newlines(page, newline)

    def save(
        self,
        opened: OpenedRecord,
        data: dict[str, Any],
        reason: str = "",
        *,
        page: str | None = None,
        choices: Choices = NO_CHOICES,
        check: RecordChecker | None = None,
        allows_errors: bool = False,
    ) -> Saved | Conflicts | Refused:
        """Save a record, merged with what was written since it was opened.

        Args:
            opened: the record as the form was opened on it.
            data: its values by the form.
            reason: what for, in one sentence; it is told when the change is handed in.
            page: of an article, the Markdown below; None leaves it.
            choices: what was chosen after `Conflicts`.
            check: finds the faults of the text before it is written.
            allows_errors: whether it is saved although it has errors, which are told all the same.

        Raises:
            NotSaved: the file can't be read or written; it is as it was.
        """
        try:
            with locked(self.root):
                return self._save(opened, data, reason, page, choices, check, allows_errors)
        except (Busy, ProblemsFound) as error:
            raise NotSaved(str(error)) from None
        except OSError as error:
            raise NotSaved(explain(error).replace("再运行一次", "再保存一次")) from None

    def _save(
        self,
        opened: OpenedRecord,
        data: dict[str, Any],
        reason: str,
        page: str | None,
        choices: Choices,
        check: RecordChecker | None,
        allows_errors: bool,
    ) -> Saved | Conflicts | Refused:
        now = self.open(opened.kind, opened.id)
        sides = choices.sides if choices.digest == now.digest else NO_SIDES
        both = merged(opened.data, data, now.data, sides)
        below, asked = _page(opened, page, now, sides)
        if conflicts := (*both.conflicts, *asked):
            return Conflicts(now, both.value, conflicts)
        text = self.text_of(now, both.value, below)
        faults = tuple(check(now.kind, now.id, text)) if check and text != now.text else ()
        if has_errors(faults) and not allows_errors:
            return Refused(both.value, faults)
        if text != now.text:
            self._write(now, text, reason)
        return Saved(
            self._opened(now.kind, now.id, text.encode()), text != now.text, now.digest != opened.digest, faults
        )

    def _write(self, now: OpenedRecord, text: str, reason: str) -> None:
        if reading.read_bytes(self.root, self.root / now.path) != now.text.encode():
            raise NotSaved("文件刚刚又被别的程序改了，什么也没有写；请再保存一次")
        write_files(self.root, {now.path: text.encode()})
        remember(self.root, now.path, reason)

    def create(self, kind: str, identifier: str, text: str, reason: str = "") -> OpenedRecord:
        """Write the file of a new record.

        Raises:
            NotSaved: there is one already, or it can't be written.
            ProblemsFound: the text is none of a record.
        """
        path = path_of(kind, identifier)
        opened = self._opened(kind, identifier, text.encode())
        try:
            with locked(self.root):
                self._refuse_links(path)
                if (self.root / path).exists():
                    raise NotSaved(f"已经有一条记录叫 {identifier}，什么也没有写；请换一个")
                write_files(self.root, {path: text.encode()})
                remember(self.root, path, reason)
        except Busy as error:
            raise NotSaved(str(error)) from None
        except OSError as error:
            raise NotSaved(explain(error).replace("再运行一次", "再保存一次")) from None
        return opened

    def _refuse_links(self, path: str) -> None:
        try:
            refuse_links(self.root, [path])
        except ProblemsFound as found:
            raise NotSaved(str(found)) from None


def _below(after: str | None) -> str | None:
    """Return what stands below the line that ends front matter."""
    return None if after is None else after.partition("\n")[2]


def _same_lines(one: str, other: str) -> bool:
    return _with_newlines(one, "\n") == _with_newlines(other, "\n")


def _with_newlines(text: str, newline: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", newline)


def _page(
    opened: OpenedRecord, page: str | None, now: OpenedRecord, sides: Sides
) -> tuple[str | None, tuple[FieldConflict, ...]]:
    """Return the text of an article, merged, and the conflict if there is one."""
    if page is None or opened.page is None or now.page is None:
        return None, ()
    base, mine, theirs = (_with_newlines(text, "\n") for text in (opened.page, page, now.page))
    text, found = merged_lines(base, mine, theirs, TEXT, sides)
    return text, found.conflicts
