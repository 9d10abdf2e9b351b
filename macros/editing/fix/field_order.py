"""Bring a record's fields into the usual order by moving whole blocks of lines with their comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from macros.editing.source.encoding import Fix
from macros.records.model.description import place_in_files
from macros.records.problems import ProblemsFound
from macros.records.yaml import parse


def mend(text: str) -> tuple[str, list[Fix]]:
    """Return a record's YAML with what a thing is called first and where it is known from last.

    Only fields that belong at the beginning or at the end are moved; the order of those between is the editor's. Where it
    is not plain what a comment belongs to, nothing is moved.

    Args:
        text: the YAML, with line feeds alone.
    """
    try:
        data = parse("", text).data
    except ProblemsFound:
        return text, []
    names = sorted(data, key=place_in_files)
    if names == list(data):
        return text, []
    starts = list(_starts(text))
    blocks = {name: text[a:b] for name, a, b in zip(data, starts, [*starts[1:], len(text)], strict=True)}
    moved = text[: starts[0]] + "".join(blocks[name] for name in names)
    if not _is_plain(text, starts[0], blocks) or parse("", moved).data != data:
        return text, []
    first = next(name for name, other in zip(data, names, strict=True) if name != other)
    line = text.count("\n", 0, starts[list(data).index(first)]) + 1
    return moved, [Fix(line, f"字段按通常的次序排好了：{'、'.join(names)}")]


def _starts(text: str) -> Iterator[int]:
    """Yield where the block of each field begins: with the comments right above its key."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert isinstance(root, yaml.MappingNode)
    for position, (key, _) in enumerate(root.value):
        start = key.start_mark.index
        comments = re.search(r"(?:^#[^\n]*\n)+\Z", text[:start], re.MULTILINE) if position else None
        yield comments.start() if comments else start


def _is_plain(text: str, first: int, blocks: dict[str, str]) -> bool:
    """Tell whether no comment stands where it may belong to the file instead of to a field."""
    above_first = text[:first].rstrip(" ")
    last = list(blocks.values())[-1]
    ends_open = re.search(r"^#[^\n]*\n?\Z", last, re.MULTILINE) or not last.endswith("\n")
    is_block = all(not line.startswith("{") for line in blocks.values())
    return not above_first.strip() and not ends_open and is_block
