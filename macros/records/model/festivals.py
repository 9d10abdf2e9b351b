"""Names of holidays, and of single days in them, as people write them."""

from __future__ import annotations

import re

HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
"""The holidays of the whole country, in the order of the year."""

ORDINALS = "一二三四五六七八九十"
EXAMPLES = "元旦、春节、除夕、初一、清明节、劳动节、端午节、中秋节、国庆节，或 国庆节第一天"
_ALIASES = {"元旦节": "元旦", "新年": "元旦", "清明": "清明节", "五一": "劳动节", "五一节": "劳动节", "五一劳动节": "劳动节", "劳动": "劳动节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节", "十一": "国庆节", "十一国庆节": "国庆节", "春节假期": "春节", "年三十": "除夕", "大年三十": "除夕", "大年夜": "除夕", "年夜": "除夕"}  # fmt: skip
_NEW_YEAR_DAY = re.compile(rf"(?:农历|正月|大年|春节|年)*初([{ORDINALS}])")
_DAY_OF = re.compile(rf"(.+?)(?:假期)?(?:第([{ORDINALS}])[天日]|(当[天日]))")


class HolidayName(str):
    """A holiday, or one day of it, as written.

    >>> HolidayName("国庆第一天").name
    '国庆节第一天'
    >>> HolidayName("大年初二").name
    '初二'
    """

    __slots__ = ()

    @property
    def name(self) -> str:
        """The one name that all ways of writing it mean; empty if it is none."""
        text = self.strip().removesuffix("假期")
        text = _ALIASES.get(text, text)
        if text in HOLIDAYS or text == "除夕":
            return text
        if new_year := _NEW_YEAR_DAY.fullmatch(text):
            return f"初{new_year[1]}"
        if day := _DAY_OF.fullmatch(text):
            holiday = _ALIASES.get(day[1], day[1])
            if holiday == "春节":  # whether New Year's Eve is its first day, no two notices agree
                return "初一" if day[3] else ""
            return f"{holiday}第{day[2] or ORDINALS[0]}天" if holiday in HOLIDAYS else ""
        return ""
