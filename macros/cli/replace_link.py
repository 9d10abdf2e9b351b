"""`kepu replace-link`: one address for another, in all records and pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.cli.reporting import say
from macros.editing.link_replacement import Replacing
from macros.records.model.description import Form, may_stand
from macros.records.reading import read_bytes
from macros.records.scan import is_hidden_name
from macros.site.whole_files import refuse_links, undone_on_failure, write_files


@click.command("replace-link")
@click.argument("old")
@click.argument("new")
@click.option("--below", is_flag=True, help="OLD 下面的网址也一起换，例如 整个网站搬家。")
@click.option("--dry-run", is_flag=True, help="只列出要改哪里，不写文件。")
@click.pass_obj
def replace_link(root: Path, old: str, new: str, below: bool, dry_run: bool) -> None:
    """把全部记录和网页里的网址 OLD 换成 NEW；只改写了它的那几行。"""
    for address in (old, new):
        if not may_stand(address, Form.URL):
            raise click.UsageError(f"“{address}” 不是网址；要以 https:// 或 http:// 开头")
    if below and (old.endswith("/"), new.endswith("/")) != (True, True):
        raise click.UsageError("用 --below 时，OLD 和 NEW 都要以 / 结尾")
    replacing, contents, count = Replacing(old, new, is_whole=not below), dict[str, bytes](), 0
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        try:
            text = read_bytes(root, path).decode()
        except UnicodeDecodeError:
            say(f"{name}: 编码不是 UTF-8，没有看；请先运行 kepu fix", err=True)
            continue
        made, found = replacing.of(name, text)
        for one in found:
            say(f"{name}:{one.line}: {one.before} → {one.after}")
        count += len(found)
        if made != text:
            contents[name] = made.encode()
    if contents and not dry_run:
        refuse_links(root, contents)
        with undone_on_failure(root, contents):
            write_files(root, contents)
    if not contents:
        say("没有写着这个网址的地方。")
        sys.exit(0)
    done = "没有写入（--dry-run）。" if dry_run else "已写入。请再运行 kepu check。"
    say(f"{count} 处，在 {len(contents)} 个文件里；{done}")


def _files(root: Path) -> list[Path]:
    records = [path for path in root.glob("data/*/*.yml") if not is_hidden_name(path.name)]
    pages = [path for path in root.glob("content/**/*.md") if "files" not in path.relative_to(root).parts]
    return sorted([*records, *pages])
