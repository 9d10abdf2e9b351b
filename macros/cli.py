"""The door for people: the command ``kepu``.

Exit codes: 0 good, 1 problems, 2 wrong use. Help and messages are Chinese; what fails ends in a message with a remedy,
never in a traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from macros import reporting
from macros.as_of import as_of
from macros.configuration import read_configuration
from macros.editing import guide
from macros.publishing.errors import PublishingError
from macros.records.kinds import KINDS
from macros.records.problems import Problem, ProblemsFound, has_errors
from macros.session import Session

FORMATS = click.Choice(["text", "json", "github"])
format_option = click.option(
    "--format", "form", type=FORMATS, default="text", help="输出格式：给人看、JSON 或 GitHub 注释。"
)


class _Group(click.Group):
    """A group whose commands end in messages, never in tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProblemsFound as found:
            click.echo(reporting.report(found.problems, "text"))
        except PublishingError as error:
            click.echo(str(error), err=True)
        sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="项目的文件夹，默认是当前文件夹。")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """检查、构建、预览科普网站。"""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if not (root / "mkdocs.yml").is_file():
        raise click.UsageError(f"“{root}” 里没有 mkdocs.yml；请在项目的文件夹里运行，或用 --root 指明")
    context.obj = root.resolve()


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@format_option
@click.pass_obj
def check(root: Path, paths: Sequence[Path], form: str) -> None:
    """检查数据和页面，一次列出全部问题。写了 PATH 就只列这些文件或文件夹里的。"""
    problems = _only(root, paths, _problems(root))
    click.echo(reporting.report(problems, form))
    sys.exit(1 if has_errors(problems) else 0)


@main.command()
@click.argument("out", type=click.Path(path_type=Path), default=Path("site"))
@format_option
@click.pass_obj
def build(root: Path, out: Path, form: str) -> None:
    """检查、构建、核对链接，全部通过才换下旧网站。OUT 默认是 site。"""
    problems = _problems(root)
    if not has_errors(problems):
        problems = [*problems, *_build(root, out)]
    click.echo(reporting.report(problems, form))
    sys.exit(1 if has_errors(problems) else 0)


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="端口，默认 8000。")
@click.pass_obj
def serve(root: Path, port: int) -> None:
    """在本机预览：文件一改就重新构建并刷新页面；有错时继续显示上一个好的网站。"""
    from macros.publishing.serve import serve as preview

    watched = [root / name for name in ("data", "content", "overrides", "macros", "mkdocs.yml")]
    preview(lambda out: _build_command(root, out), root, watched, port=port)


@main.command()
@click.pass_obj
def schema(root: Path) -> None:
    """更新 CONTRIBUTING.md 里的字段表，使它和程序一致。"""
    path = root / "CONTRIBUTING.md"
    labels = {kind: read_session(root).library.kind_label(kind) for kind in KINDS}
    path.write_text(guide.renew(path.read_text("utf-8"), labels), encoding="utf-8", newline="\n")
    click.echo("已更新 CONTRIBUTING.md。")


def read_session(root: Path) -> Session:
    """Open a session over a project.

    Raises:
        ProblemsFound: configuration or date are unusable.
    """
    configuration = read_configuration(root)
    return Session(root, configuration.site, as_of(root), configuration.templates)


def _build_command(root: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "macros", "--root", str(root), "build", str(out), "--format", "json"]


def _problems(root: Path) -> list[Problem]:
    try:
        return read_session(root).problems()
    except ProblemsFound as found:
        return found.problems


def _build(root: Path, out: Path) -> list[Problem]:
    # MkDocs takes longer to import than a check takes to run, so only a build pays for it.
    from macros.building import build_site

    try:
        return build_site(root, out)
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
