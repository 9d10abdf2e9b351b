"""Conflicts that git left in a text: two versions of the same lines, between markers.

>>> [(conflict.line, conflict.ours, conflict.theirs) for conflict in find("甲\\n<<<<<<< HEAD\\n乙\\n=======\\n丙\\n>>>>>>> main\\n")]
[(2, '乙\\n', '丙\\n')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from macros.records.problems import Problem, ProblemsFound

_MARKER = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: ([^\n]*))?$", re.MULTILINE)
_OPENING, _BASE, _MIDDLE, _CLOSING = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_LONGEST = 30


@dataclass(frozen=True)
class Conflict:
    """Two versions of the same lines.

    Attributes:
        line: line of the text on which the first marker stands, from 1.
        start: where the first marker begins, in characters.
        end: where the line after the last marker begins.
        ours: the upper version, whole lines; may be empty.
        theirs: the lower version.
        names: what git calls the two, e.g. ``HEAD`` and ``main``; may be empty.
    """

    line: int
    start: int
    end: int
    ours: str
    theirs: str
    names: tuple[str, str]


@dataclass(frozen=True)
class StrayMarker:
    """A marker whose others are gone: somebody has taken a conflict away by halves."""

    line: int
    text: str


def find(text: str) -> list[Conflict]:
    """Return the conflicts of a text, whose lines end with ``\\n``."""
    return [found for found in _walk(text) if isinstance(found, Conflict)]


def replaced(text: str, choose: Callable[[int, Conflict], str]) -> str:
    """Return a text with each conflict replaced.

    Args:
        text: its lines end with ``\\n``.
        choose: gives the lines for a conflict and its number, from 0.
    """
    pieces, position = [], 0
    for number, conflict in enumerate(find(text)):
        pieces += [text[position : conflict.start], choose(number, conflict)]
        position = conflict.end
    return "".join([*pieces, text[position:]])


def refuse(path: str, text: str) -> None:
    """Refuse a text with conflicts, and say what the two versions are.

    Args:
        path: the file, POSIX form, relative to the project's root.
        text: its text.

    Raises:
        ProblemsFound: there are conflicts, or remains of one.
    """
    found = list(_walk(text))
    # A line of seven equals signs alone makes a heading of Markdown of the line above.
    if path.endswith(".md") and all(isinstance(one, StrayMarker) and one.text[0] in "=|" for one in found):
        return
    if found:
        raise ProblemsFound(_problem(path, one) for one in found)


def _problem(path: str, found: Conflict | StrayMarker) -> Problem:
    if isinstance(found, StrayMarker):
        message = (
            f"这一行 “{_short(found.text)}” 是合并冲突留下的记号，和它成对的不见了；"
            "请对照别的记录或上一个版本改好上下几行，再删掉这一行"
        )
    else:
        upper, lower = (f"（{_short(name)}）" if name else "" for name in found.names)
        message = (
            f"这里有没解决的合并冲突，两个人改了同一处：上面的{upper}{_words(found.ours, found.theirs)}，"
            f"下面的{lower}{_words(found.theirs, found.ours)}；请运行 kepu resolve {path}，它会问留哪一份"
        )
    return Problem(path, found.line, 1, message, "merge-conflict")


def _words(version: str, other: str) -> str:
    """Return a version in words: its lines that the other does not have, or all where it has every one."""
    common = set(other.split("\n"))
    line = " ".join("\n".join(one for one in version.split("\n") if one not in common).split())
    line = line or " ".join(version.split())
    return f"是 “{_short(line)}”" if line else "什么也没有"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"


def _walk(text: str) -> Iterator[Conflict | StrayMarker]:
    """Yield conflicts, and markers that belong to none, in their order."""
    line, position = 1, 0
    open_: list[tuple[re.Match[str], int]] = []
    for marker in _MARKER.finditer(text):
        line, position = line + text.count("\n", position, marker.start()), marker.start()
        if marker[1] in _FOLLOWING[open_[-1][0][1] if open_ else ""]:
            open_.append((marker, line))
            if marker[1] == _CLOSING:
                yield _conflict(text, open_)
                open_ = []
            continue
        yield from (StrayMarker(place, one[0]) for one, place in open_)
        open_ = []
        if marker[1] == _OPENING:
            open_ = [(marker, line)]
        else:
            yield StrayMarker(line, marker[0])
    yield from (StrayMarker(place, one[0]) for one, place in open_)


_FOLLOWING = {"": {_OPENING}, _OPENING: {_BASE, _MIDDLE}, _BASE: {_MIDDLE}, _MIDDLE: {_CLOSING}}
"""Marker → those that may come next."""


def _conflict(text: str, markers: list[tuple[re.Match[str], int]]) -> Conflict:
    first, second, middle, last = (markers[place][0] for place in (0, 1, -2, -1))
    ours, theirs = text[first.end() + 1 : second.start()], text[middle.end() + 1 : last.start()]
    names = (first[2] or "", last[2] or "")
    return Conflict(markers[0][1], first.start(), min(last.end() + 1, len(text)), ours, theirs, names)
