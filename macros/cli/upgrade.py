"""`kepu upgrade`: bring the content of a site to the version of the generator that is installed."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.reporting import say
from macros.editing.diff import show
from macros.project import upgrade as upgrading
from macros.project.upgrade import CannotUpgrade, Upgrade

_LINES = 200


@click.command("upgrade")
@click.option("--yes", is_flag=True, help="写入；不加就只说明要改什么。")
@click.pass_obj
def upgrade(root: Path, yes: bool) -> None:
    """装好新版本以后，把内容改成它的写法：先说明改什么，加 --yes 才写。没有提交的修改要先提交。"""
    try:
        plan = upgrading.plan_upgrade(root)
    except CannotUpgrade as reason:
        say(str(reason), err=True)
        sys.exit(1)
    if plan.is_empty:
        say("内容已经是这个版本的写法，不用改。")
        return
    for line in _told(plan):
        say(line)
    if plan.problems:
        say(reporting.report(plan.problems, "text"))
    if not yes:
        say(f"要改 {len(plan.after) + len(plan.program)} 个文件；还没有写入。看过以后运行 kepu upgrade --yes")
    else:
        written = upgrading.carry_out(root, plan)
        say(f"已改 {len(written)} 个文件。请运行 kepu check 和 kepu diff，看过以后提交。")
    sys.exit(1 if plan.problems else 0)


def _told(plan: Upgrade) -> Iterator[str]:
    for step in plan.steps:
        yield f"第 {step.version} 版：{step.title}"
    lines = list(_changed_lines(plan))
    yield from lines[:_LINES]
    if len(lines) > _LINES:
        yield f"……还有 {len(lines) - _LINES} 行"
    if plan.program:
        yield f"程序自己的文件换成这个版本的：{'、'.join(plan.program)}"
    if plan.records:
        yield show(plan.records, "text")


def _changed_lines(plan: Upgrade) -> Iterator[str]:
    """Yield each stretch of lines that changes, at its first line."""
    for path, after in plan.after.items():
        old, new = plan.before[path].splitlines(), after.splitlines()
        for tag, start, end, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                gone, come = ("；".join(line.strip() for line in part) for part in (old[start:end], new[first:last]))
                yield f"{path}:{start + 1}: {gone or '（没有）'} → {come or '（删去）'}"
