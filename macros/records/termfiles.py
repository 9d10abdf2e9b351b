"""Read the files under ``data/terms/``: vocabularies, the three word lists that search uses, the public holidays, and
words of the traditional script.

``readings.yml`` says how a word is read (``重庆: chong qing``), ``synonyms.yml`` what a short form stands for
(``高企: {means: 高新技术企业, weight: 0.8}``), ``wishes.yml`` what people want and how a record shows that it has it
(``免费: {words: [不要钱], fields: [admission.free], values: [是]}``), ``holidays.yml`` which days are off in which year,
``traditional.yml`` how a word is written in traditional characters (``余艾冰: 余艾冰``);
every other file is a vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError, model_validator

from macros.records.collection import Synonym, Wish
from macros.records.hours.holidays import Calendar, Holiday
from macros.records.messages import translate
from macros.records.model.annotations import OneOf, complain
from macros.records.model.festivals import HOLIDAYS
from macros.records.model.fields import FullDateField, Line, NumberField, TimeField, Url
from macros.records.model.groups import FieldGroup, optional, several, titled
from macros.records.model.outings import Activity
from macros.records.model.registry import KINDS
from macros.records.model.terms import Term, Vocabulary, shorten, vocabulary
from macros.records.model.walk import field_at
from macros.records.model.weekdays import WEEKDAYS
from macros.records.problems import Problem, ProblemsFound
from macros.records.scan import IDENTIFIER, LONGEST_IDENTIFIER, RESERVED
from macros.records.yaml.document import Document

_YEAR = re.compile(r"20\d\d")
Item = TypeVar("Item", bound=FieldGroup)
MOST_MONTHS = 240
"""Number of months that may pass until a record is reviewed again."""

WISHED_DAYS = {
    "今天": "today",
    "明天": "tomorrow",
    "周末": "weekend",
    "本月": "month",
    **{name: word for word, name in WEEKDAYS.items()},
}
"""Days that wishes may name, and the words that browsers turn into dates (``overrides/assets/javascripts/days.js``)."""

LONGEST_HOLIDAY = 20
"""Number of days that no public holiday exceeds."""

_SYLLABLES = re.compile(r"[a-zü]+( [a-zü]+)*")


class TermEntry(FieldGroup):
    """One term of a vocabulary file."""

    label: Line = titled("名称", "给人看的词")
    order: NumberField = titled("次序", "数字小的排在前面")
    help: Line | None = optional("说明", "什么时候用这个词")
    kind: Line | None = optional("适用种类", "只用于哪一种记录，例如 incubators")
    months: NumberField | None = optional("核对周期", "过多少个月要再核对一次")


class SynonymEntry(FieldGroup):
    """One synonym."""

    means: Line = titled("意思", "它代表的词")
    weight: NumberField = titled("权重", "大于 0、小于 1")


class Notice(FieldGroup):
    """A notice of the State Council on the holidays of a year."""

    title: Line = titled("标题", "通知的标题")
    doc_no: Line = titled("文号", "通知的文号")
    published: FullDateField = titled("发布日期", "通知公布的日子")
    url: Url = titled("网址", "通知在 www.gov.cn 上的网址")


class HolidayEntry(FieldGroup):
    """One holiday of a year."""

    name: Annotated[Term, OneOf(vocabulary("holidays", {name: name for name in HOLIDAYS}))] = titled(
        "节日", "节日的名称"
    )
    from_: FullDateField = Field(title="放假第一天", alias="from", description="连休的周末也算")
    to: FullDateField = titled("放假最后一天", "连休的周末也算")
    day: FullDateField = titled("节日当天", "春节写正月初一")
    work: tuple[FullDateField, ...] = several("调休上班", "为它上班的周末")

    @model_validator(mode="after")
    def _in_order(self) -> HolidayEntry:
        if not (self.from_ <= self.to and (self.to.first_day - self.from_.first_day).days < LONGEST_HOLIDAY):
            complain("dates-out-of-order", f"放假从 {self.from_.iso} 到 {self.to.iso} 不对；请照通知核对")
        if not self.from_ <= self.day <= self.to:
            complain("dates-out-of-order", f"节日当天 {self.day.iso} 不在放假的日子里；请照通知核对")
        return self


class YearEntry(FieldGroup):
    """The holidays of one year."""

    notices: tuple[Notice, ...] = titled("通知", "国务院办公厅的通知，改过的两份都写", fewest=1)
    days: tuple[HolidayEntry, ...] = titled("节日", "七个节日，一个一项", fewest=1)


def read_holidays(document: Document) -> Calendar:
    """Read the public holidays by year.

    Raises:
        ProblemsFound: with everything that is wrong in the file.
    """
    entries = read_entries(document, YearEntry)
    wrong = [
        document.problem((year,), f"“{year}” 不是年份；要写成 2026", "wrong-date", key=True)
        for year in entries
        if not _YEAR.fullmatch(year)
    ]
    if wrong:
        raise ProblemsFound(wrong)
    return Calendar({int(year): tuple(map(_holiday, entry.days)) for year, entry in entries.items()})


def _holiday(entry: HolidayEntry) -> Holiday:
    first, last, day = (date.first_day for date in (entry.from_, entry.to, entry.day))
    return Holiday(entry.name.id, first, last, day, tuple(date.first_day for date in entry.work))


class WishEntry(FieldGroup):
    """One wish."""

    words: tuple[Line, ...] = titled("说法", "人们会打的字；这个愿望自己的名称不必再写", fewest=1)
    fields: tuple[Line, ...] = several("字段", "记录里的哪几项说明它，分项用句点连接，例如 admission.free")
    values: tuple[Line, ...] = several("值", "写了其中一个就算；不写就是有内容就算")
    since: TimeField | None = optional("不早于", "时间要到几点才算", example="18:00")
    until: Line | None = optional("到期字段", "哪一项写着最后一天，过了就不算")
    when: Line | None = optional("哪天", "那天有活动就算：写 今天、周六、周末、本月 或节假日的名称", example="周末")
    kinds: tuple[Line, ...] = several("种类", "只在哪几种记录里找；不写字段时，这些说法就是指这几种记录")
    page: Line | None = optional("页面", "由哪一页回答，写本站网址，例如 data/")
    example: Line | None = optional("示例", "显示给读者看的一句搜索，例如 周日开门的基地")


def read_vocabulary(name: str, document: Document) -> Vocabulary:
    """Read a vocabulary.

    Args:
        name: the file's stem.
        document: the file.

    Raises:
        ProblemsFound: with everything that is wrong in the file.
    """
    entries = read_entries(document, TermEntry)
    problems = [*_bad_ids(document, entries), *_bad_months(document, entries), *_repeated_labels(document, entries)]
    if problems:
        raise ProblemsFound(problems)
    return Vocabulary(name, tuple(sorted(_term(name, word, entry) for word, entry in entries.items())))


def _term(name: str, word: str, entry: TermEntry) -> Term:
    months = int(entry.months) if entry.months is not None else None
    return Term(name, word, entry.label, int(entry.order), entry.help or "", entry.kind or "", months)


def read_entries(document: Document, model: type[Item]) -> dict[str, Item]:
    """Return what a file holds, each entry checked by a model.

    Raises:
        ProblemsFound: with everything that is wrong in the entries by themselves.
    """
    entries: dict[str, Item] = {}
    problems: list[Problem] = []
    for word, value in document.data.items():
        try:
            entries[word] = model.model_validate(value)
        except ValidationError as error:
            problems += translate(error, model, document, (word,))
    if problems:
        raise ProblemsFound(problems)
    return entries


def _bad_ids(document: Document, entries: dict[str, TermEntry]) -> list[Problem]:
    message = "词的 id “{}” 不能用；只用小写英文字母、数字和单个短横，以字母开头，例如 provincial"
    reserved = "词的 id “{}” 是保留的，不能用；请换一个"
    wrong = [(word, message, "wrong-id") for word in entries if not IDENTIFIER.fullmatch(word)]
    # A term names a folder of the site, which Windows must be able to make.
    wrong += [(word, reserved, "reserved-id") for word in entries if word in RESERVED]
    too_long = f"词的 id “{{}}” 太长；最多 {LONGEST_IDENTIFIER} 个字，请换一个短的"
    wrong += [(word, too_long, "wrong-id") for word in entries if len(word) > LONGEST_IDENTIFIER]
    return [document.problem((word,), said.format(shorten(word)), rule, key=True) for word, said, rule in wrong]


def _bad_months(document: Document, entries: dict[str, TermEntry]) -> list[Problem]:
    message = f"核对周期要写 1 到 {MOST_MONTHS} 的整数，是多少个月，例如 12"
    return [
        document.problem((word, "months"), message, "wrong-number")
        for word, entry in entries.items()
        if entry.months is not None and entry.months not in range(1, MOST_MONTHS + 1)
    ]


def _repeated_labels(document: Document, entries: dict[str, TermEntry]) -> list[Problem]:
    seen: dict[tuple[str, str | None], str] = {}
    problems = []
    for word, entry in entries.items():
        first = seen.setdefault((entry.label, entry.kind), word)
        if first != word:
            message = f"名称 “{entry.label}” 已经是 “{first}” 的；两个词不能同名，请改一个"
            problems.append(document.problem((word, "label"), message, "repeated-label"))
    return problems


def read_readings(document: Document) -> dict[str, tuple[str, ...]]:
    """Read how words are pronounced: word → syllables, as many as the word has characters.

    Raises:
        ProblemsFound: a reading is not one syllable of small letters for each character.
    """
    problems = [
        document.problem((word,), f"“{word}” 的读音要写成 {len(word)} 个拼音，中间空一格，不写声调", "wrong-reading")
        for word, value in document.data.items()
        if not (isinstance(value, str) and _SYLLABLES.fullmatch(value) and len(value.split()) == len(word))
    ]
    if problems:
        raise ProblemsFound(problems)
    return {word: tuple(value.split()) for word, value in document.data.items()}


def read_traditional(document: Document) -> dict[str, str]:
    """Read how words are written in traditional characters: word → as it is written there.

    Raises:
        ProblemsFound: an entry is not a text of as many characters.
    """
    problems = [
        document.problem(
            (word,), f"“{shorten(word)}” 的繁体写法要写成一样多的字，例如 余艾冰: 余艾冰", "wrong-traditional"
        )
        for word, value in document.data.items()
        if not (isinstance(value, str) and value.strip() and len(value) == len(word))
    ]
    if problems:
        raise ProblemsFound(problems)
    return dict(document.data)


def read_synonyms(document: Document) -> dict[str, Synonym]:
    """Read what short forms stand for.

    Raises:
        ProblemsFound: an entry is wrong, or its weight is not between 0 and 1.
    """
    entries = read_entries(document, SynonymEntry)
    problems = [
        document.problem((word, "weight"), "权重要大于 0、小于 1，例如 0.8", "wrong-weight")
        for word, entry in entries.items()
        if not 0 < entry.weight < 1
    ]
    if problems:
        raise ProblemsFound(problems)
    return {word: Synonym(entry.means, float(entry.weight)) for word, entry in entries.items()}


def read_wishes(document: Document) -> tuple[Wish, ...]:
    """Read what people wish for, in the order of the file.

    Raises:
        ProblemsFound: an entry is wrong, or names a field or a kind that no record has.
    """
    entries = read_entries(document, WishEntry)
    problems = [
        document.problem((label, key), message.format(shorten(name)), "wrong-wish")
        for label, entry in entries.items()
        for key, name, message in _unknown(entry)
    ]
    if problems:
        raise ProblemsFound(problems)
    return tuple(_wish(label, entry) for label, entry in entries.items())


def _unknown(entry: WishEntry) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the name and the message of what is named but does not exist."""
    no_kind = f"没有种类 “{{}}”；可以写 {'、'.join(KINDS)}"
    no_field = "没有一种记录有字段 “{}”；字段见 docs/fields.md，分项用句点连接，例如 admission.free"
    yield from (("kinds", kind, no_kind) for kind in entry.kinds if kind not in KINDS)
    if entry.when and entry.when not in (*WISHED_DAYS, *HOLIDAYS):
        yield "when", entry.when, f"没有 “{{}}” 这样的日子；可以写 {'、'.join((*WISHED_DAYS, *HOLIDAYS))}"
    paths = [*(("fields", path) for path in entry.fields), *([("until", entry.until)] if entry.until else [])]
    yield from ((key, path, no_field) for key, path in paths if not any(field_at(m, path) for m in KINDS.values()))


def _wish(label: str, entry: WishEntry) -> Wish:
    fulfilling = {kind for kind, model in KINDS.items() if any(field_at(model, path) for path in entry.fields)}
    fulfilling |= {Activity.kind} if entry.when else set()
    kinds = tuple(kind for kind in KINDS if kind in fulfilling)
    return Wish(
        label,
        tuple(dict.fromkeys((label, *entry.words))),
        entry.fields,
        entry.values,
        entry.since.minutes if entry.since else None,
        entry.until or "",
        entry.when or "",
        entry.kinds or kinds,
        entry.page or "",
        entry.example or "",
    )
