"""`kepu report`: the quality of the records."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.reporting import say
from macros.site.session import open_session
from macros.site.whole_files import write_files


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "xlsx"]), default="text", help="格式，默认是 text。"
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到这个文件；xlsx 必须写。")
@click.pass_obj
def report(root: Path, form: str, out: Path | None) -> None:
    """数据质量报告：完整度、该核对的、已过期的、可能重复的、久未更新的栏目。"""
    # Importing what makes a workbook takes time that a check need not spend, so only a report pays for it.
    from macros.editing.quality import assess
    from macros.editing.report import show

    if form == "xlsx" and out is None:
        raise click.UsageError("xlsx 要写明文件，例如 --out report.xlsx")
    content = show(assess(open_session(root).library), form)
    if out is None:
        say(content.decode(), nl=False)
    else:
        write_files(out.resolve().parent, {out.name: content})
        say(f"已写入 {out}。")
