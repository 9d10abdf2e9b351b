"""`kepu report`: the quality of the records, who has not answered yet, and what the site holds of one place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros.cli.reporting import say
from macros.records.model.kinds import Place
from macros.site.session import open_session
from macros.site.whole_files import write_files

if TYPE_CHECKING:
    from macros.editing.quality import Report
    from macros.library.library import Library


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "xlsx"]), default="text", help="格式，默认是 text。"
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到这个文件；xlsx 必须写。")
@click.option(
    "--asked",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="核对表的文件夹：谁还没有回复，例如 --asked 核对表。",
)
@click.option("--unit", default="", help="只说这一处：名称、别名或 id，例如 星空馆；交考核用。")
@click.option("--year", type=click.IntRange(1900, 2200), help="哪一年，和 --unit 一起用；默认是今年。")
@click.option("--month", default="", help="发布台账：这个月发布了什么，谁改的，谁审的，例如 2026-11。")
@click.pass_obj
def report(
    root: Path, form: str, out: Path | None, asked: Path | None, unit: str, year: int | None, month: str
) -> None:
    """数据质量报告：完整度、该核对的、已过期的、可能重复的、久未更新的栏目；或者一处一年的情况、一个月的台账。"""
    # Importing what makes a workbook takes time that a check need not spend, so only a report pays for it.
    from macros.editing.quality import assess
    from macros.editing.report import show

    if form == "xlsx" and out is None:
        raise click.UsageError("xlsx 要写明文件，例如 --out report.xlsx")
    library = open_session(root).library
    if asked:
        found = _answers(asked, library)
    elif unit:
        found = _of_unit(library, unit, year)
    elif month:
        found = _ledger(root, library, month)
    else:
        found = assess(library)
    content = show(found, form)
    if out is None:
        say(content.decode(), nl=False)
    else:
        write_files(out.resolve().parent, {out.name: content})
        say(f"已写入 {out}。")


def _answers(folder: Path, library: Library) -> Report:
    from macros.editing.questionnaire.register import REGISTER, asked_report, read_register

    if not (folder / REGISTER).is_file():
        raise click.UsageError(f"{folder} 里没有 {REGISTER}；它是 kepu ask 写的，请写那个文件夹")
    return asked_report(read_register((folder / REGISTER).read_bytes()), library.as_of)


def _ledger(root: Path, library: Library, month: str) -> Report:
    from macros.site.ledger import ledger

    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise click.UsageError(f"“{month}” 不是月份；请写成 2026-11")
    return ledger(root, library, month)


def _of_unit(library: Library, unit: str, year: int | None) -> Report:
    from macros.editing.unit_report import unit_report

    places = [record for record in library.published.values() if isinstance(record, Place)]
    found = [one for one in places if unit in (one.id, one.heading, *one.aliases)]
    if len(found) != 1:
        raise click.UsageError(
            f"没有叫“{unit}”的一处；请写名称、别名或 id" if not found else f"叫“{unit}”的不止一处；请写 id"
        )
    return unit_report(library, found[0], year or library.as_of.year)
