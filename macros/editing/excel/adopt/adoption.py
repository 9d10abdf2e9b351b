"""Read a foreign list row by row, and complete each row by what follows from it.

Nothing is made up: a value is the list's own in our words, or it is asked. Two things are proposed, and marked as such: the
summary, out of the row's own facts, and the source, which is the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.editing.excel.adopt import cell_values
from macros.editing.excel.adopt.activity_reader import ActivityReader, places_of
from macros.editing.excel.adopt.column_titles import NOT_WANTED, OCCURRENCE, Targets, name_title
from macros.editing.excel.adopt.days_said import year_of
from macros.editing.excel.adopt.foreign_list import ForeignList
from macros.editing.excel.adopt.review import AdoptedRecord, CellQuestion, Review, Weight
from macros.editing.excel.adopt.row_reader import PHONES, RowReader
from macros.editing.excel.adopt.wordbook import COLUMN, NAME, Wordbook
from macros.editing.excel.rows import CellCodec
from macros.editing.excel.words import terms_called
from macros.records.collection import Collection
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.spreadsheets.sheets import Cell, Nature
from macros.text import telephones

_REMARKS = ("备注", "说明", "附注")
_NOT_HELD = ("拟", "申报", "推荐", "候选")
_NONE_IS_AN_ANSWER = ("doc_no", "index_no", "reservation.how", "booking.how")
_PLACES = ("bases", "incubators", "platforms")


@dataclass(frozen=True)
class Origin:
    """Where a list comes from.

    Attributes:
        title: what the source of its records is called.
        mark: the nature of the source as our cells say it; empty to have it asked.
        area: the area code of telephone numbers that have none; empty to take that of the others.
        file: the name of its file, which may say the year.
    """

    title: str
    mark: str = ""
    area: str = ""
    file: str = ""


@dataclass
class Adoption:
    """A list while it is read.

    Attributes:
        found: the list.
        kind: the kind of its records.
        targets: our columns by title.
        columns: number of a column of the list → title of ours; empty for one that nobody knows.
        collection: all records and vocabularies.
        wordbook: what editors said of headings and words before; new ones are added.
        origin: where the list comes from.
        review: what came of it so far.
    """

    found: ForeignList
    kind: str
    targets: Targets
    columns: Mapping[int, str]
    collection: Collection
    wordbook: Wordbook
    origin: Origin
    review: Review

    def run(self) -> None:
        """Read all rows."""
        for spot, text in self.found.skipped:
            self.review.add(Weight.NOTICE, "", f"这一行不是记录，没有读：“{text[:40]}”", spot)
        self._check_columns()
        for number, cells in self.found.rows.items():
            self._row(number, cells)
        self._ask_once()

    def _check_columns(self) -> None:
        used: dict[str, int] = {}
        for column, heading in self.found.headings.items():
            title, spot = self.columns.get(column, ""), self.found.spot(self.found.heading_row, column)
            self.wordbook.note(COLUMN, heading, title)
            is_empty = not any(self._text(cells, column) for cells in self.found.rows.values())
            if title in used and not self._may_repeat(title):
                first = self.found.spot(self.found.heading_row, used[title])
                self.review.add(Weight.QUESTION, title, f"“{heading}”和 {first} 意思一样，没有读；要哪一列？", spot)
            elif not title and not is_empty:
                cure = f"请在“{NAME}”里写它的意思（不要的写 {NOT_WANTED}），再运行一次"
                self.review.add(Weight.QUESTION, "", f"不认得“{heading}”这一列，没有读；{cure}", spot)
            elif title == NOT_WANTED and heading in _REMARKS and not is_empty:
                self.review.add(Weight.NOTICE, "", f"“{heading}”没有读；里面有读者该知道的，请写进别的列", spot)
            used.setdefault(title, column)
        self._check_untitled()

    def _check_untitled(self) -> None:
        seen = set(self.found.headings)
        for number, cells in self.found.rows.items():
            for column in sorted(cells.keys() - seen):
                seen.add(column)
                message = "这一列没有标题，没有读；请在标题行写上它是什么，再运行一次"
                self.review.add(Weight.QUESTION, "", message, self.found.spot(number, column))

    def _may_repeat(self, title: str) -> bool:
        return title in ("", NOT_WANTED, OCCURRENCE) or (title in self.targets and self.targets[title].path in PHONES)

    def _columns_of(self, title: str) -> list[int]:
        """Return the columns that stand for one of ours: the first, or of telephones all."""
        found = [column for column, meant in self.columns.items() if meant == title]
        return found if self._may_repeat(title) else found[:1]

    def _text(self, cells: Mapping[int, Cell], column: int) -> str:
        text = cell_values.tidied(cells[column].text) if column in cells else ""
        target = self.targets.get(self.columns.get(column, ""))
        is_answer = target is not None and target.path in _NONE_IS_AN_ANSWER
        return "" if cell_values.says_nothing(text) and not (is_answer and text == "无") else text

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {target.path: title for title, target in self.targets.items()}

    def _all(self, path: str) -> list[str]:
        """Return all that the list says in the columns that stand for one of ours."""
        columns = self._columns_of(self._titles.get(path, "-"))
        return [text for cells in self.found.rows.values() for column in columns if (text := self._text(cells, column))]

    @cached_property
    def reader(self) -> RowReader:
        """Reads the cells."""
        codec = CellCodec.of(self.collection)
        area = self.origin.area or telephones.area_code(self._all("contact.phone")) or codec.area
        as_of, addresses = self.collection.as_of, self._all("address")
        common = (self.kind, self.targets, codec, self.wordbook, self.review, as_of, addresses, area)
        if "dates.date" not in self._titles:
            return RowReader(*common)
        year = year_of(self.found.title, self.found.sheet, self.origin.file, self.origin.title)
        return ActivityReader(*common, year, places_of(self.collection.records.values(), _PLACES))

    def _row(self, number: int, cells: Mapping[int, Cell]) -> None:
        title = name_title(self.kind, self.targets)
        column = self._columns_of(title)[0]
        spot = self.found.spot(number, column)
        record = AdoptedRecord(self._text(cells, column).replace("\n", ""), spot)
        record.values[title] = record.name
        if not record.name or cells[column].nature in (Nature.FORMULA, Nature.ERROR):
            what = "没有名称" if not record.name else "的名称是公式"
            self.review.add(Weight.QUESTION, title, f"这一行{what}，没有读；名称是什么？", spot)
        elif not self._is_repeated(record, cells):
            for wanted in dict.fromkeys(self.columns.values()):
                if wanted not in ("", NOT_WANTED, title):
                    self._read(record, wanted, number, cells)
            self.reader.finish(record)
            self._complete(record)
            record.present = self._present.get(_folded(record.name))
            self.review.records.append(record)

    def _read(self, record: AdoptedRecord, title: str, number: int, cells: Mapping[int, Cell]) -> None:
        for column in self._columns_of(title):
            if text := self._text(cells, column):
                heading, spot = self.found.headings[column], self.found.spot(number, column)
                self.reader.read(record, title, heading, cells[column], text, spot)

    def _is_repeated(self, record: AdoptedRecord, cells: Mapping[int, Cell]) -> bool:
        """Tell whether a name stood in the list before, and note it."""
        texts = tuple(
            self._text(cells, column) for column, title in self.columns.items() if title not in ("", NOT_WANTED)
        )
        first, before = self.review.seen.setdefault(record.name, (record.spot, texts))
        if first == record.spot:
            return False
        if texts == before:
            self.review.add(Weight.NOTICE, "", f"“{record.name[:40]}”和 {first} 完全一样，没有再读", record.spot)
        else:
            message = f"“{record.name[:40]}”和 {first} 同名，内容不同，没有读；哪一行对？"
            self.review.add(Weight.QUESTION, "", message, record.spot)
        return True

    @cached_property
    def _present(self) -> dict[str, Record]:
        found: dict[str, Record] = {}
        for record in self.collection.records.values():
            for name in record.names:
                found.setdefault(_folded(name), record)
        return found

    def _complete(self, record: AdoptedRecord) -> None:
        """Add what follows from the row: the recognition's name and state, the source, a summary."""
        titles = self._titles
        if "recognitions.level" in titles:
            self._complete_recognition(record)
        if not record.values.get(titles["summary"]):
            record.values[titles["summary"]] = self._summary(record)
            message = "是按名单里的内容拟的；请看一遍，最好补一句有什么可看"
            record.proposed.add(titles["summary"])
            self.review.add(Weight.NOTICE, titles["summary"], message, record.spot)
        record.values.setdefault(titles["sources.title"], self.origin.title)
        record.values.setdefault(titles["sources.mark"], self.origin.mark or "转载")

    def _complete_recognition(self, record: AdoptedRecord) -> None:
        titles = self._titles
        level, stage = titles["recognitions.level"], titles["recognitions.stage"]
        own = [title for title in record.values if self.targets[title].sheet.path == ("recognitions",)]
        if not own and level not in record.questions:
            return
        if level not in record.values and level not in record.questions:
            if not self._level_of_all:
                self.reader.ask(record, level, "名单里没有写级别，认定没有填；是哪一级？", record.spot)
            else:
                record.values[level] = self._level_of_all
        if level not in record.values:
            said = "；".join(f"{title.partition('：')[2]} {record.values.pop(title)}" for title in own)
            record.questions[level] += f"（还写了：{said}）" if said else ""
            return
        what = record.values.get(titles.get("type", ""), "") or self.collection.kind_label(self.kind)
        record.values.setdefault(titles["recognitions.title"], f"{record.values[level]}{what}")
        is_held = not any(word in self.found.title for word in _NOT_HELD)
        record.values.setdefault(stage, "已认定" if is_held else "已申报")

    @cached_property
    def _level_of_all(self) -> str:
        """The level that the title of the whole list names; empty if it names none."""
        found = terms_called(self.found.title, self.reader.terms("recognitions.level"))
        return found[0].label if found else ""

    def _summary(self, record: AdoptedRecord) -> str:
        def said(path: str) -> str:
            return record.values.get(self._titles.get(path, ""), "")

        what = said("recognitions.title") or self.collection.kind_label(self.kind)
        where = f"{said('town')}的" if said("town") else f"一{KINDS[self.kind].counter}"
        host, operator = said("host_unit") or said("organizers").replace("\n", "、"), said("operator")
        is_hosted = "organizers" in self._titles
        by = (
            (f"，由{host}主办" if is_hosted else f"，依托单位是{host}")
            if host
            else f"，由{operator}运营"
            if operator
            else ""
        )
        return f"{where}{what}{by}。"

    def _ask_once(self) -> None:
        """Ask of the first record alone what concerns all."""
        new = [record for record in self.review.records if record.present is None]
        if new:
            if not self.origin.mark:
                title = self._titles["sources.mark"]
                message = (
                    "名单是机关自己发的吗？先都写成了转载（页面上显示“待核对”）；是的话都改成官方，或用 --mark official"
                )
                self._ask_for_all(new, title, message)
            for title in list(self._missing(new)):
                self._ask_for_all(new, title, "名单里没有这一列，每一条都要写")

    def _ask_for_all(self, new: list[AdoptedRecord], title: str, message: str) -> None:
        """Ask of the first record, or give all the answer."""
        is_answered = bool(self.review.answer(CellQuestion(title, message), new[0].spot))
        for record in new if is_answered else new[:1]:
            self.reader.ask(record, title, message, record.spot)

    def _missing(self, new: list[AdoptedRecord]) -> Iterator[str]:
        """Yield our columns that no record can do without and that the list does not have."""
        for title, target in self.targets.items():
            is_needed = target.column.field.required and not target.sheet.has_items and len(target.column.path) == 1
            if is_needed and not any(title in record.values or title in record.questions for record in new):
                yield title


def _folded(name: str) -> str:
    return "".join(name.split()).replace("（", "(").replace("）", ")").lower()
