"""Decide which records there will be, so that they can name one another before they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks import words
from benchmarks.draw import Draw

ORDER_OF_KINDS = (
    "bases", "policies", "incubators", "targets", "platforms", "bases", "policies", "bases", "incubators", "policies",
    "bases", "targets", "bases", "policies", "platforms", "bases", "incubators", "policies", "bases", "targets",
)  # fmt: skip
"""Twenty records in a row: seven bases, five policies, three incubators, three targets, two platforms."""


@dataclass(frozen=True)
class Place:
    """An invented place.

    Attributes:
        name: two characters.
        pinyin: its syllables without a space.
    """

    name: str
    pinyin: str


@dataclass(frozen=True)
class Entry:
    """One record to be written.

    Attributes:
        number: position among all records, from 0.
        kind: name of its kind.
        id: its file's stem.
        name: what it is called.
        place: where it is.
        field: id of the field of science that it is about.
        topic: what it is about.
    """

    number: int
    kind: str
    id: str
    name: str
    place: Place
    field: str
    topic: str


PLACE_NAMES = tuple(first + last for first in words.PLACE_BEGINNINGS for last in words.PLACE_ENDINGS)


def outline(draw: Draw, count: int) -> tuple[Entry, ...]:
    """Return the entries of a project.

    Args:
        draw: decides names, places and topics.
        count: number of records.
    """
    return tuple(_entry(draw, number) for number in range(count))


def _entry(draw: Draw, number: int) -> Entry:
    kind = ORDER_OF_KINDS[number % len(ORDER_OF_KINDS)]
    place = draw_place(draw)
    field = draw.one(tuple(words.TOPICS))
    topic = draw.word(words.TOPICS[field])
    name = NAMES[kind](draw, place.name, topic)
    return Entry(number, kind, f"{place.pinyin}-{number}", name, place, field, topic)


def draw_place(draw: Draw) -> Place:
    """Return an invented place."""
    beginning = draw.one(tuple(words.PLACE_BEGINNINGS))
    ending = draw.one(tuple(words.PLACE_ENDINGS))
    return Place(beginning + ending, words.PLACE_BEGINNINGS[beginning] + words.PLACE_ENDINGS[ending])


def _base(draw: Draw, place: str, topic: str) -> str:
    return place + topic + draw.word("科普馆 展示中心 科普基地 体验园 博物馆 科普教育基地 观察站 研学园")


def _incubator(draw: Draw, place: str, topic: str) -> str:
    return place + draw.word(words.BRANDS) + draw.word("创业园 众创空间 孵化器 加速器 科技园 创客工场")


def _policy(draw: Draw, place: str, topic: str) -> str:
    form = draw.word("管理办法 行动方案 工作部署 申报指南 扶持办法 实施细则 评价办法 专项规划 通知")
    return (
        f"{place}{draw.word('关于促进 支持 推动 加强')}{topic}{draw.word('科普 产业 人才培养 成果转化 创新发展')}{form}"
    )


def _platform(draw: Draw, place: str, topic: str) -> str:
    return place + topic + draw.word("研究院 重点实验室 工程技术研究中心 产业技术研究院 院士工作站 创新园")


def _target(draw: Draw, place: str, topic: str) -> str:
    return f"{place}{draw.number(2022, 2027)} 年{topic}{draw.word('企业数 示范点数 科普场次 专利数 参观人次 平台数')}"


NAMES: Mapping[str, Callable[[Draw, str, str], str]] = {
    "bases": _base,
    "incubators": _incubator,
    "policies": _policy,
    "platforms": _platform,
    "targets": _target,
}
