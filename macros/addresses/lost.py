"""Files that are gone: whether what stood at their addresses still answers, and what to write where it does not.

An error, not a notice: the address would be lost for whoever has a link to it, and one line is enough to save it. It is told
against a commit only, so whoever must take something away is not stopped for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from macros.records.problems import Problem

PAGES = "pages"
"""Stands for a kind where a file is a page by hand and no record."""

FORMER_IDS, FORMER_ADDRESSES = "former_ids", "former_addresses"


@dataclass(frozen=True)
class Successor:
    """A file that git takes for the same as one that is gone.

    Attributes:
        path: the file, POSIX form, relative to the project's root.
        kind: the kind of its record, or `PAGES`.
        heading: what it is called.
        former: the former ids or addresses that it names.
        line: where these stand or should stand, from 1.
        column: the same, from 1.
    """

    path: str
    kind: str
    heading: str
    former: tuple[str, ...]
    line: int
    column: int


@dataclass(frozen=True)
class Gone:
    """A file that was there and is not any more.

    Attributes:
        path: where it was, POSIX form, relative to the project's root.
        kind: the kind of its record, or `PAGES`.
        name: its id, or the address of a page by hand.
        heading: what it was called; empty if it could not be read.
        former: the former ids or addresses that it named.
        successor: the file that git takes for the same, or None.
    """

    path: str
    kind: str
    name: str
    heading: str = ""
    former: tuple[str, ...] = ()
    successor: Successor | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that led to it, its own first, relative to the site's root."""
        names = (self.name, *self.former)
        return names if self.kind == PAGES else tuple(f"{self.kind}/{name}/" for name in names)

    def lost(self, answering: Collection[str]) -> str | None:
        """Return the first of the addresses that does not answer any more, or None if all do."""
        return next((address for address in self.addresses if address not in answering), None)


def lost_addresses(gone: Iterable[Gone], answering: Collection[str], base: str) -> Iterator[Problem]:
    """Yield an error for each file that is gone together with an address of its own.

    Args:
        gone: the files.
        answering: addresses of all pages of today, those that lead on included.
        base: name of the commit in which the files were, for the command that brings them back.
    """
    for file in gone:
        lost = file.lost(answering)
        if lost is None:
            continue
        follower = file.successor
        if follower is None:
            message = f"这个文件没有了，网址 /{lost} 会失效；{_ways_out(file)}恢复用 {_restore(file, base)}"
            yield Problem(file.path, 1, 1, message, "lost-address")
        else:
            remedy = _renamed(file, follower, base) if is_mended_by_a_line(file) else _changed_kind(file, base)
            message = f"这个文件像是由 {file.path} 改名来的，旧网址 /{lost} 会失效；{remedy}"
            yield Problem(follower.path, follower.line, follower.column, message, "lost-address")


def formers(file: Gone, follower: Successor) -> tuple[str, ...]:
    """Return what the follower should name, the oldest first: what is gone, what that named before, what came since."""
    names = (*file.former, file.name) if follower.kind != PAGES or file.kind == PAGES else file.addresses
    return tuple(dict.fromkeys((*names, *follower.former)))


def field_of(follower: Successor) -> str:
    """Return the field in which a file names what it was before."""
    return FORMER_ADDRESSES if follower.kind == PAGES else FORMER_IDS


def is_mended_by_a_line(file: Gone) -> bool:
    """Tell whether a line in the new file is enough; former ids are of the record's own kind (`macros.addresses.redirects`)."""
    return file.successor is not None and file.successor.kind in (PAGES, file.kind)


def _renamed(file: Gone, follower: Successor, base: str) -> str:
    field = field_of(follower)
    line = f"{field}: [{', '.join(formers(file, follower))}]"
    write = f"请把 {field} 改成" if follower.former else "请加上一行"
    command = "" if follower.kind == PAGES else "（用 kepu rename 改名会自动写好）"
    return f"{write} “{line}”{command}；其实是两回事的，请恢复旧文件：{_restore(file, base)}"


def _changed_kind(file: Gone, base: str) -> str:
    note = (
        "在里面写明搬到了哪里"
        if file.kind in (PAGES, "articles")
        else "在里面写 “merged_into: 新的 id”，新记录用另一个 id"
    )
    return f"种类变了，不能写曾用 id；请恢复旧文件（{_restore(file, base)}），{note}"


def _ways_out(file: Gone) -> str:
    if not file.addresses[0]:
        return "网站不能没有首页。"
    if file.kind == PAGES:
        return f"移到别处的，请在新文件写 “former_addresses: [{file.name}]”；不再用的请留着，写明现在看哪一页。"
    renamed = f"改了名的，请在新文件写 “former_ids: [{file.name}]”；"
    if file.kind == "articles":
        return f"{renamed}不再用的请留着，写明现在看哪一篇。"
    ended = {
        "bases": "关闭的写 status: closed，",
        "incubators": "关闭的写 status: closed，",
        "policies": "废止的写 validity: 废止，",
    }
    return f"{renamed}不要删除记录：{ended.get(file.kind, '')}并到别处的写 merged_into，分成几条的写 split_into。"


def _restore(file: Gone, base: str) -> str:
    path = f'"{file.path}"' if " " in file.path else file.path
    return f"git restore --source={base} {path}"
