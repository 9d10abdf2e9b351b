"""The quiz: ten mixed questions, all questions, and those of each field; where there is no question, there is no page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from macros.library.library import Library
from macros.library.questions import QuizItem, items_of, mixed
from macros.pages.plan.page import HOME, Crumb, PlannedPage, paginate
from macros.records.model.kinds import Record
from macros.records.model.terms import Term

QUIZ = Crumb("科普问答", "quiz/")

ASKED = 10
"""Questions of the mixed quiz."""

IN_STORE = 60
"""Questions that the mixed quiz brings along, so that the browser can ask others another day: some 10 kB compressed."""

PAGE_SIZE = 24
"""Questions of a page of all of them."""

NAMED = 48
"""Records with questions that the mixed quiz names."""


class QuizPart(NamedTuple):
    """Questions that have a page of their own.

    Attributes:
        title: what they have in common.
        address: address of the page.
        items: the questions.
    """

    title: str
    address: str
    items: tuple[QuizItem, ...]


def quiz_pages(library: Library) -> Iterator[PlannedPage]:
    """Yield the mixed quiz, and the pages of all questions and of each field."""
    records = library.with_questions
    if not records:
        return
    parts = _parts(records)
    everything = items_of(records)
    description = f"{len(everything)} 道科普题，每题的答案都由本站的一页证明。"
    data = {
        "quiz": mixed(records)[:IN_STORE],
        "asked": ASKED,
        "total": len(everything),
        "parts": parts,
        "asking": records[:NAMED],
    }
    yield PlannedPage(QUIZ.address, "quiz.html", QUIZ.title, description, (HOME,), data=data)
    for part in parts:
        yield from _part(part)


def _parts(records: Sequence[Record]) -> tuple[QuizPart, ...]:
    found: dict[Term, list[Record]] = defaultdict(list)
    for record in records:
        for term in getattr(record, "fields", ()):
            found[term].append(record)
    fields = (
        QuizPart(term.label, f"{QUIZ.address}by/field/{term.id}/", items_of(found[term])) for term in sorted(found)
    )
    return (*fields, QuizPart("全部题目", f"{QUIZ.address}all/", items_of(records)))


def _part(part: QuizPart) -> Iterator[PlannedPage]:
    title = f"{QUIZ.title}：{part.title}"
    for piece in paginate(part.address, part.items, PAGE_SIZE):
        data = {"quiz": piece.items, "total": len(part.items), "number": piece.number, "addresses": piece.addresses}
        data |= {"first": (piece.number - 1) * PAGE_SIZE + 1}
        description = f"{title}，共 {len(part.items)} 题。"
        yield PlannedPage(
            piece.address,
            "quiz-list.html",
            piece.titled(title),
            description,
            piece.trail((HOME, QUIZ), title),
            data=data,
        )
