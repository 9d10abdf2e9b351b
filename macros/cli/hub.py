"""`kepu hub`: a city's site over the sites of its districts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.arguments import format_option
from macros.cli.reporting import problems_of_build, say, say_step
from macros.hub.hub_file import read_hub
from macros.records.problems import Problem, ProblemsFound, has_errors


@click.group()
def hub() -> None:
    """全市的网站：把各区已经生成的网站合成一个目录，一起搜索，每一条都通到那个区的网页。"""


@hub.command("check")
@format_option
@click.pass_obj
def check_hub(root: Path, form: str) -> None:
    """只检查 hub.yml 写得对不对，不读各区的网站。"""
    try:
        read_hub(root)
        problems: list[Problem] = []
    except ProblemsFound as found:
        problems = found.problems
    say(reporting.report(problems, form))
    sys.exit(1 if has_errors(problems) else 0)


@hub.command("build")
@click.argument("out", type=click.Path(path_type=Path), default=Path("site"))
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("hub-state"),
    help="各区上次读到的数据放在哪里，默认是 hub.yml 旁边的 hub-state；不要删。",
)
@click.option("--members", is_flag=True, help="先生成写了 project 的各区。")
@click.option(
    "--scheduler",
    default="",
    help="各区在 Dask 上生成，例如 tcp://10.0.0.1:8786；不写就用本机的全部处理器。和 --members 一起用。",
)
@format_option
@click.pass_obj
def build_city(root: Path, out: Path, state: Path, members: bool, scheduler: str, form: str) -> None:
    """读取各区，生成全市的网站，核对通过才换下旧的。读不到的区保留上次的数据，并说明日期。OUT 默认是 site。"""
    if scheduler and not members:
        raise click.UsageError("--scheduler 要和 --members 一起用：它只管生成各区")
    if scheduler and not scheduler.startswith(("tcp://", "tls://")):
        raise click.UsageError(f"“{scheduler[:60]}” 不是调度器的地址；请写成 tcp://10.0.0.1:8786")
    problems = _build(root, out, root / state, members, scheduler)
    say(reporting.report(problems, form))
    sys.exit(1 if has_errors(problems) else 0)


def _build(root: Path, out: Path, state: Path, members: bool, scheduler: str) -> list[Problem]:
    # What renders takes longer to import than a check takes to run.
    from macros.hub.hub_build import build_hub
    from macros.hub.member_builds import build_members

    def make() -> list[Problem]:
        city = read_hub(root)
        if members:
            say_step("生成各区的网站 …")
        notices = build_members(city, root, scheduler) if members else []
        return [*notices, *build_hub(root, city, out, state, say_step)]

    return problems_of_build(out, make)
