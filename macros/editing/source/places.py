"""Find the places of a YAML text at which a value begins and ends, as an editor sees them.

The parser's own end of a block lies behind the comments and empty lines that follow it; an editor who changes a value
means the text up to its last character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import yaml

from macros.editing.source.scalars import Layout
from macros.records.model.walk import ValuePath


@dataclass(frozen=True)
class NodePlace:
    """A value in the text, with the key that it belongs to.

    Attributes:
        node: the value.
        key: its key; None for an item of a list and for the whole document.
        parent: what holds the value; None for the whole document.
    """

    node: yaml.Node
    key: yaml.Node | None
    parent: yaml.CollectionNode | None

    @property
    def start(self) -> int:
        """Where the value begins."""
        return int(self.node.start_mark.index)

    @property
    def in_flow(self) -> bool:
        """Whether the value stands inside brackets."""
        return self.parent is not None and bool(self.parent.flow_style)


@dataclass(frozen=True)
class Places:
    """The places of one text.

    Attributes:
        text: YAML that can be parsed, without a byte order mark.
    """

    text: str

    @cached_property
    def root(self) -> yaml.Node:
        """The whole document."""
        node = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        assert node is not None
        return node

    def find(self, path: ValuePath) -> NodePlace | None:
        """Return the place of the value at a path of names and positions, or None."""
        place = NodePlace(self.root, None, None)
        for step in path:
            found = next((child for name, child in self.children(place.node) if name == step), None)
            if found is None:
                return None
            place = found
        return place

    def children(self, node: yaml.Node) -> Iterator[tuple[str | int, NodePlace]]:
        """Yield the values directly inside a list or a group, each with its name or position."""
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield key.value, NodePlace(value, key, node)
        elif isinstance(node, yaml.SequenceNode):
            for position, value in enumerate(node.value):
                yield position, NodePlace(value, None, node)

    def end(self, node: yaml.Node) -> int:
        """Return where a value ends: behind its last character, before comments and empty lines that follow."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        end = int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            keeps_breaks = "+" in self.line_at(node.start_mark.index)
            return end - 1 if keeps_breaks and self.text[end - 1] == "\n" else len(self.text[:end].rstrip())
        return end

    def line_at(self, index: int) -> str:
        """Return the rest of the line from a place on, without its line break."""
        return self.text[index : self.line_end(index)]

    def line_end(self, index: int) -> int:
        """Return the end of the line that a place is in, before its line break."""
        match = re.compile(r"\r?\n|\Z").search(self.text, index)
        return match.start() if match else len(self.text)

    def line_start(self, index: int) -> int:
        """Return the beginning of the line that a place is in."""
        return self.text.rfind("\n", 0, index) + 1

    def dash(self, sequence: yaml.Node, position: int) -> int:
        """Return the place of an item's dash."""
        if position == 0:
            return int(sequence.start_mark.index)
        before = self.end(sequence.value[position - 1])
        pattern = re.compile(rf"^ {{{sequence.start_mark.column}}}(-)", re.MULTILINE)
        match = pattern.search(self.text, before)
        return match.start(1) if match else int(sequence.value[position].start_mark.index)

    @cached_property
    def layout(self) -> Layout:
        """How the text is indented, as seen in the first list and the first group in it."""
        steps = list(self._steps(self.root))
        step = next((step for is_list, step in steps if not is_list and step > 0), 2)
        return Layout(step, next((step for is_list, step in steps if is_list), 2))

    def _steps(self, node: yaml.Node) -> Iterator[tuple[bool, int]]:
        for _, place in self.children(node):
            inner = place.node
            if place.key is not None and isinstance(inner, yaml.CollectionNode) and not inner.flow_style:
                yield isinstance(inner, yaml.SequenceNode), inner.start_mark.column - place.key.start_mark.column
            yield from self._steps(inner)
