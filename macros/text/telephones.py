"""Telephone numbers as they are printed in China: what is whole, what a telephone has to dial, how it is usually written.

>>> [(number.written, number.dialled) for number in read("0750-1234567-802、1234568")]
[('0750-1234567-802', '07501234567,802'), ('1234568', '07501234568')]
>>> read("1234567")
()

Area codes have three digits in 010 and 02x and four elsewhere, numbers in them seven or eight (numbering plan of the
ministry, 2017); mobile numbers have eleven, 400 and 800 numbers ten; services are 110, 12345, 10086, 95598, 96110 and the
like. A comma lets a telephone wait before it dials the extension.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

_SEPARATOR = re.compile(r"((?:(?<!\s)\s++)?+(?:[、/；;，,]|或|及|和)\s*)")
_EXTENSION = re.compile(r"(.*?\d\)?) ?(?:-|转|[(]?(?:转|分机)号?[:： ]?|ext\.? ?|x|#) ?(\d{1,6})\)?", re.IGNORECASE)
_COUNTRY = re.compile(r"\(?(?:\+ ?86|0086)\)?[ -]?(?:\(0\))?")
_ABROAD = re.compile(r"\+[1-9][\d -]{6,18}\d")
# 01xx is given to nobody: what is invented may have it without ringing anywhere.
_AREA = re.compile(r"\(?(0(?:10|2\d|[13-9]\d\d))\)?[ -]*(\d{7,8}|1[02]\d{3}|9[56]\d{3,4})")
_MOBILE = re.compile(r"1\d{10}")
_SERVICE = re.compile(r"11\d|12[0-2]|999|11[68]114|1[02]\d{3}|1010\d{4}|9[56]\d{3,4}")
_LONG_SERVICE = re.compile(r"([48]00)(\d{3})(\d{4})")
_LOCAL = re.compile(r"\d{7,8}")
_FURTHER_EXTENSION = re.compile(r"转? ?(\d{1,4})")
_LOCAL_AND_EXTENSION = re.compile(r"\d{7,8}(?:(?:-|转|分机)\d{1,6})?")
_LEADING_AREA = re.compile(r"(?<!\d)(0\d{2,3})[-) ]")
_NEARLY_ALL = 0.8
_DASHES = str.maketrans("—–―‐‑−", "------")
_NOT_IN_NUMBERS = re.compile(r"[^\d\s()+、/；;，,#转或及和-]")
_GROUPING = re.compile(r"(?<=\d)[ -](?=\d)")
_AREA_AND_REST = re.compile(r"(\(?0\d{2,3}\)?[ -]*)(.*)")
_LONGEST = 100
_SHOWN = 40


@dataclass(frozen=True)
class Telephone:
    """One number that can be dialled.

    Attributes:
        written: as it stands in the text.
        dialled: what a telephone dials: digits, a leading + and a comma before the extension.
        usual: as it is usually written, e.g. ``0750-1234567-802``.
        before: what parts it from the number before it.
    """

    written: str
    dialled: str
    usual: str
    before: str = ""

    @property
    def digits(self) -> str:
        """The number without its extension, for comparing and finding."""
        return self.dialled.partition(",")[0].removeprefix("+86")


def read(text: str) -> tuple[Telephone, ...]:
    """Return the numbers of a text.

    Args:
        text: one number, or several with 、 or / between them, of which the later may lack what the first has: the area
            code, or the number before the extension; half-width.

    Returns:
        The numbers; none if any part of the text is no whole number.
    """
    numbers: list[Telephone] = []
    parts = ["", *_SEPARATOR.split(text.strip())] if len(text) <= _LONGEST else []
    for before, written in zip(parts[::2], parts[1::2], strict=True):
        number = _further_extension(numbers, written) or _number(numbers, written)
        if number is None:
            return ()
        numbers.append(replace(number, before=before))
    return tuple(numbers)


def usual(text: str) -> str | None:
    """Return numbers as they are usually written, half-width and with a hyphen behind the area code; None if one is not whole."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "、".join(number.usual for number in read(plain)) or None


