"""The whole text of a record's file that can't be read as values: opened, put right, saved, given back as it was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from macros.editing.fix import fix_file
from macros.editing.resolving import CannotSplice, Choice, Side, resolution
from macros.editing.source.source_file import decode
from macros.editor.changes import contents_at_head
from macros.editor.locking import Busy, locked
from macros.editor.plain_words import name_of
from macros.editor.reasons import forget, remember
from macros.editor.store import NotSaved, path_of
from macros.editor.undo import REMOVED
from macros.records import conflicts, reading
from macros.records.load import read_document
from macros.records.model.registry import KINDS
from macros.records.problems import ProblemsFound
from macros.site.git import GitError
from macros.site.os_errors import explain
from macros.site.whole_files import refuse_links, write_files


@dataclass(frozen=True)
class RawText:
    """A record's file as it lies there.

    Attributes:
        path: the file, POSIX form, relative to the project's root.
        text: its text, lines end with ``\\n``.
        digest: tells one content from another, in hexadecimal.
        is_converted: whether it was in another encoding than UTF-8.
        newline: how its lines end.
    """

    path: str
    text: str
    digest: str
    is_converted: bool = False
    newline: str = "\n"


def open_text(root: Path, kind: str, identifier: str) -> RawText:
    """Read the text of a record's file, whatever is in it.

    Args:
        root: the project's folder.
        kind: its kind.
        identifier: its id.

    Raises:
        NotSaved: there is no such file, or it is no text.
    """
    path = path_of(kind, identifier)
    try:
        refuse_links(root, [path])
        raw = reading.read_bytes(root, root / path)
    except ProblemsFound as found:
        raise NotSaved("；".join(problem.message for problem in found.problems)) from None
    decoded = decode(raw)
    if decoded is None:
        raise NotSaved(f"{path} 里的字认不出来，可能不是文本文件，或者存坏了；请换回上次提交的样子，或找管理员看看")
    text, fixes = decoded
    newline = "\r\n" if "\r\n" in text else "\n"
    return RawText(path, _lines(text), reading.digest_of(raw).hex(), bool(fixes), newline)


def mended(path: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with what is certain put right, and what that was, in words.

    Args:
        path: the file.
        text: its text.
    """
    raw, fixes = fix_file(path, text.encode())
    return raw.decode(), tuple(f"第 {fix.line} 行：{fix.message}" for fix in fixes)


def conflicts_in(path: str, text: str) -> tuple[Choice, ...]:
    """Return what has to be chosen where two versions stand in a text, one above the other; none if there are none."""
    return resolution(path, text).choices if conflicts.find(text) else ()


def chosen(path: str, text: str, sides: dict[str, Side]) -> str:
    """Return a text with one version of each conflict.

    Args:
        path: the file.
        text: its text.
        sides: name of each choice → the version.

    Raises:
        NotSaved: they can't be put together so.
    """
    try:
        return resolution(path, text).resolved(sides)
    except CannotSplice:
        raise NotSaved("这几处不能分开选；请都选上面的，或都选下面的，再改里面的字") from None


def handed_in(root: Path, path: str) -> bytes | None:
    """Return what was last handed in of a file; None if nothing was, or that can't be read either."""
    try:
        raw = contents_at_head(root, [path])[path]
        if raw is not None:
            read_document(path, raw)
    except (GitError, ProblemsFound):
        return None
    return raw


def heading_of(root: Path, kind: str, identifier: str) -> str:
    """Return what a record that can't be read was called when it was last handed in; its id if nobody can tell."""
    path = path_of(kind, identifier)
    raw = handed_in(root, path)
    said = read_document(path, raw).data.get(name_of(KINDS[kind])) if raw else None
    return str(said or identifier)


def save_text(root: Path, opened: RawText, text: str, reason: str) -> None:
    """Write a text, if the file is as it was opened.

    Args:
        root: the project's folder.
        opened: the file as it was opened.
        text: the whole text.
        reason: what for, in one sentence.

    Raises:
        NotSaved: it has changed meanwhile, or it can't be written; it is as it was.
    """
    _write(root, opened, _lines(text).replace("\n", opened.newline).encode(), reason)


def give_back(root: Path, path: str, digest: str) -> None:
    """Put what was last handed in in the place of a file; what was in it goes into `REMOVED`.

    Args:
        root: the project's folder.
        path: the file.
        digest: of the file as it was opened.

    Raises:
        NotSaved: nothing readable was handed in, or it can't be written; the file is as it was.
    """
    raw = handed_in(root, path)
    if raw is None:
        raise NotSaved("没有能读的旧版本，什么也没有写")
    _write(root, RawText(path, "", digest), raw, "", keeps=True)
    forget(root, [path])


def _write(root: Path, opened: RawText, raw: bytes, reason: str, keeps: bool = False) -> None:
    try:
        with locked(root):
            refuse_links(root, [opened.path])
            now = reading.read_bytes(root, root / opened.path)
            if reading.digest_of(now).hex() != opened.digest:
                raise NotSaved("文件刚刚被别的窗口或程序改了，什么也没有写；请重新打开这一条，看看现在是什么样")
            aside = {f"{REMOVED}/{opened.path}": now} if keeps else {}
            for name in aside:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
            write_files(root, {**aside, opened.path: raw})
            remember(root, opened.path, reason)
    except (Busy, ProblemsFound) as error:
        raise NotSaved(str(error)) from None
    except OSError as error:
        raise NotSaved(explain(error).replace("再运行一次", "再保存一次")) from None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
