"""The faults of a record before it is saved: those that `kepu check` would tell of it, each with the way to its field.

Only the record that changed is read; the laws across records look at all, but keep what they found of each record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from macros.editor.store import path_of
from macros.records import laws
from macros.records.collection import Collection
from macros.records.load import read_document, validated
from macros.records.model.registry import KINDS
from macros.records.problems import Problem, ProblemsFound


class RecordCheck:
    """Checks one record after another against all others as they stand.

    Args:
        collection: all records.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def faults(self, kind: str, identifier: str, text: str) -> list[Problem]:
        """Return what is wrong with a record, and what would become wrong with others, sorted.

        `Problem.steps` leads to the field; its path is another file's where another record would be wrong.

        Args:
            kind: its kind.
            identifier: its id, which may be new.
            text: the whole text of its file.
        """
        path = path_of(kind, identifier)
        try:
            document = read_document(path, text.encode())
            record = validated(document, identifier, KINDS[kind], self._collection.vocabularies)
        except ProblemsFound as found:
            return found.problems
        records = {**self._collection.records, identifier: record}
        unreadable = self._collection.unreadable - {identifier}
        broken = laws.check(replace(self._collection, records=records, unreadable=unreadable))
        return sorted({problem for problem in broken if problem.path == path or problem not in self._present})

    @cached_property
    def _present(self) -> frozenset[Problem]:
        return frozenset(laws.check(self._collection))


def judge_by(collection: Callable[[], Collection]) -> Callable[[str, str, str], list[Problem]]:
    """Return the check that `Store.save` asks, by the records as they stand when it is asked."""
    checks: list[tuple[Collection, RecordCheck]] = []

    def judge(kind: str, identifier: str, text: str) -> list[Problem]:
        current = collection()
        if not checks or checks[0][0] is not current:
            checks[:] = [(current, RecordCheck(current))]
        return checks[0][1].faults(kind, identifier, text)

    return judge
