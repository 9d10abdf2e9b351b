from __future__ import annotations

import random
import re

import pytest
from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_tone3

from macros.text.fold import fold
from macros.text.pinyin import initial, slug, sort_key, syllables

READINGS = {"番禺": ("pan", "yu"), "长隆": ("chang", "long"), "杜阮": ("du", "ruan")}


def test_reads_character_by_character() -> None:
    assert syllables("B站讲AI课") == ("b", "zhan", "jiang", "a", "i", "ke")
    assert syllables("绿源") == ("lv", "yuan")
    assert syllables("") == ()


@pytest.mark.parametrize(
    ("text", "read"),
    [("重庆", ("chong", "qing")), ("番禺区", ("pan", "yu", "qu")), ("去长隆", ("qu", "chang", "long"))],
)
def test_words_decide_the_reading(text: str, read: tuple[str, ...]) -> None:
    assert syllables(text, READINGS) == read


def test_traditional_names_use_the_curated_reading() -> None:
    assert syllables("長隆", READINGS) == ("chang", "long")


def test_numbers_sort_by_what_they_count() -> None:
    names = [
        "第10中学",
        "第2中学",
        "第０２中学",
        "第1中学",
        "第100中学",
        "2号馆",
        "10号馆",
        "第二中学",
        "A10",
        "A9",
        "9" * 30,
    ]
    assert sorted(names, key=sort_key) == [
        "2号馆",
        "10号馆",
        "9" * 30,
        "A9",
        "A10",
        "第1中学",
        "第2中学",
        "第０２中学",
        "第10中学",
        "第100中学",
        "第二中学",
    ]
    assert initial("10号馆") == "#"


def test_sorts_by_syllable_then_tone_then_character() -> None:
    names = ["重庆", "白沙", "B站", "百年", "安", "暗", "8号", "阿", "拜"]
    assert sorted(names, key=sort_key) == ["8号", "阿", "安", "暗", "B站", "白沙", "百年", "拜", "重庆"]


@pytest.mark.parametrize(
    ("text", "heading"),
    [("绿源环保", "L"), ("番禺", "P"), ("AI 馆", "A"), ("ａ馆", "A"), ("8 号馆", "#"), ("“三农”馆", "#"), ("", "#")],
)
def test_heading_of_the_index(text: str, heading: str) -> None:
    assert initial(text, READINGS) == heading


@pytest.mark.parametrize(
    ("name", "proposal"),
    [
        ("绿源环保科普基地", "luyuan-huanbao-kepu-jidi"),
        ("杜阮镇 AI 馆", "duruan-zhen-ai-guan"),
        ("江门市科技创新“十四五”规划", "jiangmen-shi-keji-chuangxin-shisi-wu"),
        ("示例区科普基地管理办法（2025 年）", "shili-qu-kepu-jidi-guanli-banfa-2025"),
        ("3D 打印馆", "d-dayin-guan"),
        ("！？", ""),
    ],
)
def test_proposes_an_id(name: str, proposal: str) -> None:
    assert slug(name) == proposal
    assert not proposal or re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", proposal)


def test_the_table_reads_as_the_dictionary_does() -> None:
    chance, phrases, characters = random.Random(1), list(PHRASES_DICT), list(map(chr, PINYIN_DICT))
    pieces = [*chance.sample(phrases, 3000), *chance.sample(characters, 3000), *"a 。，ABāéＡ\n\ud800〇臺"]
    cut = [piece[: chance.randint(1, 4)] for piece in chance.choices(pieces, k=30_000)]
    texts = {*pieces, *("".join(cut[start : start + 5]) for start in range(0, len(cut), 5))}
    assert [text for text in texts if by_table(text) != by_dictionary(text)] == []


def by_table(text: str) -> list[tuple[str, int]]:
    """Read text by our table."""
    return [(syllable, tone) for syllable, tone, _ in sort_key(text)]


def by_dictionary(text: str) -> list[tuple[str, int]]:
    """Read text by pypinyin itself."""
    return [split(one[0]) for one in pinyin(text, style=Style.TONE, errors=list)]


def split(reading: str) -> tuple[str, int]:
    match = re.fullmatch("([a-zê]+)([0-5]?)", to_tone3(reading, neutral_tone_with_five=False))
    return (match[1], int(match[2] or 0)) if match else (fold(reading), 0)
