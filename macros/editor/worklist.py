"""The list from which editors work: every record with what it lacks, searched, sifted and ordered.

Whatever was asked stands in the address, so a list can be kept as a bookmark and the browser's way back works. It is worked
out anew for each question from the records as they stand; what takes time is a fact of one record and kept on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from macros.editing.quality import is_overdue, is_unreviewed, missing
from macros.library.library import Library
from macros.records.model.bound import cached_per_record
from macros.records.model.kinds import Record
from macros.records.model.registry import KINDS
from macros.records.model.walk import find
from macros.records.problems import Level, Problem
from macros.text import pinyin
from macros.text.fold import fold

ROWS = 50
"""Rows of one page."""


class WorkList(StrEnum):
    """A list that people work from; the value is its name in the address."""

    ALL = "all"
    UNREVIEWED = "unreviewed"
    OVERDUE = "overdue"
    INCOMPLETE = "incomplete"
    FAULTY = "faulty"
    EDITED = "edited"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    WorkList.ALL: "全部",
    WorkList.UNREVIEWED: "未核对",
    WorkList.OVERDUE: "到期要核对",
    WorkList.INCOMPLETE: "缺字段最多",
    WorkList.FAULTY: "有提醒",
    WorkList.EDITED: "我改过还没有提交",
}


class Order(StrEnum):
    """How a list is ordered; the value is its name in the address."""

    NAME = "name"
    MISSING = "missing"
    REVIEWED = "reviewed"

    @property
    def label(self) -> str:
        """What people call it."""
        return {Order.NAME: "按拼音", Order.MISSING: "缺得多的在前", Order.REVIEWED: "核对得早的在前"}[self]


@dataclass(frozen=True)
class ListQuestion:
    """What is asked of the list.

    Attributes:
        kind: name of a kind; empty for all.
        words: what is searched.
        work: which of the lists.
        order: how it is ordered.
        page: number of the page, from 1.
    """

    kind: str = ""
    words: str = ""
    work: WorkList = WorkList.ALL
    order: Order = Order.NAME
    page: int = 1

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> ListQuestion:
        """Return what an address asks; whatever it says that makes no sense is as if it were not there."""
        kind, page, work = parameters.get("kind", ""), parameters.get("page", ""), parameters.get("list", "")
        first = _first_order(work)
        return cls(
            kind if kind in KINDS else "",
            parameters.get("q", "").strip(),
            WorkList(work) if work in set(WorkList) else WorkList.ALL,
            Order(order) if (order := parameters.get("order", "")) in set(Order) else first,
            max(1, int(page[:6])) if page.isascii() and page.isdigit() else 1,
        )

    @property
    def address(self) -> str:
        """The question as it stands in an address, after the ``?``."""
        first = _first_order(self.work)
        pairs = {
            "kind": self.kind,
            "q": self.words,
            "list": "" if self.work is WorkList.ALL else self.work.value,
            "order": "" if self.order is first else self.order.value,
            "page": "" if self.page == 1 else str(self.page),
        }
        return urlencode({name: value for name, value in pairs.items() if value})

    def but(self, **others: Any) -> str:
        """Return the address of the same question, but for some parts; it begins with its first page, another list in its own order."""
        order = {"order": _first_order(others["work"])} if "work" in others else {}
        return f"?{replace(self, **{'page': 1, **order, **others}).address}"


def _first_order(work: str) -> Order:
    return Order.MISSING if work == WorkList.INCOMPLETE else Order.NAME


@dataclass(frozen=True)
class RecordRow:
    """One row of the list.

    Attributes:
        kind: name of the kind.
        id: the record's id; with the kind it makes the address of the form.
        heading: what the record is called; of a file that can't be read, its path.
        label: the kind for people.
        missing: titles of the expected fields that it lacks.
        reviewed: the day on which it was last reviewed, or empty.
        marks: in words, what else one should know: 草稿, 没有提交 …
        errors: how many faults it has.
        notices: how many notices.
    """

    kind: str
    id: str
    heading: str
    label: str
    missing: tuple[str, ...] = ()
    reviewed: str = ""
    marks: tuple[str, ...] = ()
    errors: int = 0
    notices: int = 0


@dataclass(frozen=True)
class ListAnswer:
    """What a list shows.

    Attributes:
        question: what was asked.
        rows: the rows of this page.
        total: how many rows all pages have.
        unreadable: files of these kinds that can't be read.
    """

    question: ListQuestion
    rows: tuple[RecordRow, ...]
    total: int
    unreadable: tuple[RecordRow, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // ROWS))


@dataclass(frozen=True)
class WorkListing:
    """All records as editors see them.

    Attributes:
        library: the records.
        problems: what is wrong with them.
        edited: paths of the files that were changed and not handed in.
    """

    library: Library
    problems: Sequence[Problem]
    edited: frozenset[str] = frozenset()

    def answer(self, question: ListQuestion) -> ListAnswer:
        """Return the rows that a question asks for."""
        found = [record for record in self._of_kind(question.kind) if self._is_on(record, question.work)]
        found = self._searched(found, question.words) if question.words else found
        if not question.words or question.order is not Order.NAME:
            found.sort(key=self._key(question.order))
        first = (question.page - 1) * ROWS
        rows = tuple(self._row(record) for record in found[first : first + ROWS])
        return ListAnswer(question, rows, len(found), self._unreadable(question))

    def counts(self, kind: str) -> Mapping[WorkList, int]:
        """Return how many records of a kind stand on each list."""
        records = self._of_kind(kind)
        return {work: sum(self._is_on(record, work) for record in records) for work in WorkList}

    def _of_kind(self, kind: str) -> list[Record]:
        return [record for record in self.library.collection.records.values() if kind in ("", record.kind)]

    def _is_on(self, record: Record, work: WorkList) -> bool:
        path = record.document.path
        match work:
            case WorkList.UNREVIEWED:
                return is_unreviewed(self.library, record)
            case WorkList.OVERDUE:
                return is_overdue(self.library, record)
            case WorkList.INCOMPLETE:
                return bool(missing(record))
            case WorkList.FAULTY:
                return path in self._faults
            case WorkList.EDITED:
                return path in self.edited
        return True

    def _key(self, order: Order) -> Callable[[Record], tuple[object, ...]]:
        readings = self.library.collection.readings
        if order is Order.MISSING:
            return lambda record: (-len(missing(record)), _reading(record, readings), record.id)
        if order is Order.REVIEWED:
            return lambda record: (record.reviewed_on.iso if record.reviewed_on else "", record.id)
        return lambda record: (_reading(record, readings), record.id)

    def _searched(self, records: Iterable[Record], words: str) -> list[Record]:
        """Return the records that have every word; those first whose name has them, by characters before by pinyin."""
        wanted = fold(words).split()
        readings = self.library.collection.readings
        ranked = []
        for record in records:
            name, letters = fold(record.heading), _letters(record, readings)
            places = (name, letters, _text(record))
            ranks = [next((rank for rank, text in enumerate(places) if word in text), -1) for word in wanted]
            if -1 not in ranks:
                ranked.append((max(ranks), len(name), record.id, record))
        return [record for *_, record in sorted(ranked, key=lambda row: row[:3])]

    def _row(self, record: Record) -> RecordRow:
        path = record.document.path
        levels = self._faults.get(path, Counter())
        return RecordRow(
            record.kind,
            record.id,
            record.heading,
            self.library.kind_label(record.kind),
            missing(record),
            record.reviewed_on.iso if record.reviewed_on else "",
            tuple(self._marks(record)),
            levels[Level.ERROR],
            levels[Level.NOTICE],
        )

    def _marks(self, record: Record) -> Iterable[str]:
        if record.document.path in self.edited:
            yield "没有提交"
        if record.id not in self.library.published:
            yield "草稿"
        elif timing := self.library.timing(record).value:
            yield timing
        if is_overdue(self.library, record):
            yield "该核对了"

    def _unreadable(self, question: ListQuestion) -> tuple[RecordRow, ...]:
        """Return the files that are no records, since something in them is wrong: they must be found to be put right."""
        ids = self.library.collection.unreadable
        paths = sorted(path for path in self._faults if path.rpartition("/")[2].rpartition(".")[0] in ids)
        rows = (self._unreadable_row(path) for path in paths)
        return tuple(row for row in rows if row and question.kind in ("", row.kind) and question.words in row.heading)

    def _unreadable_row(self, path: str) -> RecordRow | None:
        folder, _, name = path.rpartition("/")
        kind, identifier = folder.rpartition("/")[2], name.rpartition(".")[0]
        if kind not in KINDS:
            return None
        label, levels = self.library.kind_label(kind), self._faults[path]
        return RecordRow(kind, identifier, identifier, label, (), "", (), levels[Level.ERROR], levels[Level.NOTICE])

    @cached_property
    def _faults(self) -> Mapping[str, Counter[Level]]:
        found: dict[str, Counter[Level]] = {}
        for problem in self.problems:
            found.setdefault(problem.path, Counter())[problem.level] += 1
        return found


@cached_per_record
def _reading(record: Record, readings: pinyin.Readings) -> pinyin.SortKey:
    return pinyin.sort_key(record.heading, readings)


@cached_per_record
def _letters(record: Record, readings: pinyin.Readings) -> str:
    """Return what is typed in Latin letters for a name: its whole pinyin, and the first letters of its syllables."""
    found = pinyin.syllables(record.heading, readings)
    return f"{''.join(found)} {''.join(syllable[:1] for syllable in found)}"


@cached_per_record
def _text(record: Record) -> str:
    """Return all that a record says, folded."""
    return fold(" ".join([record.id, *(text for _, text in find(record, (str,)))]))
