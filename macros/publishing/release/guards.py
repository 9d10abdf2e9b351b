"""Folders that a site is never built into: replacing them would destroy somebody's work."""

from __future__ import annotations

import json
from pathlib import Path

from macros.publishing.release.errors import PublishingError

MARKER = "build.json"
"""The file that tells a folder as an earlier build: a JSON object whose ``generator`` is `GENERATOR`."""

GENERATOR = "kepu"

RELEASES = "releases"
"""The folder of a web root in which releases lie side by side."""

CURRENT = "current"
"""The symbolic link of a web root that leads to the release that is served."""

_SOURCES = {"data", "content", "docs", "macros", "overrides", "tests", "benchmarks", ".git", ".github", ".ci"}


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
    if _is_source(place, project):
        raise PublishingError(f"{out}：这里存放项目的源文件，生成会把它们清空；请换一个输出文件夹，例如 site。")
    if out.is_dir() and any(out.iterdir()) and not is_build(out):
        raise PublishingError(f"{out}：这个文件夹里有不是由本程序生成的文件；请换一个空文件夹，或先把里面的文件移走。")


def refuse_root(dest: Path, site: Path, project: Path) -> None:
    """Refuse a folder that must not become a web root with releases.

    Args:
        dest: the web root; it need not exist.
        site: the finished site that is to be published there.
        project: the project's folder.

    Raises:
        PublishingError: it is a file, the project or a part of its sources, overlaps with the site, or holds something
            that is no web root of this program.
    """
    if dest.exists() and not dest.is_dir():
        raise PublishingError(f"{dest}：这是一个文件，不是文件夹；请换一个发布的文件夹。")
    place, root, source = dest.resolve(), project.resolve(), site.resolve()
    if root.is_relative_to(place) or _is_source(place, root) or (place / ".git").exists():
        raise PublishingError(f"{dest}：这是项目、代码仓库或它的一部分；请换一个专门用来发布的文件夹。")
    if place.is_relative_to(source) or source.is_relative_to(place):
        raise PublishingError(f"{dest}：发布的文件夹和网站的文件夹 {site} 互相包含；请换一个发布的文件夹。")
    if dest.is_dir() and any(dest.iterdir()) and not (dest / RELEASES).is_dir():
        raise PublishingError(f"{dest}：这个文件夹里有别的文件；请换一个空文件夹，或先把里面的文件移走。")
    if (dest / CURRENT).exists() and not (dest / CURRENT).is_symlink():
        raise PublishingError(f"{dest / CURRENT}：这里要放一个符号链接，现在是别的东西；请先把它移走。")


def _is_source(place: Path, project: Path) -> bool:
    """Tell whether a folder, resolved, lies among a project's sources."""
    return place.is_relative_to(project) and place.relative_to(project).parts[0].casefold() in _SOURCES


def is_build(folder: Path) -> bool:
    """Tell whether a folder is an earlier build."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(marker, dict) and marker.get("generator") == GENERATOR


def mark(folder: Path) -> None:
    """Mark a folder as a build, unless whoever filled it did so and said more about it.

    Raises:
        OSError: the marker cannot be written.
    """
    if not is_build(folder):
        text = json.dumps({"generator": GENERATOR}, indent=2) + "\n"
        (folder / MARKER).write_text(text, encoding="utf-8", newline="\n")
