"""`kepu build`: the whole site, checked."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.arguments import format_option
from macros.cli.reporting import problems_of_build, say, say_step
from macros.publishing.release.inventory import Inventory, read_inventory
from macros.records.problems import Problem, has_errors


@click.command()
@click.argument("out", type=click.Path(path_type=Path), default=Path("site"))
@click.option(
    "--previous",
    type=click.Path(exists=True, path_type=Path),
    help="上次发布的网站或它的 build.json：上次的网址都要还在，或转到新网址。",
)
@click.option("--allow-drop", type=click.IntRange(0), default=0, help="最多允许几个旧网址没有了，默认 0。")
@click.option(
    "--bundle",
    is_flag=True,
    help="另外打包成一个 zip，解压后不用联网就能打开、搜索和筛选，放在“开放数据”页供下载；每次都要，就在 mkdocs.yml 里写 bundle: true。",
)
@format_option
@click.pass_obj
def build(root: Path, out: Path, previous: Path | None, allow_drop: int, bundle: bool, form: str) -> None:
    """检查、构建、核对链接，全部通过才换下旧网站。OUT 默认是 site。"""
    before = read_inventory(previous) if previous else None
    problems = _build(root, out, before, allow_drop, bundle)
    say(reporting.report(problems, form))
    sys.exit(1 if has_errors(problems) else 0)


def _build(root: Path, out: Path, previous: Inventory | None, allowed: int, bundle: bool) -> list[Problem]:
    # MkDocs takes longer to import than a check takes to run, so only a build pays for it.
    from macros.site.build import Demands, build_site

    demands = Demands(previous, allowed, bundle)
    return problems_of_build(out, lambda: build_site(root, out, demands, say_step))
