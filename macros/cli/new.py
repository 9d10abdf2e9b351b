"""`kepu new`: ask for what a record can't do without, and write its file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from macros.cli import reporting
from macros.cli.reporting import say
from macros.editing import new
from macros.editing.source.scalars import Value
from macros.records.collection import Collection
from macros.records.model.description import FieldDescription, fields_of
from macros.records.model.groups import MARKS
from macros.records.model.registry import KINDS
from macros.records.problems import has_errors
from macros.site.session import Session, open_session
from macros.site.whole_files import write_files


@click.command("new")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.option("--name", help="名称（文章是标题）。")
@click.option("--id", "identifier", help="id，即文件名和网址；不写就按名称的拼音拟一个。")
@click.option("--summary", help="简介，一两句话。")
@click.option("--source", help="来源：标题，或本站一条政策的 id。")
@click.option("--mark", type=click.Choice([term.id for term in MARKS.choice]), help="来源性质：官方、媒体、转载。")
@click.option("--url", help="来源的网址。")
@click.option(
    "--set", "settings", multiple=True, metavar="字段=值", help="再写一个字段，可以写多次，例如 --set town=duruan。"
)
@click.pass_obj
def new_record(
    root: Path,
    kind: str,
    name: str | None,
    identifier: str | None,
    summary: str | None,
    source: str | None,
    mark: str | None,
    url: str | None,
    settings: tuple[str, ...],
) -> None:
    """新建一条记录：没写的必填项会一项一项地问，写好以后检查。"""
    session = open_session(root)
    collection = session.checked.collection
    is_asked = name is None
    inputs = {"summary": summary, "title" if kind == "articles" else "name": name, **_settings(kind, settings)}
    try:
        values = _values(kind, inputs)
        values["sources"] = [_source(collection, source, mark, url)]
        name = str(values.get("name") or values.get("title"))
        identifier = _identifier(collection, name, identifier, is_asked)
    except click.Abort:
        raise click.UsageError("没有填完，什么也没有写；也可以用选项写全，见 kepu new --help") from None
    _write(session, kind, identifier, values)


def _settings(kind: str, settings: Iterable[str]) -> dict[str, str]:
    fields = {field.name: field for field in fields_of(KINDS[kind])}
    found = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign or name not in fields or fields[name].group:
            allowed = "、".join(field.name for field in fields.values() if field.group is None)
            raise click.UsageError(f"--set 要写成 字段=值；“{setting}” 不行。字段有：{allowed}")
        found[name] = value
    return found


def _values(kind: str, inputs: dict[str, str | None]) -> dict[str, Value]:
    """Return the values that were put in and, asked for, those that are required."""
    fields = {field.name: field for field in fields_of(KINDS[kind])}
    for field in new.required(kind):
        if field.group is None and not inputs.get(field.name):
            inputs[field.name] = _ask(field)
    return {
        name: [part.strip() for part in value.split(",")] if fields[name].is_list else value
        for name, value in inputs.items()
        if value
    }


def _ask(field: FieldDescription) -> str:
    notes = "；".join(filter(None, [field.help, f"例如 {field.example}" if field.example else ""]))
    return str(click.prompt(f"{field.title}（{notes}）" if notes else field.title)).strip()


def _source(collection: Collection, source: str | None, mark: str | None, url: str | None) -> Value:
    source = source or str(click.prompt("来源（标题，或本站一条政策的 id）")).strip()
    record = collection.records.get(source)
    if record is not None and record.kind == "policies":
        return {"ref": source}
    if mark is None:
        marks = {term.label: term.id for term in MARKS.choice}
        mark = marks[click.prompt("来源性质", type=click.Choice(list(marks)), default="官方")]
    if url is None:
        url = str(click.prompt("来源网址（没有就直接回车）", default="", show_default=False)).strip()
    return {"title": source, **({"url": url} if url else {}), "mark": mark}


def _identifier(collection: Collection, name: str, identifier: str | None, is_asked: bool) -> str:
    """Return the id that was named, or a proposal, which whoever answers questions may change until it is free."""
    if identifier is not None:
        if message := new.objection(identifier, collection):
            raise click.UsageError(message)
        return identifier
    proposal = new.propose(name, collection)
    if proposal and not is_asked:
        return proposal
    while True:
        answer = str(click.prompt("id（就是网址，定了不要改）", default=proposal or None)).strip()
        message = new.objection(answer, collection)
        if message is None:
            return answer
        say(message)


def _write(session: Session, kind: str, identifier: str, values: dict[str, Value]) -> None:
    """Write the file if it is right by itself, and check it among the others."""
    collection = session.checked.collection
    path = new.path_of(kind, identifier)
    text = new.compose(kind, values, collection.vocabularies)
    if found := new.problems(kind, path, text, collection):
        say(reporting.report(found, "text"))
        say("没有写文件；请改正后再运行。")
        sys.exit(1)
    write_files(session.root, {path: text.encode()})
    say(f"已新建 {path}。")
    problems = [problem for problem in open_session(session.root).problems() if problem.path == path]
    say(reporting.report(problems, "text"))
    sys.exit(1 if has_errors(problems) else 0)
