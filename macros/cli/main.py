"""The entry point for people: the command ``kepu``, whose commands stand in the files beside this one.

Exit codes: 0 good, 1 problems, 2 wrong use. Help and messages are Chinese; what fails ends in a message with a remedy,
never in a traceback.
"""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from macros.cli import reporting
from macros.cli.chinese import speak_chinese
from macros.cli.console import speak_any_console
from macros.cli.reporting import say
from macros.publishing.release.errors import PublishingError
from macros.records.problems import ProblemsFound
from macros.site.git import GitMissing
from macros.site.os_errors import explain
from macros.site.unfinished_rename import unfinished

speak_chinese()


_COMMANDS = (
    "answer", "ask", "booklet", "build", "check", "diff", "edit", "excel", "fix", "hub", "init", "new", "publish", "releases", "rename", "replace-link", "report", "resolve", "rollback", "schema", "serve", "stage", "stamp", "upgrade",
)  # fmt: skip


class _Group(click.Group):
    """A group whose commands end in messages that any console can show, never in tracebacks.

    Each command is imported when it is called: what the others need takes longer to load than most take to run.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            return None
        module = import_module(f"macros.cli.{cmd_name.replace('-', '_')}")
        return next(one for one in vars(module).values() if isinstance(one, click.Command) and one.name == cmd_name)

    def main(self, *arguments: Any, **options: Any) -> Any:
        speak_any_console()
        return super().main(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProblemsFound as found:
            say(reporting.report(found.problems, "text"))
        except (PublishingError, GitMissing) as error:
            say(str(error), err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            say(explain(error), err=True)
        sys.exit(1)


def _say_versions(context: click.Context, parameter: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        # What knows the index takes longer to load than most commands have time for.
        from macros.project.pins import version
        from macros.records.model.registry import MODEL
        from macros.search.index import FORMAT

        say(f"kepu {version()}，数据模型第 {MODEL} 版，搜索索引第 {FORMAT} 版")
        context.exit()


@click.group(
    cls=_Group,
    # The names alone, for lists and for what is nearly one of them; each command takes its place when it is called.
    commands=dict.fromkeys(_COMMANDS, click.Command(None)),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="项目的文件夹，默认是当前文件夹。")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_versions,
    help="显示程序、数据模型和搜索索引的版本。",
)
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """检查、构建、预览科普网站。"""
    if context.invoked_subcommand == "init":
        return
    if context.invoked_subcommand != "hub" and not (root / "mkdocs.yml").is_file():
        raise click.UsageError(f"“{root}” 里没有 mkdocs.yml；请在项目的文件夹里运行，或用 --root 指明")
    context.obj = root.resolve()
    if context.invoked_subcommand != "rename" and (left := unfinished(context.obj)):
        again = f"kepu rename {left.old} {left.new}"
        say(f"提醒：上次 {again} 没有做完，文件可能只改了一半；请先再运行一次，它会接着做完", err=True)
