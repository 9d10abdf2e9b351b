"""A YAML file that was read: its values, and where in the file each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from macros.records.problems import Problem, ProblemsFound
from macros.records.reading import decode, digest_of, read_file
from macros.records.yaml import plain, syntax
from macros.records.yaml.plain import Data

Steps = Sequence[str | int]
"""Keys and list positions that lead from the root to a value, e.g. ``("sources", 0, "url")``."""


class Document:
    """A YAML mapping and the text it came from; immutable.

    Nodes are composed again whenever a message needs a line: they take ten times the memory of the text.

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
        self._root: Path | None = None
        self._digest = b""

    @property
    def text(self) -> str:
        """The YAML text.

        Raises:
            ProblemsFound: it was released, and the file has another text by now.
        """
        if self._text is not None:
            return self._text
        assert self._root is not None
        return _text_again(self._root, self.path, self._digest)

    @property
    def data(self) -> Data:
        """The mapping; values are text, None, lists and mappings. Nobody may change it.

        Raises:
            ProblemsFound: it was released, and the file has another text by now.
        """
        return self._data if self._data is not None else _values(self.text)

    def release(self, root: Path, digest: bytes) -> None:
        """Keep neither text nor values, since both can be read again; done once by the loader.

        A trick for memory: of a record of 800 characters, the values take 11 KB and the text 4 KB, what is left of the
        record 14 KB. 100,000 records fit into 3 GB by it; it may go when memory is no concern.

        Args:
            root: the project's folder.
            digest: what `digest_of` gives for the bytes of the file.
        """
        self._text, self._data, self._root, self._digest = None, None, root, digest

    def locate(self, path: Steps, key: bool = False) -> tuple[int, int]:
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

    def locate_line(self, path: Steps, line: int, column: int) -> tuple[int, int]:
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

    def locate_character(self, path: Steps, at: int) -> tuple[int, int]:
        """Return the file's line and column, from 1, of one character of a text value.

        Args:
            path: keys and list positions from the root.
            at: position of the character in the value, from 0.
        """
        node = self._find(path)
        if not isinstance(node, yaml.ScalarNode) or not 0 <= at < len(node.value):
            return self.locate(path)
        text, start, character = self.text, node.start_mark.index - 1, node.value[at]
        for _ in range(node.value.count(character, 0, at + 1)):
            start = text.find(character, start + 1, node.end_mark.index)
            if start < 0:  # written as an escape
                return self.locate(path)
        return text.count("\n", 0, start) + self.first_line, start - text.rfind("\n", 0, start)

    def _find(self, path: Steps) -> Any:
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

    def problem(self, path: Steps, message: str, rule: str, *, key: bool = False, at: int = -1) -> Problem:
        """Return an error that points at the value (or the key) at the path, or at one character of the value."""
        place = self.locate(path, key) if at < 0 else self.locate_character(path, at)
        return Problem(self.path, *place, message, rule, steps=tuple(path))

    def problem_in_text(self, path: Steps, line: int, column: int, message: str, rule: str) -> Problem:
        """Return an error that points at a place within a text value, as `locate_line` finds it."""
        return Problem(self.path, *self.locate_line(path, line, column), message, rule, steps=tuple(path))


@lru_cache(maxsize=4)
def _text_again(root: Path, path: str, digest: bytes) -> str:
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
    return plain.read(text) or syntax.values(_compose_again(text))


def _step(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
