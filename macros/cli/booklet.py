"""`kepu booklet`: the booklets of a built site as PDF."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.reporting import say


@click.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("site"))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("小册子"),
    help="放 PDF 的文件夹，默认是 小册子。",
)
@click.option("--paper", type=click.Choice(["A4", "A5"]), default="A4", help="纸张，默认 A4。")
def booklet(site: Path, out: Path, paper: str) -> None:
    """把 kepu build 生成的小册子印成 PDF，目录里有页码；要装有 Chromium、Chrome 或 Edge。SITE 默认是 site。"""
    from macros.site.booklet_printing import print_booklets

    for path in print_booklets(site, paper, out):
        say(f"已印好 {path}")
