"""What the browser has to know of the language: how characters are read and written, which words mean the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from macros.search.lightwords import ASPECTS, FRAMING, longest_first
from macros.search.memory import Memory
from macros.search.synonyms import Synonyms, synonym_rows
from macros.text.fold import fold_table
from macros.text.pinyin import Readings, syllables

_LATIN = re.compile("[a-z]+")


def language(names: Sequence[str], descriptions: Sequence[str], synonyms: Synonyms) -> dict[str, Any]:
    """Make the tables of language that every query needs.

    Args:
        names: folded names and aliases of all documents.
        descriptions: folded descriptions of all documents.
        synonyms: short form → what it means.

    Returns:
        ``forms``, ``synonyms``, ``framing`` and ``aspects``.
    """
    framing, aspects = longest_first(FRAMING), longest_first(ASPECTS)
    return {
        "forms": traditional_forms((*names, *descriptions, *framing, *aspects, *synonyms)),
        "synonyms": synonym_rows(synonyms),
        "framing": " ".join(framing),
        "aspects": " ".join(aspects),
    }


def readings_of_names(
    names: Sequence[str], readings: Readings, memory: Memory | None = None
) -> dict[str, dict[str, str]]:
    """Make the tables of readings, which only queries with Latin letters or mistakes need.

    Args:
        names: folded names and aliases of all documents.
        readings: curated readings of words.
        memory: what the last build left.

    Returns:
        ``pinyin`` and ``jyutping``: syllable without tone → characters.
    """
    memory = memory or Memory()
    return {"pinyin": pinyin_table(names, readings, memory), "jyutping": jyutping_table(names, memory)}


def pinyin_table(names: Iterable[str], readings: Readings, memory: Memory) -> dict[str, str]:
    """The characters of names by their pinyin.

    Args:
        names: folded names.
        readings: curated readings of words.
        memory: what the last build left.

    Returns:
        Syllable without tone → its characters. A character stands under each reading that it has in one of the names,
        and under the one that it has alone.
    """
    read = memory.pinyin.through(partial(syllables, readings=readings), dict(readings))
    return _by_syllable((name, read(name)) for name in _with_characters(names))


def common_pinyin(names: Sequence[str]) -> dict[str, str]:
    """How characters are read that no name has, but that people type in place of others.

    Args:
        names: folded names and aliases of all documents.

    Returns:
        Syllable without tone → its characters, for those of the 3,755 most common ones (GB 2312, level 1) that no name
        has.
    """
    rows = range(0xB0, 0xD8)
    common = b"".join(bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF)).decode("gb2312", "ignore")
    return _by_syllable((character, syllables(character)) for character in sorted(set(common).difference(*names)))


def jyutping_table(names: Iterable[str], memory: Memory) -> dict[str, str]:
    """The characters of names by their Cantonese reading.

    Args:
        names: folded names.
        memory: what the last build left.

    Returns:
        Jyutping syllable without tone → its characters, as in ``pinyin_table``.
    """
    read = memory.cantonese.through(_cantonese)
    return _by_syllable((name, read(name)) for name in _with_characters(names))


def traditional_forms(texts: Iterable[str]) -> list[str]:
    """The other forms of the characters that occur, for folding in the browser.

    Args:
        texts: folded texts.

    Returns:
        Strings of a folded character and the Chinese characters that fold to it, in order.
    """
    occurring = set().union(*texts)
    forms: defaultdict[str, str] = defaultdict(str)
    for code, folded in sorted(fold_table().items()):
        if folded in occurring and "\u3400" <= folded <= "\u9fff" and chr(code) < "\uf900":
            forms[folded] += chr(code)
    return [folded + others for folded, others in sorted(forms.items())]


def _with_characters(names: Iterable[str]) -> list[str]:
    """The names and each of their characters by itself."""
    distinct = sorted(set(names))
    return distinct + sorted(set().union(*distinct))


def _cantonese(name: str) -> list[str]:
    # The dictionary takes longer to load than a check takes to run, and a check needs no index.
    import ToJyutping

    return [(reading or "").rstrip("123456") for _, reading in ToJyutping.get_jyutping_list(name)]


def _by_syllable(read: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    pairs = {pair for name, name_syllables in read for pair in zip(name, name_syllables, strict=True)}
    characters: defaultdict[str, str] = defaultdict(str)
    for character, syllable in sorted(pairs):
        if character >= "\u3007" and _LATIN.fullmatch(syllable):
            characters[syllable] += character
    return dict(sorted(characters.items()))
