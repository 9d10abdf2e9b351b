"""`kepu rollback`: a release that went out before takes the place of the present one."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.publish import describe
from macros.cli.reporting import say
from macros.publishing.release.publish import rollback as roll_back


@click.command()
@click.argument("dest", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--to", "name", help="换回哪个版本：名字或序号；默认是现在这个的前一个。")
def rollback(dest: Path, name: str | None) -> None:
    """换回以前发布的版本。先逐个文件核对，被改动过的版本不换。"""
    say(describe(roll_back(dest, name), dest))
