"""Write simplified Chinese in traditional characters, as readers in Hong Kong and Macao know them, names kept.

>>> Traditional({"余艾冰": "余艾冰"}).convert("余艾冰到群众文化馆，余款后付")
'余艾冰到群眾文化館，餘款後付'

OpenCC chooses the characters by words. It is wrong where a character is a name (余艾冰 → 餘艾冰, 仓里 → 倉裏): such words are
given with what becomes of them, and what may be wrong is listed for editors (`doubtful`). Why these forms: docs/dev/decisions.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import opencc

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")

_OF_SCHOOLS = "週羣峯麪啓説税脱鋭悦閲温藴醖鈎葱蜕愠嫺氲兑卧敍牀户繮"
_USUAL = str.maketrans(_OF_SCHOOLS, "周群峰麵啟說稅脫銳悅閱溫蘊醞鉤蔥蛻慍嫻氳兌臥敘床戶韁")
"""OpenCC's forms for Hong Kong are those of a list for schools; keyboards, newspapers and the government write these."""
_UNUSUAL = re.compile(f"[{_OF_SCHOOLS}]")

_WORDS = {"家具": "家具", "柜台": "櫃台", "了解": "了解"}
"""Words that OpenCC writes as nobody does there: 傢俱, 櫃枱, 瞭解."""

_KEPT_IN_NAMES = frozenset("余云范岳于丰朴后谷里")
"""Characters that stand in names as they are, and that OpenCC takes for the simplified form of another."""
_SURNAMES = {"钟": "鍾"}
"""Surnames of which OpenCC writes another word: a 鐘 is a clock."""
_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}(?<![科室部处办组馆局站院所厅会团队台司校心])")

_DOUBTFUL = re.compile(r"[余后里范云岳朴钟制]")
_LEFT = "制"
"""What OpenCC leaves where it knows no word (制灯); the others it changes there."""
_CERTAIN = re.compile(
    r"[剩业其多结节盈]余|余[额款热地名]|[以之今最前先随背然往午落战]后|后[面来期续勤者退天备台援果]|"
    r"[公海英千万百]里|里[程面]|[这那哪区家村镇城市校馆园店心夜手田]里|[示规师模典风防]范|范[围例文本]|"
    r"[白乌彩青]云|云[计端服平南浮山]|[素质纯俭]朴|朴[素实]|[分秒点时闹]钟|钟[头表楼]|"
    r"[体控编机限专研抵管节强监法税建帝]制|制[度定约止品药作造版图片衣冷备表服成]"
)
"""Words in which the character means what OpenCC takes it for."""


class Doubt(NamedTuple):
    """A place where the conversion may be wrong.

    Attributes:
        text: the name in which it stands.
        shown: what becomes of it.
        character: the character, as it was written.
    """

    text: str
    shown: str
    character: str


class Traditional:
    """Converts texts.

    Args:
        terms: words, and what becomes of each, as the site's editors have written it; the longest that fits counts.
        people: names of people, in which nothing is taken for a word.
    """

    def __init__(self, terms: Mapping[str, str] = {}, people: Iterable[str] = ()) -> None:
        names = {name: _person(name) for name in people if _PERSON.fullmatch(name)}
        # Of a name that comes out right anyway, nobody has to look for it in every text.
        self._terms = {word: out for word, out in {**_WORDS, **names, **terms}.items() if _converted(word) != out}
        self._words = _one_of(self._terms)

    def convert(self, text: str) -> str:
        """Return a text in traditional characters; what is no Chinese character stays as it is."""
        if text.isascii() or not _HAN.search(text):
            return text
        if not (self._words and self._words.search(text)):
            return _converted(text)
        parts = self._words.split(text)
        parts[0::2] = [_converted(part) if part else part for part in parts[0::2]]
        parts[1::2] = [self._terms[word] for word in parts[1::2]]
        return "".join(parts)

    def doubtful(self, names: Iterable[str]) -> Iterator[Doubt]:
        """Yield where names may have become wrong: each name once, with its first character of that sort.

        Args:
            names: names of places, people and things, in which a character that stands by itself may be a name.
        """
        for name in dict.fromkeys(names):
            left = self._words.sub("", name) if self._words else name
            certain = {at for found in _CERTAIN.finditer(left) for at in range(*found.span())}
            pairs = zip(left, _converted(left), strict=False)
            changed = [new != old if old != _LEFT else new == old for old, new in pairs]
            places = (one for one in _DOUBTFUL.finditer(left) if one.start() not in certain and changed[one.start()])
            if found := next(places, None):
                yield Doubt(name, self.convert(name), found[0])


def _person(name: str) -> str:
    """Return a person's name: as it is written, where a character might be another's simplified form."""
    others = "".join("\n" if character in _KEPT_IN_NAMES else character for character in name[1:])
    first = name[0] if name[0] in _KEPT_IN_NAMES else _SURNAMES.get(name[0]) or _converted(name[0])
    return first + "".join(
        old if new == "\n" else new for old, new in zip(name[1:], _by_character(others), strict=True)
    )


def _by_character(text: str) -> str:
    """Convert each character by itself."""
    return "".join(map(_converted, text))


def _converted(text: str) -> str:
    converted: str = _converter().convert(text)
    # To look for them takes a fifth of what it takes to put each character through a table.
    return converted.translate(_USUAL) if _UNUSUAL.search(converted) else converted


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2hk")


def _one_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return an expression that finds words, the longest first; None where there are none."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})") if longest_first else None
