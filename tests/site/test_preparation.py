"""Asking the laws on another processor while pages are planned: told is what a check tells, whatever happens on either side."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from macros.records.problems import Problem
from macros.site import pool, preparation
from macros.site.session import Session, open_session
from tests.support.projects import BAD, lay_project

BROKEN = sorted(path for path in BAD.iterdir() if path.name.startswith(("d", "hours", "reference", "repeated")))
DANGLING = BAD / "dangling-reference"


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process, however few the records are."""
    monkeypatch.setattr(preparation, "FEWEST", 0)
    monkeypatch.setattr(pool, "processors", lambda: 2)


def fail(*_: object) -> NoReturn:
    """Take the place of what can't go on."""
    raise ZeroDivisionError


def told(session: Session) -> list[Problem]:
    """Return what a build tells."""
    return preparation.checked_and_prepared(session)


def test_a_build_tells_what_a_check_tells(tmp_path: Path) -> None:
    found = []
    for case in (None, *BROKEN):
        root = lay_project(tmp_path / (case.name if case else "good"), case)
        found.append(told(open_session(root)))
        assert found[-1] == open_session(root).problems()
    assert sum(map(bool, found)) > 10


def test_what_is_wrong_is_told_though_planning_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "_prepare", fail)
    assert told(open_session(lay_project(tmp_path / "wrong", DANGLING)))
    with pytest.raises(ZeroDivisionError):
        told(open_session(lay_project(tmp_path / "right")))


def test_a_job_that_fails_elsewhere_fails_here(monkeypatch: pytest.MonkeyPatch) -> None:
    with pool.beside(fail) as ask, pytest.raises(ZeroDivisionError):
        ask()
    with pool.beside(lambda: 6 * 7) as ask:
        assert ask() == 42
