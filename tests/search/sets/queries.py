"""Make queries of the kinds that Chinese citizens type, well and badly, about the named items of a corpus."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import opencc
import ToJyutping
from pypinyin import Style, lazy_pinyin, pinyin

from tests.search.sets.corpus import SETS, Item, named_rows

_KINDS = {"base": "科普基地", "incubator": "孵化器", "policy": "政策"}
_FRAMES_A_QUESTION = 3
_LOOKALIKES = (
    "末未土士已己人入天夫大太科料技枝园圆环坏基其江红们门社杜谅凉株珠创刨植值物勿博搏每海样洋衣农亚业材林永水处外埋理该核甩电龙尤伙火"
    "炬矩青清馆官化花竹什丝纺湿温地池生主"
)
_OFTEN_CONFUSED = "科可客学雪中钟心新星馆管关官理里立利办半法发园元员源院地弟第基机级技记计企起创床业夜鱼游油海害湿石实市是事江将讲们山三水谁植直物务五过果华化花画田甜"


@dataclass(frozen=True)
class Query:
    """A query, its class, and the ids that rightly answer it; none means that nothing may come back."""

    kind: str
    text: str
    answers: frozenset[str]


def flat(text: str) -> str:
    """Pinyin without tones and spaces."""
    return "".join(lazy_pinyin(text))


def initials(text: str) -> str:
    """First letters of pinyin."""
    return "".join(reading[0][0] for reading in pinyin(text, style=Style.FIRST_LETTER))


def jyutping(text: str) -> str:
    """Cantonese romanization without tones and spaces."""
    return "".join(re.sub(r"\d", "", reading or one) for one, reading in ToJyutping.get_jyutping_list(text))


def southern(spelling: str) -> str:
    """Pinyin as many in the south type it: zh as z, ng as n, n as l."""
    spelling = re.sub("(?<=[aei])ng", "n", re.sub("([zcs])h", r"\1", spelling))
    return re.sub("n(?=[aeiou])", "l", spelling)


traditional: Callable[[str], str] = opencc.OpenCC("s2hk").convert

_FORMS: dict[str, Callable[[str], str]] = {
    "part3": str,
    "part4": str,
    "traditional": traditional,
    "pinyin": flat,
    "initials": initials,
    "jyutping": jyutping,
    "spaced pinyin": flat,
    "southern pinyin": lambda name: southern(flat(name)),
}
"""Classes whose query is part of a name in some form: every item whose name has it in that form answers."""


class QueryMaker:
    """Makes the queries about the named items of a corpus."""

    def __init__(self, generator: random.Random, items: Sequence[Item]) -> None:
        self._chance = generator
        self._items = items
        self._named = items[: len(named_rows())]
        self._formed = {kind: [form(item.name) for item in items] for kind, form in _FORMS.items()}
        self._lookalikes = _both_ways(_LOOKALIKES)
        self._homophones = _homophones("".join(item.name for item in self._named) + _OFTEN_CONFUSED)

    def make(self) -> tuple[list[Query], list[Query]]:
        """Return what people type, and what people really type."""
        plain: list[Query] = []
        hard: list[Query] = []
        for item in self._named:
            words = [word for word in re.split("[、，和与的]", item.description) if len(word) >= 3]
            words = words or [item.description[:4]]
            plain += [self._query(kind, text, item) for kind, text in self._plain(item, words)]
            hard += [self._query(kind, text, item) for kind, text in self._hard(item, words)]
        for kind, text, item in self._questions():
            (plain if kind == "question" else hard).append(self._query(kind, text, item))
        return plain, hard

    def _plain(self, item: Item, words: list[str]) -> Iterator[tuple[str, str]]:
        name = item.name
        yield "exact", name
        yield "part4", self._cut(name, 4)
        yield "part3", self._cut(name, 3)
        yield "pinyin", flat(self._cut(name, 4))
        yield "initials", initials(self._cut(name, 5))
        if item.alias:
            yield "alias", item.alias
        part = self._cut(name, 5)
        if traditional(part) != part:
            yield "traditional", traditional(part)
        yield from self._replaced("typo", name, lambda one: self._homophones[lazy_pinyin(one)[0]])
        yield "topic+place", f"{item.place} {self._chance.choice(words)[:6]}"

    def _hard(self, item: Item, words: list[str]) -> Iterator[tuple[str, str]]:
        name = item.name
        part = self._cut(name, 6)
        at = self._chance.randint(1, max(1, len(part) - 2))
        yield "dropped", part[:at] + part[at + 1 :]
        part = self._cut(name, 6)
        at = self._chance.randint(0, max(0, len(part) - 2))
        yield "swapped", part[:at] + part[at + 1 : at + 2] + part[at : at + 1] + part[at + 2 :]
        yield from self._replaced("lookalike", name, lambda one: self._lookalikes.get(one, set()))
        part = self._cut(name, 5)
        yield "half pinyin", part[:2] + flat(part[2:])
        spelling = flat(self._cut(name, 4))
        if southern(spelling) != spelling:
            yield "southern pinyin", southern(spelling)
        yield "jyutping", jyutping(self._cut(name, 4))
        yield "spaced pinyin", " ".join(lazy_pinyin(self._cut(name, 4)))
        part = self._cut(name, 6)
        yield "reordered", f"{part[3:]} {part[:3]}"
        yield "attributes", f"{item.level} {item.place} {_KINDS[item.kind]} {item.year}"
        yield "traditional topic", traditional(f"{item.place}{self._chance.choice(words)[:6]}")

    def _questions(self) -> Iterator[tuple[str, str, Item]]:
        frames = (SETS / "frames.txt").read_text("utf-8").split()
        by_name = {item.name: item for item in self._items}
        for line in (SETS / "questions.tsv").read_text("utf-8").splitlines():
            text, name = line.split("\t")
            yield "question", text, by_name[name]
            for frame in self._chance.sample(frames, min(_FRAMES_A_QUESTION, len(frames))):
                yield "wordy question", frame.replace("□", text), by_name[name]

    def _cut(self, name: str, length: int) -> str:
        start = self._chance.randint(0, max(0, len(name) - length))
        return name[start : start + length]

    def _replaced(self, kind: str, name: str, others: Callable[[str], set[str]]) -> Iterator[tuple[str, str]]:
        """A part of the name with one character replaced, if there is one to put in its place."""
        part = self._cut(name, 5)
        for at in self._chance.sample(range(len(part)), len(part)):
            choices = sorted(others(part[at]) - {part[at]})
            if choices:
                yield kind, part[:at] + self._chance.choice(choices) + part[at + 1 :]
                return

    def _query(self, kind: str, text: str, item: Item) -> Query:
        return Query(kind, text, frozenset(self._answers(kind, text, item)))

    def _answers(self, kind: str, text: str, item: Item) -> Iterator[str]:
        yield item.id
        if kind == "attributes":
            asked = (item.level, item.place, item.kind, item.year)
            yield from (one.id for one in self._items if (one.level, one.place, one.kind, one.year) == asked)
        if kind in self._formed:
            formed = zip(self._items, self._formed[kind], strict=True)
            yield from (one.id for one, form in formed if text.replace(" ", "") in form)


def unanswerable() -> list[Query]:
    """Queries that nothing here answers."""
    lines = (SETS / "no_answer.txt").read_text("utf-8").splitlines()
    return [Query("no answer", line, frozenset()) for line in lines if line]


def _both_ways(pairs: str) -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for one, other in zip(pairs[::2], pairs[1::2], strict=True):
        table[one], table[other] = {other}, {one}
    return table


def _homophones(characters: str) -> defaultdict[str, set[str]]:
    table: defaultdict[str, set[str]] = defaultdict(set)
    for character in characters:
        table[lazy_pinyin(character)[0]].add(character)
    return table
