"""Dictionaries of readings, kept in a form that is loaded in a tenth of the time that their own packages take.

>>> table = PhraseReadings.of([("重庆", "chong|qing"), ("重庆小面", "chong|qing|xiao|mian")])
>>> table.longest("在重庆小住", 1)
PhraseMatch(readings=['chong', 'qing'], end=3, reached=4)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

SEPARATOR = "|"
_LINE = "\n"

SortedPhrases = tuple[str, str]
"""The phrases in order, and their readings, as they are kept: two texts are loaded faster than 50,000."""


class PhraseMatch(NamedTuple):
    """What a dictionary knows of a place in a text.

    Attributes:
        readings: those of the longest phrase there, one for each character; none if there is none.
        end: where that phrase ends.
        reached: how far some longer phrase goes on like the text.
    """

    readings: list[str]
    end: int
    reached: int


class PhraseReadings:
    """A dictionary of phrases.

    Args:
        lines: the phrases in order and their readings, each on a line.

    Attributes:
        lines: the same.
    """

    def __init__(self, lines: SortedPhrases) -> None:
        self.lines = lines
        self._phrases = lines[0].split(_LINE)
        self._readings = dict(zip(self._phrases, lines[1].split(_LINE), strict=True))

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> PhraseReadings:
        """Return the dictionary of phrases, each with the readings of its characters joined by `SEPARATOR`."""
        ordered = sorted(pairs)
        return cls((_LINE.join(phrase for phrase, _ in ordered), _LINE.join(readings for _, readings in ordered)))

    def longest(self, text: str, start: int) -> PhraseMatch:
        """Return the longest phrase that begins at a place of a text."""
        readings, end, stop = "", start, start
        while stop < len(text) and self._begins_with(text[start : stop + 1]):
            stop += 1
            if found := self._readings.get(text[start:stop]):
                readings, end = found, stop
        return PhraseMatch(readings.split(SEPARATOR) if readings else [], end, stop)

    def _begins_with(self, piece: str) -> bool:
        place = bisect_left(self._phrases, piece)
        return place < len(self._phrases) and self._phrases[place].startswith(piece)
