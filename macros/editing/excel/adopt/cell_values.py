"""Cells of foreign lists read by the form of the field that they are for: what is certain, what is asked, what is pointed out.

>>> read_date("21年认定", PartialDate(2026, 11, 30))
'2021'
>>> read_phones("王老师 86261234", "0571").text
'0571-86261234'

Each value that comes out is one that the readers of records take; what they would not take becomes a question.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

from macros.editing.excel.words import SEPARATORS, proposals, same_terms, terms_called
from macros.editing.fix.value_fixes import fixed_value
from macros.records.model.dates import PartialDate
from macros.records.model.description import FieldDescription, Form, may_stand
from macros.records.model.terms import Term, describe
from macros.text import telephones
from macros.text.characters import REMOVABLE
from macros.text.notation import xml_characters

DATES = (Form.DATE, Form.FULL_DATE)
_NOTHING = re.compile(r"[-–—/\\.、无／]*|暂无|没有|待定|待补充|不详|未知|n/?a|null|none", re.IGNORECASE)
_BETWEEN_HAN = re.compile(r"(?<=[一-龥）】》])\s+(?=[一-龥（【《])")
_YEAR_OF_TWO = re.compile(r"['’]?(\d{2})年(?!.*\d{4})")
_AFTER_DATE = re.compile(
    r"(?:年度|(?<=[年月日\d]))(?:第[一二三四五六七八九十\d]+批)?(?:认定|命名|批准|获批|授牌|公布|成立|建成|开馆|开放|评定|入选|获得)*(?:次|时)?$"
)
_CLOCK_AFTER_DATE = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(?::\d{2})?$")
_NUMERALS = "〇一二三四五六七八九"
_BARE_ADDRESS = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/\S*)?")
_SERIALS = (20_000, 60_000)
_EPOCH = datetime.date(1899, 12, 30)
_NOT_IN_PHONES = re.compile(r"\([^()\d]*\)|[一-龥·:]+")
_PHONE_WORDS = re.compile(r"联系|电话|手机|座机|办公|固话|号码|热线|咨询|预约|室|宅|传真|[办公:·]")
_EXTENSIONS = ("转", "分机", "或", "及", "和")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_YES = ("是", "有", "需", "需要", "要", "须", "√", "✓", "✔", "对", "y", "yes", "1")
_NO = ("否", "无", "不", "不需", "不需要", "不用", "无需", "不要", "没有", "×", "✗", "n", "no", "0")


@dataclass(frozen=True)
class CellReading:
    """What one cell gives.

    Attributes:
        text: what the table for review says, as our own cells say it; empty if nothing is certain.
        question: what has to be asked, in Chinese; empty if nothing.
        rest: what stood beside the value and belongs elsewhere, such as a name beside a telephone number.
    """

    text: str = ""
    question: str = ""
    rest: str = ""


def tidied(text: str) -> str:
    """Return a text without what lists add for looks: unseen characters, spaces and line breaks between Chinese characters."""
    plain = REMOVABLE.sub("", xml_characters(text)).replace("\u3000", " ").replace("\u00a0", " ")
    lines = (" ".join(line.split()) for line in re.split(r"[\r\n]+", plain))
    return "\n".join(_BETWEEN_HAN.sub("", line) for line in lines if line)


def says_nothing(text: str) -> bool:
    """Tell whether a cell only says that there is nothing to say."""
    return bool(_NOTHING.fullmatch(text.strip()))


def read_value(field: FieldDescription, text: str, terms: tuple[Term, ...], as_of: PartialDate) -> CellReading:
    """Read a cell.

    Args:
        field: the field that it is for; telephones and addresses have readers of their own.
        text: the cell, tidied and not empty.
        terms: the terms that may be chosen; empty if it is no choice.
        as_of: the day on which "now" is decided.
    """
    if terms:
        return _read_terms(field, text, terms)
    if field.form in DATES:
        return _read_date(field, text, as_of)
    if field.form is Form.BOOL:
        answer = read_yes_or_no(text)
        return CellReading(answer, "" if answer else f"“{text}” 是 是，还是 否？")
    if field.form is Form.PROSE:
        return CellReading(text)
    line = text if field.is_list else " ".join(text.split("\n"))
    if field.form is Form.LINE:
        return CellReading("\n".join(filter(None, map(str.strip, SEPARATORS.split(line)))) if field.is_list else line)
    value = line if may_stand(line, field.form) else fixed_value(field, line)
    if not value and field.form is Form.URL and _BARE_ADDRESS.fullmatch(line):
        return CellReading("", "网址没有写开头；是 https:// 还是 http://？", line)
    return CellReading(value or "", "" if value else f"“{text}” 不是{field.form}；应该写什么？")


def _read_terms(field: FieldDescription, text: str, terms: tuple[Term, ...]) -> CellReading:
    # A word of a list is sought in its own part, or what stands beside it would be lost without a word.
    is_one = not field.is_list or not SEPARATORS.search(text)
    whole = terms_called(text, terms, is_list=field.is_list) if is_one else same_terms(text, terms)
    words = [text] if whole or not field.is_list else [word.strip() for word in SEPARATORS.split(text) if word.strip()]
    found: dict[str, None] = {}
    unknown = []
    for word in words:
        called = terms_called(word, terms, is_list=field.is_list)
        found.update(dict.fromkeys(term.label for term in called))
        unknown += [] if called else [word]
    return CellReading("、".join(found), _which(unknown, terms) if unknown else "", "、".join(unknown))


def _which(words: list[str], terms: tuple[Term, ...]) -> str:
    near = list(dict.fromkeys(label for word in words for label in proposals(word, terms)))[:3]
    hint = f"是不是{'、'.join(near)}？" if near else ""
    return f"“{'、'.join(words)}” 是词表里的哪一个？{hint}可以写：{describe(terms)}"


def _read_date(field: FieldDescription, text: str, as_of: PartialDate) -> CellReading:
    date = read_date(text, as_of)
    if date is None or (field.form is Form.FULL_DATE and not PartialDate.parse(date).is_full):
        return CellReading("", f"“{text}” 是哪年哪月？写成 2021、2021-05 或 2021-05-03")
    if field.is_past and as_of.is_certainly_before(PartialDate.parse(date)):
        return CellReading("", f"“{text}” 在将来；是不是写错了？")
    return CellReading(date)


def read_date(text: str, as_of: PartialDate) -> str | None:
    """Return a date as records have it, or None if it is not certain.

    Args:
        text: e.g. ``21年``, ``2021年5月认定``, ``二〇二一年``, ``44256`` (days since 1900).
        as_of: the day by which years of two digits are read.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("○", "〇").replace("零", "〇")
    plain = _CLOCK_AFTER_DATE.sub("", _arabic(plain))
    if plain.isdecimal() and len(plain) == 5 and _SERIALS[0] < int(plain) < _SERIALS[1]:
        return (_EPOCH + datetime.timedelta(days=int(plain))).isoformat()
    if match := _YEAR_OF_TWO.match(plain):
        century = 2000 if int(match[1]) <= as_of.year % 100 else 1900
        plain = f"{century + int(match[1])}年{plain[match.end() :]}"
    for candidate in (plain, _AFTER_DATE.sub("", plain)):
        fixed = candidate if may_stand(candidate, Form.DATE) else fixed_value(_ANY_DATE, candidate)
        if fixed:
            return fixed
    return None


