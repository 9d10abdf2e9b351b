"""Fold Chinese and Latin text so that two ways of writing the same thing compare as equal.

Every character is folded by itself and stays one character, so a place in folded text is the same place in the text that
a reader sees: highlights need no map between the two.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from macros.text.compiled_cache import cached, package_state, program_digest

_SURROGATES = range(0xD800, 0xE000)
# Beyond the basic plane a folded form may need another number of UTF-16 units, and browsers count in those.
_BASIC_PLANE = range(0x80, 0x10000)


def fold(text: str) -> str:
    """Fold width, case and script of every character: ``ＡＢ`` → ``ab``, ``臺灣`` → ``台湾``.

    The rules are NFKC, lower case and OpenCC's traditional → simplified characters (also those of Hong Kong), each
    applied only where one character of the basic plane becomes one character of the basic plane.

    Args:
        text: any text, also with unpaired surrogates.

    Returns:
        The folded text, always as long as ``text``.
    """
    return text.translate(fold_table())


@cache
def fold_table() -> dict[int, str]:
    """The characters that folding changes, as ``str.translate`` takes them.

    Returns:
        Code point → folded character, for every character of the basic plane that folding changes.
    """
    inputs = (package_state("opencc"), program_digest())
    table: dict[int, str] = cached("folding", inputs, _make_fold_table)
    return table


def _make_fold_table() -> dict[int, str]:
    candidates = [chr(code) for code in _BASIC_PLANE if code not in _SURROGATES]
    folded = [_lower(_compatible(character)) for character in candidates]
    # Twice, because a few simplified forms are themselves simplified further: 薴 → 苧 → 苎.
    for conversion in ("t2s", "hk2s", "t2s"):
        folded = _convert(folded, conversion)
    table = {ord(a): b for a, b in zip(candidates, folded, strict=True) if a != b}
    return table | {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}


def _compatible(character: str) -> str:
    return _single(unicodedata.normalize("NFKC", character), character)


def _lower(character: str) -> str:
    return _single(character.lower(), character)


def _convert(characters: list[str], conversion: str) -> list[str]:
    """Convert each character by itself: a line break between two keeps OpenCC from seeing words."""
    han = [character for character in characters if _is_han(character)]
    # Takes longer to load than the table that is kept.
    import opencc

    converted = opencc.OpenCC(conversion).convert("\n".join(han)).split("\n")
    table = {a: _single(b, a) for a, b in zip(han, converted, strict=True)}
    return [table.get(character, character) for character in characters]


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def _single(folded: str, character: str) -> str:
    return folded if len(folded) == 1 and folded <= "\uffff" else character
