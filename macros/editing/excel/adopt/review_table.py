"""The table for review: rows as `kepu excel export` makes them, open questions coloured, each said on its cell and in its row.

What nobody can answer stays out of the cells, so that the table can be imported at once; the last column of the kind's own
sheet says what is open, and the import repeats it until the cell is emptied.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from macros.editing.excel.adopt.column_titles import OPENING, Targets
from macros.editing.excel.adopt.opening_text import Hours, shown
from macros.editing.excel.adopt.review import AdoptedRecord, CellQuestion, Review, Weight
from macros.editing.excel.export import looks_of
from macros.editing.excel.rows import CellCodec, rows_of
from macros.editing.excel.workbook_schema import FINDINGS, REVIEW, WORDS, SheetSchema
from macros.records.model.kinds import Record
from macros.spreadsheets.sheets import Cell, Complaint, Worksheet
from macros.spreadsheets.xlsx import CellMark, ColumnLook, Workbook

_COLOUR = "FFB3A7"
"""Fill of what is open; nothing else among the rows has one, so that it can be counted and filtered by colour."""
_FINDINGS = (("要做什么", 10), ("名单里的格", 28), ("哪一列", 18), ("说明", 90))
_LONGEST_NOTE = 2_000
_LONGEST_ASKED = 15_000
_MOST_FINDINGS = 20_000
_DAYS = "星期"
_WIDE = 40


@dataclass
class _TableRow:
    """A row of the table.

    Attributes:
        record: the row of the list that it came of.
        texts: title of the column in its sheet → text.
        leading: what stands in the columns before those with values.
        marks: title of the column → weight and note.
    """

    record: AdoptedRecord
    texts: dict[str, str]
    leading: tuple[str, ...]
    marks: dict[str, tuple[Weight, str]] = field(default_factory=dict)

    def cells(self, header: Sequence[str]) -> list[str]:
        """Return the cells below a header."""
        return [*self.leading, *(self.texts.get(title, "") for title in header[len(self.leading) :])]


@dataclass(frozen=True)
class ReviewTable:
    """The table of a review.

    Attributes:
        review: what came of the list.
        targets: our columns by title.
        sheets: all sheets of our workbook.
        codec: turns values into cells.
    """

    review: Review
    targets: Targets
    sheets: Sequence[SheetSchema]
    codec: CellCodec

    def content(self, day: datetime.date) -> bytes:
        """Return the workbook.

        Args:
            day: the day that stands for the time of making.
        """
        workbook = Workbook("", day, WORDS, is_edited=True)
        for sheet in self._own_sheets:
            looks = self._looks(sheet)
            add = workbook.sheet(sheet.name, looks, frozen=3 + len(sheet.positions))
            header = [look.title for look in looks]
            for row in self._rows(sheet):
                add(row.cells(header), {header.index(title): _mark(*mark) for title, mark in row.marks.items()})
        self._add_findings(workbook)
        return workbook.content()

    def worksheets(self) -> list[Worksheet]:
        """Return the sheets as they would be read of the workbook."""
        made = []
        for sheet in self._own_sheets:
            header = [look.title for look in self._looks(sheet)]
            lines = enumerate((header, *(row.cells(header) for row in self._rows(sheet))), 1)
            rows = {number: {at: Cell(text) for at, text in enumerate(texts) if text} for number, texts in lines}
            made.append(Worksheet(sheet.name, rows))
        return made

    def _looks(self, sheet: SheetSchema) -> list[ColumnLook]:
        last = [] if sheet.has_items else [ColumnLook(REVIEW, _WIDE, colour=_COLOUR)]
        return [*looks_of(sheet, self.codec), *last]

    @property
    def _own_sheets(self) -> list[SheetSchema]:
        return [sheet for sheet in self.sheets if self.review.kind in sheet.kinds]

    def _add_findings(self, workbook: Workbook) -> None:
        add = workbook.sheet(FINDINGS, [ColumnLook(title, width) for title, width in _FINDINGS])
        rows = [
            (weight.value, found.places, found.title, found.message)
            for weight in Weight
            for found in self.review.of(weight)
        ]
        for row in rows[:_MOST_FINDINGS]:
            add(row)
        if len(rows) > _MOST_FINDINGS:
            add(("", "", "", f"还有 {len(rows) - _MOST_FINDINGS} 条没有列在这里，窗口里都有"))

    def _rows(self, sheet: SheetSchema) -> Iterator[_TableRow]:
        for record in self.review.records:
            if record.present is None:
                yield from self._of_new(sheet, record)
            elif not sheet.has_items and (row := self._of_present(sheet, record, record.present)):
                yield row

    def _of_new(self, sheet: SheetSchema, record: AdoptedRecord) -> Iterator[_TableRow]:
        if not sheet.has_items:
            row = _TableRow(record, self._texts(sheet, record), ("", ""), self._marks(sheet, record))
            asked = "\n".join(f"【{title}】{text}" for title, text in record.questions.items())
            row.texts[REVIEW] = asked[:_LONGEST_ASKED]
            yield row
            return
        leading = ("", "", record.name, *("" for _ in sheet.positions))
        if sheet.path == ("opening",):
            yield from _of_hours(record, leading)
            return
        texts, marks = self._texts(sheet, record), self._marks(sheet, record)
        if items := record.items.get(sheet.path[0], ()):
            yield from (_TableRow(record, item, leading, {} if number else marks) for number, item in enumerate(items))
        elif texts or marks:
            yield _TableRow(record, texts, leading, marks)

    def _texts(self, sheet: SheetSchema, record: AdoptedRecord) -> dict[str, str]:
        found = ((self.targets[title], text) for title, text in record.values.items())
        return {target.column.title: text for target, text in found if target.sheet == sheet}

    def _marks(self, sheet: SheetSchema, record: AdoptedRecord) -> dict[str, tuple[Weight, str]]:
        marks: dict[str, tuple[Weight, str]] = {}
        for weight, notes in ((Weight.NOTICE, record.remarks), (Weight.QUESTION, record.questions)):
            for title, note in notes.items():
                target = self.targets.get(title)
                if target and target.sheet == sheet:
                    marks[target.column.title] = (weight, note)
        return marks

    def _of_present(self, sheet: SheetSchema, record: AdoptedRecord, present: Record) -> _TableRow | None:
        """Return the row of a record that is there, as it is, with what the list says otherwise; None if it says nothing."""
        if present.kind not in sheet.kinds:
            return None
        row = next(rows_of(sheet, present, self.codec))
        before = dict(zip((column.title for column in sheet.columns), row.cells, strict=True))
        told = self.difference(record)
        texts = {**before, REVIEW: told[:_LONGEST_ASKED]}
        marks = {sheet.columns[0].title: (Weight.QUESTION, told)}
        return _TableRow(record, texts, (present.id, row.hash), marks) if told else None

    def difference(self, record: AdoptedRecord) -> str:
        """Say what the list says otherwise than the record that is there; nothing if it says the same."""
        present = record.present
        own = next((sheet for sheet in self._own_sheets if present and present.kind in sheet.kinds), None)
        if present is None or own is None:
            return ""
        row = next(rows_of(own, present, self.codec))
        before = dict(zip((column.title for column in own.columns), row.cells, strict=True))
        told = list(self._differing(own, record, before))
        if record.hours and not getattr(present, "opening", ()):
            told.append(f"{OPENING}：记录里没有，名单里是 {'；'.join(map(shown, record.hours))}")
        told += self._differing_items(record, present)
        return f"已经有“{present.heading}”，没有改它。" + "；".join(told) if told else ""

    def _differing(self, own: SheetSchema, record: AdoptedRecord, before: dict[str, str]) -> Iterator[str]:
        for title, text in record.values.items():
            target = self.targets[title]
            if target.sheet != own or title in record.proposed or target.column is own.columns[0]:
                continue
            if not self.codec.same(target.column.field, before[title], text):
                yield f"{title}：记录里{f'是 {before[title]}' if before[title] else '没有'}，名单里是 {text}"

    def _differing_items(self, record: AdoptedRecord, present: Record) -> Iterator[str]:
        for sheet in self._own_sheets:
            if items := record.items.get(".".join(sheet.path), ()):
                titles = [column.title for column in sheet.columns]
                rows = [dict(zip(titles, row.cells, strict=True)) for row in rows_of(sheet, present, self.codec)]
                before, said = ("；".join(map(_shown_item, found)) for found in (rows, items))
                if before != said:
                    yield f"{sheet.titles[0]}：记录里{f'是 {before}' if before else '没有'}，名单里是 {said}"

    def take_back(self, complaints: Iterable[Complaint]) -> bool:
        """Turn what the import would refuse into questions, and tell whether that changed the table.

        Args:
            complaints: what the import says of cells of the table.
        """
        sheets = {sheet.name: (sheet, list(self._rows(sheet))) for sheet in self._own_sheets}
        changed = [
            self._take_back(sheets[found.spot.sheet][0], rows[found.spot.row - 2].record, found)
            for found in complaints
            if (rows := sheets.get(found.spot.sheet, (None, []))[1]) and 2 <= found.spot.row < len(rows) + 2
        ]
        return any(changed)

    def _take_back(self, sheet: SheetSchema, record: AdoptedRecord, complaint: Complaint) -> bool:
        header = sheet.header[min(complaint.spot.column, len(sheet.header) - 1)]
        title = f"{sheet.titles[0]}：{header}" if sheet.has_items else header
        if sheet.path == ("opening",):
            said, title, record.hours = "；".join(map(shown, record.hours)), OPENING, ()
        elif sheet.has_items and sheet.path[0] in record.items:
            said = "；".join(_shown_item(item) for item in record.items.pop(sheet.path[0]))
        elif title in record.values and title != sheet.columns[0].title:
            gone = [name for name in record.values if self.targets[name].sheet == sheet] if sheet.has_items else [title]
            question = CellQuestion(title, f"“{'；'.join(map(record.values.__getitem__, gone))}”：{complaint.message}")
            answer = self.review.answer(question, record.spot)
            if answer not in ("", record.values[title]):
                record.values[title] = answer
                return True
            said = "；".join(record.values.pop(name) for name in gone)
        elif record in self.review.records:
            self.review.records.remove(record)
            return self._ask(record, title, f"{complaint.message}；这一条没有写进核对表")
        else:
            return False
        return bool(said) and self._ask(record, title, f"“{said}”：{complaint.message}")

    def _ask(self, record: AdoptedRecord, title: str, message: str) -> bool:
        record.questions[title] = message
        self.review.add(Weight.QUESTION, title, message, record.spot)
        return True


def _shown_item(item: Mapping[str, str]) -> str:
    return " ".join(filter(None, item.values()))


def _of_hours(record: AdoptedRecord, leading: tuple[str, ...]) -> Iterator[_TableRow]:
    question = record.questions.get(OPENING, "")
    remark = record.remarks.get(OPENING, "")
    marks = {_DAYS: (Weight.QUESTION, question)} if question else {_DAYS: (Weight.NOTICE, remark)} if remark else {}
    rows = [_TableRow(record, _hours_texts(hours), leading) for hours in record.hours]
    if question and not rows:
        rows = [_TableRow(record, {}, leading)]
    for number, row in enumerate(rows):
        row.marks = marks if number == 0 else {}
        yield row


def _hours_texts(hours: Hours) -> dict[str, str]:
    return {
        _DAYS: "、".join(hours.days), "开门": hours.opens, "关门": hours.closes, "最晚入场": hours.last_entry, "季节": hours.season,
    }  # fmt: skip


def _mark(weight: Weight, note: str) -> CellMark:
    return CellMark(_COLOUR if weight is Weight.QUESTION else "", f"{weight.value}：{note[:_LONGEST_NOTE]}")


def note_present(table: ReviewTable) -> None:
    """Note the rows of a list that are records already, with what the list says otherwise."""
    for record in table.review.records:
        if record.present is None:
            continue
        record.difference = told = table.difference(record)
        if told:
            table.review.add(Weight.QUESTION, "", f"{told}。要改就改这一行", record.spot)
        else:
            message = f"已经有“{record.present.heading}”（{record.present.document.path}），没有再加"
            table.review.add(Weight.NOTICE, "", message, record.spot)
