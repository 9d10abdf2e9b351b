"""Merge what two people made of one record: field by field, and a question where both changed one field otherwise.

Values are plain data as `Document.data` has them. Nothing is ever dropped: what only one changed is taken; what both
changed alike is taken once; all else is asked.

>>> merged({"name": "甲", "town": "东"}, {"name": "乙", "town": "东"}, {"name": "甲", "town": "西"}).value
{'name': '乙', 'town': '西'}
>>> [conflict.name for conflict in merged({"name": "甲"}, {"name": "乙"}, {"name": "丙"}).conflicts]
['name']
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from macros.editing.resolving import Side
from macros.editing.source.splice import trimmed
from macros.records.model.walk import ValuePath

MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING", "__bool__": lambda self: False})()
"""In place of a value that is not there."""


@dataclass(frozen=True)
class FieldConflict:
    """A field that two people changed, each otherwise.

    Attributes:
        steps: names and positions that lead to it in the merged data.
        base: what it was before both; None for what was not there, as below.
        mine: what one's own form says.
        theirs: what the file says by now.
        may_be_both: whether both can be taken, one after the other.
    """

    steps: ValuePath
    base: Any
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        """What a form calls it, e.g. ``contact.phone``; ``text`` alone stands for the text of an article."""
        return ".".join(map(str, self.steps))

    @property
    def may_be_both(self) -> bool:
        """Whether both values can be taken, one after the other."""
        return isinstance(self.mine, list) and isinstance(self.theirs, list)


@dataclass(frozen=True)
class MergedValues:
    """What became of two versions.

    Attributes:
        value: the merged data; where nobody chose, one's own.
        conflicts: what has to be asked.
    """

    value: Any
    conflicts: tuple[FieldConflict, ...]


Sides = Mapping[str, Side]
"""Name of a conflict → which version is taken; ``OURS`` is one's own."""

NO_SIDES: Sides = MappingProxyType({})


def merged(base: Any, mine: Any, theirs: Any, sides: Sides = NO_SIDES) -> MergedValues:
    """Merge two versions of a record's data.

    Args:
        base: what both began with.
        mine: one's own.
        theirs: the other.
        sides: what was chosen where they contradict each other.
    """
    work = _Work(sides)
    value = work.value(trimmed(base), trimmed(mine), trimmed(theirs), ())
    return MergedValues(value, tuple(work.conflicts))


def merged_lines(base: str, mine: str, theirs: str, name: str, sides: Sides = NO_SIDES) -> tuple[str, MergedValues]:
    """Merge two versions of a text that stands beside the data, line by line, e.g. that of an article.

    Args:
        base: what both began with.
        mine: one's own.
        theirs: the other.
        name: what its conflict is called.
        sides: what was chosen.

    Returns:
        The text, and the conflict if there is one.
    """
    work = _Work(sides, joins=False)
    versions = [text.splitlines(keepends=True) for text in (base, mine, theirs)]
    lines = work.sequence(versions[0], versions[1], versions[2], (name,))
    text = work.leaf(base, mine, theirs, (name,)) if lines is None else "".join(lines)
    return text, MergedValues(text, tuple(work.conflicts))


@dataclass
class _Work:
    sides: Sides
    joins: bool = True
    """Whether what both put in at one place is taken, one after the other; lines of a text are asked about."""
    conflicts: list[FieldConflict] = field(default_factory=list)

    def value(self, base: Any, mine: Any, theirs: Any, steps: ValuePath) -> Any:
        """Return the merged value, `MISSING` if it is gone."""
        if mine == theirs or base == theirs:
            return mine
        if base == mine:
            return theirs
        if all(isinstance(value, dict) for value in (mine, theirs)) and isinstance(base, dict | type(MISSING)):
            return self._group(base or {}, mine, theirs, steps)
        if all(isinstance(value, list) for value in (base, mine, theirs)):
            items = self.sequence(base, mine, theirs, steps)
            return self.leaf(base, mine, theirs, steps) if items is None else items
        return self.leaf(base, mine, theirs, steps)

    def leaf(self, base: Any, mine: Any, theirs: Any, steps: ValuePath) -> Any:
        """Return the version that was chosen, else one's own and a question."""
        plain = [None if value is MISSING else value for value in (base, mine, theirs)]
        conflict = FieldConflict(steps, *plain)
        side = self.sides.get(conflict.name)
        if side is Side.BOTH and conflict.may_be_both:
            return _union(theirs, mine)
        if side is None:
            self.conflicts.append(conflict)
        return theirs if side is Side.THEIRS else mine

    def _group(self, base: Any, mine: Any, theirs: Any, steps: ValuePath) -> dict[str, Any]:
        names = dict.fromkeys((*theirs, *mine))
        values = {
            name: self.value(
                base.get(name, MISSING), mine.get(name, MISSING), theirs.get(name, MISSING), (*steps, name)
            )
            for name in names
        }
        return {name: value for name, value in values.items() if value is not MISSING}

    def sequence(
        self, base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], steps: ValuePath
    ) -> list[Any] | None:
        """Return the merged items; None if that can't be told without asking about all of them."""
        items: list[Any] = []
        before = list(self.conflicts)
        for old, one, other in _chunks(base, mine, theirs):
            if one in (old, other) or old == other:
                items += other if one == old else one
            elif not old and self.joins:
                items += _union(other, one)
            elif len(old) == len(one) == len(other) and all(map(_is_each_by_itself, old, one, other)):
                for before_both, left, right in zip(old, one, other, strict=True):
                    items.append(self.value(before_both, left, right, (*steps, len(items))))
            else:
                self.conflicts = before
                return None
        return items


def _union(first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    return [*first, *(item for item in second if item not in first)]


def _is_each_by_itself(old: Any, one: Any, other: Any) -> bool:
    """Tell whether two versions of an item can be merged without the items beside it."""
    return one in (old, other) or old == other or (_is_alike(old, one) and _is_alike(old, other))


def _is_alike(old: Any, new: Any) -> bool:
    """Tell whether an item is another one changed, and not one put in its place: most of it stayed."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    same = sum(1 for name, value in old.items() if name in new and new[name] == value)
    return same * 2 >= len(old)


Chunk = tuple[list[Any], list[Any], list[Any]]


def _chunks(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> Iterator[Chunk]:
    """Cut three versions where all agree (the method of diff3): yield what agrees, and what stands between."""
    one, other = _matches(base, mine), _matches(base, theirs)
    anchors = [(-1, -1, -1), *((n, one[n], other[n]) for n in range(len(base)) if n in one and n in other)]
    end = (len(base), len(mine), len(theirs))
    for start, stop in pairwise([*anchors, end]):
        slices = [
            list(version[first + 1 : last])
            for version, first, last in zip((base, mine, theirs), start, stop, strict=True)
        ]
        yield slices[0], slices[1], slices[2]
        if stop != end:
            yield [base[stop[0]]], [mine[stop[1]]], [theirs[stop[2]]]


def _matches(base: Sequence[Any], version: Sequence[Any]) -> dict[int, int]:
    """Return position in the base → position in a version, of what is the same in both and in the same order."""
    before, after = ([json.dumps(item, sort_keys=True) for item in items] for items in (base, version))
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}