_ANY_DATE = FieldDescription("", "", "", "", "", False, False, False, False, Form.DATE)


def _arabic(text: str) -> str:
    """Return a date with figures for Chinese numerals: ``二〇二一年十二月`` → ``2021年12月``."""
    text = re.sub(r"(?<![〇一-九])十(?=[一二三四五六七八九月日])", "一十", text) if "第" not in text else text
    text = re.sub(r"([一二三])十([一二三四五六七八九])?(?=[月日])", lambda m: m[1] + (m[2] or "〇"), text)
    return re.sub(f"[{_NUMERALS}]+(?=[年月日])", lambda m: "".join(str(_NUMERALS.index(sign)) for sign in m[0]), text)


def read_phones(text: str, area: str) -> CellReading:
    """Read telephone numbers, with what people write around them.

    Args:
        text: e.g. ``王老师 86261234``, ``0571-86261234（办公室）``.
        area: the area code of numbers that have none; empty if it is not known.
    """
    plain = unicodedata.normalize("NFKC", text)
    if whole := telephones.usual(plain):
        return CellReading(whole)
    words = [word for word in _NOT_IN_PHONES.findall(plain) if word not in _EXTENSIONS]
    bare = _NOT_IN_PHONES.sub(lambda match: match[0] if match[0] in _EXTENSIONS else "\n", plain)
    rest = "、".join(filter(None, (_PHONE_WORDS.sub("", word).strip("() ") for word in words)))
    numbers = [number for part in re.split(r"[\n、/;,]+", bare) for number in _numbers(part.strip(" -"), area)]
    if whole := telephones.usual("、".join(numbers)):
        return CellReading(whole, "", rest)
    is_short = not area and any(telephones.with_area_code(number, "010") for number in numbers)
    why = "没有区号；知道区号就用 --area-code 再运行一次" if is_short else "不是完整的号码；是多少？"
    return CellReading("", why, rest)


