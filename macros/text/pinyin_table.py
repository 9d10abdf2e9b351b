"""What pypinyin knows, as a table: its dictionaries take a sixth of a second to load, the table a tenth of that."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from unicodedata import normalize

from macros.text.compiled_cache import cached, package_state, program_digest
from macros.text.fold import fold
from macros.text.phrase_readings import SEPARATOR, PhraseReadings, SortedPhrases

_TONED = re.compile(r"([a-zê]+)([0-5]?)")
_LETTERS = range(0x80, 0x2000)
_SYLLABIC = frozenset("aeioumn")
"""Where letters lie that pypinyin takes for a syllable with its tone, such as ``ā``, and what they are made of."""

_Parts = tuple[SortedPhrases, str, str, str]


class PinyinTable:
    """pypinyin's dictionaries.

    Args:
        parts: the phrases, the characters, a reading for each of them, and the pattern of a Chinese character.

    Attributes:
        phrases: the readings of phrases; each is a syllable without tone and the number of its tone.
        han: finds characters that pypinyin reads together.
    """

    def __init__(self, parts: _Parts) -> None:
        phrases, characters, readings, pattern = parts
        self.phrases = PhraseReadings(phrases)
        self.han = re.compile(pattern)
        self._characters = dict(zip(characters, readings.split(SEPARATOR), strict=True))

    def alone(self, character: str) -> tuple[str, int]:
        """Return the syllable of a character by itself, and its tone; the folded character and 0 where it has none."""
        reading = self._characters.get(character)
        return split(reading) if reading else (fold(character), 0)


@cache
def pinyin_table() -> PinyinTable:
    """Return what pypinyin knows, as it was kept by an earlier run or from pypinyin itself."""
    inputs = (package_state("pypinyin"), os.environ.get("PYPINYIN_NO_PHRASES", ""), program_digest())
    return PinyinTable(cached("pinyin", inputs, _parts))


@lru_cache(maxsize=4096)
def split(reading: str) -> tuple[str, int]:
    """Return a reading of the table as syllable and tone: ``zhong4`` → ``("zhong", 4)``."""
    return reading[:-1], int(reading[-1])


def _parts() -> _Parts:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS

    phrases = (
        (phrase, SEPARATOR.join(_toned(reading[0]) for reading in readings))
        for phrase, readings in PHRASES_DICT.items()
    )
    known = ((chr(code), readings.split(",")[0]) for code, readings in PINYIN_DICT.items())
    characters = {one: _toned(reading) for one, reading in known if RE_HANS.match(one)} | dict(_letters())
    pattern = RE_HANS.pattern.removeprefix("^").removesuffix("$")
    return PhraseReadings.of(phrases).lines, "".join(characters), SEPARATOR.join(characters.values()), pattern


def _letters() -> Iterator[tuple[str, str]]:
    for letter in map(chr, _LETTERS):
        if normalize("NFD", letter)[0] in _SYLLABIC and (reading := _digits(letter)) != f"{fold(letter)}0":
            yield letter, reading


@lru_cache(maxsize=4096)
def _toned(reading: str) -> str:
    from pypinyin import Style
    from pypinyin.style import convert

    return _digits(convert(reading, Style.TONE, strict=True, default=reading))


def _digits(reading: str) -> str:
    from pypinyin.contrib.tone_convert import to_tone3

    match = _TONED.fullmatch(to_tone3(reading, neutral_tone_with_five=False))
    return f"{match[1]}{match[2] or 0}" if match else f"{fold(reading)}0"
