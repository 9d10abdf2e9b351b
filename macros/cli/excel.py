"""`kepu excel`: records out to a workbook for Excel or WPS, its changes back in, and lists of others made ready for it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from macros.cli.reporting import say
from macros.records.collection import Collection
from macros.records.model.groups import MARKS
from macros.site.session import open_session
from macros.site.whole_files import write_files
from macros.text.characters import printable

if TYPE_CHECKING:
    from macros.site.table_import import Plan

Item = TypeVar("Item")


@click.group()
def excel() -> None:
    """用 Excel 或 WPS 改记录：导出成表格，改好再导入。"""


@excel.command("export")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--sheet", help="只导出这一个工作表，例如 科普基地；OUT 是 .csv 时必须写。")
@click.option("--force", is_flag=True, help="OUT 已经有了也写，盖掉它。")
@click.pass_obj
def export_tables(root: Path, out: Path, sheet: str | None, force: bool) -> None:
    """把全部记录导出到 OUT（.xlsx，或一个工作表的 .csv）。"""
    # Importing what makes a workbook takes time that a check need not spend, so only these commands pay for it.
    from macros.editing.excel.export import export_csv, export_workbook, sheets_of

    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise click.UsageError("OUT 要以 .xlsx 或 .csv 结尾")
    if out.exists() and not force:
        raise click.UsageError(f"{out} 已经有了，里面可能有没导入的改动；请换个名字，或用 --force 盖掉")
    collection = open_session(root).loaded.collection
    records = counted(tuple(collection.records.values()), "导出")
    if out.suffix.lower() == ".xlsx":
        content = export_workbook(collection, records)
    else:
        tables = {table.name: table for table in sheets_of(collection)}
        if sheet not in tables:
            raise click.UsageError(f"导出 CSV 要用 --sheet 写明工作表；有：{'、'.join(tables)}")
        content = export_csv(collection, records, tables[sheet])
    write_files(out.resolve().parent, {out.name: content})
    say(f"已导出 {len(collection.records)} 条记录到 {out}。改好后运行 kepu excel import {out}")
    for identifier in sorted(collection.unreadable):
        say(f"提醒：{identifier} 的文件有错，没有导出；请运行 kepu check", err=True)


@excel.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="只列出要改什么，不写文件。")
@click.option("--skip-conflicts", is_flag=True, help="有冲突的行保持记录原样，其余照写。")
@click.pass_obj
def import_tables(root: Path, file: Path, dry_run: bool, skip_conflicts: bool) -> None:
    """把改过的表格 FILE 导入：逐格列出改动，全部检查通过才写，要么全写，要么不写。"""
    from macros.site import table_import
    from macros.spreadsheets.sheets import Unusable

    session = open_session(root)
    try:
        plan = table_import.plan(session, file, counted)
    except Unusable as reason:
        say(f"{file}：{reason}", err=True)
        sys.exit(1)
    for line in plan.lines:
        say(printable(line))
    is_blocked = bool(plan.complaints or (plan.conflicts and not skip_conflicts))
    if not is_blocked and not dry_run:
        table_import.write(root, plan)
    say(_closing(plan, is_blocked, dry_run))
    sys.exit(1 if is_blocked else 0)


@excel.command("adopt")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("kind", required=False)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="核对表的名字；不写就在 FILE 旁边加 -核对。"
)
@click.option("--source", default="", help="来源的标题；不写就用名单上面的标题。")
@click.option("--mark", type=click.Choice([term.id for term in MARKS.choice]), help="来源性质：官方、媒体、转载。")
@click.option("--area-code", default="", help="没有区号的电话用的区号，例如 010；不写就看别的号码。")
@click.option("--force", is_flag=True, help="核对表已经有了也写，盖掉它。")
@click.pass_obj
def adopt_list(
    root: Path,
    file: Path,
    kind: str | None,
    out: Path | None,
    source: str,
    mark: str | None,
    area_code: str,
    force: bool,
) -> None:
    """把别人的名单 FILE（.xlsx 或 .csv）变成核对表，看过、答完，再用 kepu excel import 导入。

    KIND 是种类，例如 科普基地；不写就看名单的标题和各列。记录和名单都不动。
    """
    from macros.editing.excel.adopt.adoption import Origin
    from macros.editing.excel.adopt.wordbook import NAME
    from macros.site import list_adoption
    from macros.spreadsheets.sheets import Unusable

    out = out or file.with_name(f"{file.stem}-核对.xlsx")
    if out.exists() and not force:
        raise click.UsageError(f"{out} 已经有了，里面可能有答过的问题；请用 --out 换个名字，或用 --force 盖掉")
    session = open_session(root)
    term = MARKS.choice.find(mark or "")
    try:
        kinds = _kinds(session.checked.collection, kind)
        found = list_adoption.adopted(
            session, file, kinds, Origin(source, term.label if term else "", area_code), counted
        )
    except Unusable as reason:
        say(f"{file}：{reason}", err=True)
        sys.exit(1)
    for line in found.lines:
        say(printable(line))
    if found.complaints or found.table is None:
        say(f"什么也没有写。请先改好 {file.with_name(NAME)}。")
        sys.exit(1)
    write_files(out.resolve().parent, {out.name: found.table.content(session.as_of.first_day)})
    if found.wordbook:
        write_files(file.resolve().parent, {NAME: found.wordbook})
        say(f"各列是什么意思记在 {file.with_name(NAME)}；不对的在那里改，再运行一次。")
    say(f"{found.closing}已写好 {out}；答完有颜色的格，再运行 kepu excel import {out}")


def _kinds(collection: Collection, word: str | None) -> list[str]:
    """Return the kinds that a list may be of: the one that is named, by id or by label, or all."""
    from macros.site.list_adoption import KINDS_IN_LISTS

    kinds = KINDS_IN_LISTS
    if word is None:
        return list(kinds)
    found = [kind for kind in kinds if word in (kind, collection.kind_label(kind))]
    if not found:
        raise click.UsageError(f"没有“{word}”这个种类；有：{'、'.join(map(collection.kind_label, kinds))}")
    return found


def _closing(plan: Plan, is_blocked: bool, dry_run: bool) -> str:
    counts = [(len(plan.changes), "处改动"), (len(plan.conflicts), "处冲突"), (len(plan.complaints), "处错误")]
    summary = "，".join(f"{count} {what}" for count, what in counts if count)
    if is_blocked:
        remedy = "请改好再导入" if plan.complaints else "请重新导出再改，或用 --skip-conflicts 只导入没有冲突的"
        return f"{summary}；什么也没有写。{remedy}。"
    if not plan.files:
        return f"{summary + '；' if summary else ''}没有要写的改动。"
    return f"{summary}，在 {len(plan.files)} 个文件里；" + ("没有写入（--dry-run）。" if dry_run else "已写入。")


def counted(items: Sequence[Item], label: str) -> Iterable[Item]:
    """Yield items and show people, but no log, how far the work is."""
    return _shown(items, label) if sys.stderr.isatty() else items


def _shown(items: Sequence[Item], label: str) -> Iterator[Item]:
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar
