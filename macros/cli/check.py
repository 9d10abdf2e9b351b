"""`kepu check`: everything that is wrong in data and pages, and every address that is about to be lost."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.arguments import existing, format_option
from macros.cli.lost_addresses import lost
from macros.cli.reporting import say
from macros.records.problems import Problem, ProblemsFound, has_errors
from macros.site.session import open_session


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--base", help="和哪个版本比，看有没有网址丢了，例如 origin/main；默认是上一次提交（HEAD）。")
@click.option("--allow-drop", type=click.IntRange(0), default=0, help="最多允许几个旧网址没有了，默认 0。")
@format_option
@click.pass_obj
def check(root: Path, paths: Sequence[Path], base: str | None, allow_drop: int, form: str) -> None:
    """检查数据和页面，一次列出全部问题，也看文件改名、删除后旧网址还在不在。写了 PATH 就只列这些文件或文件夹里的。"""
    places = [existing(root, path) for path in paths]
    found = _problems(root, base, allow_drop)
    problems = [
        one for one in found if not places or any((root / one.path).resolve().is_relative_to(p) for p in places)
    ]
    say(reporting.report(problems, form))
    sys.exit(1 if has_errors(problems) else 0)


def _problems(root: Path, base: str | None, allowed: int) -> list[Problem]:
    try:
        session = open_session(root)
        return [*session.problems(), *lost(session, base, allowed)]
    except ProblemsFound as found:
        return found.problems
