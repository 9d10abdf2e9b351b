"""The door for people: the command ``kepu``.

Exit codes: 0 good, 1 problems, 2 wrong use. Help and messages are Chinese; what fails ends in a message with a remedy,
never in a traceback.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from macros.cli import reporting
from macros.cli.chinese import speak_chinese
from macros.cli.console import speak_any_console
from macros.cli.diff import diff
from macros.cli.excel import excel
from macros.cli.fix import fix
from macros.cli.lost_addresses import lost
from macros.cli.new import new_record
from macros.cli.os_errors import explain
from macros.cli.publish import publish, releases, rollback
from macros.cli.rename import rename
from macros.cli.report import report
from macros.cli.schema import schema
from macros.cli.serve import serve
from macros.cli.stage import stage
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.inventory import Inventory, read_inventory
from macros.records.problems import Problem, ProblemsFound, has_errors
from macros.site.git import GitMissing
from macros.site.session import open_session

speak_chinese()

FORMATS = click.Choice(["text", "json", "github"])
format_option = click.option(
    "--format", "form", type=FORMATS, default="text", help="输出格式：给人看、JSON 或 GitHub 注释。"
)


class _Group(click.Group):
    """A group whose commands end in messages that any console can show, never in tracebacks."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        speak_any_console()
        return super().main(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProblemsFound as found:
            click.echo(reporting.report(found.problems, "text"))
        except (PublishingError, GitMissing) as error:
            click.echo(str(error), err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            click.echo(explain(error), err=True)
        sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="项目的文件夹，默认是当前文件夹。")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """检查、构建、预览科普网站。"""
    if not (root / "mkdocs.yml").is_file():
        raise click.UsageError(f"“{root}” 里没有 mkdocs.yml；请在项目的文件夹里运行，或用 --root 指明")
    context.obj = root.resolve()


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--base", help="和哪个版本比，看有没有网址丢了，例如 origin/main；默认是上一次提交（HEAD）。")
@click.option("--allow-drop", type=click.IntRange(0), default=0, help="最多允许几个旧网址没有了，默认 0。")
@format_option
@click.pass_obj
def check(root: Path, paths: Sequence[Path], base: str | None, allow_drop: int, form: str) -> None:
    """检查数据和页面，一次列出全部问题，也看文件改名、删除后旧网址还在不在。写了 PATH 就只列这些文件或文件夹里的。"""
    problems = _only(root, paths, _problems(root, base, allow_drop))
    click.echo(reporting.report(problems, form))
    sys.exit(1 if has_errors(problems) else 0)


@main.command()
@click.argument("out", type=click.Path(path_type=Path), default=Path("site"))
@click.option(
    "--previous",
    type=click.Path(exists=True, path_type=Path),
    help="上次发布的网站或它的 build.json：上次的网址都要还在，或转到新网址。",
)
@click.option("--allow-drop", type=click.IntRange(0), default=0, help="最多允许几个旧网址没有了，默认 0。")
@format_option
@click.pass_obj
def build(root: Path, out: Path, previous: Path | None, allow_drop: int, form: str) -> None:
    """检查、构建、核对链接，全部通过才换下旧网站。OUT 默认是 site。"""
    before = read_inventory(previous) if previous else None
    problems = _build(root, out, before, allow_drop)
    click.echo(reporting.report(problems, form))
    sys.exit(1 if has_errors(problems) else 0)


for command in (diff, excel, fix, new_record, publish, releases, rename, report, rollback, schema, serve, stage):
    main.add_command(command)


def _tell(step: str) -> None:
    """Say what begins, to people only: a log needs no progress."""
    if sys.stderr.isatty():
        click.echo(step, err=True)


def _problems(root: Path, base: str | None, allowed: int) -> list[Problem]:
    try:
        session = open_session(root)
        return [*session.problems(), *lost(session, base, allowed)]
    except ProblemsFound as found:
        return found.problems


def _build(root: Path, out: Path, previous: Inventory | None, allowed: int) -> list[Problem]:
    # MkDocs takes longer to import than a check takes to run, so only a build pays for it.
    from macros.site.build import Demands, build_site

    try:
        return build_site(root, out, Demands(previous, allowed), _tell)
    except ProblemsFound as found:
        return found.problems
    except PublishingError as error:
        return [Problem(out.as_posix(), 1, 1, str(error), "publishing")]


def _only(root: Path, paths: Iterable[Path], problems: list[Problem]) -> list[Problem]:
    wanted = []
    for path in paths:
        if not path.exists() and not (root / path).exists():
            raise click.UsageError(f"没有 “{path}” 这个文件或文件夹")
        wanted.append((path if path.exists() else root / path).resolve())
    if not wanted:
        return problems
    return [p for p in problems if any((root / p.path).resolve().is_relative_to(place) for place in wanted)]
