"""Merge what an editor changed with what others handed in meanwhile: file by file, and records field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from macros.editing.resolving import Side
from macros.editing.source.source_file import SourceFile, model_of
from macros.editing.source.splice import CannotSplice, set_value, trimmed
from macros.editor import trees
from macros.editor.merging import NO_SIDES, FieldConflict, MergedValues, Sides, merged, merged_lines
from macros.editor.store import TEXT
from macros.editor.trees import NO_ENTRY, TreeEntry
from macros.records import yaml
from macros.records.problems import ProblemsFound

FILE = "file"
"""The name of a conflict about a file as a whole: one has taken it away, or it can't be read."""

SidesByPath = Mapping[str, Sides]
"""File, relative to the project's root → what was chosen in it."""

NOTHING_CHOSEN: SidesByPath = MappingProxyType({})


@dataclass(frozen=True)
class FileConflict:
    """A place that two people changed, each otherwise, with the file that it stands in.

    Attributes:
        path: the file, POSIX form, relative to the project's root.
        conflict: the field; of the whole file it is called `FILE`, and its values are the texts, None for a file that is gone.
    """

    path: str
    conflict: FieldConflict


@dataclass(frozen=True)
class MergedFile:
    """What became of two versions of a file.

    Attributes:
        content: the bytes, None if it is gone; where nobody chose, one's own.
        conflicts: what has to be asked.
    """

    content: bytes | None
    conflicts: tuple[FieldConflict, ...] = ()


@dataclass
class TreeMerge:
    """Merges states of one repository.

    Attributes:
        root: the project's folder.
        prefix: where it lies in its repository.
        sides: what was chosen.
        conflicts: what has to be asked, found so far.
    """

    root: Path
    prefix: str
    sides: SidesByPath = field(default_factory=dict)
    conflicts: list[FileConflict] = field(default_factory=list)

    def merge(self, base: str, mine: str, theirs: str) -> str:
        """Return the hash of a state with the changes of both.

        Args:
            base: what both began with.
            mine: one's own state.
            theirs: the others' state.
        """
        ours = trees.differences(self.root, base, mine)
        others = trees.differences(self.root, base, theirs)
        entries = {path: after for path, (_, after) in ours.items() if path not in others}
        both = [path for path in ours if path in others and ours[path] != others[path]]
        found = trees.contents(self.root, [entry.content for path in both for entry in (*ours[path], others[path][1])])
        for path in both:
            (before, own), (_, other) = ours[path], others[path]
            versions = [found[entry.content] if entry.content else None for entry in (before, own, other)]
            where = path.removeprefix(self.prefix)
            made = merged_file(where, versions[0], versions[1], versions[2], self.sides.get(where, NO_SIDES))
            self.conflicts += [FileConflict(where, conflict) for conflict in made.conflicts]
            entries[path] = self._entry(made.content, own if own.mode else other)
        return trees.with_entries(self.root, theirs, entries)

    def _entry(self, content: bytes | None, like: TreeEntry) -> TreeEntry:
        return NO_ENTRY if content is None else TreeEntry(like.mode, trees.keep_content(self.root, content))


def merged_file(
    path: str, base: bytes | None, mine: bytes | None, theirs: bytes | None, sides: Sides = NO_SIDES
) -> MergedFile:
    """Merge two versions of a file.

    Args:
        path: the file, POSIX form, relative to the project's root.
        base: what both began with; None where there was none.
        mine: one's own; None if it was taken away.
        theirs: the others'.
        sides: what was chosen in it.
    """
    if mine == theirs or base == theirs:
        return MergedFile(mine)
    if base == mine:
        return MergedFile(theirs)
    try:
        texts = [raw.decode() if raw is not None else None for raw in (base, mine, theirs)]
    except UnicodeDecodeError:
        return _whole(base, mine, theirs, sides)
    before, own, other = texts
    if own is None or other is None:
        return _whole(base, mine, theirs, sides)
    if path.endswith(".yml"):
        made = _record(path, before or "", own, other, sides)
    elif path.endswith(".md"):
        made = _article(path, before or "", own, other, sides)
    else:
        made = None
    return made or _lines(before or "", own, other, sides)


def _whole(base: bytes | None, mine: bytes | None, theirs: bytes | None, sides: Sides) -> MergedFile:
    """Take one of two versions as it is, or ask."""
    side = sides.get(FILE)
    words = (None if raw is None else raw.decode("utf-8", "replace") for raw in (base, mine, theirs))
    conflict = FieldConflict((FILE,), *words)
    return MergedFile(theirs if side is Side.THEIRS else mine, () if side in (Side.OURS, Side.THEIRS) else (conflict,))


def _lines(base: str, mine: str, theirs: str, sides: Sides) -> MergedFile:
    text, found = merged_lines(base, mine, theirs, FILE, sides)
    return MergedFile(text.encode(), found.conflicts)


def _record(path: str, base: str, mine: str, theirs: str, sides: Sides) -> MergedFile | None:
    """Merge two versions of a record or a vocabulary; None if one of them can't be read."""
    values = [_values(path, text) for text in (base, mine, theirs)]
    if values[1] is None or values[2] is None:
        return None
    found = merged(values[0] or {}, values[1], values[2], sides)
    text = _written(path, base, mine, theirs, found)
    return None if text is None else MergedFile(text.encode(), found.conflicts)


def _written(path: str, base: str, mine: str, theirs: str, found: MergedValues) -> str | None:
    """Return the text of merged values: with the lines of both, so that comments of both stay; else spliced into theirs."""
    lines, asked = merged_lines(base, mine, theirs, FILE)
    if not asked.conflicts and trimmed(_values(path, lines)) == found.value:
        return lines
    file = SourceFile.of(path, theirs)
    try:
        return file.with_yaml(set_value(file.yaml, (), found.value, model_of(path))).text
    except CannotSplice:
        return None


def _article(path: str, base: str, mine: str, theirs: str, sides: Sides) -> MergedFile | None:
    """Merge two versions of a page by hand: what stands above its text by field, the text by lines."""
    files = [SourceFile.of(path, text) for text in (base, mine, theirs)]
    if not files[1].before or not files[2].before:
        return None
    above = _record(path, files[0].text if files[0].before else "", mine, theirs, sides)
    if above is None or above.content is None:
        return None
    below, found = merged_lines(files[0].after, files[1].after, files[2].after, TEXT, sides)
    head = SourceFile.of(path, above.content.decode())
    return MergedFile((head.before + head.yaml + below).encode(), (*above.conflicts, *found.conflicts))


def _values(path: str, text: str) -> Any:
    try:
        return yaml.parse(path, SourceFile.of(path, text).yaml.replace("\r\n", "\n")).data
    except ProblemsFound:
        return None
