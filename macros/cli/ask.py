"""`kepu ask`: questionnaires for the places that the records are about, to be filled in by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros.cli.reporting import say
from macros.records.collection import Collection
from macros.records.model.kinds import Article, Record
from macros.records.model.registry import KINDS
from macros.site.session import Session, open_session
from macros.site.whole_files import write_files
from macros.text import file_names

if TYPE_CHECKING:
    from macros.editing.questionnaire.register import Asked
    from macros.editing.questionnaire.workbook import Sheet

LETTER = "说明信.txt"


@click.command()
@click.argument("kind")
@click.option("--unit", default="", help="只问这一条：名称、别名或 id，例如 星空馆。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="写到这个文件夹，默认是 核对表。")
@click.option("--force", is_flag=True, help="核对表已经有了也写，盖掉它。")
@click.pass_obj
def ask(root: Path, kind: str, unit: str, out: Path | None, force: bool) -> None:
    """给单位做核对表：一条记录一张 .xlsx，另有可以发微信、可以打印的网页。KIND 是种类，例如 科普基地。"""
    # Importing what makes a workbook takes time that a check need not spend.
    from macros.editing.questionnaire.mailing import letter_of, page_of
    from macros.editing.questionnaire.register import FOLDER, REGISTER, encode_register, with_asked
    from macros.editing.questionnaire.workbook import NAME, workbook_of
    from macros.site.answering import register_in

    session, folder = open_session(root), (out or root / FOLDER).resolve()
    sheets = list(_sheets(session, _kind(session.checked.collection, kind), unit))
    if not sheets:
        raise click.UsageError(f"没有叫“{unit}”的{kind}；请写名称、别名或 id" if unit else f"还没有{kind}的记录")
    files: dict[str, bytes] = {}
    for sheet in sheets:
        stem = file_names.ready(f"{sheet.record.heading}{NAME}")
        stem = f"{stem}-{sheet.record.id}" if f"{stem}.xlsx" in files else stem
        files |= {f"{stem}.xlsx": workbook_of(sheet), f"{stem}.html": page_of(sheet)}
    there = [name for name in files if name.endswith(".xlsx") and (folder / name).exists()]
    if there and not force:
        raise click.UsageError(f"{folder / there[0]} 已经有了，里面可能有填好的答案；请换个文件夹，或用 --force 盖掉")
    if not (folder / LETTER).exists():
        files[LETTER] = letter_of(session.site.name)
    files[REGISTER] = encode_register(with_asked(register_in(folder), map(_asked, sheets)))
    folder.mkdir(parents=True, exist_ok=True)
    write_files(folder, files)
    say(f"做好了 {len(sheets)} 张核对表，在 {folder}。先看 {LETTER}，改成自己的话，再一起发出去。")
    say("收回来以后运行 kepu answer，后面写收到的文件。")


def _kind(collection: Collection, word: str) -> str:
    kinds = [kind for kind in KINDS if kind != Article.kind]
    found = next((kind for kind in kinds if word in (kind, collection.kind_label(kind))), None)
    if found is None:
        raise click.UsageError(f"没有“{word}”这个种类；有：{'、'.join(map(collection.kind_label, kinds))}")
    return found


def _sheets(session: Session, kind: str, unit: str) -> Iterator[Sheet]:
    from macros.editing.excel.rows import CellCodec
    from macros.editing.questionnaire.items import questions_of
    from macros.editing.questionnaire.workbook import Sheet

    collection = session.checked.collection
    codec = CellCodec.of(collection)
    for record in sorted(collection.records.values(), key=lambda record: record.id):
        if record.kind == kind and not record.successors and unit in ("", *_names(record)):
            yield Sheet(record, questions_of(record, codec), session.site.name, collection.as_of)


def _names(record: Record) -> tuple[str, ...]:
    return (record.id, record.heading, *getattr(record, "aliases", ()))


def _asked(sheet: Sheet) -> Asked:
    from macros.editing.questionnaire.register import Asked

    record, count = sheet.record, len(sheet.questions)
    return Asked(record.kind, record.id, record.heading, sheet.day.iso, "", count, count)
