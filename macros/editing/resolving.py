"""Resolve conflicts that git left in a file: field by field where both versions can be read, else place by place.

The text around stays as it is: the upper version is the base, and each value of the lower one that was chosen is spliced
in (`macros.editing.source.splice`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from macros.editing.source.source_file import SourceFile, model_of
from macros.editing.source.splice import CannotSplice, set_value
from macros.records import conflicts, yaml
from macros.records.conflicts import Conflict
from macros.records.model.description import field_at
from macros.records.problems import ProblemsFound

Steps = tuple[str, ...]
_NOTHING = "（没有）"
_TITLES = {"title": "标题", "description": "描述", "label": "名称", "help": "说明", "former_addresses": "旧网址"}


class Side(StrEnum):
    """Which version is taken: the upper one, the lower one, or both, one after the other."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Choice:
    """One place at which the two versions differ.

    Attributes:
        name: what it is called on the command line: ``summary``, ``contact.phone``, or the line of a conflict.
        title: what it is called in words.
        ours: the upper version in words.
        theirs: the lower version in words.
        may_be_both: whether both can be taken.
    """

    name: str
    title: str
    ours: str
    theirs: str
    may_be_both: bool


@dataclass(frozen=True)
class Resolution:
    """A text with conflicts, and what has to be chosen.

    Attributes:
        choices: each place at which the versions differ.
    """

    choices: tuple[Choice, ...]
    _resolve: Callable[[Mapping[str, Side]], str] = field(repr=False)

    def resolved(self, sides: Mapping[str, Side]) -> str:
        """Return the text without conflicts.

        Args:
            sides: name of each choice → which version is taken.
        """
        return self._resolve(sides)


def resolution(path: str, text: str) -> Resolution:
    """Return what has to be chosen in a text with conflicts.

    Args:
        path: the file, POSIX form, relative to the project's root.
        text: its text; lines end with ``\\n``.
    """
    return _by_field(path, text) or _by_place(text, 0)


def _by_place(text: str, first: int) -> Resolution:
    """Take each conflict as a whole, those before an offset left out, which have been chosen in otherwise."""
    found = {str(one.line): one for one in conflicts.find(text) if one.start >= first}
    choices = tuple(
        Choice(name, f"第 {name} 行起", one.ours.strip() or _NOTHING, one.theirs.strip() or _NOTHING, True)
        for name, one in found.items()
    )

    def resolve(sides: Mapping[str, Side]) -> str:
        return conflicts.replaced(text, lambda _, one: _version(one, sides.get(str(one.line), Side.OURS)))

    return Resolution(choices, resolve)


def _version(conflict: Conflict, side: Side) -> str:
    if side is Side.BOTH:
        return conflict.ours + conflict.theirs
    return conflict.ours if side is Side.OURS else conflict.theirs


def _by_field(path: str, text: str) -> Resolution | None:
    """Choose among the fields of a record, a vocabulary or the front matter of a page; None if they can't be read."""
    end = _end_of_yaml(path, text)
    if end is None:
        return None
    upper, lower = (_taken(path, text, end, side) for side in (Side.OURS, Side.THEIRS))
    if upper is None or lower is None:
        return None
    pairs = list(_differences(upper, lower, ()))
    if not pairs and any(one.start < end for one in conflicts.find(text)):
        return None  # They differ in comments alone.
    rest = _by_place(text, end)
    choices = tuple(_choice(path, *pair) for pair in pairs)

    def resolve(sides: Mapping[str, Side]) -> str:
        places = {str(one.line): sides.get(str(one.line), Side.OURS) for one in conflicts.find(text)}
        chosen = {steps: sides.get(".".join(steps), Side.OURS) for steps, _, _ in pairs}
        if pairs and all(side is Side.THEIRS for side in chosen.values()):
            return _whole(text, end, Side.THEIRS, places)
        file = SourceFile.of(path, _whole(text, end, Side.OURS, places))
        return file.with_yaml(_spliced(path, file.yaml, pairs, chosen)).text

    return Resolution((*choices, *rest.choices), resolve)


def _end_of_yaml(path: str, text: str) -> int | None:
    """Return where the YAML of a file ends; None if a conflict goes beyond, or there is none."""
    if not path.endswith(".md"):
        return len(text) + 1
    # The line that ends the front matter is looked for outside of conflicts only.
    masked = conflicts.replaced(text, lambda _, one: "#" * (one.end - one.start - 1) + "\n")
    file = SourceFile.of(path, masked)
    return len(file.before + file.yaml) if file.before else None


def _whole(text: str, end: int, side: Side, places: Mapping[str, Side]) -> str:
    """Return the text with one version of all conflicts in its YAML, and the chosen ones behind it."""
    return conflicts.replaced(text, lambda _, one: _version(one, side if one.start < end else places[str(one.line)]))


def _taken(path: str, text: str, end: int, side: Side) -> dict[str, Any] | None:
    """Return the values of one version; None if it can't be read."""
    whole = conflicts.replaced(text, lambda _, one: _version(one, side))
    try:
        return yaml.parse(path, SourceFile.of(path, whole).yaml).data
    except ProblemsFound:
        return None


Difference = tuple[Steps, Any, Any]
"""Where two versions differ, and their values there; None for what is not there."""


def _differences(ours: Mapping[str, Any], theirs: Mapping[str, Any], above: Steps) -> Iterator[Difference]:
    for name in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(name), theirs.get(name)
        if isinstance(one, dict) and isinstance(other, dict):
            yield from _differences(one, other, (*above, name))
        elif _bare(one) != _bare(other):
            yield (*above, name), one, other


def _bare(value: Any) -> Any:
    """Return a value without the line break behind a block text, which means nothing."""
    return value.strip("\n") if isinstance(value, str) else value


def _choice(path: str, steps: Steps, ours: Any, theirs: Any) -> Choice:
    model = model_of(path)
    described = field_at(model, steps) if model else None
    title = described.title if described else _TITLES.get(steps[-1], "、".join(steps))
    is_list = isinstance(ours, list) and isinstance(theirs, list)
    return Choice(".".join(steps), title, _words(ours), _words(theirs), is_list)


def _words(value: Any) -> str:
    """Return a value as it reads in a sentence."""
    if value in (None, "", [], {}):
        return _NOTHING
    if isinstance(value, list):
        return "；".join(map(_words, value))
    return (
        "，".join(f"{name} {_words(inner)}" for name, inner in value.items())
        if isinstance(value, dict)
        else value.strip()
    )


def _spliced(path: str, text: str, pairs: list[Difference], chosen: Mapping[Steps, Side]) -> str:
    """Return the YAML of the upper version with the values of the lower one that were chosen.

    Raises:
        CannotSplice: a value can't be put in so that it reads as it did.
    """
    for steps, ours, theirs in pairs:
        side = chosen[steps]
        if side is Side.OURS:
            continue
        value = theirs
        if side is Side.BOTH and isinstance(ours, list) and isinstance(theirs, list):
            present = {json.dumps(item, sort_keys=True) for item in ours}
            value = [*ours, *(item for item in theirs if json.dumps(item, sort_keys=True) not in present)]
        text = set_value(text, steps, value, model_of(path))
    return text


__all__ = ["CannotSplice", "Choice", "Resolution", "Side", "resolution"]
