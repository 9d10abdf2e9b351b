"""Give a record another id: its file, every reference to it, its former ids and its folder, all or nothing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from macros.editing.new import objection, path_of
from macros.editing.source.source_file import SourceFile
from macros.editing.source.splice import CannotSplice, set_value
from macros.records.collection import Collection
from macros.records.model.fields import Prose
from macros.records.model.walk import ValuePath
from macros.records.scan import ARTICLES, FILES
from macros.text import prose

_MACROS = ("link", "record", "timeline", "progress")


class CannotRename(Exception):
    """Raised with a message in Chinese where a record can't get the id that was asked for."""


@dataclass
class Renaming:
    """What a renaming changes.

    Attributes:
        files: path → new text; files that change.
        removed: path of the file that goes.
        folder: the folder of the record's files and where it goes; they may not exist.
        references: how many references were changed.
    """

    removed: str
    folder: tuple[str, str]
    files: dict[str, str] = field(default_factory=dict)
    references: int = 0


def rename(collection: Collection, sources: Mapping[str, str], old: str, new: str) -> Renaming:
    """Work out a renaming.

    Args:
        collection: all records, free of errors.
        sources: path → text of every record and of every Markdown page under ``content/``.
        old: the present id.
        new: the id to be.

    Raises:
        CannotRename: there is no such record, or the new id can't be its.
    """
    record = collection.records.get(old)
    if record is None:
        raise CannotRename(f"没有 id 是 “{old}” 的记录")
    if new not in record.former_ids and (message := objection(new, collection)):
        raise CannotRename(message)
    work = _Renaming(collection, dict(sources), old, new)
    work.change_references()
    formers = [*(former for former in record.former_ids if former != new), old]
    work.set_value(record.document.path, ("former_ids",), formers)
    return work.result(record.kind, record.document.path)


@dataclass
class _Renaming:
    collection: Collection
    texts: dict[str, str]
    old: str
    new: str
    changed: dict[str, None] = field(default_factory=dict)
    references: int = 0

    def change_references(self) -> None:
        """Change every reference, in fields, in prose and in pages by hand."""
        for record, path, reference in self.collection.references:
            if reference == self.old:
                self.set_value(record.document.path, path, self.new)
                self.references += 1
        for record, path, text in self.collection.prose:
            if count := sum(mention.name == self.old for mention in prose.references(text)):
                self._change_prose(record.document.path, path, text)
                self.references += count
        for name in sorted(self.texts):
            if name.endswith(".md"):
                self._change_page(name)

    def set_value(self, name: str, path: ValuePath, value: str | list[str]) -> None:
        """Set one value in a file."""
        file = SourceFile.of(name, self.texts[name])
        model = type(next(r for r in self.collection.records.values() if r.document.path == name))
        try:
            new = list(value) if isinstance(value, list) else value
            yaml = set_value(file.yaml, path, new, model)  # type: ignore[arg-type]
        except CannotSplice:
            raise CannotRename(f"{name} 的 {'.'.join(map(str, path))} 改不了；请先运行 kepu fix，或手工改") from None
        self._replace(name, file.with_yaml(yaml).text)

    def _change_prose(self, name: str, path: ValuePath, text: Prose) -> None:
        lines = text.split("\n")
        for mention in reversed(list(prose.references(text))):
            line, at = lines[mention.line - 1], mention.column - 1
            if mention.name == self.old and line[at + 3 :].startswith(self.old):
                lines[mention.line - 1] = f"{line[: at + 3]}{self.new}{line[at + 3 + len(self.old) :]}"
        self.set_value(name, path, "\n".join(lines))

    def _change_page(self, name: str) -> None:
        """Change links and macros in the Markdown of a page; its front matter was changed with the fields."""
        file = SourceFile.of(name, self.texts[name])
        old = re.escape(self.old)
        link = re.compile(rf"((?:\]\(|\]:[ \t]*)<?id:){old}(?![a-z0-9-])", re.IGNORECASE)
        macro = re.compile(rf"(\{{\{{[^}}]*?\b(?:{'|'.join(_MACROS)})\(\s*([\"'])){old}(?=\2)")
        path = re.compile(rf"(\]\(<?|\]:[ \t]*<?)([^)\s>#]*/)?{old}\.md(?=[)\s>#])")
        after = path.sub(lambda match: self._led(match, name), file.after)
        for pattern in (link, macro):
            after, count = pattern.subn(lambda match: match[1] + self.new, after)
            self.references += count
        if after != file.after:
            self._replace(name, file.before + file.yaml + after)

    def _led(self, match: re.Match[str], page: str) -> str:
        """Return a link by path to the file of an article, led to the new name; any other as it is."""
        folder = match[2] or ""
        if posixpath.normpath(posixpath.join(posixpath.dirname(page), folder)) != ARTICLES:
            return match[0]
        self.references += 1
        return f"{match[1]}{folder}{self.new}.md"

    def _replace(self, name: str, text: str) -> None:
        self.texts[name] = text
        self.changed[name] = None

    def result(self, kind: str, path: str) -> Renaming:
        """Return what is to be written."""
        target = path_of(kind, self.new)
        files = {target if name == path else name: self.texts[name] for name in self.changed}
        return Renaming(path, (f"{FILES}/{kind}/{self.old}", f"{FILES}/{kind}/{self.new}"), files, self.references)