def with_area_code(text: str, area: str) -> str | None:
    """Return a number that lacks its area code as it is usually written with one; None if it is whole, or no such number.

    Args:
        text: the number, maybe with an extension.
        area: the area code; empty if it is not known.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).replace(" ", "")
    return usual(f"{area}-{plain}") if area and _LOCAL_AND_EXTENSION.fullmatch(plain) and not read(plain) else None


def area_code(texts: Iterable[str]) -> str:
    """Return the area code that nearly all numbers with one have; empty if there is none."""
    codes = Counter(match[1] for text in texts for match in _LEADING_AREA.finditer(text[:_LONGEST]))
    code, count = next(iter(codes.most_common(1)), ("", 0))
    return code if count >= codes.total() * _NEARLY_ALL else ""


def objection(text: str) -> str | None:
    """Say in Chinese why a text is no telephone number, and what to write instead; None if it is one."""
    if read(text):
        return None
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "……"
    if whole := usual(text):
        return f"电话 “{shown}” 请写成 {whole}"
    if foreign := _NOT_IN_NUMBERS.search(text):
        return (
            f"电话 “{shown}” 里有 “{foreign[0]}”；这里只写号码，例如 010-12345678、010-12345678-802，两个号码用顿号隔开"
        )
    return f"电话 “{shown}” 不完整；要有区号和号码，例如 010-12345678"


def _further_extension(numbers: list[Telephone], written: str) -> Telephone | None:
    match = _FURTHER_EXTENSION.fullmatch(written)
    number, comma, _ = numbers[-1].dialled.partition(",") if numbers else ("", "", "")
    if not match or not comma:
        return None
    return Telephone(written, f"{number},{match[1]}", f"{numbers[-1].usual.rpartition('-')[0]}-{match[1]}")


def _number(numbers: list[Telephone], written: str) -> Telephone | None:
    area = _AREA.fullmatch(numbers[0].digits) if numbers else None
    code = area[1] if area else ""
    if whole := _dialled(written, code):
        return Telephone(written, whole[0], whole[2])
    match = _EXTENSION.fullmatch(written)
    whole = _dialled(match[1], code) if match else None
    if not match or whole is None or whole[1]:
        return None
    return Telephone(written, f"{whole[0]},{match[2]}", f"{whole[2]}-{match[2]}")


def _dialled(text: str, area: str) -> tuple[str, bool, str] | None:
    """Return what is dialled for a number without extension, whether it is a short service, and how it is usually written."""
    if country := _COUNTRY.match(text):
        inner = text[country.end() :]
        found = _dialled(inner if inner.startswith(("0", "1", "(")) else f"0{inner}", "")
        return (
            None
            if found is None or found[1]
            else (f"+86{found[0].removeprefix('0')}", False, f"+86 {found[2].removeprefix('0')}")
        )
    if _ABROAD.fullmatch(text):
        digits = "+" + re.sub(r"\D", "", text)
        return digits, False, text
    return _domestic(text, area)


def _domestic(text: str, area: str) -> tuple[str, bool, str] | None:
    head = _AREA_AND_REST.fullmatch(text)
    plain = head[1] + _GROUPING.sub("", head[2]) if head else _GROUPING.sub("", text)
    if match := _AREA.fullmatch(plain):
        return match[1] + match[2], False, f"{match[1]}-{match[2]}"
    if _MOBILE.fullmatch(plain):
        return plain, False, plain
    if match := _LONG_SERVICE.fullmatch(plain):
        return plain, False, "-".join(match.groups())
    if _SERVICE.fullmatch(plain):
        return plain, True, plain
    return (area + plain, False, f"{area}-{plain}") if area and _LOCAL.fullmatch(plain) else None
