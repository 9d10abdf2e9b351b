r"""Read YAML of the plain form that nearly every record has, without the parser; whatever else goes to the parser.

The plain form is ``key: value`` and ``- value`` by indentation, texts as blocks (``|``), values that hold no sign of
YAML, values in quotes without escapes, and lists and mappings of plain words on one line. Text of this form is free of
every slip that `macros.records.yaml.syntax` looks for. So `read` returns either exactly what the parser and its checks
would, or None, and then they are asked: they alone know what is right, and what to say of what is wrong.

    >>> read("name: 湿地\nopening:\n  - days: [周六, 周日]\n    from: 9:30\nbody: |\n  第一段。\n")
    {'name': '湿地', 'opening': [{'days': ['周六', '周日'], 'from': '9:30'}], 'body': '第一段。\n'}
    >>> read("name: *wetland\n") is None
    True

Saves 2.3 of 5.2 seconds of processor time in loading 10,000 records of 800 characters. It may go when the parser's
binding makes plain values instead of nodes, and the search for slips costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Data = dict[str, Any]

LONGEST_LINE = 10_000
"""Length of the longest line outside a block text, in characters."""

_DEEPEST = 20
_WORD = r"[A-Za-z_][A-Za-z0-9_-]{0,99}"
_LINE = re.compile(rf"( *+)(- )?+(?:({_WORD}):(?: |$))?+(.*)")
_FOREIGN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_SIGNS = frozenset(" -?:,[]{}#&*!|>'\"%@`“‘＂［｛")
_KEY_IN_VALUE = re.compile(rf"(?!https?://){_WORD} *[:：]")
_ITEM = r"[A-Za-z0-9_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff-]*"
_LIST = re.compile(rf"\[{_ITEM}(?:, {_ITEM})*\]")
_MAPPING = re.compile(rf"\{{{_WORD}: {_ITEM}(?:, {_WORD}: {_ITEM})*\}}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"\\]*\"")


def read(text: str) -> Data | None:
    """Return the values of a text of the plain form, as `macros.records.yaml.document.Document.data` has them.

    Args:
        text: the YAML; its lines end with ``\\n``.

    Returns:
        The mapping; None if the text is not of the plain form, or anything about it may be wrong.
    """
    if not text.endswith("\n") or _FOREIGN.search(text):
        return None
    try:
        return _Reading(text.split("\n")).whole()
    except _NotPlain:
        return None


class _NotPlain(Exception):
    """Raised at the first line that the parser has to judge."""


@dataclass
class _Reading:
    """One pass over the lines.

    Attributes:
        lines: the lines of the text.
        columns: columns of the containers that are open, the outermost first.
        containers: the containers themselves.
        awaited: key of the innermost mapping whose value may begin on a line below, or empty.
    """

    lines: list[str]
    columns: list[int] = field(default_factory=lambda: [0])
    containers: list[Any] = field(default_factory=lambda: [{}])
    awaited: str = ""

    def whole(self) -> Data:
        """Return the values of all lines."""
        number, last = 0, len(self.lines)
        while number < last:
            line = self.lines[number]
            number += 1
            if line and self._line(line):
                number = self._block(number)
        root: Data = self.containers[0]
        if not root:
            raise _NotPlain
        return root

    def _line(self, line: str) -> bool:
        """Read one line; tell whether a block text follows it."""
        match = _LINE.match(line) if len(line) <= LONGEST_LINE else None
        if not match:
            raise _NotPlain
        indent, dash, key, value = match.groups()
        column = len(indent)
        if not (dash or key):
            return self._pass_over(value)
        if self.awaited or dash or self.columns[-1] != column or isinstance(self.containers[-1], list):
            self._find_container(column, is_item=dash is not None)
        if dash and not key:
            self.containers[-1].append(_item(value))
            return False
        if dash:
            self._open(column + 2, {})
        return self._pair(key, value)

    def _pair(self, key: str, value: str) -> bool:
        mapping = self.containers[-1]
        if key in mapping:
            raise _NotPlain
        if not value or value == "|":
            mapping[key] = None
            self.awaited = key
            return bool(value)
        mapping[key] = _value(value)
        return False

    @staticmethod
    def _pass_over(value: str) -> bool:
        """Pass over a comment or a line of spaces."""
        if value and not value.startswith("#"):
            raise _NotPlain
        return False

    def _find_container(self, column: int, is_item: bool) -> None:
        """Make the list or the mapping that a line belongs to the innermost one."""
        columns, containers = self.columns, self.containers
        key, self.awaited = self.awaited, ""
        if key and (column > columns[-1] or (is_item and column == columns[-1])):
            self._open(column, [] if is_item else {}, key)
            return
        while columns[-1] > column or (columns[-1] == column and not is_item and isinstance(containers[-1], list)):
            columns.pop()
            containers.pop()
        if columns[-1] != column or isinstance(containers[-1], list) is not is_item:
            raise _NotPlain

    def _open(self, column: int, container: Any, key: str = "") -> None:
        """Open a container as the value of a key, or as the next item of a list."""
        if len(self.columns) == _DEEPEST:
            raise _NotPlain
        outer = self.containers[-1]
        if key:
            outer[key] = container
        else:
            outer.append(container)
        self.columns.append(column)
        self.containers.append(container)

    def _block(self, number: int) -> int:
        """Read the block text that begins at a line; return the number of the line behind it."""
        first = self.lines[number]
        depth = len(first) - len(first.lstrip(" "))
        indent = first[:depth]
        if depth <= self.columns[-1] or first == indent:
            raise _NotPlain
        text = []
        for line in self.lines[number:]:
            if line and not line.startswith(indent):
                if line.isspace():
                    raise _NotPlain
                break
            text.append(line[depth:])
        self.containers[-1][self.awaited] = "\n".join(text).rstrip("\n") + "\n"
        self.awaited = ""
        return number + len(text)


def _item(value: str) -> Any:
    if not value or _KEY_IN_VALUE.match(value):
        raise _NotPlain
    return _value(value)


def _value(value: str) -> Any:
    if value[0] in _SIGNS:
        return _signed(value)
    if ": " in value or " #" in value or value[-1] in ": ":
        raise _NotPlain
    return None if value in ("~", "null") else value


def _signed(value: str) -> Any:
    """Read what begins with a sign of YAML: a list or a mapping on one line, or a value in quotes."""
    if _QUOTED.fullmatch(value):
        return value[1:-1]
    if _LIST.fullmatch(value):
        return [_value(item) for item in value[1:-1].split(", ")]
    if _MAPPING.fullmatch(value):
        pairs = [pair.split(": ") for pair in value[1:-1].split(", ")]
        if len({key for key, _ in pairs}) == len(pairs):
            return {key: _value(item) for key, item in pairs}
    raise _NotPlain
