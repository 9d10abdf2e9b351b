"""`kepu diff`: what the changes since a revision mean, field by field."""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from macros.cli.arguments import commit_named
from macros.cli.reporting import say
from macros.editing.diff import FORMS, RecordChange, Texts, changes, show
from macros.records import frontmatter
from macros.records.collection import Collection
from macros.records.load import load
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Article
from macros.site import git
from macros.site.session import Session, open_session
from macros.site.whole_files import write_files

FOLDERS = ("data", "content/articles")
PAPERS = ("html", "docx", "xlsx")


@click.command()
@click.argument("base", default="HEAD")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMS, *PAPERS]),
    default="text",
    help="输出格式：给人看、Markdown、JSON；html、docx、xlsx 是送审的审核表。",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到这个文件；审核表必须写。")
@click.pass_obj
def diff(root: Path, base: str, form: str, out: Path | None) -> None:
    """用中文逐项说明记录改了什么。BASE 是拿来比较的版本，默认是上一次提交（HEAD）。"""
    if form in PAPERS and out is None:
        raise click.UsageError(f"审核表要写明文件，例如 --out 审核表.{form}")
    session = open_session(root)
    before, old_texts = _state_at(root, base, session.as_of)
    after = session.checked.collection
    found = changes(before, after, old_texts, _texts(root, after))
    content = _paper(session, base, found, form) if form in PAPERS else f"{show(found, form)}\n".encode()
    if out is None:
        say(content.decode(), nl=False)
    else:
        write_files(out.resolve().parent, {out.name: content})
        say(f"已写入 {out}。")
    for identifier in sorted(after.unreadable):
        say(f"提醒：{identifier} 的文件有错，没有比较；请运行 kepu check", err=True)


def _paper(session: Session, base: str, found: Sequence[RecordChange], form: str) -> bytes:
    # What makes a document for a word processor takes time that other forms need not spend.
    from macros.editing.review_sheet import ReviewSheet, show_sheet
    from macros.site.reviewing import drafted_by, reviewed

    records = tuple(reviewed(session, change) for change in found)
    name = "上一次提交" if base == "HEAD" else f"版本 {base} "
    sheet = ReviewSheet(session.site.name, name, session.as_of, drafted_by(session.root, base, FOLDERS), records)
    return show_sheet(sheet, form)


def _state_at(root: Path, base: str, as_of: PartialDate) -> tuple[Collection, Texts]:
    """Read the records and the text of articles as they were at a revision."""
    revision = commit_named(root, base)
    listed = git.ask(root, "ls-tree", "--name-only", revision, *FOLDERS).decode().split()
    with tempfile.TemporaryDirectory() as folder:
        if listed:
            _unpack(git.ask(root, "archive", "--format=tar", revision, *listed), Path(folder))
        collection = load(Path(folder), as_of).collection
        return collection, _texts(Path(folder), collection)


def _texts(root: Path, collection: Collection) -> Texts:
    paths = {article.id: article.document.path for article in collection.of(Article)}
    return {name: frontmatter.read(path, (root / path).read_bytes()).body for name, path in paths.items()}


def _unpack(archive: bytes, folder: Path) -> None:
    """Write the plain files of an archive, whose paths come from git and so lead nowhere else."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for member in files:
            if member.isfile() and (content := files.extractfile(member)):
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
