"""The quiz: the questions of all records, and in which order one is asked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, zip_longest
from typing import NamedTuple

from macros.records.model.groups import Question
from macros.records.model.kinds import Record


class QuizItem(NamedTuple):
    """A question with the record on whose page it stands.

    Attributes:
        record: what proves the answer.
        question: the question.
    """

    record: Record
    question: Question


def items_of(records: Iterable[Record]) -> tuple[QuizItem, ...]:
    """Return the questions of records, in their order."""
    return tuple(QuizItem(record, question) for record in records for question in record.questions)


def mixed(records: Iterable[Record]) -> tuple[QuizItem, ...]:
    """Return the questions of records so that each has asked one before any asks its second."""
    asked = [[QuizItem(record, question) for question in record.questions] for record in records]
    turns = chain.from_iterable(zip_longest(*asked))
    return tuple(item for item in turns if item is not None)
