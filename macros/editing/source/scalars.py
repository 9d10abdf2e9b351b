"""Write values as YAML text that an editor would have written: plain where it is safe, quoted where it must be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

Value = str | list["Value"] | dict[str, "Value"]

_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`“‘＂]|-\d|[“‘＂](?!.*[”’＂]$)")
_NOT_PLAIN = re.compile(r": |:$| #|\s$|[\x00-\x1f\x7f-\xa0\u2028\u2029\u3000\ufeff]")
# Reads as a field to people, and to the checks for slips at the beginning of a line.
_LIKE_A_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*( *：|:(?=[^\s:/\\]))")
_NOT_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}，、]")
_NOT_LITERAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_NULLS = ("~", "null")


@dataclass(frozen=True)
class Written:
    """A value as YAML text.

    Attributes:
        head: what stands on the line of the key or the dash.
        rest: the following lines, each with its indentation and without a last line break; empty for one line.
    """

    head: str
    rest: str = ""


@dataclass(frozen=True)
class Layout:
    """How a file is indented.

    Attributes:
        step: spaces by which a nested group stands in from its key.
        dash: spaces by which the dashes of a list stand in from its key.
    """

    step: int = 2
    dash: int = 2


def scalars(
    text: str, indent: int, *, within: int = 0, style: str | None = None, flow: bool = False
) -> Iterator[Written]:
    """Yield the ways of writing a text, the best first; the last can write anything.

    Args:
        text: the text.
        indent: spaces before each line of a block text.
        within: column of the key or the dash that the text belongs to.
        style: how the text that stood there was written (``'``, ``"``, ``|`` or ``>``), to write alike.
        flow: whether the place is inside brackets.
    """
    quoted = [_double(text), _single(text)] if style == '"' else [_single(text), _double(text)]
    block = _literal(text, indent, indent - within) if not flow else None
    if block and ("\n" in text or style in ("|", ">")):
        yield block
    if "\n" not in text:
        if style not in ("'", '"') and _is_plain(text, flow):
            yield Written(text)
        plain_quotes = style is None and not re.search(r"[\\\"]", text)
        for form in reversed(quoted) if plain_quotes else quoted:
            yield Written(form)
    yield Written(_escaped(text))


def _is_plain(text: str, flow: bool) -> bool:
    if not _PLAIN_START.match(text) or _NOT_PLAIN.search(text) or _LIKE_A_FIELD.match(text) or text in _NULLS:
        return False
    return not (flow and _NOT_PLAIN_IN_FLOW.search(text))


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    return '"' + "".join(_escape(character) for character in text) + '"'


def _escape(character: str) -> str:
    short = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    if character in short:
        return short[character]
    if character.isprintable():
        return character
    return f"\\U{ord(character):08x}" if ord(character) > 0xFFFF else f"\\u{ord(character):04x}"


def _literal(text: str, indent: int, step: int) -> Written | None:
    lines = text.strip("\n").split("\n")
    if _NOT_LITERAL.search(text) or not lines[0].strip():
        return None
    indicator = str(step) if lines[0].startswith((" ", "\t")) else ""
    before = " " * indent
    return Written(f"|{indicator}", "\n".join(before + line if line else "" for line in lines))


def written(value: Value, indent: int, layout: Layout, *, flow: bool = False) -> Written:
    """Write a value that is new at its place.

    Args:
        value: a text, a list or a group.
        indent: column of the key or the dash that the value belongs to.
        layout: how the file is indented.
        flow: whether the place is inside brackets.
    """
    if isinstance(value, str):
        return next(scalars(value, indent + layout.step, within=indent, flow=flow))
    if flow or not value:
        return Written(flow_text(value))
    if isinstance(value, list):
        return Written("", "\n".join(item(entry, indent + layout.dash, layout) for entry in value))
    return Written("", group(value, indent + layout.step, layout))


def flow_text(value: Value) -> str:
    """Write a value for the inside of brackets, or with brackets of its own."""
    if isinstance(value, str):
        return next(scalars(value, 0, flow=True)).head
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    return "{" + ", ".join(f"{key(name, flow=True)}: {flow_text(inner)}" for name, inner in value.items()) + "}"


def json_text(value: Value) -> str:
    """Write a value as JSON, which is YAML too: ugly, but it can write anything."""
    return json.dumps(value, ensure_ascii=False)


def key(name: str, flow: bool = False) -> str:
    """Write the name of a field."""
    return next(scalars(name, 0, flow=flow)).head


def entry(name: str, value: Value, indent: int, layout: Layout) -> str:
    """Write one field, its lines indented except the first."""
    text = written(value, indent, layout)
    head = f"{key(name)}: {text.head}" if text.head else f"{key(name)}:"
    return f"{head}\n{text.rest}" if text.rest else head


def group(value: dict[str, Value], indent: int, layout: Layout) -> str:
    """Write fields, one under the other, each line indented."""
    return "\n".join(" " * indent + entry(name, inner, indent, layout) for name, inner in value.items())


def item(value: Value, indent: int, layout: Layout) -> str:
    """Write one item of a list, its dash at a column, each line indented."""
    before = " " * indent + "- "
    if isinstance(value, dict) and value:
        return before + group(value, indent + 2, layout).lstrip(" ")
    if isinstance(value, list):
        return before + flow_text(value)
    text = written(value, indent, layout)
    return before + text.head + (f"\n{text.rest}" if text.rest else "")
