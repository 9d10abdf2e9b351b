"""The repository's own records and pages are clean."""

from __future__ import annotations

import resource

from tests.support import ROOT, run
from tests.support.projects import kepu

SECONDS = 2.0


def test_the_repository_is_clean() -> None:
    done = kepu(ROOT, "check")
    assert (done.output, done.exit_code) == ("没有发现问题。\n", 0)


def test_a_check_is_quick() -> None:
    before = processor_seconds()
    done = run("macros", "check")
    assert done.returncode == 0
    assert processor_seconds() - before < SECONDS


def processor_seconds() -> float:
    """Return the time that finished commands had a processor, which a busy machine does not stretch much."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
