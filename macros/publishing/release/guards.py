"""Folders that a site is never built into: replacing them would destroy somebody's work."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.publishing.release.errors import PublishingError

MARKER = "build.json"
"""The file that tells a folder as an earlier build: a JSON object whose ``generator`` is `GENERATOR`."""

GENERATOR = "kepu"

RELEASES = "releases"
"""The folder of a web root in which releases lie side by side."""

CURRENT = "current"
"""The symbolic link of a web root that leads to the release that is served."""

HOST_FILES = (".nojekyll", "CNAME")
"""Files that hosts of static pages want beside a site; no inventory names them."""

_PACKED = (".gz", ".br")
_SHOWN = 3
_SOURCES = {"data", "content", "docs", "macros", "overrides", "tests", "benchmarks", ".git", ".github", ".ci"}


def refuse(out: Path, root: Path) -> None:
    """Refuse a folder that must not be replaced by a site.

    Args:
        out: the folder that would be replaced; it need not exist.
        root: the project's folder.

    Raises:
        PublishingError: it is a file, a symbolic link, the project or a part of its sources, a work tree of git, or holds
            anything that its own inventory does not name: replacing it would delete that without a copy.
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
    if os.path.lexists(out / ".git"):
        raise PublishingError(
            f"{out}：这是一个 git 工作区（里面有 .git），换上网站会删掉它的全部历史；请换一个文件夹，再把文件复制过去，"
            "或用 kepu publish --as branch 直接发布到分支。"
        )
    if out.is_dir() and (foreign := list(_foreign(out))):
        more = f"等 {len(foreign)} 个" if len(foreign) > _SHOWN else ""
        raise PublishingError(
            f"{out}：这个文件夹里有不是由本程序生成的文件（{'、'.join(foreign[:_SHOWN])}{more}），换上网站会删掉它们；"
            "请换一个空文件夹，或先把这些文件移走。"
        )


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


def _foreign(folder: Path) -> Iterator[str]:
    """Yield the files of a folder, sorted, that no earlier build put there, as its own inventory says."""
    own = {MARKER, *HOST_FILES, *_named_files(folder)} if is_build(folder) else set()
    for name in sorted(_files_below(folder)):
        if name not in own and not (name.endswith(_PACKED) and name.rpartition(".")[0] in own):
            yield name


def _files_below(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        links = (name for name in folders if Path(place, name).is_symlink())
        yield from (Path(place, name).relative_to(folder).as_posix() for name in (*names, *links))


def is_build(folder: Path) -> bool:
    """Tell whether a folder is an earlier build."""
    return _marker(folder).get("generator") == GENERATOR


def _named_files(folder: Path) -> frozenset[str]:
    files = _marker(folder).get("files")
    return frozenset(files) if isinstance(files, dict | list) else frozenset()


def _marker(folder: Path) -> dict[str, Any]:
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return marker if isinstance(marker, dict) else {}


def mark(folder: Path) -> None:
    """Mark a folder as a build and name its files, unless whoever filled it did so and said more about it.

    Raises:
        OSError: the marker cannot be written.
    """
    if not is_build(folder):
        note = {"generator": GENERATOR, "files": sorted(_files_below(folder))}
        text = json.dumps(note, ensure_ascii=False, indent=1) + "\n"
        (folder / MARKER).write_text(text, encoding="utf-8", newline="\n")
