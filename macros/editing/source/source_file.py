"""A file of a record as it lies on the disk, split into what is YAML and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from macros.records.model.description import FieldDescription, fields_of
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import KINDS, Record

_FRONT = re.compile(r"(\ufeff?---[ \t]*\r?\n)(.*?)(?=^---[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE)
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class SourceFile:
    """The text of a record's file.

    Attributes:
        before: what stands before the YAML: nothing, a byte order mark, or the line that opens front matter.
        yaml: the YAML.
        after: what follows it: nothing, or the end of front matter and the page.
    """

    before: str
    yaml: str
    after: str

    @classmethod
    def of(cls, path: str, text: str) -> SourceFile:
        """Split a file's text; a Markdown page without front matter has no YAML."""
        if not path.endswith(".md"):
            mark = "\ufeff" if text.startswith("\ufeff") else ""
            return cls(mark, text[len(mark) :], "")
        match = _FRONT.match(text)
        return cls(match[1], match[2], text[match.end() :]) if match else cls("", "", text)

    def with_yaml(self, yaml: str) -> SourceFile:
        """Return the file with other YAML."""
        return replace(self, yaml=yaml)

    @property
    def text(self) -> str:
        """The whole text."""
        return self.before + self.yaml + self.after

    @property
    def first_line(self) -> int:
        """The line of the file at which the YAML begins, from 1."""
        return self.before.count("\n") + 1


def model_of(path: str) -> type[Record] | None:
    """Return the kind of a file by its folder, or None if it is no record's.

    Args:
        path: the file, POSIX form, relative to the project's root.
    """
    folder, _, name = path.rpartition("/")
    if folder == "content/articles" and name.endswith(".md"):
        return KINDS["articles"]
    kind = folder.removeprefix("data/")
    return KINDS.get(kind) if folder != kind and kind != "articles" and name.endswith(".yml") else None


def texts(data: Any, model: type[FieldGroup], path: Path = ()) -> Iterator[tuple[Path, FieldDescription, str]]:
    """Yield every text that is written in a known field, with its path and the field's description.

    Args:
        data: the values of a record or a part as `Document.data` has them, right or wrong.
        model: their class.
        path: path of the values in the record.
    """
    if not isinstance(data, dict):
        return
    fields = {field.name: field for field in fields_of(model)}
    for name, value in data.items():
        if field := fields.get(name):
            for step, item in enumerate(value) if isinstance(value, list) else ((None, value),):
                here = (*path, name) if step is None else (*path, name, step)
                if isinstance(item, str):
                    yield here, field, item
                elif field.group:
                    yield from texts(item, field.group, here)
