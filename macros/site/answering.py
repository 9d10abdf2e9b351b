"""Take over what places have answered: plan a questionnaire whole, let the real loader judge it, then write it or send it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from macros.editing.excel.export import sheets_of
from macros.editing.excel.merge import Merged, merge
from macros.editing.excel.rows import CellCodec
from macros.editing.questionnaire.items import QuestionnaireItem, questions_of
from macros.editing.questionnaire.register import REGISTER, Asked, encode_register, read_register, with_answer
from macros.editing.questionnaire.responses import QuestionnaireResponse, read_response
from macros.editing.questionnaire.taking_over import TakenOver, take_over
from macros.editing.questionnaire.workbook import Sheet, workbook_of
from macros.records.problems import Problem
from macros.records.reading import read_bytes
from macros.site.session import Session
from macros.site.table_import import faults_of, line_of, read_sheets
from macros.site.whole_files import undone_on_failure, write_files
from macros.spreadsheets.sheets import Complaint

if TYPE_CHECKING:
    from collections.abc import Iterator

BACK = "-请改"


@dataclass
class AnswerOutcome:
    """What one questionnaire comes to.

    Attributes:
        file: the workbook.
        returned: what it says.
        taken: what that changes.
        questions: what its record is asked today.
        merged: the record's file as it is to be written.
        complaints: what keeps it from being written.
    """

    file: Path
    returned: QuestionnaireResponse
    taken: TakenOver
    questions: Sequence[QuestionnaireItem]
    merged: Merged
    complaints: list[Complaint | Problem] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[str]:
        """What is said of it, line by line."""
        yield from map(line_of, self.taken.changes)
        yield from (f"提醒：{notice}" for notice in self.taken.notices)
        yield from (f"错误 {complaint}" for complaint in self.complaints)


def outcome_of(session: Session, file: Path) -> AnswerOutcome:
    """Work out what a questionnaire changes; nothing is written.

    Args:
        session: the project.
        file: the workbook.

    Raises:
        Unusable: it is no questionnaire that can be read.
    """
    collection = session.checked.collection
    codec = CellCodec.of(collection)
    returned = read_response(read_sheets(file), collection, _Questions(session, codec))
    questions = questions_of(returned.record, codec)
    taken = take_over(returned, questions, codec, session.as_of)
    merged = merge(
        [taken.draft], collection, sheets_of(collection), lambda path: read_bytes(session.root, session.root / path)
    )
    complaints: list[Complaint | Problem] = [*taken.complaints, *merged.complaints]
    if merged.files and not complaints:
        complaints = list(faults_of(session, merged))
    return AnswerOutcome(file, returned, taken, questions, merged, complaints)


class _Questions(Mapping[str, Sequence[QuestionnaireItem]]):
    """The questions of each record, made when one is asked for."""

    def __init__(self, session: Session, codec: CellCodec) -> None:
        self._records, self._codec = session.checked.collection.records, codec

    def __getitem__(self, identifier: str) -> Sequence[QuestionnaireItem]:
        return questions_of(self._records[identifier], self._codec)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def finish(session: Session, outcome: AnswerOutcome, dry_run: bool) -> str:
    """Write the record, or else the workbook that goes back; return what is said at the end.

    Args:
        session: the project.
        outcome: what the questionnaire comes to.
        dry_run: whether nothing is written.

    Raises:
        OSError: a file can't be written; then every file is as it was.
    """
    count = f"{len(outcome.taken.changes)} 处改动，{outcome.taken.confirmed} 处说对"
    if outcome.complaints:
        name = f"{outcome.file.stem}{BACK}.xlsx"
        if not dry_run:
            write_files(outcome.file.resolve().parent, {name: _sent_back(session, outcome)})
        return f"{len(outcome.complaints)} 处错误；什么也没有写进记录。" + (
            "" if dry_run else f"要改的写在 {name} 里，可以发回去。"
        )
    if dry_run or not outcome.merged.files:
        return f"{count}；" + ("没有写入（--dry-run）。" if outcome.merged.files else "没有要写的。")
    with undone_on_failure(session.root, outcome.merged.files):
        write_files(session.root, outcome.merged.files)
    _note_answer(session, outcome)
    return f"{count}；已写入 {'、'.join(outcome.merged.files)}。"


def register_in(folder: Path) -> tuple[Asked, ...]:
    """Return who was asked, by the register in a folder of questionnaires; nobody if there is none."""
    register = folder / REGISTER
    return read_register(register.read_bytes()) if register.is_file() else ()


def _note_answer(session: Session, outcome: AnswerOutcome) -> None:
    folder, record = outcome.file.resolve().parent, outcome.returned.record
    if entries := register_in(folder):
        still_open = len(outcome.questions) - len(set(outcome.taken.answered))
        noted = with_answer(entries, record.kind, record.id, session.as_of.iso, still_open)
        write_files(folder, {REGISTER: encode_register(noted)})


def _sent_back(session: Session, outcome: AnswerOutcome) -> bytes:
    """Return the questionnaire with the answers as they came and one more column that says what to mend."""
    answers = outcome.returned.came
    by_row = {(answer.spot.sheet, answer.spot.row): key for key, answer in answers.items()}
    remarks: dict[str, str] = {}
    for complaint in outcome.complaints:
        spot = complaint.spot if isinstance(complaint, Complaint) else None
        key = by_row.get((spot.sheet, spot.row), "") if spot else ""
        key = key or next(iter(answers), "")
        remarks[key] = "\n".join(filter(None, (remarks.get(key), complaint.message)))
    came = {**answers, **outcome.returned.about}
    sheet = Sheet(
        outcome.returned.record,
        outcome.questions,
        session.site.name,
        session.as_of,
        remarks,
        {key: (answer.verdict, answer.text) for key, answer in came.items()},
    )
    return workbook_of(sheet)
