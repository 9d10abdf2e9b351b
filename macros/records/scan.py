"""Find the files of records and articles, and what lies among them and does not belong there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from macros.records.model.registry import KINDS
from macros.records.model.terms import near
from macros.records.problems import Level, Problem

IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_IDENTIFIER = 200
"""Characters of an id: file systems have 255 bytes for a name, of which endings and what stands aside take some."""
RESERVED = {"index", "page", "by", "feed", "readme", "con", "prn", "aux", "nul"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}
ARTICLES = "content/articles"
FILES = "content/files"


def data_folders() -> tuple[str, ...]:
    """Return the names of the folders that ``data/`` may have."""
    return ("terms", *(kind for kind in KINDS if kind != "articles"))


class Entry(NamedTuple):
    """A file or a folder that a scan came by; for ten thousand of them, `pathlib` takes ten times as long.

    Attributes:
        path: where it lies, for the system.
        where: the same in POSIX form, relative to the project's root.
        name: its name.
        is_folder: whether it is a folder, or a link to one.
        is_link: whether it, or the folder that it lies in, is a symbolic link.
    """

    path: str
    where: str
    name: str
    is_folder: bool
    is_link: bool

    @property
    def suffix(self) -> str:
        """The extension with its point, as `pathlib` has it; empty if there is none."""
        point = self.name.rfind(".")
        return self.name[point:] if 0 < point < len(self.name) - 1 else ""

    @property
    def stem(self) -> str:
        """The name without its extension."""
        return self.name.removesuffix(self.suffix)


@dataclass(frozen=True)
class Found:
    """What a scan found.

    Attributes:
        files: files by folder name (a kind, or ``terms``), sorted.
        problems: what does not belong where it lies.
    """

    files: dict[str, list[Entry]]
    problems: list[Problem]


def scan(root: Path) -> Found:
    """Look through ``data/`` and ``content/`` of a project.

    Args:
        root: the project's folder.
    """
    files: dict[str, list[Entry]] = {name: [] for name in (*data_folders(), "articles")}
    problems = list(_links(root))
    for entry in _entries(root, "data"):
        if entry.is_folder and entry.name in data_folders():
            files[entry.name], bad = _sort_out(root, entry.where, ".yml")
            problems += bad
        else:
            problems.append(leftover(entry.where) or _stray(entry))
    files["articles"], bad = _sort_out(root, ARTICLES, ".md")
    return Found(files, [*problems, *bad])


def _entries(root: Path, where: str) -> list[Entry]:
    """Return what lies in a folder, sorted, without hidden files and links that lead outside, of which `_links` tells."""
    home, folder = root / where.split("/")[0], root / where
    if not folder.is_dir() or leads_outside(folder, home):
        return []
    linked = folder.is_symlink()
    with os.scandir(folder) as found:
        entries = [_entry(item, where, linked) for item in found]
    own = (e for e in entries if not is_hidden_name(e.name) and not (e.is_link and leads_outside(Path(e.path), home)))
    return sorted(own, key=lambda entry: entry.name)


def _entry(found: os.DirEntry[str], where: str, linked: bool) -> Entry:
    is_link = found.is_symlink()
    is_folder = Path(found.path).is_dir() if is_link else found.is_dir()
    return Entry(found.path, f"{where}/{found.name}", found.name, is_folder, linked or is_link)


def is_hidden_name(name: str) -> bool:
    """Tell whether a file is none of the editors' business; a record whose name begins with a point is, and is wrong."""
    return name.startswith(".") and (not name.endswith(".yml") or name.startswith(("._", ".#")))


_LEFT_BY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"~\$.*"), "这是 Excel、Word 或 WPS 打开文件时的临时文件；请关掉文件，再删掉它"),
    (re.compile(r"~wr[a-z]\d+\.tmp|.*\.(wbk|asd)", re.I), "这是 Word 或 WPS 留下的临时文件；请删掉"),
    (re.compile(r"(eh)?thumbs(_vista)?\.db|desktop\.ini", re.I), "这是 Windows 自己放的文件；请删掉"),
    (re.compile(r"__MACOSX|Icon\r"), "这是 macOS 自己放的文件；请删掉"),
    (
        re.compile(r"4913|#.*#|.*~|.*\.(sw[a-p]|bak|old|tmp|temp)", re.I | re.S),
        "这是编辑软件留下的临时文件或备份；请删掉",
    ),
    (
        re.compile(r".*\.(crdownload|part|partial|download|!ut|td|xltd)", re.I),
        "这个文件没有下载完；请重新下载，再删掉它",
    ),
    (re.compile(r".*\.(orig|rej)", re.I), "这是 git 合并时留下的备份；请删掉"),
)
"""Names of files that programs leave, whole, and what to say of them."""


def left_by_a_program(name: str) -> str | None:
    """Say in Chinese which program left a file, by its name, and what to do; None for one that a person made."""
    return next((message for pattern, message in _LEFT_BY if pattern.fullmatch(name)), None)


def leftover(where: str) -> Problem | None:
    """Return a notice about a file that a program left, or None.

    Args:
        where: the file, POSIX form, relative to the project's root.
    """
    message = left_by_a_program(where.rpartition("/")[2])
    return Problem(where, 1, 1, message, "temporary-file", Level.NOTICE) if message else None


