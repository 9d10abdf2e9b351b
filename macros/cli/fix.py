"""`kepu fix`: correct what is safe to correct in the files of records, take off pictures what they tell, make heavy photos smaller."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from macros.cli.arguments import existing
from macros.cli.fix_pictures import fixed_pictures
from macros.cli.lost_addresses import name_formers
from macros.cli.reporting import say
from macros.editing.fix import fix_file
from macros.records import conflicts, yaml
from macros.records.problems import ProblemsFound
from macros.records.reading import read_bytes
from macros.records.scan import IDENTIFIER, is_hidden_name
from macros.site.whole_files import link_on, write_files

# Windows hides the last of two extensions, and its editors add one of their own.
_NEARLY_YAML = re.compile(r"\.(ya?ml(\.txt)?|txt)", re.IGNORECASE)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只说要改什么，不写文件。")
@click.pass_obj
def fix(root: Path, paths: Sequence[Path], dry_run: bool) -> None:
    """改好记录和网页里能放心改的笔误：扩展名、编码、缩进、全角符号、日期和文号的写法等；也去掉图片里的拍摄地点、作者和设备，把太大的照片缩小。PATH 默认是全部记录、网页和图片；意思和注释不动。"""
    contents: dict[str, bytes] = {}
    renamed: dict[Path, Path] = {}
    count = 0
    for path in _files(root, paths):
        if link := link_on(root, path.relative_to(root).as_posix()):
            say(f"{link}: 这是一个链接，没有改；请把它换成真正的文件或文件夹")
            continue
        right = _rightly_named(path)
        if right in renamed.values():
            continue
        name, raw = right.relative_to(root).as_posix(), read_bytes(root, path)
        if _is_in_conflict(path.relative_to(root).as_posix(), raw):
            continue
        made, fixes = fix_file(name, raw)
        if right.name != path.name:
            say(f"{path.relative_to(root).as_posix()}: 改名为 {right.name}")
            renamed[path] = right
        for done in fixes:
            say(f"{name}:{done.line}: {done.message}")
        count += len(fixes)
        if made != raw:
            contents[name] = made
    for name, content, message in fixed_pictures(root, paths):
        say(f"{name}: {message}")
        contents[name] = content
        count += 1
    named = {} if paths else name_formers(root, contents)
    for name, (content, message) in named.items():
        say(f"{name}: {message}")
        contents[name] = content
    if not dry_run:
        for path, right in renamed.items():
            _rename(path, right)
        write_files(root, contents)
    files = {*contents, *(right.relative_to(root).as_posix() for right in renamed.values())}
    say(_closing(count + len(renamed) + len(named), len(files), dry_run))


def _is_in_conflict(name: str, raw: bytes) -> bool:
    """Tell whether two versions stand in a file, and say so: which of them is right, no program knows."""
    try:
        conflicts.refuse(name, raw.decode("utf-8", "replace").replace("\r\n", "\n"))
    except ProblemsFound as found:
        say("\n".join(map(str, found.problems)))
        return True
    return False


def _closing(count: int, files: int, dry_run: bool) -> str:
    if not files:
        return "没有要改的。"
    return f"{count} 处，在 {files} 个文件里；" + (
        "没有写入（--dry-run）。" if dry_run else "已写入。请再运行 kepu check。"
    )


def _files(root: Path, paths: Iterable[Path]) -> list[Path]:
    """Return the files of records and pages below the paths, sorted."""
    found = (path for path in root.glob("data/*/*") if not is_hidden_name(path.name))
    records = [*_pages(root), *filter(_is_record, found)]
    wanted = [existing(root, path) for path in paths]
    return sorted(
        path
        for path in records
        if not wanted or any(path.resolve() == place or place in path.resolve().parents for place in wanted)
    )


def _pages(root: Path) -> Iterator[Path]:
    for path in root.glob("content/**/*.md"):
        folders = path.relative_to(root / "content").parts
        if folders[0] != "files" and not any(map(is_hidden_name, folders)):
            yield path


def _is_record(path: Path) -> bool:
    return path.suffix == ".yml" or _rightly_named(path).name != path.name


def _rightly_named(path: Path) -> Path:
    """Return the path that a record's file should have: only its extension is wrong, and the right one is free."""
    stem = path.name.partition(".")[0]
    right = path.with_name(f"{stem}.yml")
    if path.suffix in (".yml", ".md") or not _NEARLY_YAML.fullmatch(path.name.removeprefix(stem)):
        return path
    is_free = not right.exists() or right.samefile(path)
    return right if is_free and IDENTIFIER.fullmatch(stem) and _reads_as_record(path) else path


def _rename(path: Path, right: Path) -> None:
    """Give a file its right name. To some disks other capitals are no other name, so that one stands between; `kepu fix` knows it."""
    between = right.with_name(f"{right.name}.txt")
    if right.exists() and not between.exists():
        path = path.rename(between)
    path.rename(right)


def _reads_as_record(path: Path) -> bool:
    """Tell whether a file holds fields; a note that somebody left among the records does not."""
    try:
        return path.suffix.lower() != ".txt" or bool(yaml.read(path.name, path.read_bytes()).data)
    except (OSError, ProblemsFound):
        return False
