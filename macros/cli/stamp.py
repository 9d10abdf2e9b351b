"""`kepu stamp`: turn the word on the wall of a base into what its file says."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.reporting import say
from macros.editing.stamp import objection, stamp_of
from macros.records.model.kinds import Base
from macros.records.model.terms import near
from macros.site.session import open_session


@click.command()
@click.argument("base")
@click.argument("word", required=False)
@click.pass_obj
def stamp(root: Path, base: str, word: str | None) -> None:
    """把科普护照的词算成印章：词只挂在墙上，文件里只写算出来的一串。"""
    collection = open_session(root).loaded.collection
    record = collection.records.get(base)
    if not isinstance(record, Base):
        close = near(base, [one.id for one in collection.of(Base)])
        hint = f"相近的有：{'、'.join(close)}" if close else "要写 data/bases/ 里的 id"
        raise click.UsageError(f"没有科普基地 “{base}”；{hint}")
    word = word or str(click.prompt("墙上的词"))
    if reason := objection(word):
        raise click.UsageError(reason)
    say(f"把下面几行贴进 {record.document.path}；已经有 passport 的，只换 stamp 那一行：\n")
    say(f"passport:\n  stamp: {stamp_of(base, word)}\n  where: 挂在哪里（例如 一楼大厅的星图旁边）\n")
    say("词只挂在墙上，不要写进任何文件。读者输入时，空格、标点、大小写和全角半角都不计较。")
