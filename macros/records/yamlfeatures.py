"""What YAML allows and records do not: anchors, aliases, tags, merges, and nesting without end.

It is found in the parser's events, before anything is composed: an alias multiplies what it names, and composing goes
one call deeper with each level, so that a small file could take all memory or end the program without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from macros.records.yamlfaults import Fault, fault_at

DEEPEST_NESTING = 30
_NODE_PROPERTY = re.compile(r"(?:^|[\s\[{,:?])(?:&[^\s&]|!\S|\*[^\s*])|<<\s*:")
_DEEP = re.compile(r"(?:[-?:][ \t]+){31}|^ {120}", re.MULTILINE)
_MANY_BRACKETS = 100


def forbidden(text: str) -> Iterator[Fault]:
    """Find anchors, aliases, tags, merges and too deep nesting.

    Args:
        text: the YAML; what the parser can't read ends the search without a fault, since composing will tell.
    """
    if not (_NODE_PROPERTY.search(text) or _may_be_deep(text)):
        return
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
