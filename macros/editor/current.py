"""The records as they stand, and what is wrong with them, as far as the preview beside has come with reading and checking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from macros.editing.source.source_file import model_of
from macros.editor.draft import record_of
from macros.editor.record_check import FieldProblem, check
from macros.editor.store import OpenedRecord
from macros.records.collection import Collection
from macros.records.load import read_terms
from macros.records.problems import Problem
from macros.records.reading import digest_of
from macros.site.session import Session, open_session


def up_to_date(root: Path, session: Session, paths: Iterable[str]) -> Collection:
    """Return the records of a session, some of them as their files stand: those that were written a moment ago.

    Args:
        root: the project's folder.
        session: the records as they were last read.
        paths: the files to look at, relative to the root.
    """
    collection = session.loaded.collection
    records = dict(collection.records)
    for path in paths:
        model, cached = model_of(path), session.loaded.files.get(path)
        raw = (root / path).read_bytes() if (root / path).is_file() else b""
        if model is None or (cached is not None and cached.digest == digest_of(raw)):
            continue
        identifier = path.rpartition("/")[2].rpartition(".")[0]
        record = record_of(session, model.kind, identifier, raw.decode("utf-8", "replace")) if raw else None
        records.pop(identifier, None)
        if record is not None:
            records[identifier] = record
    return replace(collection, records=records)


class RecordsAsRead(Protocol):
    """Whoever follows the project's files, as `macros.preview.live_site.LiveMaker`."""

    @property
    def session(self) -> Session | None:
        """The records as they were last read; None before the first time."""

    @property
    def checked(self) -> tuple[Session, Sequence[Problem]] | None:
        """The records as they were last checked, with what was found wrong; None before the first time."""


class CurrentRecords:
    """What the editor's pages ask of the records.

    Args:
        root: the project's folder.
        records: who follows its files.
    """

    def __init__(self, root: Path, records: RecordsAsRead) -> None:
        self._root, self._records = root, records

    @property
    def session(self) -> Session | None:
        """The records as they were last read; None before the first time."""
        return self._records.session

    @property
    def session_of_forms(self) -> Session:
        """The same; before the first time one with the vocabularies alone, with which a form can be shown at once.

        With 10,000 records, reading takes 3.6 s and a first check 4.5 s; nobody who corrects a number waits for that.
        """
        return self._records.session or self._first

    @cached_property
    def _first(self) -> Session:
        session = open_session(self._root)
        first = replace(session)
        # A session reads its records when it is first asked for them.
        first.__dict__["loaded"] = read_terms(self._root, session.as_of)
        return first

    @property
    def problems(self) -> Sequence[Problem]:
        """What was last found wrong with the records; nothing before the first time."""
        return self._records.checked[1] if self._records.checked else ()

    def problems_of(self, opened: OpenedRecord) -> list[FieldProblem]:
        """Return what is wrong with a record as its file stands; nothing while the first check is under way."""
        checked, session = self._records.checked, self._records.session
        if checked is None or session is None:
            return []
        cached = checked[0].loaded.files.get(opened.path)
        if cached is None or cached.digest.hex() != opened.digest:
            return check(session, opened.kind, opened.id, opened.text)
        return [(problem.steps, problem) for problem in checked[1] if problem.path == opened.path]
