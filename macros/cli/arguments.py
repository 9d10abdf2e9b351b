"""What several commands take: a form of output, files of the project, a revision."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli import reporting
from macros.site import git

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(list(reporting.FORMS)),
    default="text",
    help="输出格式：给人看、JSON 或 GitHub 注释。",
)


def existing(root: Path, path: Path) -> Path:
    """Return a file or folder that somebody named, absolute: from the project's folder, or from where he stands.

    Raises:
        click.UsageError: there is none.
    """
    for place in (root / path, path):
        if place.exists():
            return place.resolve()
    raise click.UsageError(f"没有 “{path}” 这个文件或文件夹")


def commit_named(root: Path, revision: str) -> str:
    """Return the hash of the commit that a revision names.

    Raises:
        click.UsageError: there is none, or this is no repository.
        GitMissing: git is not installed.
    """
    try:
        return git.resolve(root, revision)
    except git.GitMissing:
        raise
    except git.GitError:
        message = f"没有 “{revision}” 这个版本；写提交号、分支名或 HEAD~1，并在 git 管理的文件夹里运行"
        raise click.UsageError(message) from None