def _numbers(part: str, area: str) -> list[str]:
    """Return the numbers in a part of a text, each with its area code; spaces may stand within a number or between two."""
    if not part:
        return []
    if telephones.usual(part) is None and " " in part:
        pieces = part.split()
        if all(len(piece) >= 7 for piece in pieces):
            return [number for piece in pieces for number in _numbers(piece, area)]
    joined = part.replace(" ", "")
    if completed := telephones.with_area_code(joined, area):
        return [completed]
    # Programs take a number's leading zero away.
    if (
        telephones.usual(part) is None
        and re.fullmatch(r"[1-9]\d{1,2}-?\d{7,8}", joined)
        and telephones.usual(f"0{joined}")
    ):
        return [f"0{joined}"]
    return [part]


def mobiles(text: str) -> list[str]:
    """Return the mobile numbers in a text."""
    return [number.written for number in telephones.read(text) if _MOBILE.fullmatch(number.digits)]


def is_person(text: str) -> bool:
    """Tell whether a text looks like the name of a person, not of an office."""
    return bool(re.fullmatch(r"[一-龥·]{2,4}(?:\(.*\)|（.*）)?", text)) and not re.search(
        r"[室科部处办中局馆组站台司校院委会]$", text
    )


def person_and_phone(text: str) -> tuple[str, str]:
    """Return the name and the telephone number that one cell holds; either may be empty."""
    found = re.search(r"[\d(（+][\d()（）\- +]{5,}\d", text)
    digits = found[0] if found else ""
    name = re.sub(r"(?:电话|手机)[:：]?", "", text.replace(digits, "")) if digits else text
    return " ".join(name.split()).strip(" ,，:：;；/、"), digits


def read_yes_or_no(text: str) -> str:
    """Return 是 or 否 for a cell that says no more than that; empty for any other."""
    word = text.lower()
    return "是" if word in _YES else "否" if word in _NO else ""


def read_price(text: str, heading: str) -> str:
    """Return what a visit costs: 是 for free, 否 for a price that is not named, a price, or nothing if it is not clear.

    Args:
        text: the cell.
        heading: that of the column, since 否 means free below 是否收费 alone.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if (answer := read_yes_or_no(plain)) and "是否" in heading:
        return answer if "免" in heading else {"是": "否", "否": "是"}[answer]
    if re.fullmatch(r"(?:全部|全年|全天|对外)?(?:免费|免票|不收费)(?:开放|参观|入场)?|0(?:\.0+)?(?:元)?", plain):
        return "是"
    if plain in ("收费", "有偿", "购票", "凭票"):
        return "否"
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return f"{plain} 元"
    return " ".join(text.split()) if re.search(r"\d+(?:\.\d+)? ?元", plain) and "免" not in plain else ""


_UNITS = {"万平方米": "万平方米", "平方米": "平方米", "平米": "平方米", "m2": "平方米", "公顷": "公顷", "亩": "亩"}


def unit_of_area(text: str) -> str:
    """Return the unit of area that a text names; empty if it names none."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return next((unit for word, unit in _UNITS.items() if word in plain), "")


def without_unit(text: str) -> str:
    """Return a figure without the unit behind it."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(rf" ?(?:{'|'.join(_UNITS)})$", "", plain, flags=re.IGNORECASE)
