"""Write the fields of an invented record of each kind."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from benchmarks import sentences, words
from benchmarks.draw import LATEST
from benchmarks.outline import Entry
from benchmarks.parts import ALL_KINDS, Author
from benchmarks.yamltext import Fields, Value

WEEK = "一二三四五六日"


def base(author: Author, entry: Entry) -> Fields:
    """Return a place that opens to citizens."""
    draw = author.draw
    return {
        "category": draw.one(author.terms["categories"]),
        "fields": [entry.field],
        "audience": draw.some(author.terms["audiences"], 1, 4),
        "host_unit": f"{entry.place.name}{draw.word(words.BRANDS)}{draw.word('环保公司 农业合作社 学校 研究所 医院')}",
        "opened": draw.partial_date(2005, 2024),
        **_hours(author),
        "programmes": "\n".join(f"- {sentences.line(draw, entry)}" for _ in range(draw.number(2, 4))),
        "admission": _admission(author),
        "reservation": {"required": draw.one(("是", "否")), "how": "打电话或到前台登记", "phone": author.phone()},
        "facilities": draw.some(author.terms["facilities"], 1, 6),
        "status": draw.one(("open",) * 8 + ("suspended", "closed")),
    }


def _hours(author: Author) -> Fields:
    draw = author.draw
    closed = draw.one(WEEK)
    days: list[Value] = [f"周{day}" for day in WEEK if day != closed]
    opening: Fields = {"days": days, "from": draw.one(("8:30", "9:00", "09:30")), "to": "17:00", "last_entry": "16:30"}
    fields: Fields = {"opening": [opening]}
    if draw.chance(0.2):
        fields["special_hours"] = [{"from_date": "2026-10-01", "to_date": "2026-10-03", "from": "10:00", "to": "16:00"}]
    if draw.chance(0.3):
        first = draw.day(2026, 2026)
        span: Fields = {"from_date": first.isoformat(), "to_date": _later(author, first, 0, 14)}
        fields["closures"] = [{**span, "reason": draw.word(words.CLOSING_REASONS)}]
    return fields


def _admission(author: Author) -> Fields:
    if author.draw.chance(0.7):
        return {"free": "是"}
    return {"free": "否", "price": f"每人 {author.draw.number(5, 60)} 元", "concession": "学生和 65 岁以上老人半价"}


def incubator(author: Author, entry: Entry) -> Fields:
    """Return a place that helps young companies."""
    draw = author.draw
    entry_conditions = "\n".join(f"{n}. {sentences.line(draw, entry)}" for n in range(1, 4))
    return {
        "type": draw.one(author.terms["types/incubators"]),
        "operator": f"{entry.place.name}{draw.word(words.BRANDS)}创业服务有限公司",
        "specialty": draw.some(words.INDUSTRIES.split(), 1, 3),
        "area": {"value": str(draw.number(800, 60_000)), "unit": "平方米", "as_of": draw.partial_date(2020, 2025)},
        "indicators": [_indicator(author, entry, year) for year in range(2022, 2022 + draw.number(1, 3))],
        "services": draw.some(words.SERVICES.split(), 2, 6),
        "entry_conditions": entry_conditions,
        "status": draw.one(("open",) * 9 + ("closed",)),
    }


def _indicator(author: Author, entry: Entry, year: int) -> Fields:
    number = author.draw.number(5, 300)
    value = str(number) if author.draw.chance(0.8) else f"{number} 多家"
    name = author.draw.one(author.terms["indicators"])
    return {"name": name, "year": str(year), "value": value, "sources": [author.publication(entry)]}


def policy(author: Author, entry: Entry) -> Fields:
    """Return a document that a public body issued."""
    draw, place = author.draw, entry.place.name
    replaced = _is_replaced(author, entry)
    return {
        "type": draw.one(author.terms["types/policies"]),
        "doc_no": f"{place[0]}府函〔{draw.number(2012, 2025)}〕{draw.number(1, 300)}号" if draw.chance(0.8) else "无",
        "issuers": [f"{place}{body}" for body in draw.some(("科技局", "教育局", "财政局", "科协"), 1, 3)],
        **_policy_dates(author, replaced),
        "theme": draw.one(author.terms["themes"]),
        "keywords": [entry.topic, *draw.some(words.INDUSTRIES.split(), 1, 3)],
        "key_points": [sentences.line(draw, entry) for _ in range(draw.number(2, 6))],
        "applies_to": {
            "who": f"在{place}登记的{draw.word(words.INDUSTRIES)}企业",
            "what": draw.word(words.MEASURES),
            "ask": f"{place}科技局，{author.phone()}",
        },
        **_replaces(author, entry),
        "original_url": f"https://www.{entry.place.pinyin}.example/policy/{entry.number}.html",
    }


def _policy_dates(author: Author, replaced: bool) -> Fields:
    draw = author.draw
    adopted = draw.day(2012, 2025)
    published = _later(author, adopted, 10, 40)
    in_force = _later(author, datetime.date.fromisoformat(published), 0, 60)
    ends = adopted.year + draw.number(3, 8)
    lapsed = ends < LATEST.year
    return {
        "adopted": adopted.isoformat(),
        "written": _later(author, adopted, 0, 9)[: draw.one((7, 10))],
        "published": published,
        "effective_from": in_force,
        "effective_to": str(ends),
        "validity": "repealed" if replaced else "lapsed" if lapsed else "in-force",
    }


def _later(author: Author, day: datetime.date, least: int, most: int) -> str:
    return (day + datetime.timedelta(days=author.draw.number(least, most))).isoformat()


def _replaces(author: Author, entry: Entry) -> Fields:
    before = author.entries[max(0, entry.number - 20) : entry.number]
    replaced = [other.id for other in before if other.kind == "policies" and other.number + 20 == entry.number]
    return {"replaces": replaced} if replaced and _replaces_another(entry) else {}


def _replaces_another(entry: Entry) -> bool:
    return entry.number % 60 == 41


def _is_replaced(author: Author, entry: Entry) -> bool:
    position = entry.number + 20
    return position < len(author.entries) and _replaces_another(author.entries[position])


def platform(author: Author, entry: Entry) -> Fields:
    """Return an institute or a park."""
    draw = author.draw
    return {
        "type": draw.one(author.terms["types/platforms"]),
        "host_unit": f"{entry.place.name}{draw.word(words.BRANDS)}科技有限公司",
        "partners": [
            f"{draw.word(words.BRANDS)}{kind}" for kind in draw.some(("大学", "研究所", "集团", "学院"), 1, 3)
        ],
        "stage": draw.one(("goal", "planned", "building", "running", "running")),
        "stage_as_of": draw.partial_date(2021, 2025),
    }


def target(author: Author, entry: Entry) -> Fields:
    """Return a figure that was aimed at."""
    draw = author.draw
    aim = draw.number(5, 800)
    fields: Fields = {"unit": draw.word("家 个 场 件 人次"), "period": author.period(), "target": str(aim)}
    if draw.chance(0.1):
        fields["target"] = "列入"
    elif draw.chance(0.5):
        fields["actual"] = str(draw.number(1, aim + 50))
        fields["as_of"] = draw.partial_date(2023, 2026)
        fields["actual_sources"] = [author.publication(entry)]
    related = [other.id for other in author.others(entry, ALL_KINDS, 3)]
    return {**fields, "part_of": draw.one(author.terms["programmes"]), **({"related": related} if related else {})}


WRITERS: Mapping[str, Callable[[Author, Entry], Fields]] = {
    "bases": base,
    "incubators": incubator,
    "policies": policy,
    "platforms": platform,
    "targets": target,
}
PLACES = ("bases", "incubators", "platforms")


def record(author: Author, entry: Entry) -> Fields:
    """Return all fields of a record."""
    place = author.place(entry) if entry.kind in PLACES else {}
    return {**author.common(entry), **place, **WRITERS[entry.kind](author, entry), **author.closing(entry)}
