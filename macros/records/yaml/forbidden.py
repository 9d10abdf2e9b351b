"""What YAML allows and no editor means: anchors, aliases, tags, merges, deep nesting, hidden characters, endless lines.

Each is told by what the parser itself sees, or by a character without which it can't be there; never by a pattern that a
parser may read otherwise. All of it takes one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from macros.records.yaml.faults import Fault, fault_at
from macros.records.yaml.plain import LONGEST_LINE
from macros.text.characters import described

DEEPEST_NESTING = 30
# What the parser refuses or takes for a line break, and U+FEFF, behind which it reads on as at the beginning of a file.
_FOREIGN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SIGNS = re.compile("[&*!]|<<")
_DEEP = re.compile(r"(?:[-?:][ \t]++){31}|^ {120}", re.MULTILINE)
_MOST_FAULTS = 100
_MANY_BRACKETS = 100


def forbidden(text: str) -> Iterator[Fault]:
    """Find anchors, aliases, tags, merges and too deep nesting.

    Args:
        text: the YAML; what the parser can't read ends the search without a fault, since composing will tell.
    """
    if not (_SIGNS.search(text) or _may_be_deep(text)):
        return iter(())
    return islice(_forbidden(text), _MOST_FAULTS)


def _forbidden(text: str) -> Iterator[Fault]:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            fault = _deep(event) if depth > DEEPEST_NESTING else _forbidden_event(event)
            if fault:
                yield fault
            if depth > DEEPEST_NESTING:
                return
    except yaml.YAMLError:
        return


def _may_be_deep(text: str) -> bool:
    # Closing brackets are not subtracted: they may stand in quotes, where they close nothing.
    return text.count("[") + text.count("{") > _MANY_BRACKETS or _DEEP.search(text) is not None


def _deep(event: yaml.Event) -> Fault:
    message = f"嵌套超过 {DEEPEST_NESTING} 层；记录里不会这么深，请检查括号和缩进"
    return fault_at(event.start_mark, message, "too-deep")


def _forbidden_event(event: yaml.Event) -> Fault | None:
    mark = event.start_mark
    if isinstance(event, yaml.AliasEvent):
        return fault_at(mark, f"这里用了 YAML 的引用 “*{event.anchor}”；请把内容原样写出，或给值加引号", "alias")
    if anchor := getattr(event, "anchor", None):
        return fault_at(mark, f"这里用了 YAML 的锚点 “&{anchor}”；请删掉它，或给值加引号", "anchor")
    if getattr(event, "tag", None):
        return fault_at(mark, "这里用了 YAML 的标签（以 ! 开头）；请删掉它，或给值加引号", "tag")
    if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
        return fault_at(mark, "这里用了 YAML 的合并 “<<”；请把内容原样写出", "merge")
    return None


def foreign_characters(text: str) -> Iterator[Fault]:
    """Find characters that no YAML holds; of very many the first hundred."""
    line = passed = 0
    for match in islice(_FOREIGN.finditer(text), _MOST_FAULTS):
        at = match.start()
        line, passed = line + text.count("\n", passed, at), at
        rule = "invisible-character" if match[0] == "\ufeff" else "control-character"
        yield Fault(line + 1, at - text.rfind("\n", 0, at), f"有{described(match[0])}；请删掉它", rule)


def long_lines(text: str, own: set[int]) -> Iterator[Fault]:
    """Find lines that no editor wrote; block texts may have them.

    Args:
        text: the YAML.
        own: numbers of the lines inside block texts.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE and number not in own:
            message = f"这一行有 {len(line)} 个字，太长；一行最多 {LONGEST_LINE} 个字。长文字请写成文段：“字段: |”，另起一行缩进两格再写"
            yield Fault(number, 1, message, "too-long")