def leads_outside(path: Path, home: Path) -> bool:
    """Tell whether a path is a symbolic link to something outside a folder, or to nothing."""
    if not path.is_symlink():
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(home.resolve())
    except (OSError, RuntimeError):
        return True


def _links(root: Path) -> Iterator[Problem]:
    """Find symbolic links that lead out of ``data/`` or ``content/``, to nothing, or within ``content/`` to a folder.

    Emacs marks a file that is open by a hidden link to nothing, such as ``.#luyuan.yml``.
    """
    for name in ("data", "content"):
        for path in _all_links(root / name):
            where = path.relative_to(root).as_posix()
            if path.is_dir() and name == "content" and not leads_outside(path, root / name):
                # The engine follows it, also into a hidden folder, and publishes everything twice.
                message = "这个链接指向一个文件夹；content/ 里不能放这样的链接，请换成真正的文件夹，或删掉"
                yield Problem(where, 1, 1, message, "link-to-folder")
            elif leads_outside(path, root / name) and not is_hidden_name(path.name):
                message = f"这个链接指到 {name}/ 外面，或者指向的文件不存在；请换成真正的文件"
                yield Problem(where, 1, 1, message, "link-outside")


def _all_links(folder: Path | str) -> Iterator[Path]:
    """Yield the symbolic links in a folder and the folders within, which links to folders are not."""
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        if entry.is_symlink():
            yield Path(entry.path)
        elif entry.is_dir() and not entry.name.startswith("."):
            yield from _all_links(entry.path)


def _sort_out(root: Path, folder: str, suffix: str) -> tuple[list[Entry], list[Problem]]:
    good, problems = [], []
    for entry in _entries(root, folder):
        problem = _misplaced(entry, suffix)
        if problem:
            problems.append(problem)
        elif entry.suffix == suffix:  # a picture beside an article is no record
            good.append(entry)
            problems += _bad_name(entry)
    return good, problems


def _misplaced(entry: Entry, suffix: str) -> Problem | None:
    if entry.is_folder and not Path(entry.path).is_symlink():
        home = entry.where.rpartition("/")[0]
        return Problem(entry.where, 1, 1, f"{home}/ 里不放文件夹；请把里面的文件直接放在 {home}/ 里", "stray-folder")
    if notice := leftover(entry.where):
        return notice
    if entry.suffix != suffix and not (suffix == ".md" and entry.suffix in (".svg", ".png", ".jpg", ".webp")):
        message = f"扩展名 “{entry.suffix or '（没有）'}” 不对；{_new_name(entry, suffix)}"
        return Problem(entry.where, 1, 1, message, "wrong-extension")
    return None


def _new_name(entry: Entry, suffix: str) -> str:
    """Say what to do with a file of another extension; Windows hides the last of two, as in ``luyuan.yml.txt``."""
    name = entry.name.split(".")[0] + suffix
    if any(other.name == name for other in Path(entry.path).parent.iterdir()):
        return f"{name} 已经有了，请删掉这个文件，或移出这个文件夹"
    return f"请把文件改名为 {name}，或移出这个文件夹"


def _stray(entry: Entry) -> Problem:
    what = "文件夹" if entry.is_folder else "文件"
    close = near(entry.name, data_folders(), 1)
    hint = f"是不是 data/{close[0]}/？" if close and entry.is_folder else ""
    message = (
        f"data/ 里不该有这个{what}；{hint}这里只有 {'、'.join(f'{name}/' for name in data_folders())}，请移走或改名"
    )
    return Problem(entry.where, 1, 1, message, "stray-folder" if entry.is_folder else "stray-file")


def _bad_name(entry: Entry) -> Iterator[Problem]:
    if not IDENTIFIER.fullmatch(entry.stem):
        message = f"文件名 “{entry.stem}” 不能用作 id；只用小写英文字母、数字和单个短横，以字母开头，例如 xingkong-guan"
        yield Problem(entry.where, 1, 1, message, "wrong-id")
    elif len(entry.stem) > LONGEST_IDENTIFIER:
        message = f"文件名有 {len(entry.stem)} 个字符，太长；最多 {LONGEST_IDENTIFIER} 个，请改短"
        yield Problem(entry.where, 1, 1, message, "wrong-id")
    elif entry.stem in RESERVED:
        yield Problem(entry.where, 1, 1, f"文件名 “{entry.stem}” 是保留的，不能用作 id；请换一个", "reserved-id")


Files = dict[str, int]
"""Name of a file → its size in bytes."""


def record_files(root: Path, owners: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Files]:
    """Return the files in ``content/files/KIND/ID/`` by (kind, id).

    Args:
        root: the project's folder.
        owners: (kind, id) of every record.
    """
    files: dict[tuple[str, str], Files] = {}
    records = set(owners)
    for kind in _entries(root, FILES):
        for folder in _entries(root, kind.where) if kind.is_folder else []:
            if (kind.name, folder.name) in records and folder.is_folder:
                own = (entry for entry in _entries(root, folder.where) if Path(entry.path).is_file())
                files[kind.name, folder.name] = {entry.name: Path(entry.path).stat().st_size for entry in own}
    return files
