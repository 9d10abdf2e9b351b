"""Read one cell of a foreign list by what its column stands for, and note what it changes, asks or should show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from macros.editing.excel.adopt import cell_values
from macros.editing.excel.adopt.cell_values import CellReading
from macros.editing.excel.adopt.column_titles import OPENING, Targets
from macros.editing.excel.adopt.opening_text import holiday_rule, is_of_holidays, read_opening, shown
from macros.editing.excel.adopt.place_names import Regions, district_of, town_called, town_in
from macros.editing.excel.adopt.review import LEFT_OUT, AdoptedRecord, CellQuestion, Review, Weight
from macros.editing.excel.adopt.wordbook import Wordbook
from macros.editing.excel.rows import CellCodec
from macros.editing.excel.words import same_terms
from macros.records.model.dates import PartialDate
from macros.records.model.description import Form
from macros.records.model.terms import Term
from macros.spreadsheets.sheets import Cell, Nature, Spot

_LONGEST_TEXT, _LONGEST_VALUE, _SHOWN = 15_000, 300, 60
PHONES = ("contact.phone", "reservation.phone", "booking.phone")
_NOT_BOOKED = ("无需", "不需", "免预约", "不用", "不必")
_BOOKED = ("需", "须", "提前", "预约开放", "预约参观", "凭预约", "实行预约")


@dataclass(frozen=True)
class RowReader:
    """Reads cells into records.

    Attributes:
        kind: the kind of the records.
        targets: our columns by title.
        codec: turns values into cells, and knows the vocabularies.
        wordbook: what editors said of words before; words that nobody knows are added.
        review: takes what was found.
        as_of: the day on which "now" is decided.
        addresses: all addresses of the list, of which usual regions are learnt.
        area: the area code of telephone numbers that have none; may be empty.
    """

    kind: str
    targets: Targets
    codec: CellCodec
    wordbook: Wordbook
    review: Review
    as_of: PartialDate
    addresses: Iterable[str]
    area: str

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of our columns by their names, e.g. ``contact.phone``."""
        return {target.path: title for title, target in self.targets.items()}

    @property
    def _is_booked(self) -> str:
        return self.titles.get("reservation.required") or self.titles["booking.required"]

    @property
    def _how_to_book(self) -> str:
        return self.titles.get("reservation.how") or self.titles["booking.how"]

    @cached_property
    def _regions(self) -> Regions:
        return Regions.of(self.addresses)

    def finish(self, record: AdoptedRecord) -> None:
        """Read what needs several cells of a row, once all are known."""

    def read(self, record: AdoptedRecord, title: str, heading: str, cell: Cell, text: str, spot: Spot) -> None:
        """Read a cell into a record.

        Args:
            record: takes the value, or the question.
            title: of our column.
            heading: of the list's column.
            cell: as it is in the file.
            text: what it says, tidied and not empty.
            spot: where it stands.
        """
        field = self.targets[title].column.field if title in self.targets else None
        most = _LONGEST_TEXT if field and field.form in (Form.LINE, Form.PROSE) else _LONGEST_VALUE
        if len(text) > most:
            self.ask(record, title, f"这一格有 {len(text)} 个字，太长；要紧的是哪些？", spot, text)
        elif cell.nature in (Nature.FORMULA, Nature.ERROR):
            what = f"公式（={text[:40]}）" if cell.nature is Nature.FORMULA else f"错误值 {text[:40]}"
            self.ask(record, title, f"这一格是{what}，读不出内容；应该写什么？", spot)
        elif title == OPENING:
            self._opening(record, text, spot)
        else:
            self.read_as(self.targets[title].path, record, title, heading, text, spot)

    def read_as(self, path: str, record: AdoptedRecord, title: str, heading: str, text: str, spot: Spot) -> None:
        """Read a text by the field that it is for; the other arguments are those of `read`."""
        if path in PHONES:
            self._phone(record, title, text, spot)
        elif path == "address":
            self.address(record, text, spot)
        elif path == "town":
            self._town(record, title, text, spot)
        elif path == "contact.person":
            self._person(record, text, spot)
        elif path == "admission.price":
            self._price(record, heading, text, spot)
        elif path in ("reservation.how", "booking.how"):
            self._booking(record, text, spot)
        elif path == "area.value":
            self._area_of(record, heading, text, spot)
        else:
            self.put(record, title, text, self._reading(title, text), spot)

    def ask(self, record: AdoptedRecord, title: str, message: str, spot: Spot, text: str = "") -> None:
        """Note a question about a column of a record.

        Args:
            record: the record.
            title: of the column.
            message: in Chinese; where the same is asked of several cells, it is one question.
            spot: the cell.
            text: what the cell says, to be shown with the question but not to part it from others.
        """
        question = CellQuestion(title, message, text)
        if answer := self.review.answer(question, spot):
            self.review.answering.add(question)
            self.take_answer(record, title, answer, spot)
            self.review.answering.discard(question)
            return
        record.questions[title] = f"“{' '.join(text[:_SHOWN].split())}”：{message}" if text else message
        self.review.add(Weight.QUESTION, title, message, spot)

    def take_answer(self, record: AdoptedRecord, title: str, answer: str, spot: Spot) -> None:
        """Read what an editor said to a question, as if the cell said it."""
        if title == OPENING:
            self._opening(record, answer, spot)
        elif title == self.titles.get("town"):
            record.values[title] = answer
        else:
            self.read_as(self.targets[title].path, record, title, "", answer, spot)

    def remark_private(self, record: AdoptedRecord, title: str, message: str, spot: Spot) -> bool:
        """Note what should not be published without being asked, and tell whether the editor leaves it out."""
        self.remark(record, title, message, spot)
        return self.review.answer(CellQuestion(title, message, may_leave_out=True), spot) == LEFT_OUT

    def remark(self, record: AdoptedRecord, title: str, message: str, spot: Spot) -> None:
        """Note what an editor should look at."""
        record.remarks[title] = message
        self.review.add(Weight.NOTICE, title, message, spot)

    def terms(self, path: str) -> tuple[Term, ...]:
        """Return the terms that may be chosen in a column; none if it has none or there is no such column."""
        target = self.targets.get(self.titles.get(path, ""))
        return self.codec.terms(target.column.field, (self.kind,)) if target else ()

    def put(self, record: AdoptedRecord, title: str, text: str, reading: CellReading, spot: Spot) -> None:
        """Put what a text gives into a column of a record, ask what is open, and note what was rewritten."""
        terms = self.terms(self.targets[title].path)
        if reading.question and terms:
            word = reading.rest or text
            if said := self.review.answer(CellQuestion(title, reading.question), spot):
                self.wordbook.rows[title, word] = said
                reading = CellReading("、".join(filter(None, (reading.text, said))))
            else:
                self.wordbook.note(title, word)
        if reading.text:
            record.values[title] = reading.text
        if reading.question:
            self.ask(record, title, reading.question, spot, "" if terms else reading.rest)
        elif reading.text and reading.text != text:
            self.rewritten(title, text, reading.text, spot)

    def rewritten(self, title: str, before: str, after: str, spot: Spot) -> None:
        """Note that a cell says in our words what the list says in others."""
        self.review.add(Weight.REWRITTEN, title, f"{before} → {after}".replace("\n", "⏎"), spot)

    def _reading(self, title: str, text: str) -> CellReading:
        field, terms = self.targets[title].column.field, self.terms(self.targets[title].path)
        if said := self.wordbook.word(title, text):
            return CellReading(said)
        reading = cell_values.read_value(field, text, terms, self.as_of)
        if reading.rest and (said := self.wordbook.word(title, reading.rest)):
            return CellReading("、".join(filter(None, (reading.text, said))))
        return reading

    def _opening(self, record: AdoptedRecord, text: str, spot: Spot) -> None:
        date = cell_values.read_date(text, self.as_of) if "opened" in self.titles else None
        state = same_terms(text, self.terms("status"))
        if date:
            self.put(record, self.titles["opened"], text, CellReading(date), spot)
        elif state:
            self.put(record, self.titles["status"], text, CellReading(state[0].label), spot)
        else:
            self._hours(record, text, spot)

    def _hours(self, record: AdoptedRecord, text: str, spot: Spot) -> None:
        read = read_opening(text.replace("\n", "；"))
        if read.booking:
            self._book(record, read.booking)
        # Days that are not understood would be taken for days on which it is closed.
        if read.missing or (read.rest and not is_of_holidays(read.rest)):
            doubts = filter(None, (read.missing, f"“{read.rest}” 看不懂" if read.rest else ""))
            self.ask(record, OPENING, f"{'，'.join(doubts)}；应该怎么写？", spot, text)
            return
        record.hours = read.hours
        if read.hours:
            self.rewritten(OPENING, text, "；".join(map(shown, read.hours)), spot)
        if rule := holiday_rule(text):
            record.values[self.titles["on_holidays"]] = rule
            self.rewritten(self.titles["on_holidays"], read.rest, rule, spot)
        elif read.rest:
            self.ask(record, self.titles["on_holidays"], f"“{read.rest}” 是照常、不开放、按周日，还是另行通知？", spot)

    def _book(self, record: AdoptedRecord, text: str) -> None:
        if any(word in text for word in _NOT_BOOKED):
            record.values[self._is_booked] = "否"
            return
        if any(word in text for word in _BOOKED):
            record.values[self._is_booked] = "是"
        record.values[self._how_to_book] = text

    def _booking(self, record: AdoptedRecord, text: str, spot: Spot) -> None:
        if answer := cell_values.read_yes_or_no(text):
            required = self._is_booked
            self.put(record, required, text, CellReading(answer), spot)
        else:
            self._book(record, " ".join(text.split()))

    def _price(self, record: AdoptedRecord, heading: str, text: str, spot: Spot) -> None:
        free, price = self.titles["admission.free"], self.titles["admission.price"]
        answer = cell_values.read_price(text, heading)
        if not answer:
            self.ask(record, price, f"“{text}” 是免费，还是多少钱？", spot)
        elif answer in ("是", "否"):
            self.put(record, free, text, CellReading(answer), spot)
        else:
            record.values[free] = "否"
            self.put(record, price, text, CellReading(answer), spot)

    def _area_of(self, record: AdoptedRecord, heading: str, text: str, spot: Spot) -> None:
        title, unit = self.titles["area.value"], cell_values.unit_of_area(text) or cell_values.unit_of_area(heading)
        reading = cell_values.read_value(
            self.targets[title].column.field, cell_values.without_unit(text), (), self.as_of
        )
        if reading.text and not unit:
            self.ask(record, title, "没有写单位；是平方米吗？", spot, text)
        else:
            self.put(record, title, text, reading, spot)
            record.values.update({self.titles["area.unit"]: unit} if reading.text else {})

    def _phone(self, record: AdoptedRecord, title: str, text: str, spot: Spot) -> None:
        reading = cell_values.read_phones(text, self.area)
        if reading.question:
            self.ask(record, title, reading.question, spot, text)
        elif reading.text:
            numbers = [number for number in (record.values.get(title), reading.text) if number]
            self.put(record, title, text, CellReading("、".join(numbers)), spot)
        if cell_values.mobiles(reading.text):
            self._mobile(record, title, spot)
        if not reading.rest or reading.rest == record.values.get(self.titles["contact.person"]):
            return
        if title == self.titles["contact.phone"] and not record.values.get(self.titles["contact.person"]):
            self._person(record, reading.rest, spot)
        else:
            self.remark(record, title, f"号码旁边的“{reading.rest}”没有写进去", spot)

    def _mobile(self, record: AdoptedRecord, title: str, spot: Spot) -> None:
        message = "是手机号码；只公开办公电话，要公开手机须本人同意"
        if self.remark_private(record, title, message, spot):
            numbers = record.values.pop(title, "").split("、")
            if left := "、".join(number for number in numbers if not cell_values.mobiles(number)):
                record.values[title] = left

    def _person(self, record: AdoptedRecord, text: str, spot: Spot) -> None:
        name, number = cell_values.person_and_phone(text)
        title, phone = self.titles["contact.person"], self.titles["contact.phone"]
        if name:
            self.put(record, title, text, CellReading(name), spot)
        if number and not record.values.get(phone):
            self._phone(record, phone, number, spot)
        if cell_values.is_person(name):
            message = "是个人的姓名；公开要本人同意，也可以只写科室"
            if self.remark_private(record, title, message, spot):
                record.values.pop(title, None)

    def address(self, record: AdoptedRecord, text: str, spot: Spot) -> None:
        """Read an address: without the region that leads it, and with the town that it names."""
        title = self.titles["address"]
        region, rest = self._regions.parted(text.replace("\n", " "))
        record.values[title] = rest
        if region:
            self.review.add(Weight.REWRITTEN, title, f"去掉了前面的 {region}", spot)
        district, usual = district_of(region), self._regions.usual
        if district and district != usual:
            self.remark(record, title, f"写的是{district}，别的多数是{usual}；请看看是不是本区的", spot)
        found = town_in(rest, self.terms("town"))
        if found:
            self.town_of_address(record, self.titles["town"], found.label, spot)

    def town_of_address(self, record: AdoptedRecord, title: str, label: str, spot: Spot) -> None:
        """Take the town that an address names, or ask where another one was stated."""
        stated = record.values.get(title, "")
        if not stated:
            record.questions.pop(title, None)
            record.values[title] = label
            self.review.add(Weight.REWRITTEN, title, f"从地址里取出 {label}", spot)
        elif stated != label:
            self.ask(record, title, f"镇街写的是{stated}，地址里是{label}；是哪一个？", spot)

    def _town(self, record: AdoptedRecord, title: str, text: str, spot: Spot) -> None:
        found = town_called(text, self.terms("town"))
        stated = record.values.get(title, "")
        if found and stated and stated != found.label:
            self.ask(record, title, f"镇街写的是{found.label}，地址里是{stated}；是哪一个？", spot)
        else:
            self.put(record, title, text, CellReading(found.label) if found else self._reading(title, text), spot)
