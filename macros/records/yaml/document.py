"""Read a YAML file into values that stay text and know where they stand.

`read` composes with the C loader and keeps every scalar as the editor wrote it: YAML's own guesses turn ``0750123`` into
249939, ``9:30`` into 570 and ``NO`` into false without a word (design.md, decision 2). What the format allows but an
editor never means (anchors, tags, two equal keys …) is a problem with a remedy; see `macros.records.yaml.syntax` for
what is found in the raw lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path as LocalPath
from typing import Any

import yaml

from macros.records.problems import Problem, ProblemsFound
from macros.records.reading import read_file, refuse_size
from macros.records.yaml import plain as plain_yaml
from macros.records.yaml import syntax
from macros.records.yaml.faults import SyntaxFaults

Data = plain_yaml.Data
Path = Sequence[str | int]


class Document:
    """A YAML mapping and the text it came from; immutable.

    Nodes are composed again whenever a message needs a line: they take ten times the memory of the text. Once a record
    is made, its values (11 KB for 800 characters) and its text (4 KB) are let go as well, and read from the file again if
    they are asked for; what is left of the record takes 14 KB. They may be kept when memory is no concern.

    Attributes:
        path: the file, POSIX form, relative to the project's root.
        first_line: line of the file at which the text begins, from 1 (front matter begins at line 2).
    """

    __slots__ = ("_data", "_digest", "_root", "_text", "first_line", "path")

    def __init__(self, path: str, text: str, data: Data, first_line: int = 1) -> None:
        """Keep a text with its values.

        Args:
            path: the file, POSIX form, relative to the project's root.
            text: the YAML text.
            data: the mapping; values are text, None, lists and mappings.
            first_line: line of the file at which the text begins, from 1.
        """
        self.path = path
        self.first_line = first_line
        self._text: str | None = text
        self._data: Data | None = data
        self._root: LocalPath | None = None
        self._digest = b""

    @property
    def text(self) -> str:
        """The YAML text.

        Raises:
            ProblemsFound: it was let go, and the file has another text by now.
        """
        if self._text is not None:
            return self._text
        assert self._root is not None
        return _text_again(self._root, self.path, self._digest)

    @property
    def data(self) -> Data:
        """The mapping; values are text, None, lists and mappings. Nobody may change it.

        Raises:
            ProblemsFound: it was let go, and the file has another text by now.
        """
        return self._data if self._data is not None else _values(self.text)

    def release(self, root: LocalPath, digest: bytes) -> None:
        """Keep neither text nor values, since both can be read again; done once by the loader.

        Args:
            root: the project's folder.
            digest: what `digest_of` gives for the bytes of the file.
        """
        self._text, self._data, self._root, self._digest = None, None, root, digest

    def locate(self, path: Path, key: bool = False) -> tuple[int, int]:
        """Return line and column, from 1, of the value at the path; of what lies nearest above if it is not there.

        Args:
            path: keys and list positions from the root, e.g. ``("sources", 0, "url")``.
            key: whether to point at the last key instead of its value.
        """
        node: yaml.Node | None = self._nodes()
        if node is None:
            return self.first_line, 1
        mark = node.start_mark
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            name, node = found
            mark = name.start_mark if key else node.start_mark
        return mark.line + self.first_line, mark.column + 1

    def locate_line(self, path: Path, line: int, column: int) -> tuple[int, int]:
        """Return the file's line and column of a place within a text value, all from 1.

        Only a block text (``|``) keeps the editor's lines; of any other value its beginning is returned.

        Args:
            path: keys and list positions from the root.
            line: line within the text, its leading empty lines left out.
            column: column within that line.
        """
        node = self._find(path)
        if node is None or node.style != "|" or not node.value.strip("\n"):
            return self.locate(path)
        leading = len(node.value) - len(node.value.lstrip("\n"))
        first = node.start_mark.line + 1 + leading
        # What stands before the text in its first line is the indentation, also where the editor has set it (``|2``).
        indent = len(self.text.split("\n")[first]) - len(node.value.lstrip("\n").split("\n")[0])
        return first + line - 1 + self.first_line, column + indent

    def _find(self, path: Path) -> Any:
        node: Any = self._nodes()
        for step in path:
            found = _step(node, step)
            if found is None:
                return None
            node = found[1]
        return node

    def _nodes(self) -> yaml.MappingNode | None:
        """Return the nodes; None if the file was changed meanwhile, so that its lines are no longer those of the values."""
        try:
            return _compose_again(self.text)
        except ProblemsFound:
            return None

    def problem(self, path: Path, message: str, rule: str, *, key: bool = False) -> Problem:
        """Return an error that points at the value (or the key) at the path."""
        return Problem(self.path, *self.locate(path, key), message, rule)


@lru_cache(maxsize=4)
def _text_again(root: LocalPath, path: str, digest: bytes) -> str:
    # Few are kept, here and below: one file's problems are told one after another.
    raw, _ = read_file(str(root / path), path)
    if digest_of(raw) != digest:
        raise ProblemsFound([Problem(path, 1, 1, "文件刚刚被改了；请再运行一次", "changed-file")])
    return decode(path, raw)


@lru_cache(maxsize=4)
def _compose_again(text: str) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=syntax.PlainLoader)
    assert isinstance(root, yaml.MappingNode)
    return root


@lru_cache(maxsize=4)
def _values(text: str) -> Data:
    return plain_yaml.read(text) or _Reading("", 1, []).mapping(_compose_again(text))


def digest_of(raw: bytes) -> bytes:
    """Return a hash of a file's bytes: equal for equal bytes, and for no others that anyone could make."""
    return blake2b(raw, digest_size=16).digest()


