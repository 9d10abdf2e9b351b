"""Make a change of a record of what its place answered: only what was answered, each with its cell, and whom it is known from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.editing.announcing import announcement_of
from macros.editing.diff import FieldChange
from macros.editing.excel.adopt import cell_values
from macros.editing.excel.drafts import RecordDraft
from macros.editing.excel.row_changes import CellChange
from macros.editing.excel.rows import CellCodec
from macros.editing.excel.workbook_schema import SheetColumn
from macros.editing.questionnaire import week
from macros.editing.questionnaire.items import QuestionnaireItem
from macros.editing.questionnaire.responses import ItemAnswer, QuestionnaireResponse
from macros.editing.questionnaire.workbook import DATE, NAME, RIGHT, UNDISCLOSED, UNIT, UNSURE, WRONG
from macros.editing.source.scalars import Value
from macros.records.model.dates import PartialDate
from macros.records.model.description import Form, fields_of, may_stand
from macros.records.model.groups import MARKS, Source
from macros.records.model.walk import ValuePath
from macros.spreadsheets.sheets import Complaint, Spot


@dataclass
class AnsweredDraft(RecordDraft):
    """A record while answers are being put into it.

    Attributes:
        spots: path of each value that was answered → its cell.
        first: where the answers begin.
    """

    spots: dict[ValuePath, Spot] = field(default_factory=dict)
    first: Spot = field(default_factory=lambda: Spot("", 1, 0))

    def places(self) -> Iterator[tuple[ValuePath, Spot]]:
        """Yield the path of each value that was answered, with its cell."""
        yield from self.spots.items()

    def spot(self, path: ValuePath) -> Spot:
        """Return the cell of a value, or of the one that lies nearest."""
        near = (spot for place, spot in self.spots.items() if place[: len(path)] == path[: len(place)])
        return next(near, self.first)


@dataclass
class TakenOver:
    """What one questionnaire does.

    Attributes:
        draft: the record with what was answered.
        changes: each answer that changes something.
        notices: what was not taken over, and why it need not be.
        complaints: what has to be mended before anything is.
        confirmed: how many published values were said to be right.
        answered: keys of the questions that were answered, also by 不清楚.
    """

    draft: AnsweredDraft
    changes: list[CellChange] = field(default_factory=list)
    notices: list[Complaint] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    confirmed: int = 0
    answered: list[str] = field(default_factory=list)


def take_over(
    returned: QuestionnaireResponse, questions: Sequence[QuestionnaireItem], codec: CellCodec, day: PartialDate
) -> TakenOver:
    """Put the answers of a place into its record.

    Args:
        returned: what came back.
        questions: what the record is asked today.
        codec: turns cells into values.
        day: today, for a form without a date.
    """
    taker = _Taker(returned, codec, day)
    weeks: dict[tuple[str, ...], list[tuple[QuestionnaireItem, ItemAnswer]]] = {}
    for question in questions:
        answer = returned.answers.get(question.key)
        if answer is None:
            continue
        if question.day:
            weeks.setdefault(question.path, []).append((question, answer))
        elif not answer.is_empty:
            taker.take(question, answer)
    for days in weeks.values():
        taker.take_week(days)
    taker.close()
    return taker.found


class _Taker:
    def __init__(self, returned: QuestionnaireResponse, codec: CellCodec, day: PartialDate) -> None:
        record = returned.record
        first = next((answer.spot for answer in returned.answers.values()), Spot(NAME, 1, 0))
        self.returned, self.codec, self.day = returned, codec, day
        self.draft = AnsweredDraft(record.kind, record.heading, record, first=first)
        self.found = TakenOver(self.draft, complaints=list(returned.complaints))
        self.undisclosed: list[str] = []
        self.fields: list[FieldChange] = []

    def take(self, question: QuestionnaireItem, answer: ItemAnswer) -> None:
        """Take one answer over, or say why not."""
        self.found.answered.append(question.key)
        if fault := _contradiction(question, answer, self._says_the_same(question, answer)):
            self.complain(answer, fault)
        elif answer.verdict == UNDISCLOSED:
            self._keep_undisclosed(question, answer)
        elif answer.verdict == RIGHT:
            self._confirm(question, answer)
        elif answer.text:
            self._write(question, answer)

    def _says_the_same(self, question: QuestionnaireItem, answer: ItemAnswer) -> bool:
        return self.codec.same(question.field, question.published, answer.text)

    def complain(self, answer: ItemAnswer, message: str) -> None:
        """Note what has to be mended."""
        self.found.complaints.append(Complaint(answer.spot, message))

    def _confirm(self, question: QuestionnaireItem, answer: ItemAnswer) -> None:
        if answer.published == question.published:
            self.found.confirmed += 1
        else:
            message = f"发出以后网站上改过，现在是“{question.published}”；答的“对”说的是原来的，请再问一次"
            self.found.notices.append(Complaint(answer.spot, message))

    def _keep_undisclosed(self, question: QuestionnaireItem, answer: ItemAnswer) -> None:
        self._note_undisclosed(question, question.title, answer)
        if question.published:
            self._change(question, answer, None, "")

    def _note_undisclosed(self, question: QuestionnaireItem, title: str, answer: ItemAnswer) -> None:
        name = ".".join(question.path)
        if name not in self.returned.record.document.data.get("undisclosed", ()):
            self.undisclosed.append(name)
            heading = self.returned.record.heading
            self.found.changes.append(CellChange(answer.spot, heading, title, "", "（不公开）"))

    def _write(self, question: QuestionnaireItem, answer: ItemAnswer) -> None:
        text, message = self._readable(question, answer.text)
        if message:
            self.complain(answer, message)
        elif not text:
            self.complain(answer, f"“{answer.text}” 看不懂；应该写什么？")
        elif _is_personal(question, text):
            self.found.notices.append(
                Complaint(answer.spot, "像是个人的姓名或手机号码，没有采用；请问一个办公电话或科室")
            )
        elif not self.codec.same(question.field, question.published, text):
            self._change(question, answer, self.codec.read(question.field, text), text)
        else:
            self.found.confirmed += 1

    def _readable(self, question: QuestionnaireItem, text: str) -> tuple[str, str]:
        """Return an answer as our own cells would say it, and what has to be asked about it."""
        one = question.field
        if one.form is Form.PHONE:
            reading = cell_values.read_phones(text, self.codec.area)
        else:
            terms = self.codec.terms(one, (self.returned.record.kind,))
            reading = cell_values.read_value(one, text, terms, self.day)
        if reading.rest and not reading.question:
            return "", f"“{reading.rest}” 不知道写到哪里；这一格只写{question.title.rpartition('：')[2]}"
        return reading.text, reading.question

    def _change(self, question: QuestionnaireItem, answer: ItemAnswer, value: Value | None, text: str) -> None:
        self.draft.set((), SheetColumn(question.title, question.path, question.field), value)
        self._note(question.path, question.title, question.published, text, answer.spot)

    def _note(self, path: tuple[str, ...], title: str, before: str, after: str, spot: Spot) -> None:
        self.draft.spots[path] = spot
        self.draft.cells.add(spot)
        self.found.changes.append(CellChange(spot, self.returned.record.heading, title, before, after))
        self.fields.append(FieldChange(".".join(path), title, before, after))

    def take_week(self, days: Sequence[tuple[QuestionnaireItem, ItemAnswer]]) -> None:
        """Take the table of the week over, whole or not at all."""
        answered = [(question, answer) for question, answer in days if not answer.is_empty]
        self.found.answered += [question.key for question, _ in answered]
        if not answered or all(answer.verdict == UNSURE and not answer.text for _, answer in answered):
            return
        question, answer = answered[0]
        if all(answer.verdict == UNDISCLOSED and not answer.text for _, answer in answered):
            self._note_undisclosed(question, question.title.partition("：")[0], answer)
            if any(question.published for question, _ in days):
                self.draft.put(question.path[0], None)
                self._note(question.path, question.title, "有", "", answer.spot)
            return
        hours = {question.day: self._hours(question, answer) for question, answer in days}
        missing = [name for name in week.WEEKDAYS if name not in hours]
        if missing:
            self.complain(answer, f"{'、'.join(missing)}的一行不在表里了；开放时间要一周七天一起填")
        if missing or any(value is None for value in hours.values()):
            return
        self._write_week(question, answer, days, {day: value for day, value in hours.items() if value is not None})

    def _hours(self, question: QuestionnaireItem, answer: ItemAnswer) -> week.Hours | None:
        if answer.verdict in (UNSURE, UNDISCLOSED):
            self.complain(answer, f"{question.day}选了“{answer.verdict}”，别的日子又填了；开放时间要一周七天一起填")
            return None
        if answer.text and answer.verdict == RIGHT and not self._says_the_same(question, answer):
            self.complain(answer, "选了“对”，又写了别的；请留下一个")
            return None
        text = answer.text or ("" if answer.verdict == WRONG else question.published)
        found = week.read_hours(text) if text else None
        if found is None:
            what = f"“{text}” 看不出是几点到几点" if text else f"{question.day}没有填"
            self.complain(answer, f"{what}；请写成 9:00-12:00、14:00-17:00，不开放的写 不开放")
        return found

    def _write_week(
        self,
        question: QuestionnaireItem,
        answer: ItemAnswer,
        days: Iterable[tuple[QuestionnaireItem, ItemAnswer]],
        hours: Mapping[str, week.Hours],
    ) -> None:
        before = {one.day: week.read_hours(one.published) if one.published else None for one, _ in days}
        if before == hours:
            self.found.confirmed += 1
            return
        self.draft.put(question.path[0], week.items_of(hours) or None)
        shown = "；".join(
            f"{day} {'、'.join('-'.join(span) for span in spans) or week.CLOSED}" for day, spans in hours.items()
        )
        title = question.title.partition("：")[0]
        self._note(
            question.path,
            title,
            "；".join(f"{one.day} {one.published}" for one, _ in days if one.published),
            shown,
            answer.spot,
        )

    def close(self) -> None:
        """Say from whom it is known and since when, and tell readers where they go by what changed."""
        record, found = self.returned.record, self.found
        if not (found.changes or found.confirmed or self.undisclosed):
            return
        data = record.document.data
        if self.undisclosed:
            self.draft.put("undisclosed", list(dict.fromkeys([*data.get("undisclosed", ()), *self.undisclosed])))
        day = self._day()
        sources = next(one.name for one in fields_of(type(record)) if one.group is Source)
        source = self._source(day)
        if source not in data.get(sources, ()):
            self.draft.put(sources, [*data.get(sources, ()), source])
        self.draft.put("reviewed_on", day.iso)
        told = announcement_of(type(record), self.fields, self.day.iso)
        if told:
            self.draft.put(told.field, [*data.get(told.field, ()), told.entry])

    def _source(self, day: PartialDate) -> dict[str, Any]:
        unit = self.returned.about[UNIT].text if UNIT in self.returned.about else ""
        unit = unit or self.returned.record.heading
        title = f"{unit}填报的{NAME}"
        return {"title": title, "publisher": unit, "published": day.iso, "mark": MARKS.choice.find("official").label}  # type: ignore[union-attr]

    def _day(self) -> PartialDate:
        """Return the day on which the form was filled in; today where that is not written, or lies ahead."""
        answer = self.returned.about.get(DATE)
        text = cell_values.read_date(answer.text, self.day) if answer and answer.text else None
        if text and may_stand(text, Form.FULL_DATE) and not self.day.is_certainly_before(PartialDate.parse(text)):
            return PartialDate.parse(text)
        return self.day


def _contradiction(question: QuestionnaireItem, answer: ItemAnswer, says_the_same: bool) -> str:
    """Return what is wrong with an answer that says two things at once, or nothing where something is needed."""
    if answer.text and answer.verdict in (UNSURE, UNDISCLOSED):
        return f"选了“{answer.verdict}”，又写了字；请留下一个"
    if answer.text and answer.verdict == RIGHT and not says_the_same:
        return "选了“对”，又写了别的；请留下一个"
    if answer.verdict == WRONG and not answer.text:
        return "选了“不对，改为”，没有写改成什么；请写出来，不知道就选“不清楚”"
    if answer.verdict == RIGHT and not question.published and not answer.published:
        return "网站上还没有写，没有什么可以“对”；请写出来，或选“不清楚”"
    return ""


def _is_personal(question: QuestionnaireItem, text: str) -> bool:
    if question.field.form is Form.PHONE:
        return bool(cell_values.mobiles(text))
    return question.field.is_personal and cell_values.is_person(text)
