"""Faults of YAML as editors really make them, found in the raw text and told in Chinese with the remedy.

The parser's own message names what a machine missed; an editor needs to hear which character of the line to change.
U+3000 and no-break spaces parse silently as part of a key, so the raw lines are searched even where the parser is
content. Text inside blocks and quotes is the editor's own and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from macros.records.yaml.faults import Fault, SyntaxFaults, fault_at, translated
from macros.records.yaml.forbidden import forbidden, foreign_characters, long_lines
from macros.records.yaml.plain import LONGEST_LINE, Data

_WORD = r"[A-Za-z_][A-Za-z0-9_-]*"
_BLOCK_SIGN = re.compile(r"[|>][+-]?\d?[+-]?")
_DEPTH = re.compile(r"\s*+(?:- ++)*+")
_CUT = re.compile(r"[ \t]#[^\s#]")
_CUT_HERE = re.compile(r"[ \t]++#[^\s#]")


@dataclass(frozen=True)
class LineRule:
    """A slip that can be seen in one raw line.

    Attributes:
        rule: name of the rule.
        pattern: matches the line; the group ``at`` (or the whole match) is the place of the fault.
        message: what is wrong and what to write; ``{}`` stands for the text found.
    """

    rule: str
    pattern: re.Pattern[str]
    message: str


LINE_RULES = (
    LineRule("tab", re.compile(r"^ *(?P<at>\t)"), "行首有制表符（Tab）；请改成空格，每层两个"),
    LineRule("wide-space", re.compile(r"^[ \t]*(?P<at>[\u3000\u00a0\u2000-\u200b])"), "行首有全角空格或不换行空格；请改成半角空格"),
    LineRule("wide-colon", re.compile(rf"^[ ]*(?:- +)*{_WORD} *(?P<at>：)"), "冒号是全角的 “：”；请改成半角冒号加一个空格 “: ”；值里真有这个冒号时，给整个值加半角引号"),
    LineRule("missing-space", re.compile(rf"^[ ]*(?:- +)*(?!https?:){_WORD}(?P<at>:)(?=[^\s:/\\])"), "冒号后面少一个空格；请写成 “: ”；值里真有这个冒号时，给整个值加半角引号"),
    LineRule("wide-dash", re.compile(r"^[ ]*(?P<at>[－—–−‐‑]) *(?=\S)"), "列表的短横不是半角的，是 “{}”；请改成半角 “- ”"),
    LineRule("missing-space", re.compile(r"^[ ]*(?P<at>-)(?=[A-Za-z\u4e00-\u9fff])"), "短横后面少一个空格；请写成 “- ”"),
    LineRule("wide-bracket", re.compile(rf"^[ ]*(?:- +)*{_WORD}: +(?P<at>[［｛])"), "括号是全角的 “{}”；请改成半角的 [ ] 或 {{ }}；值里真有这个括号时，给整个值加半角引号"),
)  # fmt: skip

VALUE_RULES = (
    LineRule("wide-comma", re.compile(r"(?:: |- |^)\s*+\[[^]\[，、]*+(?P<at>[，、])"), "列表里的逗号是全角的 “{}”；请改成半角逗号加空格 “, ”；值里真有这个逗号时，给这个值加半角引号"),
    LineRule("wide-quote", re.compile(rf"^[ ]*(?:- +)*(?:{_WORD}: +)?(?P<at>[“‘＂]).*[”’＂]\s*$"), "引号是全角的（{}）；请改成半角的 \" 或 '，或者不加引号；值里真有这对引号时，外面再加一对半角引号"),
)  # fmt: skip

_SUSPICIOUS = re.compile("|".join(rule.pattern.pattern.replace("?P<at>", "") for rule in LINE_RULES), re.MULTILINE)
_SUSPICIOUS_VALUE = re.compile("[，、“‘＂]")


class PlainLoader(yaml.CSafeLoader):
    """The C loader without its guesses: which type a value might have is decided by our fields, not by YAML."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """Return the tag of text for everything: nobody reads it, and guessing takes a third of the time."""
        return "tag:yaml.org,2002:str"


def compose(text: str) -> yaml.MappingNode:
    """Compose text that must be one mapping, free of every slip that this module knows.

    Raises:
        SyntaxFaults: with all faults of the text.
    """
    if found := [*foreign_characters(text), *forbidden(text)] or list(_long_lines(text)):
        raise SyntaxFaults(found)
    try:
        node = yaml.compose(text, Loader=PlainLoader)
    except yaml.YAMLError as error:
        found = [*_slips(text, _blocks(text), (*LINE_RULES, *VALUE_RULES))] or [*_deep_first_lines(text)]
        raise SyntaxFaults(found or [translated(error, text)]) from None
    if not isinstance(node, yaml.MappingNode):
        raise SyntaxFaults(list(_slips(text, _blocks(text), LINE_RULES)) or [_not_a_mapping(node)])
    if found := [*_slips_past(node, text), *_value_slips(node, text), *_cut_values(node, text)]:
        raise SyntaxFaults(found)
    return node


def _slips_past(node: yaml.MappingNode, text: str) -> Iterator[Fault]:
    # One search over the whole text spares the clean file, which is nearly every file, the walk line by line.
    if _SUSPICIOUS.search(text):
        yield from _slips(text, _own_text(node), LINE_RULES)


def _slips(text: str, own: set[int], rules: tuple[LineRule, ...]) -> Iterator[Fault]:
    """Find the slips in lines that are not an editor's own text."""
    for number, line in enumerate(text.split("\n"), 1):
        if number in own or line.lstrip(" ").startswith("#"):
            continue
        before_comment = line.partition(" #")[0]
        for rule in rules:
            if match := rule.pattern.search(before_comment):
                group = "at"
                yield Fault(number, match.start(group) + 1, rule.message.format(match[group]), rule.rule)
                break


