"""`kepu diff`: what the changes since a revision mean, field by field."""

from __future__ import annotations

import io
import tarfile
import tempfile
from pathlib import Path

import click

from macros.cli.arguments import commit_named
from macros.cli.reporting import say
from macros.editing.diff import FORMS, Texts, changes, show
from macros.records import frontmatter
from macros.records.collection import Collection
from macros.records.load import load
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Article
from macros.site import git
from macros.site.session import open_session

FOLDERS = ("data", "content/articles")


@click.command()
@click.argument("base", default="HEAD")
@click.option(
    "--format", "form", type=click.Choice(list(FORMS)), default="text", help="输出格式：给人看、Markdown 或 JSON。"
)
@click.pass_obj
def diff(root: Path, base: str, form: str) -> None:
    """用中文逐项说明记录改了什么。BASE 是拿来比较的版本，默认是上一次提交（HEAD）。"""
    session = open_session(root)
    before, old_texts = _state_at(root, base, session.as_of)
    after = session.checked.collection
    say(show(changes(before, after, old_texts, _texts(root, after)), form))
    for identifier in sorted(after.unreadable):
        say(f"提醒：{identifier} 的文件有错，没有比较；请运行 kepu check", err=True)


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
