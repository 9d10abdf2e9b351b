"""The faults of a record before it is saved: those that `kepu check` would tell of it, each with the way to its field.

Only the record that changed is read; the laws across records look at all, but keep what they found of each record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from macros.editor.store import RecordChecker, path_of
from macros.records import laws
from macros.records.collection import Collection
from macros.records.load import read_document, validated
from macros.records.model.registry import KINDS
from macros.records.model.walk import ValuePath
from macros.records.problems import Problem, ProblemsFound
from macros.records.scan import FILES
from macros.site.session import Session


class RecordCheck:
    """Checks one record after another against all others as they stand.

    Args:
        collection: all records.
    """

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def faults(self, kind: str, identifier: str, text: str, files: Mapping[str, int] | None = None) -> list[Problem]:
        """Return what is wrong with a record, and what would become wrong with others, sorted.

        `Problem.steps` leads to the field; its path is another file's where another record would become wrong.

        Args:
            kind: its kind.
            identifier: its id, which may be new.
            text: the whole text of its file.
            files: name → size of the files in its folder as they are now; None for those that were read with the others.
        """
        path = path_of(kind, identifier)
        try:
            document = read_document(path, text.encode())
            record = validated(document, identifier, KINDS[kind], self.collection.vocabularies)
        except ProblemsFound as found:
            return found.problems
        records = {**self.collection.records, identifier: record}
        unreadable = self.collection.unreadable - {identifier}
        present = self.collection.files
        listed = present if files is None else {**present, (kind, identifier): files}
        broken = laws.check(replace(self.collection, records=records, unreadable=unreadable, files=listed))
        return sorted({problem for problem in broken if problem.path == path or problem not in self._present})

    @cached_property
    def _present(self) -> frozenset[Problem]:
        return frozenset(laws.check(self.collection))


FieldProblem = tuple[ValuePath | None, Problem]
"""A problem with the way to its field: of a field that is missing the way it would have, of another record None."""


def check(session: Session, kind: str, identifier: str, text: str) -> list[FieldProblem]:
    """Return what is wrong with a record's text beside the records of a session, each with the way to its field.

    Args:
        session: the records as they stand.
        kind: its kind.
        identifier: its id, which may be new.
        text: the whole text of its file.
    """
    path = path_of(kind, identifier)
    files = _files_now(session.root / FILES / kind / identifier)
    found = _check_of(session.loaded.collection).faults(kind, identifier, text, files)
    return [(problem.steps if problem.path == path else None, problem) for problem in found]


def _files_now(folder: Path) -> dict[str, int]:
    """Return the files of a record: one that was dropped a moment ago is there before the session hears of it."""
    if not folder.is_dir():
        return {}
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.is_file()}


def checked_by(session: Callable[[], Session]) -> RecordChecker:
    """Return the check that `Store.save` asks, by the session that is current when it is asked."""
    return lambda kind, identifier, text: [problem for _, problem in check(session(), kind, identifier, text)]


_CHECKS: list[RecordCheck] = []
"""The check of the last collection that was asked for, since a form asks at each key."""


def _check_of(collection: Collection) -> RecordCheck:
    if not _CHECKS or _CHECKS[0].collection is not collection:
        _CHECKS[:] = [RecordCheck(collection)]
    return _CHECKS[0]
