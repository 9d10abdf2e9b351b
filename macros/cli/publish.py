"""`kepu publish`: a finished site goes out."""

from __future__ import annotations

import re
from pathlib import Path

import click

from macros.cli.reporting import say
from macros.publishing.release.branch import publish_branch
from macros.publishing.release.guards import CURRENT
from macros.publishing.release.inventory import Inventory
from macros.publishing.release.publish import KEEP, PublishOutcome, publish_folder
from macros.publishing.release.publish import publish as publish_root

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
        say(f"{done}分支 {dest}（{pushed.commit[:12]}）。推送请用：git push origin {dest}")
    elif form == "pages":
        say(f"已放好 {dest}：{size(publish_folder(out, Path(dest), root, domain))}。")
    else:
        say(describe(publish_root(out, Path(dest), root, keep=keep, compress=compress), Path(dest)))


def describe(outcome: PublishOutcome, dest: Path) -> str:
    """Return what is said of a release that was put in place, and where web servers find it."""
    done = "已换上" if outcome.changed else "没有变化，仍是"
    return f"{done}版本 {outcome.release.name}：{size(outcome.inventory)}。网站服务器请指向 {dest / CURRENT}。"


def size(inventory: Inventory) -> str:
    """Return how large a site is, as people are told."""
    return f"{len(inventory.pages)} 页，{len(inventory.files)} 个文件"
