"""`kepu check`: everything that is wrong in data and pages, and every address that is about to be lost; or as an inspector would."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.arguments import existing
from macros.cli.lost_addresses import lost
from macros.cli.reporting import say
from macros.records.problems import Problem, ProblemsFound, has_errors
from macros.site.session import open_session
from macros.site.whole_files import write_files


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--base", help="和哪个版本比，看有没有网址丢了，例如 origin/main；默认是上一次提交（HEAD）。")
@click.option("--allow-drop", type=click.IntRange(0), default=0, help="最多允许几个旧网址没有了，默认 0。")
@click.option(
    "--format",
    "form",
    type=click.Choice([*reporting.FORMS, "html", "xlsx"]),
    default="text",
    help="输出格式：给人看、JSON 或 GitHub 注释；自查表可以是 html 或 xlsx。",
)
@click.option(
    "--inspection", is_flag=True, help="政府网站检查的自查表：错词、个人信息、死链、过期……按国务院办公厅的次序。"
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="自查表写到这个文件；xlsx 必须写。")
@click.option(
    "--links",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="每天夜里外链检查留下的结果；写进自查表。不写，表上写明外链未检测。",
)
@click.option(
    "--axe",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="axe 检测网页无障碍的结果（JSON）；写进自查表。不写，表上写明未检测。",
)
@click.pass_obj
def check(
    root: Path,
    paths: Sequence[Path],
    base: str | None,
    allow_drop: int,
    form: str,
    inspection: bool,
    out: Path | None,
    links: Path | None,
    axe: Path | None,
) -> None:
    """检查数据和页面，一次列出全部问题，也看文件改名、删除后旧网址还在不在。写了 PATH 就只列这些文件或文件夹里的。"""
    if inspection:
        sys.exit(_inspect(root, form, out, links, axe))
    if out or links or axe or form not in reporting.FORMS:
        raise click.UsageError("html、xlsx、--out、--links 和 --axe 要和 --inspection 一起用")
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


def _inspect(root: Path, form: str, out: Path | None, links: Path | None, axe: Path | None) -> int:
    """Write or print the report of the self-check; return the exit code: 1 if anything was found."""
    # What reads attachments and makes workbooks takes time to import that a usual check need not spend.
    from macros.editing.inspection.self_check import report_of
    from macros.editing.report import FORMS, show
    from macros.site.inspecting import inspect_project

    if form not in FORMS:
        raise click.UsageError(f"自查表可以是 {'、'.join(FORMS)}")
    if form == "xlsx" and out is None:
        raise click.UsageError("xlsx 要写明文件，例如 --out 自查表.xlsx")
    result, session = inspect_project(root, links, axe)
    content = show(report_of(result, session.library), form)
    if out is None:
        say(content.decode(), nl=False)
    else:
        write_files(out.resolve().parent, {out.name: content})
        say(f"发现 {len(result.findings)} 处；已写入 {out}。")
    return 1 if result.findings else 0
