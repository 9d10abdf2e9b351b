"""`kepu fix`: mend what is safe to mend in the files of records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from macros.commands.project import write_files
from macros.editing.fix import fix as fix_file
from macros.records.files import read_bytes


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只说要改什么，不写文件。")
@click.pass_obj
def fix(root: Path, paths: Sequence[Path], dry_run: bool) -> None:
    """改好记录里能放心改的笔误：编码、缩进、全角符号、日期和文号的写法等。PATH 默认是全部记录；意思和注释不动。"""
    mended: dict[str, bytes] = {}
    count = 0
    for path in _files(root, paths):
        name, raw = path.relative_to(root).as_posix(), read_bytes(root, path)
        made, fixes = fix_file(name, raw)
        for done in fixes:
            click.echo(f"{name}:{done.line}: {done.message}")
        count += len(fixes)
        if made != raw:
            mended[name] = made
    if not dry_run:
        write_files(root, mended)
    click.echo(_closing(count, len(mended), dry_run))


def _closing(count: int, files: int, dry_run: bool) -> str:
    if not files:
        return "没有要改的。"
    return f"{count} 处，在 {files} 个文件里；" + (
        "没有写入（--dry-run）。" if dry_run else "已写入。请再运行 kepu check。"
    )


def _files(root: Path, paths: Iterable[Path]) -> list[Path]:
    """Return the files of records below the paths, sorted."""
    known = [*root.glob("data/*/*.yml"), *root.glob("content/articles/*.md")]
    wanted = [_existing(root, path) for path in paths]
    return sorted(
        path
        for path in known
        if not wanted or any(path.resolve() == place or place in path.resolve().parents for place in wanted)
    )


def _existing(root: Path, path: Path) -> Path:
    for place in (root / path, path):
        if place.exists():
            return place.resolve()
    raise click.UsageError(f"没有 “{path}” 这个文件或文件夹")
