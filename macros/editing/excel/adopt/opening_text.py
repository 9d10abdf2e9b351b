"""Opening hours as lists have them, in one cell of text.

>>> read_opening("周二至周日9:00-17:00（周一闭馆）").hours[0].closes
'17:00'
>>> read_opening("周一至周五 9:00-17:00，法定节假日另行通知").rest
'法定节假日另行通知'

Every part of the text must be understood, or it is returned as the rest: half-read hours send people to closed doors.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from macros.records.model.dates import Time
from macros.records.model.weekdays import weekdays

_WEEK = tuple(f"周{day}" for day in "一二三四五六日")
_LONGEST = 300

DASHES = re.compile(r"(?:(?<!\s)\s++)?+(?:[-‐‑–—―−~∼〜]+|至|到)\s*")
_DAY_WORD = (
    r"(?:周[一二三四五六日天](?:[-、,/及和]?周?[一二三四五六日天])*+"
    r"|每天|每日|天天|工作日|周末|双休日|全年(?:无休|开放)|(?:全年)?无休)"
)
_DAY_WORDS = rf"{_DAY_WORD}(?:[、,/及和]{_DAY_WORD})*+"
_DAYS = re.compile(_DAY_WORDS)
_HALF = r"(?:(上午|早上|早|中午|下午|晚上|晚|夜间) ?)?"
_CLOCK = r"(\d{1,2})(?:[:.点时](半|[0-5]\d)?分?|(?=-)|(?!\d))"
_SPAN = re.compile(rf"{_HALF}{_CLOCK}-{_HALF}{_CLOCK}")
_COMPACT = re.compile(r"(?<!\d)([01]\d|2[0-4])([0-5]\d)-([01]\d|2[0-4])([0-5]\d)(?!\d)")
_WHOLE_DAY = re.compile(r"全天(?:候)?(?:开放)?|24小时(?:开放|营业)?")
_SHUT = r"[为 ]?(?:例行|固定|全天)?(?:闭馆|休馆|闭园|休息|不开放|不对外开放|关闭|除外)(?:日|维护|检修|一天)?"
_CLOSED = re.compile(rf"({_DAY_WORDS}){_SHUT}|除({_DAY_WORDS})以?外")
_LAST = re.compile(
    r"(\d{1,2}[:.]\d{2})(?:以?后)?(?:停止|谢绝|禁止|不再)(?:入馆|入场|入园|售票|检票|进馆|进场|进园|参观|领票)"
    r"|(?:最晚|最后|停止)(?:入馆|入场|入园|进馆|进场|进园|售票)(?:时间)?[:为]?(\d{1,2}[:.]\d{2})"
)
_HOLIDAY = re.compile(
    r"((?:闭馆|休馆|闭园|休息|不开放)[,;( ]{0,2})?(?:遇|逢|国家){0,3}(?:法定)?(?:节假日|节日|假日)(?:期间)?"
    r"(除外|照常开放|正常开放|开放|照常|闭馆|休馆|闭园|休息|不开放|不对外开放|另行通知|另行公告)(?=[,;。) ]|$)"
)
_SEASON = re.compile(r"((?:春|夏|秋|冬|春夏|秋冬|冬春|夏秋)(?:季|令时|天))(?:时间)?(\([^()]{1,20}\))?")
_BOOKING = re.compile(r"[^,;。()、:]{0,12}预约[^,;。()]{0,20}")
_NOISE = re.compile(
    r"[\s,;。()、:/!]|对外开放|正常开放|免费开放|开放时间|开馆时间|参观时间|其余|其他|时间|开放|营业|开馆|均|为|的"
)
AFTERNOON = ("下午", "晚上", "晚", "夜间")
_ABOUT_HOLIDAYS = re.compile("节假日|节日|假日|[节假]")
_ABOUT_DAYS = re.compile("[周日一二三四五六]")


@dataclass(frozen=True)
class Hours:
    """Hours that some days share.

    Attributes:
        days: the days, e.g. ``("周二", "周三")``; empty while they are not known.
        opens: time, e.g. ``9:00``.
        closes: time.
        last_entry: time after which nobody is let in; may be empty.
        season: when it holds, e.g. ``夏季``; may be empty.
    """

    days: tuple[str, ...]
    opens: str
    closes: str
    last_entry: str = ""
    season: str = ""


@dataclass(frozen=True)
class OpeningText:
    """What a text says of opening.

    Attributes:
        hours: what is certain, in the order of the text.
        booking: what it says of booking; may be empty.
        rest: what is not understood, for a question; empty if all is.
        missing: what the text does not say, in Chinese; empty if nothing is missing.
    """

    hours: tuple[Hours, ...]
    booking: str = ""
    rest: str = ""
    missing: str = ""


@dataclass
class _Reader:
    """A text while it is read from left to right."""

    text: str
    days: tuple[str, ...] = ()
    season: str = ""
    closed: tuple[str, ...] = ()
    is_always: bool = False
    is_used: bool = True
    hours: list[Hours] = field(default_factory=list)
    booking: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)
    _unread: str = ""

    def run(self) -> None:
        at = 0
        while at < len(self.text):
            length = self._step(at)
            if not length:
                self._unread += self.text[at]
            at += length or 1
        self._give_up()
        self._drop_days()

    def _step(self, at: int) -> int:
        """Read what begins at a place; return its length, 0 if nothing is known to begin there."""
        for pattern, take in self._steps:
            match = pattern.match(self.text, at)
            if match and match.end() > at and take(self, match):
                return match.end() - at
        return 0

    def _give_up(self) -> None:
        if self._unread:
            self.rest.append(self._unread)
            self._unread = ""

    def _drop_days(self) -> None:
        """Note days for which nothing was said; hours before them that have no days are theirs."""
        if self.is_used:
            return
        if any(not found.days for found in self.hours):
            self.hours = [found if found.days else replace(found, days=self.days) for found in self.hours]
        else:
            self.idle.append("、".join(self.days))
        self.is_used = True

    def _take_noise(self, match: re.Match[str]) -> bool:
        if match[0] in ",;。()\n":
            self._give_up()
        return not self._unread or match[0] in " ,;。()\n"

    def _take_days(self, match: re.Match[str]) -> bool:
        days = days_named(match[0])
        if self._unread or not days:
            return False
        if not self.is_used and set(days) <= set(self.days):
            return True
        self._drop_days()
        self.days, self.is_used = days, False
        return True

    def _take_closed(self, match: re.Match[str]) -> bool:
        if self._unread:
            return False
        self.closed += days_named(match[1] or match[2])
        return True

    def _take_span(self, match: re.Match[str]) -> bool:
        first, hour, minutes, second, last_hour, last_minutes = match.groups()
        second = second or (first if first in AFTERNOON else None)
        return self._add(written_time(first, hour, minutes), written_time(second, last_hour, last_minutes))

    def _take_compact(self, match: re.Match[str]) -> bool:
        return self._add(written_time(None, match[1], match[2]), written_time(None, match[3], match[4]))

    def _take_whole_day(self, match: re.Match[str]) -> bool:
        self.is_always = True
        return self._add("0:00", "24:00")

    def _add(self, opens: str | None, closes: str | None) -> bool:
        if self._unread or not opens or not closes or Time.parse(opens) >= Time.parse(closes):
            return False
        self.hours.append(Hours(self.days, opens, closes, season=self.season))
        self.is_used = True
        return True

    def _take_last(self, match: re.Match[str]) -> bool:
        if not self.hours or self._unread:
            return False
        hour, minutes = re.split("[:.]", match[1] or match[2])
        self.hours[-1] = replace(self.hours[-1], last_entry=written_time(None, hour, minutes) or "")
        return True

    def _take_season(self, match: re.Match[str]) -> bool:
        self._give_up()
        self.season = match[1] + (match[2] or "").replace("(", "（").replace(")", "）")
        return True

    def _take_booking(self, match: re.Match[str]) -> bool:
        if self._unread or not self.is_used or re.search(r"节|假|周", match[0]):
            return False
        self.booking.append(match[0].strip())
        return True

    _steps = (
        (_LAST, _take_last), (_COMPACT, _take_compact), (_SPAN, _take_span), (_WHOLE_DAY, _take_whole_day),
        (_CLOSED, _take_closed), (_DAYS, _take_days), (_SEASON, _take_season), (_BOOKING, _take_booking), (_NOISE, _take_noise),
    )  # fmt: skip


def read_opening(text: str) -> OpeningText:
    """Return what a text says of opening hours.

    Args:
        text: a cell of a list, e.g. ``周二至周日 9:00-17:00（周一闭馆）``.
    """
    if len(text) > _LONGEST:
        return OpeningText((), "", text)
    reader = _Reader(_plain(text))
    reader.run()
    others = tuple(day for day in _WEEK if day not in reader.closed)
    hours, missing = [], ""
    if (reader.closed or reader.idle) and not reader.hours:
        missing = "没有写几点开门、几点关门"
    elif reader.idle:
        reader.rest += reader.idle
    for found in reader.hours:
        days = found.days or (others if reader.closed or reader.is_always else ())
        if not days:
            missing = "没有写星期几"
        hours.append(replace(found, days=tuple(day for day in days if day not in reader.closed)))
    rest = "；".join(dict.fromkeys(reader.rest))
    return OpeningText(tuple(hours), "，".join(reader.booking), rest, missing)


def holiday_rule(text: str) -> str:
    """Return how a place opens on public holidays by the words of our column; empty if the text does not say it for certain.

    ``周一闭馆（法定节假日除外）`` and ``周一闭馆，逢节假日开放`` are 按周日, ``周一至周五（节假日除外）`` is 不开放.
    """
    found = _HOLIDAY.findall(_plain(text)) if len(text) <= _LONGEST else []
    if len(found) != 1 or not _HOLIDAY.fullmatch(read_opening(text).rest):
        return ""
    closing, words = found[0]
    if words == "除外":
        is_alone = not _CLOSED.search(_plain(text))
        return "按周日" if closing else "不开放" if is_alone else ""
    if (words.endswith("开放") and not words.startswith("不")) or words == "照常":
        return "按周日" if _CLOSED.search(_plain(text)) else "照常"
    return "另行通知" if "通知" in words or "公告" in words else "不开放"


def _plain(text: str) -> str:
    """Return a text with one spelling for each sign: half-width, hyphens for spans, 周 for a day of the week."""
    plain = DASHES.sub("-", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"(?<=\d) *(?=[:.点时])|(?<=[:.点时]) *(?=\d)", "", plain)
    return re.sub(r"(?:每|逢)*(?:个)?(?:星期|礼拜|周)(?=[一二三四五六日天末])", "周", plain)


def days_named(text: str) -> tuple[str, ...]:
    """Return the days of the week that a text names, e.g. ``周六、周日``, ``周二-周五``, ``工作日``."""
    if text.startswith(("全年", "无休")):
        return _WEEK
    found: list[str] = []
    for part in re.split("[、,/及和]", text):
        if "-" in part:
            found += weekdays(part) or []
        elif days := weekdays(part):
            found += days
        else:
            found += [day for sign in part.replace("周", "") for day in weekdays(sign) or []]
    return tuple(day for day in _WEEK if day in found)


def written_time(half: str | None, hour: str, minutes: str | None) -> str | None:
    """Return a time as records have it, or None if there is none such.

    Args:
        half: 上午, 下午 and the like; None if it is not said.
        hour: in figures.
        minutes: in figures, 半 for the half hour, None for the full one.
    """
    number = int(hour)
    if half in AFTERNOON and number < 12:
        number += 12
    written = f"{number}:{'30' if minutes == '半' else minutes or '00'}"
    try:
        Time.parse(written)
    except ValueError:
        return None
    return written


def is_of_holidays(text: str) -> bool:
    """Tell whether a part of opening hours speaks of holidays alone, for which a column of its own has the rule."""
    return bool(_ABOUT_HOLIDAYS.search(text)) and not _ABOUT_DAYS.search(_ABOUT_HOLIDAYS.sub("", text))


def shown(hours: Hours) -> str:
    """Return hours in one line, e.g. ``周二、周三 9:00-17:00``."""
    entry = f"，{hours.last_entry} 停止入场" if hours.last_entry else ""
    return f"{hours.season}{'、'.join(hours.days)} {hours.opens}-{hours.closes}{entry}"