def _blocks(text: str) -> set[int]:
    """Return the numbers of lines inside block texts, told by indentation alone."""
    inside: set[int] = set()
    indent: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        depth = len(line) - len(line.lstrip(" "))
        if indent is not None and (not line.strip() or depth > indent):
            inside.add(number)
            continue
        indent = _block_depth(line)
    return inside


def _block_depth(line: str) -> int | None:
    """Return how deep the field or the item is indented whose block text begins below a line; None if none does."""
    head, _, sign = line.partition(" #")[0].rstrip().rpartition(" ")
    key = head.rstrip()
    if not _BLOCK_SIGN.fullmatch(sign) or not key.endswith((":", "-")):
        return None
    depth = _DEPTH.match(key[:-1])
    return depth.end() if depth else None


def _deep_first_lines(text: str) -> Iterator[Fault]:
    """Find block texts whose first line is indented deeper than the others, as the first line of a paragraph is in print."""
    lines = text.split("\n")
    depths = [len(line) - len(line.lstrip(" ")) if line.strip() else -1 for line in lines]
    for number, line in enumerate(lines):
        key = _block_depth(line)
        below = (n for n in range(number + 1, len(lines)) if depths[n] >= 0)
        first = next(below, None) if key is not None else None
        if key is None or first is None:
            continue
        later = next((depths[n] for n in below if depths[n] < depths[first]), -1)
        if later > key:
            message = (
                f"文段的第一行缩进了 {depths[first]} 格，后面的行只有 {later} 格；第一行定下整段从哪一列开始，请也缩进 {later} 格，"
                "段首不用空格"
            )
            yield Fault(first + 1, later + 1, message, "deep-first-line")


def _long_lines(text: str) -> Iterator[Fault]:
    if len(text) > LONGEST_LINE:
        yield from long_lines(text, _blocks(text))


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    else:
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _scalars(part)


