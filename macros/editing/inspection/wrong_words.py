"""Words that are wrong for certain, names that nearly are those of known bodies and documents, and days that do not exist."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from macros.editing.inspection.findings import InspectionFinding, ScannedText
from macros.records.wordlists import WrongWord

WORDING, DATES = "wording", "dates"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[—–~～-]\d|[./-]\d)")
_OF_THE_PAST = re.compile(r"原(?!则|料|因|理|本)|前身|时任|当时|更名|改名|改称|现为|现名|撤销|并入|整合|组建|历史上|曾")
_ENDS = "。！？；\n《》"
_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4}) ?年 ?)?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日"
    r"(?: ?[（(](?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[）)])?"
)
_ISO_DAY = re.compile(r"(?<![\d./-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_SPAN = re.compile(
    r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日(?:[（(][^）)\n]{1,4}[）)])?(?:至|到|—|–|-|－|~|～)+(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
)
_WEEKDAYS = "一二三四五六日"
_LEAP_YEAR = 2000
_SHORTEST_NAME, _LONGEST_NAME = 5, 40
_NAME = re.compile(r"[\u4e00-\u9fff]+")
_LEFT_OUT_IN_SHORT = frozenset("省市区县镇街道型新")
"""Characters that people leave out of a name on purpose."""


def trie_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of many words, the longest first, which asks for each character once.

    >>> trie_pattern(["科技", "科学", "科学家"]).findall("科学家和科技")
    ['科学家', '科技']
    """
    trie: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = trie
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return re.compile(_expression(trie) if trie else r"(?!)")


def _expression(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    branches: dict[str, list[str]] = defaultdict(list)
    for character, rest in sorted(node.items()):
        if character:
            branches[_expression(rest)].append(re.escape(character))
    options = [
        (f"[{''.join(heads)}]" if len(heads) > 1 else heads[0]) + tail for tail, heads in sorted(branches.items())
    ]
    if not options:
        return ""
    body = options[0] if len(options) == 1 and "" not in node else f"(?:{'|'.join(options)})"
    return f"{body}?" if "" in node else body


class WordSearch:
    """Looks for wrong words and near misses of names, all in one pass over a text.

    Args:
        words: the words that are wrong for certain.
        names: right names of bodies and documents.
    """

    def __init__(self, words: Iterable[WrongWord], names: Iterable[str]) -> None:
        self._words = {word.wrong: word for word in words}
        right = [name for name in dict.fromkeys(names) if _NAME.fullmatch(name)]
        everything = "\n".join((*right, *(word.right for word in self._words.values())))
        self._near = {
            miss: name
            for name in right
            if _SHORTEST_NAME <= len(name) <= _LONGEST_NAME
            for miss in _misses(name)
            if miss not in everything and miss not in self._words
        }
        self._pattern = trie_pattern([*self._words, *self._near])

    def find(self, text: ScannedText) -> Iterator[InspectionFinding]:
        """Yield each wrong word, and each name that nearly is a known one."""
        joined, at = text.joined, 0
        while match := self._pattern.search(joined, at):
            start, end = match.span()
            at = start + 1
            if word := self._words.get(match[0]):
                if _is_wrong(word, joined, start):
                    at = end
                    yield self._finding(text, start, word)
            else:
                at = end
                name = self._near[match[0]]
                said = f"“{match[0]}” 和本站写过的 “{name}” 只差一个字或两个字的次序（……{text.around(start, end)}……）"
                yield _at(text, start, WORDING, said, f"请核对；是同一个名称就改成 “{name}”", match[0])

    def _finding(self, text: ScannedText, start: int, word: WrongWord) -> InspectionFinding:
        around = text.around(start, start + len(word.wrong))
        found = f"“{word.wrong}” 写错了（……{around}……）：{word.reason}；依据：{word.source}"
        return _at(text, start, WORDING, found, f"请改成 “{word.right}”", word.wrong)


def _at(text: ScannedText, start: int, item: str, found: str, remedy: str, matched: str) -> InspectionFinding:
    return InspectionFinding(text.path, *text.place(start), item, found, remedy, matched)


def _misses(name: str) -> Iterator[str]:
    """Yield how a name comes out with one character within it left out or doubled, or two neighbours exchanged."""
    for at in range(1, len(name) - 1):
        if name[at] not in _LEFT_OUT_IN_SHORT:
            yield name[:at] + name[at + 1 :]
        if name[at] != name[at + 1]:
            yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        yield name[: at + 1] + name[at:]


def _is_wrong(word: WrongWord, text: str, start: int) -> bool:
    for right in word.exceptions:
        within = right.index(word.wrong)
        while within >= 0:
            if text.startswith(right, start - within) and start >= within:
                return False
            within = right.find(word.wrong, within + 1)
    return word.since is None or _is_of_later_years(word.since, text, start)


def _is_of_later_years(since: int, text: str, start: int) -> bool:
    """Tell whether a sentence is about the years after a body got another name, and not about its past."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at for mark in _ENDS if (at := text.find(mark, start)) >= 0), default=len(text))
    sentence = text[first:last]
    years = [int(match[1]) for match in _YEAR.finditer(sentence)]
    return bool(years) and min(years) > since and not _OF_THE_PAST.search(sentence)


def impossible_days(text: ScannedText) -> Iterator[InspectionFinding]:
    """Yield days that no calendar has, days of another weekday than written, and spans that end before they begin."""
    for pattern in (_DAY, _ISO_DAY):
        for match in pattern.finditer(text.joined):
            if found := _objection(match):
                yield _at(text, match.start(), WORDING, found[0], found[1], match[0])
    for match in _SPAN.finditer(text.joined):
        first, last = _day(match[1], match[2], match[3]), _day(match[4] or match[1], match[5], match[6])
        if first and last and last < first:
            found_span = f"“{match[0]}” 的最后一天在第一天以前"
            yield _at(text, match.start(), DATES, found_span, "请核对两个日子", match[0])


def _objection(match: re.Match[str]) -> tuple[str, str] | None:
    parts = match.groupdict()
    year = parts["year"]
    day = _day(year or str(_LEAP_YEAR), parts["month"], parts["day"])
    if day is None:
        return f"没有 “{match[0]}” 这一天", "请核对日期"
    weekday = parts.get("weekday")
    if year and weekday and (right := _WEEKDAYS[day.weekday()]) != weekday.replace("天", "日"):
        return f"“{match[0]}” 不对，那天是星期{right}", "请核对日期和星期"
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
