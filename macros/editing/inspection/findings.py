"""What a self-check finds, and the text in which it looks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"'<>（）()，。；、》」\]]+", re.IGNORECASE)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
_BROKEN_LINE = re.compile(r"(?<=[\u4e00-\u9fff])(\n[ \t>]*)(?=[\u4e00-\u9fff])")
_AROUND = 10


@dataclass(frozen=True, order=True)
class InspectionFinding:
    """One thing that an inspector would object to.

    Attributes:
        path: the file, POSIX form, relative to the project's root.
        line: line, from 1; in a PDF the page, in a table the row.
        column: column in characters, from 1.
        item: id of the item of the checklist that it belongs to.
        found: in Chinese: what was found.
        remedy: in Chinese: what to do.
        text: the very text, by which it can be permitted; empty if it can't.
        place: where it is, if not at a line and a column, e.g. ``名单!C7``.
    """

    path: str
    line: int
    column: int
    item: str
    found: str
    remedy: str
    text: str = ""
    place: str = ""

    @property
    def where(self) -> str:
        """The place, as editor programs and people find it."""
        return f"{self.path} {self.place}" if self.place else f"{self.path}:{self.line}:{self.column}"


class ScannedText:
    """A text in which something is looked for: addresses blanked, digits half-width, and words joined that a line break cuts.

    >>> text = ScannedText("content/index.md", "推进扫黑\\n  险恶")
    >>> text.joined, text.place(text.joined.index("险"))
    ('推进扫黑险恶', (2, 3))

    Args:
        path: the file, POSIX form, relative to the project's root.
        text: what it says; lines end with ``\\n``.
        is_prose: whether a line break within a word may be one of the editor's alone; rows of a table are no prose.
    """

    def __init__(self, path: str, text: str, *, is_prose: bool = True) -> None:
        self.path, self._text, self._is_prose = path, text, is_prose

    @cached_property
    def joined(self) -> str:
        """The text to look into."""
        return "".join(self._pieces[1])

    @cached_property
    def _pieces(self) -> tuple[list[int], list[str], list[int]]:
        """Where pieces begin in the joined text, the pieces, and where they begin in the text itself."""
        plain = _ADDRESS.sub(lambda match: "\0" * len(match[0]), self._text).translate(_HALF_WIDTH)
        starts, pieces, origins, at, length = [0], [], [0], 0, 0
        for match in _BROKEN_LINE.finditer(plain) if self._is_prose else ():
            pieces.append(plain[at : match.start()])
            length += len(pieces[-1])
            at = match.end()
            starts.append(length)
            origins.append(at)
        return starts, [*pieces, plain[at:]], origins

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column in the file, from 1, of an offset in the joined text."""
        starts, _, origins = self._pieces
        piece = bisect_right(starts, offset) - 1
        origin = origins[piece] + offset - starts[piece]
        return self._text.count("\n", 0, origin) + 1, origin - self._text.rfind("\n", 0, origin)

    def around(self, start: int, end: int) -> str:
        """Return what stands around a part of the joined text, on one line."""
        before = self.joined[max(start - _AROUND, 0) : start].rpartition("\n")[2]
        after = self.joined[end : end + _AROUND].partition("\n")[0]
        return f"{before}{self.joined[start:end]}{after}".replace("\0", "").strip()
