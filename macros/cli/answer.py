"""`kepu answer`: what places have answered comes into their records."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.cli.reporting import say
from macros.site.session import open_session


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="只列出要改什么，不写文件。")
@click.pass_obj
def answer(root: Path, files: tuple[Path, ...], dry_run: bool) -> None:
    """把填好的核对表 FILES 收进记录：逐格列出改动，检查通过才写；有错的做一张“-请改”的表发回去。"""
    # Importing what reads a workbook takes time that a check need not spend.
    from macros.site.answering import finish, outcome_of
    from macros.spreadsheets.sheets import Unusable

    failed = 0
    for file in files:
        session = open_session(root)
        try:
            outcome = outcome_of(session, file)
        except Unusable as reason:
            say(f"{file}：{reason}", err=True)
            failed += 1
            continue
        say(f"【{file.name}】{outcome.returned.record.heading}")
        for line in outcome.lines:
            say(line)
        failed += bool(outcome.complaints)
        say(finish(session, outcome, dry_run))
    sys.exit(1 if failed else 0)
