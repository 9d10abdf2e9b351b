"""`kepu rename`: give a record another id, all or nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.reporting import say
from macros.editing.rename import CannotRename
from macros.site.renaming import RenameFaults, finish_interrupted, rename_record


@click.command()
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename(root: Path, old: str, new: str) -> None:
    """给记录改 id：文件、引用它的地方、曾用 id、图片和附件的文件夹一起改，要么全改，要么不改。"""
    if left := finish_interrupted(root):
        say(f"上次 kepu rename {left[0]} {left[1]} 没有做完，现在已经接着做完。")
        if left == (old, new):
            return
    try:
        done = rename_record(root, old, new)
    except RenameFaults as found:
        say(str(found))
        say(reporting.report(found.problems, "text"))
        sys.exit(1)
    except CannotRename as reason:
        say(f"没有改：{reason}", err=True)
        sys.exit(1)
    say(f"已把 {old} 改为 {new}：{done.references} 处引用，另有 {len(done.others)} 个文件改动。旧网址会自动跳转。")
    for path in done.others:
        say(f"  {path}")
