"""`kepu rename`: give a record another id, all or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.reporting import say
from macros.cli.unfinished_rename import Work, carry_out, finish, noted, unfinished
from macros.editing.rename import CannotRename, Renaming
from macros.editing.rename import rename as work_out
from macros.pages.handwritten import CONTENT, uris
from macros.records.problems import has_errors
from macros.site.session import Session, open_session
from macros.site.whole_files import undone_on_failure


@click.command()
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename(root: Path, old: str, new: str) -> None:
    """给记录改 id：文件、引用它的地方、曾用 id、图片和附件的文件夹一起改，要么全改，要么不改。"""
    if left := unfinished(root):
        finish(root, left)
        say(f"上次 kepu rename {left.old} {left.new} 没有做完，现在已经接着做完。")
        if (left.old, left.new) == (old, new):
            return
    session = open_session(root)
    _refuse_errors(session, "有错误时不能改 id；请先改好下面的错误：")
    sources = _sources(session)
    try:
        renaming = work_out(session.checked.collection, sources, old, new)
    except CannotRename as reason:
        say(f"没有改：{reason}", err=True)
        sys.exit(1)
    if (root / renaming.folder[1]).exists():
        say(f"没有改：{renaming.folder[1]}/ 已经有了；请先移走", err=True)
        sys.exit(1)
    work = _work(renaming, sources, old, new)
    with noted(root, work), _undone_on_failure(root, work):
        carry_out(root, work)
        _refuse_errors(open_session(root), "改了以后有下面的错误，已全部改回：")
    changed = [path for path in renaming.files if path.rpartition("/")[2].rpartition(".")[0] != new]
    say(f"已把 {old} 改为 {new}：{renaming.references} 处引用，另有 {len(changed)} 个文件改动。旧网址会自动跳转。")
    for path in changed:
        say(f"  {path}")


def _refuse_errors(session: Session, message: str) -> None:
    problems = session.problems()
    if has_errors(problems):
        say(message)
        say(reporting.report(problems, "text"))
        sys.exit(1)


def _sources(session: Session) -> dict[str, str]:
    """Return the text of every record and every page by hand, line ends as they are."""
    root = session.root
    paths = {record.document.path for record in session.checked.collection.records.values()}
    paths |= {f"{CONTENT}/{uri}" for uri in uris(root / CONTENT) if uri.endswith(".md")}
    return {path: (root / path).read_bytes().decode() for path in sorted(paths)}


def _work(renaming: Renaming, sources: Mapping[str, str], old: str, new: str) -> Work:
    paths = (*renaming.files, renaming.removed)
    old_folder, new_folder = renaming.folder
    return Work(
        old=old, new=new, removed=renaming.removed, before={path: sources.get(path) for path in paths},
        files=renaming.files, old_folder=old_folder, new_folder=new_folder,
    )  # fmt: skip


@contextmanager
def _undone_on_failure(root: Path, work: Work) -> Iterator[None]:
    """Put everything back as it was if something fails in between."""
    try:
        with undone_on_failure(root, work.before):
            yield
    except BaseException:
        if (root / work.new_folder).is_dir() and not (root / work.old_folder).exists():
            (root / work.new_folder).replace(root / work.old_folder)
        raise
