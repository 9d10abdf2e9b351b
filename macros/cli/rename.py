"""`kepu rename`: give a record another id, all or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.writing import undone_on_failure, write_files
from macros.editing.rename import CannotRename, Renaming
from macros.editing.rename import rename as work_out
from macros.records.problems import has_errors
from macros.site.session import Session, open_session


@click.command()
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename(root: Path, old: str, new: str) -> None:
    """给记录改 id：文件、引用它的地方、曾用 id、图片和附件的文件夹一起改，要么全改，要么不改。"""
    session = open_session(root)
    _refuse_errors(session, "有错误时不能改 id；请先改好下面的错误：")
    try:
        renaming = work_out(session.checked.collection, _sources(session), old, new)
    except CannotRename as reason:
        click.echo(f"没有改：{reason}", err=True)
        sys.exit(1)
    if (root / renaming.folder[1]).exists():
        click.echo(f"没有改：{renaming.folder[1]}/ 已经有了；请先移走", err=True)
        sys.exit(1)
    with _undone_on_failure(root, renaming):
        _carry_out(root, renaming)
        _refuse_errors(open_session(root), "改了以后有下面的错误，已全部改回：")
    changed = [path for path in renaming.files if path.rpartition("/")[2].rpartition(".")[0] != new]
    click.echo(
        f"已把 {old} 改为 {new}：{renaming.references} 处引用，另有 {len(changed)} 个文件改动。旧网址会自动跳转。"
    )
    for path in changed:
        click.echo(f"  {path}")


def _refuse_errors(session: Session, message: str) -> None:
    problems = session.problems()
    if has_errors(problems):
        click.echo(message)
        click.echo(reporting.report(problems, "text"))
        sys.exit(1)


def _sources(session: Session) -> dict[str, str]:
    """Return the text of every record and every page by hand, line ends as they are."""
    root = session.root
    paths = {record.document.path for record in session.checked.collection.records.values()}
    paths |= {path.relative_to(root).as_posix() for path in root.glob("content/**/*.md")}
    return {path: (root / path).read_bytes().decode() for path in sorted(paths)}


def _carry_out(root: Path, renaming: Renaming) -> None:
    write_files(root, {path: text.encode() for path, text in renaming.files.items()})
    old, new = (root / folder for folder in renaming.folder)
    if old.is_dir():
        old.replace(new)
    (root / renaming.removed).unlink()


@contextmanager
def _undone_on_failure(root: Path, renaming: Renaming) -> Iterator[None]:
    """Put everything back as it was if something fails in between."""
    try:
        with undone_on_failure(root, (*renaming.files, renaming.removed)):
            yield
    except BaseException:
        old, new = (root / folder for folder in renaming.folder)
        if new.is_dir() and not old.exists():
            new.replace(old)
        raise
