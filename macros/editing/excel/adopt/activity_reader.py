"""Read what rows about activities have and others have not: days and times, the place, how many may come."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.editing.excel.adopt.activity_dates import names_days, read_occurrences
from macros.editing.excel.adopt.cell_values import CellReading, read_date
from macros.editing.excel.adopt.column_titles import OCCURRENCE
from macros.editing.excel.adopt.days_said import EachWeek, Occurrences, OnDay
from macros.editing.excel.adopt.place_names import town_in
from macros.editing.excel.adopt.review import AdoptedRecord, Weight
from macros.editing.excel.adopt.row_reader import RowReader
from macros.records.model.kinds import Record
from macros.spreadsheets.sheets import Cell, Spot

_FIRST = {"dates": "dates.date", "weekly": "weekly.days"}
_SERIAL = re.compile(r"\d{5}")
_ADDRESS = re.compile(
    r"[路街巷道村里] {0,2}\d{1,6} {0,2}(?:号|弄|栋|幢)|(?<!\d)\d{1,6} {0,2}号(?![楼馆厅门])|[路街巷道]$"
)
_IN_BRACKETS = re.compile(r"(.+?)[(（]([^()（）]+)[)）]")
_WITHIN = re.compile(
    r"(?:[一二三四五六七八九十\d]+(?:楼|层|号楼|号馆|号厅)|[东南西北AB]区|负一楼|首层|大门|正门|门口|广场|大厅|大堂|报告厅|会议室|多功能厅|展厅|礼堂|操场|教室)"
)
_CAPACITY = re.compile(
    r"(?:限|每场|每次|每期|每场限|上限)?(?:为|:)?(\d{1,5})(?:个)?(?:人|名|位)?(?:/场|/次|/期)?(?:以内|封顶)?"
)
_NO_LIMIT = re.compile(r"(?:名额|人数)?(?:不限|无限制|不设限|不限人数|不限名额|不作限制)(?:人数|名额)?")


@dataclass(frozen=True)
class ActivityReader(RowReader):
    """Reads cells into activities.

    Attributes:
        year: the year of dates that have none; None if neither the title nor the file's name has one.
        places: what places of the site are called → the place; only names that one alone bears.
    """

    year: int | None
    places: Mapping[str, Record]

    def read(self, record: AdoptedRecord, title: str, heading: str, cell: Cell, text: str, spot: Spot) -> None:
        """Read a cell into a record, as that of any kind; a question about its days is asked at the first of them."""
        super().read(record, self.titles["dates.date"] if title == OCCURRENCE else title, heading, cell, text, spot)

    def take_answer(self, record: AdoptedRecord, title: str, answer: str, spot: Spot) -> None:
        """Read what an editor said to a question; of days and times all that the row says of them."""
        if title not in (self.titles[path] for path in (*_FIRST.values(), "dates.from", "weekly.from")):
            super().take_answer(record, title, answer, spot)
            return
        found = read_occurrences(answer, self.year)
        if found.doubt:
            self.ask(record, title, found.doubt, spot, answer)
        else:
            self._occurrences(record, answer, found, spot)

    def read_as(self, path: str, record: AdoptedRecord, title: str, heading: str, text: str, spot: Spot) -> None:
        """Read a text by the field that it is for."""
        if path == "dates.date":
            record.occasions.append((text, spot))
        elif path == "place":
            self._place(record, text, spot)
        elif path == "capacity":
            self._capacity(record, title, text, spot)
        else:
            super().read_as(path, record, title, heading, text, spot)

    def finish(self, record: AdoptedRecord) -> None:
        """Read the cells with days and times together: one often has the days, another the times."""
        date, draft = self.titles["dates.date"], self.titles["draft"]
        if date not in record.questions:
            self._days(record, date)
        if record.items:
            return
        record.values[draft] = "是"
        record.proposed.add(draft)
        self.ask(record, draft, "没有日期的先写成草稿，不发布；写好日期，就清空“草稿”这一格", record.spot)

    def _days(self, record: AdoptedRecord, date: str) -> None:
        cells = [(_without_serial(text, self), spot) for text, spot in record.occasions]
        days = [(text, spot) for text, spot in cells if names_days(text)]
        times = [(text, spot) for text, spot in cells if not names_days(text)]
        if not cells:
            self.ask(record, date, "没有写哪一天；是哪一天？", record.spot)
            return
        said = " ".join(text for text, _ in (*days, *times)).replace("\n", " ")
        found = read_occurrences(said, self.year)
        if found.doubt and days and times:
            alone = read_occurrences(" ".join(text for text, _ in days).replace("\n", " "), self.year)
            if not alone.doubt:
                title = self.titles["weekly.from" if alone.weekly else "dates.from"]
                self.ask(record, title, found.doubt, times[0][1], " ".join(text for text, _ in times))
                found = alone
        if record.items:
            return
        if found.doubt:
            self.ask(record, date, found.doubt, (*days, *times)[0][1], said)
        else:
            self._occurrences(record, said, found, (*days, *times)[0][1])

    def _occurrences(self, record: AdoptedRecord, said: str, found: Occurrences, spot: Spot) -> None:
        for name, items in (("dates", found.dates), ("weekly", found.weekly)):
            if items:
                rows = tuple(self._item(name, item) for item in items)
                record.items[name] = rows
                shown = "；".join(map(_shown, items))
                if shown != said:
                    self.rewritten(self.titles[_FIRST[name]], said, shown, spot)
        if found.notice:
            self.remark(record, self.titles["dates.date"], found.notice, spot)

    def _item(self, name: str, item: OnDay | EachWeek) -> dict[str, str]:
        """Return an item as title of the column → text, in the order of our sheet."""
        own = {"from": item.opens, "to": item.closes}
        if isinstance(item, EachWeek):
            own |= {"days": "、".join(item.days), "from_date": item.from_date, "to_date": item.to_date}
        else:
            own |= {"date": item.date}
        columns = ((target.column, target.path) for target in self.targets.values())
        return {
            column.title: own[path.partition(".")[2]]
            for column, path in columns
            if path in {f"{name}.{key}" for key in own}
        }

    def _place(self, record: AdoptedRecord, text: str, spot: Spot) -> None:
        line = " ".join(text.split())
        place, rest = self._place_called(line)
        if place is not None:
            self.put(record, self.titles["place"], line, CellReading(place.heading), spot)
            if rest:
                self.put(record, self.titles["venue"], line, CellReading(rest), spot)
            return
        beside = _IN_BRACKETS.fullmatch(line)
        if beside and _ADDRESS.search(beside[2]) and not self._has_addresses:
            line, _ = beside.groups()
            self.address(record, beside[2], spot)
        elif _ADDRESS.search(line) and not self._has_addresses:
            self.address(record, line, spot)
            return
        record.values[self.titles["venue"]] = line
        if found := town_in(line, self.terms("town")):
            self.town_of_address(record, self.titles["town"], found.label, spot)

    @property
    def _has_addresses(self) -> bool:
        return bool(self.addresses)

    def _place_called(self, line: str) -> tuple[Record | None, str]:
        """Return the place of the site that a text names, and where in it; a name that goes on is another's (湿地路 3 号)."""
        for name in self._spellings(line):
            for end in range(len(name), 1, -1):
                rest = name[end:].strip(" ,，()（）-")
                place = self.places.get(name[:end].rstrip())
                if place is not None and (not rest or _WITHIN.match(rest)):
                    return place, rest
        return None, ""

    def _spellings(self, line: str) -> Iterable[str]:
        """Yield a text, and without 镇 or 街道 behind the town that leads it (杜阮镇凉瓜园 for 杜阮凉瓜园)."""
        yield line
        for town in self.terms("town"):
            stem = re.sub("(?:街道|镇|乡)$", "", town.label)
            if line.startswith(town.label) and stem != town.label:
                yield stem + line.removeprefix(town.label)

    def _capacity(self, record: AdoptedRecord, title: str, text: str, spot: Spot) -> None:
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        if match := _CAPACITY.fullmatch(plain):
            self.put(record, title, text, CellReading(str(int(match[1])) if int(match[1]) else ""), spot)
        elif _NO_LIMIT.fullmatch(plain):
            self.review.add(Weight.REWRITTEN, title, f"{text} → 不写，没有上限", spot)
        else:
            self.remark(record, title, f"“{text}”不是确定的人数，没有写；有上限就写数字", spot)


def _shown(item: OnDay | EachWeek) -> str:
    day = f"{item.from_date} 至 {item.to_date} {'、'.join(item.days)}" if isinstance(item, EachWeek) else item.date
    return " ".join(filter(None, (day, "-".join(filter(None, (item.opens, item.closes))))))


def _without_serial(text: str, reader: ActivityReader) -> str:
    """Return a date for the number of days since 1900 that programs leave where a cell lost its format."""
    return (read_date(text, reader.as_of) or text) if _SERIAL.fullmatch(text) else text


def places_of(records: Iterable[Record], kinds: Iterable[str]) -> dict[str, Record]:
    """Return name → record, for names that only one record of some kinds bears.

    Args:
        records: all records.
        kinds: the kinds of places.
    """
    found: dict[str, list[Record]] = {}
    wanted = set(kinds)
    for record in records:
        if record.kind in wanted:
            for name in set(record.names):
                found.setdefault(name, []).append(record)
    return {name: own[0] for name, own in found.items() if len(own) == 1}