def _own_text(root: yaml.Node) -> set[int]:
    """Return the numbers of lines that continue a block text or a quoted text."""
    own: set[int] = set()
    for node in _scalars(root):
        first, last = node.start_mark.line, node.end_mark.line
        if node.style in ("|", ">"):
            own.update(range(first + 2, last + 1 + (node.end_mark.column > 0)))
        elif node.style and last > first:
            own.update(range(first + 2, last + 2))
    return own


def _value_slips(root: yaml.Node, text: str) -> Iterator[Fault]:
    """Find full-width commas between items of a flow list and full-width quotes around a value."""
    if not _SUSPICIOUS_VALUE.search(text):
        return
    stack: list[tuple[yaml.Node, bool]] = [(root, False)]
    while stack:
        node, in_list = stack.pop()
        if isinstance(node, yaml.ScalarNode):
            yield from _scalar_slips(node, in_list)
            continue
        inside = isinstance(node, yaml.SequenceNode) and bool(node.flow_style)
        for item in node.value:
            stack.extend((part, inside) for part in (item if isinstance(item, tuple) else (item,)))


def _scalar_slips(node: yaml.ScalarNode, in_list: bool) -> Iterator[Fault]:
    if node.style:
        return
    comma, quote = VALUE_RULES
    line, column, value = node.start_mark.line + 1, node.start_mark.column + 1, node.value
    if in_list and (at := re.search("[，、]", value)):
        yield Fault(line, column + at.start(), comma.message.format(at[0]), comma.rule)
    if value.startswith(("“", "‘", "＂")) and re.fullmatch("“[^”]*”|‘[^’]*’|＂.*＂", value):
        yield Fault(line, column, quote.message.format(value[0]), quote.rule)


def _cut_values(root: yaml.Node, text: str) -> Iterator[Fault]:
    if not _CUT.search(text):
        return
    lines = text.split("\n")
    for node in _scalars(root):
        mark = node.end_mark
        if node.style or mark.line >= len(lines):
            continue
        if _CUT_HERE.match(lines[mark.line], mark.column):
            left = f"只剩 “{node.value[:40]}”" if node.value else "什么也没有剩下"
            message = f"值在 “ #” 处被切断，{left}；请给整个值加半角引号；若是注释，# 后面空一格"
            yield Fault(mark.line + 1, mark.column + 1, message, "cut-value")


def _not_a_mapping(node: yaml.Node | None) -> Fault:
    if node is None:
        return Fault(1, 1, "文件是空的；请写上 “字段: 值”，或删掉这个文件", "empty-file")
    form = "一个列表" if isinstance(node, yaml.SequenceNode) else "一段文字"
    return fault_at(node.start_mark, f"文件里应是 “字段: 值” 的形式，现在是{form}；请对照别的记录改写", "not-a-mapping")


def values(root: yaml.MappingNode, first_line: int = 1) -> Data:
    """Return the values of a composed text: text, None, lists and mappings.

    Args:
        root: what `compose` gives.
        first_line: line of the file at which the text begins, for messages that name another line.

    Raises:
        SyntaxFaults: a key stands twice, or is no word.
    """
    reading = _Reading(first_line, [])
    data = reading.mapping(root)
    if reading.faults:
        raise SyntaxFaults(reading.faults)
    return data


@dataclass
class _Reading:
    """One pass over the nodes of a text, turning them into values."""

    first_line: int
    faults: list[Fault]

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
                message = f"“{key.value}” 写了两次，第一次在第 {lines[key.value]} 行；只能留一个"
                self.faults.append(fault_at(key.start_mark, message, "repeated-key"))
            lines[key.value] = key.start_mark.line + self.first_line
            data[key.value] = self.value(value)
        return data

    def _pairs(self, node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key, value
            else:
                message = "字段名只能是一个词，不能是列表或下一层内容；请改写成 “字段: 值”"
                self.faults.append(fault_at(key.start_mark, message, "wrong-key"))
