"""Files that an editor drops onto a form: looked at by what they hold, freed of what they tell of people, named so that every system can have them.

The same code as `kepu fix` takes positions off pictures and makes heavy photos smaller; the same as `kepu check` says what is
no file for the site. So what lies in the project after a drop has nothing that those would find, but for what they only notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from macros.editor.locking import Busy, locked
from macros.editor.store import NotSaved, path_of
from macros.media import svg, svg_fixes
from macros.media.content_checks import check_content
from macros.media.decoding import BrokenPicture
from macros.media.file_types import PICTURES, identify, refusal
from macros.media.intake import taken_in
from macros.records.problems import ProblemsFound
from macros.records.scan import FILES
from macros.site.os_errors import explain
from macros.site.whole_files import refuse_links, write_files
from macros.text import file_names


@dataclass(frozen=True)
class AddedFile:
    """A file that lies in the record's folder now.

    Attributes:
        name: its name there, for the field.
        notes: what was done to it and what is to be known of it, in Chinese.
    """

    name: str
    notes: tuple[str, ...]


def add_file(root: Path, kind: str, identifier: str, name: str, raw: bytes) -> AddedFile:
    """Put a file into the folder of a record; one of the same name and other content stays beside it.

    Args:
        root: the project's folder.
        kind: kind of the record.
        identifier: its id.
        name: the file's name on the editor's machine.
        raw: its bytes.

    Raises:
        NotSaved: the site publishes no such file, or it can't be written; nothing was.
    """
    if not (root / path_of(kind, identifier)).is_file():
        raise NotSaved("这条记录还没有保存；请先保存，再放文件")
    wanted, made, notes = _made(name, raw)
    found = list(check_content(wanted, made))
    if errors := [finding.message for finding in found if finding.is_error]:
        raise NotSaved("；".join(errors))
    notes += [finding.message for finding in found]
    try:
        with locked(root):
            folder = f"{FILES}/{kind}/{identifier}"
            refuse_links(root, [f"{folder}/{wanted}"])
            free = _free(root / folder, wanted, made)
            write_files(root, {f"{folder}/{free}": made})
    except (Busy, ProblemsFound) as error:
        raise NotSaved(str(error)) from None
    except OSError as error:
        raise NotSaved(explain(error).replace("再运行一次", "再放一次")) from None
    return AddedFile(free, tuple(notes))


def _made(name: str, raw: bytes) -> tuple[str, bytes, list[str]]:
    """Return the name that the file gets, its content, and what was done to it."""
    try:
        picture = taken_in(raw)
    except BrokenPicture as error:
        raise NotSaved(str(error)) from None
    if picture:
        return _name(name, picture.raw), picture.raw, list(picture.notes)
    wanted = _name(name, raw)
    return wanted, _drawing(raw) if PurePosixPath(wanted).suffix.lower() == ".svg" else raw, []


def _name(name: str, raw: bytes) -> str:
    """Return the name that the file gets: what every system can have, with the extension of what it holds where that is a picture."""
    ready = file_names.ready(name[-1000:])
    suffix, content = PurePosixPath(ready).suffix.lower(), identify(raw)
    right = next(iter(content.suffixes), "")
    if right in PICTURES and suffix not in content.suffixes:
        ready = PurePosixPath(ready).stem + right
    if message := refusal(ready):
        raise NotSaved(message)
    return ready


def _drawing(raw: bytes) -> bytes:
    objection = svg.objection(raw)
    made = svg_fixes.mended(raw) if objection else raw
    if made is not None:
        return made
    what = f"图里有 {objection.found}" if objection and objection.found else "这不是 SVG 图"
    raise NotSaved(f"{what}，网站不放；请在画图软件里另存为“普通 SVG”，或存为 PNG")


def _free(folder: Path, name: str, made: bytes) -> str:
    """Return a name that no other file has, or that of the file that holds the same already."""
    present = {file_names.same_on_windows(path.name): path for path in folder.iterdir()} if folder.is_dir() else {}
    for tried in _tries(name):
        path = present.get(file_names.same_on_windows(tried))
        if path is None or (path.is_file() and path.read_bytes() == made):
            return tried if path is None else path.name
    raise NotSaved("同名的文件太多；请换一个名字")


def _tries(name: str) -> Iterator[str]:
    yield name
    path = PurePosixPath(name)
    yield from (f"{path.stem[:60]}-{number}{path.suffix}" for number in range(2, 100))
