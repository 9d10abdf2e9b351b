"""Where everything stands in the picture of a programme: boxes with lines of text, joined by lines.

Lengths are units of the drawing; text has 15 units to the em, so that a drawing shown at its own width can be read. The
template draws what stands here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macros.pages.programme import Item, Programme, Strand
from macros.records.model.kinds import Target

EM = 15
LEADING = 23
PADDING = 12
GAP = 16
_WIDEST_LATIN = 0.6


@dataclass(frozen=True)
class Line:
    """One line of text; ``style`` names its class, ``y`` is its baseline from the top of the drawing."""

    text: str
    style: str
    y: int


@dataclass(frozen=True)
class Box:
    """A rectangle with lines of text.

    Attributes:
        style: ``root``, ``head``, ``target`` or ``place``.
        kind: the kind that gives the colour, or empty.
        x: left edge.
        y: upper edge.
        width: width.
        height: height.
        lines: the text in it.
    """

    style: str
    kind: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Drawing:
    """A picture.

    Attributes:
        width: width.
        height: height.
        boxes: the boxes, those that others hang on first.
        joints: paths of the lines between them.
    """

    width: int
    height: int
    boxes: tuple[Box, ...]
    joints: tuple[str, ...]


Text = Sequence[tuple[str, str]]
"""What stands in a box: (text, style) of each paragraph."""


def draw(programme: Programme, columns: int, width: int) -> Drawing:
    """Lay a programme out.

    Args:
        programme: what is drawn.
        columns: how many strands stand side by side at most; the others stand below them.
        width: width of the drawing.
    """
    root = _box("root", "", 0, 0, width, [(programme.term.label, "name")])
    columns = max(1, min(columns, len(programme.strands)))
    room = (width - GAP * (columns - 1)) // columns
    drawn = [
        _column(programme.strands[number::columns], number * (room + GAP), root.height, room)
        for number in range(columns)
    ]
    boxes = [root, *(box for column in drawn for box in column.boxes)]
    joints = [joint for column in drawn for joint in column.joints]
    return Drawing(width, max(box.y + box.height for box in boxes), tuple(boxes), tuple(joints))


def _column(strands: Sequence[Strand], x: int, y: int, width: int) -> Drawing:
    """Lay strands out one below the other, each hanging by its head on a line down from the root at ``y``."""
    boxes: list[Box] = []
    joints = []
    bottom = y
    for strand in strands:
        head, *items = _strand(strand, x + GAP, bottom + GAP, width - GAP)
        middle = head.y + head.height // 2
        last = items[-1]
        joints += [f"M{x + 4} {y}V{middle}H{head.x}", f"M{head.x + 6} {head.y + head.height}V{last.y + PADDING}"]
        boxes += [head, *items]
        bottom = last.y + last.height
    return Drawing(width, bottom, tuple(boxes), tuple(joints))


def _strand(strand: Strand, x: int, y: int, width: int) -> Iterator[Box]:
    head = _box("head", strand.kind, x, y, width, [(strand.label, "name")])
    yield head
    y += head.height
    for item in strand.items:
        style = "target" if item.target else "place"
        box = _box(style, strand.kind, x + GAP, y + GAP // 2, width - GAP, _text(item))
        yield box
        y = box.y + box.height


def _text(item: Item) -> Text:
    places = [(f"{place.name}（{state}）" if state else place.name) for place, state in item.places]
    if item.target is None:
        return [(place, "place") for place in places]
    return [*_target_text(item.target), *((place, "place") for place in places)]


def _target_text(target: Target) -> Text:
    period = f"目标 · {target.period}" if target.period else "目标"
    return [(period, "label"), (target.name, "name"), *_figure(target), (f"实际：{actual(target)}", "actual")]


def _figure(target: Target) -> Text:
    return [] if isinstance(target.target, str) else [(amount(target, target.target), "figure")]


def amount(target: Target, value: object) -> str:
    """Return a target's or an actual's value with its unit if it is a number."""
    return f"{value} {target.unit}" if target.unit and not isinstance(value, str) else str(value)


def actual(target: Target) -> str:
    """Return what came of a target, and as of when; 未公布 if nothing came to light."""
    if target.actual is None:
        return "未公布"
    note = f"（截至 {target.as_of}）" if target.as_of else ""
    return amount(target, target.actual) + note


def _box(style: str, kind: str, x: int, y: int, width: int, text: Text) -> Box:
    room = (width - 2 * PADDING) / EM
    wrapped = [(line, name) for paragraph, name in text for line in wrap(paragraph, room)]
    lines = tuple(
        Line(line, name, y + PADDING + LEADING * (number + 1) - 7) for number, (line, name) in enumerate(wrapped)
    )
    return Box(style, kind, x, y, width, LEADING * len(lines) + 2 * PADDING, lines)


def wrap(text: str, room: float) -> list[str]:
    """Break a text into lines.

    Args:
        text: one line of any length.
        room: width of a line in em.
    """
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and width_of(lines[-1] + piece.rstrip()) > room and piece[0] not in _NEVER_FIRST:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


_NEVER_FIRST = "，。、：；！？）》”’"
_NEVER_LAST = "（《“‘"


def _pieces(text: str) -> Iterator[str]:
    """Yield what is never broken: a wide character with the brackets before it, or narrow ones up to a space."""
    piece = ""
    for character in text:
        if piece and _is_wide(character) and piece[-1] not in _NEVER_LAST:
            yield piece
            piece = ""
        piece += character
        if character == " " or (_is_wide(character) and character not in _NEVER_LAST):
            yield piece
            piece = ""
    if piece:
        yield piece


def width_of(text: str) -> float:
    """Return the width of a text in em, never less than it is."""
    return sum(1 if _is_wide(character) else _WIDEST_LATIN for character in text)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"
