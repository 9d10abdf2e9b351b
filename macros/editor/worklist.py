"""The list from which editors work: every record with what it lacks, searched, sifted and ordered.

Whatever was asked stands in the address, so a list can be kept as a bookmark and the browser's way back works. It is worked
out anew for each question from the records as they stand; what takes time is a fact of one record and kept on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from macros.editing.quality import is_overdue, is_unreviewed, last_review, missing
from macros.editor.list_question import ListQuestion, Order, WorkList
from macros.library.library import Library
from macros.records.laws.references import is_draft
from macros.records.model.bound import cached_per_record
from macros.records.model.kinds import Record
from macros.records.model.walk import find
from macros.records.problems import Level, Problem
from macros.text import pinyin
from macros.text.fold import fold

ROWS = 50
"""Rows of one page."""


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
class UnreadRow:
    """A file that is no record.

    Attributes:
        row: how it stands in the list.
        path: the file.
        is_draft: whether it is a draft of which something is missing; else it is wrong.
    """

    row: RecordRow
    path: str
    is_draft: bool


@dataclass(frozen=True)
class ListAnswer:
    """What a list shows.

    Attributes:
        question: what was asked.
        rows: the rows of this page.
        total: how many rows all pages have.
        broken: files of these kinds that stop the site: they must be found to be put right.
    """

    question: ListQuestion
    rows: tuple[RecordRow, ...]
    total: int
    broken: tuple[RecordRow, ...] = ()

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
        unread: the files that are no records.
        waiting: kind and id of the records whose places were asked (`kepu ask`) and have not answered.
    """

    library: Library
    problems: Sequence[Problem]
    edited: frozenset[str] = frozenset()
    unread: tuple[UnreadRow, ...] = ()
    waiting: frozenset[tuple[str, str]] = frozenset()

    def answer(self, question: ListQuestion) -> ListAnswer:
        """Return the rows that a question asks for."""
        found = [record for record in self._of_kind(question.kind) if self._is_on(record, question.work)]
        found = self._searched(found, question.words) if question.words else found
        if not question.words or question.order is not Order.NAME:
            found.sort(key=self._key(question.order))
        first = (question.page - 1) * ROWS
        every: list[Record | UnreadRow] = [*self._drafts(question), *found]
        rows = tuple(
            self._marked(one) if isinstance(one, UnreadRow) else self._row(one) for one in every[first : first + ROWS]
        )
        broken = (one for one in self._unread(question) if not one.is_draft)
        return ListAnswer(question, rows, len(every), tuple(map(self._marked, broken)))

    def counts(self, kind: str) -> Mapping[WorkList, int]:
        """Return how many records of a kind stand on each list."""
        records = self._of_kind(kind)
        drafts = {work: len(list(self._drafts(ListQuestion(kind, work=work)))) for work in WorkList}
        return {work: drafts[work] + sum(self._is_on(record, work) for record in records) for work in WorkList}

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
            case WorkList.UNFINISHED:
                return is_draft(record)
            case WorkList.UNANSWERED:
                return (record.kind, record.id) in self.waiting
            case WorkList.EDITED:
                return path in self.edited
        return True

    def _key(self, order: Order) -> Callable[[Record], tuple[object, ...]]:
        readings = self.library.collection.readings
        if order is Order.MISSING:
            return lambda record: (-len(missing(record)), _reading(record, readings), record.id)
        if order is Order.REVIEWED:
            return lambda record: (last_review(record), record.id)
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
            last_review(record),
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

    def _drafts(self, question: ListQuestion) -> Iterator[UnreadRow]:
        """Yield the drafts that are no records yet: on the lists of all, of drafts, and of what was changed."""
        for one in self._unread(question):
            is_listed = question.work in (WorkList.ALL, WorkList.UNFINISHED)
            if one.is_draft and (is_listed or (question.work is WorkList.EDITED and one.path in self.edited)):
                yield one

    def _unread(self, question: ListQuestion) -> Iterator[UnreadRow]:
        wanted = fold(question.words).split()
        for one in self.unread:
            text = fold(f"{one.row.heading} {one.row.id}")
            if question.kind in ("", one.row.kind) and all(word in text for word in wanted):
                yield one

    def _marked(self, one: UnreadRow) -> RecordRow:
        levels = self._faults.get(one.path, Counter())
        edited = ("没有提交",) if one.path in self.edited else ()
        errors, notices = levels[Level.ERROR], 0 if one.is_draft else levels[Level.NOTICE]
        return replace(one.row, marks=(*edited, *one.row.marks), errors=errors, notices=notices)

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
