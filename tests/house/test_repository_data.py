"""The repository's own records and pages are clean."""

from __future__ import annotations

import re

from tests.support import ROOT
from tests.support.projects import kepu

NEXT_YEAR = re.compile(r"data/terms/holidays\.yml:1:1: 提醒：还没有 20\d\d 年的放假安排.*\n1 处提醒，在 1 个文件里。\n")


def test_the_repository_is_clean() -> None:
    """From November on, until the notice of the next year is out, there is that to be told."""
    done = kepu(ROOT, "check")
    assert done.exit_code == 0
    assert done.output == "没有发现问题。\n" or NEXT_YEAR.fullmatch(done.output)
