"""A file of a record as it lies on the disk: its bytes brought to UTF-8 and line feeds, its text split into YAML and the rest."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from macros.records.model.description import FieldDescription, fields_of
from macros.records.model.groups import FieldGroup
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.records.model.walk import ValuePath

_FRONT = re.compile(r"(\ufeff?---[ \t]*\r?\n)(.*?)(?=^---[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE)
_TYPED = re.compile(
    r"[\t\r\n\x20-\x7e\u00b7\u00d7\u2010-\u2027\u2030-\u203b\u2160-\u2179\u2460-\u2473\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*"
)


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


def texts(
    data: Any, model: type[FieldGroup], path: ValuePath = ()
) -> Iterator[tuple[ValuePath, FieldDescription, str]]:
    """Yield every text that is written in a field of the model, with its path and the field's description.

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


@dataclass(frozen=True)
class Fix:
    """One thing that was put right.

    Attributes:
        line: line of the file, from 1, as it was before.
        message: what was done, in Chinese.
    """

    line: int
    message: str


def decode(raw: bytes) -> tuple[str, list[Fix]] | None:
    """Return a file's text in UTF-8 with what was put right to read it, or None if its encoding is not certain.

    Text that is not UTF-8 is taken for GBK only if every character of it is one that Chinese editors type, since almost
    any bytes can be read as GBK somehow.
    """
    for encoding, mark, message in (
        ("utf-8", codecs.BOM_UTF8, "去掉了文件开头的 BOM"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "编码从 UTF-16 改成了 UTF-8"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "编码从 UTF-16 改成了 UTF-8"),
    ):
        if raw.startswith(mark):
            text = _decoded(raw[len(mark) :], encoding)
            return None if text is None else (text, [Fix(1, message)])
    if (text := _decoded(raw, "utf-8")) is not None:
        return text, []
    text = _decoded(raw, "gbk")
    return (text, [Fix(1, "编码从 GBK 改成了 UTF-8")]) if text and _is_chinese(text) else None


def _is_chinese(text: str) -> bool:
    """Tell whether text is what Chinese editors type: usual signs, and at least nine of ten characters common ones."""
    characters = re.findall("[\u4e00-\u9fff]", text)
    common = sum(bool(character.encode("gb2312", "ignore")) for character in characters)
    return bool(_TYPED.fullmatch(text)) and common * 10 >= len(characters) * 9


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def fix_line_ends(text: str) -> tuple[str, list[Fix]]:
    """Return the text with line feeds alone, and one at its end."""
    return (fixed := _with_line_feeds(text)), list(_line_end_fixes(text, fixed))


def _with_line_feeds(text: str) -> str:
    fixed = re.sub(r"\r\n?", "\n", text)
    return fixed if fixed.endswith("\n") or not fixed else fixed + "\n"


def _line_end_fixes(text: str, fixed: str) -> Iterator[Fix]:
    if "\r" in text:
        yield Fix(1, "换行从 Windows 的写法改成了 LF")
    if text and not text.endswith(("\n", "\r")):
        yield Fix(fixed.count("\n"), "在文件末尾补了换行")
