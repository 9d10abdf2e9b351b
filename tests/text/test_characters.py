"""Which characters nobody sees is what Unicode says; none that a text needs is taken out."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from macros.text.characters import REMOVABLE, UNSEEN, described


def test_what_nobody_sees_is_what_unicode_says() -> None:
    categories = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    characters = map(chr, range(sys.maxunicode + 1))
    assert [c for c in characters if bool(UNSEEN.match(c)) is not (unicodedata.category(c) in categories)] == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("科\u200b普\ufeff基\xad地\u2060馆\x03", "科普基地馆"),
        ("甲\u200d乙\u200c丙", "甲乙丙"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("甲\t乙\n丙\u2028丁\x85", "甲\t乙\n丙\u2028丁\x85"),
        ("\u202e甲\u202c", "甲"),
    ],
)
def test_only_what_says_nothing_is_taken_out(text: str, mended: str) -> None:
    assert REMOVABLE.sub("", text) == mended


def test_a_character_is_called_by_its_number() -> None:
    assert described("\u200b") == "看不见的字符 U+200B"
    assert described("\u2028") == "控制字符 U+2028"
