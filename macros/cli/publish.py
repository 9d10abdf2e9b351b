"""`kepu publish`, `kepu rollback`, `kepu releases`: a finished site goes out, goes back, and tells what went out."""

from __future__ import annotations

import re
from pathlib import Path

import click

from macros.publishing.release.branch import publish_branch
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.guards import CURRENT
from macros.publishing.release.inventory import Inventory, read_inventory, shortly
from macros.publishing.release.publish import KEEP, Outcome, publish_folder
from macros.publishing.release.publish import publish as publish_root
from macros.publishing.release.publish import rollback as roll_back
from macros.publishing.release.releases import Release, current
from macros.publishing.release.releases import releases as known_releases

_DOMAIN = re.compile(r"|[a-z0-9-]+(\.[a-z0-9-]+)+")
FORMS = click.Choice(["releases", "pages", "branch"])


@click.command()
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("dest")
@click.option(
    "--as",
    "form",
    type=FORMS,
    default="releases",
    help="releases：网站服务器的文件夹，各版本并存，网站指向 DEST/current（默认）；"
    "pages：给 Pages 一类托管用的文件夹；branch：在名为 DEST 的分支上做一次提交（不推送）。",
)
@click.option("--keep", type=click.IntRange(min=2), default=KEEP, help=f"保留几个最新的版本，默认 {KEEP}。")
@click.option("--compress", is_flag=True, help="旁边放压缩好的 .gz（装了 brotli 时还有 .br），给会用它们的服务器。")
@click.option("--domain", default="", help="pages 和 branch：网站自己的域名，写进 CNAME。")
@click.pass_obj
def publish(root: Path, out: Path, dest: str, form: str, keep: int, compress: bool, domain: str) -> None:
    """发布生成好的网站 OUT：逐个文件核对，复制，再核对，最后一步换上。任何时候中断，网站都是完整的旧版或新版。"""
    if not _DOMAIN.fullmatch(domain):
        raise click.BadParameter(f"“{domain}” 不像域名；只写域名，例如 kepu.example.org", param_hint="--domain")
    if form == "branch":
        pushed = publish_branch(out, dest, root, domain)
        done = "已提交到" if pushed.changed else "没有变化："
        click.echo(f"{done}分支 {dest}（{pushed.commit[:12]}）。推送请用：git push origin {dest}")
    elif form == "pages":
        click.echo(f"已放好 {dest}：{_size(publish_folder(out, Path(dest), root, domain))}。")
    else:
        _tell(publish_root(out, Path(dest), root, keep=keep, compress=compress), Path(dest))


@click.command()
@click.argument("dest", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--to", "name", help="换回哪个版本：名字或序号；默认是现在这个的前一个。")
def rollback(dest: Path, name: str | None) -> None:
    """换回以前发布的版本。先逐个文件核对，被改动过的版本不换。"""
    _tell(roll_back(dest, name), dest)


@click.command()
@click.argument("dest", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--verify", is_flag=True, help="逐个文件核对每个版本。")
def releases(dest: Path, verify: bool) -> None:
    """列出发布过的版本，最新的在前；“→” 是现在的版本。"""
    known = known_releases(dest)
    if not known:
        raise PublishingError(f"{dest}：这里没有发布过的版本；请写 kepu publish 用过的文件夹。")
    served = current(dest)
    faulty = [_line(release, release == served, verify) for release in reversed(known)]
    if any(faulty):
        raise PublishingError("有的版本不完整，不能换回；可以用 kepu publish 重新发布。")


def _line(release: Release, served: bool, verify: bool) -> bool:
    """Print what is known of a release; return whether it is faulty."""
    faults = release.faults if verify else []
    try:
        inventory = read_inventory(release.folder)
        facts = inventory.facts
        told = f"数据截至 {facts.get('as_of')}，提交 {str(facts.get('commit'))[:12] or '未知'}，{_size(inventory)}"
    except PublishingError:
        told, faults = "", faults or ["build.json 读不了"]
    state = f"不完整：{shortly(faults)}" if faults else told + ("，完整" if verify else "")
    click.echo(f"{'→' if served else '  '} {release.name}  {state}")
    return bool(faults)


def _tell(outcome: Outcome, dest: Path) -> None:
    done = "已换上" if outcome.changed else "没有变化，仍是"
    click.echo(f"{done}版本 {outcome.release.name}：{_size(outcome.inventory)}。网站服务器请指向 {dest / CURRENT}。")


def _size(inventory: Inventory) -> str:
    return f"{len(inventory.pages)} 页，{len(inventory.files)} 个文件"
