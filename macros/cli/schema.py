"""`kepu schema`: renew what is generated from the models for editors."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.reporting import say
from macros.records.problems import ProblemsFound, has_errors
from macros.site.guide_files import guide_files
from macros.site.session import open_session
from macros.site.whole_files import write_files

TERMS = "data/terms/"


@click.command()
@click.pass_obj
def schema(root: Path) -> None:
    """更新字段表、设置表、编辑器的提示和例子里的说明，使它们和程序一致。

    它们是 docs/fields.md、docs/settings.md、.vscode/ 和 docs/examples/。改了字段或词表以后运行。
    """
    session = open_session(root)
    if wrong := [
        problem for problem in session.checked.problems if problem.path.startswith(TERMS) and has_errors([problem])
    ]:
        raise ProblemsFound(wrong)
    made = guide_files(session)
    changed = {path: content for path, content in made.items() if _present(root / path) != content}
    write_files(root, changed)
    say("\n".join(f"已更新 {path}" for path in changed) or "已经是最新的，没有改动。")


def _present(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
