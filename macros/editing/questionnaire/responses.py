"""What came back in a questionnaire: which record it is about, who answered, and each answer with its cell.

People sort, filter, copy and cut, and save with programs of their own; so columns are found by their titles, and lines by the
key in a hidden column, or by their question where that column is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from macros.editing.excel.rows import tidy
from macros.editing.questionnaire.items import QuestionnaireItem
from macros.editing.questionnaire.workbook import (
    ANSWER,
    DATE,
    HEADER,
    KEY,
    POST,
    QUESTION,
    RIGHT,
    UNDISCLOSED,
    UNIT,
    UNPUBLISHED,
    UNSURE,
    VERDICT,
    WRONG,
)
from macros.records.collection import Collection
from macros.records.model.kinds import Record
from macros.spreadsheets.sheets import Cell, Complaint, Nature, Spot, Unusable, Worksheet

_NOTHING = Cell("")
_NEEDED = (QUESTION, VERDICT, ANSWER)
_VERDICTS = {
    "": "", RIGHT: RIGHT, "√": RIGHT, "✓": RIGHT, "是": RIGHT, "正确": RIGHT,
    WRONG: WRONG, "不对": WRONG, "错": WRONG, "×": WRONG, "改为": WRONG,
    UNSURE: UNSURE, "不知道": UNSURE, UNDISCLOSED: UNDISCLOSED, "不公布": UNDISCLOSED, "保密": UNDISCLOSED,
}  # fmt: skip


@dataclass(frozen=True)
class ItemAnswer:
    """One answer.

    Attributes:
        key: key of the question.
        verdict: one of the words that may be chosen; empty if none was.
        text: what was written; empty for nothing.
        published: what the site said when it was asked; empty for nothing.
        spot: where it stands.
    """

    key: str
    verdict: str
    text: str
    published: str
    spot: Spot

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.verdict and not self.text


@dataclass
class QuestionnaireResponse:
    """A questionnaire that came back.

    Attributes:
        record: the record that it is about.
        about: who answered when, by the keys of the form.
        answers: key of each question → its answer; those left empty too.
        came: the same as they came, whatever is wrong with them.
        complaints: what is wrong, each with its cell.
    """

    record: Record
    about: dict[str, ItemAnswer] = field(default_factory=dict)
    answers: dict[str, ItemAnswer] = field(default_factory=dict)
    came: dict[str, ItemAnswer] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)


def read_response(
    worksheets: Sequence[Worksheet], collection: Collection, questions: Mapping[str, Sequence[QuestionnaireItem]]
) -> QuestionnaireResponse:
    """Return what a workbook says.

    Args:
        worksheets: its sheets.
        collection: the records.
        questions: id of each record that may be asked → its questions, to find lines by where the keys are lost.

    Raises:
        Unusable: there is no questionnaire in it, or none of a record that exists.
    """
    for sheet in worksheets:
        if found := _headed(sheet):
            return _read(sheet, *found, _record(sheet, collection), questions)
    raise Unusable("里面没有核对表；请用 kepu ask 做出来的文件，不要把标题那一行删掉")


def _headed(sheet: Worksheet) -> tuple[int, dict[int, int]] | None:
    """Return the number of the row with the titles, and our column → the sheet's; None if there is no such row."""
    for number, row in sheet.rows.items():
        texts = {tidy(cell.text): column for column, cell in row.items()}
        columns = {ours: texts[title] for ours, title in enumerate(HEADER) if title in texts}
        if all(column in columns for column in _NEEDED):
            return number, columns
    return None


def _record(sheet: Worksheet, collection: Collection) -> Record:
    marks = (tidy(cell.text) for row in sheet.rows.values() for cell in row.values())
    mark = next((text for text in marks if text.startswith("kepu ") and "/" in text), "")
    kind, _, identifier = mark.removeprefix("kepu ").partition("/")
    record = collection.records.get(identifier) or _renamed(collection, identifier)
    if record is None or record.kind != kind:
        raise Unusable(
            "看不出是哪一条记录的核对表：隐藏的那一列不在了，或者记录已经删去；请重新用 kepu ask 做一张，把答案抄过去"
        )
    return record


def _renamed(collection: Collection, identifier: str) -> Record | None:
    return next((one for one in collection.records.values() if identifier and identifier in one.former_ids), None)


def _read(
    sheet: Worksheet,
    header: int,
    columns: Mapping[int, int],
    record: Record,
    questions: Mapping[str, Sequence[QuestionnaireItem]],
) -> QuestionnaireResponse:
    returned = QuestionnaireResponse(record)
    keys = {question.key for question in questions[record.id]}
    by_text = {_question_text(question): question.key for question in questions[record.id]}
    for number, row in sheet.rows.items():
        line = _Line(sheet.name, number, {ours: row.get(theirs, _NOTHING) for ours, theirs in columns.items()}, columns)
        key = line.text(KEY) or by_text.get(line.text(QUESTION), "")
        if key in (UNIT, POST, DATE):
            returned.about[key] = line.answer(key, "")
        elif key in keys:
            _add(returned, line, key)
        elif number > header and key and (line.text(VERDICT) or line.text(ANSWER)):
            message = "现在不问这一项了，没有采用；请看一下要不要写到别处"
            returned.complaints.append(Complaint(line.spot(ANSWER), message))
    if not any(not answer.is_empty for answer in returned.answers.values()) and not returned.complaints:
        raise Unusable("一项也没有填")
    return returned


def _question_text(question: QuestionnaireItem) -> str:
    return tidy(question.text)


@dataclass(frozen=True)
class _Line:
    sheet: str
    number: int
    cells: Mapping[int, Cell]
    columns: Mapping[int, int]

    def text(self, column: int) -> str:
        return tidy(self.cells.get(column, _NOTHING).text)

    def spot(self, column: int) -> Spot:
        return Spot(self.sheet, self.number, self.columns.get(column, 0))

    def answer(self, key: str, verdict: str) -> ItemAnswer:
        published = self.text(2)
        return ItemAnswer(
            key, verdict, self.text(ANSWER), "" if published == UNPUBLISHED else published, self.spot(ANSWER)
        )

    def faults(self) -> Iterator[Complaint]:
        if self.text(VERDICT) not in _VERDICTS:
            message = f"“{self.text(VERDICT)}” 不是可以选的；请选 {RIGHT}、{WRONG}、{UNSURE} 或 {UNDISCLOSED}"
            yield Complaint(self.spot(VERDICT), message)
        if self.cells.get(ANSWER, _NOTHING).nature in (Nature.FORMULA, Nature.ERROR):
            yield Complaint(self.spot(ANSWER), "这一格是公式或错误值；请写成文字")


def _add(returned: QuestionnaireResponse, line: _Line, key: str) -> None:
    if key not in returned.came or returned.came[key].is_empty:
        returned.came[key] = line.answer(key, line.text(VERDICT))
    if faults := list(line.faults()):
        returned.complaints += faults
        return
    answer, before = line.answer(key, _VERDICTS[line.text(VERDICT)]), returned.answers.get(key)
    if before is None or before.is_empty:
        returned.answers[key] = answer
    elif not answer.is_empty and (answer.verdict, answer.text) != (before.verdict, before.text):
        message = f"这一项填了两次，另一次在 {before.spot}，写的是“{before.text or before.verdict}”；请留下对的一行"
        returned.complaints.append(Complaint(answer.spot, message))
