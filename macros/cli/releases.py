"""`kepu releases`: what went out."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.publish import size
from macros.cli.reporting import say
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.inventory import first_few, read_inventory
from macros.publishing.release.releases import Release, current
from macros.publishing.release.releases import releases as releases_in


@click.command()
@click.argument("dest", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--verify", is_flag=True, help="逐个文件核对每个版本。")
def releases(dest: Path, verify: bool) -> None:
    """列出发布过的版本，最新的在前；“→” 是现在的版本。"""
    found = releases_in(dest)
    if not found:
        raise PublishingError(f"{dest}：这里没有发布过的版本；请写 kepu publish 用过的文件夹。")
    served = current(dest)
    faulty = [_line(release, release == served, verify) for release in reversed(found)]
    if any(faulty):
        raise PublishingError("有的版本不完整，不能换回；可以用 kepu publish 重新发布。")


def _line(release: Release, served: bool, verify: bool) -> bool:
    """Print what is to be said of a release; return whether it is faulty."""
    faults = release.faults if verify else []
    try:
        inventory = read_inventory(release.folder)
        facts = inventory.facts
        summary = f"数据截至 {facts.get('as_of')}，提交 {str(facts.get('commit'))[:12] or '未知'}，{size(inventory)}"
    except PublishingError:
        summary, faults = "", faults or ["build.json 读不了"]
    state = f"不完整：{first_few(faults)}" if faults else summary + ("，完整" if verify else "")
    say(f"{'→' if served else '  '} {release.name}  {state}")
    return bool(faults)
