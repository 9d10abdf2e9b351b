"""The questionnaire of one record as a workbook: filled in with Excel or WPS, or printed, signed and stamped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from macros.editing.questionnaire.items import QuestionnaireItem
from macros.records.model.dates import PartialDate
from macros.records.model.kinds import Record
from macros.spreadsheets.form_sheet import HEAD, NOTE, SECTION, TITLE, FormSheet

NAME = "核对表"
RIGHT, WRONG, UNSURE, UNDISCLOSED = "对", "不对，改为", "不清楚", "不公开"
VERDICTS = (RIGHT, WRONG, UNSURE, UNDISCLOSED)
UNPUBLISHED = "（还没有公布）"
HEADER = ("序号", "问题", "网站上现在写的", "对不对", "改为，或填写", "编号", "请改")
NUMBER, QUESTION, PUBLISHED, VERDICT, ANSWER, KEY, REMARK = range(len(HEADER))
UNIT, POST, DATE = "@单位", "@职务", "@日期"
ABOUT = {UNIT: "填报单位（全称）", POST: "填表人的职务（不写姓名）", DATE: "填表日期，例如 2026-12-01"}
_WIDTHS = (5, 30, 24, 11, 30)
HOW = (
    "网站上已经写了的，请看对不对；写错了，选“不对，改为”，把对的写在空格里。还没有写的，知道就直接写上。"
    "不知道的选“不清楚”；不想让公众看到的选“不公开”，空格里不写。请不要写个人的姓名和手机号码。"
)


SECTIONS = {True: "读者会问、网站上还没有的，请先填这些", False: "其余的，请看对不对"}


@dataclass(frozen=True)
class Sheet:
    """What a workbook is made of.

    Attributes:
        record: the record that is asked about.
        questions: the questions, in their order.
        site: what the site is called.
        day: the day on which it is asked.
        remarks: key of a question → what to mend in its answer; with any, the sheet has a column for them.
        answers: key of a question, or of who answers → verdict and answer as they came back.
    """

    record: Record
    questions: Sequence[QuestionnaireItem]
    site: str
    day: PartialDate
    remarks: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """What tells the sheet from others: the record."""
        return f"kepu {self.record.kind}/{self.record.id}"


def workbook_of(sheet: Sheet) -> bytes:
    """Return the questionnaire as an xlsx file, the same bytes for the same record and day."""
    title = f"{sheet.record.heading}{NAME}"
    widths = (*_WIDTHS, 0, 24 if sheet.remarks else 0)
    form = FormSheet(NAME, title, sheet.day.first_day, widths)
    form.banner(title, TITLE, {KEY: sheet.mark})
    form.banner(f"“{sheet.site}”要向公众介绍这里。{HOW}", NOTE)
    for key, label in ABOUT.items():
        form.row(_cells({QUESTION: label, ANSWER: sheet.answers.get(key, ("", ""))[1], KEY: key}))
    form.row(HEADER, HEAD)
    form.repeat_last_row()
    for is_wanted, asked in sections_of(sheet.questions):
        form.banner(SECTIONS[is_wanted], SECTION)
        for lead, questions in groupby(asked, lambda question: question.lead):
            if lead:
                form.banner(lead, SECTION)
            for question in questions:
                form.row(_row(sheet, question), choices=_choices(question))
    form.banner("单位负责人（签名）：　　　　　　　　　　　（盖章）　　　　　　　年　　月　　日", NOTE)
    return form.content()


def sections_of(questions: Sequence[QuestionnaireItem]) -> list[tuple[bool, list[QuestionnaireItem]]]:
    """Return the questions whose answers readers wait for, and the rest; a part without any is left out."""
    parts = [(wanted, [one for one in questions if one.is_wanted == wanted]) for wanted in (True, False)]
    return [(wanted, part) for wanted, part in parts if part]


def verdicts_of(question: QuestionnaireItem) -> tuple[str, ...]:
    """Return what may be said of what is published; of nothing, neither that it is right nor that it is wrong."""
    return VERDICTS if question.published else VERDICTS[2:]


def _cells(texts: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(texts.get(column, "") for column in range(len(HEADER)))


def _row(sheet: Sheet, question: QuestionnaireItem) -> tuple[str, ...]:
    verdict, answer = sheet.answers.get(question.key, ("", ""))
    return _cells(
        {
            NUMBER: str(1 + list(sheet.questions).index(question)),
            QUESTION: question.text,
            PUBLISHED: question.published or UNPUBLISHED,
            VERDICT: verdict,
            ANSWER: answer,
            KEY: question.key,
            REMARK: sheet.remarks.get(question.key, ""),
        }
    )


def _choices(question: QuestionnaireItem) -> dict[int, tuple[str, ...]]:
    return {VERDICT: verdicts_of(question), **({ANSWER: question.options} if question.options else {})}