def _step(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def read(path: str, raw: bytes) -> Document:
    """Read a file's bytes.

    Args:
        path: the file, POSIX form, relative to the project's root.
        raw: its bytes.

    Raises:
        ProblemsFound: with everything that is wrong in the file.
    """
    return parse(path, decode(path, raw))


def decode(path: str, raw: bytes) -> str:
    """Return the text of a file's bytes; a byte order mark is accepted and dropped.

    Raises:
        ProblemsFound: the file is too large or not UTF-8.
    """
    refuse_size(path, len(raw))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "文件是 UTF-16 编码；请在编辑器里“另存为”，编码选 UTF-8"
        raise ProblemsFound([Problem(path, 1, 1, message, "not-utf-8")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemsFound([_not_utf8(path, raw, error.start)]) from None
    return text.replace("\r\n", "\n")


def _not_utf8(path: str, raw: bytes, start: int) -> Problem:
    line = raw.count(b"\n", 0, start) + 1
    before = raw[raw.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")
    try:
        raw.decode("gb18030")
        likely = "，像是 GBK（记事本、WPS 的 ANSI）"
    except UnicodeDecodeError:
        likely = ""
    message = f"文件不是 UTF-8 编码{likely}；请在编辑器里“另存为”，编码选 UTF-8"
    return Problem(path, line, len(before) + 1, message, "not-utf-8")


def parse(path: str, text: str, first_line: int = 1) -> Document:
    """Parse YAML text that must be one mapping.

    Args:
        path: the file, POSIX form, relative to the project's root.
        text: the YAML.
        first_line: line of the file at which the text begins.

    Raises:
        ProblemsFound: with everything that is wrong in the text.
    """
    plain = plain_yaml.read(text)
    if plain is not None:
        return Document(path, text, plain, first_line)
    try:
        root = syntax.compose(text)
    except SyntaxFaults as error:
        raise ProblemsFound(
            Problem(path, fault.line + first_line - 1, fault.column, fault.message, fault.rule)
            for fault in error.faults
        ) from None
    reading = _Reading(path, first_line, [])
    data = reading.mapping(root)
    if reading.problems:
        raise ProblemsFound(reading.problems)
    return Document(path, text, data, first_line)


@dataclass
class _Reading:
    """One pass over the nodes of a file, turning them into plain values."""

    path: str
    first_line: int
    problems: list[Problem]

    def value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return None if not node.style and node.value in ("", "~", "null") else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        return self.mapping(node)

    def mapping(self, node: yaml.Node) -> Data:
        data: Data = {}
        lines: dict[str, int] = {}
        for key, value in self._pairs(node):
            if key.value in data:
                first = lines[key.value]
                self._report(key, f"“{key.value}” 写了两次，第一次在第 {first} 行；只能留一个", "repeated-key")
            lines[key.value] = key.start_mark.line + self.first_line
            data[key.value] = self.value(value)
        return data

    def _pairs(self, node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key, value
            else:
                self._report(key, "字段名只能是一个词，不能是列表或下一层内容；请改写成 “字段: 值”", "wrong-key")

    def _report(self, node: yaml.Node, message: str, rule: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.path, mark.line + self.first_line, mark.column + 1, message, rule))
