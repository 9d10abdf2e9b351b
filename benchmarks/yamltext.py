"""Write a record as YAML: neatly, or in the many ways in which people write it.

The untidy form has comments, flow lists and mappings, long lines, odd indentation and all kinds of quotes; it says the
same as the neat one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from benchmarks.draw import Draw

Value: TypeAlias = "str | Sequence[Value] | dict[str, Value]"
Fields: TypeAlias = dict[str, Value]

COMMENTS = "待核对 电话问过一次 和上一版相同 以原文为准 请勿删除 来自纸质材料 下次一起改 已请示"
_PLAIN = re.compile(r"[A-Za-z0-9\u4e00-\u9fff《〔（](?:[^:#\n\"'\[\]{},]|:(?=\S)|,(?=\S))*")
_PLAIN_IN_FLOW = re.compile(r"[A-Za-z0-9\u4e00-\u9fff《〔（][^:#\n\"'\[\]{},，、]*")


def neat(fields: Fields) -> str:
    """Return a record as YAML in one uniform form."""
    return "\n".join(_mapping(fields, 0, Neat())) + "\n"


def untidy(fields: Fields, draw: Draw) -> str:
    """Return a record as YAML in a form that a person may have written.

    Args:
        fields: the record.
        draw: decides on the form.
    """
    return "\n".join(_mapping(fields, 0, Untidy(draw))) + "\n"


class Neat:
    """The uniform form: two spaces a step, lists in blocks, quotes only where needed."""

    def step(self) -> int:
        """Return by how many spaces a mapping is indented within its parent."""
        return 2

    def list_step(self) -> int:
        """Return by how many spaces a list is indented within its parent."""
        return 2

    def dash(self) -> str:
        """Return the dash of a list item with the spaces after it."""
        return "- "

    def gap(self) -> str:
        """Return the spaces between colon and value."""
        return " "

    def comments(self, indent: int) -> Iterator[str]:
        """Yield the lines before a key or a list item."""
        yield from ()

    def remark(self) -> str:
        """Return what stands behind a value."""
        return ""

    def flow(self, value: Value) -> bool:
        """Tell whether a list or a mapping is written on one line."""
        return False

    def block(self) -> bool:
        """Tell whether text of several lines is written as a block instead of one long quoted line."""
        return True

    def scalar(self, text: str, plain: re.Pattern[str] = _PLAIN) -> str:
        """Return one line of text, quoted if need be."""
        return text if plain.fullmatch(text) and text != "null" else "'" + text.replace("'", "''") + "'"


class Untidy(Neat):
    """A form that changes from line to line."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw

    def step(self) -> int:
        return self._draw.number(1, 6)

    def list_step(self) -> int:
        return self._draw.number(0, 5)

    def dash(self) -> str:
        return "-" + " " * self._draw.number(1, 3)

    def gap(self) -> str:
        return " " * self._draw.one((1, 1, 1, 2, 4))

    def comments(self, indent: int) -> Iterator[str]:
        if self._draw.chance(0.08):
            yield ""
        if self._draw.chance(0.12):
            yield f"{' ' * indent}# {self._draw.word(COMMENTS)}"

    def remark(self) -> str:
        return f"{' ' * self._draw.number(1, 4)}# {self._draw.word(COMMENTS)}" if self._draw.chance(0.1) else ""

    def flow(self, value: Value) -> bool:
        return "\n" not in str(_texts(value)) and self._draw.chance(0.4)

    def block(self) -> bool:
        return self._draw.chance(0.7)

    def scalar(self, text: str, plain: re.Pattern[str] = _PLAIN) -> str:
        if self._draw.chance(0.1):
            return _double_quoted(text)
        return super().scalar(text, plain) if self._draw.chance(0.9) else "'" + text.replace("'", "''") + "'"


def _texts(value: Value) -> str:
    if isinstance(value, str):
        return value
    items = value.values() if isinstance(value, dict) else value
    return " ".join(_texts(item) for item in items)


def _double_quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _mapping(fields: Fields, indent: int, form: Neat) -> Iterator[str]:
    for key, value in fields.items():
        if indent == 0:
            yield from form.comments(indent)
        yield from _entry(key, value, indent, form)


def _entry(key: str, value: Value, indent: int, form: Neat) -> Iterator[str]:
    start = f"{' ' * indent}{key}:"
    if isinstance(value, str):
        yield from _text(start, value, indent, form)
    elif form.flow(value):
        yield start + form.gap() + _flow(value, form) + form.remark()
    else:
        yield start + form.remark()
        if isinstance(value, dict):
            yield from _mapping(value, indent + form.step(), form)
        else:
            yield from _list(value, indent + form.list_step(), form)


def _text(start: str, text: str, indent: int, form: Neat) -> Iterator[str]:
    if "\n" not in text:
        yield start + form.gap() + form.scalar(text) + form.remark()
    elif form.block():
        yield f"{start}{form.gap()}|"
        margin = " " * (indent + form.step())
        yield from (margin + line if line else "" for line in text.split("\n"))
    else:
        yield start + form.gap() + _double_quoted(text)


def _list(items: Sequence[Value], indent: int, form: Neat) -> Iterator[str]:
    dash = form.dash()
    for item in items:
        yield from form.comments(indent)
        if isinstance(item, dict) and not form.flow(item):
            first, *others = _mapping(item, indent + len(dash), form)
            yield " " * indent + dash + first.lstrip(" ")
            yield from others
        else:
            yield (
                " " * indent
                + dash
                + (form.scalar(item) if isinstance(item, str) else _flow(item, form))
                + form.remark()
            )


def _flow(value: Value, form: Neat) -> str:
    if isinstance(value, str):
        return form.scalar(value, _PLAIN_IN_FLOW)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item, form)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(_flow(item, form) for item in value) + "]"
