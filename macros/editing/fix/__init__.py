"""Fix in a record's file what is safe to fix, and say what was done.

encoding → line ends → characters that nobody sees → slips in the syntax → values of a certain meaning → order of fields.
Nothing here changes what a valid record says, and no comment loses a word; what is not certain is left for `kepu check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import yaml

from macros.editing.fix.line_fixes import fix_lines
from macros.editing.fix.value_fixes import fix_values
from macros.editing.source.source_file import Fix, SourceFile, decode, fix_line_ends, model_of
from macros.records.model.description import place_in_files
from macros.records.problems import ProblemsFound
from macros.records.yaml import parse
from macros.text.characters import REMOVABLE, described

_MOST_TOLD = 100


def fix_file(path: str, raw: bytes) -> tuple[bytes, list[Fix]]:
    """Return a file's bytes with what is certain put right, and one entry for each thing that was, by line.

    Args:
        path: the file, POSIX form, relative to the project's root; its folder tells the kind.
        raw: its bytes.
    """
    decoded = decode(raw)
    if decoded is None:
        return raw, []
    text, fixes = decoded
    text, more = fix_line_ends(text)
    text, hidden = _without_hidden(text)
    file = SourceFile.of(path, text)
    body, inside = _fix_yaml(path, file.yaml)
    shifted = [replace(fix, line=fix.line + file.first_line - 1) for fix in inside]
    found = sorted([*fixes, *more, *hidden, *shifted], key=lambda fix: fix.line)
    return file.with_yaml(body).text.encode(), found


def _without_hidden(text: str) -> tuple[str, list[Fix]]:
    """Take out the characters that nobody sees and nobody typed."""
    found = {text.count("\n", 0, match.start()) + 1: match[0] for match in islice(REMOVABLE.finditer(text), _MOST_TOLD)}
    return REMOVABLE.sub("", text), [Fix(line, f"去掉了{described(character)}") for line, character in found.items()]


def _fix_yaml(path: str, text: str) -> tuple[str, list[Fix]]:
    model = model_of(path)
    if not text.strip() or not (model or path.startswith("data/terms/")):
        return text, []
    text, fixes = fix_lines(text, model)
    if model:
        text, values = fix_values(text, model)
        text, moves = fix_order(text)
        fixes += [*values, *moves]
    return text, fixes


def fix_order(text: str) -> tuple[str, list[Fix]]:
    """Return a record's YAML with what a thing is called first and where its facts come from last.

    Only fields that belong at the beginning or at the end are moved; the order of those between is the editor's. Where it
    is not clear what a comment belongs to, nothing is moved.

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
    ordered = text[: starts[0]] + "".join(blocks[name] for name in names)
    if not _is_plain(text, starts[0], blocks) or parse("", ordered).data != data:
        return text, []
    first = next(name for name, other in zip(data, names, strict=True) if name != other)
    line = text.count("\n", 0, starts[list(data).index(first)]) + 1
    return ordered, [Fix(line, f"字段按通常的次序排好了：{'、'.join(names)}")]


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
