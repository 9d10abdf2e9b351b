"""Folders that a site is never built into: replacing them would destroy somebody's work."""

from __future__ import annotations

import json
from pathlib import Path

from macros.publishing.errors import PublishingError

MARKER = "build.json"
"""The file that tells a folder as an earlier build: a JSON object whose ``generator`` is `GENERATOR`."""

GENERATOR = "kepu"

_SOURCES = {"data", "content", "macros", "overrides", "tests", "benchmarks", ".git", ".github", ".ci"}


def refuse(out: Path, root: Path) -> None:
    """Refuse a folder that must not be replaced by a site.

    Args:
        out: the folder that would be replaced; it need not exist.
        root: the project's folder.

    Raises:
        PublishingError: it is a file, a symbolic link, the project or a part of its sources, or holds anything that is
            not an earlier build.
    """
    if out.is_symlink():
        raise PublishingError(f"{out}：这是一个符号链接，不能当作输出文件夹；请写出它指向的文件夹。")
    if out.exists() and not out.is_dir():
        raise PublishingError(f"{out}：这是一个文件，不是文件夹；请换一个输出文件夹。")
    place, project = out.resolve(), root.resolve()
    if project.is_relative_to(place):
        raise PublishingError(f"{out}：这是项目文件夹本身或它的上级，生成会把它清空；请换一个输出文件夹，例如 site。")
    if place.is_relative_to(project) and place.relative_to(project).parts[0].casefold() in _SOURCES:
        raise PublishingError(f"{out}：这里存放项目的源文件，生成会把它们清空；请换一个输出文件夹，例如 site。")
    if out.is_dir() and any(out.iterdir()) and not is_build(out):
        raise PublishingError(f"{out}：这个文件夹里有不是由本程序生成的文件；请换一个空文件夹，或先把里面的文件移走。")


def is_build(folder: Path) -> bool:
    """Tell whether a folder is an earlier build."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(marker, dict) and marker.get("generator") == GENERATOR


def mark(folder: Path) -> None:
    """Mark a folder as a build, unless whoever filled it did so and told more about it.

    Raises:
        OSError: the marker cannot be written.
    """
    if not is_build(folder):
        text = json.dumps({"generator": GENERATOR}, indent=2) + "\n"
        (folder / MARKER).write_text(text, encoding="utf-8", newline="\n")
