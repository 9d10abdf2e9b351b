"""Draw the parts that several kinds of invented records share: sources, recognitions, contacts and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks import sentences, words
from benchmarks.draw import Draw
from benchmarks.outline import Entry
from benchmarks.yamltext import Fields, Value

LEVELS = {"national": "国家级", "provincial": "省级", "municipal": "市级", "district": "区级"}
ALL_KINDS = ("bases", "incubators", "policies", "platforms", "targets")


@dataclass(frozen=True)
class Author:
    """Draws parts of records.

    Attributes:
        draw: decides what the outline leaves open.
        entries: all records of the project.
        terms: ids of the terms of each vocabulary, by its name; of ``types`` by ``types/KIND``.
        body: length of a body, in characters.
    """

    draw: Draw
    entries: Sequence[Entry]
    terms: Mapping[str, Sequence[str]]
    body: int

    def others(self, entry: Entry, kinds: Sequence[str], most: int) -> list[Entry]:
        """Return up to this many entries of some kinds among the hundred that stand before an entry."""
        before = self.entries[max(0, entry.number - 100) : entry.number]
        return self.draw.some([other for other in before if other.kind in kinds], 0, most)

    def common(self, entry: Entry) -> Fields:
        """Return the fields with which every record begins."""
        draw = self.draw
        fields: Fields = {"name": entry.name}
        if draw.chance(0.4):
            fields["aliases"] = [entry.place.name + alias for alias in draw.some((entry.topic, "新馆", "中心"), 1, 2)]
        if draw.chance(0.05):
            fields["former_ids"] = [f"old-{entry.id}"]
        return {**fields, "summary": sentences.summary(draw, entry)}

    def closing(self, entry: Entry) -> Fields:
        """Return the fields with which every record ends."""
        draw = self.draw
        fields: Fields = {}
        if draw.chance(0.5):
            fields["events"] = self._events(entry)
        if self.body:
            linked = self.others(entry, ALL_KINDS, 2)
            fields["body"] = sentences.prose(draw, entry, self.body, linked)
        fields["sources"] = self.sources(entry)
        if draw.chance(0.6):
            fields["reviewed_on"] = f"2026-{draw.number(2, 6):02}-{draw.number(1, 28):02}"
        if draw.chance(0.3):
            fields["changes"] = self._changes(entry)
        return fields

    def sources(self, entry: Entry) -> list[Value]:
        """Return one to three sources: policies of the project and publications."""
        policies: list[Value] = [{"ref": policy.id} for policy in self.others(entry, ("policies",), 2)]
        return [*policies, self.publication(entry)]

    def publication(self, entry: Entry) -> Fields:
        """Return a source that is not a record."""
        draw, place = self.draw, entry.place
        date = draw.partial_date(2015, 2026)
        return {
            "title": f"{place.name}{entry.topic}工作情况",
            "publisher": f"{place.name}{draw.word('日报 科技办 融媒体中心 政务网')}",
            "published": date,
            "url": f"https://www.{place.pinyin}.example/news/{date[:4]}/{draw.number(1000, 99999)}.html",
            "mark": draw.one(("official", "official", "press", "repost")),
        }

    def _events(self, entry: Entry) -> list[Value]:
        dates = sorted(self.draw.partial_date(2012, 2026) for _ in range(self.draw.number(1, 4)))
        return [{"date": date, "text": sentences.line(self.draw, entry)} for date in dates]

    def _changes(self, entry: Entry) -> list[Value]:
        dates = sorted(self.draw.day(2025, 2026).isoformat() for _ in range(self.draw.number(1, 3)))
        return [
            {"date": date, "text": f"核对{self.draw.word('简介 来源 名称 正文')}", "fields": ["summary"]}
            for date in dates
        ]

    def place(self, entry: Entry) -> Fields:
        """Return the fields of what stands somewhere."""
        draw, name = self.draw, entry.place.name
        fields: Fields = {
            "town": draw.one(self.terms["towns"]),
            "address": f"{name}{draw.word('东路 西路 大道 巷 中路')} {draw.number(1, 399)} 号",
        }
        if draw.chance(0.7):
            fields["location"] = self._location()
            fields["directions"] = (
                f"乘{name} {draw.number(1, 60)} 路公交车到{draw.word('科普馆 文化宫 桥头 老街口')}站，步行 {draw.number(2, 15)} 分钟。"
            )
        if draw.chance(0.8):
            fields["contact"] = self._contact(entry)
        fields["recognitions"] = self._recognitions(entry)
        return fields

    def _location(self) -> Fields:
        """Return a point in the open sea, where nothing can be taken for real."""
        east, north = self.draw.number(0, 9999), self.draw.number(0, 9999)
        return {"longitude": f"117.{east:04}", "latitude": f"20.{north:04}", "crs": "gcj02"}

    def _contact(self, entry: Entry) -> Fields:
        place = entry.place.pinyin
        return {
            "person": self.draw.word(words.SURNAMES) + self.draw.word(words.GIVEN_NAMES),
            "phone": self.phone(),
            "email": f"service@{place}.example",
            "url": f"https://www.{place}.example/visit/{entry.number}",
        }

    def phone(self) -> str:
        """Return a number of valid form under an area code that nobody has."""
        return f"0100-{self.draw.number(2_000_000, 8_999_999)}"

    def _recognitions(self, entry: Entry) -> list[Value]:
        return [self._recognition(entry, level) for level in self.draw.some(tuple(LEVELS), 1, 2)]

    def _recognition(self, entry: Entry, level: str) -> Fields:
        draw = self.draw
        label = {"bases": "科普基地", "incubators": "孵化载体"}.get(entry.kind, "创新平台")
        fields: Fields = {"title": LEVELS[level] + label, "level": level}
        stage = draw.one(("held", "held", "held", "applied", "planned", "ended"))
        if stage in ("applied", "planned"):
            return {**fields, "stage": stage, "due": self.period(), "sources": self.sources(entry)}
        year = draw.number(2014, 2025)
        issuer = f"{entry.place.name}{draw.word('科技局 科协 教育局')}"
        dates: Fields = {"year": draw.partial_date(year, year), "valid_to": str(year + draw.number(2, 6))}
        return {**fields, "issuer": issuer, **dates, "stage": stage, "sources": self.sources(entry)}

    def period(self) -> str:
        """Return the time of an aim."""
        year = self.draw.number(2022, 2028)
        return self.draw.one((f"{year}上半年", f"{year}下半年", str(year), f"{year}-{self.draw.number(1, 12):02}"))
