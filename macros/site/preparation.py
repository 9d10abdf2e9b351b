"""Make what all pages of a build need, while the laws are asked on another processor: neither needs what the other finds."""

from __future__ import annotations

from dataclasses import replace

from macros.records.load import check_laws
from macros.records.problems import Problem, has_errors
from macros.site.pool import beside
from macros.site.session import Session

FEWEST = 200
"""With fewer records a second process begins and ends in no less time than the laws take."""
MOST = 30_000
"""With more, a second process comes to hold a copy of all records, since each look at one writes its count of references."""


def checked_and_prepared(session: Session) -> list[Problem]:
    """Return everything that is wrong in data and content, as `Session.problems` does.

    What is wrong in records that could be read does not stop planning. Where planning stops all the same, what is wrong is the
    reason, and is told.

    Args:
        session: if nothing is wrong, what all jobs of a build need is made and stays with it.
    """
    loaded = session.loaded
    if has_errors(loaded.problems) or not FEWEST <= len(loaded.collection.records) <= MOST:
        problems = session.problems()
        if not has_errors(problems):
            _prepare(session)
        return problems
    with beside(lambda: check_laws(loaded).problems) as ask:
        failure = _failure(session)
        checked = replace(loaded, problems=ask())
    problems = session.problems(checked)
    if failure and not has_errors(problems):
        raise failure
    return problems


def _failure(session: Session) -> Exception | None:
    try:
        _prepare(session)
    except Exception as failure:
        return failure
    return None


def _prepare(session: Session) -> None:
    """Make what all jobs of a build need, so that workers, which are copies, find it made."""
    session.twins.prepare(session.planned.values())
    # A worker that walks through all records soon has a copy of them all.
    _ = session.documents
