"""What came of a list: rows for the table for review, and everything that an editor has to answer or should know."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from macros.editing.excel.adopt.opening_text import Hours
from macros.records.model.kinds import Record
from macros.spreadsheets.sheets import Spot

_SHOWN = 3
LEFT_OUT = "不写"
"""The answer by which what a notice is about is left out of the records."""


class Weight(Enum):
    """What a finding asks of the editor; the value is the word for it."""

    QUESTION = "问题"
    NOTICE = "提醒"
    REWRITTEN = "改写"


@dataclass
class ListFinding:
    """Something about cells of the list.

    Attributes:
        weight: what it asks of the editor.
        title: our column that it is about; empty if it is about none.
        message: in Chinese.
        spots: the cells of the list.
    """

    weight: Weight
    title: str
    message: str
    spots: list[Spot] = field(default_factory=list)

    @property
    def places(self) -> str:
        """The cells for a message: ``名单!C4、C9、C12 等 8 格``."""
        shown = [
            str(spot) if not number else str(spot).rpartition("!")[2] for number, spot in enumerate(self.spots[:_SHOWN])
        ]
        return "、".join(shown) + (f" 等 {len(self.spots)} 格" if len(self.spots) > _SHOWN else "")

    def __str__(self) -> str:
        title = f"{self.title}：" if self.title else ""
        return f"{self.weight.value} {self.places}：{title}{self.message}"


@dataclass(frozen=True)
class CellQuestion:
    """What is asked of all cells of a column that say the same.

    Attributes:
        title: our column.
        message: in Chinese.
        text: what the cells say, where the message does not tell it.
        may_leave_out: whether it is a notice, to which `LEFT_OUT` is the one answer.
    """

    title: str
    message: str
    text: str = ""
    may_leave_out: bool = False

    @property
    def key(self) -> str:
        """A short name, the same each time that the list is read."""
        return hashlib.sha256("\0".join((self.title, self.message, self.text)).encode()).hexdigest()[:16]


@dataclass
class AdoptedRecord:
    """A row of the list as it is to become a record.

    Attributes:
        name: what it is called.
        spot: the cell with its name.
        values: title of our column → what it says; of lists as 认定：级别.
        hours: its opening hours.
        occasions: what its columns of date and time say, and where, until all are read.
        items: name of one of its lists → its items, each as title of the column → text; only lists with several.
        questions: title of our column → what is asked there.
        remarks: title of our column → what should be seen there.
        proposed: titles of our columns whose values are not the list's own.
        present: the record that is there already, which stays as it is; None for a new one.
        difference: what the list says otherwise than that record; empty if nothing.
    """

    name: str
    spot: Spot
    values: dict[str, str] = field(default_factory=dict)
    hours: tuple[Hours, ...] = ()
    occasions: list[tuple[str, Spot]] = field(default_factory=list)
    items: dict[str, tuple[dict[str, str], ...]] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    proposed: set[str] = field(default_factory=set)
    present: Record | None = None
    difference: str = ""


@dataclass
class Review:
    """What came of a list.

    Attributes:
        kind: the kind of its records.
        records: the records, in the order of the list.
        findings: what is to be answered or known, in the order in which it was found.
        seen: name → where it stood first, with what its row said.
        answers: key of a question → what an editor said to it, as a cell of the list might say it.
        questions: what is asked or may be said, answered or not, with the cells.
        answering: the questions whose answers are being read: they can't be answered by themselves.
    """

    kind: str
    records: list[AdoptedRecord] = field(default_factory=list)
    findings: dict[tuple[Weight, str, str], ListFinding] = field(default_factory=dict)
    seen: dict[str, tuple[Spot, tuple[str, ...]]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    questions: dict[CellQuestion, list[Spot]] = field(default_factory=dict)
    answering: set[CellQuestion] = field(default_factory=set)

    def add(self, weight: Weight, title: str, message: str, spot: Spot) -> None:
        """Note a finding; the same about other cells is one."""
        self.findings.setdefault((weight, title, message), ListFinding(weight, title, message)).spots.append(spot)

    def answer(self, question: CellQuestion, spot: Spot) -> str:
        """Note that something is asked, and return what was said to it; empty if nothing was."""
        spots = self.questions.setdefault(question, [])
        if spot not in spots[-1:]:
            spots.append(spot)
        return "" if question in self.answering else self.answers.get(question.key, "")

    def of(self, weight: Weight) -> Iterator[ListFinding]:
        """Yield the findings of a weight."""
        return (found for found in self.findings.values() if found.weight is weight)
