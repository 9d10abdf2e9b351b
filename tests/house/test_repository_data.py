"""The repository's own records and pages are clean."""

from __future__ import annotations

from tests.support import ROOT
from tests.support.projects import kepu


def test_the_repository_is_clean() -> None:
    done = kepu(ROOT, "check")
    assert (done.output, done.exit_code) == ("没有发现问题。\n", 0)
