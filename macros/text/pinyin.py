"""Read Chinese text as pinyin: for the A–Z index, for search, and for proposing ids.

A reading that depends on the word (重庆, 长隆, 番禺) comes from the curated ``readings``, then from pypinyin's dictionary
of phrases, then from the character's most common reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from macros.text.fold import fold
from macros.text.pinyin_table import PinyinTable, pinyin_table, split

Readings = Mapping[str, tuple[str, ...]]
"""Curated readings: a word → one syllable without tone for each of its characters."""

SortKey = tuple[tuple[str, int, str], ...]
"""One (syllable, tone, character) for each character of a name."""

NO_READINGS: Readings = {}

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_DIGITS = re.compile("[0-9]+")
_SLUG_LIMIT = 40
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?: ?年)?")
_ENDINGS = frozenset("省市区县镇乡馆园厅院所站库室器河湖")
"""Characters that end a word of three and begin few: behind two others they are a part by themselves."""


def syllables(text: str, readings: Readings = NO_READINGS) -> tuple[str, ...]:
    """Read text character by character.

    Args:
        text: any text.
        readings: curated readings of words; the longest word wins.

    Returns:
        One string for each character of ``text``: its syllable without tone (``ü`` as ``v``), or, of a character that
        has none, the folded character.
    """
    return tuple(syllable for syllable, _ in _toned(text, readings))


def sort_key(text: str, readings: Readings = NO_READINGS) -> SortKey:
    """Order names as a Chinese index does: by syllable, then tone, then character; Latin letters between them,
    numbers by what they count.

    Args:
        text: a name.
        readings: curated readings of words.

    Returns:
        A key for ``sorted``: one (syllable, tone, character) for each character. Equal keys mean equal names.
    """
    read = _toned(text, readings)
    for digits in _DIGITS.finditer("".join(syllable if len(syllable) == 1 else " " for syllable, _ in read)):
        number = digits[0].lstrip("0")
        # A longer number is a larger one: 第2 stands before 第10.
        read[digits.start()] = (f"{len(number):03}{number}", 0)
    return tuple((syllable, tone, character) for character, (syllable, tone) in zip(text, read, strict=True))


def initial(text: str, readings: Readings = NO_READINGS) -> str:
    """The heading of an A–Z index under which a name stands.

    Args:
        text: a name.
        readings: curated readings of words.

    Returns:
        ``"A"`` to ``"Z"``, or ``"#"`` for a name that begins with anything else, and for an empty one.
    """
    return letter(sort_key(text, readings))


def letter(key: SortKey) -> str:
    """The heading of an A–Z index for a name whose ``sort_key`` is known, as ``initial``."""
    first = "".join(syllable for syllable, _, _ in key[:1])[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def slug(text: str, readings: Readings = NO_READINGS) -> str:
    """Propose an id for a name: 绿园环保科普基地 → ``lvyuan-huanbao-kepu-jidi`` with ``lv`` written ``lu``.

    Args:
        text: a name.
        readings: curated readings of words.

    Returns:
        Lower-case letters, digits and single hyphens, two syllables to a group, at most 40 characters, beginning
        with a letter, and then the year that the name has, since years tell documents of one name apart; ``""`` if nothing
        of the name can be written so.
    """
    years = _YEAR.findall(text)
    proposal = ""
    for group in _groups(_YEAR.sub(" ", text), readings):
        longer = f"{proposal}-{group}" if proposal else group
        if len(longer) > _SLUG_LIMIT:
            break
        proposal = longer
    proposal = proposal.lstrip("-0123456789")
    return f"{proposal}-{years[-1]}" if years and proposal else proposal


def _groups(text: str, readings: Readings) -> Iterator[str]:
    """Pairs of syllables and runs of Latin letters, each a part of an id."""
    pair: list[str] = []
    latin = ""
    for character, syllable in zip(text, syllables(text, readings), strict=True):
        is_han, is_latin = bool(_HAN.match(character)), bool(re.fullmatch("[a-z0-9]", syllable))
        if latin and not is_latin:
            yield latin
            latin = ""
        is_ending = len(pair) == 2 and character in _ENDINGS
        if pair and (not is_han or len(pair) == 2):
            yield "".join(pair)
            pair = []
        if is_ending and syllable.isascii():
            yield _unmarked(syllable)
        elif is_han and syllable.isascii():
            pair.append(_unmarked(syllable))
        elif is_latin:
            latin += syllable
    yield from filter(None, (latin, "".join(pair)))


def _unmarked(syllable: str) -> str:
    return re.sub("^([ln])v", r"\1u", syllable)


def _toned(text: str, readings: Readings) -> list[tuple[str, int]]:
    """One (syllable, tone) for each character; tone 0 where none is known."""
    read = list(_read(text))
    for start, word in _curated(text, readings):
        for offset, syllable in enumerate(readings[word]):
            if read[start + offset][0] != syllable:
                read[start + offset] = (syllable, 0)
    return read


def _read(text: str) -> Iterator[tuple[str, int]]:
    """Yield what pypinyin says of each character."""
    table, end = pinyin_table(), 0
    for run in table.han.finditer(text):
        yield from (table.alone(character) for character in text[end : run.start()])
        yield from _read_run(run[0], table)
        end = run.end()
    yield from (table.alone(character) for character in text[end:])


def _read_run(run: str, table: PinyinTable) -> Iterator[tuple[str, int]]:
    """Yield what pypinyin says of characters that stand together: by the longest phrases from the left."""
    start = 0
    while start < len(run):
        found = table.phrases.longest(run, start)
        if found.readings:
            yield from map(split, found.readings)
        # Where a phrase of the dictionary breaks off at the end, pypinyin looks for no shorter ones behind its beginning.
        end = found.end if found.readings else (len(run) if found.reached == len(run) else start + 1)
        if not found.readings:
            yield from (table.alone(character) for character in run[start:end])
        start = end


def _curated(text: str, readings: Readings) -> Iterator[tuple[int, str]]:
    """The curated words in the text, from the left, the longest first, none overlapping."""
    folded, start = fold(text), 0
    words = sorted((word for word in readings if word in folded), key=len, reverse=True)
    while words and start < len(folded):
        word = next((word for word in words if folded.startswith(word, start)), "")
        if word:
            yield start, word
        start += len(word) or 1


@lru_cache(maxsize=8192)
def one_character(character: tuple[str, int, str]) -> tuple[str, int, str]:
    """Return the same object for equal ones: names are made of few characters, and a key takes 0.2 KB instead of 0.9 KB."""
    return character
