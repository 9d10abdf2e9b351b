"""What a page says of somebody else's list: what is asked, what there is already, what would be added; all in words of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.editing.excel.adopt.adoption import Origin
from macros.editing.excel.adopt.column_titles import NOT_WANTED, OCCURRENCE, OPENING, meanings_of
from macros.editing.excel.adopt.opening_text import shown
from macros.editing.excel.adopt.review import LEFT_OUT, AdoptedRecord, CellQuestion, Weight
from macros.editing.excel.adopt.wordbook import COLUMN, Wordbook
from macros.editing.excel.rows import CellCodec
from macros.editor.sent_table import SentTable
from macros.records.collection import Collection
from macros.records.model.description import Form
from macros.site.list_adoption import KINDS_IN_LISTS, Outcome, adopted_lists, lists_in
from macros.site.session import Session
from macros.spreadsheets.sheets import Spot

SOURCE_MARK = "sources.mark"
MOST_SHOWN = 300
"""Questions and records that one page shows; of longer lists the rest is added all the same."""
_NAMES_SHOWN = 4
_MOST_CHOICES = 40
_LISTED = re.compile("[；。]?可以写：.*$")
_WORDS = (
    (re.compile("，或用 --mark official"), ""),
    (re.compile("；请在“[^”]*”里写它的意思（[^）]*），再运行一次"), ""),
    (re.compile("再运行一次"), "再放一次"),
    (re.compile("；请在工作表“[^”]*”的这一栏填写|；请到工作表“[^”]*”加一行，“[^”]*”栏写这条记录的名称"), ""),
    (re.compile("。要改就改这一行"), "。要改就打开它改"),
    (re.compile("；这一条没有写进核对表"), "；这一条不能添加"),
    (re.compile("（data/[^）]*）"), ""),
    (re.compile(r"请先运行 kepu fix，或手工改那个文件"), "请先打开那条记录改好"),
    (re.compile("请重新导出，在新的表里改"), "请用新导出的表再改"),
    (re.compile("请在隐藏的 A 列写一个，例如 [a-z-]*"), "请改一改名称"),
)


def in_window(message: str) -> str:
    """Return a message about a table in the words of a page instead of those of a command."""
    for pattern, words in _WORDS:
        message = pattern.sub(words, message)
    return message


@dataclass(frozen=True)
class ShownQuestion:
    """A question on the page.

    Attributes:
        name: of its inputs in the form.
        title: the column that it is about.
        text: what is asked, and what the cells say.
        where: the records that it is asked of.
        choices: what may be clicked; none where it is to be typed.
        answer: what was said to it.
        example: of what may be typed.
        is_notice: whether it may be left as it is.
    """

    name: str
    title: str
    text: str
    where: str
    choices: tuple[str, ...]
    answer: str
    example: str
    is_notice: bool


class ListReview:
    """A list, read with what was answered.

    Args:
        session: the project.
        sent: the list, and the answers.
        wordbook: what editors said before; what is said now is added.
        counted: see `adopted_lists`.

    Raises:
        Unusable: there is no list in the file.
    """

    def __init__(self, session: Session, sent: SentTable, wordbook: Wordbook) -> None:
        self._collection: Collection = session.checked.collection
        self._codec = CellCodec.of(self._collection)
        self.sent = sent
        wordbook.rows.update({(COLUMN, heading): title for heading, title in sent.columns.items() if title})
        kinds = (sent.kind,) if sent.kind in KINDS_IN_LISTS else KINDS_IN_LISTS
        self.listing = lists_in(self._collection, sent.worksheets, kinds, sent.stem, wordbook)
        origin = Origin(sent.title, sent.mark)
        self.outcome: Outcome = adopted_lists(session, self.listing, origin, sent.answers, lambda items, _: items)
        self.review = self.outcome.review
        self.title = sent.title or self.listing.title(sent.stem)

    @cached_property
    def new(self) -> list[AdoptedRecord]:
        """The records that would be added."""
        return [record for record in self.review.records if record.present is None]

    @property
    def present(self) -> list[AdoptedRecord]:
        """The rows that are records already."""
        return [record for record in self.review.records if record.present is not None]

    @cached_property
    def _names(self) -> Mapping[tuple[str, int], str]:
        return {(record.spot.sheet, record.spot.row): record.name for record in self.review.records}

    def open_in(self, record: AdoptedRecord) -> int:
        """Return how many questions of a record are open."""
        return sum(self._titles.get(SOURCE_MARK) != title for title in record.questions)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {target.path: title for title, target in self.listing.targets.items()}

    @cached_property
    def _open(self) -> list[CellQuestion]:
        """The questions of the page; what the source is, is asked beside its title."""
        present = {(record.spot.sheet, record.spot.row) for record in self.present}
        return [
            question
            for question, spots in self.review.questions.items()
            if question.title != self._titles.get(SOURCE_MARK)
            and not {(spot.sheet, spot.row) for spot in spots} <= present
        ]

    @property
    def keys(self) -> frozenset[str]:
        """What tells the questions that are not answered."""
        open_ones = (one for one in self._open if not one.may_leave_out and one.key not in self.sent.answers)
        return frozenset(question.key for question in open_ones)

    @property
    def questions(self) -> list[ShownQuestion]:
        """What is asked and what may be left out, questions first."""
        ordered = sorted(self._open, key=lambda question: question.may_leave_out)
        return [self._shown(question) for question in ordered[:MOST_SHOWN]]

    def _shown(self, question: CellQuestion) -> ShownQuestion:
        target = self.listing.targets.get(question.title)
        field = target.column.field if target else None
        choices: tuple[str, ...] = ()
        if question.may_leave_out:
            choices = (LEFT_OUT,)
        elif field is not None and field.form is Form.BOOL:
            choices = ("是", "否")
        elif field is not None:
            choices = tuple(term.label for term in self._codec.terms(field, (self.listing.kind,)))
        example = field.example if field else "周二至周日 9:00-17:00" if question.title == OPENING else ""
        said = f"“{' '.join(question.text.split())[:120]}”：" if question.text else ""
        return ShownQuestion(
            question.key,
            question.title,
            said + (_LISTED.sub("", in_window(question.message)) if choices else in_window(question.message)),
            self._where(self.review.questions[question]),
            choices[:_MOST_CHOICES],
            self.sent.answers.get(question.key, ""),
            example,
            question.may_leave_out,
        )

    def _where(self, spots: list[Spot]) -> str:
        """Return whom a question is about."""
        found = list(dict.fromkeys(self._names.get((spot.sheet, spot.row), str(spot)) for spot in spots))
        more = f"等 {len(found)} 条" if len(found) > _NAMES_SHOWN else ""
        return "、".join(found[:_NAMES_SHOWN]) + more

    @property
    def untold(self) -> list[str]:
        """What was not read, in the order of the list."""
        asked = {(question.title, question.message) for question in self.review.questions}
        told = {record.spot for record in self.present if record.difference}
        found = []
        for finding in self.review.of(Weight.QUESTION):
            is_column = not finding.title and "不认得" in finding.message
            if (finding.title, finding.message) not in asked and not is_column and not set(finding.spots) <= told:
                found.append(in_window(str(finding).removeprefix(f"{finding.weight.value} ")))
        return found[:MOST_SHOWN]

    @property
    def notices(self) -> list[str]:
        """What an editor should know, without what may be left out and what there is already."""
        asked = {(question.title, question.message) for question in self.review.questions}
        present = {record.spot for record in self.present}
        return [
            in_window(str(finding).removeprefix(f"{finding.weight.value} "))
            for finding in self.review.of(Weight.NOTICE)
            if (finding.title, finding.message) not in asked and not set(finding.spots) <= present
        ][:MOST_SHOWN]

    @property
    def rewritten(self) -> list[str]:
        """What the records say otherwise than the list."""
        return [str(found).removeprefix(f"{found.weight.value} ") for found in self.review.of(Weight.REWRITTEN)][
            :MOST_SHOWN
        ]

    @property
    def faults(self) -> list[str]:
        """What is still wrong, so that nothing can be added."""
        planned = self.outcome.planned
        return [in_window(str(found)) for found in (planned.complaints if planned else ())][:MOST_SHOWN]

    @property
    def columns(self) -> list[tuple[str, str, str]]:
        """The headings of the lists: heading, title of our column, what stands below it first."""
        rows: dict[str, tuple[str, str, str]] = {}
        for found, columns in self.listing.lists:
            for number, heading in found.headings.items():
                texts = (cells[number].text for cells in found.rows.values() if number in cells)
                rows.setdefault(heading, (heading, columns.get(number, ""), next(texts, "")[:40]))
        return list(rows.values())

    @property
    def titles(self) -> list[str]:
        """What a heading may stand for."""
        special = {OPENING, OCCURRENCE} & set(meanings_of(self.listing.targets).values())
        return [NOT_WANTED, *sorted(special), *self.listing.targets]

    @property
    def marks(self) -> tuple[str, ...]:
        """What the nature of the source may be."""
        found = (target for target in self.listing.targets.values() if target.path == SOURCE_MARK)
        return tuple(
            term.label for target in found for term in self._codec.terms(target.column.field, (self.listing.kind,))
        )

    def values(self, record: AdoptedRecord) -> Iterator[tuple[str, str]]:
        """Yield what a record would say, column by column."""
        yield from record.values.items()
        if record.hours:
            yield OPENING, "；".join(map(shown, record.hours))
        for name, items in record.items.items():
            sheet = next(one.sheet for one in self.listing.targets.values() if one.sheet.path == (name,))
            yield sheet.titles[0], "；".join(" ".join(filter(None, item.values())) for item in items)
